//! The joined pipeline over a plain table reader of the tests' own.

use std::{fs, io::Write as _, path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, AsArray, Int32Array, StringArray, UInt64Array, new_null_array},
    datatypes::{TimestampMicrosecondType, UInt64Type},
    record_batch::RecordBatch,
};
use orochi_model::problem::Kind;
use orochi_tables::schema;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;

use super::*;
use crate::rows::{BlockTables, TableReader, Verdict};
use orochi_formats::rows::Row;

/// Judges a row by its first cell: `reject`, `excess`, `note`, `panic`; everything else is a record.
struct Plan {
    first: u64,
}

#[derive(Default)]
struct Reader {
    records: Vec<(u64, String, i32)>,
    rejects: Vec<(u64, String)>,
    met: Vec<(String, u64)>,
    keys: Vec<u64>,
}

impl TablePlan for Plan {
    fn profile(&self) -> String {
        "test 1".into()
    }
    fn first_data_row(&self) -> u64 {
        self.first
    }
    fn reader<'a>(&'a self, _scope: &'a Scope) -> Box<dyn TableReader + 'a> {
        Box::new(Reader::default())
    }
    fn targets(&self) -> Vec<String> {
        vec!["+447700900123".into()]
    }
    fn unmapped(&self) -> Vec<String> {
        vec!["Colour".into()]
    }
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

impl TableReader for Reader {
    fn read(&mut self, row: Row<'_>) -> Verdict {
        match row.cells[0] {
            "reject" => {
                self.rejects.push((row.number, row.cells.join("|")));
                Verdict::Reject
            }
            "excess" => Verdict::Excess,
            "note" => Verdict::Note,
            "panic" => panic!("asked to"),
            cell => {
                if !self.met.iter().any(|(met, _)| met == cell) {
                    self.met.push((cell.into(), row.number));
                }
                self.keys.push(xxhash_rust::xxh3::xxh3_64(row.cells.join("|").as_bytes()));
                self.records.push((row.number, cell.into(), row.cells.len() as i32));
                Verdict::Record
            }
        }
    }

