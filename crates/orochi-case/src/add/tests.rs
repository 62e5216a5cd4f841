//! The crash tests re-run this test program as a child that aborts at a named step, so that what is left behind is what
//! a killed process leaves: no destructor has run, no lock was given back by hand.

use std::{
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
};

use orochi_model::{
    authority::Authority,
    problem::{Kind, Problem},
};

use crate::{
    audit::verify,
    case::Case,
    engine::{Engine, EngineOptions},
    testing::{Bench, take, take_as},
};

const FIRST: &str = "+1,+2,5\n+1,+2,5\n+3,+4,6\n";
const SECOND: &str = "+1,+2,5\n+7,+8,9\nno row\n";

/// Everything in the case folder but the log's and the catalogue's bytes, as paths and sizes.
fn listing(dir: &Path) -> Vec<String> {
    fn walk(dir: &Path, into: &mut Vec<String>) {
        for path in crate::disk::read_folder(dir).unwrap() {
            if path.is_dir() { walk(&path, into) } else { into.push(format!("{}", path.display())) }
        }
    }
    let mut paths = Vec::new();
    for part in ["vault", "tables", "keys", "staging"] {
        walk(&dir.join(part), &mut paths);
    }
    paths
}

fn count(case: &Case, table: &str) -> usize {
    let engine = Engine::open(case, &EngineOptions { memory_bytes: 32 << 20, threads: 1 }).unwrap();
    engine.query(&format!("SELECT row FROM {table}")).unwrap().iter().map(|batch| batch.num_rows()).sum()
}

#[test]
fn a_file_comes_in_with_its_tally_and_its_entry() {
    let bench = Bench::new();
    let case = bench.training();
    let added = take(&case, &bench.file("first.csv", FIRST)).unwrap();
    assert_eq!((added.exhibit.label.as_str(), added.exhibit.duplicates, added.already_held), ("EX0001", 1, false));
    let added = take(&case, &bench.file("second.csv", SECOND)).unwrap();
    assert_eq!((added.exhibit.label.as_str(), added.exhibit.duplicates), ("EX0002", 1));
    let json = serde_json::to_value(&added).unwrap();
    for (key, value) in [
        ("file", serde_json::json!("second.csv")),
        ("exhibit", serde_json::json!("EX0002")),
        ("profile", serde_json::json!("stand-in 1")),
        ("rows", serde_json::json!(3)),
        ("records", serde_json::json!(2)),
        ("rejects", serde_json::json!(1)),
        ("excess", serde_json::json!(0)),
        ("duplicates", serde_json::json!(1)),
        ("already_held", serde_json::json!(false)),
    ] {
        assert_eq!(json[key], value, "{key}");
    }
    let vault = crate::exhibit::vault_file(case.dir(), &added.exhibit.sha256);
    assert_eq!(std::fs::read_to_string(&vault).unwrap(), SECOND);
    assert!(std::fs::metadata(&vault).unwrap().permissions().readonly());
    let log = std::fs::read_to_string(case.dir().join("audit.jsonl")).unwrap();
    assert!(log.lines().last().unwrap().contains(&added.exhibit.sha256));
    assert_eq!(crate::verify::verify(case.dir(), None, &|_, _| {}).unwrap().faults, []);
    drop(case);
    assert_eq!(verify(&bench.folder(), None).unwrap().entries, 3);
}

#[test]
fn the_same_bytes_again_change_nothing() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("first.csv", FIRST)).unwrap();
    let before = listing(case.dir());
    let again = take_as(&case, &bench.file("other name.csv", FIRST), Some("ABC1")).unwrap();
    assert!(again.already_held);
    assert_eq!((again.exhibit.label.as_str(), again.exhibit.file.as_str()), ("EX0001", "first.csv"));
    assert_eq!(listing(case.dir()), before);
    assert_eq!(case.exhibits().unwrap().len(), 1);
}

