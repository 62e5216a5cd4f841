#!/usr/bin/env bash
# `orochi colocation CASE NUMBER --screen` beside DuckDB reading the same columns once, in turn, in one run, on a made-up operation with everybody's
# records. Usage: benches/screen.sh [PEOPLE] [REPEATS]. 100,000 people over 28 days are 53 million records: 20 GB of disk and 5 minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
people=${1:-100000}
repeats=${2:-3}
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
# The whole workspace's features, as `cargo build --release` has them.
cargo build --release --workspace --bin orochi
orochi=$target/release/orochi
scratch=$(mktemp -d "$target/bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
venv=$target/bench-venv
[ -x "$venv/bin/python" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet duckdb==2.0.0; }
"$orochi" simulate scenarios/mixed.toml --people "$people" --seed 1 --area --out "$scratch/operation"
"$orochi" case new "$scratch/case" --name bench --reference BENCH --training > /dev/null
"$orochi" add "$scratch/case" "$scratch/operation/area.csv" "$scratch"/operation/cells/* > /dev/null
rm "$scratch/operation/area.csv"
"$venv/bin/python" benches/screen.py "$orochi" "$scratch" "$repeats"
