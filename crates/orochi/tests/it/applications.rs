//! `applications`: what to apply for, on the demonstration's data. Its first number is seen only in three customers'
//! records; of its second the data is held, and it keeps calling one other number.

use std::path::Path;

use crate::room::Room;

#[test]
fn what_to_apply_for_in_the_demonstration() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/data");
    for file in
        ["cells.csv", "customer-1.csv", "customer-2.csv", "customer-3.csv", "new-line-call-data.csv", "taxi.txt"]
    {
        room.ok(&["add", "case", demo.join(file).to_str().unwrap()]);
    }
    let report = room.json(&["applications", "case", "--json"]);
    assert_eq!(report["method"]["name"], "applications");
    let asked: Vec<(&str, &str)> = report["applications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["data"].as_str().unwrap(), one["identifier"].as_str().unwrap()))
        .collect();
    assert_eq!(
        asked,
        [("call data", "+447700900111"), ("handset history", "35000000000001"), ("call data", "+447700900333")]
    );
    for one in report["applications"].as_array().unwrap() {
        for words in ["necessity", "proportionality"] {
            assert!(one[words].as_str().unwrap().len() > 80, "{one:#}");
        }
        for key in ["from", "to"] {
            one[key].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        }
        assert!(one["collateral"]["basis"].is_string(), "{one:#}");
        // The ground of an application is rows that anyone can open.
        let row = &one["evidence"][0];
        let (exhibit, number) = (row["exhibit"].as_str().unwrap(), row["row"].as_u64().unwrap().to_string());
        room.ok(&["row", "case", exhibit, &number]);
    }
    let told = room.show(&["applications", "case"]);
    assert!(told.contains("It proposes; a person decides and applies.") && told.contains("TRAINING"), "{told}");
}

#[test]
fn a_case_without_communications_asks_for_nothing() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Empty", "--reference", "E-2", "--training"]);
    let report = room.json(&["applications", "case", "--json"]);
    assert_eq!(report["applications"].as_array().unwrap().len(), 0);
    assert!(room.ok(&["applications", "case"]).contains("There is nothing to apply for"));
}
