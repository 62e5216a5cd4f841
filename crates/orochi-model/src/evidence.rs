//! Where a statement comes from: a row of a native file.

use serde::{Deserialize, Serialize};

/// One row of one native file. `row` is the number a spreadsheet shows beside it: 1 is the first line of the file,
/// header and preamble counted. `sheet` is set for workbooks and for members of an archive, where the row
/// alone would not say which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Exhibit label, for example `EX0003`.
    pub exhibit: String,
    /// Sheet of a workbook or member of an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row number in the native file, from 1.
    pub row: u64,
}
