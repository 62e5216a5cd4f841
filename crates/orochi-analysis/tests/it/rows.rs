//! Records by hand, as a table in memory.

use std::sync::Arc;

use crate::scenario::tables::Memory;
use arrow::array::{ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray, UInt64Array, new_null_array};
use arrow::util::pretty::pretty_format_batches;
use orochi_analysis::tables::Tables;
use orochi_tables::schema;

/// A record by the columns that matter; all others are null. `start` and `end` are seconds.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub kind: &'static str,
    pub side: Option<&'static str>,
    pub a: &'static str,
    pub b: &'static str,
    pub c: Option<&'static str>,
    pub exhibit: Option<&'static str>,
    pub start: i64,
    pub end: Option<i64>,
    pub duration: Option<i32>,
    pub outcome: Option<&'static str>,
    pub imsi: Option<&'static str>,
    pub imei: Option<&'static str>,
    pub cell: Option<&'static str>,
    pub end_cell: Option<&'static str>,
    pub network: Option<&'static str>,
}

/// An engine over these records, numbered from row 2 on.
pub fn memory(rows: &[Row]) -> Memory {
    let mut fields = vec![Arc::new(arrow::datatypes::Field::new("exhibit", arrow::datatypes::DataType::Utf8, false))];
    fields.extend(schema::records().fields().iter().cloned());
    let schema = Arc::new(arrow::datatypes::Schema::new(fields));
    let text = |f: &dyn Fn(&Row) -> Option<&'static str>| -> ArrayRef {
        Arc::new(rows.iter().map(f).collect::<StringArray>())
    };
    let time = |f: &dyn Fn(&Row) -> Option<i64>| -> ArrayRef {
        let values: TimestampMicrosecondArray = rows.iter().map(|r| f(r).map(|s| s * 1_000_000)).collect();
        Arc::new(values.with_data_type(schema::timestamp()))
    };
    let columns = schema
        .fields()
        .iter()
        .map(|field| match field.name().as_str() {
            "exhibit" => text(&|r| Some(r.exhibit.unwrap_or("EX0001"))),
            "row" => Arc::new(UInt64Array::from_iter_values((0..rows.len() as u64).map(|i| i + 2))) as ArrayRef,
            "key" => Arc::new(UInt64Array::from_iter_values(0..rows.len() as u64)),
            "kind" => text(&|r| Some(r.kind)),
            "side" => text(&|r| r.side),
            "target" => text(&|r| if r.side == Some("B") { Some(r.b) } else { Some(r.a) }),
            "a" => text(&|r| Some(r.a)),
            "b" => text(&|r| Some(r.b)),
            "c" => text(&|r| r.c),
            "start" => time(&|r| Some(r.start)),
            "end" => time(&|r| r.end),
            "start_text" | "zone" => text(&|_| Some("UTC")),
            "duration_s" => Arc::new(rows.iter().map(|r| r.duration).collect::<arrow::array::Int32Array>()),
            "outcome" => text(&|r| r.outcome),
            "imsi" => text(&|r| r.imsi),
            "imei" => text(&|r| r.imei),
            "start_cell" => text(&|r| r.cell),
            "end_cell" => text(&|r| r.end_cell),
            "network" => text(&|r| r.network),
            _ => new_null_array(field.data_type(), rows.len()),
        })
        .collect();
    let memory = Memory::new();
    memory.put("records", RecordBatch::try_new(schema, columns).unwrap());
    memory
}

/// The rows of a query, columns with a space between.
pub fn query(memory: &Memory, sql: &str) -> String {
    let mut batches = Vec::new();
    memory
        .stream(sql, &mut |batch| {
            batches.push(batch);
            Ok(())
        })
        .unwrap();
    let table = pretty_format_batches(&batches).unwrap().to_string();
    let rows = table.lines().filter(|line| line.starts_with('|')).skip(1);
    rows.map(|line| line.split('|').map(str::trim).filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Registers a Parquet file as a table.
pub fn put_file(memory: &Memory, name: &str, path: &std::path::Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let options = datafusion::prelude::ParquetReadOptions::default();
    runtime.block_on(memory.context.register_parquet(name, path.to_str().unwrap(), options)).unwrap();
}
