//! How a file was read, sheet by sheet: what is kept with an exhibit, so that it can be said later what was done then,
//! whatever profiles and parsers a later program has.

use serde::{Deserialize, Serialize};

use crate::{Reading, mapping::Mapping};

/// Version of the kept form. A program refuses a newer one than it knows.
pub const FORMAT: u32 = 1;

/// How a file was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileReading {
    /// Version of this form.
    pub format: u32,
    /// Whose data it is, as the user gave it when the file was taken in; none where the file was to say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Each sheet or member in the file's order; one without a name for a file that is one sheet.
    pub sheets: Vec<SheetReading>,
}

/// How one sheet was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SheetReading {
    /// Sheet of a workbook or member of an archive; none when the file is one sheet.
    pub sheet: Option<String>,
    /// Its columns, or why it was left out.
    pub reading: Reading,
}

impl FileReading {
    /// Of these sheets.
    pub fn from_sheets(sheets: Vec<SheetReading>) -> Self {
        Self { format: FORMAT, target: None, sheets }
    }

    /// The mapping of a sheet; none when it was left out or there is none of that name.
    pub fn mapping(&self, sheet: Option<&str>) -> Option<&Mapping> {
        let named = self.sheets.iter().find(|one| one.sheet.as_deref() == sheet)?;
        match &named.reading {
            Reading::Mapped(mapping) => Some(mapping),
            Reading::Left(_) => None,
        }
    }
}
