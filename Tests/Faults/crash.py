#!/usr/bin/env python3
"""Kills the server with SIGKILL at random moments of uploads, sales, payouts and analyses, and counts what was lost.

    Tests/Faults/crash.py [CYCLES] [SEED]

Everybody acts at once, one keyed request after another; a request that the kill cut off is sent again after the restart
under its key. Every 100 kills and at the end the folder is checked by Python's own SQLite and by `fairvoice ledger verify`:
everything acknowledged is there with the same content, every effect is there once, and the books add up to zero.
"""
import random, shutil, sys, tempfile, threading, time

import books
from program import CUT, Server, finish, verify
from story import Market, Request

CHECK_EVERY = 100
KILL_WITHIN_SECONDS = 0.08


class Actor:
    """One person of the story: a generator of requests, which goes on where the kill stopped it."""

    def __init__(self, script):
        self.script, self.pending, self.answer, self.facts, self.faults = script, None, None, [], []

    def act(self, server):
        """Until the server is gone."""
        while True:
            if self.pending is None:
                self.pending = self.script.send(self.answer)
                if self.pending is None:
                    return
            try:
                answer = self.pending.send(server)
            except CUT:
                return
            if Request.is_final(answer):
                self.note(answer)

    def note(self, answer):
        request, self.pending, self.answer = self.pending, None, answer
        request.answer = answer
        if answer.is_ok and request.kind != "look":
            self.facts.append(request)
        elif not answer.is_ok and answer.status not in (402, 409):
            self.faults.append("%s %s is answered %r" % (request.kind, request.path, answer))


def contributor(market, person, state):
    while True:
        epoch = state["epoch"]
        quote = (yield market.quote(person, "epoch %d" % epoch)).json["id"]
        while state["epoch"] == epoch and not state["is_over"]:
            yield market.recording(person, quote)
            yield market.payout(person)
        if state["is_over"]:
            yield None


def buyer(market, state):
    while not state["is_over"]:
        accent = "epoch %d" % max(0, state["epoch"] - 1)
        dataset = (yield market.dataset(accent)).json["id"]
        answer = yield market.snapshot(dataset)
        if answer.is_ok:
            snapshot = answer.json
            yield market.licence((snapshot.get("snapshot") or snapshot)["id"])
    yield None


def depositor(market, state):
    while not state["is_over"]:
        yield market.deposit()
    yield None


def banker(market, state):
    while not state["is_over"]:
        answer = yield market.batch()
        if not answer.is_ok:
            continue
        batch = answer.json
        yield market.approve(batch["id"])
        payouts = (yield market.members(batch["id"])).json["data"]
        for n, payout in enumerate(payouts):
            yield market.give_back(payout["id"]) if n % 5 == 4 else market.settle(payout["id"])
            if n % 5 == 3:
                yield market.give_back(payout["id"])
    yield None


def play(actors, server):
    threads = [threading.Thread(target=actor.act, args=(server,)) for actor in actors]
    for thread in threads:
        thread.start()
    return threads


def check(server, actors, hashed):
    """The folder without a server."""
    requests = [request for actor in actors for request in actor.facts]
    db = books.open_database(server.folder)
    faults = books.wrong_books(db) + books.wrong_blobs(db, server.folder, hashed)
    faults += books.lost(db, [(r.kind, r.name, r.path, r.answer.json) for r in requests])
    db.close()
    verdict = verify(server.folder)
    return faults + ([verdict] if verdict else [])


def finish_jobs(server, market, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        lists = [server.call("GET", "/v1/admin/jobs?limit=1&state=" + s, market.admin).json["data"] for s in ("waiting", "leased")]
        if not any(lists):
            return []
        time.sleep(0.1)
    return ["jobs are still open after %d s" % seconds]


def count_effects(server, actors):
    """Every acknowledged effect is there once, and none is there that nobody asked for."""
    db = books.open_database(server.folder)
    faults, counts = [], {}
    for kind, (table, _) in books.ROWS.items():
        acknowledged = {r.answer.json["id"] for a in actors for r in a.facts if r.kind == kind}
        counts[kind] = len(acknowledged)
        found = db.execute("SELECT count(*) FROM %s" % table).fetchone()[0]
        # The story's first deposit was made before the actors came.
        if found != len(acknowledged) + (kind == "deposit"):
            faults.append("%d rows of %s for %d acknowledged" % (found, table, len(acknowledged)))
    undecided = db.execute("SELECT count(*) FROM recording WHERE status NOT IN ('accepted', 'rejected')").fetchone()[0]
    if undecided:
        faults.append("%d recordings are undecided" % undecided)
    paid = db.execute("""SELECT coalesce(sum(CASE status WHEN 'settled' THEN amount END), 0) FROM payout""").fetchone()[0]
    deposits = db.execute("SELECT sum(amount) FROM deposit").fetchone()[0]
    bank = db.execute("SELECT sum(balance) FROM account WHERE path = 'assets:bank'").fetchone()[0]
    if bank != deposits - paid:
        faults.append("the bank holds %d after %d in and %d out" % (bank, deposits, paid))
    counts["pay"] = db.execute("SELECT count(*) FROM earning").fetchone()[0]
    db.close()
    return faults, counts


def main():
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance, started = random.Random(seed), time.monotonic()
    folder = tempfile.mkdtemp(prefix="fairvoice-crash-")
    server, state, faults, hashed = Server(folder).start(), {"epoch": 0, "is_over": False}, [], set()
    market = Market(server)
    actors = [Actor(contributor(market, person, state)) for person in market.people]
    actors += [Actor(script(market, state)) for script in (buyer, depositor, banker)]
    try:
        for cycle in range(cycles):
            state["epoch"] = cycle // 8
            threads = play(actors, server)
            time.sleep(chance.random() * KILL_WITHIN_SECONDS)
            server.kill()
            for thread in threads:
                thread.join()
            if (cycle + 1) % CHECK_EVERY == 0:
                faults += check(server, actors, hashed)
            server.start()
        state["is_over"] = True
        for thread in play(actors, server):
            thread.join()
        faults += finish_jobs(server, market)
        server.kill()
        faults += check(server, actors, set()) + [fault for actor in actors for fault in actor.faults]
        wrong, counts = count_effects(server, actors)
        faults += wrong
    finally:
        if server.is_alive:
            server.kill()
    if not faults:
        shutil.rmtree(folder)
    summary = "%d kills, seed %d, acknowledged %s" % (cycles, seed, ", ".join("%d %s" % (n, k) for k, n in counts.items()))
    return finish("crash", summary, faults, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
