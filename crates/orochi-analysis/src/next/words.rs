//! The words of an application: necessity and proportionality, as its form asks for them. Every figure
//! in them is in the report.

use jiff::{Timestamp, tz::TimeZone};
use orochi_model::{problem::Problem, sentence::Sentence};

use super::ask::{Ask, Question, Suspect};
use super::collateral::Collateral;
use crate::traffic::graph::ContactGraph;

/// The day on the wall in the United Kingdom.
pub(super) fn day(us: i64) -> Result<String, Problem> {
    let wrong = |e: jiff::Error| Problem::data("an event's start is outside the calendar").because(e);
    let zone = TimeZone::get("Europe/London").map_err(wrong)?;
    Ok(zone.to_datetime(Timestamp::from_microsecond(us).map_err(wrong)?).strftime("%-d %B %Y").to_string())
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Why the data is needed.
pub(super) fn necessity(known: &ContactGraph, suspects: &[Suspect], ask: &Ask) -> Result<Sentence, Problem> {
    let line = &known.number(ask.line).name;
    let identifier = &ask.identifier;
    let flagged = suspects.iter().any(|suspect| suspect.id == ask.line && suspect.flagged);
    let which = if flagged { "which behaves like a deal line" } else { "which may be a deal line" };
    let (from, to) = (day(ask.from)?, day(ask.to)?);
    let days = |other: u32, own: u32| known.contact(own, other).days;
    let names = |ids: &[u32]| {
        let listed: Vec<&str> = ids.iter().take(3).map(|id| known.number(*id).name.as_str()).collect();
        let more = ids.len().saturating_sub(listed.len());
        let listed = listed.join(", ");
        if more > 0 { format!("{listed} and {more} more") } else { listed }
    };
    let words = match ask.question {
        Question::Line if known.number(ask.line).held() => format!(
            "Call data held for {line} ends on {from}, and other records show it in use until {to}. Who was in \
             contact with it in between, and from which cells and handset, cannot be learnt from the data held."
        ),
        Question::Line => {
            let score = ask.score.unwrap_or_default();
            let of = count(ask.by.len(), "number", "numbers");
            let why = if flagged {
                format!("{line} behaves like a deal line in the records of {of} (method lines, score {score:.2}")
            } else {
                format!(
                    "{line} is in contact with {of} whose data is held and, of those with several such contacts, is \
                     among the highest by how much it behaves like a deal line (method lines, score {score:.3}, not \
                     flagged"
                )
            };
            format!(
                "{why}; the score ranks, it is no probability), in use from {from} to {to}. Its own call data is not \
                 held: its other contacts, the cells it used and the handset it sat in cannot be learnt from the data \
                 held."
            )
        }
        Question::SameHandset => format!(
            "A handset history shows {identifier} in a handset that {line} used between {from} and {to}. Whether the \
             two numbers were used by one person cannot be learnt from the data held."
        ),
        Question::Handset => format!(
            "Records of {line} show it in handset {identifier} from {from} to {to}. Which other numbers used that \
             handset in that time would show whether the line moved to another SIM, or shared the handset with another \
             phone number."
        ),
        Question::Successor => format!(
            "{line}, {which}, was last seen shortly before {} that came back to it ({}) first had contact with \
             {identifier}, which was not seen before {from}. Its call data would show whether the same numbers turn \
             to it, from which cells and handset it is used.",
            count(ask.by.len(), "number", "numbers"),
            names(&ask.by),
        ),
        Question::Predecessor => format!(
            "{} in contact with {line}, {which} ({}), were in contact with {identifier} before, and it was not \
             in use after {to}. Its call data would show whether the same numbers turned to it, and who worked it.",
            count(ask.by.len(), "number", "numbers"),
            names(&ask.by),
        ),
        Question::AfterSilence => format!(
            "{line}, {which}, was last seen on {from}. {identifier} was in contact with it on {}. Its call \
             data after that day would show whether it turned to a new number of the line.",
            count(days(known.find(identifier).unwrap_or(ask.line), ask.line), "day", "days"),
        ),
        Question::Crew => {
            let other = known.find(identifier).unwrap_or(ask.line);
            let contact = known.contact(ask.line, other);
            format!(
                "{line}, {which} and seldom starts contact itself, made {} of {} calls with {identifier}, \
                 on {}. Its call data would show whether it works with the line, and who else does.",
                contact.calls_made,
                contact.calls_made + contact.calls_received,
                count(contact.days, "day", "days"),
            )
        }
        Question::LeftOut => format!(
            "{line}, {which} and texts many numbers at once, was in contact with {identifier} on {} and sent it \
             none of these texts. Its call data would show whether it works with the line, and who else does.",
            count(ask.times, "day", "days"),
        ),
        Question::Rings => format!(
            "{identifier} rang {} ({}) soon after they had been in contact with {line}, {which}, {} in all, and \
             was not rung by them. Its call data would show whether it works with the line, and who else does.",
            count(ask.by.len(), "number", "numbers"),
            names(&ask.by),
            count(ask.times, "time", "times"),
        ),
        Question::Shared => format!(
            "{identifier} is in contact with {} close to {line}, {which} ({}), on {} between them. \
             Its call data would show whether it moves with the line.",
            count(ask.by.len(), "number", "numbers"),
            names(&ask.by),
            count(ask.times, "day", "days"),
        ),
        Question::Circle => format!(
            "{identifier} is in contact both ways, on {}, with {}, which is close to {line} and in contact with few \
             numbers. Its call data would show whether it moves with the line.",
            count(ask.times, "day", "days"),
            names(&ask.by),
        ),
    };
    Sentence::new(words)
}

/// Why no less would do, and what it costs those who have no part in the matter.
pub(super) fn proportionality(ask: &Ask, collateral: &Collateral) -> Result<Sentence, Problem> {
    let (from, to) = (day(ask.from)?, day(ask.to)?);
    let scope = match ask.question {
        Question::Handset => {
            "Only the identifiers seen in one handset are asked for, no calls and no cells: the least that answers the \
             question."
                .to_owned()
        }
        Question::AfterSilence => {
            format!(
                "The period asked for, {from} to {to}, begins when the line fell silent; no earlier data is \
                 needed."
            )
        }
        Question::Shared | Question::Rings | Question::Crew | Question::LeftOut | Question::Circle => format!(
            "The period asked for, {from} to {to}, is that in which the data held shows what may be the line in use; \
             no other is needed."
        ),
        _ => format!(
            "The period asked for, {from} to {to}, is that in which the data held gives ground for it; no \
             other is needed."
        ),
    };
    let expected = match (collateral.numbers, collateral.low, collateral.high) {
        (Some(numbers), Some(low), Some(high)) if low < high => {
            format!(
                " About {numbers} numbers ({low} to {high}) that were not known before are expected in the result: {}. \
                 Most of them may have no part in the matter.",
                collateral.basis
            )
        }
        (Some(numbers), ..) => {
            format!(
                " About {numbers} numbers that were not known before are expected in the result: {}. Most of them may \
                 have no part in the matter.",
                collateral.basis
            )
        }
        _ => format!(" How many uninvolved numbers the result will hold cannot be said: {}.", collateral.basis),
    };
    Sentence::new(scope + &expected)
}
