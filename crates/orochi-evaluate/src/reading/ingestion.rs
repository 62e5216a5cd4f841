//! A file through the real pipeline, and its staged tables as text.

use std::{collections::BTreeMap, fs::File, path::Path};

use arrow::{
    array::{Array, AsArray},
    datatypes::{DataType, Float64Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, UInt64Type},
    record_batch::RecordBatch,
};
use orochi_ingest::pipeline::{Job, ingest};
use orochi_layout::Library;
use orochi_model::{authority::Scope, problem::Problem};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// One staged row: column to text, empty for absent. Instants are seconds since 1970.
pub type StagedRow = BTreeMap<String, String>;

/// What the reader made of a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// Profile, or `proposed`.
    pub profile: String,
    /// Staged rows by table.
    pub tables: BTreeMap<String, Vec<StagedRow>>,
    pub remarks: Vec<String>,
    pub unmapped: Vec<String>,
    pub notes: u64,
}

/// Reads a file.
///
/// # Errors
/// As [`ingest`]: the reader refuses the file.
pub fn read(native: &Path, name: &str, library: &Library, scratch: &Path) -> Result<Reading, Problem> {
    let scope = Scope { training: true, authorities: Vec::new() };
    let folder = tempfile::tempdir_in(scratch).map_err(|error| Problem::io("make", scratch, &error))?;
    let job = Job {
        native,
        name,
        staging: folder.path(),
        library,
        scope: &scope,
        target: None,
        threads: 1,
        progress: &|_| (),
    };
    let taken = ingest(&job)?;
    let mut reading = Reading {
        profile: taken.profile,
        remarks: taken.remarks,
        unmapped: taken.unmapped,
        notes: taken.tally.notes,
        tables: BTreeMap::new(),
    };
    for (table, path) in taken.tables {
        reading.tables.insert(table, staged(&path)?);
    }
    Ok(reading)
}

fn staged(path: &Path) -> Result<Vec<StagedRow>, Problem> {
    let file = File::open(path).map_err(|error| Problem::io("open", path, &error))?;
    let bug = |error: String| Problem::bug("a staged table cannot be read").because(error);
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(|builder| builder.build())
        .map_err(|error| bug(error.to_string()))?;
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| bug(error.to_string()))?;
        rows.extend((0..batch.num_rows()).map(|row| texts(&batch, row)));
    }
    Ok(rows)
}

fn texts(batch: &RecordBatch, row: usize) -> StagedRow {
    let schema = batch.schema();
    let text = |column: &dyn Array| -> String {
        if column.is_null(row) {
            return String::new();
        }
        match column.data_type() {
            DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
            DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).to_string(),
            DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
            DataType::Int32 => column.as_primitive::<Int32Type>().value(row).to_string(),
            DataType::Int16 => column.as_primitive::<Int16Type>().value(row).to_string(),
            DataType::Float64 => format!("{:.4}", column.as_primitive::<Float64Type>().value(row)),
            DataType::Boolean => column.as_boolean().value(row).to_string(),
            DataType::Timestamp(..) => {
                // Whole seconds are all that a made-up file states.
                column.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(1_000_000).to_string()
            }
            _ => String::new(),
        }
    };
    schema.fields().iter().zip(batch.columns()).map(|(field, column)| (field.name().clone(), text(column))).collect()
}
