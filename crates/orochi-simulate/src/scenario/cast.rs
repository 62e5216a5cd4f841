//! Sections `[lines]`, `[styles.…]`, `[[line]]` and `[lookalikes]`: whose doings the scenario tells. What the
//! look-alikes are like (`[lookalike.…]`) stands in `lookalikes/` beside this file, one file for each kind.
//!
//! A line's figures are ranges: each line draws its own value from each. A figure comes from the `[[line]]`'s own
//! `figures`, else from its style (`[styles.small]`), else from `[lines]`; what a scenario leaves out of the last two
//! is in `cast.toml` beside this file.

use super::check::stated;
use crate::parameter::Parameter;
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the sections say when a scenario does not.
pub(super) const DEFAULTS: &str = include_str!("cast.toml");

/// Style of a line: what it is put into a scenario for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// The line phone stays with its holder far away; runners in town.
    Static,
    /// The line phone goes with the runner on shift.
    Travelling,
    /// Now the one, now the other.
    Hybrid,
    /// Everything within one town or two neighbouring ones: no long travel.
    InForce,
    /// No bulk texts: customers ring.
    Quiet,
    /// A handful of customers.
    Small,
    /// Hundreds of customers.
    Big,
    /// A new number every few days.
    ShortLived,
    /// Bulk texts fade during the window, calls remain.
    Drifting,
}

impl Style {
    /// As in scenarios and `truth.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Travelling => "travelling",
            Self::Hybrid => "hybrid",
            Self::InForce => "in-force",
            Self::Quiet => "quiet",
            Self::Small => "small",
            Self::Big => "big",
            Self::ShortLived => "short-lived",
            Self::Drifting => "drifting",
        }
    }
}

/// Who carries the line phone, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Movement {
    /// It stays with the holder.
    Static,
    /// It goes with the runner on shift.
    Travelling,
    /// Some shifts with the runner, others with the holder.
    Hybrid,
    /// Holder and runners live where they sell.
    InForce,
}

/// What changes when the line changes its phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Nothing.
    None,
    /// SIM and number; the handset stays.
    Sim,
    /// The handset; SIM and number stay.
    Handset,
    /// SIM, number and handset at one time.
    Both,
}

/// Who is told a new number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Announced {
    /// All, by a burst.
    All,
    /// Those who buy most.
    Some,
    /// Nobody: customers hear it from one another, or are rung one by one.
    None,
}

impl Announced {
    /// As in `truth.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Some => "some",
            Self::None => "none",
        }
    }
}

/// One `[[line]]`: one or more lines of a style.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineSection {
    /// What it is put here for.
    pub style: Style,
    /// How many such lines.
    pub count: Parameter<u32>,
    /// Where it sells, one of these; by number of residents outside London when left out.
    #[serde(default)]
    pub towns: Vec<String>,
    /// Where it is controlled from, one of these; London when left out. An in-force line is
    /// controlled from where it sells.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Who carries the phone; drawn when left out.
    pub movement: Option<Movement>,
    /// What changes during the window; drawn when left out.
    pub change: Option<Change>,
    /// Who is told a new number; drawn when left out.
    pub announced: Option<Announced>,
    /// The number passes to another holder during the window; drawn when left out.
    pub hand_over: Option<bool>,
    /// It closes during the window and comes back as another line under a new number with part of its customers.
    #[serde(default)]
    pub reemerges: bool,
    /// It has part of the customers of the line before it in the scenario.
    #[serde(default)]
    pub shares_customers: bool,
    /// Its SIM sits in the handset of the line before it, with the same holder.
    #[serde(default)]
    pub same_handset: bool,
    /// Its own figures.
    #[serde(default)]
    pub figures: Figures,
}

