//! Document 6, *DDTRO application pack*: what an application for a drug dealing telecommunications restriction order
//! (Serious Crime Act 2015 s.80A, SI 2017/1240) needs, with the sensitive part as a PDF of its own.
//!
//! It helps to prepare an application; it is not one, and it gives no legal advice. What only the applicant can know is
//! left to be filled in, and marked.

use std::collections::BTreeSet;

use orochi_model::{problem::Problem, sentence::Sentence};
use serde::Serialize;

use super::{
    Document,
    attribution::{Referral, referrals},
    bursts::bulk_texts,
    document::Printer,
    folder::{Folder, file},
    identifiers,
    profile::{self, OpinionEntry, absent},
    study::Study,
    text::{clean, count, counted},
    typeset::Template,
};

const OPEN: Template = Template { name: "ddtro.typ", text: include_str!("templates/ddtro.typ") };
const SENSITIVE: Template =
    Template { name: "ddtro-sensitive.typ", text: include_str!("templates/ddtro-sensitive.typ") };

#[derive(Serialize)]
struct DdtroBody {
    missing: Vec<String>,
    identifiers: Vec<Vec<String>>,
    numbers: Vec<Vec<String>>,
    links: Vec<LinkRow>,
    bursts: Vec<Vec<String>>,
    use_of: Vec<OpinionEntry>,
    innocent: Vec<Check>,
    customer_days: Option<String>,
    referrals: usize,
}

#[derive(Serialize)]
struct LinkRow {
    from: String,
    to: String,
    score: String,
}

/// One question about innocent users, and what the data held says.
#[derive(Serialize)]
struct Check {
    question: &'static str,
    answer: Sentence,
}

#[derive(Serialize)]
struct Sensitive {
    referrals: Vec<Referral>,
}

/// Makes both parts.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let study = press.study;
    let bulk = bulk_texts(study, study.burst_rule());
    let found = identifiers::identifiers_of_line(study)?;
    let referred = referrals(study)?;
    let mut missing = Vec::new();
    if study.events().is_empty() {
        missing.push(absent(study)?);
    }
    if !found.iter().any(|one| one.kind == "IMSI") {
        missing.push("No record states the SIM (IMSI) of a number of the line: its own data is not held.".to_owned());
    }
    if bulk.bursts.is_empty() {
        missing.push("No burst of texts was found, so the table of bulk messages is empty.".to_owned());
    }
    if study.quantity.is_none() {
        missing.push(
            "Customer-days were not counted, because no settings for the method quantity were given (--quantity FILE)."
                .to_owned(),
        );
    }
    let body = DdtroBody {
        identifiers: found.iter().map(identifiers::Identifier::cells).collect::<Result<_, _>>()?,
        numbers: study.numbers.iter().map(profile::number_row).collect::<Result<_, _>>()?,
        links: study
            .links()
            .into_iter()
            .map(|link| LinkRow { from: clean(&link.from), to: clean(&link.to), score: format!("{:.2}", link.score) })
            .collect(),
        bursts: bulk.bursts.iter().map(profile::burst_row).collect::<Result<_, _>>()?,
        use_of: study.findings()?.iter().map(profile::opinion).collect(),
        innocent: innocent(study, &bulk.recipients)?,
        customer_days: study.quantity.as_ref().map(|report| {
            let days = &report.methods.customer_days;
            [
                counted(
                    days.base.len(),
                    "phone that people carry received a burst at some time",
                    "phones that people carry received a burst at some time",
                ),
                counted(days.days as usize, "customer-day is counted", "customer-days are counted"),
                counted(
                    days.single_days as usize,
                    "day is left out because it was the only one in its week",
                    "days are left out because each was the only one in its week",
                ),
                counted(
                    report.period.without_data as usize,
                    "day of the line's use is a day for which no data is held",
                    "days of the line's use are days for which no data is held",
                ),
            ]
            .join("; ")
        }),
        referrals: referred.len(),
        missing: missing.clone(),
    };
    let mut made = file(Document::Ddtro, "6-ddtro-application.pdf");
    made.missing = missing;
    press.add(folder, OPEN, made, &body)?;
    let made = file(Document::Ddtro, "6-ddtro-application-sensitive.pdf");
    press.add(folder, SENSITIVE, made, &Sensitive { referrals: referred })
}

/// What the data held says about people who would be cut off and have nothing to do with dealing.
fn innocent(study: &Study<'_>, recipients: &BTreeSet<&str>) -> Result<Vec<Check>, Problem> {
    let events = study.events();
    let mut outside: BTreeSet<&str> = BTreeSet::new();
    let (mut with_outside, mut long, mut talks, mut data) = (0_usize, 0_usize, 0_usize, 0_usize);
    for event in events {
        for other in [event.a.as_deref(), event.b.as_deref()].into_iter().flatten() {
            if !study.is_line(Some(other)) && !recipients.contains(other) {
                outside.insert(other);
                with_outside += 1;
            }
        }
        if event.is_conversation() {
            talks += 1;
            long += usize::from(event.duration.is_some_and(|seconds| seconds > 180));
        }
        data += usize::from(&*event.kind == "data");
    }
    Ok(vec![
        Check {
            question: "Is the number in contact with people who never received its bulk texts?",
            answer: Sentence::fact(format!(
                "{} of {} were with {} that received no bulk text from the line in this period.",
                count(with_outside as u64),
                counted(events.len(), "communication", "communications"),
                counted(outside.len(), "number", "numbers"),
            ))?,
        },
        Check {
            question: "Does it hold long conversations, as a private phone does?",
            answer: Sentence::fact(format!(
                "{} of {} that the records do not show as unanswered were longer than three minutes.",
                count(long as u64),
                counted(talks, "call", "calls"),
            ))?,
        },
        Check {
            question: "Is it used for data, as a private phone is?",
            answer: Sentence::fact(if data == 0 {
                "The line's communications in this period include no data session. If its data sessions were not \
                 applied for, none could be seen."
                    .to_owned()
            } else {
                format!("{} among its communications.", counted(data, "data session is", "data sessions are"))
            })?,
        },
        Check {
            question: "Would anyone who depends on the number, such as a vulnerable person, lose it?",
            answer: Sentence::limit("The data does not show this. The applicant must answer this question.")?,
        },
    ])
}
