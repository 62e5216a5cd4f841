use arrow::{
    array::{Array, Int64Array, StringArray},
    util::pretty::pretty_format_batches,
};
use orochi_model::{authority::Authority, problem::Kind};
use orochi_tables::schema;

use super::*;
use crate::{
    authority::Rows,
    testing::{Bench, take},
};

fn engine(case: &Case) -> Engine {
    Engine::open(case, &EngineOptions { memory_bytes: 64 << 20, threads: 2 }).unwrap()
}

fn shown(engine: &Engine, sql: &str) -> String {
    pretty_format_batches(&engine.query(sql).unwrap()).unwrap().to_string()
}

fn count(engine: &Engine, sql: &str) -> i64 {
    let batches = engine.query(sql).unwrap();
    batches[0].column(0).as_any().downcast_ref::<Int64Array>().unwrap().value(0)
}

#[test]
fn a_case_without_exhibits_has_all_tables_with_their_columns() {
    let bench = Bench::new();
    let engine = engine(&bench.training());
    for (table, schema) in schema::exhibit_tables() {
        let batches = engine.query(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<_> =
            batches[0].schema().fields().iter().map(|f| (f.name().clone(), f.data_type().clone())).collect();
        let mut expected = vec![("exhibit".to_owned(), DataType::Utf8)];
        let shown = schema.fields().iter().filter(|f| f.name() != schema::EXCESS);
        expected.extend(shown.map(|f| (f.name().clone(), f.data_type().clone())));
        assert_eq!(columns, expected, "{table}");
        assert_eq!(batches[0].num_rows(), 0);
    }
    assert_eq!(
        engine.tables(),
        ["cells", "excess", "handsets", "postcodes", "records", "rejects", "subscribers", "topups"]
    );
}

#[test]
fn a_case_is_found_by_any_path_to_it() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("one.csv", "+1,+2,5\n")).unwrap();
    let inside = case.dir().join("vault").join("..");
    drop(case);
    let case = Case::open(&inside).unwrap();
    assert_eq!(count(&engine(&case), "SELECT count(*) FROM records"), 1);
}

#[test]
fn the_exhibit_comes_first_and_text_is_plain() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("one.csv", "+1,+2,5\n+1,+3,6\n")).unwrap();
    take(&case, &bench.file("two.csv", "+4,+2,7\nnot a row\n")).unwrap();
    let engine = engine(&case);
    let batches = engine.query("SELECT * FROM records ORDER BY exhibit, row").unwrap();
    assert_eq!(batches[0].schema().field(0).name(), "exhibit");
    let exhibits = batches[0].column(0).as_any().downcast_ref::<StringArray>().unwrap();
    assert_eq!(exhibits.iter().flatten().collect::<Vec<_>>(), ["EX0001", "EX0001", "EX0002"]);
    let batches = engine.query("SELECT substr(a, 2) AS digits, upper(b) FROM records").unwrap();
    assert!(batches[0].columns().iter().all(|column| column.data_type() == &DataType::Utf8));
    assert_eq!(count(&engine, "SELECT count(*) FROM records WHERE exhibit = 'EX0002'"), 1);
    assert_eq!(count(&engine, "SELECT count(*) FROM rejects"), 1);
}

#[test]
fn files_that_no_exhibit_names_are_in_no_view() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("one.csv", "+1,+2,5\n")).unwrap();
    let engine = engine(&case);
    // What another process has moved into place and not committed, or committed after this engine was opened.
    let orphan = crate::exhibit::table_folder(case.dir(), "records", "EX0002");
    std::fs::create_dir(&orphan).unwrap();
    std::fs::write(orphan.join("part.parquet"), "not even Parquet").unwrap();
    assert_eq!(count(&engine, "SELECT count(*) FROM records"), 1);
}

