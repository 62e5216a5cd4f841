//! Document 1, *line profile*: what the line is, its numbers over time, volumes, hours, bursts, who received them.

use std::collections::{BTreeMap, BTreeSet};

use orochi_analysis::lines;
use orochi_model::{locator::Locator, problem::Problem, sentence::Sentence};
use serde::Serialize;

use super::{
    Document,
    bursts::{BulkTexts, Burst, Member, bulk_texts},
    document::Printer,
    folder::{Folder, file},
    reasons::{Sides, sides},
    study::Study,
    text::{clean, count, counted, day, london, moment, moment_in, row, rows},
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "profile.typ", text: include_str!("templates/profile.typ") };

/// Recipients of bulk texts listed in the document; the workbook lists all.
const MEMBERS: usize = 60;
/// Bursts listed in the document; the workbook lists all.
const BURSTS: usize = 80;

#[derive(Serialize)]
struct ProfileBody {
    summary: Vec<Sentence>,
    missing: Vec<String>,
    numbers: Vec<Vec<String>>,
    spans: Vec<(String, f64, f64)>,
    ends: (String, String),
    days: Vec<(String, usize)>,
    days_alt: String,
    volumes: Vec<Vec<String>>,
    hours: Vec<(String, usize)>,
    hours_alt: String,
    bursts: Vec<Vec<String>>,
    bursts_more: usize,
    base: Vec<Vec<String>>,
    base_more: usize,
    opinions: Vec<OpinionEntry>,
    links: Vec<LinkEntry>,
    method: String,
}

/// What the method `lines` says of one number.
#[derive(Serialize)]
pub(super) struct OpinionEntry {
    title: String,
    score: String,
    #[serde(flatten)]
    sides: Sides,
}

#[derive(Serialize)]
struct LinkEntry {
    title: String,
    words: Sentence,
    #[serde(flatten)]
    sides: Sides,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let study = press.study;
    let events = study.events();
    let bulk = bulk_texts(study, study.burst_rule());
    let (bursts, base) = (&bulk.bursts, &bulk.base);
    let (days, volumes) = by_day(study, bursts)?;
    let hours = by_hour(study)?;
    let mut missing = Vec::new();
    if events.is_empty() {
        missing.push(absent(study)?);
    } else {
        missing.extend(study.missing());
    }
    if bursts.is_empty() {
        missing
            .push("No burst of texts sent by the line was found, so no recipient of bulk texts is listed.".to_owned());
    }
    let held = study.held().unwrap_or_default();
    let whole = (held.1 - held.0).max(1) as f64;
    let busiest = days.iter().max_by_key(|(_, n)| *n).cloned().unwrap_or_default();
    let peak = hours.iter().max_by_key(|(_, n)| *n).cloned().unwrap_or_default();
    let body = ProfileBody {
        summary: summary(study, &bulk)?,
        numbers: study.numbers.iter().map(number_row).collect::<Result<_, _>>()?,
        spans: study
            .numbers
            .iter()
            .map(|one| (one.number.clone(), (one.first - held.0) as f64 / whole, (one.last - held.0) as f64 / whole))
            .collect(),
        ends: (moment(held.0)?.full(), moment(held.1)?.full()),
        days_alt: format!(
            "Columns, one a day: communications of the line. {} days; the most, {}, on {}.",
            days.len(),
            busiest.1,
            busiest.0
        ),
        days,
        volumes,
        hours_alt: format!(
            "Columns, one for each hour of the day: communications started by others to the line. The most, {}, in the \
             hour from {}.",
            peak.1, peak.0
        ),
        hours,
        bursts: bursts.iter().take(BURSTS).map(burst_row).collect::<Result<_, _>>()?,
        bursts_more: bursts.len().saturating_sub(BURSTS),
        base: base.iter().take(MEMBERS).map(Member::row).collect::<Result<_, _>>()?,
        base_more: base.len().saturating_sub(MEMBERS),
        opinions: study.findings()?.iter().map(opinion).collect(),
        links: study
            .links()
            .into_iter()
            .map(|link| {
                Ok(LinkEntry {
                    title: format!("{} to {}", clean(&link.from), clean(&link.to)),
                    words: Sentence::opinion(format!(
                        "The method succession scores this pair {:.2} and links the two numbers. The score ranks pairs \
                         and is not a probability. A link means that the same contacts continued with the new number. \
                         It does not show who used either number.",
                        link.score
                    ))?,
                    sides: sides(&link.reasons),
                })
            })
            .collect::<Result<_, Problem>>()?,
        method: format!("{} {}", lines::METHOD.name, lines::METHOD.version),
        missing: missing.clone(),
    };
    let mut made = file(Document::Profile, "1-line-profile.pdf");
    made.missing = missing;
    press.add(folder, TEMPLATE, made, &body)
}

/// What is said where a period holds nothing.
pub(super) fn absent(study: &Study<'_>) -> Result<String, Problem> {
    Ok(match study.held() {
        Some((first, last)) => format!(
            "The data held shows no communication of the line in this period. Its communications lie between {} and \
             {}.",
            moment(first)?.full(),
            moment(last)?.full()
        ),
        None => study.missing().join(" "),
    })
}

