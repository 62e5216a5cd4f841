use std::collections::BTreeSet;

use orochi_model::problem::Kind;
use proptest::prelude::*;

use super::*;
use crate::{
    Action, Case, Engine, EngineOptions,
    catalogue::FORMAT,
    disk,
    seal::rest,
    testing::{Bench, take},
};

fn whole() -> Bench {
    let bench = Bench::new();
    let case = bench.training();
    let lines = |from: u32| (from..from + 900).map(|at| format!("+{},+2,{at}\n", at % 50)).collect::<String>();
    take(&case, &bench.file("a.csv", &(lines(0) + "no time\n"))).unwrap();
    take(&case, &bench.file("b.csv", &lines(600))).unwrap();
    answer(&case).unwrap();
    bench
}

/// All that a case is asked here: rows through the query engine, rows block by block, a derived table, native files.
fn answer(case: &Case) -> Result<String, Problem> {
    case.log(Action::Consult, "records", serde_json::json!({}))?;
    let engine = Engine::open(case, &EngineOptions { threads: 1, ..EngineOptions::default() })?;
    let records = engine.query("SELECT * FROM records ORDER BY exhibit, \"row\"")?;
    let rejects = engine.query("SELECT * FROM rejects ORDER BY exhibit, \"row\"")?;
    let mut blocks = Vec::new();
    for block in engine.blocks()? {
        blocks.push(block.read(&["row", "b"], None)?);
    }
    let folder = engine.derived("a", "1", "", |engine, folder| {
        let rows = engine.stream("SELECT a FROM records ORDER BY a, \"row\"")?;
        let schema = rows.schema();
        engine.write_parquet(rows, schema, &folder.join("a.parquet")).map(drop)
    })?;
    engine.register_parquet("derived", &folder.join("a.parquet"))?;
    let derived = engine.query("SELECT * FROM derived")?;
    let mut natives = Vec::new();
    for exhibit in case.exhibits()? {
        natives.push(std::fs::read(case.sound_native(&exhibit)?).unwrap());
        natives.push(format!("{:?}", case.reading(&exhibit)?).into_bytes());
    }
    Ok(format!("{records:?} {rejects:?} {blocks:?} {derived:?} {natives:?}"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    disk::read_folder(folder).unwrap().into_iter().flat_map(below).collect()
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let path = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, std::fs::read(file).unwrap()).unwrap();
    }
    std::fs::create_dir_all(to.join("staging")).unwrap();
}

fn check(dir: &Path) -> Report {
    verify(dir, None, &|_, _| {}).unwrap()
}

#[test]
fn a_whole_case_holds_and_every_part_is_looked_at() {
    let bench = whole();
    let report = check(&bench.folder());
    assert!(report.holds(), "{report:?}");
    assert_eq!(report.unvouched, []);
    assert_eq!(report.training, Some(true));
    let counts: Vec<_> = report.counts.iter().map(|count| (count.part, count.checked)).collect();
    let expected = [
        (Part::Mappings, 2),
        (Part::Catalogue, 1),
        (Part::Vault, 2),
        (Part::Tables, 3),
        (Part::Keys, 2),
        (Part::Derived, 1),
    ];
    assert_eq!(counts, expected);
    // A case in use is no fault; only what no row uses is not vouched for just then.
    let case = Case::open(&bench.folder()).unwrap();
    answer(&case).unwrap();
    let report = check(&bench.folder());
    assert!(report.holds() && report.unvouched.len() == 1, "{report:?}");
    drop(case);
    assert_eq!(check(&bench.folder()).unvouched, []);
}

