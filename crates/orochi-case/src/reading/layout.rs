//! The layout of an exhibit: kept, or worked out again where an earlier program kept none.

use orochi_formats::native;
use orochi_layout::{
    Library, Received,
    reading::{FileReading, SheetReading},
    readings,
};
use orochi_model::problem::Problem;

use crate::{case::Case, exhibit::Exhibit};

/// The layout of an exhibit's sheets.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Each sheet.
    pub reading: FileReading,
    /// Whether it was kept when the file was taken in. Otherwise it is what the shipped profiles of this program give,
    /// which may not be what was done then.
    pub kept: bool,
}

/// The layout of an exhibit.
///
/// # Errors
/// When the catalogue or the native file cannot be read.
pub fn layout(case: &Case, exhibit: &Exhibit) -> Result<Layout, Problem> {
    if let Some(reading) = case.reading(exhibit)? {
        return Ok(Layout { reading, kept: true });
    }
    let glimpses = native::glimpse(&case.sound_native(exhibit)?, &exhibit.file)?;
    let library = Library::open(None)?;
    // A file that no profile of today fits is shown without a layout.
    let readings = readings(Received { name: &exhibit.file, target: None }, &glimpses, &library).unwrap_or_default();
    let sheet = |(glimpse, reading): (orochi_formats::rows::Glimpse, _)| SheetReading { sheet: glimpse.sheet, reading };
    Ok(Layout {
        reading: FileReading::from_sheets(glimpses.into_iter().zip(readings).map(sheet).collect()),
        kept: false,
    })
}
