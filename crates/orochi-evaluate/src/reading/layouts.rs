//! The layouts: every shipped profile, and tables that no profile knows.

mod accounts;
mod cells;
pub mod communications;
mod lists;
mod operators;
pub mod spec;
mod states;
mod unknown;

use super::{draft::Draft, draw::Draw};

/// A layout by name.
pub struct Layout {
    /// Its name; a profile's where it is one.
    pub name: &'static str,
    /// Whether a shipped profile reads it.
    pub profile: bool,
    make: Make,
}

enum Make {
    Communications(&'static spec::Spec),
    List(fn(&mut Draw, usize) -> Draft),
}

impl Layout {
    const fn list(name: &'static str, profile: bool, make: fn(&mut Draw, usize) -> Draft) -> Self {
        Self { name, profile, make: Make::List(make) }
    }

    const fn from_spec(spec: &'static spec::Spec) -> Self {
        Self { name: spec.name, profile: spec.profile, make: Make::Communications(spec) }
    }

    /// A clean table of so many rows.
    pub fn draft(&self, draw: &mut Draw, rows: usize) -> Draft {
        let mut draft = match self.make {
            Make::Communications(spec) => communications::draft(spec, draw, rows),
            Make::List(make) => make(draw, rows),
        };
        draft.layout = self.name;
        draft
    }

    /// The layout's kind of communications, to make more rows of another subject.
    pub fn spec(&self) -> Option<&'static spec::Spec> {
        match self.make {
            Make::Communications(spec) => Some(spec),
            Make::List(_) => None,
        }
    }
}

/// All of them.
pub static LAYOUTS: &[Layout] = &[
    Layout::from_spec(&operators::UK_CALL_DATA),
    Layout::from_spec(&operators::ADM_TELEPHONY),
    Layout::from_spec(&states::ATT_US),
    Layout::from_spec(&states::T_MOBILE_US),
    Layout::from_spec(&states::VERIZON_US),
    Layout::from_spec(&operators::CELLYZER_CALLS),
    Layout::from_spec(&operators::CELLYZER_MESSAGES),
    Layout::from_spec(&operators::SIMULATED_AREA),
    Layout::from_spec(&operators::ANDROID_CALL_LOG),
    Layout::from_spec(&unknown::NUMBERS_JOINED),
    Layout::from_spec(&unknown::NUMBERS_SPLIT),
    Layout::from_spec(&unknown::TARGET_AND_OTHER),
    Layout::from_spec(&unknown::SUBJECT_LOG),
    Layout::from_spec(&unknown::SITES_ON_GRID),
    Layout::from_spec(&unknown::SITES_BY_DEGREES),
    Layout::from_spec(&unknown::DIVERTS),
    Layout::from_spec(&unknown::SERVED_PARTY),
    Layout::list("cell-list-telcell", true, cells::telcell),
    Layout::list("cellyzer-antennas", true, cells::antennas),
    Layout::list("code-point-open", true, cells::postcodes),
    Layout::list("opencellid", true, cells::opencellid),
    Layout::list("opencellid-headed", true, cells::opencellid_headed),
    Layout::list("subscriber", true, accounts::subscribers),
    Layout::list("topup", true, accounts::topups),
    Layout::list("handset-history", true, accounts::handsets),
    Layout::list("cells-on-grid", false, cells::cells_on_grid),
    Layout::list("cells-by-degrees", false, cells::cells_by_degrees),
    Layout::list("customers", false, accounts::customers),
    Layout::list("recharges", false, accounts::recharges),
    Layout::list("handsets-used", false, accounts::handsets_used),
];
