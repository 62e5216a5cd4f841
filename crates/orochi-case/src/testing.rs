//! In tests only: a case in a temporary folder, and a stand-in for ingest that reads `A,B,SECONDS` lines.

use std::{path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray, UInt64Array, new_null_array},
    datatypes::SchemaRef,
};
use orochi_ingest::{
    pipeline::{Job, Taken},
    rows::{Tally, Verdict},
};
use orochi_layout::{Library, reading::FileReading};
use orochi_model::problem::Problem;
use orochi_tables::schema;
use parquet::arrow::ArrowWriter;
use sha2::{Digest, Sha256};

use crate::{
    add::{AddOptions, Added, add_with},
    case::Case,
};

pub(crate) struct Bench {
    pub(crate) dir: tempfile::TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn folder(&self) -> std::path::PathBuf {
        self.dir.path().join("case")
    }

    pub(crate) fn training(&self) -> Case {
        Case::create(&self.folder(), "Test", "URN 1", true).unwrap()
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> std::path::PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

pub(crate) fn take(case: &Case, path: &Path) -> Result<Added, Problem> {
    take_as(case, path, None)
}

pub(crate) fn take_as(case: &Case, path: &Path, label: Option<&str>) -> Result<Added, Problem> {
    let library = Library::default();
    let options =
        AddOptions { library: &library, threads: 1, progress: &|_, _| {}, target: None, exhibit_label: label };
    add_with(case, path, &options, &ingest)
}

struct Line<'a> {
    row: u64,
    text: &'a str,
    a: &'a str,
    b: &'a str,
    start_us: i64,
    reason: &'a str,
}

/// Each line `A,B,SECONDS` is a record, or excess when the scope does not name A; other lines are rejects.
pub(crate) fn ingest(job: &Job<'_>) -> Result<Taken, Problem> {
    let text = std::fs::read_to_string(job.native).unwrap();
    if text.starts_with("unreadable") {
        std::fs::write(job.staging.join("records.parquet"), "half").unwrap();
        return Err(Problem::data("no layout fits"));
    }
    let (mut records, mut excess, mut rejects) = (Vec::new(), Vec::new(), Vec::new());
    let mut tally = Tally::default();
    let mut keys = Vec::new();
    for (row, text) in (1..).zip(text.lines()) {
        let parts: Vec<&str> = text.split(',').collect();
        let seconds = parts.get(2).and_then(|seconds| seconds.parse::<i64>().ok());
        let (Some(seconds), [a, b, ..]) = (seconds, &parts[..]) else {
            rejects.push(Line { row, text, a: "", b: "", start_us: 0, reason: "no time" });
            tally.count(Verdict::Reject);
            continue;
        };
        let mut line = Line { row, text, a, b, start_us: seconds * 1_000_000, reason: "" };
        match job.scope.judge([*a], line.start_us) {
            Ok(_) => {
                keys.push(key(text));
                records.push(line);
                tally.count(Verdict::Record);
            }
            Err(why) => {
                line.reason = why.as_str();
                excess.push(line);
                tally.count(Verdict::Excess);
            }
        }
    }
    let mut tables = Vec::new();
    for (name, schema, lines) in [
        ("records", schema::records(), records),
        ("excess", schema::excess(), excess),
        ("rejects", schema::rejects(), rejects),
    ] {
        if !lines.is_empty() {
            let path = job.staging.join(format!("{name}.parquet"));
            let batch = batch(&schema, &lines);
            let mut writer = ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), schema, None).unwrap();
            writer.write(&batch).unwrap();
            writer.close().unwrap();
            tables.push((name.to_owned(), path));
        }
    }
    keys.sort_unstable();
    let file = job.staging.join("keys");
    std::fs::write(&file, keys.iter().flat_map(|key| key.to_le_bytes()).collect::<Vec<u8>>()).unwrap();
    Ok(Taken {
        profile: "stand-in 1".to_owned(),
        tally,
        targets: Vec::new(),
        unmapped: Vec::new(),
        remarks: Vec::new(),
        reading: FileReading::from_sheets(Vec::new()),
        tables,
        keys: Some(file),
        duplicates: keys.windows(2).filter(|pair| pair[0] == pair[1]).count() as u64,
    })
}

fn key(text: &str) -> u64 {
    Sha256::digest(text).iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte))
}

fn batch(schema: &SchemaRef, lines: &[Line<'_>]) -> RecordBatch {
    let texts = |of: &dyn Fn(&Line<'_>) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(lines.iter().map(of)))
    };
    let column = |name: &str| -> Option<ArrayRef> {
        Some(match name {
            "row" => Arc::new(UInt64Array::from_iter_values(lines.iter().map(|line| line.row))),
            "key" => Arc::new(UInt64Array::from_iter_values(lines.iter().map(|line| key(line.text)))),
            "kind" => texts(&|_| "call".to_owned()),
            "zone" => texts(&|_| "UTC".to_owned()),
            "a" => texts(&|line| line.a.to_owned()),
            "b" => texts(&|line| line.b.to_owned()),
            "start_text" | "line" => texts(&|line| line.text.to_owned()),
            "reason" => texts(&|line| line.reason.to_owned()),
            "start" => Arc::new(
                TimestampMicrosecondArray::from_iter_values(lines.iter().map(|line| line.start_us))
                    .with_timezone("UTC"),
            ),
            _ => return None,
        })
    };
    let columns = schema
        .fields()
        .iter()
        .map(|field| column(field.name()).unwrap_or_else(|| new_null_array(field.data_type(), lines.len())))
        .collect();
    RecordBatch::try_new(schema.clone(), columns).unwrap()
}
