//! Cells met in communications rows, merged over blocks: one row for each distinct cell and position.
//!
//! Memory is bounded: past [`HELD`] distinct cells, those held go to the table and a new round begins, so that a file
//! in which every row names a cell of its own (no real network has so many) can give a cell twice. Readers of the table
//! take first and last sightings over all its rows anyway, as several exhibits hold the same cell.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, AsArray, StringArray, TimestampMicrosecondArray, UInt64Array},
    datatypes::{SchemaRef, TimestampMicrosecondType, UInt64Type},
    error::ArrowError,
    record_batch::RecordBatch,
    row::{RowConverter, SortField},
};
use orochi_model::problem::Problem;
use orochi_tables::schema;

/// Distinct cells held.
const HELD: usize = 1 << 19;

/// Columns that say when and where a cell was met, not which it is.
const SIGHTING: [&str; 4] = ["row", "sheet", "first_seen", "last_seen"];

/// Merges the cells of blocks, given in order.
pub struct CellsMet {
    schema: SchemaRef,
    identity: Vec<usize>,
    converter: RowConverter,
    seen: HashMap<Box<[u8]>, Sighting>,
    block: u64,
}

struct Sighting {
    block: u64,
    row: u64,
    sheet: Option<Arc<str>>,
    first: Option<i64>,
    last: Option<i64>,
}

fn bug(error: &ArrowError) -> Problem {
    Problem::bug("cannot merge the cells met in records").because(error)
}

impl CellsMet {
    /// Nothing met yet.
    ///
    /// # Errors
    /// Only when the schema cannot be compared by bytes, which is a bug.
    pub fn new() -> Result<Self, Problem> {
        let schema = schema::cells();
        let identity: Vec<usize> =
            (0..schema.fields().len()).filter(|at| !SIGHTING.contains(&schema.field(*at).name().as_str())).collect();
        let fields = identity.iter().map(|at| SortField::new(schema.field(*at).data_type().clone())).collect();
        let converter = RowConverter::new(fields).map_err(|error| bug(&error))?;
        Ok(Self { schema, identity, converter, seen: HashMap::new(), block: 0 })
    }

    /// Takes the cells of the next block in; gives those held when there are too many.
    ///
    /// # Errors
    /// When the columns are not those of the table `cells`, which is a bug.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<Option<RecordBatch>, Problem> {
        if batch.schema_ref().fields() != self.schema.fields() {
            return Err(Problem::bug("cells met in records do not fit their table"));
        }
        let columns: Vec<ArrayRef> = self.identity.iter().map(|at| Arc::clone(batch.column(*at))).collect();
        let identities = self.converter.convert_columns(&columns).map_err(|error| bug(&error))?;
        let (Some(rows), Some(sheets), Some(first), Some(last)) = (
            batch.column_by_name("row").and_then(|column| column.as_primitive_opt::<UInt64Type>()),
            batch.column_by_name("sheet").and_then(|column| column.as_string_opt::<i32>()),
            batch.column_by_name("first_seen").and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>()),
            batch.column_by_name("last_seen").and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>()),
        ) else {
            return Err(Problem::bug("cells met in records do not fit their table"));
        };
        self.block += 1;
        for (at, identity) in identities.iter().enumerate() {
            let time = |column: &TimestampMicrosecondArray| column.is_valid(at).then(|| column.value(at));
            let (first, last, row) = (time(first), time(last), rows.value(at));
            if let Some(sighting) = self.seen.get_mut(identity.as_ref()) {
                if sighting.block == self.block {
                    sighting.row = sighting.row.min(row);
                }
                // An absent time says nothing; `min` alone would prefer it.
                sighting.first = sighting.first.into_iter().chain(first).min();
                sighting.last = sighting.last.into_iter().chain(last).max();
            } else {
                let sheet = sheets.is_valid(at).then(|| sheets.value(at).into());
                self.seen.insert(identity.as_ref().into(), Sighting { block: self.block, row, sheet, first, last });
            }
        }
        if self.seen.len() >= HELD { self.take() } else { Ok(None) }
    }

    /// The cells held, in the order in which they were first met, and none held after.
    ///
    /// # Errors
    /// Only when columns cannot be assembled, which is a bug.
    pub fn take(&mut self) -> Result<Option<RecordBatch>, Problem> {
        if self.seen.is_empty() {
            return Ok(None);
        }
        let mut met: Vec<(Box<[u8]>, Sighting)> = self.seen.drain().collect();
        met.sort_unstable_by(|a, b| (a.1.block, a.1.row, &a.0).cmp(&(b.1.block, b.1.row, &b.0)));
        let parser = self.converter.parser();
        let identities = self
            .converter
            .convert_rows(met.iter().map(|(identity, _)| parser.parse(identity)))
            .map_err(|error| bug(&error))?;
        let time = |of: fn(&Sighting) -> Option<i64>| {
            Arc::new(
                met.iter()
                    .map(|(_, sighting)| of(sighting))
                    .collect::<TimestampMicrosecondArray>()
                    .with_timezone("UTC"),
            )
        };
        let mut identities = identities.into_iter();
        let mut columns: Vec<ArrayRef> = Vec::new();
        for field in self.schema.fields() {
            columns.push(match field.name().as_str() {
                "row" => Arc::new(met.iter().map(|(_, sighting)| sighting.row).collect::<UInt64Array>()),
                "sheet" => Arc::new(met.iter().map(|(_, sighting)| sighting.sheet.as_deref()).collect::<StringArray>()),
                "first_seen" => time(|sighting| sighting.first),
                "last_seen" => time(|sighting| sighting.last),
                _ => identities.next().ok_or_else(|| Problem::bug("a column of the cells met is missing"))?,
            });
        }
        RecordBatch::try_new(Arc::clone(&self.schema), columns).map(Some).map_err(|error| bug(&error))
    }
}
