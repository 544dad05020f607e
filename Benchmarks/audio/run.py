#!/usr/bin/env python3
"""CPU seconds for an hour of 16 kHz speech, beside Praat (parselmouth) and librosa in the same minutes.

    run.py [--rounds N] [--files N] [--peers PYTHON]

Speech is EmoDB's from FAIRVOICE_TEST_DATA. PYTHON is an interpreter that has praat-parselmouth and librosa (from PyPI); without it
peers are left out. Prints medians of the rounds, how throughput grows with threads, and the peak memory for one file of ten minutes;
exit code 1 where a bar is missed."""

import argparse
import glob
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import wave

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, ".build/release")
DATA = os.environ.get("FAIRVOICE_TEST_DATA", os.path.join(os.path.dirname(ROOT), "shared/data"))
# Name, bar in CPU seconds an hour.
WORKS = [("features", 6.0), ("extended", None), ("file", 8.0), ("analysis", None)]
SCALING_MIN = 0.9
# Threads that scaling is measured with: four, or as many cores as there are.
THREADS = min(4, len(os.sched_getaffinity(0)))
MEMORY_MAX_MB = 64
MEMORY_SECONDS = 600
# One thread for each library, so that CPU time is that of one core.
ALONE = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", NUMBA_NUM_THREADS="1")


def bench(work, files, threads=1):
    line = subprocess.run(
        [os.path.join(BUILD, "fairvoice-audio-bench"), "cost", "--work", work, "--threads", str(threads), *files],
        check=True, capture_output=True, text=True).stdout
    return json.loads(line)


def an_hour(result):
    return result["cpu_seconds"] / result["speech_seconds"] * 3600


def ten_minutes(files, path):
    """One file of ten minutes, the corpus's files one after the other."""
    with wave.open(path, "wb") as out:
        out.setparams((1, 2, 16000, 0, "NONE", ""))
        left = MEMORY_SECONDS * 16000
        while left > 0:
            for name in files:
                # Some have chunks that the module does not know before the data: their samples are read from behind it.
                raw = open(name, "rb").read()
                at = raw.index(b"data") + 8
                samples = raw[at:at + 2 * left]
                out.writeframes(samples)
                left -= len(samples) // 2
                if left <= 0:
                    break


def peak_megabytes(path):
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.execv(os.path.join(BUILD, "fairvoice"), ["fairvoice", "analyse", path])
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, "analyse failed"
    return usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--peers", default=os.environ.get("AUDIO_PEERS", ""))
    options = parser.parse_args()
    files = sorted(glob.glob(os.path.join(DATA, "speech/emodb/wav/*.wav")))[:options.files]
    if not files:
        sys.exit("no speech under %s: set FAIRVOICE_TEST_DATA" % DATA)
    peers = [options.peers, os.path.join(HERE, "peers.py")] if options.peers else None
    hours, others, scalings = {name: [] for name, _ in WORKS}, {}, []
    for _ in range(options.rounds):
        for name, _ in WORKS:
            hours[name].append(an_hour(bench(name, files * 2)))
        if peers:
            lines = subprocess.run([*peers, *files], check=True, capture_output=True, text=True, env=ALONE).stdout
            for line in map(json.loads, lines.splitlines()):
                others.setdefault(line["work"], []).append(an_hour(line))
        one, several = (bench("analysis", files * 4, threads) for threads in (1, THREADS))
        scalings.append(one["wall_seconds"] / several["wall_seconds"] / THREADS)
    missed = False
    print("CPU seconds an hour of speech, one thread, median of %d rounds (least)" % options.rounds)
    for name, bar in WORKS:
        middle = statistics.median(hours[name])
        missed = missed or (bar is not None and middle > bar)
        print("  %-36s %8.2f (%.2f)%s" % (name, middle, min(hours[name]), "" if bar is None else "  bar %.0f" % bar))
    for name, values in others.items():
        print("  %-36s %8.2f (%.2f)" % (name, statistics.median(values), min(values)))
    scaling = statistics.median(scalings)
    print("throughput of %d threads over %d times that of one: %.2f (best %.2f)  bar %.1f" % (
        THREADS, THREADS, scaling, max(scalings), SCALING_MIN))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ten-minutes.wav")
        ten_minutes(files, path)
        megabytes = peak_megabytes(path)
    print("peak memory of analyse for one file of 10 minutes: %.0f MB  bar %d" % (megabytes, MEMORY_MAX_MB))
    if missed or scaling < SCALING_MIN or megabytes > MEMORY_MAX_MB:
        sys.exit(1)


main()