    fn finish(&mut self) -> Result<BlockTables, arrow::error::ArrowError> {
        let Self { records, rejects, met, keys } = std::mem::take(self);
        let fill = |schema: arrow::datatypes::SchemaRef, rows: usize, set: Vec<(&str, ArrayRef)>| {
            let columns = schema.fields().iter().map(|field| {
                let column = set.iter().find(|(name, _)| name == field.name());
                column.map_or_else(|| new_null_array(field.data_type(), rows), |(_, column)| Arc::clone(column))
            });
            RecordBatch::try_new(Arc::clone(&schema), columns.collect())
        };
        let numbers = |numbers: Vec<u64>| Arc::new(UInt64Array::from(numbers)) as ArrayRef;
        let texts = |texts: Vec<String>| Arc::new(StringArray::from(texts)) as ArrayRef;
        let postcodes = fill(
            schema::postcodes(),
            records.len(),
            vec![
                ("row", numbers(records.iter().map(|record| record.0).collect())),
                ("postcode", texts(records.iter().map(|record| record.1.clone()).collect())),
                ("easting", Arc::new(records.iter().map(|record| record.2).collect::<Int32Array>())),
                ("northing", Arc::new(records.iter().map(|_| 0).collect::<Int32Array>())),
            ],
        )?;
        let rejects = fill(
            schema::rejects(),
            rejects.len(),
            vec![
                ("row", numbers(rejects.iter().map(|reject| reject.0).collect())),
                ("reason", texts(rejects.iter().map(|_| "asked to".into()).collect())),
                ("line", texts(rejects.iter().map(|reject| reject.1.clone()).collect())),
            ],
        )?;
        let time = |times: Vec<i64>| {
            Arc::new(arrow::array::TimestampMicrosecondArray::from(times).with_timezone("UTC")) as ArrayRef
        };
        // Order within a block is the reader's business; the merge must not depend on it.
        let cells = fill(
            schema::cells(),
            met.len(),
            vec![
                ("row", numbers(met.iter().rev().map(|met| met.1).collect())),
                ("origin", texts(met.iter().map(|_| "record".into()).collect())),
                ("cell", texts(met.iter().rev().map(|met| met.0.clone()).collect())),
                ("omni", Arc::new(arrow::array::BooleanArray::from(vec![false; met.len()]))),
                ("first_seen", time(met.iter().rev().map(|met| met.1 as i64).collect())),
                ("last_seen", time(met.iter().rev().map(|met| met.1 as i64 + 1).collect())),
            ],
        )?;
        Ok(BlockTables {
            tables: vec![("postcodes", postcodes), ("rejects", rejects)],
            cells_met: Some(cells),
            keys,
            ..BlockTables::default()
        })
    }
}

fn take_in(native: &Path, threads: usize, block: usize, first: u64) -> (tempfile::TempDir, Result<Taken, Problem>) {
    let staging = tempfile::tempdir().expect("a folder");
    let (library, scope) = (Library::default(), Scope { training: true, ..Scope::default() });
    let job = Job {
        native,
        name: "native",
        staging: staging.path(),
        library: &library,
        target: None,
        scope: &scope,
        threads,
        progress: &|progress| assert!(progress.bytes <= progress.of),
    };
    let recognise = |_: &str, glimpses: &[Glimpse]| {
        Ok(glimpses.iter().map(|_| Disposition::Take(Box::new(Plan { first }))).collect())
    };
    let taken = run(&job, block, recognise);
    (staging, taken)
}

fn native(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("writes");
    file
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("lists")
        .map(|entry| entry.expect("lists").path())
        .map(|path| (path.file_name().expect("named").to_string_lossy().into_owned(), fs::read(path).expect("reads")))
        .collect();
    files.sort();
    files
}

fn table(folder: &Path, name: &str) -> RecordBatch {
    let file = fs::File::open(folder.join(format!("{name}.parquet"))).expect("a table");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().expect("a reader");
    let batches: Vec<RecordBatch> = reader.map(|batch| batch.expect("a batch")).collect();
    arrow::compute::concat_batches(&batches[0].schema(), &batches).expect("one table")
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> &'b ArrayRef {
    batch.column_by_name(name).expect("a column")
}

/// A file of `rows` rows of all sorts, without its head.
fn sorts(rows: usize) -> String {
    (0..rows)
        .map(|at| match at % 17 {
            3 => format!("reject,{at},x\n"),
            5 => "\n".to_owned(),
            6 => format!("excess,{at}\r\n"),
            9 => "note,total\n".to_owned(),
            11 => format!("\"cell {}\nof two lines\",\"a \"\"word\"\"\"\n", at % 5),
            _ => format!("cell {},{},{}\n", at % 40, at % 1000, "filler ".repeat(at % 7)),
        })
        .collect()
}

#[test]
fn bytes_are_the_same_for_any_number_of_threads() {
    let file = native(format!("URN:,1\na,b,c\n{}", sorts(30_000)).as_bytes());
    let (one, taken) = take_in(file.path(), 1, 50_000, 3);
    let taken = taken.expect("taken in");
    for threads in [2, 7] {
        let (other, again) = take_in(file.path(), threads, 50_000, 3);
        let again = again.expect("taken in");
        assert!(contents(one.path()) == contents(other.path()), "{threads} threads");
        assert_eq!((again.tally, again.duplicates), (taken.tally, taken.duplicates));
    }
    assert_eq!(
        taken.tables.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["rejects", "cells", "postcodes"]
    );
    assert_eq!((taken.profile.as_str(), taken.targets.len(), taken.unmapped.len()), ("test 1", 1, 1));
}

#[test]
fn every_row_is_accounted_for_and_keeps_its_number() {
    let file = native(format!("URN:,1\na,b,c\n{}", sorts(1700)).as_bytes());
    let (folder, taken) = take_in(file.path(), 2, 1000, 3);
    let tally = taken.expect("taken in").tally;
    assert_eq!(tally, Tally { rows: 1500, records: 1300, rejects: 100, excess: 100, notes: 200 });
    let rejects = table(folder.path(), "rejects");
    let rows = column(&rejects, "row").as_primitive::<UInt64Type>();
    assert!(rows.values().iter().enumerate().all(|(at, row)| *row == 3 + 17 * at as u64 + 3));
    let again =
        orochi_formats::native::read_rows(file.path(), "native", None, &[rows.value(50), 1, 1 << 40]).expect("reads");
    assert_eq!(again[0].join("|"), column(&rejects, "line").as_string::<i32>().value(50));
    assert_eq!(again[1], ["URN:", "1"]);
    assert!(again[2].is_empty());
}

#[test]
fn keys_are_sorted_and_repeats_counted() {
    let file = native(b"a,1\nb,1\na,1\na,1\nc,1\nb,1\n");
    let (folder, taken) = take_in(file.path(), 2, 5, 1);
    let taken = taken.expect("taken in");
    assert_eq!(taken.duplicates, 3);
    let keys: Vec<u64> = fs::read(taken.keys.expect("keys"))
        .expect("reads")
        .chunks_exact(8)
        .map(|key| u64::from_le_bytes(key.try_into().expect("eight bytes")))
        .collect();
    assert!(keys.len() == 6 && keys.is_sorted());
    assert_eq!(contents(folder.path()).len(), 3, "cells, keys, postcodes; no file for a table without rows");
}

#[test]
fn cells_met_are_merged_over_blocks() {
    let file = native(b"p,1\nq,1\np,2\nr,1\nq,5\np,3\n");
    let (folder, taken) = take_in(file.path(), 3, 5, 1);
    taken.expect("taken in");
    let cells = table(folder.path(), "cells");
    let names: Vec<_> = column(&cells, "cell").as_string::<i32>().iter().flatten().collect();
    assert_eq!(names, ["p", "q", "r"]);
    assert_eq!(column(&cells, "row").as_primitive::<UInt64Type>().values(), &[1, 2, 4]);
    assert_eq!(column(&cells, "first_seen").as_primitive::<TimestampMicrosecondType>().values(), &[1, 2, 4]);
    assert_eq!(column(&cells, "last_seen").as_primitive::<TimestampMicrosecondType>().values(), &[7, 6, 5]);
    assert_eq!(cells.schema(), schema::cells(), "times keep their zone");
}

#[test]
fn a_panic_in_a_reader_is_a_problem_and_not_a_hang() {
    let file = native(format!("a,b\n{}panic,1\n{}", "c,d\n".repeat(5000), "c,d\n".repeat(5000)).as_bytes());
    let (_folder, taken) = take_in(file.path(), 2, 100, 1);
    assert_eq!(taken.expect_err("a problem").kind, Kind::Bug);
}

#[test]
fn a_broken_end_is_a_problem_with_the_files_name() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(sorts(200_000).as_bytes()).expect("packs");
    let packed = packed.finish().expect("packs");
    let file = native(&packed[..packed.len() - 100]);
    let (_folder, taken) = take_in(file.path(), 2, 10_000, 1);
    let problem = taken.expect_err("a problem");
    assert_eq!(problem.kind, Kind::Data);
    assert!(problem.place.expect("a place").starts_with("native"));
}

