//! Which column of a sheet holds which field, with everything else a reader needs to turn its rows into a table.
//!
//! A mapping is kept with the exhibit that was read by it (see [`crate::reading`]), so every field of it is written and
//! read by its derived form. A field that is added later gets `#[serde(default)]` where its default says what was done
//! before there was one; otherwise [`crate::reading::FORMAT`] goes up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use orochi_model::quantity::Volume;
use orochi_model::{
    party::Region,
    text::unguarded,
    time::{Clock, DateOrder, DayCount, Zone, read_offset},
};
use serde::{Deserialize, Serialize, Serializer};

use super::field::{Field, Table};
use super::furniture::first_row;
use super::notation::Notation;
use super::words::Sense;

/// Most words that a column of kinds, networks or targets holds.
const FEW: usize = 20;

/// A line between the rows of a table that states whose data follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetLine {
    /// Its row number.
    pub row: u64,
    /// Canonical text.
    pub target: String,
}

/// A sheet, understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mapping {
    /// Profile name and version, or `proposed`.
    pub profile: String,
    /// What the rows become.
    pub table: Table,
    /// The sheet's name in a workbook or archive.
    pub sheet: Option<String>,
    /// Row number of the header; none when the file has none.
    pub header_row: Option<u64>,
    /// First row after preamble and header.
    pub first_data_row: u64,
    /// The headings as disclosed (`column 3` when there is no header).
    pub headings: Vec<String>,
    /// How many columns the table has: a row with a filled cell beyond them has been shifted or joined. None when the
    /// file's own rows do not show it.
    pub width: Option<usize>,
    /// What the rows of the sample begin with, where that is one of a few words: a line of nothing else
    /// is a row that was cut off.
    pub openings: BTreeSet<String>,
    /// Columns of each field, best first: the first that is not empty in a row counts.
    pub columns: BTreeMap<Field, Vec<usize>>,
    /// Where the operator's own text of a field stands beside its worked-on value.
    pub raw: BTreeMap<Field, usize>,
    /// How sure each field is, 0 to 1.
    pub sureness: BTreeMap<Field, f32>,
    /// Zone of the times.
    pub zone: Zone,
    /// The zone's name as stored: `UTC`, `UTC+01:00`, `Europe/London`, `stated`.
    pub zone_name: String,
    /// Order of day, month and year.
    pub order: DateOrder,
    /// From which day bare day numbers count.
    pub days: DayCount,
    /// Country whose national form bare numbers are in.
    pub region: Region,
    /// The target the preamble states, canonical.
    pub target: Option<String>,
    /// Lines between the rows that state another target, in the order of the rows: a file of several
    /// targets, one after the other.
    pub target_lines: Vec<TargetLine>,
    /// Numbers whose data the rows are, as the rows themselves show (see [`crate::parties`]): a row with one of them as
    /// caller or as called party is that one's record. Empty where the file does not show it.
    pub owners: BTreeSet<String>,
    /// Easting and northing stand as their headings say, whatever a single row looks like.
    #[serde(default)]
    pub grid_in_order: bool,
    /// The operator the preamble states or the profile knows.
    pub network: Option<String>,
    /// Lines understood above the header.
    pub preamble: Vec<(String, String)>,
    /// Words of the type column, by their normalised text.
    #[serde(serialize_with = "in_order")]
    pub types: HashMap<String, Sense>,
    /// Words of the direction column, by their normalised text.
    #[serde(serialize_with = "in_order")]
    pub directions: HashMap<String, Sense>,
    /// What holds for every row.
    pub constant: Sense,
    /// Mobile country code of every row.
    pub mcc: Option<String>,
    /// Mobile network code of every row.
    pub mnc: Option<String>,
    /// Cells are of the layout's own making.
    pub opaque_cells: bool,
    /// Unit of volumes sent.
    pub up_unit: Volume,
    /// Unit of volumes received.
    pub down_unit: Volume,
    /// How the values of a field are written, where it is not the usual way.
    pub notations: BTreeMap<Field, Notation>,
    /// Columns no field took.
    pub unmapped: Vec<String>,
    /// What a reader should know.
    pub remarks: Vec<String>,
}

/// Writes words in their order, so that the same mapping gives the same bytes.
fn in_order<S: Serializer>(words: &HashMap<String, Sense>, serializer: S) -> Result<S::Ok, S::Error> {
    words.iter().collect::<BTreeMap<_, _>>().serialize(serializer)
}

