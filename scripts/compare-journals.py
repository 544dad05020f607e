#!/usr/bin/env python3
"""Hold the balances of exported books against hledger, ledger and beancount, to the micro.

    compare-journals.py FOLDER [--beancount-head N]

FOLDER holds books.journal, books.beancount and balances.csv (path,currency,amount), as `make books` leaves them. A tool that
is not installed is skipped and named. --beancount-head N also writes the first N transactions as a journal of their own for
beancount, which needs some kilobytes of memory for each, and compares it with sums of our own over the same lines.
Exit code 1 where a balance differs or a tool refuses the books.
"""
import os
import re
import shutil
import subprocess
import sys
import time
from decimal import Decimal


def micros(text):
    return int((Decimal(text.replace(",", "")) * 1_000_000).to_integral_exact())


def kept(folder):
    balances = {}
    with open(f"{folder}/balances.csv", encoding="utf-8") as file:
        for line in file:
            path, currency, amount = line.rstrip("\n").split(",")
            balances[path, currency] = micros(amount)
    return balances


def beancount_name(path):
    parts = [part[:1].upper() + part[1:].replace("_", "-") for part in path.split(":")]
    return ":".join(["Income" if parts[0] == "Revenue" else parts[0]] + parts[1:])


def run(name, *command):
    began = time.monotonic()
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    seconds = time.monotonic() - began
    if result.returncode != 0:
        print(f"{name}: refused after {seconds:.0f} s: {(result.stderr or result.stdout)[:2000]}")
        return None, seconds
    return result.stdout, seconds


def compare(name, found, expected, seconds):
    expected = {key: value for key, value in expected.items() if value}
    found = {key: value for key, value in found.items() if value}
    wrong = [key for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)]
    for key in sorted(wrong)[:20]:
        print(f"{name}: {key} stands at {found.get(key)} there, {expected.get(key)} here")
    print(f"{name}: {len(expected)} balances compared, {len(wrong)} differ, {seconds:.0f} s")
    return not wrong


def hledger(folder, expected):
    journal = f"{folder}/books.journal"
    checked, seconds = run("hledger check -s", "hledger", "-f", journal, "check", "-s")
    if checked is None:
        return False
    print(f"hledger check -s: accepted, {seconds:.0f} s")
    output, seconds = run(
        "hledger balance", "hledger", "-f", journal, "balance", "-O", "csv", "--flat", "--no-total", "-E", "--layout=bare")
    if output is None:
        return False
    found = {}
    for line in output.splitlines()[1:]:
        path, currency, amount = [cell.strip('"') for cell in line.split(",")]
        found[path, currency] = micros(amount)
    return compare("hledger", found, expected, seconds)


def ledger(folder, expected):
    output, seconds = run(
        "ledger --strict", "ledger", "--strict", "-f", f"{folder}/books.journal", "balance", "--flat", "--no-total", "--empty",
        "--balance-format", "%(join(scrub(display_total))) | %(account)\n")
    if output is None:
        return False
    found = {}
    for line in output.splitlines():
        amounts, _, path = line.rpartition("|")
        for amount in re.findall(r"(-?[\d.]+) ([A-Z]{3})", amounts):
            found[path.strip(), amount[1]] = micros(amount[0])
    return compare("ledger", found, expected, seconds)


def beancount(folder, expected, file="books.beancount"):
    checked, seconds = run("bean-check", "bean-check", "--no-cache", f"{folder}/{file}")
    if checked is None:
        return False
    print(f"bean-check: {file} accepted, {seconds:.0f} s")
    output, seconds = run(
        "bean-query", "bean-query", "-f", "csv", "--no-errors", f"{folder}/{file}",
        "SELECT account, currency, sum(number) AS total GROUP BY account, currency")
    if output is None:
        return False
    found = {}
    for line in output.splitlines()[1:]:
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) == 3 and cells[2]:
            found[cells[0], cells[1]] = micros(cells[2])
    return compare("beancount", found, {(beancount_name(path), code): sum_ for (path, code), sum_ in expected.items()}, seconds)


def head(folder, count):
    """The first transactions as a journal of their own; our own sums of its lines, by the hledger journal's accounts."""
    balances, seen = {}, 0
    with open(f"{folder}/books.beancount", encoding="utf-8") as source, open(
            f"{folder}/head.beancount", "w", encoding="utf-8") as target:
        for line in source:
            if re.match(r"\d{4}-\d\d-\d\d \*", line):
                seen += 1
                if seen > count:
                    break
            target.write(line)
    seen = 0
    with open(f"{folder}/books.journal", encoding="utf-8") as source:
        for line in source:
            if re.match(r"\d{4}-\d\d-\d\d \*", line):
                seen += 1
                if seen > count:
                    break
            posting = re.match(r"    (\S+)  (-?[\d.]+) ([A-Z]{3})$", line)
            if seen and posting:
                key = (posting[1], posting[3])
                balances[key] = balances.get(key, 0) + micros(posting[2])
    return balances


def main():
    folder = sys.argv[1]
    expected = kept(folder)
    right = True
    limit = int(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[2] == "--beancount-head" else None
    for name, tool in (("hledger", hledger), ("ledger", ledger)):
        if shutil.which(name):
            right = tool(folder, expected) and right
        else:
            print(f"skipped: {name} is not installed")
    if not shutil.which("bean-check"):
        print("skipped: bean-check is not installed")
    elif limit is None:
        right = beancount(folder, expected) and right
    else:
        right = beancount(folder, head(folder, limit), "head.beancount") and right
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
