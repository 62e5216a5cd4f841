//! `disclose` and `disclose verify`: what is handed over can be made again by somebody else, and
//! shows when it was touched.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::room::Room;

const FILES: [&str; 5] = ["cells.csv", "customer-1.csv", "customer-2.csv", "customer-3.csv", "new-line-call-data.csv"];

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")
}

/// A live case with an authority for each step, excess data and a release: what a plan has to bring back.
fn live() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "It's Heron", "--reference", "E-1"]);
    let authorise = |reference: &str, number: &str, to: &str| {
        room.ok(&[
            "authority",
            "add",
            "case",
            "--reference",
            reference,
            "--identifier",
            number,
            "--from",
            "2025-02-01",
            "--to",
            to,
        ]);
    };
    let add = |file: &str| room.ok(&["add", "case", demo().join("data").join(file).to_str().unwrap()]);
    authorise("A-1", "07700900600", "2025-03-31");
    add(FILES[0]);
    add(FILES[1]);
    // The later days of the line are outside: excess data, and some of it released.
    authorise("A-2", "07700900222", "2025-02-24");
    let told = add(FILES[4]);
    assert!(told.contains("excess"), "{told}");
    authorise("A-3", "07700900222", "2025-03-31");
    let rows = room.json(&["sql", "case", "select exhibit, min(row) as first from excess group by exhibit", "--json"]);
    let first = rows["rows"][0]["first"].as_u64().unwrap();
    let exhibit = rows["rows"][0]["exhibit"].as_str().unwrap().to_owned();
    room.ok(&[
        "release",
        "case",
        &exhibit,
        "--rows",
        &format!("{first}-{}", first + 400),
        "--reason",
        "it's $(covered) by A-3",
    ]);
    room
}

fn training() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    for file in FILES {
        room.ok(&["add", "case", demo().join("data").join(file).to_str().unwrap()]);
    }
    room
}

/// Every file of a folder.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut rooms = vec![dir.to_owned()];
    while let Some(here) = rooms.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                rooms.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_live_case_is_made_again_from_what_was_handed_over() {
    let room = live();
    room.file("settings/quantity.toml", fs::read(demo().join("quantity.toml")).unwrap());
    room.file("settings/lines.toml", "burst_minutes = 12\n");
    let made =
        room.json(&["disclose", "case", "--out", "given", "--settings", "settings", "--line", "07700900222", "--json"]);
    assert_eq!(made["natives"], 3);
    let given = files(&room.work().join("given"));
    // What a command prints is what was handed over.
    let printed = room.run(&["lines", "case", "--settings", "settings/lines.toml", "--json"]).stdout;
    assert_eq!(given["findings/lines.json"], printed);
    let plan: Value = serde_json::from_slice(&given["disclosure.json"]).unwrap();
    let steps: Vec<&str> = plan["steps"].as_array().unwrap().iter().map(|step| step[0].as_str().unwrap()).collect();
    assert_eq!(steps, ["case", "authority", "add", "add", "authority", "add", "authority", "release"]);

    // It says which build made it; what is compared does not, and so any build of the same methods can make it again.
    let tool = room.ok(&["--version"]);
    assert_eq!(plan["tool"], tool.trim_end());
    for (name, bytes) in given.iter().filter(|(name, _)| name.starts_with("findings/") || name.starts_with("tables/")) {
        assert!(!String::from_utf8_lossy(bytes).contains(tool.trim_end()), "{name}");
    }

    // Somebody else has the folder and nothing more.
    fs::rename(room.work().join("case"), room.work().join("gone")).unwrap();
    let checked =
        room.json(&["disclose", "verify", "given", "--manifest", made["manifest"].as_str().unwrap(), "--json"]);
    assert_eq!(
        (&checked["verified"], &checked["findings"], &checked["natives"]),
        (&true.into(), &10.into(), &3.into())
    );
    let mut script = std::process::Command::new("sh");
    script.args(["given/rerun.sh", env!("CARGO_BIN_EXE_orochi"), "work"]);
    room.seal(&mut script);
    let output = script.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("Every finding is the same"), "{}", room.told(&output));
    assert_eq!(said.matches("same    findings/").count(), 10, "{said}");

    let contrary = String::from_utf8(given["contrary.csv"].clone()).unwrap();
    assert!(contrary.contains("rows quarantined as excess data"), "{contrary}");
    let head = String::from_utf8(given["audit/head"].clone()).unwrap();
    assert_eq!(made["head"].as_str(), Some(head.trim()));
    room.ok(&["audit", "verify", "gone", "--head", head.trim()]);
}

