//! What the exhibit's own tables say of a sheet: how many rows have a value of each field, which rows there are, and
//! the values of some of them.
//!
//! Counts are of all that was read, excess data among it; values are shown of rows that the views show, so that
//! quarantined rows stay out of sight.

use std::collections::BTreeMap;

use arrow::{
    array::{Array, AsArray, RecordBatch},
    datatypes::{Int64Type, UInt64Type},
    util::display::{ArrayFormatter, FormatOptions},
};
use orochi_layout::field::Table;
use orochi_model::problem::Problem;

use super::value::Value;
use crate::{engine::Engine, views::literal};

/// The numbers of rows, as a set that grows with the file's length and not with their count.
#[derive(Debug, Default)]
pub(super) struct Rows {
    words: Vec<u64>,
    pub count: u64,
}

impl Rows {
    fn insert(&mut self, row: u64) {
        let (word, bit) = ((row / 64) as usize, 1_u64 << (row % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.count += u64::from(self.words[word] & bit == 0);
        self.words[word] |= bit;
    }

    pub(super) fn holds(&self, row: u64) -> bool {
        self.words.get((row / 64) as usize).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }
}

/// A sheet's part of the tables.
pub(super) struct SheetRows<'a> {
    engine: &'a Engine,
    table: Table,
    place: String,
    /// What the views show of the exhibit: of the sheet's table, and of the rejects.
    view: String,
    rejects: String,
}

/// A row that was rejected.
#[derive(Clone, Debug)]
pub(super) struct Reject {
    pub row: u64,
    pub column: Option<String>,
    pub text: Option<String>,
    pub reason: String,
}

impl<'a> SheetRows<'a> {
    pub(super) fn new(engine: &'a Engine, exhibit: &str, sheet: Option<&str>, table: Table) -> Result<Self, Problem> {
        let sheet = sheet.map_or_else(|| "sheet IS NULL".to_owned(), |sheet| format!("sheet = {}", literal(sheet)));
        let mut place = format!("exhibit = {} AND {sheet}", literal(exhibit));
        if table == Table::Cells {
            place.push_str(" AND origin = 'list'");
        }
        // Cells are shown as their list states them, whatever places them in the view.
        let view = match table {
            Table::Cells => "stored_cells".to_owned(),
            table => format!("({})", engine.snapshot.exhibit_view(exhibit, name(table))?),
        };
        let rejects = format!("({})", engine.snapshot.exhibit_view(exhibit, "rejects")?);
        Ok(Self { engine, table, place, view, rejects })
    }

    /// All rows of the sheet that became a row of its table.
    fn all(&self) -> String {
        let place = &self.place;
        match self.table {
            Table::Communications => format!(
                "(SELECT * FROM stored_records WHERE {place} UNION ALL SELECT * EXCEPT (reason) FROM stored_excess \
                 WHERE {place})"
            ),
            table => format!("(SELECT * FROM stored_{} WHERE {place})", name(table)),
        }
    }

    fn rows_of(&self, sql: &str) -> Result<Rows, Problem> {
        let mut rows = Rows::default();
        for batch in self.engine.stream(sql)? {
            let batch = batch?;
            batch.column(0).as_primitive::<UInt64Type>().values().iter().for_each(|row| rows.insert(*row));
        }
        Ok(rows)
    }

    /// Rows in the sheet's table, excess data among them.
    pub(super) fn taken(&self) -> Result<Rows, Problem> {
        self.rows_of(&format!("SELECT \"row\" FROM {}", self.all()))
    }

    /// Rows that the view shows.
    pub(super) fn shown(&self) -> Result<Rows, Problem> {
        self.rows_of(&format!("SELECT \"row\" FROM {} WHERE {}", self.view, self.place))
    }

    /// Rows that were rejected, in order.
    pub(super) fn rejects(&self) -> Result<(Rows, Vec<Reject>), Problem> {
        let place = self.place.trim_end_matches(" AND origin = 'list'");
        let sql = format!(
            "SELECT \"row\", \"column\", text, reason FROM {} WHERE {place} ORDER BY \"row\", \"column\", text",
            self.rejects
        );
        let (mut rows, mut all) = (Rows::default(), Vec::new());
        for batch in self.engine.query(&sql)? {
            let numbers = batch.column(0).as_primitive::<UInt64Type>();
            let texts = [1, 2, 3].map(|column| batch.column(column).as_string::<i32>());
            let text = |column: usize, at| texts[column].is_valid(at).then(|| texts[column].value(at).to_owned());
            for at in 0..batch.num_rows() {
                let row = numbers.value(at);
                rows.insert(row);
                let reason = text(2, at).unwrap_or_default();
                all.push(Reject { row, column: text(0, at), text: text(1, at), reason });
            }
        }
        Ok((rows, all))
    }

    /// In how many rows each expression has a value.
    pub(super) fn counts(&self, expressions: &[&str]) -> Result<Vec<u64>, Problem> {
        if expressions.is_empty() {
            return Ok(Vec::new());
        }
        let counted: Vec<String> =
            expressions.iter().enumerate().map(|(n, sql)| format!("count({sql}) AS c{n}")).collect();
        let batches = self.engine.query(&format!("SELECT {} FROM {}", counted.join(", "), self.all()))?;
        let first = batches.first().filter(|batch| batch.num_rows() == 1);
        let count = |n: usize| first.map_or(0, |batch| batch.column(n).as_primitive::<Int64Type>().value(0));
        Ok((0..expressions.len()).map(|n| u64::try_from(count(n)).unwrap_or_default()).collect())
    }

