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
mod line_traffic;
mod report;
mod results;
mod sensitivity;
mod settings;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::{locator::Locator, method::Method, problem::Problem};

use crate::facts::burst;
use crate::settings::Settable;
use crate::tables::Tables;
use days::{ContactResponse, QuantityCounts};
use estimate::{CountBasis, DaysOfUse, FigureValues};
use harm::harm;
use line_traffic::{DaySpan, LineTraffic};
use sensitivity::UsableMethods;

pub use report::{
    Associate, ByDrug, CountedContact, CountedMember, CustomerDays, Exclusion, ExclusionReason, GramEstimate, HarmEnds,
    HeldNumber, MethodResults, PeriodDay, QuantityPeriod, QuantityReport, SettingEffect, StatedSetting, Transactions,
};
pub use settings::{ENTERED, FigureRange, Settings};

/// This method.
pub const METHOD: Method = Method { name: "quantity", version: "3" };

/// The published median of daily consumption, grams of both drugs together: shown, never used unless entered.
pub const PUBLISHED_MEDIAN: f64 = 0.166;

/// What is asked of which line.
#[derive(Clone, Debug, Default)]
pub struct QuantityRequest {
    /// The line's numbers, the one asked for first.
    pub numbers: Vec<String>,
    /// Numbers that answer for the line: runners, holders, those named.
    pub associates: Vec<Associate>,
    /// Over which periods data of which number was authorised; empty in a training case without authorities.
    pub periods: Vec<AuthorisedPeriod>,
    /// Source of each figure that was entered, by the name of its setting.
    pub sources: BTreeMap<String, String>,
    /// Leave out what each setting does to the weights: a study of many lines needs only the ranges.
    pub no_sensitivity: bool,
}

/// A period over which a number's data was authorised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorisedPeriod {
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
    estimate::figure_ranges(settings)?;
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
            .hint("name the source after its setting, with _source added, as in daily_grams_source")),
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
    asked: &QuantityRequest,
) -> Result<QuantityReport, Problem> {
    check(settings, &asked.sources)?;
    let seen = LineTraffic::load(tables, asked)?;
    let Some(span) = seen.span() else {
        return Err(Problem::user("the data shows no use of this line")
            .at(asked.numbers.join(", "))
            .hint("`orochi lines` lists the numbers in the case; check the number"));
    };
    let counts = QuantityCounts::from_traffic(&seen, settings, bursts);
    let covered = seen.covered();
    let days = DaysOfUse {
        with_data: covered.len(),
        without_data: (span.first..=span.last).count() - covered.len(),
        silent: seen.silent_days(&covered),
    };
    let basis = CountBasis::from_counts(&counts, days);
    let spreads = estimate::figure_ranges(settings)?;
    let draws = estimate::draw_values(&spreads, basis.customers, settings);
    let usable = UsableMethods {
        by_days: basis.days > 0.0,
        by_transactions: settings.deals > 0.0 && settings.deal_grams > 0.0 && !counts.contacts.is_empty(),
    };
    let by_days = usable.by_days.then(|| gram_estimate(settings, &draws, |values| basis.by_days(values)));
    let by_transactions =
        usable.by_transactions.then(|| gram_estimate(settings, &draws, |values| basis.by_transactions(values)));
    let transactions = (!counts.contacts.is_empty()).then(|| {
        round(estimate::range(draws.iter().map(|values| basis.transactions(values)).collect(), settings.interval), 1.0)
    });
    let rows = EventRows::read(tables, &counts, &seen, settings)?;
    let told = words::QuantityWording { seen: &seen, counts: &counts, settings, asked, days, rows: &rows };
    let published_grams = usable.by_days.then(|| hundredths(basis.days * settings.daily_grams));
    let methods = MethodResults {
        customer_days: results::customer_days(&told, &basis, by_days, published_grams)?,
        transactions: results::transactions(&told, &basis, by_transactions, transactions)?,
    };
    Ok(QuantityReport {
        method: METHOD,
        settings: stated_settings(settings, &asked.sources),
        line: asked.numbers.first().cloned().unwrap_or_default(),
        numbers: seen.numbers.iter().map(held_number).collect(),
        associates: asked.associates.clone(),
        period: quantity_period(&counts, span, &covered),
        comparison: told.comparison(&methods)?,
        limits: told.limits()?,
        methods,
        sensitivity: match asked.no_sensitivity {
            true => Vec::new(),
            false => sensitivity::setting_effects(&seen, settings, bursts, &spreads, days, usable)?,
        },
        ledger: ledger::ledger(&told, &covered, span)?,
    })
}

