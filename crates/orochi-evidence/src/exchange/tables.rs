//! The tables as they are, as CSV or Parquet: a folder with a file for each, and one of the findings' reasons.
//!
//! In CSV a training case's rows carry a first column `marking`; in Parquet the file's own metadata do.

use std::path::Path;

use orochi_model::problem::Problem;

use super::{
    Export, Written, reasons,
    source::{event_condition, interval_condition},
    table::{CsvTable, ParquetTable},
};
use crate::atomic_output::WholeFolder;

/// Each table's name and its rows in their order.
fn queries(export: &Export<'_>) -> Vec<(&'static str, String)> {
    let filter = export.filter;
    let used = if filter.is_all() {
        String::new()
    } else {
        format!(" WHERE cell IN (SELECT cell FROM presences{})", interval_condition(filter))
    };
    let linked = if filter.is_all() {
        String::new()
    } else {
        format!(" WHERE event IN (SELECT event FROM events{})", event_condition(filter))
    };
    let rows = "exhibit, sheet, \"row\"";
    vec![
        ("events", format!("SELECT * FROM events{} ORDER BY start, event", event_condition(filter))),
        ("event_records", format!("SELECT * FROM event_records{linked} ORDER BY event, {rows}")),
        (
            "presences",
            format!(
                "SELECT * FROM presences{} ORDER BY {rows}, \"from\", \"to\", cell, number",
                interval_condition(filter)
            ),
        ),
        (
            "tenancies",
            format!(
                "SELECT * FROM tenancies{} ORDER BY imsi, imei, number, \"from\", \"to\", {rows}",
                interval_condition(filter)
            ),
        ),
        ("cells", format!("SELECT * FROM cells{used} ORDER BY cell, {rows}, latitude, longitude")),
        ("subscribers", format!("SELECT * FROM subscribers{} ORDER BY number, {rows}", interval_condition(filter))),
    ]
}

pub(super) fn write_csv(export: &Export<'_>, out: &Path) -> Result<Written, Problem> {
    let folder = WholeFolder::begin(out)?;
    let mut written = Written { findings: export.opinions.all.len() as u64, ..Written::default() };
    for (name, sql) in queries(export) {
        let batches = export.engine.stream(&sql)?;
        let file = folder.file(&format!("{name}.csv"))?;
        let mut table = CsvTable::begin(&batches.schema(), export.about.training, file)?;
        let mut rows = 0;
        for batch in batches {
            rows += table.write(&batch?)?;
        }
        table.finish()?;
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
        let batches = export.engine.stream(&sql)?;
        let file = folder.file(&format!("{name}.parquet"))?;
        let mut table = ParquetTable::begin(batches.schema(), export.about.training, file)?;
        let mut rows = 0;
        for batch in batches {
            rows += table.write(&batch?)?;
        }
        table.finish()?;
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
