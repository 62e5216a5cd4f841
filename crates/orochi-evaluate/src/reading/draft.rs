//! A table before it is written: columns with what they hold, lines with what they say, and the truth beside each line.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use super::form::Form;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    A,
    B,
    C,
    Own,
    Other,
    Target,
    Number,
    Type,
    Direction,
    Moment(Moment, InstantPart),
    Duration,
    Ring,
    Imei,
    AImei,
    BImei,
    Imsi,
    Iccid,
    Cell,
    EndCell,
    Area,
    CellNumber,
    Node,
    Sector,
    EndNode,
    EndSector,
    Mcc,
    Mnc,
    Radio,
    Easting,
    Northing,
    Latitude,
    Longitude,
    Azimuth,
    Postcode,
    Site,
    Name,
    Born,
    Address,
    Amount,
    Up,
    Down,
    Network,
    /// The same words in every row.
    Words(&'static str),
    /// A column that no field takes: a switch, an account, words.
    Extra,
}

/// An instant that a row states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    Start,
    End,
    From,
    To,
}

/// How much of an instant a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstantPart {
    Whole,
    Date,
    Time,
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    pub heading: String,
    pub role: Role,
}

impl Column {
    /// The columns of a layout.
    pub fn all(layout: &[(&str, Role)]) -> Vec<Self> {
        layout.iter().map(|(heading, role)| Self { heading: (*heading).to_owned(), role: *role }).collect()
    }
}

/// One line below the heading.
#[derive(Clone, Debug)]
pub struct DraftLine {
    pub cells: Vec<String>,
    /// The fact that it states; none for furniture.
    pub fact: Option<usize>,
}

/// What one row says, as the reader's tables name it.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    /// Value by column of the reader's table, empty for absent. Instants are seconds since 1970.
    pub values: BTreeMap<&'static str, String>,
    /// The instants it states, seconds since 1970.
    pub moments: BTreeMap<Moment, i64>,
    /// Whether an honest reader may reject the row.
    pub rejectable: bool,
    /// What an honest reader may leave absent.
    pub lacking: BTreeSet<&'static str>,
    /// By how many seconds an instant may be off where a remark says that it was cut.
    pub tolerance: i64,
}

/// The clock that a table's times are read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    Utc,
    London,
    NewYork,
}

impl Zone {
    /// Seconds that the clock shows, counted as if it were UTC.
    pub fn civil(self, utc: i64) -> i64 {
        let name = match self {
            Self::Utc => return utc,
            Self::London => "Europe/London",
            Self::NewYork => "America/New_York",
        };
        let offset = TimeZone::get(name)
            .and_then(|zone| Ok(zone.to_offset(Timestamp::from_second(utc)?).seconds()))
            .unwrap_or_default();
        utc + i64::from(offset)
    }

    /// The instant at which the clock shows so many seconds.
    pub fn utc(self, civil: i64) -> i64 {
        let guess = civil - (self.civil(civil) - civil);
        // Once more, where the clock changed in between.
        civil - (self.civil(guess) - guess)
    }
}

/// Date and time of seconds counted as if they were UTC.
pub fn date_time(seconds: i64) -> DateTime {
    Timestamp::from_second(seconds).map_or(DateTime::default(), |instant| TimeZone::UTC.to_datetime(instant))
}

/// A table with its truth.
#[derive(Clone, Debug)]
pub struct Draft {
    pub layout: &'static str,
    /// The reader's table that its rows belong to.
    pub table: &'static str,
    /// Whether the table is read by its headings alone, so that other headings of the same meaning must do.
    pub free: bool,
    pub headed: bool,
    pub zone: Zone,
    pub above: Vec<Vec<String>>,
    pub columns: Vec<Column>,
    pub lines: Vec<DraftLine>,
    pub facts: Vec<Fact>,
    pub form: Form,
    /// The number whose data it is, canonical; none when there are several or none.
    pub subject: Option<String>,
    /// Why an honest reader may refuse the whole file.
    pub refusable: Option<&'static str>,
    /// Whether rows of another sheet may repeat those of this one.
    pub repeated: bool,
}

impl Draft {
    /// The number of a line in the file: rows above, heading, lines before it.
    pub fn row_of(&self, line: usize) -> u64 {
        (self.above.len() + usize::from(self.headed) + line) as u64 + 1
    }

    /// Places of the columns with these roles.
    pub fn columns_of(&self, roles: &[Role]) -> Vec<usize> {
        (0..self.columns.len()).filter(|at| roles.contains(&self.columns[*at].role)).collect()
    }

    /// Whether a column has one of these roles.
    pub fn has(&self, roles: &[Role]) -> bool {
        !self.columns_of(roles).is_empty()
    }

    /// Places of columns of instants, with what each holds.
    pub fn moments(&self) -> Vec<Dated> {
        let dated = |(at, column): (usize, &Column)| match column.role {
            Role::Moment(moment, part) => Some(Dated { at, moment, part }),
            _ => None,
        };
        self.columns.iter().enumerate().filter_map(dated).collect()
    }

    /// Places of lines that state facts.
    pub fn stating(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|line| self.lines[*line].fact.is_some()).collect()
    }

    /// Changes the cells of some columns in every line that states a fact; empty cells stay.
    pub fn change(&mut self, columns: &[usize], mut with: impl FnMut(&str) -> String) {
        for line in self.lines.iter_mut().filter(|line| line.fact.is_some()) {
            for at in columns {
                if let Some(cell) = line.cells.get_mut(*at).filter(|cell| !cell.is_empty()) {
                    *cell = with(cell);
                }
            }
        }
    }

    /// The fact of a line.
    pub fn fact_mut(&mut self, line: usize) -> Option<&mut Fact> {
        let fact = self.lines.get(line)?.fact?;
        self.facts.get_mut(fact)
    }

    /// Puts a line of furniture before the line at `place`.
    pub fn furnish(&mut self, place: usize, mut cells: Vec<String>) {
        cells.truncate(self.columns.len().max(1));
        let place = place.min(self.lines.len());
        self.lines.insert(place, DraftLine { cells, fact: None });
    }

    /// Puts a column before the one at `place`; `cell` gives its text by line.
    pub fn insert_column(&mut self, place: usize, column: Column, mut cell: impl FnMut(usize) -> String) {
        let place = place.min(self.columns.len());
        self.columns.insert(place, column);
        for (index, line) in self.lines.iter_mut().enumerate() {
            // Short lines of furniture stay short.
            if line.cells.len() >= place && (line.fact.is_some() || line.cells.len() > place) {
                line.cells.insert(place, if line.fact.is_some() { cell(index) } else { String::new() });
            }
        }
    }
}

/// A column of instants.
#[derive(Clone, Copy, Debug)]
pub struct Dated {
    pub at: usize,
    pub moment: Moment,
    pub part: InstantPart,
}
