//! Rows out of the program: as a table, CSV, JSON or Parquet, batch by batch, so that size does not matter.
//!
//! What comes out of a training case is marked in every form: a heading line over a table, `"marking":"TRAINING"` at
//! the top of a JSON document and in each of its rows, and a first column `marking` in CSV and Parquet. Output of a
//! live case has none of these.

mod csv;
mod json;
mod parquet;
mod table;
mod target;
#[cfg(test)]
mod tests;

pub use table::aligned;

use std::path::{Path, PathBuf};

use arrow::{array::RecordBatch, datatypes::SchemaRef};

use crate::{
    exit::{Done, Stop},
    ui::Ui,
};

/// The form rows are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns for a person; the columns most looked at, not all.
    Table,
    /// Comma separated, UTF-8, a header line, all columns.
    Csv,
    /// One JSON document: `{"view": …, "rows": [{…}, …]}`.
    Json,
    /// Apache Parquet; needs --out or a pipe.
    Parquet,
}

/// What is written where.
#[derive(Clone, Debug)]
pub struct Output {
    /// The form.
    pub format: Format,
    /// The file; standard output if none.
    pub out: Option<PathBuf>,
    /// Whether a file of that name may be replaced.
    pub overwrite: bool,
}

/// Takes batches and writes them.
pub trait Sink {
    /// Writes one batch; all batches have the schema the sink was made with.
    fn write(&mut self, batch: &RecordBatch) -> Done;
    /// Writes what is left and puts a file in its place.
    fn finish(self: Box<Self>) -> Done;
}

/// Opens the way out. `view` names the rows; `shown` are the columns of a table, all if empty.
pub fn sink(ui: &Ui, output: &Output, view: &str, schema: &SchemaRef, shown: &[&str]) -> Result<Box<dyn Sink>, Stop> {
    if output.format == Format::Parquet && output.out.is_none() && ui.stdout_is_terminal() {
        return Err(Stop::Usage("Parquet is not text: name a file with --out, or send it into a pipe".into()));
    }
    let target = target::Target::open(output.out.as_deref(), output.overwrite)?;
    Ok(match output.format {
        Format::Table => Box::new(table::Table::new(ui, target, schema, shown)),
        Format::Csv => Box::new(csv::Csv::new(target, schema, ui.marking())?),
        Format::Json => Box::new(json::Json::new(target, schema, view, ui.marking())?),
        Format::Parquet => Box::new(parquet::Parquet::new(target, schema, ui.marking())?),
    })
}

/// What stands in the audit log about an output.
pub fn describe(output: &Output) -> String {
    let format = match output.format {
        Format::Table => "table",
        Format::Csv => "csv",
        Format::Json => "json",
        Format::Parquet => "parquet",
    };
    match output.out.as_deref().and_then(Path::file_name) {
        Some(name) => format!("{format} to {}", name.to_string_lossy()),
        None => format!("{format} on standard output"),
    }
}