#[test]
fn labels_are_taken_once_and_checked() {
    let bench = Bench::new();
    let case = bench.training();
    take_as(&case, &bench.file("a.csv", "+1,+2,1\n"), Some("EX0002")).unwrap();
    let taken = take_as(&case, &bench.file("b.csv", "+1,+2,2\n"), Some("ex0002")).unwrap_err();
    assert_eq!(taken.kind, Kind::User);
    for bad in ["", "../x", "a/b", "a=b", "-a", "a b", "a%", "x.", &"a".repeat(41)] {
        assert!(take_as(&case, &bench.file("b.csv", "+1,+2,2\n"), Some(bad)).is_err(), "{bad}");
    }
    assert_eq!(take(&case, &bench.file("b.csv", "+1,+2,2\n")).unwrap().exhibit.label, "EX0003");
}

#[test]
fn a_live_case_needs_an_authority() {
    let bench = Bench::new();
    let case = Case::create(&bench.folder(), "Live", "URN", false).unwrap();
    let refused = take(&case, &bench.file("a.csv", FIRST)).unwrap_err();
    assert_eq!(refused.kind, Kind::User);
    assert!(refused.hint.unwrap().contains("authority add"));
    let authority =
        Authority { reference: "A".into(), identifiers: ["+1".to_owned()].into(), from_us: 0, to_us: 5_500_000 };
    case.add_authorities(&[authority]).unwrap();
    let added = take(&case, &bench.file("a.csv", "+1,+2,5\n+1,+2,6\n+9,+2,5\n")).unwrap();
    assert_eq!((added.exhibit.tally.records, added.exhibit.tally.excess), (1, 2));
    assert_eq!(added.exhibit.authorities, ["A"]);
}

#[test]
fn a_file_that_cannot_be_read_leaves_no_trace() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("a.csv", FIRST)).unwrap();
    let before = listing(case.dir());
    assert!(take(&case, &bench.file("b.csv", "unreadable")).is_err());
    assert!(take(&case, &bench.dir.path().join("missing.csv")).is_err());
    assert!(take(&case, bench.dir.path()).is_err());
    assert_eq!(listing(case.dir()), before);
}

/// The steps an `add` of two tables passes, in order.
fn steps() -> Vec<&'static str> {
    let bench = Bench::new();
    let case = bench.training();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let note = seen.clone();
    case.probe().set(move |step| {
        note.lock().unwrap().push(step);
        Ok(())
    });
    take(&case, &bench.file("second.csv", SECOND)).unwrap();
    case.probe().clear();
    let mut steps = seen.lock().unwrap().clone();
    steps.dedup();
    steps
}

#[test]
fn a_full_disk_at_any_step_is_said_and_changes_nothing() {
    let steps = steps();
    assert!(steps.len() > 9, "{steps:?}");
    for step in steps {
        let bench = Bench::new();
        let case = bench.training();
        take(&case, &bench.file("first.csv", FIRST)).unwrap();
        let before = listing(case.dir());
        let second = bench.file("second.csv", SECOND);
        case.probe().set(move |at| {
            let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
            if at == step { Err(Problem::io("write", Path::new("x"), &full)) } else { Ok(()) }
        });
        let outcome = take(&case, &second);
        case.probe().clear();
        if step == "audit file" {
            // Committed before: the file is in, and its entry waits in the catalogue.
            assert!(outcome.is_ok());
        } else {
            let problem = outcome.unwrap_err();
            assert!(problem.hint.unwrap().contains("disk space"), "{step}");
            assert_eq!(count(&case, "records"), 3, "{step}");
            if !["audit entry", "commit"].contains(&step) {
                assert_eq!(listing(case.dir()), before, "{step}");
            }
            let added = take(&case, &second).unwrap();
            assert_eq!((added.exhibit.label.as_str(), added.exhibit.duplicates), ("EX0002", 1), "{step}");
        }
        assert_eq!((count(&case, "records"), count(&case, "rejects")), (5, 1), "{step}");
        drop(case);
        assert_eq!(verify(&bench.folder(), None).unwrap().entries, 3, "{step}");
    }
}