    /// In how many rows of a list, or with how many cells met in records, the position is doubted:
    /// the azimuth, and all else.
    pub(super) fn doubts(&self) -> Result<[u64; 2], Problem> {
        let azimuth = "doubt LIKE '%azimuth%'";
        let sql = format!(
            "SELECT count(CASE WHEN {azimuth} THEN 1 END), count(CASE WHEN NOT ({azimuth}) THEN 1 END) \
             FROM stored_cells WHERE {}",
            self.place
        );
        let batches = self.engine.query(&sql)?;
        let first = batches.first().filter(|batch| batch.num_rows() == 1);
        let count = |n: usize| first.map_or(0, |batch| batch.column(n).as_primitive::<Int64Type>().value(0));
        Ok([0, 1].map(|n| u64::try_from(count(n)).unwrap_or_default()))
    }

    /// The values of some rows that the view shows, as texts, by row.
    pub(super) fn values(&self, values: &[Value], rows: &[u64]) -> Result<BTreeMap<u64, Vec<Option<String>>>, Problem> {
        let mut found: BTreeMap<u64, Vec<Option<String>>> = BTreeMap::new();
        // Of what is kept with a cell, the cell first.
        let expressions: Vec<&str> = values.iter().map(|value| value.cell.unwrap_or(value.sql)).collect();
        for some in rows.chunks(500) {
            let numbers: Vec<String> = some.iter().map(u64::to_string).collect();
            let sql = format!(
                "SELECT \"row\"{} FROM {} WHERE {} AND \"row\" IN ({})",
                selected(&expressions),
                self.view,
                self.place,
                numbers.join(", ")
            );
            for batch in self.engine.query(&sql)? {
                let numbers = batch.column(0).as_primitive::<UInt64Type>().clone();
                for at in 0..batch.num_rows() {
                    found.insert(numbers.value(at), texts(&batch, at, 1)?);
                }
            }
        }
        self.with_cells(values, &mut found)?;
        for row in found.values_mut() {
            for (text, value) in row.iter_mut().zip(values) {
                if let Some(text) = text {
                    text.push_str(value.unit);
                }
            }
        }
        Ok(found)
    }

    /// Puts what is kept with a cell in the place of the cell. A cell that stands at several sites says
    /// of none which row it was.
    fn with_cells(&self, values: &[Value], found: &mut BTreeMap<u64, Vec<Option<String>>>) -> Result<(), Problem> {
        let of_cells: Vec<usize> = (0..values.len()).filter(|n| values[*n].cell.is_some()).collect();
        if of_cells.is_empty() {
            return Ok(());
        }
        let expressions: Vec<&str> = of_cells.iter().map(|n| values[*n].sql).collect();
        let mut named: Vec<String> =
            found.values().flat_map(|row| of_cells.iter().filter_map(|n| row[*n].as_deref().map(literal))).collect();
        named.sort();
        named.dedup();
        let mut known: BTreeMap<String, Option<Vec<Option<String>>>> = BTreeMap::new();
        for some in named.chunks(500) {
            let sql = format!(
                "SELECT cell{} FROM stored_cells WHERE {} AND cell IN ({}) ORDER BY \"row\"",
                selected(&expressions),
                self.place,
                some.join(", ")
            );
            for batch in self.engine.query(&sql)? {
                for at in 0..batch.num_rows() {
                    let cell = batch.column(0).as_string::<i32>().value(at).to_owned();
                    let said = texts(&batch, at, 1)?;
                    known.entry(cell).and_modify(|several| *several = None).or_insert(Some(said));
                }
            }
        }
        for row in found.values_mut() {
            for (place, n) in of_cells.iter().enumerate() {
                let said = row[*n].as_deref().and_then(|cell| known.get(cell)).and_then(Option::as_ref);
                row[*n] = said.and_then(|said| said[place].clone());
            }
        }
        Ok(())
    }
}

fn name(table: Table) -> &'static str {
    match table {
        Table::Communications => "records",
        table => table.as_str(),
    }
}

fn selected(expressions: &[&str]) -> String {
    expressions.iter().enumerate().map(|(n, sql)| format!(", {sql} AS c{n}")).collect()
}

const OPTIONS: FormatOptions<'static> = FormatOptions::new();

/// The values of a row from a column on.
fn texts(batch: &RecordBatch, at: usize, from: usize) -> Result<Vec<Option<String>>, Problem> {
    batch.columns()[from..]
        .iter()
        .map(|array| {
            if array.is_null(at) {
                return Ok(None);
            }
            let wrong = |error| Problem::bug("a value cannot be shown").because(error);
            let formatter = ArrayFormatter::try_new(array, &OPTIONS).map_err(wrong)?;
            let text = formatter.value(at).try_to_string().map_err(wrong)?;
            Ok(Some(text).filter(|text| !text.trim().is_empty()))
        })
        .collect()
}