fn summary(study: &Study<'_>, bulk: &BulkTexts<'_>) -> Result<Vec<Sentence>, Problem> {
    let (events, bursts) = (study.events(), &bulk.bursts);
    let others: BTreeSet<&str> = events
        .iter()
        .flat_map(|event| [event.a.as_deref(), event.b.as_deref()])
        .flatten()
        .filter(|other| !study.is_line(Some(other)))
        .collect();
    let to_line = events.iter().filter(|event| study.is_line(event.b.as_deref())).count();
    let talks = events.iter().filter(|event| event.is_conversation()).count();
    let texts: usize = bursts.iter().map(|burst| burst.texts.len()).sum();
    let mut all = vec![Sentence::fact(format!(
        "In this period the records show {} of the line with {}; {} were to it and {} from it.",
        counted(events.len(), "communication", "communications"),
        counted(others.len(), "other number", "other numbers"),
        count(to_line as u64),
        count((events.len() - to_line) as u64),
    ))?];
    all.push(Sentence::fact(format!(
        "{} of them are calls that the records do not show as missed, diverted or without length.",
        count(talks as u64)
    ))?);
    if !bursts.is_empty() {
        all.push(Sentence::fact(format!(
            "It sent {} of texts, {} in all, to {}.",
            counted(bursts.len(), "burst", "bursts"),
            counted(texts, "text", "texts"),
            counted(bulk.recipients.len(), "different number", "different numbers"),
        ))?);
    }
    Ok(all)
}

pub(super) fn number_row(one: &super::line::LineNumber) -> Result<Vec<String>, Problem> {
    Ok(vec![one.number.clone(), moment(one.first)?.full(), moment(one.last)?.full(), count(one.events)])
}

/// Columns of the chart, and rows of the table: date, to the line, from it, bursts, others, first and last row.
type Days = (Vec<(String, usize)>, Vec<Vec<String>>);

fn by_day(study: &Study<'_>, bursts: &[Burst<'_>]) -> Result<Days, Problem> {
    #[derive(Default)]
    struct Day<'a> {
        calls_in: usize,
        calls_out: usize,
        texts_in: usize,
        texts_out: usize,
        bursts: usize,
        others: BTreeSet<&'a str>,
        ends: Option<(Locator, Locator)>,
    }
    let zone = london()?;
    let mut days: BTreeMap<i64, Day<'_>> = BTreeMap::new();
    for event in study.events() {
        let day = days.entry(moment_in(&zone, event.start)?.day).or_default();
        let incoming = study.is_line(event.b.as_deref());
        match (event.is_text(), incoming) {
            (true, true) => day.texts_in += 1,
            (true, false) => day.texts_out += 1,
            (false, true) => day.calls_in += 1,
            (false, false) => day.calls_out += 1,
        }
        day.others.extend(
            [event.a.as_deref(), event.b.as_deref()].into_iter().flatten().filter(|other| !study.is_line(Some(other))),
        );
        if let Some(record) = event.records.first() {
            let first = day.ends.take().map_or_else(|| record.row.clone(), |ends| ends.0);
            day.ends = Some((first, record.row.clone()));
        }
    }
    for burst in bursts {
        if let Some(first) = burst.texts.first() {
            days.entry(moment_in(&zone, first.start)?.day).or_default().bursts += 1;
        }
    }
    let (first, last) = match (days.first_key_value(), days.last_key_value()) {
        (Some((first, _)), Some((last, _))) => (*first, *last),
        _ => return Ok((Vec::new(), Vec::new())),
    };
    // A day without data is a column of nothing, not a gap; decades of a mistaken clock are not drawn.
    let drawn: Vec<i64> = if last - first < 400 { (first..=last).collect() } else { days.keys().copied().collect() };
    let total = |d: &Day<'_>| d.calls_in + d.calls_out + d.texts_in + d.texts_out;
    let columns = drawn.iter().map(|d| (day(*d, "%-d %b"), days.get(d).map_or(0, total))).collect();
    let table = days
        .iter()
        .map(|(date, d)| {
            let ends = d.ends.as_ref().map(|(a, z)| format!("{} … {}", row(a), row(z))).unwrap_or_default();
            vec![
                day(*date, "%a %-d %b %Y"),
                count(d.calls_in as u64),
                count(d.texts_in as u64),
                count(d.calls_out as u64),
                count(d.texts_out as u64),
                count(d.bursts as u64),
                count(d.others.len() as u64),
                ends,
            ]
        })
        .collect();
    Ok((columns, table))
}

fn by_hour(study: &Study<'_>) -> Result<Vec<(String, usize)>, Problem> {
    let zone = london()?;
    let mut hours = [0_usize; 24];
    for event in study.events().iter().filter(|event| study.is_line(event.b.as_deref())) {
        if let Some(hour) = hours.get_mut(moment_in(&zone, event.start)?.hour) {
            *hour += 1;
        }
    }
    Ok(hours.iter().enumerate().map(|(hour, n)| (format!("{hour:02}"), *n)).collect())
}

pub(super) fn burst_row(burst: &Burst<'_>) -> Result<Vec<String>, Problem> {
    let (first, last) = match (burst.texts.first(), burst.texts.last()) {
        (Some(first), Some(last)) => (first, last),
        _ => return Err(Problem::bug("a burst has no text")),
    };
    let at = moment(first.start)?;
    Ok(vec![
        at.date,
        format!("{} {}", at.time, at.zone),
        format!("{} s", (last.start - first.start) / 1_000_000),
        burst.sender.to_owned(),
        count(burst.texts.len() as u64),
        count(burst.recipients() as u64),
        rows(&burst.texts.iter().flat_map(|text| text.rows().into_iter().take(1)).take(3).collect::<Vec<_>>())
            + if burst.texts.len() > 3 { ", …" } else { "" },
    ])
}

/// What the method `lines` says of a number, for and against.
pub(super) fn opinion(finding: &lines::LineFinding) -> OpinionEntry {
    let flag = if finding.flagged { ", flagged as a possible line" } else { ", not flagged" };
    OpinionEntry {
        title: finding.number.clone(),
        score: format!("Score {:.2}{flag}.", finding.score),
        sides: sides(&finding.reasons),
    }
}