/// The folder of a whole case and its answer, made once.
fn made() -> &'static (Bench, String) {
    static MADE: std::sync::OnceLock<(Bench, String)> = std::sync::OnceLock::new();
    MADE.get_or_init(|| {
        let bench = whole();
        let answered = answer(&Case::open(&bench.folder()).unwrap()).unwrap();
        (bench, answered)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_turned_bit_is_named_and_none_changes_an_answer(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    ) {
        let (bench, answered) = made();
        let dir = tempfile::tempdir().unwrap();
        copy(&bench.folder(), dir.path());
        let files: Vec<PathBuf> =
            files(dir.path()).into_iter().filter(|path| path.metadata().unwrap().len() > 0).collect();
        let path = file.get(&files);
        let mut bytes = std::fs::read(path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        std::fs::write(path, bytes).unwrap();

        let report = check(dir.path());
        let name = path.strip_prefix(dir.path()).unwrap();
        let place = format!("{} byte {at} bit {bit}: {report:?}", name.display());
        prop_assert!(!report.holds(), "{}", place);
        if name == Path::new("audit.jsonl") {
            prop_assert!(report.log.is_err(), "{}", place);
        } else {
            prop_assert!(report.faults.iter().any(|fault| fault.file == name && !fault.mend.is_empty()), "{}", place);
        }
        match Case::open(dir.path()).and_then(|case| answer(&case)) {
            Ok(now) => prop_assert_eq!(&now, answered, "{}", place),
            Err(problem) => prop_assert_eq!(problem.kind, Kind::Data, "{}: {:?}", place, problem),
        }
    }

    #[test]
    fn rows_are_vouched_for_while_no_seal_is_on_the_catalogue(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let (bench, answered) = made();
        let dir = tempfile::tempdir().unwrap();
        copy(&bench.folder(), dir.path());
        // As a kill leaves it.
        std::fs::remove_file(dir.path().join("case.seal")).unwrap();
        let path = dir.path().join("case.sqlite");
        let mut bytes = std::fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        std::fs::write(&path, bytes).unwrap();
        // SQLite's header may be hurt so that it looks like no case, or one of another program's.
        if let Ok(now) = Case::open(dir.path()).and_then(|case| answer(&case)) {
            prop_assert_eq!(&now, answered, "byte {} bit {}", at, bit);
        }
    }
}

#[test]
fn what_is_missing_or_was_put_there_is_named_and_stops_answers() {
    let (bench, answered) = made();
    let every: BTreeSet<PathBuf> = files(&bench.folder()).into_iter().collect();
    let (mut refused, mut mended) = (0, 0);
    for path in every {
        let name = path.strip_prefix(bench.folder()).unwrap();
        if path.metadata().unwrap().len() == 0 || name == Path::new("case.sqlite") {
            continue;
        }
        let dir = tempfile::tempdir().unwrap();
        copy(&bench.folder(), dir.path());
        std::fs::remove_file(dir.path().join(name)).unwrap();
        let report = check(dir.path());
        if name == Path::new("case.seal") {
            assert_eq!((report.holds(), report.unvouched.len()), (true, 1));
        } else {
            assert!(!report.holds(), "{}", name.display());
        }
        match Case::open(dir.path()).and_then(|case| answer(&case)) {
            Ok(now) => {
                assert_eq!(&now, answered, "{}", name.display());
                mended += 1;
            }
            Err(_) => refused += 1,
        }
    }
    // Keys are read by `add` only, and the log and its catalogue's seal by no answer.
    assert_eq!((refused, mended), (6, 4));

    let dir = tempfile::tempdir().unwrap();
    copy(&bench.folder(), dir.path());
    let table = dir.path().join("tables/records/exhibit=EX0001");
    std::fs::copy(table.join("part.parquet"), table.join("planted.parquet")).unwrap();
    assert!(check(dir.path()).faults[0].file.ends_with("planted.parquet"));
    let problem = answer(&Case::open(dir.path()).unwrap()).unwrap_err();
    assert!(problem.kind == Kind::Data && problem.place.unwrap().contains("planted.parquet"));
    // Where the exhibit has no such table it is not read, and named all the same.
    let other = dir.path().join("tables/excess/exhibit=EX0001");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::rename(table.join("planted.parquet"), other.join("part.parquet")).unwrap();
    assert_eq!(check(dir.path()).faults.len(), 1);
    assert_eq!(&answer(&Case::open(dir.path()).unwrap()).unwrap(), answered);
}

#[test]
fn a_forged_row_is_found_by_the_log_when_all_else_was_made_to_fit() {
    let (bench, _) = made();
    for change in [
        "UPDATE exhibits SET records = records - 1 WHERE label = 'EX0002'",
        "UPDATE seals SET sha256 = substr(sha256, 2) || '0' WHERE path LIKE 'tables/rejects/%'",
        "INSERT INTO authorities VALUES (1, 'A1', '[\"+1\"]', 0, 9, 'now', 'me')",
    ] {
        let dir = tempfile::tempdir().unwrap();
        copy(&bench.folder(), dir.path());
        let connection = rusqlite::Connection::open(dir.path().join("case.sqlite")).unwrap();
        connection.execute(change, []).unwrap();
        let mut drafts = [audit::Draft { action: Action::Alter, what: String::new(), detail: serde_json::json!({}) }];
        crate::digest::note(&connection, &mut drafts).unwrap();
        drop(connection);
        rest::put_on(dir.path()).unwrap();
        drop(Case::open(dir.path()).unwrap());
        let report = check(dir.path());
        let said = |fault: &Fault| fault.reason.contains("of the log records");
        assert!(report.faults.iter().any(said), "{change}: {:?}", report.faults);
        if change.starts_with("UPDATE exhibits") {
            assert!(report.faults.iter().any(|fault| fault.exhibit.as_deref() == Some("EX0002")));
        }
    }
}

/// A case as the version before made it: its statements, word for word, and files without seals.
fn of_format_1() -> (Bench, String) {
    let bench = whole();
    let answered = answer(&Case::open(&bench.folder()).unwrap()).unwrap();
    let connection = rusqlite::Connection::open(bench.folder().join("case.sqlite")).unwrap();
    connection
        .execute_batch(
            "DROP TABLE seals; DROP TABLE digests; DROP TABLE decisions; DROP TABLE lines; \
             DROP TABLE actors; PRAGMA user_version = 1",
        )
        .unwrap();
    // The log of then notes no hashes; its head is made anew over the lines as they were.
    let file = bench.folder().join("audit.jsonl");
    let (mut text, mut tree) = (String::new(), orochi_audit::tree::Frontier::default());
    connection.execute_batch("DELETE FROM audit_leaves; DELETE FROM audit_outbox").unwrap();
    for entry in audit::entries(&bench.folder()).unwrap() {
        let mut entry = audit::Entry { root: orochi_audit::tree::hex(&tree.root()), ..entry };
        if let Some(detail) = entry.detail.as_object_mut() {
            for name in ["catalogue", "tables", "keys"] {
                detail.remove(name);
            }
        }
        let line = serde_json::to_string(&entry).unwrap();
        let hash = orochi_audit::tree::leaf_hash(line.as_bytes());
        tree.push(hash);
        connection.execute("INSERT INTO audit_leaves VALUES (?1, ?2)", (tree.size(), &hash[..])).unwrap();
        text.push_str(&line);
        text.push('\n');
    }
    std::fs::write(file, text).unwrap();
    connection
        .execute(
            "UPDATE audit_head SET size = ?1, frontier = ?2, root = ?3, written = ?1",
            (tree.size(), tree.to_bytes(), &tree.root()[..]),
        )
        .unwrap();
    drop(connection);
    std::fs::remove_file(bench.folder().join("case.seal")).unwrap();
    (bench, answered)
}

#[test]
fn a_case_of_the_version_before_opens_and_says_what_nothing_vouches_for() {
    let (bench, answered) = of_format_1();
    let unvouched = |report: &Report| -> Vec<(Part, String)> {
        report.unvouched.iter().map(|one| (one.part, one.file.display().to_string())).collect()
    };
    let report = check(&bench.folder());
    assert!(report.holds(), "{report:?}");
    let tables: Vec<String> = ["rejects/exhibit=EX0001", "records/exhibit=EX0001", "records/exhibit=EX0002"]
        .map(|part| format!("tables/{part}/part.parquet"))
        .into();
    let named = unvouched(&report);
    for table in &tables {
        assert!(named.contains(&(Part::Tables, table.clone())), "{named:?}");
    }
    assert_eq!(named.iter().filter(|(part, _)| *part == Part::Keys).count(), 2);
    assert_eq!(named.iter().filter(|(part, _)| *part == Part::Derived).count(), 1);
    assert_eq!(named.iter().filter(|(part, _)| *part == Part::Catalogue).count(), 2);

    let case = Case::open(&bench.folder()).unwrap();
    assert_eq!(crate::catalogue::format(&case.connection()).unwrap(), FORMAT);
    assert_eq!(answer(&case).unwrap(), answered);
    take(&case, &bench.file("c.csv", "+1,+2,5\n")).unwrap();
    drop(case);
    // Rows, what came in since and what was derived again are vouched for; nobody can say it of what was there.
    let report = check(&bench.folder());
    assert!(report.holds(), "{report:?}");
    let named = unvouched(&report);
    assert_eq!(named.len(), 5, "{named:?}");
    assert!(named.iter().all(|(part, _)| matches!(part, Part::Tables | Part::Keys)), "{named:?}");
    assert!(!named.iter().any(|(_, file)| file.contains("EX0003")));
    let entries = audit::entries(&bench.folder()).unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.what == "case brought to format 3").count(), 1);
}

