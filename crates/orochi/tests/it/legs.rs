//! A diverted call from the returns of all three parties: one event, whatever C's own operator writes for the caller.

use crate::{
    made::{self, Communication},
    room::Room,
};

/// A row of the UK layout; `c` is the forwarding number, empty for none.
fn row(place: usize, parties: [u32; 2], c: &str, second: u32, duration: u32) -> String {
    let [a, b] = parties;
    let call = Communication { day: "01/02/2024", second, a, b, kind: "Voice", duration };
    made::line(place, &call).replace(",,Voice", &format!(",{c},Voice"))
}

#[test]
fn three_returns_of_one_diverted_call_are_one_event() {
    let nine = 9 * 3_600;
    let c = made::number(333);
    for own in [
        row(1, [111, 333], "", nine + 22, 38),
        row(1, [222, 333], "", nine + 22, 38),
        row(1, [111, 222], &c, nine + 22, 38),
    ] {
        let room = Room::new();
        room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
        let caller = [row(1, [111, 222], "", nine, 0), row(2, [111, 222], &c, nine + 20, 40)];
        room.file("a.csv", made::file(111, &caller));
        room.file("b.csv", made::file(222, &[row(1, [111, 222], "", nine + 1, 0)]));
        room.file("c.csv", made::file(333, &[own]));
        room.ok(&["add", "case", "c.csv", "b.csv", "a.csv"]);
        let events = room.json(&["events", "case", "--json"]);
        let rows = events["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 1, "{rows:?}");
        let event = &rows[0];
        assert_eq!(event["a"], "+447700900111");
        assert_eq!(event["b"], "+447700900222");
        assert_eq!(event["c"], "+447700900333");
        assert_eq!(event["start"], "2024-02-01T09:00:00Z");
        assert_eq!((&event["outcome"], &event["duration_s"]), (&"diverted".into(), &38.into()));
        assert_eq!((&event["sides"], &event["records"]), (&"ABC".into(), &4.into()));
        assert!(event["doubt"].is_null());
        // A's and B's contact is one call without talk between them; A and C, B and C have none.
        room.ok(&["export", "case", "--format", "graphml", "--out", "ties.graphml"]);
        let ties = std::fs::read_to_string(room.work().join("ties.graphml")).unwrap();
        assert_eq!(ties.matches("<edge ").count(), 1, "{ties}");
    }
}
