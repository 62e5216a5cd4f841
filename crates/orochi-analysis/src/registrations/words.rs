//! Sentences of the method `colocate`.

use orochi_colocation::{Occasion, Score};
use orochi_model::{evidence::Evidence, finding::Reason, problem::Problem, sentence::Sentence};

use super::pair::OccasionFound;
use super::seen::Seen;
use crate::tables::rfc3339;

/// What is weighed for the prosecution.
pub const HP: &str = "one person carried both phones in this period";
/// What is weighed against it. The population is that on which the model was fitted.
pub const HD: &str = "two people carried them; the second is someone who lives and moves like the relevant population";

/// Rows behind a reason.
const ROWS: usize = 10;

/// The ratio in words.
pub(super) fn verbal(score: &Score) -> String {
    match score.verbal() {
        None => "insufficient data".to_owned(),
        Some(verbal) => verbal.strength.words().to_owned(),
    }
}

/// `12`, `3.4`, `0.08`: two figures, as no more is known.
fn figure(ratio: f64) -> String {
    if ratio >= 10.0 {
        let step = 10_f64.powf(ratio.log10().floor() - 1.0);
        return format!("{:.0}", (ratio / step).round() * step);
    }
    format!("{ratio:.1}")
}

/// The result in a sentence.
pub(super) fn statement(score: &Score) -> Result<Sentence, Problem> {
    let Some(log10) = score.log10_lr else {
        return Sentence::new(
            "Insufficient data: in this period the two phones were never registered close enough in time to be \
             compared.",
        );
    };
    let ratio = figure(10_f64.powf(log10.abs()));
    let (one, other) = if log10 >= 0.0 { (HP, HD) } else { (HD, HP) };
    let at_bound = (log10 - score.bounds.upper).abs() < 1e-9 || (log10 - score.bounds.lower).abs() < 1e-9;
    let bound = if at_bound { ", which is as far as the cases the method was tried on carry it" } else { "" };
    Sentence::new(match score.verbal().map(|verbal| verbal.strength.words()) {
        Some("no support") | None => {
            let ratio = figure(10_f64.powf(log10));
            format!("The registrations support neither proposition over the other (likelihood ratio {ratio}).")
        }
        Some(words) => format!(
            "The registrations are about {ratio} times more probable if {one} than if {other}{bound}: {words} for the \
             former."
        ),
    })
}

/// One occasion.
pub(super) fn occasion(
    (a, i): (&Seen, usize),
    (b, j): (&Seen, usize),
    occasion: &Occasion,
) -> Result<Sentence, Problem> {
    let at = rfc3339(a.track.registrations[i].at.saturating_mul(1_000_000))?;
    let gap = match occasion.gap_s {
        gap if gap < 90 => format!("{gap} seconds"),
        gap => format!("{} minutes", (gap + 30) / 60),
    };
    let apart = match occasion.metres {
        metres if metres < 1.0 => "stand at one place".to_owned(),
        metres => format!("stand {:.1} km apart", metres / 1_000.0),
    };
    Sentence::new(format!(
        "At or about {at}, within {gap} of each other, the first phone used cell {} and the second cell {}; their \
         masts {apart}.",
        a.cells[i], b.cells[j],
    ))
}

/// What the result rests on: first for, then against.
pub(super) fn reasons((a, b): (&Seen, &Seen), score: &Score, listed: &[OccasionFound]) -> Result<Vec<Reason>, Problem> {
    let summary = &score.summary;
    let rows = |supports: bool| -> Vec<Evidence> {
        let chosen = listed.iter().filter(|one| one.supports == supports);
        chosen.flat_map(|one| one.evidence.clone()).take(ROWS).collect()
    };
    let mut reasons = Vec::new();
    let mut say = |supports: bool, text: String, evidence: Vec<Evidence>| -> Result<(), Problem> {
        reasons.push(Reason { text: Sentence::new(text)?, supports, evidence });
        Ok(())
    };
    let agreeing = summary.occasions - summary.conflicts;
    if agreeing > 0 {
        let text = format!(
            "On {agreeing} of {} independent occasions the two phones used cells, close in time, as far apart as those \
             of one person's phones are.",
            summary.occasions
        );
        say(true, text, rows(true))?;
    }
    if summary.conflicts > 0 {
        let text = format!(
            "On {} of {} independent occasions their cells conflict: one person's phones are seldom so far apart \
             within that time.",
            summary.conflicts, summary.occasions
        );
        say(false, text, rows(false))?;
    } else if summary.occasions > 0 {
        say(true, "On no occasion do their cells conflict.".to_owned(), Vec::new())?;
    }
    for (name, seen) in [("first", a), ("second", b)] {
        if seen.track.registrations.is_empty() {
            let text = format!("The data held has no cell with a known position of the {name} number's own.");
            say(false, text, Vec::new())?;
        } else if seen.unplaced > 0 {
            let text = format!(
                "{} of the {name} number's registrations are on cells whose position is not known, and say nothing.",
                seen.unplaced
            );
            say(false, text, Vec::new())?;
        }
    }
    Ok(reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_have_two_figures() {
        for (ratio, words) in [(1.04, "1.0"), (3.44, "3.4"), (12.4, "12"), (1_234.0, "1200"), (99_999.0, "100000")] {
            assert_eq!(figure(ratio), words);
        }
    }
}
