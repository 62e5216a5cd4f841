//! `orochi row`

use std::path::PathBuf;

use arrow::array::{Array, RecordBatch};
use orochi_case::{Case, Engine, Exhibit, literal, reading};
use orochi_formats::native;
use orochi_layout::mapping::Mapping;
use orochi_model::problem::Problem;
use orochi_tables::schema;
use serde_json::{Map, Value, json};

use crate::{
    export::column::{Column, Shape},
    form::fields,
    opened,
    stop::Done,
    ui::Ui,
};

/// Show a row as received, under its headings, and how it was read
///
/// Every figure in every result names exhibits and rows; this command shows them. Headings and fields are those by
/// which the file was read when it was taken in, whatever profiles exist today; `orochi reading` shows them with
/// everything that was done.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi row heron EX0003 1417")]
pub struct RowArgs {
    /// The case folder
    case: PathBuf,
    /// The exhibit
    exhibit: String,
    /// The row's number, as a spreadsheet shows it: 1 is the first line of the file
    row: u64,
    /// The sheet or archive member, if the exhibit has several
    #[arg(long)]
    sheet: Option<String>,
}

impl RowArgs {
    /// Shows it.
    pub fn run(self, ui: &Ui) -> Done {
        let case = opened::open(ui, &self.case)?;
        let exhibit = find(&case, &self.exhibit)?;
        let detail = json!({ "exhibit": exhibit.label, "row": self.row, "sheet": self.sheet });
        opened::consult(&case, "row", detail)?;
        let (received, layout) = received(&case, &exhibit, self.sheet.as_deref(), self.row)?;
        let engine = opened::engine_in_order(&case)?;
        let made = made(&engine, &exhibit, self.sheet.as_deref(), self.row)?;
        if ui.json() {
            let cells: Vec<_> = received
                .iter()
                .map(|cell| json!({ "heading": cell.heading, "text": cell.text, "field": cell.field }))
                .collect();
            let made: Vec<_> = made
                .iter()
                .map(|(table, row)| {
                    let fields: Map<String, Value> =
                        row.iter().map(|(name, value, _)| (name.clone(), value.clone())).collect();
                    json!({ "table": table, "row": fields })
                })
                .collect();
            return ui.document(json!({
                "exhibit": exhibit.label,
                "file": exhibit.file,
                "sha256": exhibit.sha256,
                "sheet": self.sheet,
                "row": self.row,
                "layout": { "profile": layout.profile, "kept": layout.kept },
                "received": cells,
                "made": made,
            }));
        }
        let sheet = self.sheet.as_ref().map(|sheet| format!(", sheet {sheet}")).unwrap_or_default();
        let mut text =
            format!("{} row {}{sheet}: {} (SHA-256 {})\n", exhibit.label, self.row, exhibit.file, exhibit.sha256);
        text.push_str(&format!("\n{}\n", ui.bold("As received")));
        let cells: Vec<_> = received.iter().map(|cell| (cell.heading.as_str(), cell.text.clone())).collect();
        text.push_str(&fields(&cells));
        if !layout.kept {
            text.push_str(NOT_KEPT);
        }
        if made.is_empty() {
            text.push_str("\nThis row was not used: it is above the data, a repeated header, a total, or empty.\n");
        }
        for (table, row) in &made {
            text.push_str(&format!("\n{}\n", ui.bold(&format!("Stored in {table}"))));
            let row: Vec<_> = row
                .iter()
                .filter(|(_, value, _)| !value.is_null())
                .map(|(name, _, text)| (name.as_str(), text.clone()))
                .collect();
            text.push_str(&fields(&row));
        }
        ui.print(&text)
    }
}

/// A cell of the native row.
struct Cell {
    heading: String,
    text: String,
    /// The field it was read as.
    field: Option<&'static str>,
}

/// The exhibit of this label.
pub fn find(case: &Case, label: &str) -> Result<Exhibit, Problem> {
    case.exhibits()?.into_iter().find(|exhibit| exhibit.label.eq_ignore_ascii_case(label)).ok_or_else(|| {
        Problem::user(format!("there is no exhibit {label}")).hint("`orochi case show` lists the exhibits of a case")
    })
}

