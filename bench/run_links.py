#!/usr/bin/env python3
"""run_links.py [--count N] - compare brochure-links with a checker in Python (aiohttp).

Both ask for the same links, N (10,000) of them on 100 names of this machine, of a server that
takes as little time as can be (peers/server.c), 32 at a time and 4 a name.  They take turns,
and the best of three counts.  "HEAD" reads no titles, which brochure-links does.  Exit status
1: brochure-links was not the fastest, or took more memory than it may.
"""

import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build/bench"
NAMES, CONCURRENCY, TURNS = 100, 32, 3
PEAK_MAX = 48 * 1024 * 1024  # bytes


def write_list(path, count, port):
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["city", "url", "logo", "alt"])
        for i in range(count):
            rows.writerow([f"Stad {i:05}", f"http://h{i % NAMES}.localhost:{port}/pagina/{i}", "stad.png", ""])


def commands(cities):
    python, checker = WORK / "venv/bin/python", ROOT / "bench/peers/with_aiohttp.py"
    return {
        "brochure-links": [ROOT / "build/brochure-links", "--allow-private", "--diagnostics=json", cities],
        "aiohttp": [python, checker, cities, CONCURRENCY],
        "aiohttp, HEAD": [python, checker, cities, CONCURRENCY, "head"],
    }


def good(program, output):
    """How many links were well, by what the program prints."""
    if program == "brochure-links":
        return sum(link["class"] == "ok" for link in json.loads(output)["links"])
    return int(output)


def measure(program, command, count):
    """Seconds, processor seconds and peak bytes of one run."""
    start = time.monotonic()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) != 0 or good(program, output) != count:
        sys.exit(f"run_links.py: {program} did not find {count} links well")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    count = parser.parse_args().count
    server = subprocess.Popen([WORK / "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        cities = WORK / "links.csv"
        write_list(cities, count, int(server.stdout.readline()))
        programs = commands(cities)
        runs = {program: [] for program in programs}
        for _ in range(TURNS):
            for program, command in programs.items():
                runs[program].append(measure(program, command, count))
    finally:
        server.stdin.close()
        server.wait()
    best = {program: [min(values) for values in zip(*found)] for program, found in runs.items()}
    print(f"\n{count} links on {NAMES} names\n\n| program | wall s | processor s | peak MB |\n| --- | ---: | ---: | ---: |")
    for program, (wall, cpu, peak) in best.items():
        print(f"| {program} | {wall:.2f} | {cpu:.2f} | {peak / 1024 / 1024:.1f} |")
    wall, _, peak = best.pop("brochure-links")
    return 0 if wall <= min(b[0] for b in best.values()) and peak < PEAK_MAX else 1


if __name__ == "__main__":
    sys.exit(main())
