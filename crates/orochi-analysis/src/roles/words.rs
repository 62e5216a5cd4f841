//! Sentences of the method `roles`.

use orochi_model::{
    finding::Reason,
    locator::Locator,
    problem::Problem,
    sentence::{Sentence, counted},
};

use super::role_rules::{LineContact, RoleBasis, RoleHypothesis, hours, log10_ratio};
use super::rows::RowsByPair;
use super::{AttributedLine, Role, RoleFinding, Settings};
use crate::traffic::graph::ContactGraph;

/// A hypothesis with its reasons, those for it first.
pub(super) fn finding(
    known: &ContactGraph,
    line: &AttributedLine,
    hypothesis: &RoleHypothesis,
    rows: &RowsByPair,
    settings: &Settings,
) -> Result<RoleFinding, Problem> {
    let number = &known.number(hypothesis.id).name;
    let mut evidence: Vec<Locator> =
        hypothesis.between.iter().filter_map(|(a, b)| rows.get(&(*a.min(b), *a.max(b)))).flatten().cloned().collect();
    evidence.truncate(settings.evidence_rows as usize);
    let mut reasons = Vec::new();
    let mut say = |supports: bool, text: String, evidence: Vec<Locator>| -> Result<(), Problem> {
        reasons.push(Reason { text: Sentence::opinion(text)?, supports, evidence });
        Ok(())
    };
    match &hypothesis.basis {
        RoleBasis::Spells(places) => spells(line, number, places, settings, &mut say)?,
        RoleBasis::WithLine(contact) => line_contact(hypothesis.role, contact, evidence, &mut say)?,
        RoleBasis::WithPeople { people, days, buying } => {
            let text = format!(
                "The number was in contact, both ways, with {} that may hold or work the line, on {}.",
                counted(*people, "number", "numbers"),
                counted(*days, "day", "days"),
            );
            say(true, text, evidence)?;
            if *buying == 0 {
                let text = "The data held shows no contact with numbers that received the line's bulk texts or \
                            contacted it repeatedly.";
                say(true, text.into(), Vec::new())?;
            } else {
                say(
                    false,
                    format!(
                        "It was also in contact with {} that received the line's bulk texts or contacted it \
                         repeatedly.",
                        counted(*buying, "number", "numbers")
                    ),
                    Vec::new(),
                )?;
            }
            say(false, "A friend or relative of several of them would show the same pattern.".into(), Vec::new())?;
        }
        RoleBasis::BeforeBursts { days, followed } => {
            let text = format!(
                "The number was in contact with numbers that may hold or direct the line on {}. On {followed} of these \
                 days, or on the day after, the line texted many numbers.",
                counted(*days, "day", "days"),
            );
            say(true, text, evidence)?;
            say(
                false,
                "This rests on a small number of days and on timing alone. Nothing is known of what was said.".into(),
                Vec::new(),
            )?;
        }
    }
    reasons.sort_by_key(|reason| !reason.supports);
    let line = line.numbers.first().cloned().unwrap_or_default();
    Ok(RoleFinding { line, number: number.clone(), role: hypothesis.role, reasons })
}

type AddReason<'a> = dyn FnMut(bool, String, Vec<Locator>) -> Result<(), Problem> + 'a;

/// Contact of the number with the line itself.
fn line_contact(role: Role, of: &LineContact, evidence: Vec<Locator>, say: &mut AddReason<'_>) -> Result<(), Problem> {
    let LineContact { contact, texted, sought } = of;
    let text = format!(
        "The number was in contact with the line on {}. The line made {} of {} between them.",
        counted(contact.days, "day", "days"),
        contact.calls_made,
        counted((contact.calls_made + contact.calls_received) as usize, "call", "calls"),
    );
    say(true, text, evidence.clone())?;
    match (role, *texted) {
        (Role::Runner, _) if !sought => {
            let text = "The line sent bulk texts to other contacts and did not include this number.";
            say(true, text.into(), evidence)
        }
        (Role::Runner, true) => {
            let text = "The number received bulk texts from the line, as its customers would.";
            say(false, text.into(), evidence)
        }
        (Role::Runner, false) => {
            let text = "A customer whom the line often rings would show the same pattern.";
            say(false, text.into(), Vec::new())
        }
        (_, true) => {
            let text = "The number received texts that the line sent to many numbers within minutes.";
            say(true, text.into(), evidence)?;
            if contact.received == 0 {
                let text = "The data held shows no call or text from this number to the line.";
                say(false, text.into(), Vec::new())?;
            }
            if *sought {
                let text = "The line made most of the calls with this number, as with those who work for it.";
                say(false, text.into(), Vec::new())?;
            }
            Ok(())
        }
        (_, false) => {
            let text = "The number itself contacted the line repeatedly, as a customer would.";
            say(true, text.into(), Vec::new())?;
            let text = "The data held shows no text to this number that the line sent to many numbers.";
            say(false, text.into(), Vec::new())
        }
    }
}

/// What the spells of a number's phone say.
fn spells(
    line: &AttributedLine,
    number: &str,
    places: &[usize],
    settings: &Settings,
    say: &mut AddReason<'_>,
) -> Result<(), Problem> {
    let all = &line.attributed.findings;
    let total: f64 = all.iter().map(hours).sum();
    let own: f64 = places.iter().map(|place| hours(&all[*place])).sum();
    let mut rows: Vec<Locator> = Vec::new();
    let mut against: Vec<(String, Vec<Locator>)> = Vec::new();
    for place in places {
        for candidate in all[*place].candidates.iter().filter(|candidate| candidate.number == number) {
            rows.extend(candidate.supports.iter().flat_map(|strand| strand.evidence.iter().cloned()));
            against.extend(candidate.against.iter().map(|one| (one.text.as_str().to_owned(), one.evidence.clone())));
        }
    }
    rows.truncate(settings.evidence_rows as usize);
    let ratios: Vec<String> = places.iter().map(|place| format!("{:.1}", log10_ratio(&all[*place], number))).collect();
    let text = format!(
        "In {} of the line's phone, {own:.0} of {total:.0} hours, this number's phone fits its movements best (method \
         attribution; log10 likelihood ratios of co-location {}).",
        counted(places.len(), "spell", "spells"),
        ratios.join(", "),
    );
    say(true, text, rows)?;
    for (text, evidence) in against {
        say(false, text, evidence)?;
    }
    Ok(())
}
