//! The pass over all records beside the same asked in SQL and counted row by row.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Float64Array, Int16Array, RecordBatch, StringArray, TimestampMicrosecondArray, UInt64Array,
    new_null_array,
};
use datafusion::prelude::SessionContext;
use orochi_case::Block;
use orochi_tables::schema;
use proptest::prelude::*;

use super::*;
use crate::facts::owner;
use crate::registrations::phone_track::load_tracks;
use crate::registrations::places::{Masts, distance};
use crate::tables::{EachBatch, Tables, texts};
use crate::views;

/// Tables in memory; records are in two blocks.
struct HeldRecords {
    session: SessionContext,
    runtime: tokio::runtime::Runtime,
    blocks: Vec<Block>,
}

impl Tables for HeldRecords {
    fn stream(&self, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        let batches = self.runtime.block_on(async { self.session.sql(sql).await?.collect().await });
        batches
            .map_err(|e: datafusion::error::DataFusionError| Problem::bug(sql).because(e))?
            .into_iter()
            .try_for_each(each)
    }

    fn blocks(&self) -> Result<Vec<Block>, Problem> {
        Ok(self.blocks.clone())
    }

    fn stream_in(&self, session: &SessionContext, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        self.runtime.block_on(views::register_presences(session))?;
        let batches = self.runtime.block_on(async { session.sql(sql).await?.collect().await });
        batches
            .map_err(|e: datafusion::error::DataFusionError| Problem::bug(sql).because(e))?
            .into_iter()
            .try_for_each(each)
    }
}

/// A record: the side, the two numbers, the first and last cell, the minute.
type RecordRow = (u8, u8, u8, Option<u8>, Option<u8>, u16);

fn table(schema: &arrow::datatypes::SchemaRef, rows: usize, columns: &[(&str, ArrayRef)]) -> RecordBatch {
    let column = |field: &Arc<arrow::datatypes::Field>| {
        let found = columns.iter().find(|(name, _)| name == field.name());
        found.map_or_else(|| new_null_array(field.data_type(), rows), |(_, array)| array.clone())
    };
    RecordBatch::try_new(schema.clone(), schema.fields().iter().map(column).collect()).unwrap()
}

fn with_exhibit(schema: &arrow::datatypes::SchemaRef) -> arrow::datatypes::SchemaRef {
    let exhibit = Arc::new(arrow::datatypes::Field::new("exhibit", arrow::datatypes::DataType::Utf8, false));
    let fields: Vec<_> = std::iter::once(exhibit).chain(schema.fields().iter().cloned()).collect();
    Arc::new(arrow::datatypes::Schema::new(fields))
}

fn nullable(schema: &arrow::datatypes::SchemaRef) -> arrow::datatypes::SchemaRef {
    let fields: Vec<_> = schema.fields().iter().map(|f| Arc::new(f.as_ref().clone().with_nullable(true))).collect();
    Arc::new(arrow::datatypes::Schema::new(fields))
}

fn text<T>(rows: &[T], of: impl Fn(&T) -> Option<String>) -> ArrayRef {
    Arc::new(rows.iter().map(of).collect::<StringArray>())
}

fn times_of<T>(rows: &[T], of: impl Fn(&T) -> Option<i64>) -> ArrayRef {
    Arc::new(rows.iter().map(of).collect::<TimestampMicrosecondArray>().with_data_type(schema::timestamp()))
}

/// A minute of the test as microseconds UTC, from 1 January 2024 on.
fn instant(minute: i64) -> i64 {
    (28_401_120 + minute) * 60_000_000
}

fn number(n: u8) -> String {
    format!("+4477009001{n:02}")
}