impl Mapping {
    /// A mapping with no columns yet.
    pub fn new(profile: String, table: Table) -> Self {
        Self {
            profile,
            table,
            sheet: None,
            header_row: None,
            first_data_row: 1,
            headings: Vec::new(),
            width: None,
            openings: BTreeSet::new(),
            columns: BTreeMap::new(),
            raw: BTreeMap::new(),
            sureness: BTreeMap::new(),
            zone: Zone::Utc,
            zone_name: "UTC".into(),
            order: DateOrder::DayMonthYear,
            days: DayCount::default(),
            region: Region::Gb,
            target: None,
            target_lines: Vec::new(),
            owners: BTreeSet::new(),
            grid_in_order: false,
            network: None,
            preamble: Vec::new(),
            types: HashMap::new(),
            directions: HashMap::new(),
            constant: Sense::default(),
            mcc: None,
            mnc: None,
            opaque_cells: false,
            up_unit: Volume::Kilobytes,
            down_unit: Volume::Kilobytes,
            notations: BTreeMap::new(),
            unmapped: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// A reader of a field's times.
    pub fn clock(&self, field: Field) -> Clock {
        Clock::new(self.zone.clone(), self.order).counting(self.days).corrected(self.notation(field).dates)
    }

    /// How the values of a field are written.
    pub fn notation(&self, field: Field) -> Notation {
        self.notations.get(&field).copied().unwrap_or_default()
    }

    /// The target that the lines around the table state for a row: that of the last such line above it.
    pub fn target_at(&self, row: u64) -> Option<&str> {
        let above = self.target_lines.partition_point(|line| line.row <= row);
        let line = above.checked_sub(1).map(|last| self.target_lines[last].target.as_str());
        line.or(self.target.as_deref())
    }

    /// Whether a field has a column.
    pub fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// The first column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(&field).and_then(|columns| columns.first().copied())
    }

    /// The heading of a field's first column.
    pub fn heading(&self, field: Field) -> Option<&str> {
        self.column(field).and_then(|column| self.headings.get(column)).map(String::as_str)
    }

    /// The field a column holds.
    pub fn field_of(&self, column: usize) -> Option<Field> {
        self.columns
            .iter()
            .find(|(_, columns)| columns.contains(&column))
            .map(|(field, _)| *field)
            .or_else(|| self.raw.iter().find(|(_, raw)| **raw == column).map(|(field, _)| *field))
    }

    /// Sets the zone by name.
    pub fn set_zone(&mut self, name: &str) {
        self.zone = match name {
            "UTC" => Zone::Utc,
            "stated" => Zone::Stated,
            name if name.starts_with("UTC") => read_offset(name)
                .and_then(|seconds| jiff::tz::Offset::from_seconds(seconds).ok())
                .map_or(Zone::Utc, |offset| Zone::Local(jiff::tz::TimeZone::fixed(offset))),
            name => jiff::tz::TimeZone::get(name).map_or(Zone::Utc, Zone::Local),
        };
        self.zone_name = name.to_owned();
    }

    /// Takes the heading at this place of the head, and where the rows begin. Returns the place of the first row.
    pub fn take_heading(&mut self, head: &[(u64, Vec<String>)], heading: usize) -> usize {
        let (number, row) = &head[heading];
        let first = first_row(head, heading);
        self.header_row = Some(*number);
        self.first_data_row = if first > heading { number + 1 } else { head[first].0 };
        self.headings = row.iter().map(|cell| unguarded(cell).to_owned()).collect();
        first
    }

    /// Takes the width from the headings and the first rows: a nameless column that most rows
    /// fill belongs to the table.
    pub fn set_width(&mut self, body: &[(u64, Vec<String>)]) {
        let named = self.headings.iter().rposition(|heading| !heading.trim().is_empty()).map_or(0, |last| last + 1);
        let filled = |column: usize| {
            let rows = body.iter().filter(|(_, row)| row.get(column).is_some_and(|cell| !cell.trim().is_empty()));
            rows.count() * 2 > body.len()
        };
        let most = body.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        let first =
            body.iter().filter_map(|(_, row)| row.first()).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let openings: BTreeSet<&str> = first.collect();
        if openings.len() <= FEW {
            self.openings = openings.into_iter().map(str::to_owned).collect();
        }
        self.width =
            (named > 0).then(|| (named..most).rev().find(|column| filled(*column)).map_or(named, |last| last + 1));
    }

    /// Says where a call's length comes from when no column gives it.
    pub fn note_length(&mut self) {
        let ends = self.has(Field::End) || self.has(Field::EndTime);
        if self.table == Table::Communications && ends && !self.has(Field::Duration) {
            let remark = "no column gives the duration; a call's is the time from start to end, in which ringing may \
                          be included";
            self.remarks.push(remark.to_owned());
        }
    }

    /// Lists the columns no field took.
    pub fn note_unmapped(&mut self, ignored: &[String]) {
        let ignored: Vec<String> = ignored.iter().map(|heading| crate::heading::normalise(heading)).collect();
        self.unmapped = (0..self.headings.len())
            .filter(|column| self.field_of(*column).is_none())
            .map(|column| self.headings[column].trim().to_owned())
            .filter(|heading| !heading.is_empty() && !ignored.contains(&crate::heading::normalise(heading)))
            .collect();
    }
}
