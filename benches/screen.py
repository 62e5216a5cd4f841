"""Screens one line against everybody and has DuckDB read the columns that this looks at, as whole processes in turn (side.py).

DuckDB only hashes the columns, each once; the screening also finds whose each record is and who came near, and weighs the nearest.
"""

import json
import os
import platform
import sys
from pathlib import Path

from side import duckdb, side_by_side

OROCHI, SCRATCH, REPEATS = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
# What decides whose a record is, where and when.
COLUMNS = ["side", "target", "a", "b", "c", "start_cell", "end_cell", "start"]

lines = json.loads((SCRATCH / "operation" / "truth.json").read_text())["lines"]
number = lines[1]["numbers"][0]["number"]
records = str(SCRATCH / "case" / "tables" / "records" / "*" / "*.parquet")
hashes = ", ".join(f"sum(hash({column}))" for column in COLUMNS)
print(f"{platform.machine()}, {os.cpu_count()} processors, {REPEATS} runs in turn", flush=True)
side_by_side(
    "screen",
    [OROCHI, "colocation", SCRATCH / "case", number, "--screen", "--json"],
    duckdb(f"select count(*), {hashes} from read_parquet('{records}')"),
    REPEATS,
)
