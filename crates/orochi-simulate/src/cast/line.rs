//! A deal line: a number that sells, and the people around it.
//!
//! What may surprise a reader:
//! - A day is drawn from the line's own stream, so that [`Line::live`] gives the same day to the run and to
//!   `truth.json`, which counts transactions from it.
//! - What customers know decides what they ring: whoever has not heard of a new number rings the dead one.

use crate::calendar::At;
use crate::communication::{Communication, Party};
use crate::ground::{ActorId, PersonId, SimId, Spot};
use crate::scenario::cast::{Announced, Style};

mod actor;
pub mod build;
mod bursts;
pub mod customers;
mod itineraries;
mod numbers;
mod orders;
mod style;
mod supply;
mod talk;
mod truth;
mod window;

pub use customers::Customer;
pub use numbers::{Number, Tenure};
pub use style::LinePlan;
pub use supply::{Role, Runner, Shift, Spell};

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Place in the cast.
    pub id: ActorId,
    /// Name in `truth.json`: `L01`.
    pub name: String,
    /// What the scenario put it there for.
    pub style: Style,
    /// Drawn figures.
    pub plan: LinePlan,
    /// Where it sells.
    pub town: u16,
    /// Where it is controlled from.
    pub origin: u16,
    /// First instant of business.
    pub opened: At,
    /// Last instant of business; the end of the window unless it closes.
    pub closed: At,
    /// Number, SIM and handset over time, in order.
    pub tenures: Vec<Tenure>,
    /// Numbers over time, in order.
    pub numbers: Vec<Number>,
    /// Who is told a new number.
    pub announced: Announced,
    /// Who had the line phone, in order.
    pub spells: Vec<Spell>,
    /// Holders in order, each with the instant from which.
    pub holders: Vec<(PersonId, At)>,
    /// Who directs it, when that is not the holder.
    pub controller: Option<PersonId>,
    /// Runners.
    pub runners: Vec<Runner>,
    /// Shifts in town, in order.
    pub shifts: Vec<Shift>,
    /// The base.
    pub customers: Vec<Customer>,
    /// Days without business.
    pub days_off: Vec<bool>,
    /// Family and friends of the holder, rung from the own phone and, carelessly, from the line phone.
    pub kin: Vec<Party>,
    /// Taxis and take-aways that the line phone rings.
    pub services: Vec<Party>,
    /// Where runners stay in town, and where they meet customers.
    pub places: Places,
    /// The line that this one continues.
    pub continues: Option<String>,
    /// Lines with customers in common.
    pub shares_customers_with: Vec<String>,
}

/// Spots that people of a line go to.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Addresses in town where runners stay.
    pub bases: Vec<Spot>,
    /// Where customers are met.
    pub deals: Vec<Spot>,
    /// Where people of the line spend their days in the place it is controlled from.
    pub haunts: Vec<Spot>,
    /// A school in the place it is controlled from.
    pub school: Spot,
}

/// One day of a line, with what only a simulator knows.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// All communications because of it.
    pub communications: Vec<Communication>,
    /// Customers (places in [`Line::customers`]) who started contact with a number in use, and which.
    pub contacts: Vec<(usize, SimId)>,
    /// Customers who bought, each with grams.
    pub deals: Vec<(usize, f64)>,
}

impl Line {
    /// The number in use at an instant, as a place in [`Line::numbers`].
    pub fn number_at(&self, at: At) -> Option<usize> {
        self.numbers.iter().position(|number| number.from <= at && at < number.to)
    }

    /// Who has the line phone at an instant.
    pub fn spell_at(&self, at: At) -> Option<&Spell> {
        self.spells.iter().find(|spell| spell.from <= at && at < spell.to)
    }

    /// The runner on shift at an instant.
    pub fn runner_at(&self, at: At) -> Option<&Runner> {
        let shift = self.shifts.iter().rev().find(|shift| shift.arrives <= at && at < shift.departs)?;
        self.runners.get(shift.runner)
    }

    /// The holder at an instant.
    pub fn holder_at(&self, at: At) -> PersonId {
        self.holders
            .iter()
            .rev()
            .find(|(_, from)| *from <= at)
            .or(self.holders.first())
            .map_or(0, |(person, _)| *person)
    }
}
