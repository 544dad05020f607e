#!/usr/bin/env python3
"""malformed.py COUNT SEED [DATA]: broken files through `fairvoice analyse`, one process a file.

Every file of DATA/malformed, then COUNT seeded mutations of the files in DATA/formats (of Corpus/wav where there is no DATA). Each
process must end by itself with 0 or 1 and one line of JSON, within 1 s of CPU and 64 MB more memory than one that measures the
smallest sound file. One summary line; 1 when anything was found, and those files stay in .build/findings."""
import json
import os
import pathlib
import random
import resource
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FAIRVOICE = os.environ.get("FAIRVOICE_TEST_BINARY", str(HERE.parent / ".build/release/fairvoice"))
FINDINGS = HERE / ".build/findings"
CPU_SECONDS_MAX = 1.0
# A process that spins is ended by the system here.
CPU_SECONDS_LIMIT = 5
EXTRA_KILOBYTES_MAX = 64 * 1024
# Longer originals are cut: headers and first frames are where damage hurts, and sound costs time.
ORIGINAL_BYTES_MAX = 192 * 1024
MUTATIONS_MAX = 6
HEADER_BYTES = 128
EXTREMES = [b"\0", b"\x7f", b"\x80", b"\xff"]

def analyse(path):
    """How one process ended: (exit code, CPU seconds, kilobytes at most, lines of output, bytes on the error stream)."""

    process = subprocess.Popen(
        [FAIRVOICE, "analyse", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_LIMIT, CPU_SECONDS_LIMIT)))
    # An answer is smaller than a pipe, and what a decoder complains of is read behind it.
    output = process.stdout.read()
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, output, errors

def complaint(ended, baseline):
    code, seconds, kilobytes, output, _ = ended
    if code not in (0, 1):
        return f"ended with {code}"
    try:
        answer = json.loads(output)
    except ValueError:
        return "did not answer one line of JSON"
    if ("error" in answer) != (code == 1):
        return "says one thing and exits with another"
    if seconds > CPU_SECONDS_MAX:
        return f"took {seconds:.2f} s of CPU"
    if kilobytes > baseline + EXTRA_KILOBYTES_MAX:
        return f"took {(kilobytes - baseline) // 1024} MB more"
    return None

def mutate(data, chance):
    """Flips bits, writes extremes, cuts, repeats and moves pieces, mostly in the header."""
    data = bytearray(data)
    for _ in range(chance.randint(1, MUTATIONS_MAX)):
        if not data:
            break
        at = chance.randrange(min(HEADER_BYTES, len(data)) if chance.random() < 0.6 else len(data))
        kind = chance.randrange(7)
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at] = chance.randrange(256)
        elif kind == 2:
            width = chance.choice([1, 2, 4, 8])
            data[at:at + width] = chance.choice(EXTREMES) * width
        elif kind == 3:
            del data[chance.randrange(len(data)):]
        elif kind == 4:
            piece = data[at:at + chance.randint(1, 512)]
            to = chance.randrange(len(data))
            data[to:to] = piece
        elif kind == 5:
            del data[at:at + chance.randint(1, 64)]
        else:
            piece = bytes(chance.randrange(256) for _ in range(chance.randint(1, 16)))
            data[at:at + len(piece)] = piece
    return bytes(data)

def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    data = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[3] else None
    malformed, originals = [], []
    if data and (data / "malformed").is_dir():
        malformed = sorted(path for path in (data / "malformed").rglob("*") if path.is_file())
    if data and (data / "formats").is_dir():
        originals = sorted(path for path in (data / "formats").rglob("*") if path.is_file() and path.suffix not in (".pcm", ".tsv"))
    if not originals:
        print("no DATA/formats: mutations of the WAV seeds only; no DATA/malformed", file=sys.stderr)
        originals = sorted((HERE / "Corpus/wav").iterdir())

    FINDINGS.mkdir(parents=True, exist_ok=True)
    scratch = FINDINGS / f"malformed-{os.getpid()}"
    smallest = sorted((HERE / "Corpus/wav").iterdir())[0]
    # The highest of three: pages that libraries share come and go.
    baseline = max(analyse(smallest)[2] for _ in range(3))
    counts = {"decoded": 0, "refused": 0, "found": 0, "noisy": 0}
    worst_seconds, worst_kilobytes = 0.0, 0

    def judge(path, name):
        nonlocal worst_seconds, worst_kilobytes
        ended = analyse(path)
        worst_seconds, worst_kilobytes = max(worst_seconds, ended[1]), max(worst_kilobytes, ended[2])
        counts["noisy"] += bool(ended[4])
        fault = complaint(ended, baseline)
        if fault:
            counts["found"] += 1
            kept = FINDINGS / f"malformed-{seed}-{counts['found']}{path.suffix or pathlib.Path(name).suffix}"
            kept.write_bytes(path.read_bytes())
            print(f"{name}: {fault}; kept as {kept}", file=sys.stderr)
        else:
            counts["decoded" if ended[0] == 0 else "refused"] += 1

    for path in malformed:
        judge(path, path.name)
    chance = random.Random(seed)
    for number in range(count):
        original = chance.choice(originals)
        with open(original, "rb") as file:
            scratch.write_bytes(mutate(file.read(ORIGINAL_BYTES_MAX), chance))
        judge(scratch, f"{number}-{original.name}")
    scratch.unlink(missing_ok=True)
    print(
        f"{len(malformed)} malformed files, {count} mutations of {len(originals)}: {counts['decoded']} decoded, "
        f"{counts['refused']} refused, {counts['found']} findings; at most {worst_seconds:.2f} s of CPU and "
        f"{(worst_kilobytes - baseline) / 1024:.0f} MB over {baseline / 1024:.0f} MB; "
        f"{counts['noisy']} with words of a decoder on the error stream")
    return 1 if counts["found"] else 0

if __name__ == "__main__":
    sys.exit(main())
