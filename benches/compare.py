"""Runs Orochi and DuckDB in turn on the same file and prints time, peak memory and the ratio.

How is in side.py. DuckDB gets the same two threads. What is compared:

- add: Orochi copies the native file into the vault with its hash, normalises, finds rejects and duplicates and writes Parquet;
  DuckDB only reads the CSV and writes Parquet.
- lines: Orochi ranks every number; DuckDB answers one query, distinct recipients per sender per 30 minutes.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from side import duckdb, run, side_by_side

OROCHI, SCRATCH, REPEATS = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
CSV, CASE, PARQUET = SCRATCH / "area.csv", SCRATCH / "case", SCRATCH / "duck.parquet"
# Kept in a table of its own rather than fetched: Python objects would cost more than the query.
QUERY = "create temp table answer as select a, time_bucket(interval 30 minutes, start), count(distinct b) from read_parquet('{}') group by all"


def fresh_case():
    shutil.rmtree(CASE, ignore_errors=True)
    subprocess.run(
        [OROCHI, "case", "new", CASE, "--name", "bench", "--reference", "BENCH", "--training"], check=True, stdout=subprocess.DEVNULL
    )


size = CSV.stat().st_size
print(f"{platform.machine()}, {os.cpu_count()} processors, {size / 1e6:.0f} MB, {REPEATS} runs in turn", flush=True)
side_by_side(
    "add",
    [OROCHI, "add", CASE, CSV, "--threads", "2"],
    duckdb(f"copy (select * from read_csv('{CSV}')) to '{PARQUET}' (format parquet)"),
    REPEATS,
    fresh_case,
)
# The first `lines` derives the events; it is timed by itself. The comparison is on events that stand.
first = run([OROCHI, "lines", CASE, "--json"])
print(f"lines  first, events derived on the way: {first[0]:.2f} s, peak {first[1]:.0f} MiB", flush=True)
events = next((CASE / "derived").glob("events-*/events.parquet"))
side_by_side("lines", [OROCHI, "lines", CASE, "--json"], duckdb(QUERY.format(events)), REPEATS)
