//! One number against all others of the case.
//!
//! What may surprise a reader: every number is looked at, and few are weighed. A first pass over the rows counts in how many hours each
//! number used a cell near the first one's at about the same time; those seen so in most hours are weighed in full. A number that
//! never came near is no candidate, and how many those are is said.

use std::collections::{BTreeMap, HashMap, HashSet};

use arrow::datatypes::Int64Type;
use orochi_colocation::{Model, Scene};
use orochi_model::{method::Used, problem::Problem};
use rayon::prelude::*;
use serde::Serialize;

use super::places::{Masts, distance};
use super::seen::{Seen, is_carried, seen};
use super::settings::Settings;
use super::{HD, HP, Held, METHOD, Pair, Period, pair};
use crate::settings::Settable;
use crate::tables::{Tables, numbers, texts, times};

/// One number against all others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScreenReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// Which fitted model was used, and how it was made.
    pub model: String,
    /// The proposition of the prosecution: one person.
    pub hp: &'static str,
    /// The proposition of the defence: two people.
    pub hd: &'static str,
    /// The number.
    pub a: String,
    /// Other numbers of which the data held has cells.
    pub numbers: usize,
    /// Of these, those that used a cell near the first one's at about the same time at least once.
    pub near: usize,
    /// Those weighed, the greatest ratio first.
    pub findings: Vec<Pair>,
}

/// Seconds in an hour of the first pass.
const HOUR_S: i64 = 3_600;

/// Weighs one number against all others of the views `records`, `presences` and `cells`.
///
/// # Errors
/// When the views cannot be read.
pub fn screen(
    tables: &dyn Tables,
    settings: &Settings,
    model: &Model,
    a: &str,
    period: Option<Period>,
) -> Result<ScreenReport, Problem> {
    let masts = Masts::load(tables)?;
    let own = seen(tables, &masts, &[a])?;
    let met = near(tables, &masts, &own[0], &[a], period, settings)?;
    let wanted: Vec<&str> = met.near.iter().take(settings.screened as usize).map(String::as_str).collect();
    let held = Held::load(tables, &masts, own, &[a], &wanted, &met.counts, settings)?;
    let weighing = settings.weighing();
    let ground = held.ground();
    let scene = Scene::new(&held.tracks(), &ground, model, &weighing);
    let weighed = (1..=wanted.len()).into_par_iter().map(|b| pair::weigh(&scene, &held, (0, b), period, settings));
    let mut findings: Vec<Pair> = weighed.map(|weighed| weighed.map(|(pair, _)| pair)).collect::<Result<_, _>>()?;
    let ratio = |pair: &Pair| pair.log10_lr.unwrap_or(f64::NEG_INFINITY);
    findings.sort_by(|x, y| {
        let agreeing = |pair: &Pair| pair.occasions - pair.conflicts;
        ratio(y)
            .total_cmp(&ratio(x))
            .then(x.conflicts.cmp(&y.conflicts))
            .then(agreeing(y).cmp(&agreeing(x)))
            .then(x.b.cmp(&y.b))
    });
    Ok(ScreenReport {
        method: METHOD.used(settings.list()),
        model: model.made.clone(),
        hp: HP,
        hd: HD,
        a: a.to_owned(),
        numbers: met.numbers,
        near: met.near.len(),
        findings,
    })
}

/// What the first pass over the rows finds.
pub(crate) struct Met {
    /// How many other numbers have cells.
    pub numbers: usize,
    /// Those near the first one, in most hours first.
    pub near: Vec<String>,
    /// How many registrations each number has, as [`super::seen::counts`] counts them.
    pub counts: BTreeMap<String, u64>,
}

/// What one number's rows say in the first pass.
#[derive(Default)]
struct Passed {
    registrations: u64,
    begins: bool,
    hours: HashSet<i64>,
}

/// Looks once at all rows with cells; `known` are the first one's own.
pub(crate) fn near(
    tables: &dyn Tables,
    masts: &Masts,
    own: &Seen,
    known: &[&str],
    period: Option<Period>,
    settings: &Settings,
) -> Result<Met, Problem> {
    let inside = |at: i64| period.is_none_or(|(from, to)| at * 1_000_000 >= from && at * 1_000_000 < to);
    let path: Vec<(i64, (f64, f64))> = own
        .track
        .registrations
        .iter()
        .filter(|one| inside(one.at))
        .map(|one| (one.at, (one.latitude, one.longitude)))
        .collect();
    let mut places: Vec<(f64, f64)> = path.iter().map(|one| one.1).collect();
    places.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)));
    places.dedup();
    // In plain Rust: as a condition of thousands of names the engine takes longer to plan it than to read the rows.
    let cells: HashSet<&str> = masts.near(&places, settings.near_m).into_iter().collect();
    let gap = settings.max_gap_s as i64;
    let mut all: HashMap<String, Passed> = HashMap::new();
    let sql = "SELECT CASE side WHEN 'A' THEN a WHEN 'B' THEN b WHEN 'C' THEN c ELSE target END AS number, start_cell AS cell, \
               CASE WHEN end_cell IS NULL THEN 0 ELSE 1 END AS ended, start AS at, exhibit \
               FROM records WHERE start_cell IS NOT NULL OR end_cell IS NOT NULL";
    tables.stream(sql, &mut |batch| {
        let (number, cell, exhibit) = (texts(&batch, "number")?, texts(&batch, "cell")?, texts(&batch, "exhibit")?);
        let (at, ended) = (times(&batch, "at")?, numbers::<Int64Type>(&batch, "ended")?);
        for row in 0..batch.num_rows() {
            let Some(number) = number.get(row) else { continue };
            let passed = match all.get_mut(number) {
                Some(passed) => passed,
                None => all.entry(number.to_owned()).or_default(),
            };
            passed.registrations += ended.value(row).unsigned_abs();
            let Some(cell) = cell.get(row) else { continue };
            passed.registrations += 1;
            passed.begins = true;
            let second = at.value(row).div_euclid(1_000_000);
            let from = path.partition_point(|one| one.0 < second - gap);
            let until = from + path[from..].partition_point(|one| one.0 <= second + gap);
            if from == until || !cells.contains(cell) {
                continue;
            }
            let Some(mast) = masts.at(cell, at.value(row), exhibit.get(row).unwrap_or_default()) else { continue };
            let here = (mast.latitude, mast.longitude);
            if path[from..until].iter().any(|one| distance(one.1, here) <= settings.near_m) {
                passed.hours.insert(second.div_euclid(HOUR_S));
            }
        }
        Ok(())
    })?;
    let is_own = |number: &String| known.contains(&number.as_str());
    let others = all.iter().filter(|(number, passed)| passed.begins && !is_own(number)).count();
    let mut order: Vec<(usize, &String)> = all
        .iter()
        .filter(|(number, passed)| !passed.hours.is_empty() && !is_own(number))
        .map(|(number, passed)| (passed.hours.len(), number))
        .collect();
    order.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| x.1.cmp(y.1)));
    let near = order.into_iter().map(|(_, number)| number.clone()).collect();
    let carried = all.into_iter().filter(|(number, _)| is_carried(number));
    Ok(Met { numbers: others, near, counts: carried.map(|(number, passed)| (number, passed.registrations)).collect() })
}
