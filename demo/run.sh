#!/usr/bin/env bash
# The main job, twice: on the shipped data, and on an operation in Thetford made up on the spot. Each time a new case, every
# disclosure in, the lines out. Usage: demo/run.sh PATH-TO-OROCHI
set -euo pipefail
cd "$(dirname "$0")/.."
orochi=$1
case=demo/case
operation=demo/operation
simulated=demo/operation-case
pack=demo/pack
exported=demo/exported
disclosure=demo/disclosure
rm -rf "$case" "$operation" "$simulated" "$pack" "$exported" "$disclosure"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

say "A training case takes in what the operators returned"
"$orochi" case new "$case" --name "Thetford demo" --reference DEMO/2025 --training
"$orochi" add "$case" demo/data/*.csv demo/data/*.txt demo/published/*.csv demo/published/*.xlsx

say "Every number, ranked by how much it behaves like a deal line"
"$orochi" lines "$case" --top 3

say "One row behind a reason, as the operator sent it"
"$orochi" row "$case" EX0006 10

say "What to apply for next"
"$orochi" applications "$case"

say "What the line's communications correspond to, by two published methods; the figures entered are made up for the demo"
"$orochi" quantity "$case" +447700900222 --settings demo/quantity.toml | sed -n 1,40p

say "Documents of the line for a court (debug builds set pages slowly; the release takes seconds)"
"$orochi" pack "$case" --line +447700900222 --quantity demo/quantity.toml --out "$pack" \
    --documents profile,attribution,maps,quantity,ddtro,messages

say "The same case for other tools"
mkdir "$exported"
"$orochi" export "$case" --format kmz --out "$exported/cells.kmz"
"$orochi" export "$case" --format i2 --out "$exported/i2"

say "What goes to the defence: native files, findings, what speaks against them, and the means to make every finding again"
"$orochi" disclose "$case" --out "$disclosure" | tail -n 8
"$orochi" disclose verify "$disclosure"

say "The log of all that was done is whole"
"$orochi" verify "$case"

say "An operation in Thetford is made up: 4,000 people, one line, four weeks, and the returns to 34 authorities"
"$orochi" simulate thetford --seed 1 --out "$operation"

say "Its returns are taken in under their authorities"
"$orochi" case new "$simulated" --name "Thetford simulated" --reference SIM/2025 --training
"$orochi" authority add "$simulated" --file "$operation/authorities.csv" | tail -n 1
"$orochi" add "$simulated" "$operation"/cells/* "$operation"/{subscribers,topups}.csv "$operation/handsets.txt" \
    "$operation"/disclosures/* | grep '^EX'

say "The line among its look-alikes, and what the truth says"
"$orochi" lines "$simulated" --top 2
sed -n '/"numbers": \[/,/\]/s/.*"number": "\([^"]*\)".*/a number of the line, by truth.json: \1/p' "$operation/truth.json" | sort -u

say "Who may have had its phone, spell by spell, with each strand of evidence; and what the truth says"
"$orochi" attribution "$simulated" +447700900000 --top 1
sed -n '/"spells": \[/,/\]/s/.*"\(from\|own_number\|role\|to\)": "\([^"]*\)".*/\2/p' "$operation/truth.json" | paste -d' ' - - - - |
    sed 's/^/by truth.json: /'

cat <<END

Where to look next:
  $pack/, $exported/     the documents as PDF, and files for other tools
  $disclosure/              what is handed over, with rerun.sh
  $orochi lines $case --json                all findings, with the rows behind each reason
  $orochi applications $simulated         what to apply for in the made-up operation
  $orochi roles $simulated        who does what for it, and who may need protection
  $orochi evaluate $operation          how the method did on it, by its truth.json
  $orochi events $case --number +447700900222 --format csv
  $orochi sql $case "select kind, count(*) from events group by kind"
  $orochi rejects $case                     what could not be read, and why
  demo/README.md                            what is made up here and what is not
END
