//! The columns of a sheet, put together from mapping, tables and native file.

use std::collections::BTreeMap;

use orochi_layout::{
    field::{Field, Table},
    mapping::Mapping,
};
use orochi_model::problem::Problem;

use super::{
    Column, Example, REJECTS, Rejection, cut, native,
    tables::{Reject, SheetRows},
    value::{Value, value},
    words,
};

/// Each column, and the rejects that no column is at fault for. `taken` is the number of rows in the table.
pub(super) fn report_columns(
    mapping: &Mapping,
    part: &SheetRows<'_>,
    found: Vec<native::Column>,
    rejects: Vec<Reject>,
    taken: u64,
) -> Result<(Vec<Column>, Vec<Rejection>), Problem> {
    let held: Vec<ColumnContent> =
        (0..found.len()).map(|column| ColumnContent::from_mapping(mapping, column)).collect();
    let counts = Counts::load(mapping, part, &held)?;
    let values: Vec<Value> = held.iter().filter_map(|held| held.value).collect();
    let mut rows: Vec<u64> = found.iter().flat_map(|column| column.examples.iter().map(|(row, _)| *row)).collect();
    rows.sort_unstable();
    rows.dedup();
    let read = if values.is_empty() { BTreeMap::new() } else { part.values(&values, &rows)? };
    let mut faults = Faults::from_rejects(rejects);
    let mut place = 0;
    let mut columns = Vec::with_capacity(found.len());
    for (index, (found, held)) in found.into_iter().zip(&held).enumerate() {
        let heading = mapping.headings.get(index).map_or("", |heading| heading.trim());
        let at = held.value.map(|_| {
            place += 1;
            place - 1
        });
        let example = |(row, received): (u64, String)| Example {
            row,
            received: cut(&received),
            read: at.and_then(|at| read.get(&row)?.get(at)?.clone()),
        };
        let (rejected, rejections) = if held.is_first { faults.take(heading) } else { Default::default() };
        let absent = held.field.map(|_| counts.absent(index, taken).unwrap_or(taken - found.filled.min(taken)));
        columns.push(Column {
            column: index + 1,
            heading: heading.to_owned(),
            field: held.field,
            sure: held.field.and_then(|field| mapping.sureness.get(&field)).map(|sure| hundredths(*sure)),
            understood: held.words(mapping),
            filled: found.filled,
            absent,
            doubted: counts.doubted(held),
            rejected,
            examples: found.examples.into_iter().map(example).collect(),
            rejections,
        });
    }
    Ok((columns, faults.rest()))
}

fn hundredths(sure: f32) -> f64 {
    f64::from((sure * 100.0).round()) / 100.0
}

/// What a column holds.
struct ColumnContent {
    field: Option<Field>,
    value: Option<Value>,
    /// The operator's own text beside the value.
    is_raw: bool,
    /// Whether it is the first column of its field.
    is_first: bool,
    /// The heading of the first column of the field, where this is another.
    first: Option<String>,
}

impl ColumnContent {
    fn from_mapping(mapping: &Mapping, column: usize) -> Self {
        let field = mapping.field_of(column);
        let is_raw = field
            .is_some_and(|field| mapping.raw.get(&field) == Some(&column) && mapping.column(field) != Some(column));
        let is_first = field.is_some_and(|field| mapping.column(field) == Some(column));
        let first = field.filter(|_| !is_first && !is_raw).and_then(|field| mapping.heading(field)).map(str::to_owned);
        let value = field.and_then(|field| value(mapping.table, field));
        Self { field, value, is_raw, is_first, first }
    }

    fn words(&self, mapping: &Mapping) -> Vec<String> {
        self.field.map(|field| words::of_column(mapping, field, self.first.as_deref(), self.is_raw)).unwrap_or_default()
    }
}

/// Counts over all rows of the table.
struct Counts {
    /// Rows with a value, by column.
    present: BTreeMap<usize, u64>,
    /// Starts with two candidates.
    twice: u64,
    /// Doubts of the azimuth, and of all else about a position.
    doubts: [u64; 2],
}

impl Counts {
    fn load(mapping: &Mapping, part: &SheetRows<'_>, held: &[ColumnContent]) -> Result<Self, Problem> {
        let counted = |held: &ColumnContent| held.value.filter(|value| value.counted && held.is_first);
        let columns: Vec<(usize, Value)> =
            held.iter().enumerate().filter_map(|(column, held)| Some((column, counted(held)?))).collect();
        let mut expressions: Vec<&str> = columns.iter().map(|(_, value)| value.sql).collect();
        let communications = mapping.table == Table::Communications;
        if communications {
            expressions.push("start_alt");
        }
        let mut counts = part.counts(&expressions)?;
        let twice = if communications { counts.pop().unwrap_or_default() } else { 0 };
        let placed = matches!(mapping.table, Table::Communications | Table::Cells);
        let doubts = if placed { part.doubts()? } else { [0, 0] };
        let present = columns.into_iter().map(|(column, _)| column).zip(counts).collect();
        Ok(Self { present, twice, doubts })
    }

    /// Rows without a value; none for a column whose values the table does not hold as such.
    fn absent(&self, column: usize, taken: u64) -> Option<u64> {
        self.present.get(&column).map(|present| taken.saturating_sub(*present))
    }

    fn doubted(&self, held: &ColumnContent) -> u64 {
        use Field as F;
        match held.field {
            Some(F::Start | F::StartDate | F::StartTime) => self.twice,
            Some(F::StartAzimuth | F::EndAzimuth) => self.doubts[0],
            Some(
                F::StartEasting
                | F::EndEasting
                | F::StartNorthing
                | F::EndNorthing
                | F::StartGrid
                | F::EndGrid
                | F::StartLatitude
                | F::EndLatitude
                | F::StartLongitude
                | F::EndLongitude,
            ) => self.doubts[1],
            _ => 0,
        }
    }
}

/// Rejects by the heading of the column at fault.
struct Faults(BTreeMap<Option<String>, Vec<Reject>>);

impl Faults {
    fn from_rejects(rejects: Vec<Reject>) -> Self {
        let mut by: BTreeMap<Option<String>, Vec<Reject>> = BTreeMap::new();
        for reject in rejects {
            by.entry(reject.column.clone()).or_default().push(reject);
        }
        Self(by)
    }

    /// Those of a heading: how many, and the first of them.
    fn take(&mut self, heading: &str) -> (u64, Vec<Rejection>) {
        let all = self.0.remove(&Some(heading.to_owned())).unwrap_or_default();
        let count = all.len() as u64;
        let shown = all.into_iter().take(REJECTS).map(|reject| Rejection {
            row: reject.row,
            rows: 1,
            received: reject.text.map(|text| cut(&text)),
            reason: reject.reason,
        });
        (count, shown.collect())
    }

    /// All that is left, by reason.
    fn rest(self) -> Vec<Rejection> {
        let mut by: BTreeMap<String, Rejection> = BTreeMap::new();
        for reject in self.0.into_values().flatten() {
            let first = Rejection { row: reject.row, rows: 0, received: None, reason: reject.reason.clone() };
            let known = by.entry(reject.reason).or_insert(first);
            known.rows += 1;
            known.row = known.row.min(reject.row);
        }
        by.into_values().collect()
    }
}
