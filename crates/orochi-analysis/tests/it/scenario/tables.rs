//! A world as the tables a method reads.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Int32Array, RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array, UInt64Array,
};
use datafusion::prelude::SessionContext;
use orochi_analysis::tables::{EachBatch, Tables};
use orochi_analysis::views;
use orochi_case::Block;
use orochi_model::problem::Problem;
use orochi_tables::schema;

use super::Happening;

/// Monday 3 June 2024, 00:00 in London.
pub const START: i64 = 1_717_369_200;

/// An engine over tables in memory.
pub struct Memory {
    pub context: SessionContext,
    runtime: tokio::runtime::Runtime,
}

impl Memory {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Self { context: SessionContext::new(), runtime }
    }

    pub fn put(&self, name: &str, batch: RecordBatch) {
        self.context.deregister_table(name).unwrap();
        self.context.register_batch(name, batch).unwrap();
    }
}

impl Tables for Memory {
    fn stream(&self, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        let bug = |e: datafusion::error::DataFusionError| Problem::bug(sql).because(e);
        let batches = self.runtime.block_on(async { self.context.sql(sql).await?.collect().await }).map_err(bug)?;
        batches.into_iter().try_for_each(each)
    }

    fn blocks(&self) -> Result<Vec<Block>, Problem> {
        let mut blocks = Vec::new();
        self.stream("SELECT * FROM records", &mut |batch| {
            blocks.push(Block::held("EX0001", batch));
            Ok(())
        })?;
        Ok(blocks)
    }

    fn stream_in(&self, session: &SessionContext, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        let bug = |e: datafusion::error::DataFusionError| Problem::bug(sql).because(e);
        self.runtime.block_on(views::register_presences(session))?;
        let batches = self.runtime.block_on(async { session.sql(sql).await?.collect().await }).map_err(bug)?;
        batches.into_iter().try_for_each(each)
    }
}

fn times(values: Vec<i64>) -> ArrayRef {
    Arc::new(TimestampMicrosecondArray::from(values).with_data_type(schema::timestamp()))
}

fn texts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn nothing(n: usize, field: &arrow::datatypes::Field) -> ArrayRef {
    arrow::array::new_null_array(field.data_type(), n)
}

/// `held`: whose data is held; `None` for everybody's, without a word about sides.
pub fn events(happenings: &[Happening], held: Option<&BTreeSet<String>>) -> Memory {
    let mut list: Vec<(&Happening, String)> = happenings
        .iter()
        .filter_map(|h| {
            let sides = held.map_or(Some(String::new()), |held| {
                let sides: String =
                    [(&h.a, 'A'), (&h.b, 'B')].iter().filter(|(n, _)| held.contains(*n)).map(|(_, s)| *s).collect();
                (!sides.is_empty()).then_some(sides)
            })?;
            Some((h, sides))
        })
        .collect();
    list.sort();
    let n = list.len();
    let ids = || -> ArrayRef { Arc::new(UInt64Array::from_iter_values(0..n as u64)) };
    let exhibit = || texts((0..n).map(|_| Some("EX0001")));
    let schema_of = schema::events();
    let null = |name: &str| nothing(n, schema_of.field_with_name(name).unwrap());
    let start = times(list.iter().map(|(h, _)| (START + h.at) * 1_000_000).collect());
    let columns: Vec<ArrayRef> = vec![
        ids(),
        texts(list.iter().map(|(h, _)| Some(if h.seconds.is_some() { "call" } else { "text" }))),
        texts(list.iter().map(|(h, _)| Some(h.a.as_str()))),
        texts(list.iter().map(|(h, _)| Some(h.b.as_str()))),
        null("c"),
        start,
        null("start_alt"),
        null("end"),
        Arc::new(list.iter().map(|(h, _)| h.seconds.map(|s| s as i32)).collect::<Int32Array>()),
        texts(list.iter().map(|(h, _)| h.seconds.map(|s| if s == 0 { "missed" } else { "answered" }))),
        texts(list.iter().map(|(_, sides)| Some(sides.as_str()))),
        Arc::new(UInt32Array::from_iter_values((0..n).map(|_| 1))),
        null("doubt"),
        exhibit(),
        null("sheet"),
        Arc::new(UInt64Array::from_iter_values((0..n as u64).map(|i| i + 2))),
    ];
    let memory = Memory::new();
    memory.put("events", RecordBatch::try_new(schema::events(), columns).unwrap());
    let links = schema::event_records();
    let columns: Vec<ArrayRef> = vec![
        ids(),
        exhibit(),
        nothing(n, links.field_with_name("sheet").unwrap()),
        Arc::new(UInt64Array::from_iter_values((0..n as u64).map(|i| i + 2))),
    ];
    memory.put("event_records", RecordBatch::try_new(links, columns).unwrap());
    memory.put("records", RecordBatch::new_empty(schema::records()));
    memory
}