#[test]
fn a_folder_that_cannot_be_written_is_a_problem() {
    let file = native(b"a,b\n");
    let (library, scope) = (Library::default(), Scope::default());
    let job = Job {
        native: file.path(),
        name: "native",
        staging: Path::new("/nowhere/at/all"),
        library: &library,
        target: None,
        scope: &scope,
        threads: 2,
        progress: &|_| (),
    };
    let plans = |_: &str, _: &[Glimpse]| Ok(vec![Disposition::Take(Box::new(Plan { first: 1 }) as Box<dyn TablePlan>)]);
    assert_eq!(run(&job, 100, plans).expect_err("a problem").kind, Kind::User);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// Head, records, rejects, excess and notes are all rows there are, whatever the blocks.
    #[test]
    fn rows_add_up(
        rows in proptest::collection::vec("(cell|reject|excess|note|)[,\"ab]{0,5}\n", 1..60),
        block in 1_usize..300,
        first in 1_u64..9,
    ) {
        let text = format!("head,1\n{}", rows.concat());
        let mut all = 0;
        orochi_formats::delimited::fields::each_row(&text, orochi_formats::dialect::sniff(&text), 1, |_| all += 1);
        let file = native(text.as_bytes());
        let tally = take_in(file.path(), 2, block, first).1.expect("taken in").tally;
        prop_assert_eq!(tally.rows, tally.records + tally.rejects + tally.excess);
        prop_assert_eq!(tally.rows + tally.notes + (first - 1).min(all), all);
    }
}
