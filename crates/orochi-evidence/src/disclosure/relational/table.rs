//! One table of a document: its columns, found while reading, and its two files.

use std::{collections::BTreeMap, fs::File, io::BufWriter, sync::Arc};

use arrow::{
    array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, UInt64Array},
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use orochi_model::problem::Problem;
use serde_json::Value;

use crate::atomic_output::WholeFolder;
use crate::exchange::table::{CsvTable, ParquetTable};

/// A value in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ColumnValue {
    None,
    Whole(i64),
    Real(f64),
    Truth(bool),
    Text(String),
}

impl ColumnValue {
    /// Lists of plain values are joined.
    pub(super) fn from_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::None,
            Value::Bool(truth) => Self::Truth(*truth),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Whole(whole),
                None => Self::Real(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(values) => {
                let each: Vec<String> = values.iter().map(|value| Self::from_value(value).text()).collect();
                Self::Text(each.join("; "))
            }
            Value::Object(_) => Self::Text(value.to_string()),
        }
    }

    fn kind(&self) -> Option<DataType> {
        match self {
            Self::None => None,
            Self::Whole(_) => Some(DataType::Int64),
            Self::Real(_) => Some(DataType::Float64),
            Self::Truth(_) => Some(DataType::Boolean),
            Self::Text(_) => Some(DataType::Utf8),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Whole(whole) => whole.to_string(),
            Self::Real(real) => real.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The columns of a table in the order they were met, after those of the places.
#[derive(Debug)]
pub(super) struct Shape {
    places: Vec<String>,
    columns: Vec<(String, Option<DataType>)>,
    at: BTreeMap<String, usize>,
}

impl Shape {
    /// Of a table by the lists its rows stand in.
    pub(super) fn from_lists(lists: &[String]) -> Self {
        let mut places: Vec<String> = Vec::new();
        for list in lists {
            let mut name = list.clone();
            while places.contains(&name) {
                name.push('_');
            }
            places.push(name);
        }
        Self { places, columns: Vec::new(), at: BTreeMap::new() }
    }

    /// Takes note of a row.
    pub(super) fn see(&mut self, cells: &[(String, ColumnValue)]) {
        for (name, cell) in cells {
            let place = *self.at.entry(name.clone()).or_insert_with(|| {
                self.columns.push((name.clone(), None));
                self.columns.len() - 1
            });
            let kind = &mut self.columns[place].1;
            *kind = match (kind.take(), cell.kind()) {
                (known, None) | (None, known) => known,
                (Some(known), Some(met)) if known == met => Some(known),
                (Some(DataType::Int64 | DataType::Float64), Some(DataType::Int64 | DataType::Float64)) => {
                    Some(DataType::Float64)
                }
                _ => Some(DataType::Utf8),
            };
        }
    }
}

/// Which table of which document.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableName<'a> {
    pub document: &'a str,
    pub name: &'a str,
    pub training: bool,
}

/// Rows held before they go to the files.
const GROUP: usize = 1 << 15;

/// Its two files in the making.
pub(super) struct Writer<'a> {
    shape: &'a Shape,
    csv: CsvTable<BufWriter<File>>,
    parquet: ParquetTable<BufWriter<File>>,
    schema: SchemaRef,
    places: Vec<Vec<u64>>,
    cells: Vec<Vec<ColumnValue>>,
}

impl<'a> Writer<'a> {
    pub(super) fn begin(table: TableName<'_>, shape: &'a Shape, folder: &WholeFolder) -> Result<Self, Problem> {
        let TableName { document, name, training } = table;
        let mut fields: Vec<Field> =
            shape.places.iter().map(|name| Field::new(name, DataType::UInt64, false)).collect();
        // A column of which no value was met holds nothing, and nothing can be text.
        fields.extend(
            shape.columns.iter().map(|(name, kind)| Field::new(name, kind.clone().unwrap_or(DataType::Utf8), true)),
        );
        let schema: SchemaRef = Arc::new(Schema::new(fields));
        let file = |form: &str| folder.file(&format!("findings/{form}/{document}/{name}.{form}"));
        let csv = CsvTable::begin(&schema, training, file("csv")?)?;
        let parquet = ParquetTable::begin(schema.clone(), training, file("parquet")?)?;
        let (places, cells) = (vec![Vec::new(); shape.places.len()], vec![Vec::new(); shape.columns.len()]);
        Ok(Self { shape, csv, parquet, schema, places, cells })
    }

    /// Takes a row.
    pub(super) fn row(&mut self, places: &[u64], cells: Vec<(String, ColumnValue)>) -> Result<(), Problem> {
        self.places.iter_mut().zip(places).for_each(|(column, place)| column.push(*place));
        self.cells.iter_mut().for_each(|column| column.push(ColumnValue::None));
        for (name, cell) in cells {
            if let Some(last) = self.shape.at.get(&name).and_then(|place| self.cells[*place].last_mut()) {
                *last = cell;
            }
        }
        if self.places.first().is_some_and(|column| column.len() >= GROUP) { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Problem> {
        let places =
            self.places.iter_mut().map(|column| Arc::new(UInt64Array::from(std::mem::take(column))) as ArrayRef);
        let cells = self.cells.iter_mut().zip(&self.shape.columns);
        let cells = cells.map(|(column, (_, kind))| array(&std::mem::take(column), kind.as_ref()));
        let batch = RecordBatch::try_new(self.schema.clone(), places.chain(cells).collect())
            .map_err(|error| Problem::bug("a table of findings does not fit its columns").because(error))?;
        self.csv.write(&batch)?;
        self.parquet.write(&batch).map(drop)
    }

    /// Ends both files.
    pub(super) fn finish(mut self) -> Result<(), Problem> {
        self.flush()?;
        self.csv.finish()?;
        self.parquet.finish()
    }
}

fn array(column: &[ColumnValue], kind: Option<&DataType>) -> ArrayRef {
    match kind {
        Some(DataType::Int64) => Arc::new(Int64Array::from_iter(column.iter().map(|cell| match cell {
            ColumnValue::Whole(whole) => Some(*whole),
            _ => None,
        }))),
        Some(DataType::Float64) => Arc::new(Float64Array::from_iter(column.iter().map(|cell| match cell {
            ColumnValue::Whole(whole) => Some(*whole as f64),
            ColumnValue::Real(real) => Some(*real),
            _ => None,
        }))),
        Some(DataType::Boolean) => Arc::new(BooleanArray::from_iter(column.iter().map(|cell| match cell {
            ColumnValue::Truth(truth) => Some(*truth),
            _ => None,
        }))),
        _ => Arc::new(StringArray::from_iter(
            column.iter().map(|cell| (*cell != ColumnValue::None).then(|| cell.text())),
        )),
    }
}
