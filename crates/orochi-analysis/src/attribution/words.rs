//! Sentences of the method `attribution` about spells and movements; each strand words its own.

use orochi_model::{problem::Problem, sentence::Sentence};

use super::spells::StateInterval;
use super::{Candidate, SidedStrand, Strand};
use crate::registrations::PairResult;

/// A ratio this much smaller (log10) is not told from the greatest.
const CLOSE: f64 = 1.0;

/// What is said of a spell for which so many numbers could be compared.
pub(super) fn statement(stretch: &StateInterval, best: Option<&str>, compared: usize) -> Result<Sentence, Problem> {
    let hours = (stretch.to - stretch.from) as f64 / 3_600.0;
    let length = if hours < 48.0 { format!("{hours:.0} hours") } else { format!("{:.1} days", hours / 24.0) };
    Sentence::opinion(match best {
        Some(number) => format!(
            "For these {length} the registrations of {number} fit those of the line's phone best. They do not show who \
             used either phone."
        ),
        None if compared == 0 => format!(
            "For these {length} the data held has no other phone whose registrations could be compared with those of \
             the line's phone."
        ),
        None => format!(
            "For these {length} no number fits the line's phone well enough to be named, when movements, calls and \
             contacts are taken together. The person using the line may have carried no other phone, or one that is \
             not in the data. Numbers that were compared are listed, the one that fits best first."
        ),
    })
}

/// The strand of co-location, for and against.
pub(super) fn colocation(pair: &PairResult) -> Result<Vec<SidedStrand>, Problem> {
    let sided = |supports, text: Sentence, evidence| {
        let strand = Strand { strand: "co-location", text, evidence };
        SidedStrand { supports, strand }
    };
    let supports = pair.log10_lr.is_some_and(|ratio| ratio > 0.0);
    let mut all = vec![sided(supports, pair.statement.clone(), Vec::new())];
    all.extend(pair.reasons.iter().map(|one| sided(one.supports, one.text.clone(), one.evidence.clone())));
    Ok(all)
}

/// The numbers whose movements go best speak against each other, where the ratios do not tell them apart, and
/// against all that go less well.
pub(super) fn rivals(candidates: &mut [Candidate]) -> Result<(), Problem> {
    let greatest = candidates.iter().filter_map(|one| one.log10_lr).fold(f64::NEG_INFINITY, f64::max);
    let is_close = |ratio: &f64| *ratio > 0.0 && *ratio > greatest - CLOSE;
    let close = candidates.iter().filter_map(|one| Some((one.number.clone(), one.log10_lr.filter(is_close)?)));
    let close: Vec<(String, f64)> = close.collect();
    for candidate in candidates {
        let Some(own) = candidate.log10_lr else { continue };
        let others = close.iter().filter(|(number, ratio)| *number != candidate.number && *ratio > own - CLOSE);
        let (better, alike): (Vec<_>, Vec<_>) = others.partition(|(_, ratio)| *ratio >= own + CLOSE);
        let named = |all: Vec<&(String, f64)>| {
            let each: Vec<String> = all.iter().map(|(number, ratio)| format!("{number} (log10 {ratio:.1})")).collect();
            each.join(", ")
        };
        let mut say = |text: String| -> Result<(), Problem> {
            let text = Sentence::opinion(text)?;
            candidate.against.push(Strand { strand: "other candidates", text, evidence: Vec::new() });
            Ok(())
        };
        if !alike.is_empty() {
            say(format!("Movements alone do not distinguish this number (log10 {own:.1}) from {}.", named(alike)))?;
        }
        if !better.is_empty() {
            say(format!("Movements fit {} better than this number (log10 {own:.1}).", named(better)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(number: &str, log10_lr: Option<f64>) -> Candidate {
        Candidate {
            number: number.to_owned(),
            log10_lr,
            bound: 2.0,
            occasions: 5,
            conflicts: 1,
            verbal: String::new(),
            verbal_source: "",
            supports: Vec::new(),
            against: Vec::new(),
        }
    }

    #[test]
    fn who_goes_as_well_and_who_goes_better_are_told_apart() {
        let mut all =
            [("+1", Some(1.9)), ("+2", Some(1.2)), ("+3", Some(-1.3)), ("+4", None)].map(|(n, r)| candidate(n, r));
        rivals(&mut all).unwrap();
        let said = all.map(|one| one.against.iter().map(|one| one.text.as_str().to_owned()).collect::<Vec<_>>());
        assert_eq!(said[0], ["Movements alone do not distinguish this number (log10 1.9) from +2 (log10 1.2)."]);
        assert_eq!(said[1], ["Movements alone do not distinguish this number (log10 1.2) from +1 (log10 1.9)."]);
        assert_eq!(said[2], ["Movements fit +1 (log10 1.9), +2 (log10 1.2) better than this number (log10 -1.3)."]);
        assert!(said[3].is_empty());
    }
}
