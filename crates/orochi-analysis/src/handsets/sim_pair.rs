//! Two SIMs in one handset: one after the other, two slots, shared, or two handsets with one IMEI.

use serde::Serialize;

use super::settings::Settings;
use super::uses::SimPairEvidence;

/// What a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TenancyFindingKind {
    /// One IMEI, two handsets.
    Cloned,
    /// One SIM after the other in one handset.
    SimSwap,
    /// One handset after the other with one SIM.
    HandsetSwap,
    /// A handset with two slots, both in use.
    DualSim,
    /// Two SIMs by turns in one handset.
    Shared,
}

/// Tells which. `over` says that the first SIM's last record in the handset comes before the second one's first.
pub(crate) fn classify(shown: &SimPairEvidence<'_>, over: bool, settings: &Settings) -> TenancyFindingKind {
    // Calls at once in one place may be a handset with two radios.
    if (shown.travel.len() + shown.at_once_apart) as f64 >= settings.cloned {
        return TenancyFindingKind::Cloned;
    }
    if over && shown.turns.len() <= 1 {
        return TenancyFindingKind::SimSwap;
    }
    let often = shown.quick.len() as f64 >= settings.quick_turns && shown.quick_days as f64 >= settings.quick_days;
    // By turns of days, a quick one now and then is a hand-over; with two slots it is the rule.
    let rule = shown.quick.len() * 4 >= shown.turns.len();
    if often && shown.in_one_place(settings) && rule { TenancyFindingKind::DualSim } else { TenancyFindingKind::Shared }
}

#[cfg(test)]
mod tests {
    use super::super::uses::HandsetUse;
    use orochi_model::locator::Locator;

    use super::*;
    use crate::positions::GridPosition;

    const HOUR: i64 = 3_600;

    fn used(sim: &str, from: i64, seconds: i64, km: i32) -> HandsetUse {
        HandsetUse {
            sim: sim.into(),
            from,
            to: from + seconds,
            talk: seconds > 0,
            position: Some(GridPosition { easting: km * 1_000, northing: 0 }),
            cell: None,
            evidence: Locator::from_columns("EX0001", None, 1),
        }
    }

    fn classified(mut uses: Vec<HandsetUse>) -> TenancyFindingKind {
        uses.sort_by_key(|it| it.from);
        let uses: Vec<&HandsetUse> = uses.iter().collect();
        let settings = Settings::default();
        classify(&SimPairEvidence::from_uses(&uses, &settings), true, &settings)
    }

    #[test]
    fn two_slots_are_used_by_turns_in_one_place() {
        let uses = (0..40).map(|i| used(["1", "2"][i % 2], i as i64 * 2 * HOUR, 30, i as i32 / 2));
        assert_eq!(classified(uses.collect()), TenancyFindingKind::Shared, "hours apart");
        let uses = (0..40).map(|i| {
            let pair = i as i64 / 2;
            used(["1", "2"][i % 2], pair * 5 * HOUR + (i as i64 % 2) * 600, 30, pair as i32)
        });
        assert_eq!(classified(uses.collect()), TenancyFindingKind::DualSim);
    }

    #[test]
    fn a_handset_that_is_lent_by_the_half_day_is_shared() {
        let uses = (0..60).map(|i| used(["1", "2"][i / 6 % 2], i as i64 * 2 * HOUR, 30, i as i32 / 6 % 2 * 20));
        assert_eq!(classified(uses.collect()), TenancyFindingKind::Shared);
    }

    #[test]
    fn one_sim_after_the_other_is_a_swap() {
        let uses = (0..40).map(|i| used(if i < 20 { "1" } else { "2" }, i * HOUR, 30, 0));
        assert_eq!(classified(uses.collect()), TenancyFindingKind::SimSwap);
    }

    #[test]
    fn one_imei_in_two_places_or_two_calls_at_once_are_two_handsets() {
        let uses = (0..40).map(|i| used(["1", "2"][i % 2], i as i64 * HOUR, 30, [0, 300][i % 2]));
        assert_eq!(classified(uses.collect()), TenancyFindingKind::Cloned);
        let uses = (0..8).flat_map(|i| [used("1", i * HOUR, 300, 0), used("2", i * HOUR + 60, 120, 50)]);
        assert_eq!(classified(uses.collect()), TenancyFindingKind::Cloned);
        let uses = (0..8).flat_map(|i| [used("1", i * 9 * HOUR, 300, 0), used("2", i * 9 * HOUR + 60, 120, 1)]);
        assert_eq!(classified(uses.collect()), TenancyFindingKind::DualSim, "in one place: a handset with two radios");
        // Three hundred kilometres in four hours is a journey.
        let uses = (0..40).map(|i| used(["1", "2"][i % 2], i as i64 * 4 * HOUR, 30, [0, 300][i % 2]));
        assert_eq!(classified(uses.collect()), TenancyFindingKind::Shared);
    }
}
