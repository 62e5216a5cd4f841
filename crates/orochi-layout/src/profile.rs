//! A layout as a user can read and write it: a TOML file that says how to know a sheet and what its columns hold.
//!
//! A profile is found by the headings it requires, compared without regard to case, spaces, punctuation and a trailing
//! `(*Raw)`-like suffix; never by a file's name or a header's row. An unknown key is an error: a mistyped field that is
//! silently passed over would drop evidence.

use std::collections::BTreeMap;
use std::path::Path;

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::field::{Field, Table};

/// A layout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Short name, unique among the profiles at hand.
    pub name: String,
    /// Goes up by one whenever the same file could be read differently.
    pub version: u32,
    /// One line: whose layout, which product.
    pub title: String,
    /// Where the layout is known from.
    pub source: String,
    /// What the rows are.
    pub table: Option<Table>,
    /// Country whose national form bare numbers are read in: `GB` (also when absent) or `US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `UTC`, an IANA zone such as `Europe/London`, `stated` (each value says so), or `heading` (the headings
    /// or the preamble say so).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// `day-month-year`, `month-day-year`, `year-month-day`, or `values` (decided from the file).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<String>,
    /// Headings that must all be there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<String>,
    /// Headings that must not be there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbid: Vec<String>,
    /// For files without a header: what each column holds, in order (`ignore` for none).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headerless: Vec<Field>,
    /// Cells are known only by an identifier of this layout's own making, kept as `TEXT/…`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub opaque_cells: bool,
    /// Sheets of a workbook.
    #[serde(default, skip_serializing_if = "Sheets::is_empty")]
    pub sheets: Sheets,
    /// Lines above the header: the value is the first non-empty cell after the key.
    #[serde(default, skip_serializing_if = "Preamble::is_empty")]
    pub preamble: Preamble,
    /// Field → heading, or headings in order of preference (the first that is there and not empty in the row counts).
    #[serde(default)]
    pub columns: BTreeMap<Field, Headings>,
    /// Known headings left out on purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Words of the `type` column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, Meaning>,
    /// Words of the `direction` column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub directions: BTreeMap<String, Meaning>,
    /// Values that hold for every row.
    #[serde(default, skip_serializing_if = "Constants::is_empty")]
    pub constants: Constants,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// One heading or several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Headings {
    /// One.
    One(String),
    /// Several, best first.
    Several(Vec<String>),
}

impl Headings {
    /// The headings, best first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(heading) => std::slice::from_ref(heading),
            Self::Several(headings) => headings,
        }
        .iter()
        .map(String::as_str)
    }
}

/// What a word in a type or direction column means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// `call`, `text`, `mms`, `data` or `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `A` when the record is the caller's, `B` the called party's, `C` the forwarded-to party's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// `answered`, `missed`, `voicemail` or `diverted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// Which sheets of a workbook to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheets {
    /// In order of preference; only the first that is there is read.
    #[serde(default)]
    pub prefer: Vec<String>,
    /// Never read.
    #[serde(default)]
    pub leave: Vec<String>,
}

impl Sheets {
    pub(crate) fn is_empty(&self) -> bool {
        self.prefer.is_empty() && self.leave.is_empty()
    }
}

/// Keys in the lines above the header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preamble {
    /// The identifier asked for.
    #[serde(default)]
    pub target: Vec<String>,
    /// The operator.
    #[serde(default)]
    pub operator: Vec<String>,
    /// The reference of the request.
    #[serde(default)]
    pub reference: Vec<String>,
}

impl Preamble {
    fn is_empty(&self) -> bool {
        self.target.is_empty() && self.operator.is_empty() && self.reference.is_empty()
    }
}

/// Values that hold for every row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constants {
    /// Kind of every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Side of every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Mobile country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// Mobile network code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mnc: Option<String>,
    /// Unit of data volumes when the headings do not say: `bytes`, `KB` or `MB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
}

