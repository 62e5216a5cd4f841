//! Which numbers' SIMs sat in one handset at one time: in two slots, or by turns. Not one after the other, and not in
//! two handsets with one IMEI.

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::problem::Problem;

use super::settings::Settings;
use super::sim_pair::{self, TenancyFindingKind};
use super::uses::{self, HandsetUse, SimPairEvidence};
use crate::facts::owner::OWNER_SQL;
use crate::tables::{Tables, list, texts};

/// Those of the `others` of which a SIM was in one handset with a SIM of the `numbers` at one time, as calls and texts
/// show. None is among both.
///
/// # Errors
/// When the views `records` and `cells` cannot be read.
pub(crate) fn numbers_sharing_handset(
    tables: &dyn Tables,
    numbers: &[&str],
    others: &BTreeSet<&str>,
    settings: &Settings,
) -> Result<BTreeSet<String>, Problem> {
    if others.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut handsets = sims_by_handset(tables, numbers.iter().chain(others).copied())?;
    let is_own = |number: &str| numbers.contains(&number);
    handsets.retain(|_, sims| {
        sims.iter().any(|(_, number)| is_own(number)) && sims.iter().any(|(_, number)| !is_own(number))
    });
    let uses = uses::load(tables, &handsets.keys().map(String::as_str).collect())?;
    let mut found = BTreeSet::new();
    for (imei, sims) in &handsets {
        let uses = uses.get(imei).map_or(&[][..], Vec::as_slice);
        for (sim, _) in sims.iter().filter(|one| is_own(&one.1)) {
            for (other, number) in sims.iter().filter(|one| !is_own(&one.1) && one.0 != *sim) {
                if share_handset(uses, [sim, other], settings) {
                    found.insert(number.clone());
                }
            }
        }
    }
    Ok(found)
}

/// The SIMs of a handset, each with its number.
type HandsetSims = BTreeSet<(String, String)>;

/// The SIMs of some numbers, by handset.
fn sims_by_handset<'a>(
    tables: &dyn Tables,
    numbers: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, HandsetSims>, Problem> {
    let mut all: BTreeMap<String, HandsetSims> = BTreeMap::new();
    let sql = format!(
        "SELECT DISTINCT imei, coalesce(imsi, number) AS sim, number FROM (SELECT imei, imsi, {OWNER_SQL} AS number \
         FROM records WHERE kind <> 'data' AND imei IS NOT NULL) WHERE number IN ({})",
        list(numbers)
    );
    tables.stream(&sql, &mut |batch| {
        let (imei, sim, number) = (texts(&batch, "imei")?, texts(&batch, "sim")?, texts(&batch, "number")?);
        for row in 0..batch.num_rows() {
            if let (Some(imei), Some(sim), Some(number)) = (imei.get(row), sim.get(row), number.get(row)) {
                all.entry(imei.to_owned()).or_default().insert((sim.to_owned(), number.to_owned()));
            }
        }
        Ok(())
    })?;
    Ok(all)
}

/// Whether two SIMs were in a handset at one time; its uses are in order of time.
fn share_handset(uses: &[HandsetUse], sims: [&str; 2], settings: &Settings) -> bool {
    let theirs: Vec<&HandsetUse> = uses.iter().filter(|it| sims.contains(&it.sim.as_str())).collect();
    let Some(first) = theirs.first() else { return false };
    let turned = theirs.iter().position(|it| it.sim != first.sim).unwrap_or(theirs.len());
    let over = theirs[turned..].iter().all(|it| it.sim != first.sim);
    matches!(
        sim_pair::classify(&SimPairEvidence::from_uses(&theirs, settings), over, settings),
        TenancyFindingKind::DualSim | TenancyFindingKind::Shared
    )
}

#[cfg(test)]
mod tests {
    use orochi_model::locator::Locator;

    use super::*;
    use crate::positions::GridPosition;

    fn used(sim: &str, minute: i64, easting: i32) -> HandsetUse {
        HandsetUse {
            sim: sim.into(),
            from: minute * 60,
            to: minute * 60 + 20,
            talk: true,
            position: Some(GridPosition { easting, northing: 0 }),
            cell: None,
            evidence: Locator::from_columns("EX0001", None, 1),
        }
    }

    fn shares(uses: impl Iterator<Item = HandsetUse>) -> bool {
        share_handset(&uses.collect::<Vec<_>>(), ["1", "2"], &Settings::default())
    }

    #[test]
    fn two_slots_and_turns_are_together_and_swaps_and_clones_are_not() {
        let sim = |place: i64| ["1", "2"][place as usize % 2];
        assert!(shares((0..60).map(|n| used(sim(n), n * 5 + n / 2 * 300, 0))), "two slots");
        assert!(
            shares((0..60).map(|n| used(sim(n / 6), n * 120, n as i32 / 6 % 2 * 20_000))),
            "by turns of half a day"
        );
        assert!(!shares((0..60).map(|n| used(sim(n / 30), n * 60, 0))), "one after the other");
        assert!(!shares((0..60).map(|n| used(sim(n), n * 60, n as i32 % 2 * 300_000))), "two handsets of one IMEI");
        assert!(!shares((0..9).map(|n| used("1", n * 60, 0))), "one SIM alone");
        assert!(!shares(std::iter::empty()));
    }
}
