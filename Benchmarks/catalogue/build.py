#!/usr/bin/env python3
"""Fills a migrated, empty data folder with recordings by SQL: the shape of a large market, without its audio, books and log.

    build.py FOLDER [--recordings N] [--speakers N] [--seed N]

One recording in 50 is withdrawn, one in 30 rejected, one speaker in 20 has withdrawn the consent. The sums of rows are not kept, so
`ledger verify` rightly finds fault with such a folder."""

import argparse
import os
import random
import sqlite3

NOW = 1_790_000_000_000
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LANGUAGES = [("de", 30), ("en", 30), ("fr", 12), ("es", 12), ("tr", 6), ("pl", 5), ("ar", 3), ("sw", 2)]
EMOTIONS = ["anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"]
REGISTERS = ["friend", "customer", "stranger"]
SETTINGS = ["quiet", "phone", "street"]
ELICITATIONS = ["acted", "scripted", "spontaneous"]
PURPOSES = ["emotion-recognition", "speech-recognition", "speech-synthesis", "research-only"]


def ulid(prefix, at, number):
    value = (at << 80) | number
    return prefix + "_" + "".join(DIGITS[(value >> shift) & 31] for shift in range(125, -1, -5))


def weighted(chance, pairs):
    return chance.choices([pair[0] for pair in pairs], [pair[1] for pair in pairs])[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--recordings", type=int, default=1_000_000)
    parser.add_argument("--speakers", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    db = sqlite3.connect(os.path.join(options.folder, "fairvoice.sqlite3"), isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -1000000")
    db.execute("BEGIN IMMEDIATE")
    card = db.execute("SELECT max(number) FROM rate_card").fetchone()[0]
    version, sha256 = db.execute("SELECT version, sha256 FROM consent_text").fetchone()
    speakers = []
    for n in range(options.speakers):
        contributor, quote, consent = (ulid(prefix, NOW, n) for prefix in ("con", "quo", "cns"))
        language = weighted(chance, LANGUAGES)
        accent = chance.choice([None, f"{language}-north", f"{language}-south"])
        db.execute("INSERT INTO contributor (id, region, created_at) VALUES (?, 'DE', ?)", (contributor, NOW))
        db.execute(
            "INSERT INTO contributor_profile (contributor, age_band, gender, updated_at) VALUES (?, ?, ?, ?)",
            (contributor, chance.choice([None, "18-24", "25-34", "35-44", "45-54", "55-64", "65+"]),
             chance.choice([None, "female", "female", "male", "male", "diverse"]), NOW))
        db.execute("INSERT INTO consent VALUES (?, ?, ?, ?, ?)", (consent, contributor, version, sha256, NOW))
        for purpose in chance.sample(PURPOSES, chance.randint(1, len(PURPOSES))):
            db.execute("INSERT INTO consent_purpose VALUES (?, ?)", (consent, purpose))
        if chance.random() < 0.05:
            db.execute("INSERT INTO consent_withdrawal VALUES (?, ?)", (consent, NOW))
        db.execute(
            "INSERT INTO quote (id, contributor, rate_card, language, accent, register, setting, elicitation, emotion, tier, currency,"
            " hourly_before_tier, hourly, seconds_max, issued_at, expires_at, payload, jws)"
            " VALUES (?, ?, ?, ?, ?, 'friend', 'quiet', 'acted', 'neutral', 'novice', 'USD', 1, 1, 1, ?, ?, '', '')",
            (quote, contributor, card, language, accent, NOW, NOW))
        speakers.append((contributor, quote, language, accent))

    def rows():
        for n in range(options.recordings):
            contributor, quote, language, accent = speakers[chance.randrange(len(speakers))]
            emotion = chance.choice(EMOTIONS)
            status = chance.choices(["accepted", "withdrawn", "rejected"], [94, 2, 4])[0]
            grade = "rejected" if status == "rejected" else chance.choice("AABBBC")
            is_heard = chance.random() < 0.3
            yield (
                ulid("rec", NOW + n, n), contributor, quote, f"{n:064x}", 100_000, "audio/wav", status, NOW + n, language, accent,
                chance.choice(REGISTERS), chance.choice(SETTINGS), chance.choice(ELICITATIONS), emotion, NOW + n, grade,
                chance.randint(1_000, 30_000), 1, round(chance.uniform(5, 50), 2), chance.choice(EMOTIONS),
                chance.choice(EMOTIONS) if is_heard else None, chance.randint(300, 1000) if is_heard else None, 3 if is_heard else 0)

    db.executemany(
        "INSERT INTO recording (id, contributor, quote, sha256, byte_count, media_type, status, created_at, language, accent, register,"
        " setting, elicitation, emotion, decided_at, grade, duration_ms, weight, snr_db, perceived_emotion, heard_emotion, agreement,"
        f" heard_count) VALUES ({', '.join('?' * 23)})", rows())
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


if __name__ == "__main__":
    main()