impl Constants {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Profile {
    /// Reads a profile from TOML.
    ///
    /// # Errors
    /// User kind: the key, its line, what was expected.
    pub fn read(text: &str, place: &str) -> Result<Self, Problem> {
        let profile: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let place = line.map_or(place.to_owned(), |line| format!("{place}, line {line}"));
            Problem::user("this layout profile cannot be read")
                .at(place)
                .because(error.message())
                .hint("correct the line; profiles/ in the source shows every key in use")
        })?;
        profile.check().map_err(|cause| {
            Problem::user("this layout profile contradicts itself")
                .at(format!("{place}, profile {}", profile.name))
                .because(cause)
        })?;
        Ok(profile)
    }

    /// Reads a profile file.
    ///
    /// # Errors
    /// As [`Profile::read`], or when the file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let text =
            std::fs::read_to_string(path).map_err(|error| Problem::io("read the layout profile", path, &error))?;
        Self::read(&text, &path.display().to_string())
    }

    fn check(&self) -> Result<(), String> {
        if self.name.is_empty() || self.name.contains(char::is_whitespace) {
            return Err("name must be one word".into());
        }
        if self.version == 0 {
            return Err("version starts at 1".into());
        }
        if self.source.trim().is_empty() {
            return Err("source must say how the layout is known".into());
        }
        if self.table.is_none() {
            return Err("table must be communications, cells, subscribers, topups, handsets or postcodes".into());
        }
        match (self.headerless.is_empty(), self.require.is_empty()) {
            (true, true) => return Err("needs `require` (headings) or `headerless` (fields in column order)".into()),
            (false, false) => return Err("`require` and `headerless` exclude each other".into()),
            _ => {}
        }
        if !self.require.is_empty() && self.columns.is_empty() {
            return Err("`columns` is empty".into());
        }
        one_of("region", self.region.as_deref(), &["GB", "US"])?;
        one_of("dates", self.dates.as_deref(), &["day-month-year", "month-day-year", "year-month-day", "values"])?;
        one_of("constants.volume", self.constants.volume.as_deref(), &["bytes", "KB", "MB"])?;
        if let Some(zone) = &self.zone
            && !matches!(zone.as_str(), "UTC" | "stated" | "heading")
            && jiff::tz::TimeZone::get(zone).is_err()
        {
            return Err(format!("zone `{zone}` is neither UTC, stated, heading nor a zone name such as Europe/London"));
        }
        let constant = Meaning { kind: self.constants.kind.clone(), side: self.constants.side.clone(), outcome: None };
        for (word, meaning) in
            self.types.iter().chain(&self.directions).chain(std::iter::once((&"constants".to_owned(), &constant)))
        {
            let kinds = &["call", "text", "mms", "data", "other"];
            one_of(&format!("kind of {word}"), meaning.kind.as_deref(), kinds)?;
            one_of(&format!("side of {word}"), meaning.side.as_deref(), &["A", "B", "C"])?;
            let outcomes = &["answered", "missed", "voicemail", "diverted"];
            one_of(&format!("outcome of {word}"), meaning.outcome.as_deref(), outcomes)?;
        }
        Ok(())
    }
}

fn one_of(key: &str, value: Option<&str>, allowed: &[&str]) -> Result<(), String> {
    match value {
        Some(value) if !allowed.contains(&value) => Err(format!("{key} is `{value}`; expected {}", allowed.join(", "))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str =
        "name = \"x\"\nversion = 1\ntitle = \"t\"\nsource = \"made up\"\ntable = \"cells\"\nrequire = [\"Cell\"]\n";

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let problem = Profile::read(&format!("{SMALL}colour = \"red\"\n[columns]\nstart_cell = \"Cell\"\n"), "x.toml")
            .unwrap_err();
        assert_eq!(problem.place.as_deref(), Some("x.toml, line 7"));
        assert!(problem.cause.unwrap().contains("colour"));
    }

    #[test]
    fn an_unknown_field_is_named_with_its_line() {
        let problem = Profile::read(&format!("{SMALL}[columns]\nstrat_cell = \"Cell\"\n"), "x.toml").unwrap_err();
        assert_eq!(problem.place.as_deref(), Some("x.toml, line 8"));
        assert!(problem.cause.unwrap().contains("strat_cell"));
    }

    #[test]
    fn a_contradiction_is_said() {
        let problem = Profile::read(&format!("{SMALL}region = \"FR\"\n[columns]\nstart_cell = \"Cell\"\n"), "x.toml")
            .unwrap_err();
        assert!(problem.cause.unwrap().contains("expected GB, US"));
    }

    #[test]
    fn a_profile_survives_writing_and_reading() {
        let profile =
            Profile::read(&format!("{SMALL}[columns]\nstart_cell = [\"Cell\", \"CGI\"]\n"), "x.toml").unwrap();
        let written = toml::to_string_pretty(&profile).unwrap();
        assert_eq!(Profile::read(&written, "again").unwrap(), profile);
    }
}
