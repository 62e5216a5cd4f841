//! The case's tables, each as CSV and as Parquet from one reading, rows in a fixed order.

use orochi_case::Engine;
use orochi_model::problem::Problem;

use super::{CountedFile, redaction::Redaction};
use crate::atomic_output::WholeFolder;
use crate::exchange::table::{CsvTable, ParquetTable};

/// Each table and its order. What native files hold comes first, then what is derived from it.
const TABLES: [(&str, &str); 12] = [
    ("records", "exhibit, sheet, \"row\""),
    ("excess", "exhibit, sheet, \"row\""),
    ("rejects", "exhibit, sheet, \"row\", \"column\", text"),
    ("cells", "exhibit, sheet, \"row\", cell, latitude, longitude"),
    ("subscribers", "exhibit, sheet, \"row\""),
    ("topups", "exhibit, sheet, \"row\""),
    ("handsets", "exhibit, sheet, \"row\""),
    ("postcodes", "exhibit, sheet, \"row\", postcode"),
    ("events", "start, event"),
    ("event_records", "event, exhibit, sheet, \"row\""),
    ("tenancies", "imsi, imei, number, \"from\", \"to\", exhibit, sheet, \"row\""),
    ("presences", "exhibit, sheet, \"row\", \"from\", \"to\", cell, number"),
];

/// Writes them. Excess data that was not released is no part of the case: a redacted disclosure leaves it out.
pub(super) fn write(
    engine: &Engine,
    training: bool,
    redaction: Option<&Redaction>,
    folder: &WholeFolder,
) -> Result<Vec<CountedFile>, Problem> {
    let mut written = Vec::new();
    for (table, order) in TABLES.into_iter().filter(|(table, _)| redaction.is_none() || *table != "excess") {
        let sql = match redaction {
            Some(_) => without_traces(table, order),
            None => format!("SELECT * FROM {table} ORDER BY {order}"),
        };
        let name = format!("tables/{table}");
        let batches = engine.stream(&sql)?;
        let schema = batches.schema();
        let mut csv = CsvTable::begin(&schema, training, folder.file(&format!("{name}.csv"))?)?;
        let mut parquet = ParquetTable::begin(schema, training, folder.file(&format!("{name}.parquet"))?)?;
        let mut rows = 0;
        for batch in batches {
            let batch = match redaction {
                Some(redaction) => redaction.batch(table, &batch?)?,
                None => batch?,
            };
            csv.write(&batch)?;
            rows += parquet.write(&batch)?;
        }
        csv.finish()?;
        parquet.finish()?;
        written.push(CountedFile { name, rows });
    }
    Ok(written)
}

/// A table without what an identifier could be worked out from. A record's `key` is a hash of its content: whoever
/// knows the rest of a row could try all numbers. Events are counted in the order of their parties, and are counted
/// anew in the order of time.
fn without_traces(table: &str, order: &str) -> String {
    let counted = "SELECT row_number() OVER (ORDER BY start, event) AS place, * FROM events";
    match table {
        "records" => format!("SELECT * EXCEPT (\"key\") FROM records ORDER BY {order}"),
        "events" => format!("SELECT place AS event, * EXCEPT (place, event) FROM ({counted}) ORDER BY 1"),
        "event_records" => format!(
            "SELECT counted.place AS event, links.exhibit, links.sheet, links.\"row\"
             FROM event_records AS links JOIN ({counted}) AS counted ON links.event = counted.event
             ORDER BY 1, 2, 3, 4"
        ),
        _ => format!("SELECT * FROM {table} ORDER BY {order}"),
    }
}
