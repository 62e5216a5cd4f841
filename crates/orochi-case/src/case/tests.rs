use orochi_model::problem::Kind;

use super::*;
use crate::testing::Bench;

#[test]
fn a_case_opens_as_it_was_made() {
    let bench = Bench::new();
    let about = bench.training().about().clone();
    let case = Case::open(&bench.folder()).unwrap();
    assert_eq!(case.about(), &about);
    assert_eq!((about.name.as_str(), about.reference.as_str(), about.training), ("Test", "URN 1", true));
    assert!(case.scope().unwrap().training);
}

#[test]
fn what_is_no_case_says_so() {
    let bench = Bench::new();
    for dir in [bench.dir.path().join("none"), bench.dir.path().to_path_buf()] {
        let problem = Case::open(&dir).unwrap_err();
        assert_eq!(problem.kind, Kind::User);
        assert!(problem.message.contains("not a case"), "{problem}");
    }
    std::fs::create_dir(bench.folder()).unwrap();
    std::fs::write(bench.folder().join("case.sqlite"), "no database, but long enough to be looked at as one").unwrap();
    assert!(Case::open(&bench.folder()).is_err());
    let other = rusqlite::Connection::open(bench.dir.path().join("case.sqlite")).unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(Case::open(bench.dir.path()).unwrap_err().message.contains("not a case"));
}

#[test]
fn a_newer_format_is_refused_with_its_number() {
    let bench = Bench::new();
    drop(bench.training());
    let connection = rusqlite::Connection::open(bench.folder().join("case.sqlite")).unwrap();
    connection.pragma_update(None, "user_version", 9).unwrap();
    drop(connection);
    crate::seal::rest::put_on(&bench.folder()).unwrap();
    let problem = Case::open(&bench.folder()).unwrap_err();
    assert!(problem.message.contains("format is 9") && problem.hint.is_some(), "{problem}");
}

#[test]
fn a_folder_in_use_is_not_taken() {
    let bench = Bench::new();
    bench.file("notes.txt", "mine");
    let problem = Case::create(bench.dir.path(), "Test", "", true).unwrap_err();
    assert!(problem.message.contains("not empty"));
    assert!(bench.dir.path().join("notes.txt").exists());
    drop(bench.training());
    assert!(Case::create(&bench.folder(), "Test", "", true).unwrap_err().message.contains("already"));
    assert!(Case::create(&bench.dir.path().join("new"), " ", "", true).is_err());
    assert!(!bench.dir.path().join("new").exists());
    std::fs::create_dir(bench.dir.path().join("empty")).unwrap();
    assert!(Case::create(&bench.dir.path().join("empty"), "Test", "", true).is_ok());
}

#[test]
fn a_case_cut_off_in_its_making_can_be_made_again() {
    let bench = Bench::new();
    // What a kill before the last rename leaves.
    for folder in ["vault", "tables", "keys", "derived", "staging"] {
        std::fs::create_dir_all(bench.folder().join(folder)).unwrap();
    }
    std::fs::write(bench.folder().join("lock"), "").unwrap();
    std::fs::write(bench.folder().join("staging/case.sqlite"), "half").unwrap();
    assert!(Case::open(&bench.folder()).unwrap_err().message.contains("not a case"));
    assert!(Case::create(&bench.folder(), "Test", "", true).is_ok());
    assert!(Case::open(&bench.folder()).is_ok());
}

#[test]
fn an_altered_native_file_is_named() {
    let bench = Bench::new();
    let case = bench.training();
    let added = crate::testing::take(&case, &bench.file("a.csv", "+1,+2,5\n")).unwrap();
    let path = exhibit::vault_file(case.dir(), &added.exhibit.sha256);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, "+1,+2,6\n").unwrap();
    let faults = || crate::verify::verify(case.dir(), None, &|_, _| {}).unwrap().faults;
    assert_eq!((faults().len(), faults()[0].exhibit.as_deref()), (1, Some("EX0001")));
    assert_eq!(case.sound_native(&added.exhibit).unwrap_err().kind, Kind::Data);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(faults().len(), 1);
}
