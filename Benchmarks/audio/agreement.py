#!/usr/bin/env python3
"""Holds the readers, the loudness and the features against other programs, and against the same speech encoded otherwise.

    agreement.py [--clips N]

Needs numpy and soundfile (libsndfile) for this interpreter, ffmpeg from apt, and FAIRVOICE_TEST_DATA. Prints tables; exit code 1
where samples differ or a loudness is off by more than 0.1 LU, of one channel or of two."""

import argparse
import csv
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import numpy
import soundfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, ".build/release")
DATA = os.environ.get("FAIRVOICE_TEST_DATA", os.path.join(os.path.dirname(ROOT), "shared/data"))
LOUDNESS_ERROR_MAX = 0.1
# Floats of two readers may differ in the last bit of a mean over channels.
SAMPLE_ERROR_MAX = 2e-7
# Files on which libsndfile and we disagree with good reason.
KNOWN = {
    "pcmwaveformat-24bit-4byte-48kHz-stereo.wav": "24 bits in the lower part of four bytes: its maker says so, libsndfile takes the upper part",
}
ENCODINGS = [
    ("FLAC", "flac", []), ("WAV, 48 kHz", "wav", ["-ar", "48000"]), ("WAV, 44.1 kHz", "wav", ["-ar", "44100"]),
    ("Opus 64 kbit/s", "opus", ["-c:a", "libopus", "-b:a", "64k"]), ("Opus 24 kbit/s", "opus", ["-c:a", "libopus", "-b:a", "24k"]),
    ("Vorbis, quality 5", "ogg", ["-c:a", "libvorbis", "-q:a", "5"]), ("MP3 128 kbit/s, 48 kHz", "mp3", ["-ar", "48000", "-b:a", "128k"]),
    ("MP3 64 kbit/s", "mp3", ["-b:a", "64k"]), ("WAV, -12 dB", "wav", ["-af", "volume=-12dB"]),
]


def analyse(files):
    """Features and quality by file; None where it was refused."""
    out = subprocess.run([os.path.join(BUILD, "fairvoice"), "analyse", *files], capture_output=True, text=True).stdout
    return {row["file"]: row if "error" not in row else None for row in map(json.loads, out.splitlines())}


def vector(row):
    return numpy.array([numpy.nan if value is None else value for value in row["features"].values()], dtype=float)


def readers():
    files = sorted(glob.glob(os.path.join(DATA, "formats/**/*.wav"), recursive=True))
    same = refused = beyond = 0
    different = []
    for path in files:
        ours = subprocess.run([os.path.join(BUILD, "fairvoice-audio-bench"), "decode", path], capture_output=True)
        if ours.returncode != 0:
            refused += 1
            continue
        try:
            theirs = soundfile.read(path, dtype="float32", always_2d=True)[0].mean(axis=1)
        except soundfile.LibsndfileError:
            beyond += 1
            continue
        if os.path.basename(path) in KNOWN:
            print("  %s: %s" % (os.path.basename(path), KNOWN[os.path.basename(path)]))
            continue
        samples = numpy.frombuffer(ours.stdout, dtype="<f4")
        if len(samples) != len(theirs):
            different.append((path, "%d samples, libsndfile %d" % (len(samples), len(theirs))))
        elif len(samples) and numpy.abs(samples - theirs).max() > SAMPLE_ERROR_MAX:
            different.append((path, "differs by %g" % numpy.abs(samples - theirs).max()))
        else:
            same += 1
    print("WAV reader beside libsndfile %s: %d files the same, %d refused by us, %d that libsndfile can't open, %d different" % (
        soundfile.__libsndfile_version__, same, refused, beyond, len(different)))
    for path, why in different:
        print("  %s: %s" % (os.path.relpath(path, DATA), why))
    return different


def ebur128(path):
    text = subprocess.run(
        ["ffmpeg", "-nostats", "-hide_banner", "-i", path, "-af", "ebur128=framelog=verbose", "-f", "null", "-"],
        capture_output=True, text=True, check=True).stderr
    found = re.findall(r"I:\s+(-?[0-9.]+) LUFS", text)
    return float(found[-1])


