//! The method `lines` on real calls: the pupils of a study (University of Strathclyde, 2010 to 2011),
//! none of whom sells anything.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::scenario::{Happening, tables};
use orochi_analysis::lines::{LineFinding, Settings, lines};

fn shared() -> PathBuf {
    std::env::var_os("OROCHI_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
}

/// `Wed Sep 15 19:17:44 +0100 2010`
fn instant(text: &str) -> i64 {
    jiff::Timestamp::strptime("%a %b %d %H:%M:%S %z %Y", text).unwrap().as_second()
}

fn study() -> Option<(Vec<Happening>, BTreeSet<String>)> {
    let path = shared().join("samples/real/nodobo/nodobo_calls_via_cellyzer.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let (mut happenings, mut pupils) = (Vec::new(), BTreeSet::new());
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |text: &str| format!("+44{text}");
        let (pupil, other) = (number(cells[0]), number(cells[1]));
        let seconds = if cells[2].starts_with("Miss") { 0 } else { cells[3].parse().unwrap() };
        let (a, b) = if cells[2] == "Outgoing" { (pupil.clone(), other) } else { (other, pupil.clone()) };
        happenings.push(Happening { a, b, at: instant(cells[4]) - tables::START, seconds: Some(seconds) });
        pupils.insert(pupil);
    }
    Some((happenings, pupils))
}

fn ranked(happenings: &[Happening], held: Option<&BTreeSet<String>>) -> Vec<LineFinding> {
    let report = lines(&tables::events(happenings, held), &Settings::default()).unwrap();
    report.findings().map(Result::unwrap).collect()
}

#[test]
fn nobody_in_the_study_is_flagged_over_any_window() {
    let Some((happenings, pupils)) = study() else { return };
    let first = instant("Wed Sep 01 00:00:00 +0100 2010") - tables::START;
    let mut windows = vec![happenings.clone()];
    for (days, step) in [(7, 7), (28, 14)] {
        for from in (0..160).step_by(step) {
            let (from, to) = (first + from * 86_400, first + (from + days) * 86_400);
            windows.push(happenings.iter().filter(|h| (from..to).contains(&h.at)).cloned().collect());
        }
    }
    let mut highest = (0.0, None);
    for window in windows {
        for held in [None, Some(&pupils)] {
            for finding in ranked(&window, held) {
                assert!(!finding.flagged, "{finding:#?}");
                if finding.score > highest.0 {
                    highest = (finding.score, Some(finding));
                }
            }
        }
    }
    eprintln!("highest score in the study: {}", highest.0);
    for reason in highest.1.iter().flat_map(|f| &f.reasons) {
        eprintln!("  {} {}", if reason.supports { "+" } else { "-" }, reason.text);
    }
}

#[test]
fn rows_of_a_clock_that_was_never_set_are_left_out_and_said_so() {
    let Some((happenings, pupils)) = study() else { return };
    let (unset, set): (Vec<Happening>, Vec<Happening>) =
        happenings.iter().cloned().partition(|h| h.at + tables::START < 631_152_000);
    assert_eq!(unset.len(), 31);
    let figures = |list: &[Happening]| -> Vec<(String, String, String)> {
        let findings = ranked(list, Some(&pupils)).into_iter().filter(|f| !f.first.is_empty());
        let mut figures: Vec<_> = findings.map(|f| (f.number, f.score.to_string(), f.first)).collect();
        figures.sort();
        figures
    };
    assert_eq!(figures(&happenings), figures(&set), "1980 changes no score and no first time");
    let whole = ranked(&happenings, Some(&pupils));
    let said = whole.iter().flat_map(|f| &f.reasons).find(|r| r.text.as_str().contains("before 1990")).unwrap();
    assert!(!said.evidence.is_empty());
}
