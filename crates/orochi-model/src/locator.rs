//! Where a statement comes from: a place in a native file.
//!
//! A native file may hold others (an archive), and each of these several sheets or streams. Tables keep the two in one
//! text, the *part*, which [`FilePart`] writes and reads: `calls.csv!` is a file of an archive, `return.xlsx!Calls` a
//! sheet of a workbook in an archive, `Calls` a sheet of the native file itself.

use serde::{Deserialize, Serialize};

/// One row or item of one native file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// Exhibit label, for example `EX0003`.
    pub exhibit: String,
    /// The file within the native file, where that is an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The sheet of a workbook, the table of a page or the stream of a container, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The number that a spreadsheet shows beside the row: 1 is the first line, header and preamble counted. Of what
    /// has no rows, the ordinal of the item, from 1.
    pub row: u64,
}

impl Locator {
    /// Of the columns of a table; `part` is the text of a [`FilePart`].
    pub fn from_columns(exhibit: &str, part: Option<&str>, row: u64) -> Self {
        let FilePart { file, sheet } = part.map(FilePart::from_text).unwrap_or_default();
        Self { exhibit: exhibit.to_owned(), file, sheet, row }
    }

    /// The part of the native file; none where it has one only.
    pub fn part(&self) -> Option<FilePart> {
        let part = FilePart { file: self.file.clone(), sheet: self.sheet.clone() };
        (part != FilePart::default()).then_some(part)
    }
}

/// The file within an archive and the sheet within that file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePart {
    /// The file within the native file.
    pub file: Option<String>,
    /// The sheet, table or stream.
    pub sheet: Option<String>,
}

/// Ends the name of a file.
const MARK: char = '!';

fn escaped(name: &str) -> String {
    name.replace('%', "%25").replace(MARK, "%21")
}

fn plain(text: &str) -> String {
    text.replace("%21", "!").replace("%25", "%")
}

impl FilePart {
    /// Reads the text of a table. What an earlier version wrote (`archive member/sheet`) is taken as a sheet's name.
    pub fn from_text(text: &str) -> Self {
        match text.split_once(MARK) {
            Some((file, sheet)) => {
                Self { file: Some(plain(file)), sheet: Some(plain(sheet)).filter(|sheet| !sheet.is_empty()) }
            }
            None => Self { file: None, sheet: Some(plain(text)) },
        }
    }

    /// The text that tables keep.
    pub fn text(&self) -> String {
        let sheet = self.sheet.as_deref().map(escaped).unwrap_or_default();
        self.file.as_deref().map_or(sheet.clone(), |file| format!("{}{MARK}{sheet}", escaped(file)))
    }

    /// The text of a table as a reader sees it.
    pub fn shown_text(text: &str) -> String {
        Self::from_text(text).shown()
    }

    /// As a reader sees it: `calls.csv`, `return.xlsx/Calls`, `Calls`.
    pub fn shown(&self) -> String {
        [self.file.as_deref(), self.sheet.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("/")
    }

    /// Whether a user means this part by `name`: its text, or as it is shown.
    pub fn is_named(&self, name: &str) -> bool {
        self.text() == name || self.shown() == name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(file: Option<&str>, sheet: Option<&str>) -> FilePart {
        FilePart { file: file.map(str::to_owned), sheet: sheet.map(str::to_owned) }
    }

    #[test]
    fn parts_are_read_as_they_are_written() {
        let names = ["a", "calls.csv", "in/side.xlsx", "Calls!", "100 %", "%21", "%2521", "!", " "];
        let each = || [None].into_iter().chain(names.map(Some));
        for file in each() {
            for sheet in each().filter(|sheet| file.is_some() || sheet.is_some()) {
                let one = part(file, sheet);
                assert_eq!(FilePart::from_text(&one.text()), one, "{}", one.text());
                assert!(one.is_named(&one.text()) && one.is_named(&one.shown()));
            }
        }
        assert_eq!(part(Some("return.xlsx"), Some("Calls")).text(), "return.xlsx!Calls");
        assert_eq!(part(Some("calls.csv"), None).text(), "calls.csv!");
        assert_eq!(part(None, Some("Calls")).text(), "Calls");
    }

    #[test]
    fn what_an_earlier_version_wrote_is_shown_as_it_was() {
        let old = FilePart::from_text("return.xlsx/Calls");
        assert_eq!((old.file.clone(), old.shown()), (None, "return.xlsx/Calls".to_owned()));
        assert!(part(Some("return.xlsx"), Some("Calls")).is_named("return.xlsx/Calls"));
    }

    #[test]
    fn a_locator_says_file_sheet_and_row() {
        let json = |part| serde_json::to_string(&Locator::from_columns("EX0001", part, 7)).unwrap();
        assert_eq!(json(None), r#"{"exhibit":"EX0001","row":7}"#);
        assert_eq!(json(Some("Calls")), r#"{"exhibit":"EX0001","sheet":"Calls","row":7}"#);
        assert_eq!(json(Some("a.zip!Calls")), r#"{"exhibit":"EX0001","file":"a.zip","sheet":"Calls","row":7}"#);
        assert_eq!(Locator::from_columns("EX0001", None, 7).part(), None);
    }
}
