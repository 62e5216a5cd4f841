#!/usr/bin/env bash
# The main job on the shipped data: a new case, every disclosure in, the lines out. Usage: demo/run.sh PATH-TO-OROCHI
set -euo pipefail
cd "$(dirname "$0")/.."
orochi=$1
case=demo/case
rm -rf "$case"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

say "A training case takes the disclosures in"
"$orochi" case new "$case" --name "Thetford demo" --reference DEMO/2025 --training
"$orochi" add "$case" demo/data/*.csv demo/data/*.txt demo/published/*.csv demo/published/*.xlsx

say "Every number, ranked by how much it behaves like a deal line"
"$orochi" lines "$case" --top 3

say "One row behind a reason, as the operator sent it"
"$orochi" row "$case" EX0006 10

say "The log of all that was done is whole"
"$orochi" audit verify "$case" --vault

cat <<END

Where to look next:
  $orochi lines $case --json                all findings, with the rows behind each reason
  $orochi events $case --number +447700900222 --format csv
  $orochi sql $case "select kind, count(*) from events group by kind"
  $orochi rejects $case                     what could not be read, and why
  demo/README.md                            what is made up here and what is not
END