/// Ten cells 4 km apart; cell 3 was moved, and cell 5 is known for a part of the time.
fn record_tables(rows: &[RecordRow]) -> HeldRecords {
    let cells: Vec<(usize, f64, Option<i64>, Option<i64>)> = (0..10)
        .map(|n| (n, 52.0 + n as f64 * 0.036, None, (n == 5).then_some(2_000)))
        .chain([(3, 52.3, Some(1_500), None)])
        .collect();
    let lists = table(
        &with_exhibit(&nullable(&schema::cells())),
        cells.len(),
        &[
            ("exhibit", text(&cells, |_| Some("EX0009".into()))),
            ("row", Arc::new(UInt64Array::from_iter_values(0..cells.len() as u64))),
            ("cell", text(&cells, |one| Some(format!("C{}", one.0)))),
            ("origin", text(&cells, |_| Some("list".into()))),
            ("latitude", Arc::new(cells.iter().map(|one| Some(one.1)).collect::<Float64Array>())),
            ("longitude", Arc::new(cells.iter().map(|_| Some(0.0)).collect::<Float64Array>())),
            ("azimuth", Arc::new(cells.iter().map(|_| Some(120)).collect::<Int16Array>())),
            ("valid_from", times_of(&cells, |one| one.2.map(instant))),
            ("valid_to", times_of(&cells, |one| one.3.map(instant))),
        ],
    );
    let session = SessionContext::new();
    session.register_batch("cells", lists).unwrap();
    let block = |rows: &[RecordRow]| {
        let side = |row: &RecordRow| ["A", "B"].get(usize::from(row.0)).map(|side| (*side).to_owned());
        let cell = |cell: Option<u8>| cell.map(|cell| format!("C{cell}"));
        let at = |row: &RecordRow| Some(instant(i64::from(row.5)));
        table(
            &with_exhibit(&nullable(&schema::records())),
            rows.len(),
            &[
                ("exhibit", text(rows, |_| Some("EX0001".into()))),
                ("row", Arc::new(UInt64Array::from_iter_values(0..rows.len() as u64))),
                ("kind", text(rows, |_| Some("call".into()))),
                ("side", text(rows, side)),
                ("target", text(rows, |row| Some(number(row.1)))),
                ("a", text(rows, |row| Some(number(row.1)))),
                ("b", text(rows, |row| Some(number(row.2)))),
                ("start", times_of(rows, at)),
                ("start_cell", text(rows, |row| cell(row.3))),
                ("end_cell", text(rows, |row| cell(row.4))),
            ],
        )
    };
    let (first, second) = rows.split_at(rows.len() / 2);
    let blocks = vec![block(first), block(second)];
    let schema = blocks[0].schema();
    let all = datafusion::datasource::MemTable::try_new(schema, vec![blocks.clone()]).unwrap();
    session.register_table("records", Arc::new(all)).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    HeldRecords { session, runtime, blocks: blocks.into_iter().map(|batch| Block::held("EX0001", batch)).collect() }
}

/// Near numbers, how many others there are, and registrations of each, the slow way.
fn slowly(
    tables: &HeldRecords,
    masts: &Masts,
    path: &ReferencePath,
    known: &str,
) -> (Vec<(u32, String)>, usize, BTreeMap<String, u64>) {
    let mut hours: BTreeMap<String, HashSet<i64>> = BTreeMap::new();
    let (mut begins, mut counts) = (BTreeMap::<String, u64>::new(), BTreeMap::<String, u64>::new());
    let sql = format!("SELECT {} AS number, start_cell, end_cell, start FROM records", owner::OWNER_SQL);
    tables
        .stream(&sql, &mut |batch| {
            let (number, first) = (texts(&batch, "number")?, texts(&batch, "start_cell")?);
            let (last, at) = (texts(&batch, "end_cell")?, times(&batch, "start")?);
            for row in 0..batch.num_rows() {
                let number = number.get(row).unwrap().to_owned();
                *counts.entry(number.clone()).or_default() +=
                    u64::from(first.get(row).is_some()) + u64::from(last.get(row).is_some());
                let Some(cell) = first.get(row) else { continue };
                *begins.entry(number.clone()).or_default() += 1;
                let second = at.value(row) / 1_000_000;
                let Some(mast) = masts.mast_at(cell, at.value(row), "EX0001") else { continue };
                let near = |(other, place): &(i64, usize)| {
                    (other - second).abs() <= path.gap
                        && distance(path.places[*place], (mast.latitude, mast.longitude)) <= path.near_m
                };
                if path.at.iter().any(near) {
                    hours.entry(number).or_default().insert(second / HOUR_S);
                }
            }
            Ok(())
        })
        .unwrap();
    hours.remove(known);
    let mut near: Vec<(u32, String)> = hours.into_iter().map(|(name, hours)| (hours.len() as u32, name)).collect();
    near.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    counts.retain(|_, count| *count > 0);
    (near, begins.keys().filter(|name| *name != known).count(), counts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn one_look_finds_what_sql_and_counting_find(
        rows in prop::collection::vec(
            (0u8..3, 0u8..6, 0u8..6, prop::option::weighted(0.9, 0u8..10), prop::option::weighted(0.3, 0u8..10),
            0u16..3_000), 2..200)
    ) {
        let tables = record_tables(&rows);
        let registrations = CaseRegistrations::load(&tables).unwrap();
        let known = number(0);
        let settings = Settings { near_m: 6_000.0, ..Settings::default() };
        let own = load_tracks(&registrations, &[&known]).unwrap().remove(0);
        let met = nearby_numbers(&registrations, &own, &[&known], None, &settings).unwrap();
        let path = ReferencePath::new(&own, None, &settings);
        let (found, others, counts) = slowly(&tables, &registrations.masts, &path, &known);
        prop_assert_eq!(met.near, found.into_iter().map(|one| one.1).collect::<Vec<_>>());
        prop_assert_eq!(met.numbers, others);
        prop_assert_eq!(registrations.registrations_by_number(), counts);
    }
}
