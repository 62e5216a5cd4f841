//! One investigation: three customers' data, then one application after the other, until the line's present number
//! and its holder are reached.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use orochi_analysis::{
    applications::{self, Applied},
    lines,
};
use orochi_model::{
    party::{PartyClass, class_of},
    problem::Problem,
};
use serde::{Deserialize, Serialize};

use super::{
    operators::{Holding, Operators, Period},
    participants::{NumberRoles, Sought},
};
use crate::{
    condition::span,
    truth::{ThreeCustomers, Truth},
};

/// Most applications of an investigation.
pub const MOST: u32 = 12;

/// In which order applications are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The first that `applications` proposes.
    Next,
    /// The mobile number most in contact with those held, over the whole time.
    Contacts,
}

impl Order {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Next, Self::Contacts];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Next => "`applications`",
            Self::Contacts => "most contacts first",
        }
    }
}

/// What can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The line's last number is named: as a possible line, or applied for.
    Known,
    /// The line's last number is applied for.
    Data,
    /// The own phone of anybody of the line is applied for.
    Crew,
    /// The own phone of the holder is applied for.
    Holder,
}

impl Goal {
    /// All.
    pub const ALL: [Self; 4] = [Self::Known, Self::Data, Self::Crew, Self::Holder];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Known => "present number named",
            Self::Data => "its data applied for",
            Self::Crew => "own phone of anybody of the line",
            Self::Holder => "the holder's own phone",
        }
    }
}

/// How many numbers the method expects in a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Least.
    pub low: u64,
    /// Most.
    pub high: u64,
}

/// One application and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// `call data` or `handset history`.
    pub data: String,
    /// The identifier.
    pub identifier: String,
    /// What it is.
    pub kind: String,
    /// Whether it has no part in any line.
    pub uninvolved: bool,
    /// Days asked for, begun days counted.
    pub days: u64,
    /// Numbers in the answer that were not known to be in contact with the identifier.
    pub new: u64,
    /// Those of them that have no part in any line.
    pub intruded: u64,
    /// How many were expected; none when the method left it open or none was made.
    pub expected: Option<Expected>,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Played {
    /// The line's id.
    pub line: String,
    /// How it works.
    pub style: String,
    /// Whether it texts in bursts.
    pub broadcasts: bool,
    /// In which order applications were made.
    pub order: Order,
    /// Applications made before each goal was reached, that which reached it counted; none when it was not.
    pub reached: BTreeMap<Goal, u32>,
    /// The applications.
    pub steps: Vec<Step>,
    /// Nothing was left to apply for.
    pub ran_out: bool,
}

/// Thresholds of the methods played with.
#[derive(Clone, Debug, Default)]
pub struct Methods {
    /// Of `applications`.
    pub applications: applications::Settings,
    /// Of `lines`.
    pub lines: lines::Settings,
}

/// What to apply for.
struct Proposal {
    data: String,
    identifier: String,
    period: Period,
    about: Option<String>,
    expected: Option<Expected>,
}

/// Plays the investigation that begins with three customers.
///
/// # Errors
/// When the records cannot be read, or the method fails.
pub fn play(
    operators: &Operators<'_>,
    truth: &Truth,
    parts: &NumberRoles<'_>,
    three: &ThreeCustomers,
    order: Order,
    methods: &Methods,
) -> Result<Option<Played>, Problem> {
    let Some(line) = truth.lines.iter().find(|line| line.id == three.line) else { return Ok(None) };
    let Some(sought) = Sought::from_line(line) else { return Ok(None) };
    let (from, to) = span(truth.first_day()?, truth.days)?;
    let whole = (from.as_microsecond(), to.as_microsecond() - 1);
    let mut holding = operators.nothing_held();
    for customer in &three.customers {
        holding.call_data(customer, whole)?;
    }
    let mut played = Played {
        line: line.id.clone(),
        style: line.style.clone(),
        broadcasts: line.broadcasts,
        order,
        reached: BTreeMap::new(),
        steps: Vec::new(),
        ran_out: false,
    };
    loop {
        let made = played.steps.len() as u32;
        let (possible, proposal) = match order {
            Order::Next => proposed(&holding, methods)?,
            Order::Contacts => (BTreeSet::new(), most_in_contact(&holding, whole)?),
        };
        if possible.contains(sought.present) {
            played.reach(Goal::Known, made);
        }
        if made == MOST || Goal::ALL.iter().all(|goal| played.reached.contains_key(goal)) {
            return Ok(Some(played));
        }
        let Some(proposal) = proposal else {
            played.ran_out = true;
            return Ok(Some(played));
        };
        let number = proposal.identifier.as_str();
        for (goal, there) in [
            (Goal::Known, number == sought.present),
            (Goal::Data, number == sought.present),
            (Goal::Crew, sought.crew.contains(number)),
            (Goal::Holder, sought.holder == Some(number)),
        ] {
            if there {
                played.reach(goal, made + 1);
            }
        }
        let step = answer(&mut holding, parts, proposal)?;
        played.steps.push(step);
    }
}