#[test]
fn a_kill_at_any_step_leaves_the_file_in_whole_or_not_at_all() {
    for step in steps() {
        let bench = Bench::new();
        let case = bench.training();
        take(&case, &bench.file("first.csv", FIRST)).unwrap();
        let clean = listing(case.dir());
        drop(case);
        let second = bench.file("second.csv", SECOND);
        let status = child(&bench, &second, step);
        assert!(!status.success(), "{step}: the child was to be cut off");

        let case = Case::open(&bench.folder()).unwrap();
        let held = case.exhibits().unwrap().len() == 2;
        assert_eq!(held, step == "audit file", "{step}");
        if !held {
            assert_eq!(listing(case.dir()), clean, "{step}: swept");
            assert_eq!((count(&case, "records"), count(&case, "rejects")), (3, 0), "{step}");
        }
        let added = take(&case, &second).unwrap();
        assert_eq!((added.exhibit.label.as_str(), added.exhibit.duplicates), ("EX0002", 1), "{step}");
        assert_eq!(added.already_held, held);
        assert_eq!((count(&case, "records"), count(&case, "rejects")), (5, 1), "{step}");
        assert_eq!(crate::verify::verify(case.dir(), None, &|_, _| {}).unwrap().faults, []);
        drop(case);
        assert_eq!(verify(&bench.folder(), None).unwrap().entries, 3, "{step}");
    }
}

#[test]
fn processes_and_threads_add_at_once() {
    let bench = Bench::new();
    drop(bench.training());
    let files: Vec<_> =
        (0..8).map(|n| bench.file(&format!("{n}.csv"), &format!("+1,+2,5\n+1,+2,{}\n", n + 10))).collect();
    std::thread::scope(|scope| {
        for half in files.chunks(4) {
            let bench = &bench;
            scope.spawn(move || {
                let case = Case::open(&bench.folder()).unwrap();
                std::thread::scope(|scope| {
                    for file in half {
                        let case = &case;
                        scope.spawn(move || match file.to_string_lossy().contains(['1', '3', '5']) {
                            true => assert!(child(bench, file, "never").success()),
                            false => drop(take(case, file).unwrap()),
                        });
                    }
                });
            });
        }
    });
    let case = Case::open(&bench.folder()).unwrap();
    let exhibits = case.exhibits().unwrap();
    let labels: Vec<_> = exhibits.iter().map(|exhibit| exhibit.label.clone()).collect();
    assert_eq!(labels, (1..=8).map(|n| format!("EX{n:04}")).collect::<Vec<_>>());
    // Whatever the order, the shared row is a repeat in all but the first.
    let repeats: Vec<_> = exhibits.iter().map(|exhibit| exhibit.duplicates).collect();
    assert_eq!(repeats, [0, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!(count(&case, "records"), 16);
    drop(case);
    assert_eq!(verify(&bench.folder(), None).unwrap().entries, 9);
}

#[test]
fn the_same_file_added_by_many_at_once_is_held_once() {
    let bench = Bench::new();
    let case = bench.training();
    let file = bench.file("a.csv", FIRST);
    let held: usize = std::thread::scope(|scope| {
        let adds: Vec<_> = (0..4).map(|_| scope.spawn(|| take(&case, &file).unwrap().already_held)).collect();
        adds.into_iter().map(|add| usize::from(add.join().unwrap())).sum()
    });
    assert_eq!(held, 3);
    assert_eq!(count(&case, "records"), 3);
}

/// Runs this program again to add one file, aborting at `step`.
fn child(bench: &Bench, file: &Path, step: &str) -> std::process::ExitStatus {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "add::tests::as_a_child", "--nocapture"])
        .env("OROCHI_TEST_CASE", bench.folder())
        .env("OROCHI_TEST_FILE", file)
        .env("OROCHI_TEST_STEP", step)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap()
}

/// Not a test of its own: what [`child`] runs.
#[test]
fn as_a_child() {
    let (Some(dir), Some(file)) = (std::env::var_os("OROCHI_TEST_CASE"), std::env::var_os("OROCHI_TEST_FILE")) else {
        return;
    };
    let step = std::env::var("OROCHI_TEST_STEP").unwrap();
    let case = Case::open(Path::new(&dir)).unwrap();
    case.probe().set(move |at| if at == step { std::process::abort() } else { Ok(()) });
    take(&case, Path::new(&file)).unwrap();
}