#[test]
fn a_release_moves_rows_from_excess_to_records_in_the_views_only() {
    let bench = Bench::new();
    let case = Case::create(&bench.folder(), "Live", "URN 2", false).unwrap();
    let named =
        Authority { reference: "A1".into(), identifiers: ["+1".to_owned()].into(), from_us: 0, to_us: i64::MAX };
    assert_eq!(case.add_authorities(std::slice::from_ref(&named)).unwrap(), 1);
    assert_eq!(case.add_authorities(&[named]).unwrap(), 0);
    let file = bench.file("one.csv", "+1,+2,5\n+8,+2,6\n+9,+2,7\n");
    let added = take(&case, &file).unwrap();
    assert_eq!((added.exhibit.tally.records, added.exhibit.tally.excess), (1, 2));
    let stored =
        |table| std::fs::read(crate::exhibit::table_folder(case.dir(), table, "EX0001").join("part.parquet")).unwrap();
    let before = (stored("records"), stored("excess"));
    let rows = |engine: &Engine, table| shown(engine, &format!("SELECT exhibit, row, a FROM {table} ORDER BY row"));
    let all = engine(&case);
    assert_eq!(count(&all, "SELECT count(*) FROM excess"), 2);

    assert_eq!(case.release("EX0001", &Rows::All, "  ").unwrap_err().kind, Kind::User);
    assert_eq!(case.release("EX0009", &Rows::All, "why").unwrap_err().kind, Kind::User);
    let first = Rows::Range { sheet: None, first: 1, last: 1 };
    assert!(case.release("EX0001", &first, "why").unwrap_err().message.contains("no excess data"));
    let third = Rows::Range { sheet: None, first: 3, last: 9 };
    assert_eq!(case.release("ex0001", &third, "approved by DI Smith").unwrap(), 1);

    let part = engine(&case);
    assert_eq!(rows(&part, "records").matches("EX0001").count(), 2);
    assert_eq!(rows(&part, "excess").matches("EX0001").count(), 1);
    assert!(rows(&part, "records").contains("+9"));
    assert_eq!(case.release("EX0001", &Rows::All, "approved by DI Smith").unwrap(), 2);
    let full = engine(&case);
    assert_eq!(count(&full, "SELECT count(*) FROM records"), 3);
    assert_eq!(count(&full, "SELECT count(*) FROM excess"), 0);
    assert_eq!(before, (stored("records"), stored("excess")));
    assert_eq!(count(&all, "SELECT count(*) FROM records"), 1, "an engine sees the case as it was when opened");
}

#[test]
fn users_sql_only_reads() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("one.csv", "+1,+2,5\n")).unwrap();
    let engine = engine(&case);
    let target = bench.dir.path().join("out.parquet");
    for statement in [
        "DROP VIEW records".to_owned(),
        "CREATE TABLE t AS SELECT 1".to_owned(),
        "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '/etc/passwd'".to_owned(),
        "INSERT INTO records SELECT * FROM records".to_owned(),
        format!("COPY records TO '{}'", target.display()),
        "SET datafusion.execution.batch_size = 1".to_owned(),
        "DELETE FROM records".to_owned(),
        "EXPLAIN ANALYZE DROP VIEW records".to_owned(),
        "WITH t AS (SELECT 1) INSERT INTO records SELECT * FROM t".to_owned(),
    ] {
        let problem = engine.query(&statement).unwrap_err();
        assert_eq!(problem.kind, Kind::User, "{statement}: {problem}");
    }
    assert!(!target.exists());
    assert_eq!(count(&engine, "SELECT count(*) FROM records"), 1);
}

#[test]
fn bad_sql_names_the_columns_and_tables_there_are() {
    let bench = Bench::new();
    let engine = engine(&bench.training());
    let problem = engine.query("SELECT caller FROM records").unwrap_err();
    assert_eq!(problem.kind, Kind::User);
    assert!(problem.hint.unwrap().contains("start_text"), "columns");
    let problem = engine.query("SELECT * FROM calls").unwrap_err();
    assert!(problem.hint.unwrap().contains("records"), "tables");
    for wrong in [
        "SELEC 1",
        "",
        "SELECT 1 +",
        "SELECT nofunction(a) FROM records",
        "SELECT 1; SELECT 2",
        "SELECT a + 1 FROM records",
    ] {
        match engine.query(wrong) {
            Err(problem) => assert_eq!(problem.kind, Kind::User, "{wrong}: {problem}"),
            Ok(_) => assert!(wrong.contains("a + 1"), "{wrong}"),
        }
    }
}

