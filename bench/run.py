#!/usr/bin/env python3
"""run.py [--readme] [SET...] - compare the program with others on the same brochure.

A SET is a kind of logo and how many: rgba-300.  Every program runs once under
/usr/bin/time -v, which tells its peak memory; then hyperfine runs all of them in turns, a
few times each, so that what else the machine does hits all alike.  Wall time is the median
of these runs, processor time that of the turns' means.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
from dataclasses import dataclass, field

import inputs

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build/bench"
PEERS = ROOT / "bench/peers"
SETS = ["opaque-13", "rgba-13", "opaque-300", "rgba-300", "opaque-3000", "rgba-3000",
    "jpeg-13", "jpeg-300", "jpeg-3000", "svg-13", "svg-300", "svg-3000"]
NO_SVG = {"ReportLab", "libharu, naive"}
GROWTH = ["opaque-1000", "opaque-10000"]  # for this program alone
OURS, TYPST = "brochure", "Typst"
SECONDS = 6  # for a program's runs on one set, more or less
ROUNDS, RUNS_MAX = 3, 30
SLOW = 20  # seconds; what takes longer runs in one round alone
LIMIT = 600  # seconds; what would take longer is left out of a set
MARKS = ("<!-- speed: make bench -->\n", "<!-- /speed -->\n")


@dataclass
class Result:
    kind: str
    count: int
    program: str
    wall: float = 0  # seconds
    cpu: float = 0
    peak: int = 0  # bytes
    size: int = 0
    skipped: str = ""
    walls: list = field(default_factory=list)  # of each run
    cpus: list = field(default_factory=list)  # means of each round


# --- programs ---------------------------------------------------------------------------------


def commands(kind, count, folder=WORK):
    """The command of each program, and where it writes."""
    cities, logos = folder / f"in/{kind}-{count}.csv", folder / f"in/{kind}"
    common = [cities, logos, folder / "in/text.tsv"]
    python = folder / "venv/bin/python"
    made = {}
    for program, command in {
        OURS: [ROOT / "build/brochure", "-q", "-c", cities, f"--logos={logos}", "-o"],
        TYPST: [python, PEERS / "with_typst.py", *common],
        "WeasyPrint": [python, PEERS / "with_weasyprint.py", *common],
        "ReportLab": [python, PEERS / "with_reportlab.py", *common],
        "libharu, naive": [folder / "with_libharu", *common],
    }.items():
        if kind == "svg" and program in NO_SVG:
            continue
        out = folder / f"out/{program.split(',')[0].lower()}-{kind}-{count}.pdf"
        last = ROOT / "tests/edition/data/announcement.md" if program == OURS else ROOT / "fonts"
        takes_last = program in (OURS, "libharu, naive")
        made[program] = [str(c) for c in [*command, out, *([last] if takes_last else [])]], out
    return made


# --- measuring --------------------------------------------------------------------------------


def parse_time(report):
    """Wall seconds and peak bytes of what GNU time -v says."""
    clock = re.search(r"Elapsed \(wall clock\).*: ([\d:.]+)$", report, re.M)[1]
    wall = 0.0
    for part in clock.split(":"):
        wall = wall * 60 + float(part)
    return wall, int(re.search(r"Maximum resident set size.*: (\d+)", report)[1]) * 1024


def run_once(command, out):
    out.unlink(missing_ok=True)
    report = WORK / "time.txt"
    done = subprocess.run(
        ["/usr/bin/time", "-v", "-o", report, *command], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode != 0 or not out.exists():
        sys.exit(f"run.py: {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return parse_time(report.read_text())


def run_many(command, runs):
    """What hyperfine finds: the times, and the mean processor time."""
    report = WORK / "hyperfine.json"
    options = ["-N", "--style=none", "-w", "1" if runs > 1 else "0", "-r", str(runs)]
    subprocess.run(
        ["hyperfine", *options, "--export-json", report, shlex.join(command)],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    return json.loads(report.read_text())["results"][0]


def expected(result, before):
    """Seconds that a set will take, from the smaller one of its kind."""
    for old in before:
        if (old.kind, old.program) == (result.kind, result.program) and old.count > 13:
            return old.wall * result.count / old.count
    return 0


def measure(kind, count, before, programs):
    """A result for each program on one set."""
    results, running = [], []
    for program, (command, out) in commands(kind, count).items():
        if program not in programs:
            continue
        result = Result(kind, count, program)
        results.append(result)
        wait = expected(result, before)
        if wait > LIMIT:
            result.skipped = f"left out: about {wait / 60:.0f} minutes a run"
            continue
        print(f"{kind} {count}: {program}", file=sys.stderr)
        result.wall, result.peak = run_once(command, out)
        result.size = out.stat().st_size
        running.append((result, command))
    for turn in range(ROUNDS):
        for result, command in running:
            if turn > 0 and result.wall > SLOW:
                continue
            runs = min(RUNS_MAX, SECONDS / max(result.wall, 0.01))
            found = run_many(command, max(1, round(runs / ROUNDS)))
            result.walls += found["times"]
            result.cpus.append(found["user"] + found["system"])
    for result, _ in running:
        result.wall = statistics.median(result.walls)
        result.cpu = statistics.median(result.cpus)
    return results


# --- the table --------------------------------------------------------------------------------


def rounded(value):
    """VALUE with three digits that count, or all of them before the point."""
    digits = 2 if value < 1 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}"


def of_typst(result, results, what):
    for other in results:
        same = (other.kind, other.count) == (result.kind, result.count)
        if same and other.program == TYPST and not other.skipped:
            return getattr(result, what) / getattr(other, what)
    return None


def row(result, results):
    start = f"| {result.kind} | {result.count:,} | {result.program} |"
    if result.skipped:
        return f"{start} {result.skipped} | | | | | |"
    ratios = [of_typst(result, results, what) for what in ("wall", "peak", "size")]
    cells = [
        rounded(result.wall * 1000),
        rounded(result.cpu * 1000),
        rounded(result.peak / 1e6),
        f"{result.size / 1000:,.0f}",
        *("" if ratio is None else f"{ratio:.2f}" for ratio in ratios),
    ]
    return f"{start} {' | '.join(cells)} |"


def table(results):
    head = (
        "| logos | number | program | wall ms | processor ms | peak MB | file KB "
        "| wall / Typst | peak / Typst | file / Typst |"
    )
    rule = "| --- | ---: | --- |" + " ---: |" * 7
    return "\n".join([head, rule, *(row(result, results) for result in results)])


def find(results, kind, count, program=OURS):
    for result in results:
        if (result.kind, result.count, result.program) == (kind, count, program):
            return result if not result.skipped else None
    return None


def targets(results):
    """What is aimed at: words, the value found, the limit."""
    for kind, count, limit in [("opaque", 13, 0.20), ("rgba", 13, 0.50), ("rgba", 300, 0.50),
            ("jpeg", 13, 0.50), ("jpeg", 300, 0.50), ("jpeg", 3000, 0.50),
            ("svg", 13, 0.50), ("svg", 300, 0.50), ("svg", 3000, 0.50)]:
        ours = find(results, kind, count)
        ratio = ours and of_typst(ours, results, "wall")
        if ratio:
            yield f"{kind} {count}: wall time / Typst", ratio, limit
    for result in results:
        if result.program != OURS or find(results, result.kind, result.count, TYPST) is None:
            continue
        name = f"{result.kind} {result.count}"
        if name != "svg 13":  # librsvg alone takes a third of it
            yield f"{name}: peak memory / Typst", of_typst(result, results, "peak"), 0.35
        sizes = [
            other.size
            for other in results
            if (other.kind, other.count) == (result.kind, result.count)
            and other.program != OURS and not other.skipped
        ]
        yield f"{name}: file / smallest of the others", result.size / min(sizes), 1
        if result.count == 3000:
            yield f"{name}: peak memory / (1.3 file + 16 MB)", result.peak / (
                1.3 * result.size + 16e6), 1
    small, large = (find(results, *inputs.set_name(name)) for name in GROWTH)
    if small and large:
        growth = large.wall / small.wall / (large.count / small.count)
        yield f"time of {large.count:,} cities / ten times that of {small.count:,}", growth, 1.15


def verdicts(results):
    lines = ["| target | found | at most | |", "| --- | ---: | ---: | --- |"]
    for words, value, limit in targets(results):
        met = "met" if value <= limit else "**missed**"
        lines.append(f"| {words} | {value:.2f} | {limit:.2f} | {met} |")
    return "\n".join(lines)


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    day = datetime.date.today().isoformat()
    return f"{day}, {os.cpu_count()} cores of {model[1] if model else '?'}, {system[1]}"


def typst_start():
    """Seconds that Python takes to load Typst, before it reads anything."""
    found = run_many([str(WORK / "venv/bin/python"), "-c", "import typst"], 10)
    return statistics.median(found["times"])


def versions():
    pinned = dict(re.findall(r"^(\w+)==(\S+)", (ROOT / "bench/requirements.txt").read_text(), re.M))
    return ", ".join(
        f"{name} {pinned[name.lower()]}" for name in (TYPST, "WeasyPrint", "ReportLab")
    )


def report(results):
    return f"""{machine()}; {versions()}.

