"""Runs Orochi and DuckDB in turn on the same file and prints time, peak memory and the ratio.

Each run is a process of its own; its time is the wall clock around it and its peak memory the kernel's count
(ru_maxrss of the finished child). DuckDB gets the same two threads. What is compared:

- add: Orochi copies the native file into the vault with its hash, normalises, finds rejects and duplicates and writes Parquet;
  DuckDB only reads the CSV and writes Parquet.
- lines: Orochi ranks every number; DuckDB answers one query, distinct recipients per sender per 30 minutes.
"""

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

OROCHI, SCRATCH, REPEATS = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
CSV, CASE, PARQUET = SCRATCH / "area.csv", SCRATCH / "case", SCRATCH / "duck.parquet"
# Kept in a table of its own rather than fetched: Python objects would cost more than the query.
QUERY = "create temp table answer as select a, time_bucket(interval 30 minutes, start), count(distinct b) from read_parquet('{}') group by all"


def run(command):
    """Wall seconds and peak memory (MiB) of one command."""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begin
    if status != 0:
        sys.exit(f"failed ({status}): {' '.join(map(str, command))}")
    return seconds, usage.ru_maxrss / 1024


def duckdb(sql):
    return [sys.executable, "-c", f"import duckdb; c = duckdb.connect(); c.execute('set threads=2'); c.execute({sql!r})"]


def fresh_case():
    shutil.rmtree(CASE, ignore_errors=True)
    subprocess.run(
        [OROCHI, "case", "new", CASE, "--name", "bench", "--reference", "BENCH", "--training"], check=True, stdout=subprocess.DEVNULL
    )


def side_by_side(title, ours, theirs, before=lambda: None):
    rows = {"orochi": [], "duckdb": []}
    for _ in range(REPEATS):
        before()
        rows["orochi"].append(run(ours))
        rows["duckdb"].append(run(theirs))
    ratio = [o[0] / d[0] for o, d in zip(rows["orochi"], rows["duckdb"])]
    for name, figures in rows.items():
        seconds, memory = [f[0] for f in figures], [f[1] for f in figures]
        print(
            f"{title:6} {name:7} {statistics.median(seconds):7.2f} s (min {min(seconds):.2f}, max {max(seconds):.2f})"
            f"   peak {max(memory):6.0f} MiB"
        )
    print(f"{title:6} ratio   {statistics.median(ratio):7.2f}   (min {min(ratio):.2f}, max {max(ratio):.2f})", flush=True)


size = CSV.stat().st_size
print(f"{platform.machine()}, {os.cpu_count()} processors, {size / 1e6:.0f} MB, {REPEATS} runs in turn", flush=True)
side_by_side(
    "add",
    [OROCHI, "add", CASE, CSV, "--threads", "2"],
    duckdb(f"copy (select * from read_csv('{CSV}')) to '{PARQUET}' (format parquet)"),
    fresh_case,
)
# The first `lines` derives the events; it is timed by itself. The comparison is on events that stand.
first = run([OROCHI, "lines", CASE, "--json"])
print(f"lines  first, events derived on the way: {first[0]:.2f} s, peak {first[1]:.0f} MiB", flush=True)
events = next((CASE / "derived").glob("events-*/events.parquet"))
side_by_side("lines", [OROCHI, "lines", CASE, "--json"], duckdb(QUERY.format(events)))
