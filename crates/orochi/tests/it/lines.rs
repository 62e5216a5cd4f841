//! `lines`: the ranked list for a person and for a program.

use insta::assert_snapshot;

use crate::{
    made,
    room::{Room, shared},
};

fn with_a_line() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    room.file("line.csv", made::deal_line());
    room.ok(&["add", "case", "line.csv"]);
    room
}

#[test]
fn the_contract_of_lines() {
    let room = with_a_line();
    let report = room.json(&["lines", "case", "--json"]);
    assert_eq!(report["marking"], "TRAINING");
    for key in ["name", "version"] {
        assert!(report["method"][key].is_string(), "{key}");
    }
    assert!(!report["method"]["settings"].is_null());
    let findings = report["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    for finding in findings {
        assert!((0.0..=1.0).contains(&finding["score"].as_f64().unwrap()), "{finding:#}");
        assert!(finding["flagged"].is_boolean() && finding["bursts"].is_u64());
        assert!(finding["recipients"].is_u64() && finding["regulars"].is_u64(), "{finding:#}");
        for key in ["first", "last"] {
            finding[key].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        }
        for reason in finding["reasons"].as_array().unwrap() {
            assert!(reason["text"].is_string() && reason["for"].is_boolean(), "{reason:#}");
            for row in reason["evidence"].as_array().unwrap() {
                assert!(row["exhibit"].is_string() && row["row"].is_u64(), "{row:#}");
            }
        }
    }
    let best = &findings[0];
    assert_eq!((best["number"].as_str(), best["flagged"].as_bool()), (Some("+447700900001"), Some(true)), "{best:#}");
    let scores: Vec<_> = findings.iter().map(|finding| finding["score"].as_f64().unwrap()).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "best first: {scores:?}");
    // A row behind the first reason is a row of that number.
    let row = &best["reasons"][0]["evidence"][0];
    let (exhibit, number) = (row["exhibit"].as_str().unwrap(), row["row"].as_u64().unwrap().to_string());
    let shown = room.ok(&["row", "case", exhibit, &number]);
    assert!(shown.contains("447700900001"), "{shown}");
}

#[test]
fn the_list_for_a_person() {
    let room = with_a_line();
    let told = room.show(&["lines", "case", "--top", "2"]);
    assert!(told.starts_with("exit code 0\n----- stdout\nTRAINING"), "{told}");
    assert!(told.contains(
        "Method lines 4. The score ranks numbers by how much they behave like a deal line; it is not a probability."
    ));
    assert!(told.contains("\n1. +447700900001: score "), "{told}");
    assert_eq!(told.matches("  For a line\n").count(), 2, "both sides have their heading, also when one is empty");
    assert_eq!(told.matches("  Against\n").count(), 2);
    assert!(told.contains("    + ") && told.contains("    - ") && told.contains("[EX0001:"));
    let all = room.ok(&["lines", "case", "--top", "0", "--all"]);
    assert_eq!(all.lines().filter(|line| line.contains("+4477")).count(), 43);
    assert!(!all.contains("Against"));
}

#[test]
fn settings_from_a_file() {
    let room = with_a_line();
    room.file("strict.toml", "burst_recipients = 100\n");
    let report = room.json(&["lines", "case", "--settings", "strict.toml", "--json"]);
    let settings = report["method"]["settings"].as_array().unwrap();
    let setting = settings.iter().find(|setting| setting["name"] == "burst_recipients").unwrap();
    assert_eq!((setting["value"].as_f64(), setting["default"].as_f64()), (Some(100.0), Some(8.0)));
    assert_eq!(report["findings"][0]["bursts"], 0);
    room.file("typo.toml", "burst_recipents = 100\n");
    let told = room.show(&["lines", "case", "--settings", "typo.toml"]);
    assert!(
        told.starts_with(
            "exit code 1\n----- stderr\nerror: there is no setting called burst_recipents\n  at: typo.toml\n"
        ),
        "{told}"
    );
    room.file("broken.toml", "burst_recipients 100\n");
    assert_snapshot!(room.show(&["lines", "case", "--settings", "broken.toml"]), @r#"
    exit code 1
    ----- stderr
    error: the settings are not TOML
      at: broken.toml
      because: key with no value, expected `=`
      hint: write name = value, one on each line
    "#);
}

#[test]
fn nothing_to_rank() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Empty", "--reference", "E-0"]);
    assert_snapshot!(room.show(&["lines", "case"]), @r#"
    exit code 0
    ----- stdout
    Method lines 4. The score ranks numbers by how much they behave like a deal line; it is not a probability.
    0 numbers, 0 flagged.
    "#);
    let report = room.json(&["lines", "case", "--json"]);
    assert_eq!(report["findings"], serde_json::json!([]));
    assert!(report.get("marking").is_none(), "a live case is not marked");
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let report = || with_a_line().ok(&["lines", "case", "--json"]);
    assert_eq!(report(), report());
}

#[test]
fn none_of_a_studys_pupils_is_flagged() {
    let Some(samples) = shared() else {
        eprintln!("skipped: the shared samples are not here");
        return;
    };
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Study", "--reference", "S-1", "--training"]);
    let study = samples.join("real/nodobo/nodobo_calls_via_cellyzer.csv");
    let added = room.json(&["add", "case", &study.to_string_lossy(), "--json"]);
    assert_eq!(added["files"][0]["rows"], 13_035);
    let report = room.json(&["lines", "case", "--json"]);
    let flagged: Vec<_> =
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["flagged"] == true).collect();
    assert!(flagged.is_empty(), "{flagged:#?}");
}
