//! How a table is written: as text or as a workbook, and in what it is wrapped.

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Workbook,
    /// A web page named as a workbook.
    Page,
    /// A web page in parts, as mail programs save it, named as a workbook.
    Mime,
}

/// Ends of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Feed,
    Both,
    Return,
    Mixed,
}

/// Characters as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8Mark,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

/// Which cells stand in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Those that need it.
    Needed,
    /// All.
    All,
    /// None: marks in a cell stand as they are.
    Never,
}

/// What the file is packed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Gzip,
    /// An archive made on a Macintosh, with a letter.
    Zip,
}

/// How dates stand in a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// As the text that a text file would hold.
    Text,
    /// As numbers with a date's format.
    Tagged,
    /// As bare numbers.
    Bare,
    /// Those that a spreadsheet of the United States took for dates, as it took them; the others as text.
    Turned,
    /// Two rows of three as date cells, the others as text.
    Mixed,
}

/// Another sheet of a workbook.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// Whether it stands before the table's.
    pub first: bool,
    /// Its rows; none for a second view of the table.
    pub rows: Option<Vec<Vec<String>>>,
}

/// How a table is written.
#[derive(Clone, Debug)]
pub struct Form {
    pub kind: Kind,
    pub name: String,
    pub delimiter: char,
    pub marks: Marks,
    pub ends: Ends,
    pub last_end: bool,
    pub encoding: Encoding,
    pub packing: Packing,
    /// The table's sheet.
    pub sheet: String,
    pub sheets: Vec<Sheet>,
    pub dates: Dates,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
    /// Whether cells of digits are numbers.
    pub numbers: bool,
    /// Whether the sheet states a smaller range than it has.
    pub false_range: bool,
    /// Whether rows above the heading are one merged cell each.
    pub merged: bool,
}

impl Form {
    /// Plain text with commas.
    pub fn text() -> Self {
        Self {
            kind: Kind::Text,
            name: "file.csv".into(),
            delimiter: ',',
            marks: Marks::Needed,
            ends: Ends::Feed,
            last_end: true,
            encoding: Encoding::Utf8,
            packing: Packing::Plain,
            sheet: "Sheet1".into(),
            sheets: Vec::new(),
            dates: Dates::Text,
            from_1904: false,
            numbers: false,
            false_range: false,
            merged: false,
        }
    }

    /// A workbook with one sheet of texts.
    pub fn workbook() -> Self {
        Self { kind: Kind::Workbook, name: "file.xlsx".into(), ..Self::text() }
    }
}
