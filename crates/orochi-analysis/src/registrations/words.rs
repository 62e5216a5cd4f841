//! Sentences of the method `colocation`.

use orochi_colocation::{Occasion, Score};
use orochi_likelihood::verbal::{Strength, Verbal};
use orochi_model::{finding::Reason, locator::Locator, problem::Problem, sentence::Sentence};

use super::pair::{OccasionFound, TrackPair};
use crate::tables::rfc3339;

/// Proposition 1, as every sentence, document, JSON field and the method's statement say it.
pub const H1: &str = "one person carried both phones in this period";
/// Proposition 2. The population is that on which the model was fitted.
pub const H2: &str = "two different people carried the phones, the second being another member of the relevant \
                      population";

/// Rows behind a reason.
const ROWS: usize = 10;

/// The ratio in words, with the proposition that it supports: strength without direction could be read either way.
pub(super) fn verbal(score: &Score) -> String {
    match score.verbal() {
        None => "insufficient data".to_owned(),
        Some(Verbal { strength: Strength::None, .. }) => "support for neither H1 nor H2".to_owned(),
        Some(Verbal { strength, first }) => format!("{} for {}", strength.words(), if first { "H1" } else { "H2" }),
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
        return Sentence::limit(
            "Insufficient data: in this period no registrations of the two phones were close enough in time to be \
             compared.",
        );
    };
    let ratio = figure(10_f64.powf(log10.abs()));
    let (one, other, name) = if log10 >= 0.0 { (H1, H2, "H1") } else { (H2, H1, "H2") };
    let at_bound = (log10 - score.bounds.upper).abs() < 1e-9 || (log10 - score.bounds.lower).abs() < 1e-9;
    let bound =
        if at_bound { " The ratio was limited to the largest value that the validation data supports." } else { "" };
    Sentence::opinion(match score.verbal().map(|verbal| verbal.strength.words()) {
        Some("no support") | None => {
            let ratio = figure(10_f64.powf(log10));
            format!(
                "The cell registrations support neither H1 ({H1}) nor H2 ({H2}) over the other (likelihood ratio \
                 {ratio})."
            )
        }
        Some(words) => format!(
            "The cell registrations are about {ratio} times more likely if {one} than if {other}. This is {words} for \
             {name}, the first of these.{bound}"
        ),
    })
}

/// One occasion.
pub(super) fn occasion(pair: TrackPair<'_>, occasion: &Occasion) -> Result<Sentence, Problem> {
    let (a, b) = (pair.first(), pair.second());
    let (i, j) = (occasion.closest.0 as usize, occasion.closest.1 as usize);
    let at = rfc3339(a.track.registrations[i].at.saturating_mul(1_000_000))?;
    let gap = match occasion.gap_s {
        gap if gap < 90 => format!("{gap} seconds"),
        gap => format!("{} minutes", (gap + 30) / 60),
    };
    let apart = match occasion.metres {
        metres if metres < 1.0 => "stand at one place".to_owned(),
        metres => format!("stand {:.1} km apart", metres / 1_000.0),
    };
    Sentence::fact(format!(
        "At or about {at}, within {gap} of each other, the first phone used cell {} and the second phone cell {}. \
         Their masts {apart}.",
        a.cells[i], b.cells[j],
    ))
}

/// What the result rests on: first for, then against.
pub(super) fn reasons(pair: TrackPair<'_>, score: &Score, listed: &[OccasionFound]) -> Result<Vec<Reason>, Problem> {
    let summary = &score.summary;
    let rows = |supports: bool| -> Vec<Locator> {
        let chosen = listed.iter().filter(|one| one.supports == supports);
        chosen.flat_map(|one| one.evidence.clone()).take(ROWS).collect()
    };
    let mut reasons = Vec::new();
    let mut say = |supports: bool, text: String, evidence: Vec<Locator>| -> Result<(), Problem> {
        reasons.push(Reason { text: Sentence::fact(text)?, supports, evidence });
        Ok(())
    };
    let agreeing = summary.occasions - summary.conflicts;
    if agreeing > 0 {
        let text = format!(
            "On {agreeing} of {} independent occasions, close in time, the two phones used cells no further apart than \
             the cells of one person's phones usually are.",
            summary.occasions
        );
        say(true, text, rows(true))?;
    }
    if summary.conflicts > 0 {
        let text = format!(
            "On {} of {} independent occasions their cells conflict. One person's phones are seldom so far apart \
             within that time.",
            summary.conflicts, summary.occasions
        );
        say(false, text, rows(false))?;
    } else if summary.occasions > 0 {
        say(true, "Their cells conflict on no occasion.".to_owned(), Vec::new())?;
    }
    for (name, seen) in [("first", pair.first()), ("second", pair.second())] {
        if seen.track.registrations.is_empty() {
            let text = format!("The data held for the {name} number has no cell with a known position.");
            say(false, text, Vec::new())?;
        } else if seen.unplaced > 0 {
            let text = format!(
                "{} of the {name} number's registrations were on cells with no known position and were not used.",
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