#[test]
fn damage_is_found_under_any_name_of_the_folder_and_on_every_way_to_a_table() {
    let (bench, _) = made();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("100% *odd* [a]? é #1 +x");
    copy(&bench.folder(), &folder);
    let table = folder.join("tables/records/exhibit=EX0002/part.parquet");
    let mut bytes = std::fs::read(&table).unwrap();
    let footer = bytes.len() - 9;
    bytes[footer] ^= 1;
    std::fs::write(&table, bytes).unwrap();
    let case = Case::open(&folder).unwrap();
    let engine = Engine::open(&case, &EngineOptions { threads: 1, ..EngineOptions::default() }).unwrap();
    let named = |problem: Problem| {
        assert_eq!(problem.kind, Kind::Data, "{problem}");
        assert!(problem.message.contains("damaged, so no result is made from it"), "{problem}");
        assert!(problem.place.unwrap().contains("records/exhibit=EX0002/part.parquet bytes "));
        assert!(problem.hint.unwrap().contains("from a copy"));
    };
    named(engine.query("SELECT count(*) FROM records").unwrap_err());
    named(engine.query("SELECT a FROM records WHERE exhibit = 'EX0002' ORDER BY a").unwrap_err());
    named(engine.blocks().unwrap_err());
    named(engine.register_parquet("again", &table).unwrap_err());
    engine.query("SELECT * FROM rejects").unwrap();
}

#[test]
fn a_folder_that_is_no_case_is_no_fault() {
    let bench = Bench::new();
    assert_eq!(verify(bench.dir.path(), None, &|_, _| {}).unwrap_err().kind, Kind::User);
}
