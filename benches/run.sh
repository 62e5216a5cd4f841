#!/usr/bin/env bash
# The figures in docs/benchmarks.md: Orochi and DuckDB side by side on the same made-up file, in turn, in one run.
# Usage: benches/run.sh [ROWS] [REPEATS]. Needs a release build (make release), Python 3, and some 6 GB of disk for 5 million rows.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-5000000}
repeats=${2:-3}
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
cargo build --release --bin orochi --bin orochi-generate
scratch=$(mktemp -d "$target/bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
venv=$target/bench-venv
[ -x "$venv/bin/python" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet duckdb==2.0.0; }
"$target/release/orochi-generate" area "$rows" > "$scratch/area.csv"
"$venv/bin/python" benches/compare.py "$target/release/orochi" "$scratch" "$repeats"
