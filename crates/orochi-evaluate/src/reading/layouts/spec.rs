//! What a layout of communications is made of.

use crate::reading::{
    clock::Style,
    draft::{Role, Zone},
    world::{Country, Site, World, WorldEvent},
};

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// `+447700900123`
    Plus,
    /// `447700900123`
    Country,
    /// `07700900123`
    National,
    /// `7700900123`
    Bare,
}

impl Numbers {
    /// The text of a canonical party; what is no number stays.
    pub fn write(self, party: &str) -> String {
        let Some(digits) = party.strip_prefix('+') else { return party.to_owned() };
        let national = digits.strip_prefix("44").or_else(|| digits.strip_prefix('1')).unwrap_or(digits);
        match self {
            Self::Plus => party.to_owned(),
            Self::Country => digits.to_owned(),
            Self::National if digits.starts_with("44") => format!("0{national}"),
            Self::National | Self::Bare => national.to_owned(),
        }
    }
}

/// How durations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    Seconds,
    /// `00:01:05`
    Clock,
    /// `1:05`
    Minutes,
}

impl Length {
    /// The text of so many seconds.
    pub fn write(self, seconds: i64) -> String {
        match self {
            Self::Seconds => seconds.to_string(),
            Self::Clock => format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60),
            Self::Minutes => format!("{}:{:02}", seconds / 60, seconds % 60),
        }
    }
}

/// How a reader knows whose record a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Types, directions, a target or one party's handset say it in every row.
    Stated,
    /// The one number, SIM or handset that all rows share.
    Shared,
}

/// A layout of communications.
pub struct Spec {
    pub name: &'static str,
    pub profile: bool,
    /// Whether headings of the same meaning must do as well.
    pub free: bool,
    pub country: Country,
    pub zone: Zone,
    pub columns: &'static [(&'static str, Role)],
    pub style: Style,
    pub numbers: Numbers,
    pub length: Length,
    pub kinds: &'static [&'static str],
    pub type_words: fn(&WorldEvent) -> &'static str,
    pub direction_words: fn(&WorldEvent) -> &'static str,
    pub side: Side,
    /// A cell as written.
    pub cell: fn(&Site) -> String,
    /// A cell as the reader's tables name it; empty where the layout states none.
    pub cell_id: fn(&Site) -> String,
    /// Rows above the heading.
    pub above: fn(&World) -> Vec<Vec<String>>,
    /// Whether several subjects stand in one file.
    pub several: bool,
}

/// No rows above the heading.
pub fn nothing_above(_: &World) -> Vec<Vec<String>> {
    Vec::new()
}

/// No word.
pub fn no_word(_: &WorldEvent) -> &'static str {
    ""
}

/// No cell.
pub fn no_cell(_: &Site) -> String {
    String::new()
}

/// `234-15-2101-12345`
pub fn cgi(site: &Site) -> String {
    format!("234-15-{}-{}", site.area, site.cell)
}

/// The canonical text of [`cgi`], whose generation is not stated.
pub fn cgi_id(site: &Site) -> String {
    format!("?/234-15-{}-{}", site.area, site.cell)
}

/// A spec with the usual parts, to be changed.
pub const USUAL: Spec = Spec {
    name: "",
    profile: false,
    free: true,
    country: Country::Kingdom,
    zone: Zone::London,
    columns: &[],
    style: Style::Slashes,
    numbers: Numbers::National,
    length: Length::Seconds,
    kinds: &["call", "call", "text"],
    type_words: |event| if event.kind == "text" { "SMS" } else { "Voice" },
    direction_words: |event| if event.incoming { "Incoming" } else { "Outgoing" },
    side: Side::Stated,
    cell: cgi,
    cell_id: cgi_id,
    above: nothing_above,
    several: false,
};
