//! `preview` and `profiles`: how a file would be read, and a profile written from it.

use insta::assert_snapshot;

use crate::{made, room::Room};

#[test]
fn a_file_that_a_profile_fits() {
    let room = Room::new();
    room.file("a.csv", made::calls(1, 5, 1));
    let told = room.show(&["preview", "a.csv"]);
    assert!(
        told.starts_with("exit code 0\n----- stdout\na.csv\n\nread as communications, layout uk-call-data 1"),
        "{told}"
    );
    assert!(told.contains("header in row 5, data from row 6; times in Europe/London"), "{told}");
    assert!(told.contains("target stated above the header: +447700900001"), "{told}");
    let json = room.json(&["preview", "a.csv", "--json"]);
    let column = &json["sheets"][0]["columns"][4];
    assert_eq!((column["heading"].as_str(), column["field"].as_str()), (Some("Calling Number"), Some("a")));
    assert_eq!(column["samples"][0], "447700900001");
    assert!(column["sure"].is_number());
}

#[test]
fn a_file_that_nothing_fits() {
    let room = Room::new();
    room.file("poem.txt", "Roses are red\nviolets are blue\n");
    let output = room.run(&["preview", "poem.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert_snapshot!(room.show(&["preview", "missing.csv"]), @r#"
    exit code 1
    ----- stderr
    error: cannot open
      at: missing.csv
      because: No such file or directory (os error 2)
      hint: check the path
    "#);
}

#[test]
fn a_proposed_mapping_becomes_a_profile_that_reads_the_same() {
    let room = Room::new();
    let rows: String = (0..30)
        .map(|n| format!("0770090{:04},0770090{:04},{:02}/03/2024 10:{:02}:00,{}\n", 1, 100 + n, 1 + n % 28, n, 10 + n))
        .collect();
    room.file("new.csv", format!("Caller,Called,Call start,Duration (s)\n{rows}"));
    let proposed = room.json(&["preview", "new.csv", "--write-profile", "mine/new-operator.toml", "--json"]);
    assert_eq!(proposed["sheets"][0]["profile"], "proposed");
    let read = room.json(&["preview", "new.csv", "--profiles", "mine", "--json"]);
    assert_eq!(read["sheets"][0]["profile"], "new-operator 1");
    let fields = |json: &serde_json::Value| {
        let columns = json["sheets"][0]["columns"].as_array().unwrap().clone();
        columns.into_iter().map(|column| column["field"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(fields(&proposed), fields(&read));
    assert_eq!(proposed["sheets"][0]["zone"], read["sheets"][0]["zone"]);
    room.ok(&["case", "new", "case", "--name", "A", "--reference", "R", "--training"]);
    let added = room.json(&["add", "case", "new.csv", "--profiles", "mine", "--json"]);
    assert_eq!(added["files"][0]["profile"], "new-operator 1");
    assert_eq!(added["files"][0]["records"], 30);
    let again = room.run(&["preview", "new.csv", "--write-profile", "mine/new-operator.toml"]);
    assert_eq!(again.status.code(), Some(1), "a profile that is there is not written over");
}

#[test]
fn profiles_are_listed_and_shown() {
    let room = Room::new();
    let list = room.ok(&["profiles", "list"]);
    for name in ["uk-call-data", "adm-telephony", "t-mobile-us", "verizon-us", "att-us"] {
        assert!(list.lines().any(|line| line.starts_with(name)), "{name}: {list}");
        let text = room.ok(&["profiles", "show", name]);
        room.file(&format!("own/{name}.toml"), text);
    }
    // What is shown can be used as it is.
    room.ok(&["profiles", "list", "--profiles", "own"]);
    assert_snapshot!(room.show(&["profiles", "show", "nobody"]), @r#"
    exit code 1
    ----- stderr
    error: there is no profile nobody
      hint: `orochi profiles list` names them all
    "#);
    room.file("bad/odd.toml", "name = \"odd\"\ncolums = 1\n");
    let output = room.run(&["profiles", "list", "--profiles", "bad"]);
    assert_eq!(output.status.code(), Some(1));
}
