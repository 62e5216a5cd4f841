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

    const fn of(spec: &'static spec::Spec) -> Self {
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
    Layout::of(&operators::UK_CALL_DATA),
    Layout::of(&operators::ADM_TELEPHONY),
    Layout::of(&states::ATT_US),
    Layout::of(&states::T_MOBILE_US),
    Layout::of(&states::VERIZON_US),
    Layout::of(&operators::CELLYZER_CALLS),
    Layout::of(&operators::CELLYZER_MESSAGES),
    Layout::of(&operators::SIMULATED_AREA),
    Layout::of(&operators::ANDROID_CALL_LOG),
    Layout::of(&unknown::NUMBERS_JOINED),
    Layout::of(&unknown::NUMBERS_SPLIT),
    Layout::of(&unknown::TARGET_AND_OTHER),
    Layout::of(&unknown::SUBJECT_LOG),
    Layout::of(&unknown::SITES_ON_GRID),
    Layout::of(&unknown::SITES_BY_DEGREES),
    Layout::of(&unknown::DIVERTS),
    Layout::of(&unknown::SERVED_PARTY),
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
