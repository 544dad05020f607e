#!/usr/bin/env python3
"""Sends every keyed POST ten times from 64 connections while the server is killed: one effect, the same bytes each time.

    Tests/Faults/storm.py [SEED] [ROUNDS]

Each phase mixes ten copies of each of its requests; the kill comes at a random moment of it. A copy that was cut off, or
met one that still ran, is sent again. Afterwards, on a server that was started anew, each request is sent once more and
must get the same bytes, and another request under its key must get 422. At last the effects are counted in the database.
"""
import concurrent.futures, json, random, shutil, sys, tempfile, time

import books
from program import CUT, Server, finish, verify
from story import Market, Request

COPIES, CONNECTIONS, KILLS = 10, 64, 2


class Storm:
    def __init__(self, server, market, chance):
        self.server, self.market, self.chance = server, market, chance
        self.pool = concurrent.futures.ThreadPoolExecutor(CONNECTIONS)
        self.sent, self.cut, self.waited, self.kills, self.faults, self.requests = 0, 0, 0, 0, [], []

    def send(self, request):
        """Until it has an answer."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                answer = request.send(self.server)
            except CUT:
                self.cut += 1
                time.sleep(0.005)
                continue
            if Request.is_final(answer):
                self.sent += 1
                return answer
            self.waited += 1
            time.sleep(0.002)
        raise RuntimeError("%s %s got no answer" % (request.kind, request.name))

    def phase(self, requests):
        """Sends the requests in ten copies each, through kills; answers the JSON of each."""
        copies = requests * COPIES
        self.chance.shuffle(copies)
        futures = [(request, self.pool.submit(self.send, request)) for request in copies]
        for _ in range(KILLS):
            time.sleep(0.01 + self.chance.random() * 0.06)
            self.restart()
        answers = {request: [] for request in requests}
        for request, future in futures:
            answers[request].append(future.result())
        self.restart()
        for request in requests:
            answers[request].append(self.send(request))
            self.compare(request, answers[request])
            self.misuse(request)
        self.requests += requests
        return [answers[request][0].json for request in requests]

    def restart(self):
        self.server.kill()
        self.kills += 1
        self.server.start()

    def compare(self, request, answers):
        different = {answer.lasting for answer in answers} if answers[0].is_ok else set()
        if len(answers) != COPIES + 1 or len(different) != 1:
            self.faults.append("%s %s has %d different answers: %r" % (request.kind, request.name, len(different), answers[:2]))

    def misuse(self, request):
        """Another body under the same key; for a request without a body, another request."""
        other = Request(request.kind, request.key, request.path, request.name, request.body, request.blob)
        if request.blob is not None:
            other.blob = request.blob[:-8] + bytes(8)
        elif request.body is not None:
            other.body = json.dumps(request.body, indent=1).encode()
        else:
            other.path, other.body = "/v1/admin/targets", {"language": "de", "hours": 1}
            if request.key == self.market.buyer:
                other.path, other.body = "/v1/datasets", {"name": "other", "query": {}}
        answer = self.send(other)
        if answer.status != 422 or b"idempotency-key-reused" not in answer.body:
            self.faults.append("another request under %s is answered %r" % (request.name, answer))


def round_of(storm, n):
    market, accent = storm.market, "storm %d" % n
    everybody = market.people * 2
    storm.phase([market.deposit() for _ in range(8)])
    storm.phase(others(market, n))
    quotes = storm.phase([market.quote(person, accent) for person in everybody])
    storm.phase([market.recording(person, quote["id"]) for person, quote in zip(everybody, quotes)])
    wait_for_jobs(storm)
    datasets = storm.phase([market.dataset(accent) for _ in range(4)])
    snapshots = storm.phase([market.snapshot(dataset["id"]) for dataset in datasets])
    storm.phase([market.licence(snapshot["id"]) for snapshot in snapshots])
    storm.phase([market.payout(person) for person in everybody])
    batch, = storm.phase([market.batch()])
    storm.phase([market.approve(batch["id"])])
    payouts = market.members_now(batch["id"])
    storm.phase([market.settle(payout["id"]) for payout in payouts[:5]])
    storm.phase([market.give_back(payout["id"]) for payout in payouts[4:]])


def others(market, n):
    """Keyed requests that move no money themselves."""
    scenario = {"title": "Storm %d" % n, "prompt": "Speak.", "language": "de", "register": "friend", "setting": "quiet",
                "elicitation": "acted", "emotion": "anger", "suggested_seconds": 20}
    return [
        Request("scenario", market.admin, "/v1/admin/scenarios", market.name("scenario"), scenario),
        Request("target", market.admin, "/v1/admin/targets", market.name("target"), {"language": "de", "hours": n + 1}),
        Request("consent", market.people[0], "/v1/me/consents", market.name("consent"), {"purposes": ["emotion-recognition"]}),
    ]


def wait_for_jobs(storm):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not any(storm.server.call("GET", "/v1/admin/jobs?limit=1&state=" + s, storm.market.admin).json["data"]
                   for s in ("waiting", "leased")):
            return
        time.sleep(0.05)


def count_effects(storm):
    db = books.open_database(storm.server.folder)
    faults = books.wrong_books(db) + books.wrong_blobs(db, storm.server.folder)
    for kind, (table, _) in books.ROWS.items():
        wanted = sum(request.kind == kind for request in storm.requests) + (kind == "deposit")
        found = db.execute("SELECT count(*) FROM %s" % table).fetchone()[0]
        if found != wanted:
            faults.append("%d rows of %s for %d requests" % (found, table, wanted))
    for kind, step in (("settlement", "payout-settled"), ("return", "payout-failed', 'payout-returned")):
        wanted = sum(request.kind == kind for request in storm.requests)
        found = db.execute("SELECT count(*) FROM txn WHERE kind IN ('%s')" % step).fetchone()[0]
        if found != wanted:
            faults.append("%d transactions of %s for %d requests" % (found, step, wanted))
    db.close()
    verdict = verify(storm.server.folder)
    return faults + ([verdict] if verdict else [])


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    started = time.monotonic()
    folder = tempfile.mkdtemp(prefix="fairvoice-storm-")
    server = Server(folder).start()
    storm = Storm(server, Market(server), random.Random(seed))
    for n in range(rounds):
        round_of(storm, n)
    server.kill()
    faults = storm.faults + count_effects(storm)
    if not faults:
        shutil.rmtree(folder)
    kinds = len({request.kind for request in storm.requests})
    summary = "%d keyed requests of %d kinds, %d answers, %d kills, seed %d; %d were cut off, %d met one that still ran" % (
        len(storm.requests), kinds, storm.sent, storm.kills, seed, storm.cut, storm.waited)
    return finish("storm", summary, faults, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
