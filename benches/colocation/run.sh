#!/usr/bin/env bash
# Co-location beside the reference approach in Python, on the same made-up registrations, in one run: time for a pair over 28 days, day by
# day on one thread, and Cllr on the same pairs and slices. Usage: benches/colocation/run.sh [PAIRS_IN_PYTHON].
# Needs Python 3 with `pip install numpy scipy scikit-learn`; PYTHON names another interpreter.
set -euo pipefail
cd "$(dirname "$0")/../.."
pairs=${1:-60}
python=${PYTHON:-python3}
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
# The whole workspace's features, as `cargo build --release` has them: a crate alone would build most dependencies again.
cargo build --release --workspace --example simulated --example speed --example validate
scratch=$(mktemp -d "$target/bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
examples=$target/release/examples
"$examples/simulated" 1 28 120 "$scratch/simulated.csv"
"$examples/validate" "$scratch/simulated.csv" 1 shipped "$scratch/ratios.json" > /dev/null
"$examples/speed" "$scratch/simulated.csv" 10000 | tee "$scratch/ours.txt"
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$python" benches/colocation/reference.py "$scratch/simulated.csv" "$scratch/ratios.json" "$pairs" \
    | tee "$scratch/theirs.txt"
awk '/one thread/ { ours = $(NF - 3) } /^reference: .*µs a pair/ { theirs = $2 }
     END { printf "ratio: %.0f times faster a pair\n", theirs / ours }' "$scratch/ours.txt" "$scratch/theirs.txt"
