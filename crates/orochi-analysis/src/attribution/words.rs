//! Sentences of the method `attribute` about spells and movements; each strand words its own.

use orochi_model::{problem::Problem, sentence::Sentence};

use super::spells::Stretch;
use super::{Candidate, Strand};
use crate::colocation::Pair;

/// A ratio this much smaller (log10) is not told from the greatest.
const CLOSE: f64 = 1.0;

/// What is said of a spell.
pub(super) fn spell(stretch: &Stretch, best: Option<&str>) -> Result<Sentence, Problem> {
    let hours = (stretch.to - stretch.from) as f64 / 3_600.0;
    let length = if hours < 48.0 { format!("{hours:.0} hours") } else { format!("{:.1} days", hours / 24.0) };
    Sentence::new(match best {
        Some(number) => format!(
            "For these {length} the registrations of {number} go best with those of the line's phone. That says nothing of who used \
             either."
        ),
        None => format!(
            "For these {length} no number whose data is held goes with the line's phone throughout: the phone of whoever had it may not \
             be in the data, or was not carried. Candidates stand in order all the same; spells beside each other differ in which comes first."
        ),
    })
}

/// The strand of co-location, for and against.
pub(super) fn colocation(pair: &Pair) -> Result<Vec<(bool, Strand)>, Problem> {
    let strand = |text: Sentence, evidence| Strand { strand: "co-location", text, evidence };
    let supports = pair.log10_lr.is_some_and(|ratio| ratio > 0.0);
    let mut all = vec![(supports, strand(pair.statement.clone(), Vec::new()))];
    all.extend(pair.reasons.iter().map(|one| (one.supports, strand(one.text.clone(), one.evidence.clone()))));
    Ok(all)
}

/// Candidates who are not told from the first by movements speak against each other.
pub(super) fn rivals(candidates: &mut [Candidate]) -> Result<(), Problem> {
    let greatest = candidates.iter().filter_map(|one| one.log10_lr).fold(f64::NEG_INFINITY, f64::max);
    let close: Vec<(String, f64)> = candidates
        .iter()
        .filter_map(|one| {
            Some((one.number.clone(), one.log10_lr.filter(|ratio| *ratio > 0.0 && *ratio > greatest - CLOSE)?))
        })
        .collect();
    for candidate in candidates {
        let others: Vec<String> = close
            .iter()
            .filter(|(number, ratio)| {
                *number != candidate.number && candidate.log10_lr.is_some_and(|own| *ratio > own - CLOSE)
            })
            .map(|(number, ratio)| format!("{number} (log10 {ratio:.1})"))
            .collect();
        if others.is_empty() {
            continue;
        }
        let text = format!("Movements alone do not tell this number from {}.", others.join(", "));
        candidate.against.push(Strand { strand: "other candidates", text: Sentence::new(text)?, evidence: Vec::new() });
    }
    Ok(())
}
