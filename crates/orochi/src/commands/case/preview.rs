//! `orochi preview`

use std::path::PathBuf;

use orochi_casework::preview::{Preview, PreviewedColumn, PreviewedSheet};
use orochi_layout::Library;
use orochi_model::{identifier, locator::FilePart};
use serde_json::json;

use super::profile_draft;
use crate::{exit::Done, export::aligned, ui::Ui};

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
        let library = Library::open(self.profiles.as_deref())?;
        let preview = Preview::from_file(&self.file, self.target.as_deref(), &library)?;
        if let Some(out) = &self.write_profile {
            let sheets: Vec<_> = preview.glimpses.iter().zip(&preview.readings).collect();
            profile_draft::write(out, &preview.name, &sheets, &library)?;
            ui.note(&format!("profile written to {}: edit it, then use it with --profiles", out.display()));
        }
        if ui.json() {
            let sheets = preview.sheets();
            return ui.document(json!({ "file": self.file, "sheets": sheets, "profile_written": self.write_profile }));
        }
        let sheets: String = preview.sheets().iter().map(|sheet| sheet_text(ui, sheet)).collect();
        ui.print(&format!("{}\n{sheets}", preview.name))
    }
}

fn percent(sure: Option<f32>) -> String {
    sure.map(|sure| format!("{:.0}%", sure * 100.0)).unwrap_or_default()
}

fn sheet_text(ui: &Ui, sheet: &PreviewedSheet<'_>) -> String {
    let head = |sheet: &Option<&str>| {
        sheet.map(|sheet| format!("sheet {}\n", ui.bold(&FilePart::shown_text(sheet)))).unwrap_or_default()
    };
    let sheet = match sheet {
        PreviewedSheet::LeftOut { sheet, left_out } => return format!("\n{}left out: {left_out}\n", head(sheet)),
        PreviewedSheet::Mapped(sheet) => sheet,
    };
    let header = sheet.header_row.map_or_else(|| "no header".to_owned(), |row| format!("header in row {row}"));
    let mut text = format!(
        "\n{}read as {}, layout {}; {header}, data from row {}; times in {}\n",
        head(&sheet.sheet),
        sheet.table,
        sheet.profile,
        sheet.first_data_row,
        sheet.zone,
    );
    if let Some(target) = &sheet.target {
        text.push_str(&format!("target stated above the header: {target}\n"));
    }
    let row = |column: &PreviewedColumn<'_>| {
        let field = column.field.unwrap_or("(no field)").to_owned();
        let samples = column.samples.join(" | ");
        vec![column.column.to_string(), column.heading.to_owned(), field, percent(column.sure), samples]
    };
    text.push_str(&aligned(
        &["column", "heading", "field", "sure", "sample values"],
        &[true, false, false, true],
        sheet.columns.iter().map(row).collect(),
    ));
    for remark in sheet.remarks {
        text.push_str(&format!("{remark}\n"));
    }
    text
}
