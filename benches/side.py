"""Commands side by side: each run a process of its own, in turn, with wall clock and peak memory (ru_maxrss of the finished child)."""

import os
import statistics
import subprocess
import sys
import time


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


def side_by_side(title, ours, theirs, repeats, before=lambda: None):
    rows = {"orochi": [], "duckdb": []}
    for _ in range(repeats):
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