/// A range from which each line draws its own value.
pub type Range = Parameter<[f64; 2]>;

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident: $unit:literal, $low:literal, $high:literal;)*) => {
        /// Figures as a scenario states them; what is left out comes from the section below.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Figures {
            $($(#[$doc])* pub $name: Option<Range>,)*
        }

        /// All figures of a line, each a range.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Ranges {
            $($(#[$doc])* pub $name: (f64, f64),)*
        }

        impl Figures {
            pub(super) fn check(&self, section: &str) -> Result<(), Problem> {
                $(if let Some(range) = &self.$name {
                    range_within(&format!("{section}.{}", stringify!($name)), range, $unit, $low, $high)?;
                })*
                Ok(())
            }

            /// The figures, each from the first of these sections that states it.
            ///
            /// # Errors
            /// When none does: a bug, for the defaults state all.
            pub(super) fn layered(sections: &[&Self]) -> Result<Ranges, Problem> {
                Ok(Ranges {$(
                    $name: sections.iter().find_map(|s| s.$name.as_ref()).map(|r| (r.value[0], r.value[1])).ok_or_else(
                        || Problem::bug(concat!("no default for a line's `", stringify!($name), "`")))?,
                )*})
            }
        }
    };
}

figures! {
    /// People who have the number: the base. Not all of them buy.
    customers: "people", 5.0, 3000.0;
    /// Share of the base who buy during the window.
    buyers: "share", 0.05, 1.0;
    /// Orders on an ordinary day.
    orders: "orders", 1.0, 400.0;
    /// Opening time.
    opens: "hour", 0.0, 20.0;
    /// Closing time; beyond 24 in the small hours.
    shuts: "hour", 12.0, 30.0;
    /// Days without business.
    days_off: "share", 0.0, 0.6;
    /// Bursts on a day with business.
    bursts: "bursts", 0.0, 12.0;
    /// Part of the base that a burst reaches when it is not for all.
    burst_share: "share", 0.05, 1.0;
    /// How quickly the texts of a burst follow one another.
    burst_pace: "texts", 0.05, 60.0;
    /// Recipients that the phone takes at one time.
    burst_batch: "recipients", 2.0, 1000.0;
    /// Orders that come within the hour after a burst.
    drawn: "share", 0.0, 0.9;
    /// Calls of customers that are answered.
    answered: "share", 0.05, 1.0;
    /// Median length of a conversation.
    talk: "seconds", 4.0, 300.0;
    /// Unanswered calls that the line rings back.
    rung_back: "share", 0.0, 1.0;
    /// Orders that begin with a customer's text.
    by_text: "share", 0.0, 1.0;
    /// Orders followed by a second call (where are you).
    second_call: "share", 0.0, 1.0;
    /// Orders that the line phone passes to the runner by a call or text of its own, when it is not with the runner.
    passed: "share", 0.0, 1.0;
    /// Texts to single customers on a day.
    singled_out: "texts", 0.0, 100.0;
    /// Contacts of the line phone with others than customers and runners on a day.
    others: "contacts", 0.0, 10.0;
    /// Calls and texts of buyers among one another, each on a day.
    friends: "contacts", 0.0, 5.0;
    /// Days until the phone changes.
    number_life: "days", 1.0, 400.0;
    /// Hours without a number at a change.
    gap: "hours", 0.0, 96.0;
    /// Customers told, when some are.
    told: "share", 0.0, 1.0;
    /// Customers who never hear of the new number.
    lost: "share", 0.0, 1.0;
    /// Runners.
    runners: "people", 1.0, 12.0;
    /// Length of a runner's shift in town.
    shift: "days", 1.0, 14.0;
    /// Runners who live in the town.
    local_runners: "share", 0.0, 1.0;
    /// Runners of school age.
    children: "share", 0.0, 1.0;
    /// Days on which the holder goes to town.
    visits: "share", 0.0, 1.0;
    /// Line phones with data sessions.
    smart: "share", 0.0, 1.0;
    /// Customers found again by a line that comes back, and customers in common of two lines.
    returning: "share", 0.0, 1.0;
    /// Weight of one deal.
    grams: "grams", 0.01, 10.0;
}

/// `[lookalikes]`: how many of each innocent kind.
pub type Lookalikes = BTreeMap<InnocentKind, Parameter<u32>>;

/// Innocent kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum InnocentKind {
    Taxi,
    Takeaway,
    Hairdresser,
    Clinic,
    Courier,
    Carer,
    Plumber,
    Club,
    ShiftCoordinator,
    SchoolParents,
    Marketing,
    Helpline,
    Shop,
    FootballCaptain,
    Childminder,
    ChurchGroup,
    DrivingInstructor,
    PubLandlord,
    MarketTrader,
    OnCall,
}

fn range_within(key: &str, range: &Range, unit: &str, low: f64, high: f64) -> Result<(), Problem> {
    stated(key, range, unit)?;
    let [from, to] = range.value;
    if low <= from && from <= to && to <= high {
        return Ok(());
    }
    Err(Problem::user(format!("the scenario's key `{key}` is out of range"))
        .because(format!("[{from}, {to}] is not a range between {low} and {high}")))
}
