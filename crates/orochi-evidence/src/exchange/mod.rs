//! A case for other tools of the trade: `orochi export CASE --format F`.
//!
//! One file here for each format; what they share is [`source`] (the rows), [`words`] (what a row says) and
//! [`notation`]. What may surprise:
//! - Every export streams: rows go out as the engine gives them, and nothing is held but one event's
//!   rows and the sites of cells.
//! - The same case gives the same bytes: rows come in a fixed order, and ids are made from what
//!   they name ([`notation::Ids`]).
//! - A number that a format's reader would drop or refuse is kept where it accepts it, never left
//!   out: see each file's head.
//! - Facts and findings of methods are apart in each format, and each format says what its
//!   reader must not take from it.

mod anx;
mod case_uco;
pub mod csv_escape;
mod ftm;
mod geojson;
mod gexf;
mod graphml;
mod i2;
mod json;
mod kml;
pub(crate) mod marked_csv;
pub(crate) mod notation;
mod opinions;
mod reasons;
mod source;
pub(crate) mod table;
mod tables;
mod timesketch;
mod wedges;
mod words;
mod xml;

use std::path::Path;

use orochi_case::{Engine, Exhibit, case::About};
use orochi_casework::views::RowFilter;
use orochi_model::{authority::Authority, problem::Problem};
use serde::Serialize;

use crate::atomic_output::{WholeFile, WholeFolder};

pub use opinions::Opinions;

/// What is exported, and from where. The engine has `events`, `event_records`, `tenancies` and `presences` registered
/// ([`orochi_analysis::views::register`]).
#[derive(Debug)]
pub struct Export<'a> {
    /// The case's tables.
    pub engine: &'a Engine,
    /// The case.
    pub about: &'a About,
    /// Its native files.
    pub exhibits: &'a [Exhibit],
    /// Its authorities.
    pub authorities: &'a [Authority],
    /// Which rows leave.
    pub filter: &'a RowFilter,
    /// Findings that leave with them.
    pub opinions: &'a Opinions,
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Numbers.
    pub numbers: u64,
    /// Events.
    pub events: u64,
    /// Presences.
    pub presences: u64,
    /// Tenancies.
    pub tenancies: u64,
    /// Cells at a position.
    pub cells: u64,
    /// Findings of methods.
    pub findings: u64,
}

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CASE/UCO JSON-LD.
    CaseUco,
    /// FollowTheMoney entities.
    Ftm,
    /// i2 CSV files, a folder.
    I2,
    /// i2 chart.
    Anx,
    /// KML.
    Kml,
    /// KML in a zip.
    Kmz,
    /// GeoJSON.
    GeoJson,
    /// GraphML.
    GraphMl,
    /// GEXF.
    Gexf,
    /// Timesketch JSON lines.
    Timesketch,
    /// Tables as CSV, a folder.
    Csv,
    /// Tables as Parquet, a folder.
    Parquet,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[
        Self::CaseUco,
        Self::Ftm,
        Self::I2,
        Self::Anx,
        Self::Kml,
        Self::Kmz,
        Self::GeoJson,
        Self::GraphMl,
        Self::Gexf,
        Self::Timesketch,
        Self::Csv,
        Self::Parquet,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::CaseUco => "case-uco",
            Self::Ftm => "ftm",
            Self::I2 => "i2",
            Self::Anx => "anx",
            Self::Kml => "kml",
            Self::Kmz => "kmz",
            Self::GeoJson => "geojson",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::Timesketch => "timesketch",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// Whether it is a folder of several files.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::I2 | Self::Csv | Self::Parquet)
    }
}

/// Refuses an output that could not be written at the end, before the work begins and before anything is logged.
///
/// # Errors
/// As [`write()`].
pub fn check(format: Format, out: &Path, overwrite: bool) -> Result<(), Problem> {
    if format == Format::Timesketch && out.extension().is_none_or(|extension| extension != "jsonl") {
        return Err(Problem::user("Timesketch takes only files whose name ends in .jsonl")
            .at(out.display())
            .hint("choose such a name"));
    }
    if format.is_folder() {
        return WholeFolder::begin(out).map(drop);
    }
    WholeFile::begin(out, overwrite).map(drop)
}

/// Writes an export to `out`, which is a file or, for formats of several files, a folder. It
/// appears whole or not at all.
///
/// # Errors
/// User kind when `out` is there and may not be replaced, has a name the format's readers do not
/// take, or the disk refuses.
pub fn write(export: &Export<'_>, format: Format, out: &Path, overwrite: bool) -> Result<Written, Problem> {
    let one_file = |fill: &dyn Fn(&Export<'_>, &mut WholeFile) -> Result<Written, Problem>| {
        let mut file = WholeFile::begin(out, overwrite)?;
        let written = fill(export, &mut file)?;
        file.finish()?;
        Ok(written)
    };
    match format {
        Format::CaseUco => one_file(&|export, file| case_uco::write(export, file)),
        Format::Ftm => one_file(&|export, file| ftm::write(export, file)),
        Format::I2 => i2::write(export, out),
        Format::Anx => one_file(&|export, file| anx::write(export, file)),
        Format::Kml => one_file(&|export, file| kml::write(export, file)),
        Format::Kmz => one_file(&|export, file| kml::write_kmz(export, file)),
        Format::GeoJson => one_file(&|export, file| geojson::write(export, file)),
        Format::GraphMl => one_file(&|export, file| graphml::write(export, file)),
        Format::Gexf => one_file(&|export, file| gexf::write(export, file)),
        Format::Timesketch => one_file(&|export, file| timesketch::write(export, file)),
        Format::Csv => tables::write_csv(export, out),
        Format::Parquet => tables::write_parquet(export, out),
    }
}
