//! The list of all that was left out: number, day, why, rows.

use std::collections::BTreeSet;

use orochi_model::{problem::Problem, sentence::Sentence};

use super::report::{LeftOut, Why};
use super::words::Told;

/// Everything left out, by reason, number and day.
pub(super) fn ledger(
    told: &Told<'_>,
    covered: &BTreeSet<i32>,
    (first, last): (i32, i32),
) -> Result<Vec<LeftOut>, Problem> {
    let mut all = Vec::new();
    for day in (first..=last).filter(|day| !covered.contains(day)) {
        let text = "On this day, no data of the line's number then in use is held. What was counted comes from other \
                    numbers' data. The absence of data does not mean that there was no activity.";
        all.push(LeftOut {
            method: "both",
            why: Why::NoData,
            number: None,
            day: Some(super::date(day)),
            text: Sentence::limit(text)?,
            communications: 0,
            evidence: Vec::new(),
        });
    }
    for ((why, number, day), events) in &told.counts.left_out {
        all.push(LeftOut {
            method: match why {
                Why::NoData
                | Why::Associate
                | Why::NotAPhone
                | Why::AutomaticReply
                | Why::LineStarted
                | Why::Withheld => "both",
                Why::NotInBase | Why::DroppedCall | Why::ShortCall | Why::SingleDay => "customer_days",
            },
            why: *why,
            number: Some(told.seen.names[*number as usize].clone()),
            day: day.map(super::date),
            text: Sentence::fact(words(told, *why))?,
            communications: events.len() as u64,
            evidence: told.rows.of(events),
        });
    }
    if !told.seen.withheld.is_empty() {
        all.push(LeftOut {
            method: "both",
            why: Why::Withheld,
            number: None,
            day: None,
            text: Sentence::fact(words(told, Why::Withheld))?,
            communications: told.seen.withheld.len() as u64,
            evidence: told.rows.of(told.seen.withheld.iter().map(|one| &one.1)),
        });
    }
    all.sort_by(|x, y| (x.why, &x.number, &x.day).cmp(&(y.why, &y.number, &y.day)));
    Ok(all)
}

fn words(told: &Told<'_>, why: Why) -> String {
    let settings = told.settings;
    match why {
        Why::NoData => "No data.".to_owned(),
        Why::Associate => {
            "The number is taken to answer for the line, so its own contact with the line was not counted.".to_owned()
        }
        Why::NotAPhone => {
            "The number is a landline, a short code or a sender's name, and not a phone that a person carries."
                .to_owned()
        }
        Why::NotInBase => {
            "The number received no bulk text from the line in this data, and customer-days count only numbers that \
             did."
                .to_owned()
        }
        Why::AutomaticReply => format!(
            "The text was taken for an automatic reply: it came within {} seconds of a bulk text to the same number, \
             or is one of {} or more that came after the same delay (within {} seconds).",
            settings.auto_reply_seconds, settings.auto_repeats, settings.auto_spread_seconds
        ),
        Why::LineStarted => {
            "The line made the first contact of the exchange. The number did not start contact on this day.".to_owned()
        }
        Why::DroppedCall => format!(
            "On this day there were only unanswered calls or calls of {} seconds or less.",
            settings.dropped_seconds
        ),
        Why::ShortCall => {
            format!("On this day there was no text and no call longer than {} seconds.", settings.call_seconds)
        }
        Why::SingleDay => {
            format!(
                "The number was in contact on fewer than {} days of the week, Monday to Sunday.",
                settings.week_days
            )
        }
        Why::Withheld => {
            "One party of the communication was withheld, so it cannot be attributed to a number.".to_owned()
        }
    }
}
