//! The list of all that was left out: number, day, why, rows.

use std::collections::BTreeSet;

use orochi_model::{problem::Problem, sentence::Sentence};

use super::line_traffic::DaySpan;
use super::report::{Exclusion, ExclusionReason};
use super::words::QuantityWording;

/// Everything left out, by reason, number and day.
pub(super) fn ledger(
    told: &QuantityWording<'_>,
    covered: &BTreeSet<i32>,
    span: DaySpan,
) -> Result<Vec<Exclusion>, Problem> {
    let mut all = Vec::new();
    for day in (span.first..=span.last).filter(|day| !covered.contains(day)) {
        let text = "On this day, no data of the line's number then in use is held. What was counted comes from other \
                    numbers' data. The absence of data does not mean that there was no activity.";
        all.push(Exclusion {
            method: "both",
            why: ExclusionReason::NoData,
            number: None,
            day: Some(super::day_text(day)),
            text: Sentence::limit(text)?,
            communications: 0,
            evidence: Vec::new(),
        });
    }
    for ((why, number, day), events) in &told.counts.left_out {
        all.push(Exclusion {
            method: match why {
                ExclusionReason::NoData
                | ExclusionReason::Associate
                | ExclusionReason::NotAPhone
                | ExclusionReason::AutomaticReply
                | ExclusionReason::LineStarted
                | ExclusionReason::Withheld => "both",
                ExclusionReason::NotInBase
                | ExclusionReason::DroppedCall
                | ExclusionReason::ShortCall
                | ExclusionReason::SingleDay => "customer_days",
            },
            why: *why,
            number: Some(told.seen.names[*number as usize].clone()),
            day: day.map(super::day_text),
            text: Sentence::fact(words(told, *why))?,
            communications: events.len() as u64,
            evidence: told.rows.rows_of(events),
        });
    }
    if !told.seen.withheld.is_empty() {
        all.push(Exclusion {
            method: "both",
            why: ExclusionReason::Withheld,
            number: None,
            day: None,
            text: Sentence::fact(words(told, ExclusionReason::Withheld))?,
            communications: told.seen.withheld.len() as u64,
            evidence: told.rows.rows_of(told.seen.withheld.iter().map(|one| &one.1)),
        });
    }
    all.sort_by(|x, y| (x.why, &x.number, &x.day).cmp(&(y.why, &y.number, &y.day)));
    Ok(all)
}

fn words(told: &QuantityWording<'_>, why: ExclusionReason) -> String {
    let settings = told.settings;
    match why {
        ExclusionReason::NoData => "No data.".to_owned(),
        ExclusionReason::Associate => {
            "The number is taken to answer for the line, so its own contact with the line was not counted.".to_owned()
        }
        ExclusionReason::NotAPhone => {
            "The number is a landline, a short code or a sender's name, and not a phone that a person carries."
                .to_owned()
        }
        ExclusionReason::NotInBase => {
            "The number received no bulk text from the line in this data, and customer-days count only numbers that \
             did."
                .to_owned()
        }
        ExclusionReason::AutomaticReply => format!(
            "The text was taken for an automatic reply: it came within {} seconds of a bulk text to the same number, \
             or is one of {} or more that came after the same delay (within {} seconds).",
            settings.auto_reply_seconds, settings.auto_repeats, settings.auto_spread_seconds
        ),
        ExclusionReason::LineStarted => {
            "The line made the first contact of the exchange. The number did not start contact on this day.".to_owned()
        }
        ExclusionReason::DroppedCall => format!(
            "On this day there were only unanswered calls or calls of {} seconds or less.",
            settings.dropped_seconds
        ),
        ExclusionReason::ShortCall => {
            format!("On this day there was no text and no call longer than {} seconds.", settings.call_seconds)
        }
        ExclusionReason::SingleDay => {
            format!(
                "The number was in contact on fewer than {} days of the week, Monday to Sunday.",
                settings.week_days
            )
        }
        ExclusionReason::Withheld => {
            "One party of the communication was withheld, so it cannot be attributed to a number.".to_owned()
        }
    }
}
