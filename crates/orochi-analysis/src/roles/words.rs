//! Sentences of the method `roles`.

use orochi_model::{evidence::Evidence, finding::Reason, problem::Problem, sentence::Sentence};

use super::close::{Basis, Close, WithLine, hours, ratio};
use super::rows::Between;
use super::{Finding, Line, Role, Settings};
use crate::traffic::graph::ContactGraph;

/// A hypothesis with its reasons, those for it first.
pub(super) fn finding(
    known: &ContactGraph,
    line: &Line,
    close: &Close,
    rows: &Between,
    settings: &Settings,
) -> Result<Finding, Problem> {
    let number = &known.number(close.id).name;
    let mut evidence: Vec<Evidence> =
        close.between.iter().filter_map(|(a, b)| rows.get(&(*a.min(b), *a.max(b)))).flatten().cloned().collect();
    evidence.truncate(settings.evidence_rows as usize);
    let mut reasons = Vec::new();
    let mut say = |supports: bool, text: String, evidence: Vec<Evidence>| -> Result<(), Problem> {
        reasons.push(Reason { text: Sentence::new(text)?, supports, evidence });
        Ok(())
    };
    match &close.basis {
        Basis::Spells(places) => spells(line, number, places, settings, &mut say)?,
        Basis::WithLine(WithLine { contact, texted, sought }) => {
            let calls = contact.calls_made + contact.calls_received;
            let days = contact.days;
            let text = format!(
                "In contact with the line on {}; the line made {} of {} between them.",
                counted(days, "day", "days"),
                contact.calls_made,
                counted(calls as usize, "call", "calls"),
            );
            say(true, text, evidence.clone())?;
            match (close.role, *texted) {
                (Role::Runner, texted) => {
                    if !sought {
                        say(true, "The line sends bulk texts and leaves this number out.".into(), evidence)?;
                    } else if texted {
                        let text = "The number received bulk texts of the line, as its customer base does.";
                        say(false, text.into(), evidence)?;
                    } else {
                        let text = "Somebody who buys and whom the line keeps ringing would look the same.";
                        say(false, text.into(), Vec::new())?;
                    }
                }
                (_, true) => {
                    say(true, "The number received texts that the line sent to many within minutes.".into(), evidence)?;
                    if contact.received == 0 {
                        say(
                            false,
                            "The number itself never rang or texted the line, as far as the data held shows.".into(),
                            Vec::new(),
                        )?;
                    }
                    if *sought {
                        let text = "The line made most of the calls with this number, as with those who work for it.";
                        say(false, text.into(), Vec::new())?;
                    }
                }
                (_, false) => {
                    let text = "It comes back to the line of its own accord, as those who buy do.";
                    say(true, text.into(), Vec::new())?;
                    let text = "The number received no text that the line sent to many, as far as the data held shows.";
                    say(false, text.into(), Vec::new())?;
                }
            }
        }
        Basis::WithPeople { people, days, buying } => {
            let text = format!(
                "In contact, both ways, with {} who hold or run the line, on {} in all.",
                counted(*people, "number of those", "numbers of those"),
                counted(*days, "day", "days"),
            );
            say(true, text, evidence)?;
            if *buying == 0 {
                let text = "In contact with none of those who got the line's bulk texts or come back to it.";
                say(true, text.into(), Vec::new())?;
            } else {
                say(
                    false,
                    format!(
                        "In contact with {} that got its bulk texts or comes back to it.",
                        counted(*buying, "number", "numbers")
                    ),
                    Vec::new(),
                )?;
            }
            say(false, "A friend or relative of several of them would look the same.".into(), Vec::new())?;
        }
        Basis::BeforeBursts { days, followed } => {
            let text = format!(
                "In contact with those who hold or direct the line on {}; on {followed} of these, or the day after, \
                 the line texted many.",
                counted(*days, "day", "days"),
            );
            say(true, text, evidence)?;
            say(false, "Few days are few: this rests on when contacts fell, not on what was said.".into(), Vec::new())?;
        }
    }
    reasons.sort_by_key(|reason| !reason.supports);
    let line = line.numbers.first().cloned().unwrap_or_default();
    Ok(Finding { line, number: number.clone(), role: close.role, reasons })
}

type Say<'a> = dyn FnMut(bool, String, Vec<Evidence>) -> Result<(), Problem> + 'a;

/// What the spells of a number's phone say.
fn spells(line: &Line, number: &str, places: &[usize], settings: &Settings, say: &mut Say<'_>) -> Result<(), Problem> {
    let all = &line.attributed.findings;
    let total: f64 = all.iter().map(hours).sum();
    let own: f64 = places.iter().map(|place| hours(&all[*place])).sum();
    let mut rows: Vec<Evidence> = Vec::new();
    let mut against: Vec<(String, Vec<Evidence>)> = Vec::new();
    for place in places {
        for candidate in all[*place].candidates.iter().filter(|candidate| candidate.number == number) {
            rows.extend(candidate.supports.iter().flat_map(|strand| strand.evidence.iter().cloned()));
            against.extend(candidate.against.iter().map(|one| (one.text.as_str().to_owned(), one.evidence.clone())));
        }
    }
    rows.truncate(settings.evidence_rows as usize);
    let ratios: Vec<String> = places.iter().map(|place| format!("{:.1}", ratio(&all[*place], number))).collect();
    let text = format!(
        "In {} of the line's phone, {own:.0} of {total:.0} hours, this number's phone goes best with it (method \
         attribute; log10 likelihood ratios of co-location {}).",
        counted(places.len(), "spell", "spells"),
        ratios.join(", "),
    );
    say(true, text, rows)?;
    for (text, evidence) in against {
        say(false, text, evidence)?;
    }
    Ok(())
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
