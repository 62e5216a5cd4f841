//! What a line's communications correspond to (method `quantity`; statement: `docs/methods/quantity.md`): two published
//! methods side by side, each as a range.
//!
//! What may surprise a reader:
//! - No figure of consumption, deals or price has a default: each is entered with its source or the weight
//!   that needs it is not given.
//! - What was counted is a pure function of the line's events ([`days`]); what is made of it is a product of figures
//!   with ranges ([`estimate`]). The product as published, with no allowance, stands beside the range.
//! - Everything left out of a count is in the ledger, by number and day, with its rows.

mod days;
mod estimate;
pub mod harm;
mod ledger;
mod report;
mod seen;
mod sensitivity;
mod settings;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::{evidence::Evidence, method::Method, problem::Problem};

use crate::facts::burst;
use crate::settings::Settable;
use crate::tables::Tables;
use days::{Counts, Dealt};
use estimate::{Basis, Values};
use harm::harm;
use seen::Seen;

pub use report::{
    Associate, ByDrug, Counted, CustomerDays, Day, Estimate, HarmEnds, HeldNumber, LeftOut, Member, Methods, Period,
    Report, Stated, Swing, Transactions, Why,
};
pub use settings::{ENTERED, Settings, Spread};

/// This method.
pub const METHOD: Method = Method { name: "quantity", version: "2" };

/// The published median of daily consumption, grams of both drugs together: shown, never used unless entered.
pub const PUBLISHED_MEDIAN: f64 = 0.166;

/// What is asked of which line.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The line's numbers, the one asked for first.
    pub numbers: Vec<String>,
    /// Numbers that answer for the line: runners, holders, those named.
    pub associates: Vec<Associate>,
    /// Over which periods data of which number was authorised; empty in a training case without authorities.
    pub periods: Vec<Authorised>,
    /// Source of each figure that was entered, by the name of its setting.
    pub sources: BTreeMap<String, String>,
    /// Leave out what each setting does to the weights: a study of many lines needs only the ranges.
    pub no_sensitivity: bool,
}

/// A period over which a number's data was authorised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorised {
    /// The number.
    pub number: String,
    /// The authority's reference.
    pub reference: String,
    /// First instant covered, microseconds UTC.
    pub from_us: i64,
    /// First instant no longer covered.
    pub to_us: i64,
}

/// Checks what was entered, before anything is read.
///
/// # Errors
/// User kind when no mean daily consumption was entered, a figure has no source, or its ends do not hold it.
pub fn check(settings: &Settings, sources: &BTreeMap<String, String>) -> Result<(), Problem> {
    if settings.daily_grams <= 0.0 {
        return Err(Problem::user("no mean daily consumption was entered, and there is no default")
            .because(format!(
                "the published median is {PUBLISHED_MEDIAN} g a day of both drugs together, but consumption is heavily \
                 skewed and its mean lies far above; no mean was verified for this program"
            ))
            .hint(
                "enter one with its source: --daily-grams 0.3 --daily-grams-source \"paper, table, page\", or \
                 daily_grams and daily_grams_source in a settings file",
            ));
    }
    estimate::spreads(settings)?;
    let values = settings.values();
    for name in ENTERED {
        let entered = values.get(name).and_then(serde_json::Value::as_f64).is_some_and(|value| value > 0.0);
        let source = sources.get(name).is_some_and(|source| !source.trim().is_empty());
        if entered && !source {
            return Err(Problem::user(format!("{name} was entered without its source")).hint(format!(
                "say where it comes from: {name}_source = \"paper, table, page\" in the settings file"
            )));
        }
    }
    match sources.keys().find(|name| !settings.list().iter().any(|setting| setting.name == name.as_str())) {
        Some(name) => Err(Problem::user(format!("a source was entered for {name}, which is not a setting"))
            .hint("a source is called as its setting, with _source after it")),
        None => Ok(()),
    }
}

