//! A row as received, under the headings by which it was read, and what was made of it.

use std::path::Path;

use arrow::array::RecordBatch;
use orochi_case::{Case, Engine, Exhibit, literal, reading};
use orochi_formats::{native, rows::Glimpse};
use orochi_layout::mapping::Mapping;
use orochi_model::problem::Problem;
use orochi_tables::{
    cell_text::{ColumnText, Shape},
    schema,
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

/// A row of a native file and what the case made of it.
#[derive(Debug, Serialize)]
pub struct Provenance {
    /// Exhibit label.
    pub exhibit: String,
    /// The file's name as received.
    pub file: String,
    /// Of the native file.
    pub sha256: String,
    /// Sheet of a workbook or member of an archive.
    pub sheet: Option<String>,
    /// Row number in the native file, from 1.
    pub row: u64,
    /// By what headings and fields are given.
    pub layout: RowLayout,
    /// The cells of the row.
    pub received: Vec<NativeCell>,
    /// Rows of tables that were made of it.
    pub made: Vec<TableRow>,
}

/// By what headings and fields are given.
#[derive(Debug, Serialize)]
pub struct RowLayout {
    /// Profile name and version, or `proposed`; none for a sheet that was left out or that no profile of today fits.
    pub profile: Option<String>,
    /// Whether it was kept when the file was taken in.
    pub kept: bool,
}

/// A cell of the native row.
#[derive(Debug, Serialize)]
pub struct NativeCell {
    /// Its heading; `column 3` where it has none.
    pub heading: String,
    /// Its text as received.
    pub text: String,
    /// The field that it was read as.
    pub field: Option<&'static str>,
}

/// A row of a table.
#[derive(Debug, Serialize)]
pub struct TableRow {
    /// The table.
    pub table: &'static str,
    /// Its values, in the order of the table's columns.
    #[serde(serialize_with = "by_name")]
    pub row: Vec<TableValue>,
}

/// A value of a table.
#[derive(Debug)]
pub struct TableValue {
    /// Its column.
    pub column: String,
    /// As JSON.
    pub value: Value,
    /// As text; empty for null.
    pub text: String,
}

fn by_name<S: Serializer>(values: &[TableValue], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(values.len()))?;
    for value in values {
        map.serialize_entry(&value.column, &value.value)?;
    }
    map.end()
}

/// Where a row of an exhibit is.
#[derive(Clone, Copy, Debug)]
pub struct NativeRowPlace<'a> {
    /// Sheet of a workbook or member of an archive.
    pub sheet: Option<&'a str>,
    /// Row number in the native file, from 1.
    pub row: u64,
}

impl Provenance {
    /// Of a row of an exhibit. The engine has one thread, so that rows of tables come in their order.
    ///
    /// # Errors
    /// User kind when there is no such sheet or row; data kind when the native file is not what was received.
    pub fn from_row(
        case: &Case,
        engine: &Engine,
        exhibit: &Exhibit,
        place: NativeRowPlace<'_>,
    ) -> Result<Self, Problem> {
        let native = case.sound_native(exhibit)?;
        let glimpses = native::glimpse(&native, &exhibit.file)?;
        let (received, layout) = received(case, exhibit, place, &native, &glimpses)?;
        Ok(Self {
            exhibit: exhibit.label.clone(),
            file: exhibit.file.clone(),
            sha256: exhibit.sha256.clone(),
            sheet: place.sheet.map(str::to_owned),
            row: place.row,
            layout,
            received,
            made: made(engine, exhibit, place.row, &texts(place.sheet, &glimpses))?,
        })
    }
}

/// The native row, each cell under its heading. A sheet that was left out has numbered columns.
fn received(
    case: &Case,
    exhibit: &Exhibit,
    place: NativeRowPlace<'_>,
    native: &Path,
    glimpses: &[Glimpse],
) -> Result<(Vec<NativeCell>, RowLayout), Problem> {
    let NativeRowPlace { sheet, row } = place;
    let names: Vec<_> = glimpses.iter().filter_map(|glimpse| Some(glimpse.part()?.shown())).collect();
    if sheet.is_none() && glimpses.iter().all(|glimpse| glimpse.sheet.is_some()) {
        return Err(Problem::user(format!("{} has several sheets", exhibit.label))
            .at(&exhibit.file)
            .hint(format!("name one with --sheet: {}", names.join(", "))));
    }
    let reading::Layout { reading, kept } = reading::layout(case, exhibit)?;
    let mapping = texts(sheet, glimpses).iter().find_map(|text| reading.mapping(text.as_deref())).cloned();
    let layout = RowLayout { profile: mapping.as_ref().map(|mapping| mapping.profile.clone()), kept };
    let cells = native::read_rows(native, &exhibit.file, sheet, &[row])?.into_iter().next().unwrap_or_default();
    if cells.is_empty() {
        return Err(Problem::user(format!("{} has no row {row}", exhibit.label)).at(&exhibit.file));
    }
    // What stands above the data is under no heading.
    let mapping = mapping.filter(|mapping| row >= mapping.first_data_row);
    let heading = |column: usize| {
        let known = mapping.as_ref().and_then(|mapping: &Mapping| mapping.headings.get(column));
        known.filter(|heading| !heading.trim().is_empty()).cloned().unwrap_or_else(|| format!("column {}", column + 1))
    };
    let cell = |(column, text)| NativeCell {
        heading: heading(column),
        text,
        field: mapping.as_ref().and_then(|mapping| mapping.field_of(column)).map(|field| field.as_str()),
    };
    Ok((cells.into_iter().enumerate().map(cell).collect(), layout))
}

/// What may stand for a sheet in tables: its name as given, and the text of its part. A case of an earlier version has
/// the first.
fn texts(sheet: Option<&str>, glimpses: &[Glimpse]) -> Vec<Option<String>> {
    let Some(name) = sheet else { return vec![None] };
    let named = glimpses.iter().filter_map(Glimpse::part).filter(|part| part.is_named(name)).map(|part| part.text());
    let mut texts = vec![Some(name.to_owned())];
    texts.extend(named.filter(|text| text != name).map(Some));
    texts
}

/// What the tables hold of the row.
fn made(engine: &Engine, exhibit: &Exhibit, row: u64, texts: &[Option<String>]) -> Result<Vec<TableRow>, Problem> {
    let mut made = Vec::new();
    let named: Vec<String> = texts.iter().flatten().map(|text| literal(text)).collect();
    let sheet = match named.is_empty() {
        true => "sheet IS NULL".to_owned(),
        false => format!("sheet IN ({})", named.join(", ")),
    };
    for (table, _) in schema::exhibit_tables() {
        // A released row is among the records and no longer among the excess data, so every table has to be asked.
        let query = format!(
            "SELECT * FROM {table} WHERE exhibit = {} AND \"row\" = {} AND {sheet}",
            literal(&exhibit.label),
            row
        );
        for batch in engine.query(&query)? {
            for index in 0..batch.num_rows() {
                made.push(TableRow { table, row: values(&batch, index)? });
            }
        }
    }
    Ok(made)
}

fn values(batch: &RecordBatch, row: usize) -> Result<Vec<TableValue>, Problem> {
    let mut values = Vec::new();
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let mut text = String::new();
        let value = match ColumnText::new(array)?.write(row, &mut text) {
            Shape::Null | Shape::NotANumber => Value::Null,
            Shape::Number | Shape::Boolean => {
                serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text.as_str()))
            }
            Shape::Text => Value::from(text.as_str()),
        };
        values.push(TableValue { column: field.name().clone(), value, text });
    }
    Ok(values)
}
