//! The words of an application: necessity and proportionality, as its form asks for them. Every figure
//! in them is in the report.

use jiff::{Timestamp, tz::TimeZone};
use orochi_model::{
    problem::Problem,
    sentence::{Sentence, counted},
};

use super::application_draft::{ApplicationDraft, ApplicationQuestion, Suspect};
use super::collateral::Collateral;
use crate::traffic::graph::ContactGraph;

/// The day on the wall in the United Kingdom.
pub(super) fn day(us: i64) -> Result<String, Problem> {
    let wrong = |e: jiff::Error| Problem::data("an event's start is outside the calendar").because(e);
    let zone = TimeZone::get("Europe/London").map_err(wrong)?;
    Ok(zone.to_datetime(Timestamp::from_microsecond(us).map_err(wrong)?).strftime("%-d %B %Y").to_string())
}

/// Why the data is needed.
pub(super) fn necessity(
    known: &ContactGraph,
    suspects: &[Suspect],
    ask: &ApplicationDraft,
) -> Result<Sentence, Problem> {
    let flagged = suspects.iter().any(|suspect| suspect.id == ask.line && suspect.flagged);
    let draft = Necessity { known, ask, line: &known.number(ask.line).name, flagged };
    Sentence::opinion(match ask.question {
        ApplicationQuestion::Line => draft.of_line()?,
        ApplicationQuestion::SameHandset | ApplicationQuestion::Handset => draft.of_handset()?,
        ApplicationQuestion::Successor | ApplicationQuestion::Predecessor | ApplicationQuestion::AfterSilence => {
            draft.of_other_number()?
        }
        ApplicationQuestion::Crew | ApplicationQuestion::LeftOut | ApplicationQuestion::Rings => draft.of_worker(),
        ApplicationQuestion::Shared | ApplicationQuestion::Circle => draft.of_acquaintance(),
    })
}

/// What the sentence on necessity is made from.
struct Necessity<'a> {
    known: &'a ContactGraph,
    ask: &'a ApplicationDraft,
    line: &'a str,
    flagged: bool,
}