#[test]
fn a_query_that_needs_too_much_memory_spills_or_says_so() {
    let bench = Bench::new();
    let case = bench.training();
    let engine = Engine::open(&case, &EngineOptions { memory_bytes: 1 << 20, threads: 2 }).unwrap();
    match engine
        .query("SELECT value % 400000 AS v, count(*) FROM generate_series(1, 400000) GROUP BY 1 ORDER BY 1 LIMIT 1")
    {
        Ok(batches) => assert_eq!(batches[0].num_rows(), 1),
        Err(problem) => assert_eq!(problem.kind, Kind::User, "{problem}"),
    }
}

#[test]
fn written_parquet_is_the_same_however_the_result_was_cut() {
    let bench = Bench::new();
    let case = bench.training();
    let schema: SchemaRef = Arc::new(Schema::new(vec![Field::new("value", DataType::Int64, true)]));
    let mut files = Vec::new();
    for threads in [1, 3] {
        let engine = Engine::open(&case, &EngineOptions { memory_bytes: 64 << 20, threads }).unwrap();
        let path = bench.dir.path().join(format!("{threads}.parquet"));
        let rows = engine.stream("SELECT value FROM generate_series(1, 200000) ORDER BY value").unwrap();
        assert_eq!(engine.write_parquet(rows, schema.clone(), &path).unwrap(), 200_000);
        engine.register_parquet("back", &path).unwrap();
        assert_eq!(count(&engine, "SELECT count(DISTINCT value) FROM back"), 200_000);
        files.push(std::fs::read(path).unwrap());
    }
    assert!(files[0] == files[1]);
}

#[test]
fn derived_tables_are_built_once_and_again_when_the_case_changes() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("one.csv", "+1,+2,5\n")).unwrap();
    let builds = std::cell::Cell::new(0);
    let build = |engine: &Engine, settings| {
        engine.derived("events", "1", settings, |engine, folder| {
            builds.set(builds.get() + 1);
            let rows = engine.stream("SELECT a FROM records")?;
            let schema = rows.schema();
            engine.write_parquet(rows, schema, &folder.join("events.parquet")).map(drop)
        })
    };
    let first = engine(&case);
    let place = build(&first, "{}").unwrap();
    assert_eq!(build(&first, "{}").unwrap(), place);
    assert_eq!(build(&engine(&case), "{}").unwrap(), place);
    assert_eq!(builds.get(), 1);
    assert_ne!(build(&first, "{\"x\":1}").unwrap(), place);
    assert!(place.exists(), "held by an open engine");

    take(&case, &bench.file("two.csv", "+1,+9,5\n")).unwrap();
    let second = engine(&case);
    assert_ne!(build(&second, "{}").unwrap(), place);
    assert_eq!(builds.get(), 3);
    drop(first);
    take(&case, &bench.file("three.csv", "+1,+7,5\n")).unwrap();
    build(&engine(&case), "{}").unwrap();
    assert!(!place.exists(), "stale, and nobody holds it");

    let failed = second.derived("bad", "1", "{}", |_, folder| {
        std::fs::write(folder.join("half"), "half").unwrap();
        Err(Problem::user("no"))
    });
    assert!(failed.is_err());
    assert!(
        !std::fs::read_dir(case.dir().join("derived")).unwrap().any(|f| f
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with("bad"))
    );
}

#[test]
fn odd_folder_names_do_no_harm() {
    let bench = Bench::new();
    let dir = bench.dir.path().join("Op *Hätte* 100% [a]? #1");
    let case = Case::create(&dir, "Odd", "", true).unwrap();
    take(&case, &bench.file("one.csv", "+1,+2,5\n")).unwrap();
    let engine = engine(&case);
    assert_eq!(count(&engine, "SELECT count(*) FROM records"), 1);
    let place = engine
        .derived("a", "1", "", |engine, folder| {
            let rows = engine.stream("SELECT a FROM records")?;
            let schema = rows.schema();
            engine.write_parquet(rows, schema, &folder.join("a.parquet")).map(drop)
        })
        .unwrap();
    engine.register_parquet("a", &place.join("a.parquet")).unwrap();
    assert_eq!(count(&engine, "SELECT count(*) FROM a"), 1);
}

