//! `rerun.sh`: the steps of a plan and the comparison, for a shell.

use super::replay::{CASE, HERE, Plan};

/// The steps and the comparison for a shell.
pub(super) fn script(plan: &Plan) -> String {
    let line = |args: &[String]| {
        let word = |word: &String| match word.strip_prefix(HERE) {
            Some(name) => format!("\"$here\"/{}", quoted(name)),
            None if word == CASE => "\"$case\"".to_owned(),
            None => quoted(word),
        };
        args.iter().map(word).collect::<Vec<_>>().join(" ")
    };
    let mut text = String::from(SCRIPT_HEAD);
    for step in &plan.steps {
        text.push_str(&format!("\"$orochi\" {} > /dev/null\n", line(step)));
    }
    text.push_str("\nsay \"Making the findings again\"\n");
    for question in &plan.questions {
        text.push_str(&format!("again {} {} --json\n", quoted(&question.file()), line(&question.args)));
    }
    text.push_str(SCRIPT_END);
    text
}

/// A word that a shell takes as it stands.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-_./:,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

const SCRIPT_HEAD: &str = r#"#!/bin/sh
# Makes the case again from its native files and compares every finding with the disclosed one, byte by byte.
# Usage: ./rerun.sh [PATH-TO-OROCHI] [FOLDER-TO-WORK-IN]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
orochi=${1:-orochi}
work=${2:-$(mktemp -d)}
case=$work/case
differ=0
say() { printf '%s\n' "$*"; }
again() {
    file=$1
    shift
    mkdir -p "$work/$(dirname "$file")"
    "$orochi" "$@" > "$work/$file"
    if cmp -s "$work/$file" "$here/$file"; then say "same    $file"; else say "DIFFERS $file"; differ=1; fi
}

say "Taking the native files in again, in $work"
"#;

const SCRIPT_END: &str = r#"
if [ "$differ" = 0 ]; then say "Every finding is the same, byte by byte."; else say "Findings differ; the new ones are in $work."; exit 1; fi
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_every_word_as_it_stands() {
        for word in ["plain", "with space", "it's", "$(rm -rf x)", "`x`", "a\"b", "", "-x", "line\nend", "*"] {
            let output = std::process::Command::new("sh").arg("-c").arg(format!("printf %s {}", quoted(word))).output();
            assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), if word == "-x" { "-x" } else { word });
        }
    }
}
