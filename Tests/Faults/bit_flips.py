#!/usr/bin/env python3
"""Flips single bits in a data folder, and demands that `fairvoice ledger verify` finds every one that changes a fact.

    Tests/Faults/bit_flips.py [FLIPS] [SEED]

A story fills a folder. Each flip hits one random bit of a copy: nine of ten in the database file, the rest in the audio.
It changes a fact when Python's SQLite then reads other rows, another schema or nothing at all, or when the audio's bytes
are other. It is found when `ledger verify` ends with another code than 0. Flips in free space, in padding and in indexes
change no fact and may pass. Undetected ones are listed by table and column.
"""
import collections, concurrent.futures, os, random, shutil, signal, sqlite3, sys, tempfile, threading, time

import books
from program import Server, finish, make_admin, run
from story import Market

SHARE_OF_DATABASE = 0.9
# Tables that hold nothing but sums of the others.
CHECKSUMS = {"row_sum"}


def fill(folder):
    """A marketplace in which every table that a client can reach has rows."""
    server = Server(folder).start()
    market = Market(server)
    ask = lambda request: market.expect(request.send(server))
    call = lambda *arguments: market.expect(server.call(*arguments))
    call("POST", "/v1/admin/scenarios", market.admin, {
        "title": "A key", "prompt": "It is gone.", "language": "de", "register": "friend", "setting": "quiet",
        "elicitation": "acted", "emotion": "anger", "suggested_seconds": 20})
    call("POST", "/v1/admin/targets", market.admin, {"language": "de", "emotion": "anger", "hours": 3})
    kept = []
    for round in range(3):
        for person in market.people:
            quote = ask(market.quote(person, "here"))["id"]
            kept += [(person, ask(market.recording(person, quote))["id"]) for _ in range(2)]
        wait_for_jobs(server, market)
        ask(market.deposit())
        dataset = ask(market.dataset("here"))["id"]
        licence = ask(market.licence(ask(market.snapshot(dataset))["id"]))
        server.call("GET", "/v1/licences/%s/export" % licence["id"], market.buyer)
        for person in market.people:
            ask(market.payout(person))
        batch = ask(market.batch())
        ask(market.approve(batch["id"]))
        payouts = market.members_now(batch["id"])
        for payout in payouts[:3]:
            ask(market.settle(payout["id"]))
        ask(market.give_back(payouts[0]["id"]))
    for person, recording in kept[:2]:
        server.call("DELETE", "/v1/recordings/" + recording, person)
    consents = call("GET", "/v1/me/consents", market.people[3])["data"]
    server.call("POST", "/v1/me/consents/%s/withdrawal" % consents[0]["id"], market.people[3])
    server.call("POST", "/v1/sessions", None, {"key": market.buyer})
    server.kill(signal.SIGTERM)
    db = books.open_database(folder)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def wait_for_jobs(server, market):
    while any(server.call("GET", "/v1/admin/jobs?limit=1&state=" + s, market.admin).json["data"] for s in ("waiting", "leased")):
        time.sleep(0.05)


def dump(path):
    """Every row of every table as it reads without an index, and the schema."""
    db = sqlite3.connect("file:%s?immutable=1" % path, uri=True)
    db.text_factory = bytes
    try:
        tables = [row[0].decode() for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")]
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'"
        facts = {"sqlite_schema": (["type", "name", "tbl_name", "sql"], db.execute(schema).fetchall())}
        for table in set(tables) - CHECKSUMS:
            names = [row[1].decode() for row in db.execute("PRAGMA table_xinfo(%s)" % table)]
            facts[table] = names, db.execute("SELECT %s FROM %s NOT INDEXED" % (", ".join(names), table)).fetchall()
        return facts
    finally:
        db.close()


def changes(before, path):
    """Where the file reads otherwise than before, as table.column; empty when every fact is the same."""
    try:
        after = dump(path)
    except (sqlite3.Error, UnicodeDecodeError):
        return {"unreadable"}
    places = set()
    for table, (names, rows) in before.items():
        other = after.get(table, (names, []))[1]
        if repr(other) == repr(rows):
            continue
        if len(other) != len(rows):
            places.add(table + " (rows)")
            continue
        for old, new in zip(rows, other):
            places |= {"%s.%s" % (table, name) for name, a, b in zip(names, old, new) if repr(a) != repr(b)}
    return places


class Flipper:
    def __init__(self, folder, scratch):
        self.folder, self.scratch = folder, scratch
        self.before = dump(os.path.join(folder, books.DATABASE))
        self.audio = [os.path.join(place, name) for place, _, names in os.walk(os.path.join(folder, "blobs")) for name in names]

    def flip(self, seed):
        """What changed, whether it was found, and the exit code of the program."""
        chance = random.Random(seed)
        copy = tempfile.mkdtemp(dir=self.scratch)
        database = os.path.join(copy, books.DATABASE)
        shutil.copyfile(os.path.join(self.folder, books.DATABASE), database)
        if chance.random() < SHARE_OF_DATABASE:
            os.symlink(os.path.join(self.folder, "blobs"), os.path.join(copy, "blobs"))
            flip_bit(database, chance)
            places = changes(self.before, database)
        else:
            target = chance.choice(sorted(self.audio))
            shutil.copytree(os.path.join(self.folder, "blobs"), os.path.join(copy, "blobs"))
            flip_bit(os.path.join(copy, os.path.relpath(target, self.folder)), chance)
            places = {"audio"}
        done = run("ledger", "verify", "--data", copy)
        shutil.rmtree(copy)
        return places, done.returncode


def flip_bit(path, chance):
    with open(path, "r+b") as file:
        at = chance.randrange(os.path.getsize(path))
        file.seek(at)
        byte = file.read(1)[0] ^ 1 << chance.randrange(8)
        file.seek(at)
        file.write(bytes([byte]))


def main():
    flips = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started, faults = time.monotonic(), []
    missed, counts, crashed = collections.Counter(), collections.Counter(), 0
    with tempfile.TemporaryDirectory(prefix="fairvoice-flips-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as place:
        folder = os.path.join(place, "data")
        fill(folder)
        if run("ledger", "verify", "--data", folder).returncode != 0:
            faults.append("the folder was wrong before the first flip")
        flipper = Flipper(folder, place)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for places, code in pool.map(flipper.flip, ["%d %d" % (seed, n) for n in range(flips)]):
                kind = "free" if not places else "audio" if places == {"audio"} else "rows"
                counts[kind, code != 0] += 1
                crashed += code < 0
                if places and code == 0:
                    missed.update(places)
        size = os.path.getsize(os.path.join(folder, books.DATABASE))
    faults += ["not found: %s (%d)" % (where, n) for where, n in missed.most_common()]
    changed = sum(n for (kind, _), n in counts.items() if kind != "free")
    found = sum(n for (kind, is_found), n in counts.items() if kind != "free" and is_found)
    summary = "%d flips, seed %d, database of %d bytes: %d changed a fact (%d of them audio), %d found; %d changed none (%d of them found); %d ended the program by a signal" % (
        flips, seed, size, changed, counts["audio", True] + counts["audio", False], found,
        counts["free", True] + counts["free", False], counts["free", True], crashed)
    return finish("bit-flips", summary, faults, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