impl Necessity<'_> {
    fn which(&self) -> &'static str {
        if self.flagged { "which behaves like a deal line" } else { "which may be a deal line" }
    }

    /// The numbers that led here, counted.
    fn sources(&self) -> String {
        counted(self.ask.by.len(), "number", "numbers")
    }

    /// The first of them by name.
    fn names(&self) -> String {
        let ids = &self.ask.by;
        let listed: Vec<&str> = ids.iter().take(3).map(|id| self.known.number(*id).name.as_str()).collect();
        let more = ids.len().saturating_sub(listed.len());
        let listed = listed.join(", ");
        if more > 0 { format!("{listed} and {more} more") } else { listed }
    }

    fn of_line(&self) -> Result<String, Problem> {
        let Self { known, ask, line, flagged } = self;
        let (from, to) = (day(ask.from)?, day(ask.to)?);
        if known.number(ask.line).is_held() {
            return Ok(format!(
                "The call data held for {line} ends on {from}, and other records show it in use until {to}. The data \
                 held does not show its contacts in between, or the cells and handset it used."
            ));
        }
        let score = ask.score.unwrap_or_default();
        let of = self.sources();
        let why = if *flagged {
            format!("{line} behaves like a deal line in the records of {of} (method lines, score {score:.2}")
        } else {
            format!(
                "{line} is in contact with {of} whose data is held, and ranks among the highest-scoring numbers with \
                 several such contacts (method lines, score {score:.3}, not flagged"
            )
        };
        Ok(format!(
            "{why}; the score ranks numbers and is not a probability). It was in use from {from} to {to}. Its own call \
             data is not held, so its other contacts, the cells it used and its handset are not known."
        ))
    }

    fn of_handset(&self) -> Result<String, Problem> {
        let Self { ask, line, .. } = self;
        let (identifier, from, to) = (&ask.identifier, day(ask.from)?, day(ask.to)?);
        Ok(if ask.question == ApplicationQuestion::SameHandset {
            format!(
                "A handset history shows {identifier} in a handset that {line} used between {from} and {to}. The data \
                 held does not show whether one person used the two numbers."
            )
        } else {
            format!(
                "Records of {line} show it in handset {identifier} from {from} to {to}. The other numbers used in that \
                 handset in that time would show whether the line moved to another SIM or shared the handset with \
                 another number."
            )
        })
    }

    /// Of a number that the line may have had before or after.
    fn of_other_number(&self) -> Result<String, Problem> {
        let Self { known, ask, line, .. } = self;
        let (identifier, which) = (&ask.identifier, self.which());
        let (from, to) = (day(ask.from)?, day(ask.to)?);
        Ok(match ask.question {
            ApplicationQuestion::Successor => format!(
                "{line}, {which}, was last seen shortly before {} that contacted it repeatedly ({}) first had contact \
                 with {identifier}. {identifier} was not seen before {from}. Its call data would show whether it is in \
                 contact with the same numbers, and from which cells and handset.",
                self.sources(),
                self.names(),
            ),
            ApplicationQuestion::Predecessor => format!(
                "{} in contact with {line}, {which} ({}), were in contact with {identifier} before. It was not in use \
                 after {to}. Its call data would show whether it was in contact with the same numbers, and who used \
                 it.",
                self.sources(),
                self.names(),
            ),
            _ => {
                let other = known.find(identifier).unwrap_or(ask.line);
                format!(
                    "{line}, {which}, was last seen on {from}. {identifier} was in contact with it on {}. Its call \
                     data after that day would show whether it then contacted a new number of the line.",
                    counted(known.contact(ask.line, other).days, "day", "days"),
                )
            }
        })
    }

    fn of_worker(&self) -> String {
        let Self { known, ask, line, .. } = self;
        let (identifier, which) = (&ask.identifier, self.which());
        match ask.question {
            ApplicationQuestion::Crew => {
                let contact = known.contact(ask.line, known.find(identifier).unwrap_or(ask.line));
                format!(
                    "{line}, {which} and seldom starts contact itself, made {} of {} calls with {identifier}, on {}. \
                     The call data of {identifier} would show whether it works with the line, and who else does.",
                    contact.calls_made,
                    contact.calls_made + contact.calls_received,
                    counted(contact.days, "day", "days"),
                )
            }
            ApplicationQuestion::LeftOut => format!(
                "{line}, {which} and texts many numbers at once, was in contact with {identifier} on {} and sent it \
                 none of these texts. The call data of {identifier} would show whether it works with the line, and who \
                 else does.",
                counted(ask.times, "day", "days"),
            ),
            _ => format!(
                "{identifier} rang {} ({}) soon after they had been in contact with {line}, {which}, {} in all. They \
                 did not ring it. The call data of {identifier} would show whether it works with the line, and who \
                 else does.",
                self.sources(),
                self.names(),
                counted(ask.times, "time", "times"),
            ),
        }
    }

    /// Of a number that is known to those near the line.
    fn of_acquaintance(&self) -> String {
        let Self { ask, line, .. } = self;
        let identifier = &ask.identifier;
        if ask.question == ApplicationQuestion::Shared {
            return format!(
                "{identifier} is in contact with {} close to {line}, {} ({}), on {} between them. Its call data would \
                 show whether it moves with the line.",
                self.sources(),
                self.which(),
                self.names(),
                counted(ask.times, "day", "days"),
            );
        }
        format!(
            "{identifier} is in contact both ways, on {}, with {}, which is close to {line} and in contact with few \
             numbers. Its call data would show whether it moves with the line.",
            counted(ask.times, "day", "days"),
            self.names(),
        )
    }
}

/// Why no less would do, and what it costs those who have no part in the matter.
pub(super) fn proportionality(ask: &ApplicationDraft, collateral: &Collateral) -> Result<Sentence, Problem> {
    let (from, to) = (day(ask.from)?, day(ask.to)?);
    let scope = match ask.question {
        ApplicationQuestion::Handset => {
            "Only the identifiers seen in one handset are asked for, without calls or cells. This is the least data \
             that answers the question."
                .to_owned()
        }
        ApplicationQuestion::AfterSilence => {
            format!(
                "The period asked for, {from} to {to}, begins when the line fell silent. No earlier data is needed."
            )
        }
        ApplicationQuestion::Shared
        | ApplicationQuestion::Rings
        | ApplicationQuestion::Crew
        | ApplicationQuestion::LeftOut
        | ApplicationQuestion::Circle => format!(
            "In the period asked for, {from} to {to}, the data held shows the possible line in use. No other period is \
             needed."
        ),
        _ => format!(
            "In the period asked for, {from} to {to}, the data held gives grounds for the request. No other period is \
             needed."
        ),
    };
    let expected = match (collateral.numbers, collateral.low, collateral.high) {
        (Some(numbers), Some(low), Some(high)) if low < high => {
            format!(
                " The result is expected to hold {low} to {high} numbers that were not known before, about {numbers} \
                 by the central estimate: {}. Most of them may have no part in the matter.",
                collateral.basis
            )
        }
        (Some(numbers), ..) => {
            format!(
                " The result is expected to hold about {} not known before: {}. Most of them may have no part in the \
                 matter.",
                counted(numbers, "number", "numbers"),
                collateral.basis
            )
        }
        _ => format!(" The number of uninvolved numbers in the result cannot be estimated: {}.", collateral.basis),
    };
    Sentence::opinion(scope + &expected)
}