#[test]
fn a_thousand_exhibits_are_one_table() {
    let bench = Bench::new();
    let case = bench.training();
    let first = take(&case, &bench.file("one.csv", "+1,+2,5\n+3,+4,6\n")).unwrap().exhibit;
    let part = crate::exhibit::table_folder(case.dir(), "records", "EX0001").join("part.parquet");
    {
        let connection = case.connection();
        let transaction = connection.unchecked_transaction().unwrap();
        for number in 2..=1000 {
            let mut exhibit = first.clone();
            exhibit.label = format!("EX{number:04}");
            exhibit.sha256 = format!("{number:064}");
            crate::exhibit::insert(&transaction, &exhibit).unwrap();
            let folder = crate::exhibit::table_folder(case.dir(), "records", &exhibit.label);
            std::fs::create_dir(&folder).unwrap();
            std::fs::hard_link(&part, folder.join("part.parquet")).unwrap();
        }
        transaction.commit().unwrap();
    }
    let started = std::time::Instant::now();
    let engine = engine(&case);
    let opened = started.elapsed();
    assert_eq!(count(&engine, "SELECT count(*) FROM records"), 2000);
    assert_eq!(count(&engine, "SELECT count(DISTINCT exhibit) FROM records WHERE a = '+3'"), 1000);
    let queried = started.elapsed();
    assert_eq!(count(&engine, "SELECT count(*) FROM records WHERE exhibit = 'EX0500'"), 2);
    // Generous, for a debug build on a busy machine.
    assert!(queried < std::time::Duration::from_secs(60), "opened in {opened:?}, queried in {queried:?}");
}

#[test]
fn engines_over_two_cases_share_threads_and_memory_and_no_row() {
    let benches = [Bench::new(), Bench::new()];
    let host = EngineHost::start(&EngineOptions { memory_bytes: 64 << 20, threads: 2 }).unwrap();
    let engines: Vec<Engine> = benches
        .iter()
        .zip(["+1,+2,5\n", "+3,+4,5\n+3,+4,6\n"])
        .map(|(bench, text)| {
            let case = bench.training();
            take(&case, &bench.file("a.csv", text)).unwrap();
            host.open(&case).unwrap()
        })
        .collect();
    let rows = |engine: &Engine| count(engine, "SELECT count(*) FROM records");
    assert_eq!((rows(&engines[0]), rows(&engines[1])), (1, 2));
    std::thread::scope(|scope| {
        for engine in &engines {
            scope.spawn(|| engine.query("SELECT a, count(*) FROM records GROUP BY a").unwrap());
        }
    });
    engines[0].cancellation().cancel();
    assert!(engines[0].query("SELECT 1").is_err(), "one is ended");
    assert_eq!(rows(&engines[1]), 2, "and not the other");
    drop(engines);
    assert_eq!(host.reserved_bytes(), 0);
}

#[test]
fn a_query_ends_when_it_is_cancelled_and_passes_over_blocks_too() {
    let bench = Bench::new();
    let case = bench.training();
    let text: String = (0..3_000).map(|at| format!("+1,+{},{at}\n", at % 50)).collect();
    take(&case, &bench.file("a.csv", &text)).unwrap();
    let engine = engine(&case);
    let blocks = engine.blocks().unwrap();
    let cancellation = engine.cancellation().clone();
    let other = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(50));
        cancellation.cancel();
    });
    // 27 thousand million triples: nobody waits for the end of it.
    let sql = "SELECT count(*) FROM records x, records y, records z WHERE x.b || y.b || z.b = 'none'";
    let problem = engine.query(sql).unwrap_err();
    other.join().unwrap();
    assert!(problem.message.contains("cancelled"), "{problem}");
    assert!(blocks[0].read(&["a"], None).unwrap_err().message.contains("cancelled"));
}