/// How much a line sold, from the views `events` and `event_records`; `bursts` is the rule of a burst.
///
/// # Errors
/// As [`check`]; when the views cannot be read; user kind when the line is not in the data.
pub fn quantity(
    tables: &dyn Tables,
    settings: &Settings,
    bursts: burst::BurstRule,
    asked: &Asked,
) -> Result<Report, Problem> {
    check(settings, &asked.sources)?;
    let seen = Seen::load(tables, asked)?;
    let Some(span) = seen.span() else {
        return Err(Problem::user("no use of this line is in the data")
            .at(asked.numbers.join(", "))
            .hint("`orochi lines` lists the numbers in the case; check the number"));
    };
    let counts = Counts::of(&seen, settings, bursts);
    let covered = seen.covered();
    let days = (covered.len(), (span.0..=span.1).count() - covered.len());
    let basis = Basis::of(&counts, days);
    let spreads = estimate::spreads(settings)?;
    let draws = estimate::drawn(&spreads, basis.customers, settings);
    let usable = (basis.days > 0.0, settings.deals > 0.0 && settings.deal_grams > 0.0 && !counts.contacts.is_empty());
    let by_days = usable.0.then(|| estimated(settings, &draws, |values| basis.by_days(values)));
    let by_transactions = usable.1.then(|| estimated(settings, &draws, |values| basis.by_transactions(values)));
    let transactions = (!counts.contacts.is_empty()).then(|| {
        round(estimate::range(draws.iter().map(|values| basis.transactions(values)).collect(), settings.interval), 1.0)
    });
    let rows = Proof::read(tables, &counts, &seen, settings)?;
    let told = words::Told { seen: &seen, counts: &counts, settings, asked, days, rows: &rows };
    let published_grams = usable.0.then(|| hundredths(basis.days * settings.daily_grams));
    let name = |id: &u32| seen.names[*id as usize].clone();
    let methods = Methods {
        customer_days: CustomerDays {
            statement: told.by_days(by_days.as_ref(), published_grams)?,
            reasons: told.days_reasons()?,
            estimate: by_days,
            published_grams,
            bursts: counts.bursts as u64,
            base: counts
                .base
                .iter()
                .map(|(id, first)| {
                    let days = counts.days.range((*id, i32::MIN)..=(*id, i32::MAX)).count() as u64;
                    let answers_for_line = seen.associates.contains(id);
                    Member { number: name(id), answers_for_line, days, evidence: rows.of(&[*first]) }
                })
                .collect(),
            days: counts.days.len() as u64,
            single_days: basis.single as u64,
            short_days: basis.short as u64,
            counted: counts
                .days
                .iter()
                .map(|((id, day), events)| Counted {
                    number: name(id),
                    day: date(*day),
                    dealt: None,
                    evidence: rows.of(&events[..1]),
                })
                .collect(),
        },
        transactions: Transactions {
            statement: told.by_transactions(by_transactions.as_ref(), transactions.as_ref())?,
            reasons: told.transaction_reasons()?,
            estimate: by_transactions,
            transactions,
            potential: counts.contacts.len() as u64,
            confirmed: basis.confirmed as u64,
            answered: basis.answered as u64,
            repeats: counts.repeats(),
            counted: counts
                .contacts
                .iter()
                .map(|((id, day), contact)| Counted {
                    number: name(id),
                    day: date(*day),
                    dealt: Some(match contact.dealt {
                        Dealt::Confirmed => "confirmed",
                        Dealt::Answered => "answered",
                        Dealt::Unanswered => "unanswered",
                    }),
                    evidence: rows.of(&contact.events[..contact.events.len().min(2)]),
                })
                .collect(),
        },
    };
    Ok(Report {
        method: METHOD,
        settings: stated(settings, &asked.sources),
        line: asked.numbers.first().cloned().unwrap_or_default(),
        numbers: seen.numbers.iter().map(held).collect(),
        associates: asked.associates.clone(),
        period: period(&counts, span, &covered),
        comparison: told.comparison(&methods)?,
        limits: told.limits()?,
        methods,
        sensitivity: match asked.no_sensitivity {
            true => Vec::new(),
            false => sensitivity::swings(&seen, settings, bursts, &spreads, days, usable)?,
        },
        ledger: ledger::ledger(&told, &covered, span)?,
    })
}

/// The rows behind what is reported.
struct Proof {
    rows: BTreeMap<u32, Vec<Evidence>>,
    most: usize,
}

