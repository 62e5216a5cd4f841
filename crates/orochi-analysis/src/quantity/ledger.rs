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
        let text = "No data of the line's number in use on this day is held. What is counted on it comes from others' \
                    data; what is not seen is not nothing.";
        all.push(LeftOut {
            method: "both",
            why: Why::NoData,
            number: None,
            day: Some(super::date(day)),
            text: Sentence::new(text)?,
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
            text: Sentence::new(words(told, *why))?,
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
            text: Sentence::new(words(told, Why::Withheld))?,
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
            "The number is taken to answer for the line; its own contact with the line is no customer's.".to_owned()
        }
        Why::NotAPhone => "A landline, short code or sender's name: no phone that somebody carries.".to_owned(),
        Why::NotInBase => {
            "The number never got a bulk text from the line in this data, and so is not of its customer base."
                .to_owned()
        }
        Why::AutomaticReply => format!(
            "A text received within {} seconds of a bulk text to the same number, or one of {} or more at one delay \
             (give or take {} seconds): an automatic reply.",
            settings.auto_reply_seconds, settings.auto_repeats, settings.auto_spread_seconds
        ),
        Why::LineStarted => {
            "The line made the first contact of the exchange; the number did not start contact on this day.".to_owned()
        }
        Why::DroppedCall => format!(
            "Nothing but calls of {} seconds or less, or unanswered ones, on this day.",
            settings.dropped_seconds
        ),
        Why::ShortCall => format!("No call longer than {} seconds and no text on this day.", settings.call_seconds),
        Why::SingleDay => {
            format!("Fewer than {} customer-days of this number in the week, Monday to Sunday.", settings.week_days)
        }
        Why::Withheld => "One party of the communication was withheld: it cannot be put down to anybody.".to_owned(),
    }
}
