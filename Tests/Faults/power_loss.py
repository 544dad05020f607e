#!/usr/bin/env python3
"""Takes the power away after every write, and demands everything that was acknowledged by then.

    Tests/Faults/power_loss.py [STATES] [SEED] [MUTANT]

A story runs against the server under a shim that logs every write, sync and change of a name below the data folder; the
clients' answers are marked in the same log. Then crash states are made from the log (disk.py): a prefix of it, with what
was not synced lost, kept or torn. Each state is opened by Python's SQLite and checked: all that was acknowledged is there,
rows and audio, and the books are right. Every 50th state is also opened by `fairvoice ledger verify`. At last the same is
tried for programs that sync too little, which must be caught. MUTANT runs one of them alone.
"""
import concurrent.futures, hashlib, json, os, random, shutil, subprocess, sys, tempfile, threading, time

import books
import disk as disks
from program import Server, finish, verify
from story import Market, Request

SHIM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shim.c")
MUTANTS = ["normal", "off", "no-folder-sync", "no-blob-sync"]
VERIFY_EVERY = 50
MUTANT_STATES = 500
STORIES = 4
DATA = "data"


def build_shim(folder):
    path = os.path.join(folder, "shim.so")
    subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", path, SHIM, "-ldl", "-lpthread"], check=True)
    return path


class Recorder:
    """Sends the requests of a story and marks each answer in the log."""

    def __init__(self, server, log):
        self.server, self.log = server, os.open(log, os.O_WRONLY | os.O_APPEND)

    def __call__(self, request):
        while True:
            answer = request.send(self.server)
            if Request.is_final(answer):
                break
        if answer.is_ok:
            disks.mark(self.log, [request.kind, request.name, request.path, answer.json])
        return answer


def tell(root, shim, log, seed):
    """One story from no data folder on: uploads, sales and payouts by several clients, three kills and restarts."""
    environment = {"LD_PRELOAD": shim, "FAULT_ROOT": root, "FAULT_LOG": log}
    server, chance = Server(os.path.join(root, DATA), environment).start(), random.Random(seed)
    market, ask = Market(server, people=3), Recorder(server, log)
    for round in range(4):
        accent = "round %d" % round
        threads = [threading.Thread(target=record, args=(market, ask, person, accent, chance.randint(2, 4))) for person in market.people]
        threads.append(threading.Thread(target=spend, args=(market, ask, "round %d" % (round - 1))))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        decided(market, ask)
        os.close(os.open(log + ".kill", os.O_WRONLY))
        server.wait()
        if round < 3:
            server.start()
    os.close(ask.log)


def record(market, ask, person, accent, count):
    quote = ask(market.quote(person, accent)).json["id"]
    for _ in range(count):
        ask(market.recording(person, quote))
    ask(market.payout(person))


def spend(market, ask, accent):
    ask(market.deposit())
    dataset = ask(market.dataset(accent)).json["id"]
    answer = ask(market.snapshot(dataset))
    if answer.is_ok:
        ask(market.licence(answer.json["id"]))
    answer = ask(market.batch())
    if answer.is_ok:
        batch = answer.json
        ask(market.approve(batch["id"]))
        payouts = market.members_now(batch["id"])
        for payout in payouts[:2]:
            ask(market.settle(payout["id"]))
        for payout in payouts[1:]:
            ask(market.give_back(payout["id"]))


def decided(market, ask):
    """What a worker has decided and a client has seen is acknowledged as well."""
    for person in market.people:
        for recording in market.server.call("GET", "/v1/recordings?limit=200", person).json["data"]:
            if recording["status"] in ("accepted", "rejected"):
                disks.mark(ask.log, ["decision", None, None, {k: recording[k] for k in ("id", "status", "sha256")}])