impl Played {
    fn reach(&mut self, goal: Goal, after: u32) {
        self.reached.entry(goal).or_insert(after);
    }
}

/// The possible lines, and the first application.
fn proposed(holding: &Holding<'_>, methods: &Methods) -> Result<(BTreeSet<String>, Option<Proposal>), Problem> {
    let applied: Vec<Applied> = holding
        .asked()
        .map(|(identifier, (from, to))| Applied { identifier: identifier.to_owned(), from, to })
        .collect();
    let report = holding.with(|tables| {
        let studied = lines::studied(tables, &methods.lines)?;
        let ranked = lines::rank(&studied, &methods.lines, lines::LineWeights::shipped()?);
        applications::propose(tables, &methods.applications, methods.lines.burst_rule(), &ranked, &applied)
    })?;
    let possible = report.lines.into_iter().map(|line| line.number).collect();
    let Some(first) = report.applications.into_iter().next() else { return Ok((possible, None)) };
    let instant = |text: &str| {
        text.parse::<Timestamp>()
            .map(Timestamp::as_microsecond)
            .map_err(|error| Problem::bug("an application's period cannot be read").because(error))
    };
    let period = (instant(&first.from)?, instant(&first.to)?);
    let expected = match (first.collateral.low, first.collateral.high) {
        (Some(low), Some(high)) => Some(Expected { low: low as u64, high: high as u64 }),
        _ => None,
    };
    let (data, about) = (first.data.to_owned(), Some(first.line));
    Ok((possible, Some(Proposal { data, identifier: first.identifier, period, about, expected })))
}

fn most_in_contact(holding: &Holding<'_>, whole: Period) -> Result<Option<Proposal>, Problem> {
    let mobile = |number: &String| class_of(number) == PartyClass::Mobile;
    Ok(holding.most_in_contact()?.into_iter().find(mobile).map(|identifier| Proposal {
        data: "call data".into(),
        identifier,
        period: whole,
        about: None,
        expected: None,
    }))
}

/// Applies for it, and counts what comes back.
fn answer(holding: &mut Holding<'_>, parts: &NumberRoles<'_>, proposal: Proposal) -> Result<Step, Problem> {
    let Proposal { data, identifier, period, about, expected } = proposal;
    let call_data = data == "call data";
    let met = if call_data { holding.met(&identifier)? } else { about.into_iter().collect() };
    let found = if call_data {
        holding.call_data(&identifier, period)?
    } else {
        holding.handset_history(&identifier, period)?
    };
    let new: Vec<&String> = found.difference(&met).collect();
    Ok(Step {
        kind: if call_data { parts.kind(&identifier).to_owned() } else { "handset".to_owned() },
        uninvolved: call_data && parts.uninvolved(&identifier),
        days: ((period.1 - period.0) / 86_400_000_000 + 1).unsigned_abs(),
        new: new.len() as u64,
        intruded: new.iter().filter(|number| parts.uninvolved(number)).count() as u64,
        data,
        identifier,
        expected,
    })
}