/// What is said of an exhibit of which no reading was kept.
const NOT_KEPT: &str = "
How this file was read was not kept, because an earlier orochi took it in. The headings above are those that the
profiles of this orochi find; they may differ from those used then. What was read from the row, below, is as it was read
then.
";

/// By what the headings and fields are given.
struct Layout {
    /// Profile name and version, or `proposed`; none for a sheet that was left out or that no profile of today fits.
    profile: Option<String>,
    /// Whether it was kept when the file was taken in.
    kept: bool,
}

/// The native row, each cell under its heading. A sheet that was left out has numbered columns.
fn received(case: &Case, exhibit: &Exhibit, sheet: Option<&str>, row: u64) -> Result<(Vec<Cell>, Layout), Problem> {
    let native = case.sound_native(exhibit)?;
    let glimpses = native::glimpse(&native, &exhibit.file)?;
    let names: Vec<_> = glimpses.iter().filter_map(|glimpse| glimpse.sheet.as_deref()).collect();
    if sheet.is_none() && glimpses.iter().all(|glimpse| glimpse.sheet.is_some()) {
        return Err(Problem::user(format!("{} has several sheets", exhibit.label))
            .at(&exhibit.file)
            .hint(format!("name one with --sheet: {}", names.join(", "))));
    }
    let reading::Layout { reading, kept } = reading::layout(case, exhibit)?;
    let mapping = reading.mapping(sheet).cloned();
    let layout = Layout { profile: mapping.as_ref().map(|mapping| mapping.profile.clone()), kept };
    let cells = native::read_rows(&native, &exhibit.file, sheet, &[row])?.into_iter().next().unwrap_or_default();
    if cells.is_empty() {
        return Err(Problem::user(format!("{} has no row {row}", exhibit.label)).at(&exhibit.file));
    }
    // What stands above the data is under no heading.
    let mapping = mapping.filter(|mapping| row >= mapping.first_data_row);
    let heading = |column: usize| {
        let known = mapping.as_ref().and_then(|mapping: &Mapping| mapping.headings.get(column));
        known.filter(|heading| !heading.trim().is_empty()).cloned().unwrap_or_else(|| format!("column {}", column + 1))
    };
    let cell = |(column, text)| Cell {
        heading: heading(column),
        text,
        field: mapping.as_ref().and_then(|mapping| mapping.field_of(column)).map(|field| field.as_str()),
    };
    Ok((cells.into_iter().enumerate().map(cell).collect(), layout))
}

/// Names, values and texts of a row in a table.
type Made = (&'static str, Vec<(String, Value, String)>);

/// What the tables hold of the row.
fn made(engine: &Engine, exhibit: &Exhibit, sheet: Option<&str>, row: u64) -> Result<Vec<Made>, Problem> {
    let mut made = Vec::new();
    let sheet = sheet.map_or_else(|| "sheet IS NULL".to_owned(), |sheet| format!("sheet = {}", literal(sheet)));
    for (table, _) in schema::exhibit_tables() {
        // A released row is among the records and no longer among the excess data, so every table has to be asked.
        let query = format!(
            "SELECT * FROM {table} WHERE exhibit = {} AND \"row\" = {row} AND {sheet}",
            literal(&exhibit.label)
        );
        for batch in engine.query(&query)? {
            for index in 0..batch.num_rows() {
                made.push((table, values(&batch, index)?));
            }
        }
    }
    Ok(made)
}

fn values(batch: &RecordBatch, row: usize) -> Result<Vec<(String, Value, String)>, Problem> {
    let mut values = Vec::new();
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let mut text = String::new();
        let value = match Column::new(array)?.write(row, &mut text) {
            Shape::Null | Shape::NotANumber => Value::Null,
            Shape::Number | Shape::Boolean => {
                serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text.as_str()))
            }
            Shape::Text => Value::from(text.as_str()),
        };
        debug_assert!(array.len() > row);
        values.push((field.name().clone(), value, text));
    }
    Ok(values)
}
