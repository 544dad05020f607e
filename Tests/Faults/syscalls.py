#!/usr/bin/env python3
"""Lets single system calls fail, and watches that nothing acknowledged is lost and that the program recovers.

    Tests/Faults/syscalls.py [SEED] [RUNS]

Each run tells a short story under the shim, which lets one call below the data folder fail: the n-th sync, write, open,
rename, mkdir or truncation, with EIO or ENOSPC. A request that is refused or cut off is sent again under its key; a server
that ended is started again, and must have said so with exit code 74. A sync that failed is never made good: in the model of
the disk what it covered is lost for ever, and the power is taken away from there on at 40 points.
"""
import errno, os, random, shutil, sys, tempfile, time

import books
import disk as disks
from power_loss import DATA, Checker, build_shim
from program import CUT, Server, finish, verify
from story import Market, Request

# Kind of record, error, and how many calls of the kind the story makes at least.
FAULTS = [("S", errno.EIO, 60), ("S", errno.ENOSPC, 60), ("W", errno.EIO, 200), ("W", errno.ENOSPC, 200), ("C", errno.EIO, 12),
          ("C", errno.ENOSPC, 12), ("R", errno.EIO, 5), ("R", errno.ENOSPC, 5), ("M", errno.ENOSPC, 8), ("M", errno.EIO, 8)]
DISK_FAILED, STATES = 74, 40


class Run:
    def __init__(self, root, shim, log, fault):
        self.root, self.log, self.faults, self.ended, self.refused = root, log, [], 0, 0
        environment = {"LD_PRELOAD": shim, "FAULT_ROOT": root, "FAULT_LOG": log}
        self.failing = dict(os.environ, **environment, FAULT_FAIL="%s %d %d" % fault)
        self.server = Server(os.path.join(root, DATA), environment)

    def tell(self):
        # A plain beginning; then a start under the fault, which may happen before the server listens.
        self.server.start()
        market = Market(self.server, people=2)
        self.descriptor = os.open(self.log, os.O_WRONLY | os.O_APPEND)
        self.server.kill()
        open(self.log + ".armed", "w").close()
        sound, self.server.environment = self.server.environment, self.failing
        try:
            self.server.start()
        except RuntimeError:
            self.ended += 1
            self.server.wait()
            self.server.environment = sound
            self.server.start()
        self.server.environment = sound
        for person in market.people:
            quote = self.ask(market.quote(person, "here")).json["id"]
            for _ in range(3):
                self.ask(market.recording(person, quote))
        self.finish_jobs(market)
        self.ask(market.deposit())
        dataset = self.ask(market.dataset("here")).json["id"]
        self.ask(market.licence(self.ask(market.snapshot(dataset)).json["id"]))
        for person in market.people:
            self.ask(market.payout(person))
        batch = self.ask(market.batch()).json
        self.ask(market.approve(batch["id"]))
        for payout in self.look(market.members(batch["id"])).json["data"]:
            self.ask(market.settle(payout["id"]))
        self.server.kill()
        os.close(self.descriptor)

    def ask(self, request):
        """Until it is taken; the fault happens once."""
        for _ in range(200):
            try:
                answer = request.send(self.server)
            except CUT:
                self.recover()
                continue
            if answer.is_ok:
                disks.mark(self.descriptor, [request.kind, request.name, request.path, answer.json])
                return answer
            if answer.status not in (409, 500, 503, 507):
                break
            self.refused += answer.status != 409
            time.sleep(0.01)
        raise RuntimeError("%s was never taken: %r" % (request.kind, answer))

    def look(self, request):
        for _ in range(200):
            try:
                answer = request.send(self.server)
            except CUT:
                self.recover()
                continue
            if answer.is_ok:
                return answer
            time.sleep(0.01)
        raise RuntimeError("%s was never answered: %r" % (request.path, answer))

    def recover(self):
        try:
            code = self.server.wait(5)
        except Exception:
            self.faults.append("the server cut a connection and went on")
            return
        self.ended += 1
        if code != DISK_FAILED:
            self.faults.append("the server ended with %d" % code)
        self.server.start()

    def finish_jobs(self, market):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                lists = [self.server.call("GET", "/v1/admin/jobs?limit=1&state=" + s, market.admin) for s in ("waiting", "leased", "failed")]
            except CUT:
                self.recover()
                continue
            if all(answer.is_ok and not answer.json["data"] for answer in lists):
                return
            time.sleep(0.02)
        self.faults.append("jobs did not end: %r" % lists)

    def check(self, seed, scratch):
        """The folder as it is, and as a power loss would leave it after the fault."""
        log = list(disks.read_log(self.log))
        fault = next((at for at, record in enumerate(log) if record[0] == "F"), None)
        db = books.open_database(self.server.folder)
        facts = [disks.json.loads(record[5]) for record in log if record[0] == "A"]
        self.faults += books.wrong_books(db) + books.wrong_blobs(db, self.server.folder) + books.lost(db, facts)
        db.close()
        verdict = verify(self.server.folder)
        self.faults += [verdict] if verdict else []
        if fault is None:
            return False
        chance, checker = random.Random(seed), Checker(log, "none", seed, scratch)
        points = {chance.randrange(fault, len(log)): 1 for _ in range(STATES - 1)}
        points[len(log) - 1] = 1
        self.faults += ["power loss after the fault: " + lost for lost in checker.run(points, verify_every=10**9)[2]]
        if any(path.endswith("-wal") for path in checker.disk.failed) and not self.ended:
            self.faults.append("a sync of the write-ahead log failed, and the server went on")
        return True


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    started, chance, faults, hit, ended, refused = time.monotonic(), random.Random(seed), [], 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="fairvoice-calls-") as place:
        shim = build_shim(place)
        for n in range(runs):
            kind, code, count = FAULTS[n % len(FAULTS)]
            fault = kind, chance.randint(1, count), code
            root, log = os.path.join(place, "root"), os.path.join(place, "log")
            os.mkdir(root)
            os.mkfifo(log + ".kill")
            run = Run(root, shim, log, fault)
            try:
                run.tell()
                hit += run.check("%d %d" % (seed, n), os.path.join(place, "states"))
            except RuntimeError as error:
                run.faults.append(str(error))
            run.server.end()
            ended, refused = ended + run.ended, refused + run.refused
            faults += ["%s number %d with %s: %s" % (*fault[:2], errno.errorcode[code], found) for found in run.faults]
            for path in (root, os.path.join(place, "states")):
                shutil.rmtree(path, ignore_errors=True)
            for path in (log, log + ".kill", log + ".armed"):
                os.path.exists(path) and os.unlink(path)
    summary = "%d runs, seed %d, %d met their fault: the server ended %d times, %d requests were refused and then taken" % (
        runs, seed, hit, ended, refused)
    return finish("syscalls", summary, faults, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