#[test]
fn whatever_is_touched_is_named() {
    let room = training();
    room.ok(&["disclose", "case", "--out", "given"]);
    let path = |name: &str| room.work().join("given").join(name);
    let check = |expected: &str| {
        let output = room.run(&["disclose", "verify", "given", "--no-rerun"]);
        assert_eq!(output.status.code(), Some(3), "{}", room.told(&output));
        let said = room.told(&output);
        assert!(said.contains(expected), "{expected} not in {said}");
    };
    room.ok(&["disclose", "verify", "given", "--no-rerun"]);
    for name in
        ["tables/events.csv", "natives/EX0002/customer-1.csv", "findings/lines.json", "README.txt", "audit/audit.jsonl"]
    {
        let before = fs::read(path(name)).unwrap();
        let mut touched = before.clone();
        *touched.last_mut().unwrap() = b' ';
        fs::write(path(name), &touched).unwrap();
        check(&format!("{name} was altered"));
        fs::write(path(name), before).unwrap();
    }
    fs::write(path("tables/more.csv"), "x").unwrap();
    check("tables/more.csv is not in the manifest");
    fs::remove_file(path("tables/more.csv")).unwrap();
    // Who rewrites the manifest as well is found out by the log, by a finding made again, or by a hash noted elsewhere.
    let rewrite = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(path(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(path(name), text.replacen(from, to, 1)).unwrap();
        let hash = |file: &str| {
            let mut command = std::process::Command::new("sha256sum");
            command.arg(path(file));
            String::from_utf8(command.output().unwrap().stdout).unwrap()[..64].to_owned()
        };
        let manifest = fs::read_to_string(path("MANIFEST.sha256")).unwrap();
        let lines = manifest.lines().map(|line| {
            let named = &line[66..];
            if named == name { format!("{}  {named}\n", hash(name)) } else { format!("{line}\n") }
        });
        fs::write(path("MANIFEST.sha256"), lines.collect::<String>()).unwrap();
    };
    rewrite("audit/audit.jsonl", "\"who\":\"", "\"who\":\"x");
    check("the audit log is not intact");
    rewrite("audit/audit.jsonl", "\"who\":\"x", "\"who\":\"");
    room.ok(&["disclose", "verify", "given", "--no-rerun"]);
    rewrite("natives/EX0002/customer-1.csv", "07700900", "07700901");
    check("natives/EX0002/customer-1.csv is not the file that entry 3 of the log says was received");
    rewrite("natives/EX0002/customer-1.csv", "07700901", "07700900");
    rewrite("findings/succession.json", "\"score\":0.", "\"score\":0.1");
    room.ok(&["disclose", "verify", "given", "--no-rerun"]);
    let output = room.run(&["disclose", "verify", "given"]);
    assert!(
        room.told(&output).contains("findings/succession.json is different when it is made again"),
        "{}",
        room.told(&output)
    );
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn no_digit_of_a_third_party_leaves_in_a_redacted_disclosure() {
    let room = training();
    room.ok(&["disclose", "case", "--out", "given", "--redact", "others,customers", "--ledger", "ledger.csv"]);
    let ledger = fs::read_to_string(room.work().join("ledger.csv")).unwrap();
    let cores: Vec<String> = ledger
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).unwrap().trim_start_matches("+44").trim_start_matches('+').to_owned())
        .collect();
    assert!(cores.len() > 60, "{}", cores.len());
    let given = files(&room.work().join("given"));
    assert!(!given.keys().any(|name| name.starts_with("natives/") || name == "rerun.sh"));
    for (name, bytes) in given.iter().filter(|(name, _)| !name.ends_with(".parquet") && *name != "MANIFEST.sha256") {
        let text = String::from_utf8_lossy(bytes);
        let digits: String = text.chars().filter(|c| !" -()".contains(*c)).collect();
        for core in &cores {
            assert!(!digits.contains(core.as_str()), "{name} holds {core}");
        }
    }
    // Parquet holds the same rows: what the engine reads from it has no identifier either.
    let records = room.work().join("given/tables/records.parquet");
    let builder =
        parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(fs::File::open(records).unwrap())
            .unwrap();
    assert!(builder.schema().column_with_name("key").is_none());
    for batch in builder.build().unwrap() {
        let mut text = Vec::new();
        let mut writer = arrow::json::LineDelimitedWriter::new(&mut text);
        writer.write(&batch.unwrap()).unwrap();
        writer.finish().unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(cores.iter().all(|core| !text.contains(core.as_str())));
    }
    let checked = room.json(&["disclose", "verify", "given", "--json"]);
    assert_eq!((&checked["verified"], &checked["findings"]), (&true.into(), &Value::Null));
    // A log that names a third party is still proved, with the entry withheld; and pseudonyms stay.
    room.ok(&["records", "case", "--number", "07700900600"]);
    let second = room.json(&[
        "disclose",
        "case",
        "--out",
        "again",
        "--redact",
        "others,customers",
        "--ledger",
        "ledger.csv",
        "--json",
    ]);
    assert_eq!(second["withheld"], 1);
    assert_eq!(fs::read_to_string(room.work().join("ledger.csv")).unwrap(), ledger);
    let again = files(&room.work().join("again"));
    for name in ["tables/records.csv", "tables/events.parquet", "findings/roles.json", "contrary.csv"] {
        assert_eq!(given[name], again[name], "{name}");
    }
    room.ok(&["disclose", "verify", "again"]);
}

