#!/usr/bin/env python3
"""Makes copies of recordings as people might send them a second time: re-encoded, quieter with noise, faster, cut.

copies.py ORIGINALS OUT [--count 80] [--seed 1]

ORIGINALS is a folder of WAV files; COUNT of them are drawn by SEED. OUT receives one folder for each kind of copy; a copy's
name is its original's but for the ending. Kinds whose names begin with "beyond" have no bar. Needs ffmpeg.
"""
import argparse, array, concurrent.futures, math, pathlib, random, subprocess

RATE_HZ = 16000
ENCODED = {
    "opus-24k": ("opus", ["-c:a", "libopus", "-b:a", "24k"]),
    "mp3-64k": ("mp3", ["-c:a", "libmp3lame", "-b:a", "64k"]),
    "tempo-up-2": ("wav", ["-af", "atempo=1.02"]),
    "tempo-down-2": ("wav", ["-af", "atempo=0.98"]),
    "beyond-speed-up-1": ("wav", ["-af", f"asetrate={RATE_HZ * 101 // 100},aresample={RATE_HZ}"]),
    "beyond-speed-up-2": ("wav", ["-af", f"asetrate={RATE_HZ * 102 // 100},aresample={RATE_HZ}"]),
    "beyond-cut-0.3s": ("wav", ["-ss", "0.3"]),
    "beyond-padded-1s": ("wav", ["-af", "adelay=1000,apad=pad_dur=1"]),
}
NOISY = "quiet-noisy"
NOISE_BELOW_DECIBELS = 20


def encode(source, target, options):
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-y", "-i", source, "-ac", "1", "-ar", str(RATE_HZ), "-bitexact", *options, target]
        if target.suffix != ".opus"
        else ["ffmpeg", "-loglevel", "error", "-y", "-i", source, "-ac", "1", *options, target],
        check=True)


def add_noise(source, target, seed):
    """6 dB quieter, with white noise 20 dB below the speech."""
    raw = subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-i", source, "-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "-"],
        check=True, stdout=subprocess.PIPE).stdout
    samples = [sample / 2 for sample in array.array("h", raw)]
    power = sum(sample * sample for sample in samples) / len(samples)
    spread = math.sqrt(power) * 10 ** (-NOISE_BELOW_DECIBELS / 20)
    chance = random.Random(seed)
    noisy = array.array("h", (max(-32768, min(32767, round(s + chance.gauss(0, spread)))) for s in samples))
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-y", "-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "-", "-bitexact", target],
        check=True, input=noisy.tobytes())


def copy(source, out, seed):
    for name, (ending, options) in ENCODED.items():
        encode(source, out / name / f"{source.stem}.{ending}", options)
    add_noise(source, out / NOISY / f"{source.stem}.wav", f"{seed} {source.stem}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("originals", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = sorted(options.originals.glob("*.wav"))
    chosen = sorted(random.Random(options.seed).sample(files, options.count))
    for name in [*ENCODED, NOISY]:
        (options.out / name).mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(copy, file, options.out, options.seed) for file in chosen]:
            done.result()
    print(f"{len(chosen)} recordings, {len(ENCODED) + 1} copies of each in {options.out}")


if __name__ == "__main__":
    main()