class Checker:
    """Checks crash states of one log, in order; knows what was acknowledged at each point."""

    def __init__(self, log, mutant, seed, scratch):
        self.disk, self.log, self.seed, self.scratch = disks.Disk(mutant), log, seed, scratch
        self.facts, self.hashes = [], {}

    def run(self, points, verify_every=VERIFY_EVERY):
        """`points`: how often to crash at each position of the log. The number of states, and what each lost."""
        count, faults, verified = 0, [], 0
        for at, record in enumerate(self.log):
            if record[0] == "A":
                self.facts.append(json.loads(record[5]))
            else:
                self.disk.step(record)
            for n in range(points.get(at, 0)):
                chance = random.Random("%s %d %d" % (self.seed, at, n))
                is_verified = chance.random() * verify_every < 1
                count, verified = count + 1, verified + is_verified
                found = self.check(self.disk.crash(chance), is_verified)
                if found:
                    faults.append("position %d, try %d, %d acknowledged: %s" % (at, n, len(self.facts), "; ".join(found[:3])))
        return count, verified, faults

    def check(self, tree, is_verified):
        folder, tree = os.path.join(self.scratch, "state"), tree.get(DATA, {})
        shutil.rmtree(folder, ignore_errors=True)
        disks.write(tree, folder, lambda name: is_verified or name.startswith(books.DATABASE))
        try:
            verdict = verify(folder) if is_verified else None
            return ([verdict] if verdict else []) + self.check_folder(folder, tree)
        except books.sqlite3.DatabaseError as error:
            # Before the schema is there nothing can have been acknowledged.
            return ["the database: %s" % error] if self.facts else []

    def check_folder(self, folder, tree):
        if not os.path.exists(os.path.join(folder, books.DATABASE)):
            return ["there is no database"] if self.facts else []
        db = books.open_database(folder)
        try:
            if not self.facts and not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'idempotent_answer'").fetchone():
                return []
            return books.wrong_books(db) + books.lost(db, self.facts) + self.check_blobs(db, tree)
        finally:
            db.close()

    def check_blobs(self, db, tree):
        rows = db.execute("SELECT DISTINCT sha256 FROM recording")
        return ["blob %s is missing or changed" % sha256 for sha256, in rows if self.hash(tree, sha256) != sha256]

    def hash(self, tree, sha256):
        content = disks.find(tree, "blobs", sha256[:2], sha256[2:4], sha256)
        if content is None:
            return None
        if content.identity is None:
            return hashlib.sha256(content.bytes).hexdigest()
        if content.identity not in self.hashes:
            self.hashes[content.identity] = hashlib.sha256(content.bytes).hexdigest()
        return self.hashes[content.identity]


def spread(length, states):
    """How often to crash where: at every position as often as at any other, as near as it goes."""
    return {at: count for at in range(length)
            if (count := (at + 1) * states // length - at * states // length)}


def replay(path, mutant, states, seed):
    with tempfile.TemporaryDirectory(prefix="fairvoice-state-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as scratch:
        log = list(disks.read_log(path))
        return Checker(log, mutant, seed, scratch).run(spread(len(log), states)) + (len(log),)


def model_is_complete(path, folder):
    disk = disks.Disk()
    for record in disks.read_log(path):
        if record[0] != "A":
            disk.step(record)
    return disks.differences(disk, folder)


def main():
    states = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    mutants = sys.argv[3:] or MUTANTS
    started, faults = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="fairvoice-power-") as place:
        shim, logs = build_shim(place), []
        for n in range(STORIES):
            root, log = os.path.join(place, "root-%d" % n), os.path.join(place, "log-%d" % n)
            os.mkdir(root)
            os.mkfifo(log + ".kill")
            tell(root, shim, log, seed * STORIES + n)
            faults += ["the shim missed something: " + wrong for wrong in model_is_complete(log, root)]
            shutil.rmtree(root)
            logs.append(log)
        with concurrent.futures.ProcessPoolExecutor(STORIES) as pool:
            runs = [pool.submit(replay, log, "none", states // STORIES, seed) for log in logs]
            trials = {m: [pool.submit(replay, log, m, MUTANT_STATES // STORIES, seed) for log in logs] for m in mutants}
            count, verified, length = 0, 0, 0
            for run in runs:
                result = run.result()
                count, verified, length = count + result[0], verified + result[1], length + result[3]
                faults += result[2]
            lost = len(faults)
            caught = {m: sum(len(run.result()[2]) for run in trial) for m, trial in trials.items()}
    faults += ["the mutant %s was not caught" % mutant for mutant, found in caught.items() if not found]
    summary = "%d states of %d operations, seed %d, %d lost, %d opened by ledger verify; mutants lost in %s" % (
        count, length, seed, lost, verified, ", ".join("%s %d of %d" % (m, n, MUTANT_STATES) for m, n in caught.items()))
    return finish("power-loss", summary, faults, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
