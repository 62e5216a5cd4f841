//! Numbered rows of text: what every native file becomes.

use orochi_model::{locator::FilePart, time::DayCount};

/// One row of a native file. Cells are as disclosed, unquoted, not trimmed. A workbook's numbers are written out in
/// full (a whole number without a decimal point) and its dates as `YYYY-MM-DD HH:MM:SS`.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The number a spreadsheet shows beside it: 1 is the file's first line, preamble and header counted.
    pub number: u64,
    /// The row's cells.
    pub cells: &'a [&'a str],
}

/// The head of a sheet, before anyone knows what it is: enough rows to find preamble, header and value shapes.
#[derive(Clone, Debug, Default)]
pub struct Glimpse {
    /// The text of a [`FilePart`]: sheet of a workbook or file of an archive; none when the native file is one sheet.
    pub sheet: Option<String>,
    /// The first rows (up to 200), as [`Row`] describes them, with their numbers.
    pub head: Vec<(u64, Vec<String>)>,
    /// From which day the workbook counts its days.
    pub days: DayCount,
    /// How many rows a hidden sheet holds; none for a sheet that is shown.
    pub hidden: Option<u64>,
}

impl Glimpse {
    /// Where it is in the native file; none for the only sheet.
    pub fn part(&self) -> Option<FilePart> {
        self.sheet.as_deref().map(FilePart::from_text)
    }

    /// The sheet's own name, or that of its file without folders where the file has one sheet only.
    pub fn tab(&self) -> Option<String> {
        let FilePart { file, sheet } = self.part()?;
        let name = |file: String| file.rsplit('/').next().map(str::to_owned);
        sheet.or_else(|| file.and_then(name))
    }
}
