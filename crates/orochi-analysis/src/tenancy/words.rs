//! The words of a finding, for and against, with the rows behind each.

use orochi_model::{
    finding::Reason,
    locator::Locator,
    problem::Problem,
    sentence::{Sentence, counted},
};

use super::spells::{HandsetSpell, HandsetSwap};
use crate::handsets::uses::{SimPairEvidence, SimTurn};
use crate::handsets::{Settings, TenancyFindingKind};
use crate::tables::rfc3339;

fn reason(
    supports: bool,
    text: String,
    evidence: impl Iterator<Item = Locator>,
    settings: &Settings,
) -> Result<Reason, Problem> {
    let evidence = evidence.take(settings.evidence_rows as usize).collect();
    Ok(Reason { text: Sentence::fact(text)?, supports, evidence })
}

fn rows<'a>(turns: &'a [SimTurn<'_>]) -> impl Iterator<Item = Locator> + 'a {
    turns.iter().flat_map(|turn| [turn.before.evidence.clone(), turn.after.evidence.clone()])
}

/// A SIM that went from one handset to another.
pub(super) fn handset_swap(swap: &HandsetSwap<'_>, settings: &Settings) -> Result<Vec<Reason>, Problem> {
    let imei = |spell: &HandsetSpell| spell.imei.clone().unwrap_or_default();
    let mut text = format!(
        "{} is seen in handset {} until {} and in handset {} from {}",
        swap.before.name(),
        imei(swap.before),
        rfc3339(swap.before.to.min(swap.after.from))?,
        imei(swap.after),
        rfc3339(swap.after.from)?,
    );
    text.push_str(&match swap.back {
        Some(back) => format!(" until {}, and then in the first one again.", rfc3339(swap.after.to.min(back.from))?),
        None => ".".to_owned(),
    });
    let evidence = [Some(swap.before), Some(swap.after), swap.back].into_iter().flatten();
    let mut reasons = vec![reason(true, text, evidence.map(|spell| spell.evidence.clone()), settings)?];
    if swap.before.records == 0 || swap.after.records == 0 {
        let stated = [swap.before, swap.after].into_iter().filter(|spell| spell.records == 0);
        reasons.push(reason(
            false,
            "Only an operator's handset history shows this. No call, text or data session held shows it.".into(),
            stated.map(|spell| spell.evidence.clone()),
            settings,
        )?);
    }
    if swap.after.records == 1 {
        reasons.push(reason(
            false,
            "A single record shows the other handset. It may be an error in the file.".into(),
            std::iter::once(swap.after.evidence.clone()),
            settings,
        )?);
    }
    Ok(reasons)
}

/// Two SIMs in one handset. `a` is the one seen first.
pub(super) fn sim_pair_reasons(
    kind: TenancyFindingKind,
    a: &HandsetSpell,
    b: &HandsetSpell,
    shown: &SimPairEvidence<'_>,
    settings: &Settings,
) -> Result<Vec<Reason>, Problem> {
    let (one, two, imei) = (a.name(), b.name(), a.imei.clone().unwrap_or_default());
    let both = || [a.evidence.clone(), b.evidence.clone()].into_iter();
    let mut reasons = Vec::new();
    if kind == TenancyFindingKind::SimSwap {
        let text = format!(
            "In handset {imei}, {one} is seen until {} and {two} from {}. {one} is not seen again in it.",
            rfc3339(a.to)?,
            rfc3339(b.from)?
        );
        reasons.push(reason(true, text, both().chain(rows(&shown.turns)), settings)?);
        return Ok(reasons);
    }
    let turns = shown.turns.len();
    if turns == 0 {
        // Histories alone: nothing shows in what order the two were used.
        let text = format!(
            "Handset {imei} is stated with {one} and with {two} over the same time. No call or text held shows a \
             change between them."
        );
        reasons.push(reason(true, text, both(), settings)?);
        return Ok(reasons);
    }
    let text = format!(
        "Handset {imei} is seen with {one} and with {two}. The SIM changes {turns} times from one use to the next."
    );
    reasons.push(reason(kind != TenancyFindingKind::Cloned, text, rows(&shown.turns), settings)?);
    reasons.push(quick_changes(kind, shown, settings)?);
    reasons.extend(two_handsets(kind, shown, settings)?);
    Ok(reasons)
}

/// Changes within minutes. In one place they speak for two slots, and elsewhere for two handsets.
fn quick_changes(
    kind: TenancyFindingKind,
    shown: &SimPairEvidence<'_>,
    settings: &Settings,
) -> Result<Reason, Problem> {
    if shown.quick.is_empty() {
        let text = format!(
            "None of these changes took less than {} minutes, as when one SIM is taken out for the other.",
            settings.turn_minutes
        );
        return reason(kind == TenancyFindingKind::Shared, text, std::iter::empty(), settings);
    }
    let text = format!(
        "{} of these changes took no more than {} minutes, on {}. Of {} whose cells can be compared, {} are in one \
         place. The two SIMs of a handset with two slots are in one place at every change.",
        shown.quick.len(),
        settings.turn_minutes,
        counted(shown.quick_days, "day", "days"),
        shown.placed,
        shown.near
    );
    let supports = match kind {
        TenancyFindingKind::DualSim => true,
        TenancyFindingKind::Cloned => !shown.in_one_place(settings),
        _ => false,
    };
    reason(supports, text, rows(&shown.quick), settings)
}

/// What shows two handsets with one IMEI, or that nothing does.
fn two_handsets(
    kind: TenancyFindingKind,
    shown: &SimPairEvidence<'_>,
    settings: &Settings,
) -> Result<Vec<Reason>, Problem> {
    let cloned = kind == TenancyFindingKind::Cloned;
    let mut reasons = Vec::new();
    if !shown.travel.is_empty() {
        let most = shown.travel.iter().map(|(_, km)| *km).fold(0.0, f64::max);
        let turns: Vec<SimTurn<'_>> = shown.travel.iter().map(|(turn, _)| *turn).collect();
        let text = format!(
            "On {} the two SIMs used cells so far apart (up to {most:.0} km) that one handset would have had to travel \
             faster than {} km/h between them, even if each phone was {} km from its mast.",
            counted(turns.len(), "occasion", "occasions"),
            settings.speed_kmh,
            settings.reach_km
        );
        reasons.push(reason(cloned, text, rows(&turns), settings)?);
    }
    if !shown.at_once.is_empty() {
        let text = format!(
            "On {} both SIMs were in an answered call at once. On {} of these their cells are known to be in one \
             place. Most handsets hold one call at a time.",
            counted(shown.at_once.len(), "occasion", "occasions"),
            shown.at_once.len().saturating_sub(shown.at_once_apart)
        );
        reasons.push(reason(cloned, text, rows(&shown.at_once), settings)?);
    }
    if reasons.is_empty() {
        let text = format!(
            "The data held does not show two handsets with one IMEI. No two answered calls overlap by more than {} \
             seconds. One handset would not have had to travel faster than {} km/h at any change of SIM whose cells \
             can be compared, if each phone may be {} km from its mast.",
            settings.both_calls_s, settings.speed_kmh, settings.reach_km
        );
        reasons.push(reason(!cloned, text, std::iter::empty(), settings)?);
    }
    Ok(reasons)
}
