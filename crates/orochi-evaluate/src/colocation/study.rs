//! The method on the people of every seed of a plan.

use std::{collections::BTreeMap, path::Path};

use orochi_analysis::colocation::METHOD;
use orochi_colocation::{Model, Registration, Settings, SliceRatio, Track, validate};
use orochi_model::{problem::Problem, program};
use orochi_simulate::scenario::Scenario;
use serde::{Deserialize, Serialize};

use super::{
    condition::PairCondition,
    people::{Owner, Phone, registrations},
};
use crate::{
    result_cache,
    study::{Plan, Telling, sha256},
    study_row::StudyHead,
};

/// Owners of each seed, where there are as many.
pub const OWNERS: usize = 60;
/// Lengths of a slice, days.
pub const DAYS: [u32; 4] = [1, 7, 14, 28];
/// Under [`PairCondition::Partial`] each n-th row of an owner's second phone is kept.
const EACH: usize = 4;

/// Ratios under one condition, log10, rounded to four places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ratios {
    /// Of slices of one owner.
    pub same: Vec<f64>,
    /// Of slices of two owners.
    pub different: Vec<f64>,
}

impl Ratios {
    fn push(&mut self, log10_lr: f64, same: bool) {
        let rounded = (log10_lr * 1e4).round() / 1e4;
        if same { self.same.push(rounded) } else { self.different.push(rounded) }
    }

    /// Adds others.
    pub fn extend(&mut self, other: &Self) {
        self.same.extend_from_slice(&other.same);
        self.different.extend_from_slice(&other.different);
    }
}

/// What came of a length and a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cases {
    /// Length of a slice, days.
    pub days: u32,
    /// Of the pairs.
    pub condition: PairCondition,
    /// Slices of insufficient data.
    pub insufficient: u64,
    /// Pairs of two owners, and those with a ratio over 1,000 in any slice.
    pub pairs: u64,
    /// See `pairs`.
    pub pairs_over_1000: u64,
    /// Of the method.
    pub ours: Ratios,
    /// Of the method, on the slices that the reference approach rated.
    pub beside: Ratios,
    /// Of the reference approach.
    pub reference: Ratios,
}

/// One seed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColocationRow {
    /// The scenario's name.
    pub scenario: String,
    /// Its seed.
    pub seed: u64,
    /// Owners of two phones.
    pub owners: u64,
    /// Registrations of their phones.
    pub registrations: u64,
    /// By length and condition.
    pub cases: Vec<Cases>,
}

/// What rows of a plan have in common.
///
/// # Errors
/// A bug's, when the model or the settings cannot be written.
pub fn head(plan: &Plan, model: &Model) -> Result<StudyHead, Problem> {
    let unwritable = |error| Problem::bug("the model cannot be written").because(error);
    let settings = serde_json::to_value(Settings::default()).map_err(unwritable)?;
    let model = serde_json::to_string(model).map_err(unwritable)?;
    Ok(StudyHead {
        tool: program::name().to_owned(),
        method: format!("{} {}", METHOD.name, METHOD.version),
        settings: settings.as_object().cloned().unwrap_or_default(),
        weights: sha256(model.as_bytes()),
        prior: 0.5,
        changed: plan.changed(),
    })
}

/// Scores every seed of a plan; `kept` is a folder in which each row is kept.
///
/// # Errors
/// The first problem; rows before it are kept. User kind when a folder is named: what is needed is not in it.
pub fn rows(
    plan: &Plan,
    model: &Model,
    kept: Option<&Path>,
    telling: Telling<'_>,
) -> Result<Vec<ColocationRow>, Problem> {
    let head = head(plan, model)?;
    let all = plan.scenarios()?;
    let mut rows = Vec::new();
    for (place, (name, scenario, seed)) in all.iter().enumerate() {
        let file = kept.map(|folder| folder.join(result_cache::name(METHOD.name, &head, name)));
        if let Some(path) = file.as_ref().filter(|path| path.is_file()) {
            rows.push(result_cache::read(path)?);
            continue;
        }
        let tell = |step: &str| telling(&format!("{name} ({} of {}): {step}", place + 1, all.len()));
        let row = score(scenario, *seed, model, &tell)?;
        file.map(|path| result_cache::keep(&path, &row)).transpose()?;
        rows.push(row);
    }
    Ok(rows)
}

/// A phone, its owner, and its registrations with their networks.
type OwnedPhone = (Owner, Phone, Vec<(Registration, u16)>);

/// Phones with their owners, by the name of their track.
type Phones = BTreeMap<String, (Owner, Phone)>;

