//! `tenancy`: which SIMs and handsets go together.

use std::fmt::Write as _;

use crate::{made, room::Room};

/// Day of March, second, IMEI's last digit.
type Use = (u32, u32, u32);

/// A file in the UK layout of one SIM.
fn file(target: u32, uses: &[Use]) -> String {
    let mut text = format!("URN:,,,,TEST-1\nTarget identity:,,,,{}\n\n{}\n", made::number(target), made::HEADER);
    for (row, (day, second, handset)) in uses.iter().enumerate() {
        let clock = |s: u32| format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
        let (start, end) = (clock(*second), clock(second + 30));
        let _ = writeln!(
            text,
            "{day:02}/03/2024,{start},{day:02}/03/2024,{end},{},{},,Voice,23415{target:010},3592000012340{handset}0,5,\
             00:00:30,,,,,,GBR,Vodafone,234-15-1014-13399,Colchester North,1 Made Up Road,CO1 \
             1AA,2G,599800,225300,120,234-15-1014-13399,Colchester North,1 Made Up Road,CO1 \
             1AA,2G,599800,225300,120,{}",
            made::number(target),
            made::number(900),
            row + 1
        );
    }
    text
}

fn found(files: &[(u32, Vec<Use>)]) -> (Room, Vec<(String, Vec<String>)>) {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    for (target, uses) in files {
        room.file(&format!("{target}.csv"), file(*target, uses));
        room.ok(&["add", "case", &format!("{target}.csv")]);
    }
    let report = room.json(&["tenancy", "case", "--json"]);
    let numbers = |it: &serde_json::Value| -> Vec<String> {
        it["numbers"].as_array().unwrap().iter().map(|number| number.as_str().unwrap().to_owned()).collect()
    };
    let findings = report["findings"].as_array().unwrap();
    for finding in findings {
        assert!(finding["reasons"][0]["text"].is_string(), "{finding:#}");
    }
    let kinds = findings.iter().map(|it| (it["kind"].as_str().unwrap().to_owned(), numbers(it))).collect();
    (room, kinds)
}

const ONE: &str = "+447700900001";
const TWO: &str = "+447700900002";

#[test]
fn swaps_of_sims_and_handsets() {
    let first: Vec<_> = (1..10).map(|day| (day, 40_000, u32::from(day > 5))).collect();
    let second: Vec<_> = (11..20).map(|day| (day, 40_000, 1)).collect();
    let (room, kinds) = found(&[(1, first), (2, second)]);
    let of = |numbers: &[&str]| numbers.iter().map(|number| (*number).to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds, [("sim-swap".to_owned(), of(&[ONE, TWO])), ("handset-swap".to_owned(), of(&[ONE]))]);
    let told = room.show(&["tenancy", "case"]);
    assert!(told.contains("SIM swap: +447700900001, +447700900002 in 35920000123401"), "{told}");
}

#[test]
fn two_slots_and_turns_by_the_day() {
    let every = |offset: u32| (1..15).map(|day| (day, 40_000 + offset, 0)).collect::<Vec<_>>();
    let (_, kinds) = found(&[(1, every(0)), (2, every(300))]);
    assert_eq!(kinds[0].0, "dual-sim");
    let by_turns =
        |rest: u32| (1..15).filter(|day| day / 3 % 2 == rest).map(|day| (day, 40_000, 0)).collect::<Vec<_>>();
    let (_, kinds) = found(&[(1, by_turns(0)), (2, by_turns(1))]);
    assert_eq!(kinds[0].0, "shared");
}

#[test]
fn an_operators_history_alone() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let mut text = "MSISDN,IMEI,IMSI,First Seen,Last Seen,Make/Model\n".to_owned();
    for (target, handset, from, to) in [(1, 0, 1, 5), (1, 1, 6, 9), (2, 0, 10, 20)] {
        let _ = writeln!(
            text,
            "{},3592000012340{handset},23415{target:010},{from:02}/03/2024 10:00:00,{to:02}/03/2024 10:00:00,Maker",
            made::number(target)
        );
    }
    room.file("history.csv", text);
    room.ok(&["add", "case", "history.csv"]);
    let report = room.json(&["tenancy", "case", "--json"]);
    let kinds: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["sim-swap", "handset-swap"], "{report:#}");
    let told = room.show(&["tenancy", "case"]);
    assert!(told.contains("Only an operator's handset history shows this"), "{told}");
}
