#!/usr/bin/env python3
"""A million connections that end in twelve ways (FIN, RST, half-closes, heads and bodies cut short): descriptors and memory of the
server before and after.

    churn.py [CONNECTIONS] [SEED] [THREADS] [tls]

The start is taken behind a tenth of the connections, when buffers have their size and threads exist. Prints one line; exit code 1 where
descriptors are left, memory grew by more than MEMORY_KIB_MAX, or an answer that was due did not come."""
import json, os, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "Tests/Faults"))
from program import Server  # noqa: E402
from restarts import make_certificate  # noqa: E402

# Four bytes a connection that were lost would pass it; the allocator's own wavering stays below.
MEMORY_KIB_MAX = 4096
SETTLED_SECONDS_MAX = 30


def descriptors(pid):
    """How many the process holds open. The database's are left out: its pool of readers opens them as they are needed, up to its limit."""
    count = 0
    for number in os.listdir("/proc/%d/fd" % pid):
        try:
            count += "fairvoice.sqlite3" not in os.readlink("/proc/%d/fd/%s" % (pid, number))
        except FileNotFoundError:
            pass
    return count


def state(pid):
    """Descriptors that are open, and KiB of memory."""
    with open("/proc/%d/status" % pid) as file:
        memory = next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))
    return descriptors(pid), memory


def settled(pid, descriptors=None):
    """Waits until as few descriptors are open as before, or until nothing changes."""
    last = state(pid)
    for _ in range(SETTLED_SECONDS_MAX):
        time.sleep(1)
        now = state(pid)
        if now[0] == (last[0] if descriptors is None else descriptors):
            return now
        last = now
    return last


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    threads = int(sys.argv[3]) if len(sys.argv) > 3 else 16
    tls = sys.argv[4:5]
    with tempfile.TemporaryDirectory(prefix="fairvoice-churn-") as folder:
        churn = os.path.join(folder, "churn")
        subprocess.run(["cc", "-O2", "-pthread", "-D_GNU_SOURCE", "-o", churn, os.path.join(HERE, "churn.c"), "-lssl", "-lcrypto"],
                       check=True)
        server = Server(os.path.join(folder, "data"), flags=make_certificate(folder) if tls else []).start()
        pid = server.process.pid
        cold = settled(pid)

        def run(connections, seed):
            done = subprocess.run([churn, str(server.port), str(connections), str(threads), str(seed), *tls], check=True, capture_output=True)
            return json.loads(done.stdout)

        warm = run(count // 10, seed)
        before = settled(pid, cold[0])
        begun = time.monotonic()
        result = run(count, seed + 1)
        seconds = time.monotonic() - begun
        after = settled(pid, before[0])
        code = server.kill(15)
    faults = []
    if after[0] != before[0] or before[0] != cold[0]:
        faults.append("descriptors: %d, %d, %d" % (cold[0], before[0], after[0]))
    if after[1] - before[1] > MEMORY_KIB_MAX:
        faults.append("memory grew by %d KiB" % (after[1] - before[1]))
    for one in (warm, result):
        if one["failed"] or one["missing"]:
            faults.append(json.dumps(one))
    if code != 0:
        faults.append("exit code %d" % code)
    for fault in faults:
        print("FAULT:", fault)
    print("churn: %d connections%s in %.0f s (%d a second); descriptors %d before, %d after; memory %.1f MiB cold, %.1f before, %.1f after; "
          "%d answers missing; %d faults" % (
              result["connections"], " over TLS" if tls else "", seconds, result["connections"] / seconds, before[0], after[0], cold[1] / 1024, before[1] / 1024,
              after[1] / 1024, result["missing"], len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
