//! The tables as they are, as CSV or Parquet: a folder with a file for each, and one of the findings' reasons.
//!
//! In CSV a training case's rows carry a first column `marking`; in Parquet the file's own metadata do.

use std::{fs::File, io::Write, path::Path};

use arrow::{
    array::{Array, AsArray, RecordBatch},
    datatypes::TimestampMicrosecondType,
    util::display::{ArrayFormatter, FormatOptions},
};
use orochi_case::Engine;
use orochi_model::problem::Problem;
use parquet::{
    arrow::ArrowWriter,
    basic::Compression,
    file::{metadata::KeyValue, properties::WriterProperties},
};

use super::{
    Export, Written,
    cell::safe,
    forms, reasons,
    whole::{WholeFolder, unwritten},
};

/// Each table's name and its rows in their order.
fn queries(export: &Export<'_>) -> Vec<(&'static str, String)> {
    let filter = export.filter;
    let used = if filter.is_all() {
        String::new()
    } else {
        format!(" WHERE cell IN (SELECT cell FROM presences{})", filter.presences())
    };
    let linked = if filter.is_all() {
        String::new()
    } else {
        format!(" WHERE event IN (SELECT event FROM events{})", filter.events())
    };
    let rows = "exhibit, sheet, \"row\"";
    vec![
        ("events", format!("SELECT * FROM events{} ORDER BY start, event", filter.events())),
        ("event_records", format!("SELECT * FROM event_records{linked} ORDER BY event, {rows}")),
        (
            "presences",
            format!("SELECT * FROM presences{} ORDER BY {rows}, \"from\", \"to\", cell, number", filter.presences()),
        ),
        (
            "tenancies",
            format!(
                "SELECT * FROM tenancies{} ORDER BY imsi, imei, number, \"from\", \"to\", {rows}",
                filter.tenancies()
            ),
        ),
        ("cells", format!("SELECT * FROM cells{used} ORDER BY cell, {rows}, latitude, longitude")),
        ("subscribers", format!("SELECT * FROM subscribers{} ORDER BY number, {rows}", filter.subscribers())),
    ]
}

pub(super) fn write_csv(export: &Export<'_>, out: &Path) -> Result<Written, Problem> {
    let folder = WholeFolder::begin(out)?;
    let mut written = Written { findings: export.opinions.all.len() as u64, ..Written::default() };
    for (name, sql) in queries(export) {
        let rows =
            csv_table(export.engine, &sql, export.about.training, &Ok, &mut folder.file(&format!("{name}.csv"))?)?;
        tally(&mut written, name, rows);
    }
    reasons::write_csv(export, &mut folder.file("findings.csv")?)?;
    folder.finish()?;
    Ok(written)
}

pub(super) fn write_parquet(export: &Export<'_>, out: &Path) -> Result<Written, Problem> {
    let folder = WholeFolder::begin(out)?;
    let mut written = Written { findings: export.opinions.all.len() as u64, ..Written::default() };
    for (name, sql) in queries(export) {
        let rows = parquet_table(
            export.engine,
            &sql,
            export.about.training,
            &Ok,
            &folder.path().join(format!("{name}.parquet")),
        )?;
        tally(&mut written, name, rows);
    }
    reasons::write_csv(export, &mut folder.file("findings.csv")?)?;
    folder.finish()?;
    Ok(written)
}

fn tally(written: &mut Written, name: &str, rows: u64) {
    match name {
        "events" => written.events = rows,
        "presences" => written.presences = rows,
        "tenancies" => written.tenancies = rows,
        "cells" => written.cells = rows,
        _ => {}
    }
}

/// What becomes of each batch on its way out.
pub(crate) type Change<'a> = &'a dyn Fn(RecordBatch) -> Result<RecordBatch, Problem>;

/// Streams one query into CSV; times are RFC 3339 in UTC. Returns the rows.
pub(crate) fn csv_table(
    engine: &Engine,
    sql: &str,
    training: bool,
    change: Change<'_>,
    out: &mut dyn Write,
) -> Result<u64, Problem> {
    let batches = engine.stream(sql)?;
    let mut csv = csv::Writer::from_writer(out);
    let marking = training.then_some("marking");
    let schema = batches.schema();
    csv.write_record(marking.into_iter().chain(schema.fields().iter().map(|field| field.name().as_str())))
        .map_err(unwritten)?;
    let mut rows = 0;
    for batch in batches {
        let batch = change(batch?)?;
        let columns = batch.columns().iter().map(|column| Texts::of(column.as_ref())).collect::<Result<Vec<_>, _>>()?;
        for row in 0..batch.num_rows() {
            if training {
                csv.write_field("TRAINING").map_err(unwritten)?;
            }
            for column in &columns {
                csv.write_field(column.cell(row)?).map_err(unwritten)?;
            }
            csv.write_record(None::<&[u8]>).map_err(unwritten)?;
        }
        rows += batch.num_rows() as u64;
    }
    csv.flush().map_err(unwritten)?;
    Ok(rows)
}

/// A column's values as cells.
enum Texts<'a> {
    Time(arrow::array::TimestampMicrosecondArray),
    Other(&'a dyn Array, ArrayFormatter<'a>),
}

const OPTIONS: FormatOptions<'static> = FormatOptions::new();

impl<'a> Texts<'a> {
    fn of(array: &'a dyn Array) -> Result<Self, Problem> {
        let bug = |error| Problem::bug("a column cannot be written as text").because(error);
        if let Some(times) = array.as_primitive_opt::<TimestampMicrosecondType>() {
            return Ok(Self::Time(times.clone()));
        }
        Ok(Self::Other(array, ArrayFormatter::try_new(array, &OPTIONS).map_err(bug)?))
    }

    fn cell(&self, row: usize) -> Result<String, Problem> {
        match self {
            Self::Time(times) if times.is_valid(row) => forms::instant(times.value(row)),
            Self::Other(array, formatter) if array.is_valid(row) => {
                let text = formatter.value(row).to_string();
                Ok(if array.data_type().is_numeric() { text } else { safe(&text) })
            }
            _ => Ok(String::new()),
        }
    }
}

/// Streams one query into a Parquet file. Returns the rows.
pub(crate) fn parquet_table(
    engine: &Engine,
    sql: &str,
    training: bool,
    change: Change<'_>,
    path: &Path,
) -> Result<u64, Problem> {
    let batches = engine.stream(sql)?;
    let file = File::create_new(path).map_err(|error| Problem::io("make the output file", path, &error))?;
    let mut writer =
        ArrowWriter::try_new(file, batches.schema(), Some(parquet_properties(training))).map_err(unwritten)?;
    let mut rows = 0;
    for batch in batches {
        let batch = change(batch?)?;
        rows += batch.num_rows() as u64;
        writer.write(&batch).map_err(unwritten)?;
    }
    writer.close().map_err(unwritten)?;
    Ok(rows)
}

/// How a Parquet file is written; a training case's carries the marking in its metadata.
pub(crate) fn parquet_properties(training: bool) -> WriterProperties {
    let mut properties =
        WriterProperties::builder().set_compression(Compression::LZ4_RAW).set_created_by("orochi".to_owned());
    if training {
        let marking = KeyValue::new("marking".to_owned(), super::words::TRAINING.to_owned());
        properties = properties.set_key_value_metadata(Some(vec![marking]));
    }
    properties.build()
}