impl Proof {
    fn read(tables: &dyn Tables, counts: &Counts, seen: &Seen, settings: &Settings) -> Result<Self, Problem> {
        let most = settings.evidence_rows as usize;
        let mut wanted: BTreeSet<u32> = counts.base.values().copied().collect();
        wanted.extend(counts.days.values().filter_map(|events| events.first()));
        wanted.extend(counts.contacts.values().flat_map(|contact| contact.events.iter().take(2)));
        wanted.extend(counts.left_out.values().flat_map(|events| events.iter().take(most)));
        wanted.extend(seen.withheld.iter().map(|one| one.1).take(most));
        Ok(Self { rows: crate::traffic::rows::rows_of_events(tables, &wanted)?, most })
    }

    /// Rows of these events, each once, as many as are listed.
    fn of<'a>(&self, events: impl IntoIterator<Item = &'a u32>) -> Vec<Evidence> {
        let mut all: Vec<Evidence> =
            events.into_iter().filter_map(|event| self.rows.get(event)).flatten().take(self.most).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

fn estimated(settings: &Settings, draws: &[Values], grams: impl Fn(&Values) -> f64) -> Estimate {
    let all: Vec<f64> = draws.iter().map(grams).collect();
    let range = |of: &dyn Fn(&Values) -> f64| {
        let each = draws.iter().zip(&all).map(|(values, grams)| grams * of(values)).collect();
        estimate::range(each, settings.interval)
    };
    let grams = round(range(&|_| 1.0), 100.0);
    let by_drug = (settings.heroin_share > 0.0).then(|| ByDrug {
        heroin: round(range(&|values| values.get("heroin_share")), 100.0),
        crack: round(range(&|values| 1.0 - values.get("heroin_share")), 100.0),
    });
    let pounds = (settings.gram_price > 0.0).then(|| round(range(&|values| values.get("gram_price")), 1.0));
    let ends =
        HarmEnds { low: harm(grams.low), central: harm(grams.central), high: harm(grams.high), caveat: harm::CAVEAT };
    Estimate { grams, by_drug, pounds, harm: ends }
}

fn round(range: Spread, steps: f64) -> Spread {
    let to = |value: f64| (value * steps).round() / steps;
    Spread { low: to(range.low), central: to(range.central), high: to(range.high) }
}

fn hundredths(grams: f64) -> f64 {
    (grams * 100.0).round() / 100.0
}

fn stated(settings: &Settings, sources: &BTreeMap<String, String>) -> Vec<Stated> {
    let source = |name: &str| {
        let figure = name.trim_end_matches("_low").trim_end_matches("_high");
        sources.get(name).or_else(|| sources.get(figure)).cloned()
    };
    let all = settings.list().into_iter();
    all.map(|setting| Stated { entered_source: source(setting.name), setting }).collect()
}

fn held(number: &seen::Number) -> HeldNumber {
    HeldNumber {
        number: number.name.clone(),
        used: number.used.map(|(first, last)| [date(first), date(last)]),
        communications: number.items.len() as u64,
        own: number.own,
        days: number.days.len() as u64,
        references: number.references.iter().cloned().collect(),
    }
}

fn period(counts: &Counts, (first, last): (i32, i32), covered: &BTreeSet<i32>) -> Period {
    let mut each: BTreeMap<i32, [u64; 3]> = BTreeMap::new();
    counts.days.keys().for_each(|(_, day)| each.entry(*day).or_default()[0] += 1);
    for ((_, day), contact) in &counts.contacts {
        let of = each.entry(*day).or_default();
        of[1] += 1;
        of[2] += u64::from(contact.dealt == Dealt::Confirmed);
    }
    let days: Vec<Day> = (first..=last)
        .map(|day| {
            let [customer_days, potential, confirmed] = each.get(&day).copied().unwrap_or_default();
            Day { day: date(day), data: covered.contains(&day), customer_days, potential, confirmed }
        })
        .collect();
    let with_data = covered.len() as u64;
    Period { from: date(first), to: date(last), without_data: days.len() as u64 - with_data, with_data, days }
}

/// A day since 1970 as `2025-02-03`.
fn date(day: i32) -> String {
    jiff::civil::Date::constant(1970, 1, 1)
        .checked_add(jiff::Span::new().days(i64::from(day)))
        .map_or_else(|_| day.to_string(), |date| date.to_string())
}
