//! How a file would be read, without taking it in.

use std::path::Path;

use orochi_formats::{native::Native, rows::Glimpse};
use orochi_layout::{Library, Reading, Received, mapping::Mapping, readings};
use orochi_model::problem::Problem;
use serde::{Serialize, Serializer};

/// Sample values of a column at most.
const SAMPLES: usize = 3;

/// The sheets of a file, each with the head that was looked at and how it would be read.
#[derive(Debug)]
pub struct Preview {
    /// The file's name.
    pub name: String,
    /// Heads of its sheets.
    pub glimpses: Vec<Glimpse>,
    /// How each would be read, in the same order.
    pub readings: Vec<Reading>,
}

/// A sheet as it would be read.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum PreviewedSheet<'a> {
    /// It would be left out.
    LeftOut {
        /// Its name.
        sheet: Option<&'a str>,
        /// Why.
        left_out: &'a str,
    },
    /// It would be read.
    Mapped(Box<MappedSheet<'a>>),
}

/// A sheet that would be read.
#[derive(Debug, Serialize)]
pub struct MappedSheet<'a> {
    /// Its name.
    pub sheet: Option<&'a str>,
    /// The table that its rows would fill.
    pub table: &'static str,
    /// Profile name and version, or `proposed`.
    pub profile: &'a str,
    /// The row of its headings.
    pub header_row: Option<u64>,
    /// The first row of data.
    pub first_data_row: u64,
    /// The time zone of its times.
    pub zone: &'a str,
    /// The target stated above the headings.
    pub target: Option<&'a str>,
    /// Its columns.
    pub columns: Vec<PreviewedColumn<'a>>,
    /// Columns that no field takes.
    pub unmapped: &'a [String],
    /// What a reader should know.
    pub remarks: &'a [String],
}

/// A column, what it would be read as and how sure that is, with sample values.
#[derive(Debug, Serialize)]
pub struct PreviewedColumn<'a> {
    /// From 1.
    pub column: usize,
    /// Its heading.
    pub heading: &'a str,
    /// The field.
    pub field: Option<&'static str>,
    /// How sure that is, from 0 to 1.
    #[serde(serialize_with = "two_places")]
    pub sure: Option<f32>,
    /// The first different values.
    pub samples: Vec<String>,
}

/// Rounded as shown: 32 bits written as 64 look more exact than they are.
#[allow(clippy::ref_option, reason = "the form that serde asks for")]
fn two_places<S: Serializer>(sure: &Option<f32>, serializer: S) -> Result<S::Ok, S::Error> {
    sure.map(|sure| f64::from((sure * 100.0).round()) / 100.0).serialize(serializer)
}

impl Preview {
    /// Looks at a file. `target` is whose data it is, canonical, where the file does not say.
    ///
    /// # Errors
    /// User kind when the file cannot be read or no sheet of it can be understood.
    pub fn from_file(file: &Path, target: Option<&str>, library: &Library) -> Result<Self, Problem> {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let opened = Native::open(file).map(|native| native.glimpses());
        let glimpses = opened.map_err(|problem| match problem.place {
            Some(_) => problem,
            None => problem.at(file.display()),
        })?;
        let readings = readings(Received { name: &name, target }, &glimpses, library)?;
        Ok(Self { name, glimpses, readings })
    }

    /// Its sheets, in order.
    pub fn sheets(&self) -> Vec<PreviewedSheet<'_>> {
        let sheet = |(glimpse, reading)| PreviewedSheet::from_reading(glimpse, reading);
        self.glimpses.iter().zip(&self.readings).map(sheet).collect()
    }
}

impl<'a> PreviewedSheet<'a> {
    fn from_reading(glimpse: &'a Glimpse, reading: &'a Reading) -> Self {
        let sheet = glimpse.sheet.as_deref();
        let mapping = match reading {
            Reading::Left(why) => return Self::LeftOut { sheet, left_out: why },
            Reading::Mapped(mapping) => mapping,
        };
        Self::Mapped(Box::new(MappedSheet {
            sheet,
            table: mapping.table.as_str(),
            profile: &mapping.profile,
            header_row: mapping.header_row,
            first_data_row: mapping.first_data_row,
            zone: &mapping.zone_name,
            target: mapping.target.as_deref(),
            columns: columns(glimpse, mapping),
            unmapped: &mapping.unmapped,
            remarks: &mapping.remarks,
        }))
    }
}

fn columns<'a>(glimpse: &Glimpse, mapping: &'a Mapping) -> Vec<PreviewedColumn<'a>> {
    let column = |(column, heading): (usize, &'a String)| {
        let field = mapping.field_of(column);
        PreviewedColumn {
            column: column + 1,
            heading,
            field: field.map(|field| field.as_str()),
            sure: field.and_then(|field| mapping.sureness.get(&field).copied()),
            samples: samples(glimpse, mapping, column),
        }
    };
    mapping.headings.iter().enumerate().map(column).collect()
}

/// The first different values of a column.
fn samples(glimpse: &Glimpse, mapping: &Mapping, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let data = glimpse.head.iter().filter(|(number, _)| *number >= mapping.first_data_row);
    for value in data.filter_map(|(_, cells)| cells.get(column)).map(|value| value.trim()) {
        if !value.is_empty() && !found.iter().any(|known| known == value) {
            found.push(value.to_owned());
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found
}
