#!/usr/bin/env python3
"""Fills the disk under a server, again and again, and watches that it refuses cleanly and goes on when space returns.

    Tests/Faults/full_disk.py [SEED]

The data folder lies on a small tmpfs of its own; mounting it needs root, and without it the run is skipped. While the disk
is full: uploads answer 507, money requests 503 or 507 without an effect, reads go on, and the process stays. Then some KiB
come free and are used up, several times, so that space ends in the middle of requests. When space is back: the refused
requests succeed under their keys within a second, every job ends, and the books are right.
"""
import contextlib, os, random, subprocess, sys, tempfile, threading, time

import books
from program import Server, finish, verify
from story import Market, Request

SIZE, ROUNDS, RESUME_SECONDS = "32m", 12, 1.0


@contextlib.contextmanager
def small_disk():
    """The path of a tmpfs, or nil where mounting is not permitted."""
    with tempfile.TemporaryDirectory(prefix="fairvoice-full-") as place:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=" + SIZE, "fairvoice-test", place], capture_output=True)
        if done.returncode:
            yield None
            return
        try:
            yield place
        finally:
            subprocess.run(["umount", "-l", place], check=True)


class Filler:
    def __init__(self, folder):
        self.path = os.path.join(folder, "filler")

    def fill(self):
        with open(self.path, "ab", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def free(self, count):
        os.truncate(self.path, max(0, os.path.getsize(self.path) - count))

    def remove(self):
        os.unlink(self.path)


class Run:
    def __init__(self, folder, chance):
        self.folder, self.chance, self.faults = folder, chance, []
        self.server = Server(os.path.join(folder, "data")).start()
        self.market = Market(self.server)
        self.answers, self.refused = {}, []
        self.quotes = [self.market.expect(self.market.quote(p, "full").send(self.server))["id"] for p in self.market.people]

    def earn(self):
        """Everybody has something to be paid out."""
        for person, quote in zip(self.market.people, self.quotes):
            for _ in range(3):
                self.attempt(self.market.recording(person, quote))
        self.finish_jobs()

    def requests(self):
        market = self.market
        person = self.chance.randrange(len(market.people))
        return [
            market.recording(market.people[person], self.quotes[person]), market.deposit(),
            market.quote(market.people[person], "other"), market.dataset("full"), market.payout(market.people[person]),
            market.deposit(), market.batch(),
        ]

    def attempt(self, request):
        answer = request.send(self.server)
        self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
        if answer.status in (503, 507):
            self.refused.append(request)
            if ("content-type", "application/problem+json") not in [(k.lower(), v) for k, v in answer.fields]:
                self.faults.append("%s is refused without a problem" % request.kind)
            if request.kind == "recording" and answer.status != 507:
                self.faults.append("an upload is refused by %r" % answer)
        elif not answer.is_ok and answer.status != 409:
            self.faults.append("%s is answered %r" % (request.kind, answer))
        return answer

    def all_at_once(self, requests):
        threads = [threading.Thread(target=self.attempt, args=(request,)) for request in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def read(self):
        for path, key in (("/v1/me/balance", self.market.people[0]), ("/v1/recordings", self.market.people[0]),
                          ("/v1/rate-card", None), ("/v1/admin/ledger/trial-balance", self.market.admin), ("/livez", None)):
            answer = self.server.call("GET", path, key)
            if answer.status != 200:
                self.faults.append("GET %s is answered %r" % (path, answer))

    def until_refused(self):
        """Spends what is left in files that were there, such as the write-ahead log's."""
        for _ in range(3000):
            if self.attempt(self.market.deposit()).status in (503, 507):
                return
        self.faults.append("the disk never became full")

    def fill_up(self):
        filler = Filler(self.folder)
        filler.fill()
        self.until_refused()
        filler.fill()
        before = self.effects()
        for request in self.requests() + self.requests():
            # A batch and a payout may be refused by the rules before anything is written.
            if self.attempt(request).is_ok:
                self.faults.append("%s is taken on a full disk" % request.kind)
        if self.effects() != before:
            self.faults.append("a refused request had an effect")
        self.read()
        for _ in range(ROUNDS):
            filler.free(self.chance.choice([1, 4, 16, 64, 200]) << 10)
            self.all_at_once(self.requests() + self.requests())
            filler.fill()
            self.read()
        return filler

    def effects(self):
        db = books.open_database(self.server.folder, is_read_only=True)
        tables = [table for table, _ in books.ROWS.values()] + ["txn", "posting", "idempotent_answer", "audit_entry"]
        counts = [db.execute("SELECT count(*) FROM " + table).fetchone()[0] for table in tables]
        db.close()
        return counts

    def resume(self):
        """Every refused request succeeds under its key; the seconds until the first of each kind did."""
        started, slowest = time.monotonic(), 0
        for request in self.refused:
            while time.monotonic() < started + 20:
                answer = request.send(self.server)
                if Request.is_final(answer):
                    break
                time.sleep(0.01)
                slowest = time.monotonic() - started
            if not answer.is_ok and answer.status != 409:
                self.faults.append("%s under its key is answered %r once there is space" % (request.kind, answer))
        if slowest > RESUME_SECONDS:
            self.faults.append("requests were refused for %.2f s after space had returned" % slowest)
        return slowest

    def finish_jobs(self):
        started = time.monotonic()
        while time.monotonic() < started + 30:
            states = [self.server.call("GET", "/v1/admin/jobs?limit=1&state=" + s, self.market.admin).json["data"]
                      for s in ("waiting", "leased", "failed")]
            if states[2]:
                self.faults.append("a job failed for good: %r" % states[2])
            if not any(states[:2]):
                return time.monotonic() - started
            time.sleep(0.02)
        self.faults.append("jobs are still open: %r" % states[:2])
        return 30


def main():
    seed, started = int(sys.argv[1]) if len(sys.argv) > 1 else 1, time.monotonic()
    with small_disk() as place:
        if place is None:
            print("full-disk: skipped, mounting a tmpfs is not permitted here")
            return 0
        run = Run(place, random.Random(seed))
        process = run.server.process.pid
        run.earn()
        filler = run.fill_up()
        filler.remove()
        returned, jobs = run.resume(), run.finish_jobs()
        if not run.server.is_alive or run.server.process.pid != process:
            run.faults.append("the server ended")
        run.server.kill()
        db = books.open_database(run.server.folder)
        run.faults += books.wrong_books(db) + books.wrong_blobs(db, run.server.folder)
        db.close()
        left = os.listdir(os.path.join(run.server.folder, "incoming"))
        verdict = verify(run.server.folder)
        run.faults += (["%d files are left in incoming" % len(left)] if left else []) + ([verdict] if verdict else [])
        answers = ", ".join("%d × %d" % (n, status) for status, n in sorted(run.answers.items()))
        summary = "seed %d, answers %s; %d refused and then taken under their keys, all %.2f s after space returned, jobs done %.2f s after" % (
            seed, answers, len(run.refused), returned, jobs)
        return finish("full-disk", summary, run.faults, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