#[test]
fn what_cannot_be_done_says_why_and_leaves_nothing() {
    let room = training();
    let refused = |args: &[&str], expected: &str| {
        let output = room.run(args);
        assert!(!output.status.success());
        assert!(room.told(&output).contains(expected), "{expected} not in {}", room.told(&output));
        assert!(!room.work().join("given").exists());
    };
    refused(&["disclose", "case", "--out", "given", "--redact", "others"], "--ledger");
    refused(
        &["disclose", "case", "--out", "given", "--redact", "strangers", "--ledger", "l.csv"],
        "the roles are: others",
    );
    refused(
        &["disclose", "case", "--out", "given", "--redact", "others", "--ledger", "given/l.csv"],
        "would be inside the disclosure",
    );
    refused(
        &["disclose", "case", "--out", "given", "--line", "07700900223"],
        "differ from it by a digit or two: +447700900222",
    );
    room.file("settings/line.toml", "x = 1");
    refused(&["disclose", "case", "--out", "given", "--settings", "settings"], "there is no method line");
    refused(&["disclose", "case", "--out", "no/such/folder"], "make the output folder");
    refused(&["disclose", "verify", "given"], "disclosure.json");
    room.file("there/file", "x");
    refused(&["disclose", "case", "--out", "there"], "already exists");
    // A line that is named more than once is asked about once.
    let twice = ["--line", "07700900222", "--line", "07700900111", "--line", "07700900222"];
    let made = room.json(&[&["disclose", "case", "--out", "twice", "--json"], &twice[..]].concat());
    assert_eq!(made["findings"].as_array().unwrap().len(), 12);
    // A plan from somebody else that would do more than make a case.
    room.ok(&["disclose", "case", "--out", "mine"]);
    let path = room.work().join("mine/disclosure.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("        \"roles\",", "        \"export\",", 1)).unwrap();
    let output = room.run(&["disclose", "verify", "mine"]);
    assert!(room.told(&output).contains("contains a command that no disclosure needs"), "{}", room.told(&output));
    // A native file that was touched in the case.
    let vault = fs::read_dir(room.work().join("case/vault")).unwrap().next().unwrap().unwrap().path();
    let mut rights = fs::metadata(&vault).unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "a test undoes what the vault does")]
    rights.set_readonly(false);
    fs::set_permissions(&vault, rights).unwrap();
    fs::write(&vault, "changed").unwrap();
    refused(&["disclose", "case", "--out", "given"], "not what was received");
}

#[test]
fn a_layout_profile_of_ones_own_goes_with_what_was_read_by_it() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let shipped = room.ok(&["profiles", "show", "uk-call-data"]);
    room.file("ours/uk-call-data.toml", shipped.replacen("version = 1", "version = 99", 1));
    let line = demo().join("data").join(FILES[4]);
    let told = room.ok(&["add", "case", line.to_str().unwrap(), "--profiles", "ours"]);
    assert!(told.contains("uk-call-data 99"), "{told}");
    let refused = room.run(&["disclose", "case", "--out", "given"]);
    assert!(room.told(&refused).contains("layout profile uk-call-data 99"), "{}", room.told(&refused));
    room.ok(&["disclose", "case", "--out", "given", "--profiles", "ours"]);
    fs::remove_dir_all(room.work().join("ours")).unwrap();
    let checked = room.json(&["disclose", "verify", "given", "--json"]);
    assert_eq!(checked["verified"], true);
}
