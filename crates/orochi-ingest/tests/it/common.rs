//! Sheets from small texts, without the readers of real files: these tests are about fields.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "shared by several test files, not all of which use everything"
)]

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray};
use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use orochi_formats::rows::{Glimpse, Row};
use orochi_ingest::rows::{TablePlan, Tally};
use orochi_layout::{Library, Reading, Received, mapping::Mapping, readings};
use orochi_model::{authority::Scope, problem::Problem};

pub type Rows = Vec<Vec<String>>;

/// Splits a text without quotes.
pub fn rows(text: &str, separator: char) -> Rows {
    text.lines().map(|line| line.split(separator).map(str::to_owned).collect()).collect()
}

pub fn glimpse(rows: &Rows) -> Glimpse {
    let head = rows.iter().take(200).enumerate().map(|(index, row)| (index as u64 + 1, row.clone())).collect();
    Glimpse { head, ..Glimpse::default() }
}

pub fn training() -> Scope {
    Scope { training: true, authorities: Vec::new() }
}

pub fn understand(rows: &Rows) -> Result<Box<Mapping>, Problem> {
    understand_as(rows, None)
}

/// With the target that the user gives.
pub fn understand_as(rows: &Rows, target: Option<&str>) -> Result<Box<Mapping>, Problem> {
    let library = Library::open(None)?;
    match readings(Received { name: "file.csv", target }, &[glimpse(rows)], &library)?.remove(0) {
        Reading::Mapped(mapping) => Ok(mapping),
        Reading::Left(why) => Err(Problem::user(why)),
    }
}

/// A text read as it must be readable, with its mapping.
pub fn taken(text: &str, separator: char) -> (Box<Mapping>, Read) {
    let rows = rows(text, separator);
    let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{problem:#?}"));
    let read = read(&rows, &mapping, &training());
    (mapping, read)
}

/// As [`taken`], without a profile.
pub fn proposed(text: &str, separator: char) -> (Box<Mapping>, Read) {
    let (mapping, read) = taken(text, separator);
    assert_eq!(mapping.profile, "proposed");
    (mapping, read)
}

/// Why a text of commas is refused.
pub fn refused(text: &str) -> String {
    match understand(&rows(text, ',')) {
        Ok(mapping) => panic!("taken: {:?} {:?}", mapping.columns, mapping.remarks),
        Err(problem) => format!("{problem:?}"),
    }
}

/// All rows through a mapping's reader: tally and tables, with each row as column → text.
pub struct Read {
    pub tally: Tally,
    pub tables: BTreeMap<&'static str, Vec<BTreeMap<String, String>>>,
    pub keys: Vec<u64>,
    pub doubts: BTreeMap<String, u64>,
}

impl Read {
    pub fn get(&self, table: &str, row: usize, column: &str) -> &str {
        let rows = self.tables.get(table).unwrap_or_else(|| panic!("no {table}: {:#?}", self.tables));
        rows[row][column].as_str()
    }
}

pub fn read(rows: &Rows, mapping: &Mapping, scope: &Scope) -> Read {
    let mut tally = Tally::default();
    let mut reader = mapping.reader(scope);
    for (index, row) in rows.iter().enumerate() {
        let number = index as u64 + 1;
        if number < mapping.first_data_row() {
            continue;
        }
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        tally.count(reader.read(Row { number, cells: &cells }));
    }
    let block = reader.finish().unwrap();
    let mut tables: BTreeMap<&'static str, Vec<_>> = BTreeMap::new();
    for (name, batch) in &block.tables {
        tables.insert(name, texts(batch));
    }
    if let Some(cells) = &block.cells_met {
        tables.insert("met", texts(cells));
    }
    Read { tally, tables, keys: block.keys, doubts: block.doubts }
}

pub fn texts(batch: &RecordBatch) -> Vec<BTreeMap<String, String>> {
    let _ = batch.column(0).is_nullable();
    let options = FormatOptions::default().with_null("");
    (0..batch.num_rows())
        .map(|row| {
            batch
                .schema()
                .fields()
                .iter()
                .zip(batch.columns())
                .map(|(field, column)| {
                    let stamp = column.as_primitive_opt::<arrow::datatypes::TimestampMicrosecondType>();
                    let text = if column.is_null(row) {
                        String::new()
                    } else if let Some(stamp) = stamp {
                        jiff::Timestamp::from_microsecond(stamp.value(row)).unwrap().to_string()
                    } else {
                        ArrayFormatter::try_new(column, &options).unwrap().value(row).to_string()
                    };
                    (field.name().clone(), text)
                })
                .collect()
        })
        .collect()
}

/// The shared sample data, when it is at hand.
pub fn samples() -> Option<std::path::PathBuf> {
    let root = std::env::var_os("OROCHI_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let samples = root.join("samples");
    if samples.is_dir() {
        Some(samples)
    } else {
        eprintln!("skipped: no sample data at {}", samples.display());
        None
    }
}
