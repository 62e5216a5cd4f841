//! `succession` on the demonstration's data: the line's first number, whose data is not held, and
//! the second, whose data is.

use std::path::Path;

use crate::room::Room;

fn demonstration() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/data");
    for file in
        ["cells.csv", "customer-1.csv", "customer-2.csv", "customer-3.csv", "new-line-call-data.csv", "taxi.txt"]
    {
        room.ok(&["add", "case", demo.join(file).to_str().unwrap()]);
    }
    room
}

const OLD: &str = "+447700900111";
const NEW: &str = "+447700900222";

#[test]
fn the_new_number_is_linked_to_the_old_one() {
    let room = demonstration();
    let report = room.json(&["succession", "case", "--json"]);
    assert_eq!(report["method"]["name"], "succession");
    let findings = report["findings"].as_array().unwrap();
    let linked: Vec<(&str, &str)> = findings
        .iter()
        .filter(|it| it["linked"] == true)
        .map(|it| (it["from"].as_str().unwrap(), it["to"].as_str().unwrap()))
        .collect();
    assert_eq!(linked, [(OLD, NEW)], "{report:#}");
    for finding in findings {
        assert!((0.0..=1.0).contains(&finding["score"].as_f64().unwrap()), "{finding:#}");
        for key in ["ended", "began"] {
            finding[key].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        }
        for side in [true, false] {
            assert!(finding["reasons"].as_array().unwrap().iter().any(|reason| reason["for"] == side), "{finding:#}");
        }
    }
    // A row behind the first reason can be opened.
    let row = &findings[0]["reasons"][0]["evidence"][0];
    let (exhibit, number) = (row["exhibit"].as_str().unwrap(), row["row"].as_u64().unwrap().to_string());
    room.ok(&["row", "case", exhibit, &number]);
    let told = room.show(&["succession", "case"]);
    assert!(told.contains("1 pair linked") && told.contains("For one line") && told.contains("TRAINING"), "{told}");
}

#[test]
fn a_line_is_shown_with_all_its_numbers() {
    let room = demonstration();
    let report = room.json(&["lines", "case", "--json"]);
    // Either number's finding shows the whole line.
    let best = &report["findings"][0];
    assert!([OLD, NEW].contains(&best["number"].as_str().unwrap()) && best["flagged"] == true, "{best:#}");
    let numbers: Vec<&str> =
        best["numbers"].as_array().unwrap().iter().map(|it| it["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, [OLD, NEW]);
    for part in best["numbers"].as_array().unwrap() {
        for key in ["first", "last"] {
            part[key].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        }
    }
    assert!(room.ok(&["lines", "case"]).contains("One line by the method succession"));
}

#[test]
fn nothing_to_match() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Empty", "--reference", "E-2", "--training"]);
    let report = room.json(&["succession", "case", "--json"]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 0);
    assert!(room.ok(&["succession", "case"]).contains("0 pairs linked"));
}