/// The rows behind what is reported.
struct EventRows {
    rows: BTreeMap<u32, Vec<Locator>>,
    most: usize,
}

impl EventRows {
    fn read(
        tables: &dyn Tables,
        counts: &QuantityCounts,
        seen: &LineTraffic,
        settings: &Settings,
    ) -> Result<Self, Problem> {
        let most = settings.evidence_rows as usize;
        let mut wanted: BTreeSet<u32> = counts.base.values().copied().collect();
        wanted.extend(counts.days.values().filter_map(|events| events.first()));
        wanted.extend(counts.contacts.values().flat_map(|contact| contact.events.iter().take(2)));
        wanted.extend(counts.left_out.values().flat_map(|events| events.iter().take(most)));
        wanted.extend(seen.withheld.iter().map(|one| one.1).take(most));
        Ok(Self { rows: crate::traffic::rows::rows_of_events(tables, &wanted)?, most })
    }

    /// Rows of these events, each once, as many as are listed.
    fn rows_of<'a>(&self, events: impl IntoIterator<Item = &'a u32>) -> Vec<Locator> {
        let mut all: Vec<Locator> =
            events.into_iter().filter_map(|event| self.rows.get(event)).flatten().take(self.most).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

fn gram_estimate(settings: &Settings, draws: &[FigureValues], grams: impl Fn(&FigureValues) -> f64) -> GramEstimate {
    let all: Vec<f64> = draws.iter().map(grams).collect();
    let range = |of: &dyn Fn(&FigureValues) -> f64| {
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
    GramEstimate { grams, by_drug, pounds, harm: ends }
}

fn round(range: FigureRange, steps: f64) -> FigureRange {
    let to = |value: f64| (value * steps).round() / steps;
    FigureRange { low: to(range.low), central: to(range.central), high: to(range.high) }
}

fn hundredths(grams: f64) -> f64 {
    (grams * 100.0).round() / 100.0
}

fn stated_settings(settings: &Settings, sources: &BTreeMap<String, String>) -> Vec<StatedSetting> {
    let source = |name: &str| {
        let figure = name.trim_end_matches("_low").trim_end_matches("_high");
        sources.get(name).or_else(|| sources.get(figure)).cloned()
    };
    let all = settings.list().into_iter();
    all.map(|setting| StatedSetting { entered_source: source(setting.name), setting }).collect()
}

fn held_number(number: &line_traffic::NumberTraffic) -> HeldNumber {
    HeldNumber {
        number: number.name.clone(),
        used: number.used.map(|(first, last)| [day_text(first), day_text(last)]),
        communications: number.items.len() as u64,
        own: number.own,
        days: number.days.len() as u64,
        references: number.references.iter().cloned().collect(),
    }
}

fn quantity_period(counts: &QuantityCounts, span: DaySpan, covered: &BTreeSet<i32>) -> QuantityPeriod {
    let DaySpan { first, last } = span;
    let mut each: BTreeMap<i32, [u64; 3]> = BTreeMap::new();
    counts.days.keys().for_each(|(_, day)| each.entry(*day).or_default()[0] += 1);
    for ((_, day), contact) in &counts.contacts {
        let of = each.entry(*day).or_default();
        of[1] += 1;
        of[2] += u64::from(contact.dealt == ContactResponse::Confirmed);
    }
    let days: Vec<PeriodDay> = (first..=last)
        .map(|day| {
            let [customer_days, potential, confirmed] = each.get(&day).copied().unwrap_or_default();
            PeriodDay { day: day_text(day), data: covered.contains(&day), customer_days, potential, confirmed }
        })
        .collect();
    let with_data = covered.len() as u64;
    QuantityPeriod {
        from: day_text(first),
        to: day_text(last),
        without_data: days.len() as u64 - with_data,
        with_data,
        days,
    }
}

/// A day since 1970 as `2025-02-03`.
fn day_text(day: i32) -> String {
    jiff::civil::Date::constant(1970, 1, 1)
        .checked_add(jiff::Span::new().days(i64::from(day)))
        .map_or_else(|_| day.to_string(), |date| date.to_string())
}
