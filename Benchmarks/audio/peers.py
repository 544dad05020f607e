#!/usr/bin/env python3
"""CPU seconds that Praat (parselmouth) and librosa take for an hour of speech, as JSON lines.

    peers.py FILE...

Each kind of work is what stands nearest to a part of the 88 values. pyin is measured on the first files only: it is slow."""

import json
import resource
import sys
import time

import librosa
import numpy
import parselmouth
from parselmouth.praat import call

PYIN_SECONDS = 30


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def praat_pitch_and_quality(samples):
    sound = parselmouth.Sound(samples.astype(numpy.float64), 16000)
    pitch = sound.to_pitch_ac(time_step=0.01, pitch_floor=55, pitch_ceiling=1000)
    points = call([sound, pitch], "To PointProcess (cc)")
    call(points, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3)
    call([sound, points], "Get shimmer (local_dB)", 0, 0, 0.0001, 0.02, 1.3, 1.6)
    sound.to_harmonicity_cc(time_step=0.01, minimum_pitch=55)


def praat_formants(samples):
    parselmouth.Sound(samples.astype(numpy.float64), 16000).to_formant_burg(time_step=0.01, maximum_formant=5500)


def librosa_mfcc(samples):
    librosa.feature.mfcc(y=samples, sr=16000, n_mfcc=4, n_fft=512, hop_length=160, n_mels=26)


def librosa_pyin(samples):
    librosa.pyin(samples, fmin=55, fmax=1000, sr=16000, frame_length=1024, hop_length=160)


def main():
    clips = [librosa.load(path, sr=16000, mono=True)[0] for path in sys.argv[1:]]
    few, seconds = [], 0.0
    for clip in clips:
        if seconds < PYIN_SECONDS:
            few.append(clip)
            seconds += len(clip) / 16000
    for name, work, load in [
        ("Praat pitch, jitter, shimmer, HNR", praat_pitch_and_quality, clips), ("Praat formants", praat_formants, clips),
        ("librosa MFCC", librosa_mfcc, clips), ("librosa pyin", librosa_pyin, few),
    ]:
        work(load[0])  # What is compiled or loaded at the first call is not the work's.
        before, begin = cpu(), time.time()
        for clip in load:
            work(clip)
        spent = cpu() - before
        speech = sum(len(clip) for clip in load) / 16000
        print(json.dumps({"work": name, "cpu_seconds": spent, "speech_seconds": speech, "wall_seconds": time.time() - begin}), flush=True)


main()