fn score(scenario: &Scenario, seed: u64, model: &Model, tell: Telling<'_>) -> Result<ColocationRow, Problem> {
    tell("simulating");
    let mut rows: BTreeMap<(u32, u64), OwnedPhone> = BTreeMap::new();
    registrations(scenario, seed, OWNERS, &mut |seen| {
        let azimuth = Some(f64::from(seen.azimuth));
        let registration = Registration { at: seen.at, latitude: seen.latitude, longitude: seen.longitude, azimuth };
        let of = rows.entry((seen.owner.person, seen.phone.number)).or_insert((*seen.owner, seen.phone, Vec::new()));
        of.2.push((registration, u16::from(seen.phone.network) + 1));
        Ok(())
    })?;
    let mut phones = Phones::new();
    let (mut whole, mut thin, mut last) = (Vec::new(), Vec::new(), None);
    for (owner, phone, rows) in rows.into_values() {
        let (person, number) = (owner.person.to_string(), phone.number.to_string());
        phones.insert(number.clone(), (owner, phone));
        let second = last.replace(owner.person) == Some(owner.person);
        let kept = rows.iter().copied().enumerate().filter(|(place, _)| !second || place % EACH == EACH - 1);
        thin.push(Track::with_networks(&person, &number, kept.map(|row| row.1).collect()));
        whole.push(Track::with_networks(person, number, rows));
    }
    let mut cases = Vec::new();
    for days in DAYS {
        tell(&format!("rating {days} of {} days", DAYS[DAYS.len() - 1]));
        let settings = Settings { slice_s: i64::from(days) * 86_400, ..Settings::default() };
        for (tracks, is_whole) in [(&whole, true), (&thin, false)] {
            let found = validate(tracks, &settings, model);
            cases.extend(by_condition(days, &found.slices, |one| match (phones.get(&one.a), phones.get(&one.b)) {
                (Some(a), Some(b)) if is_whole => PairCondition::between((&a.0, a.1), (&b.0, b.1)),
                _ => vec![PairCondition::Partial],
            }));
        }
    }
    Ok(ColocationRow {
        scenario: scenario.name.clone(),
        seed,
        owners: whole.iter().map(|track| &track.owner).collect::<std::collections::BTreeSet<_>>().len() as u64,
        registrations: whole.iter().map(|track| track.registrations.len() as u64).sum(),
        cases,
    })
}

fn by_condition(days: u32, slices: &[SliceRatio], of: impl Fn(&SliceRatio) -> Vec<PairCondition>) -> Vec<Cases> {
    let mut all: BTreeMap<PairCondition, Cases> = BTreeMap::new();
    // Slices of a pair stand together.
    for pair in slices.chunk_by(|x, y| x.a == y.a && x.b == y.b) {
        for condition in of(&pair[0]) {
            let cases = all.entry(condition).or_insert_with(|| Cases {
                days,
                condition,
                insufficient: 0,
                pairs: 0,
                pairs_over_1000: 0,
                ours: Ratios::default(),
                beside: Ratios::default(),
                reference: Ratios::default(),
            });
            if !pair[0].same {
                cases.pairs += 1;
                cases.pairs_over_1000 += u64::from(pair.iter().any(|one| one.log10_lr.is_some_and(|lr| lr >= 3.0)));
            }
            for one in pair {
                let Some(ours) = one.log10_lr else {
                    cases.insufficient += 1;
                    continue;
                };
                cases.ours.push(ours, one.same);
                if let Some(reference) = one.reference_log10_lr {
                    cases.beside.push(ours, one.same);
                    cases.reference.push(reference, one.same);
                }
            }
        }
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_counted_under_each_condition() {
        let one = |a: &str, same: bool, log10_lr: Option<f64>| SliceRatio {
            a: a.into(),
            b: "b".into(),
            from: String::new(),
            to: String::new(),
            same,
            log10_lr,
            reference_log10_lr: log10_lr.map(|lr| -lr),
        };
        let slices =
            [one("x", false, Some(3.2)), one("x", false, None), one("y", false, Some(0.5)), one("z", true, Some(1.0))];
        let cases = by_condition(1, &slices, |one| {
            if one.a == "y" { vec![PairCondition::All] } else { vec![PairCondition::All, PairCondition::Commuters] }
        });
        assert_eq!(cases.len(), 2);
        let all = &cases[0];
        assert_eq!((all.pairs, all.pairs_over_1000, all.insufficient), (2, 1, 1));
        assert_eq!((all.ours.same.as_slice(), all.ours.different.as_slice()), (&[1.0][..], &[3.2, 0.5][..]));
        assert_eq!(all.reference.same, vec![-1.0]);
        assert_eq!((cases[1].pairs, cases[1].ours.different.len()), (1, 1));
    }
}