{table(results)}

{verdicts(results)}

Whole processes, files in the cache.  Typst runs through its Python package in one process;
starting Python and loading it take {typst_start() * 1000:.0f} ms of that.  Typst and WeasyPrint
write tagged PDF (Typst PDF/UA-1 and PDF/A-2a, as this program does; WeasyPrint PDF/UA-1);
ReportLab and libharu cannot.  All compress, and cut their fonts down to the glyphs used as far
as they can (libharu cannot).  This program brings its file to the disk (`fsync`); the others
leave that to the system.
"""


def write_readme(text):
    path = ROOT / "bench/README.md"
    before, _, rest = path.read_text().partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    if not after and MARKS[1] not in rest:
        sys.exit(f"run.py: bench/README.md has no place for the table: {MARKS[0]}{MARKS[1]}")
    path.write_text(before + MARKS[0] + text + MARKS[1] + after)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readme", action="store_true", help="put the table into bench/README.md")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"default: {' '.join(SETS)}")
    options = parser.parse_args()
    growth = [] if options.sets else GROWTH
    sets = [inputs.set_name(name) for name in options.sets or SETS]
    print("making the logos (minutes, the first time)", file=sys.stderr)
    inputs.make(WORK / "in", sets + [inputs.set_name(name) for name in growth])
    (WORK / "out").mkdir(exist_ok=True)
    results = []
    everyone = list(commands("opaque", 13))
    for kind, count in sets:
        results += measure(kind, count, results, everyone)
    for name in growth:
        results += measure(*inputs.set_name(name), results, [OURS])
    text = report(results)
    (WORK / "table.md").write_text(text)
    print(text)
    if options.readme:
        write_readme(text)


if __name__ == "__main__":
    main()
