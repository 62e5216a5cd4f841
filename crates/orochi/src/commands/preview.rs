//! `orochi preview`

use std::path::PathBuf;

use orochi_formats::{native::Native, rows::Glimpse};
use orochi_layout::{Library, Reading, Received, mapping::Mapping, readings};
use orochi_model::identifier;
use serde_json::{Value, json};

use super::profile;
use crate::{export::aligned, stop::Done, ui::Ui};

/// Show how a file would be read, without taking it in
///
/// Names the profile that fits; or, if none does, shows the mapping proposed from headings and values, with sample
/// values and how certain each column is. A proposed mapping can be written to a file as a profile, edited, and used
/// with --profiles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi preview return.csv
  orochi preview return.csv --write-profile our-profiles/new-operator.toml")]
pub struct PreviewArgs {
    /// The native file
    file: PathBuf,
    /// A folder of your own layout profiles
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
    /// Whose data the file is, if it does not say: a number, `imsi:…` or `imei:…`
    #[arg(long, value_name = "NUMBER", value_parser = identifier::read)]
    target: Option<String>,
    /// Write the mapping to this file, as a profile that can be edited
    #[arg(long, value_name = "OUT.toml")]
    write_profile: Option<PathBuf>,
}

impl PreviewArgs {
    /// Shows it.
    pub fn run(self, ui: &Ui) -> Done {
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let library = Library::open(self.profiles.as_deref())?;
        let opened = Native::open(&self.file).map(|native| native.glimpses());
        let glimpses = opened.map_err(|problem| match problem.place {
            Some(_) => problem,
            None => problem.at(self.file.display()),
        })?;
        let file = Received { name: &name, target: self.target.as_deref() };
        let readings = readings(file, &glimpses, &library)?;
        let sheets: Vec<_> = glimpses.iter().zip(&readings).collect();
        if let Some(out) = &self.write_profile {
            profile::write(out, &name, &sheets, &library)?;
            ui.note(&format!("profile written to {}: edit it, then use it with --profiles", out.display()));
        }
        if ui.json() {
            let sheets: Vec<_> = sheets.iter().map(|(glimpse, reading)| sheet_value(glimpse, reading)).collect();
            return ui.document(json!({ "file": self.file, "sheets": sheets, "profile_written": self.write_profile }));
        }
        let mut text = format!("{name}\n");
        for (glimpse, reading) in sheets {
            text.push_str(&sheet_text(ui, glimpse, reading));
        }
        ui.print(&text)
    }
}

/// Sample values of a column: the first three different ones.
fn samples(glimpse: &Glimpse, mapping: &Mapping, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let data = glimpse.head.iter().filter(|(number, _)| *number >= mapping.first_data_row);
    for value in data.filter_map(|(_, cells)| cells.get(column)).map(|value| value.trim()) {
        if !value.is_empty() && !found.iter().any(|known| known == value) {
            found.push(value.to_owned());
        }
        if found.len() == 3 {
            break;
        }
    }
    found
}

/// A column, what it was read as and how sure that is, with sample values.
struct Line<'a> {
    column: usize,
    heading: &'a str,
    field: Option<&'static str>,
    sure: Option<f32>,
    samples: Vec<String>,
}

fn lines<'a>(glimpse: &Glimpse, mapping: &'a Mapping) -> Vec<Line<'a>> {
    let line = |(column, heading): (usize, &'a String)| {
        let field = mapping.field_of(column);
        Line {
            column: column + 1,
            heading,
            field: field.map(|field| field.as_str()),
            sure: field.and_then(|field| mapping.sureness.get(&field).copied()),
            samples: samples(glimpse, mapping, column),
        }
    };
    mapping.headings.iter().enumerate().map(line).collect()
}

fn percent(sure: Option<f32>) -> String {
    sure.map(|sure| format!("{:.0}%", sure * 100.0)).unwrap_or_default()
}

fn sheet_text(ui: &Ui, glimpse: &Glimpse, reading: &Reading) -> String {
    let mut text = String::from("\n");
    if let Some(sheet) = &glimpse.sheet {
        text.push_str(&format!("sheet {}\n", ui.bold(sheet)));
    }
    let mapping = match reading {
        Reading::Left(why) => return format!("{text}left out: {why}\n"),
        Reading::Mapped(mapping) => mapping,
    };
    let header = mapping.header_row.map_or_else(|| "no header".to_owned(), |row| format!("header in row {row}"));
    text.push_str(&format!(
        "read as {}, layout {}; {header}, data from row {}; times in {}\n",
        mapping.table.as_str(),
        mapping.profile,
        mapping.first_data_row,
        mapping.zone_name,
    ));
    if let Some(target) = &mapping.target {
        text.push_str(&format!("target stated above the header: {target}\n"));
    }
    let rows = lines(glimpse, mapping)
        .into_iter()
        .map(|line| {
            let field = line.field.unwrap_or("(no field)").to_owned();
            vec![line.column.to_string(), line.heading.to_owned(), field, percent(line.sure), line.samples.join(" | ")]
        })
        .collect();
    text.push_str(&aligned(
        &["column", "heading", "field", "sure", "sample values"],
        &[true, false, false, true],
        rows,
    ));
    for remark in &mapping.remarks {
        text.push_str(&format!("{remark}\n"));
    }
    text
}

fn sheet_value(glimpse: &Glimpse, reading: &Reading) -> Value {
    let mapping = match reading {
        Reading::Left(why) => return json!({ "sheet": glimpse.sheet, "left_out": why }),
        Reading::Mapped(mapping) => mapping,
    };
    let columns: Vec<_> = lines(glimpse, mapping)
        .into_iter()
        .map(|line| {
            json!({
                "column": line.column,
                "heading": line.heading,
                "field": line.field,
                // Rounded as shown: 32 bits written as 64 look more exact than they are.
                "sure": line.sure.map(|sure| f64::from((sure * 100.0).round()) / 100.0),
                "samples": line.samples,
            })
        })
        .collect();
    json!({
        "sheet": glimpse.sheet,
        "table": mapping.table.as_str(),
        "profile": mapping.profile,
        "header_row": mapping.header_row,
        "first_data_row": mapping.first_data_row,
        "zone": mapping.zone_name,
        "target": mapping.target,
        "columns": columns,
        "unmapped": mapping.unmapped,
        "remarks": mapping.remarks,
    })
}