def beside_ebur128(name, paths):
    """Prints the worst difference; answers it, without ffmpeg's rounding."""
    rows = analyse(paths)
    errors = []
    for path in paths:
        theirs, ours = ebur128(path), rows[path]["quality"]["loudness_lufs"]
        # ffmpeg prints a tenth: half of it is its rounding.
        if ours is not None:
            errors.append((max(0.0, abs(ours - theirs) - 0.05), path, ours, theirs))
    worst = max(errors)
    print("loudness of %s beside ffmpeg's ebur128: %d files, worst %.3f LU beyond ffmpeg's rounding (%s: %.3f, %.1f)" % (
        name, len(errors), worst[0], os.path.basename(worst[1]), worst[2], worst[3]))
    return worst[0], rows


def loudness(clips, folder):
    tone = os.path.join(folder, "tone.wav")
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "aevalsrc=sin(2*PI*997*t):s=48000:d=5", "-c:a", "pcm_f32le", tone], check=True)
    one, rows = beside_ebur128("one channel", [tone, *clips])
    print("  997 Hz at full scale: %.3f LUFS" % rows[tone]["quality"]["loudness_lufs"])
    two, _ = beside_ebur128("two channels", [path for clip in clips for path in pairs(clip, folder)])
    return max(one, two)


def pairs(clip, folder):
    """The clip on both channels, on the left alone, delayed and quieter on the right, and against itself."""
    copies = []
    for index, right in enumerate(["c0", "0*c0", "0.5*c0", "-1*c0"]):
        copy = os.path.join(folder, "%s-%d.wav" % (os.path.splitext(os.path.basename(clip))[0], index))
        delay = ",adelay=0|7" if index == 2 else ""
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", clip, "-af", "pan=stereo|c0=c0|c1=%s%s" % (right, delay), copy], check=True)
        copies.append(copy)
    return copies


def encodings(clips, folder):
    plain = analyse(clips)
    deviation = numpy.nanstd([vector(plain[path]) for path in clips], axis=0)
    names = list(plain[clips[0]]["features"])
    print("the same %d utterances encoded otherwise: change of the 88 values in standard deviations over the utterances" % len(clips))
    print("  %-26s %8s %8s %8s  %s" % ("encoding", "median", "90 %", "worst", "values that move most"))
    for name, extension, options in ENCODINGS:
        copies = []
        for index, path in enumerate(clips):
            copy = os.path.join(folder, "%03d-%d.%s" % (index, len(copies), extension))
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", path, *options, copy], check=True)
            copies.append(copy)
        rows = analyse(copies)
        change = numpy.array([numpy.abs(vector(rows[copy]) - vector(plain[path])) / deviation for copy, path in zip(copies, clips)])
        by_value = numpy.nanmedian(change, axis=0)
        most = ", ".join(names[index].split("_")[0] for index in numpy.argsort(-by_value)[:3])
        print("  %-26s %8.3f %8.3f %8.3f  %s" % (name, numpy.median(by_value), numpy.percentile(by_value, 90), by_value.max(), most))
        for copy in copies:
            os.remove(copy)
    return deviation


def one_utterance(deviation):
    """The utterance that the collection of formats holds in many encodings."""
    files = sorted(glob.glob(os.path.join(DATA, "formats/Uberi_speech_recognition/audio-*")))
    rows = {path: row for path, row in analyse(files).items() if row}
    first = next(path for path in rows if path.endswith("mono-16-bit-44100Hz.wav"))
    names = list(rows[first]["features"])
    print("one utterance as the collection of formats has it, beside mono 16-bit WAV, in the same deviations")
    print("  %-40s %8s %8s %8s  %s" % ("encoding", "median", "90 %", "worst", "value that moves most"))
    for path, row in rows.items():
        change = numpy.abs(vector(row) - vector(rows[first])) / deviation
        print("  %-40s %8.4f %8.4f %8.4f  %s" % (
            os.path.basename(path), numpy.nanmedian(change), numpy.nanpercentile(change, 90), numpy.nanmax(change), names[numpy.nanargmax(change)]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=40)
    options = parser.parse_args()
    corpus = os.path.join(DATA, "speech/emodb")
    rows = csv.DictReader(open(os.path.join(corpus, "labels.tsv")), delimiter="\t")
    clips = sorted(random.Random(1).sample([os.path.join(corpus, row["file"]) for row in rows], options.clips))
    with tempfile.TemporaryDirectory() as folder:
        different = readers()
        worst = loudness(clips, folder)
        deviation = encodings(clips, folder)
        one_utterance(deviation)
    if different or worst > LOUDNESS_ERROR_MAX:
        sys.exit(1)


main()
