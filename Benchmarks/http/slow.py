#!/usr/bin/env python3
"""An ordinary client beside thousands of slow ones (apt-get install slowhttptest).

    slow.py [CLIENTS] [SECONDS]

For each of slowhttptest's modes: latencies of an ordinary client alone, then beside the slow ones once all are connected, each request on
a connection of its own. slowhttptest looks at all its connections all the time and takes a core for itself, which a real attacker's
machine would have: where there are two cores, it has the last one, and server and ordinary client have the others, with and without it.
The same with all on all cores is printed beside it. Exit code 1 where a request was not answered, p99 is more than twice that without the
slow clients, or these did not come or did not stay."""
import http.client
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "Tests/Faults"))
from program import Server  # noqa: E402

BAR = 2.0
# In all modes the server gives slow clients 10 s: so many requests are made before.
REQUESTS = 5000
# So long must no further slow client have come.
SETTLED_SECONDS = 1
# Slow heads, slow bodies, many ranges, slow reads.
MODES = {"-H": ["-i", "5"], "-B": ["-i", "5", "-s", "8192", "-f", "application/json"], "-R": [], "-X": ["-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"]}


def connections(pid):
    count = 0
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            count += os.readlink(f"/proc/{pid}/fd/{name}").startswith("socket:")
        except FileNotFoundError:
            pass
    return count


def latencies(port):
    """Milliseconds of each request, slowest last; a request that fails ends the run."""
    taken = []
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        client.request("GET", "/v1/estimate?language=de&emotion=anger")
        answer = client.getresponse()
        answer.read()
        client.close()
        if answer.status != 200:
            raise SystemExit(f"an ordinary client was answered {answer.status}")
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)


def p99(taken):
    return taken[len(taken) * 99 // 100]


def describe(taken):
    return f"median {taken[len(taken) // 2]:.2f} ms, p99 {p99(taken):.2f} ms"


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def shares(pids, seconds=2):
    """Per cent of a core that each process takes for a while."""
    before, begun = [cpu_seconds(pid) for pid in pids], time.monotonic()
    time.sleep(seconds)
    passed = time.monotonic() - begun
    return [100 * (cpu_seconds(pid) - spent) / passed for pid, spent in zip(pids, before)]


def attack(mode, more, count, seconds, attackers_cores):
    """Runs the slow clients on their cores and everybody else where this process is. Prints what came of it, and returns p99 beside them
    over p99 alone, and whether they were there."""
    with tempfile.TemporaryDirectory(prefix="fairvoice-slow-") as folder:
        server = Server(os.path.join(folder, "data")).start()
        # What the slow clients cost the machine that everybody shares, whoever they are sent to.
        neighbour = Server(os.path.join(folder, "neighbour")).start()
        pid = server.process.pid
        latencies(server.port)
        latencies(neighbour.port)
        alone = latencies(server.port)
        url = f"http://127.0.0.1:{server.port}/" + ("style.css" if mode in ("-R", "-X") else "v1/contributors" if mode == "-B" else "")
        slow = subprocess.Popen(
            ["slowhttptest", mode, "-c", str(count), "-r", "1000", "-l", str(seconds), "-u", url, "-p", "3", *more],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, attackers_cores))
        now = grown = time.monotonic()
        deadline = now + seconds / 2
        most = 0
        while (most < count * 0.95 or now < grown + SETTLED_SECONDS) and now < deadline and slow.poll() is None:
            time.sleep(0.1)
            now = time.monotonic()
            there = connections(pid)
            if there > most:
                most, grown = there, now
        beside = latencies(server.port)
        left = connections(pid)
        elsewhere = latencies(neighbour.port)
        cost = ""
        if slow.poll() is None:
            cost = ", which cost the server {:.1f} % of a core and slowhttptest {:.0f} %".format(*shares([pid, slow.pid]))
        slow.terminate()
        slow.wait()
        server.kill(15)
        neighbour.kill(15)
    ratio = p99(beside) / p99(alone)
    # Ranges are answered or refused at once, so that nobody stays; in the other modes everybody must have been there to the end.
    is_loaded = mode == "-R" or left >= count * 0.95
    print(f"  {left} of at most {most} connections open at the end{cost}; alone {describe(alone)}; beside them {describe(beside)}: p99 {ratio:.2f} x; meanwhile at a server that nobody attacks "
          f"{describe(elsewhere)}: {p99(elsewhere) / p99(alone):.2f} x" + ("" if is_loaded else "; THE SLOW CLIENTS WERE NOT THERE"), flush=True)
    return ratio, is_loaded


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    if not shutil.which("slowhttptest"):
        sys.exit("slowhttptest is not installed: apt-get install slowhttptest")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count * 2 + 1000), hard))
    cores = sorted(os.sched_getaffinity(0))
    # Who is where, and whether the bar holds there.
    places = [("all on all cores", set(cores), set(cores), len(cores) == 1)]
    if len(cores) > 1:
        places.insert(0, ("slow clients on a core of their own", set(cores[:-1]), {cores[-1]}, True))
    is_over = False
    for mode, more in MODES.items():
        for place, ours, attackers, is_bound in places:
            os.sched_setaffinity(0, ours)
            print(f"slowhttptest {mode}, {place}" + (f" (p99 at most {BAR} x)" if is_bound else "") + ":", flush=True)
            ratio, is_loaded = attack(mode, more, count, seconds, attackers)
            is_over |= is_bound and ratio > BAR or not is_loaded
    return 1 if is_over else 0


if __name__ == "__main__":
    sys.exit(main())
