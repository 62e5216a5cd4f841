//! i2 Analyst's Notebook through its CSV import: entities, one link for each event, and a summary
//! with one link for each pair.
//!
//! What may surprise: i2 reads a hyphen between digits or letters as a minus, so identities and labels have `~` in its
//! place, and a data cell's identity with them; the text as it stands is in the column Description. Numbers begin with
//! `+` or `0` and are text. An event without both ends can be no link and stands in a file of its own.

use std::{collections::BTreeSet, io::Write, path::Path};

use orochi_model::problem::Problem;

use super::{
    Export, Written,
    csv_escape::safe,
    notation::{date_and_time, places},
    reasons, source, words,
};
use crate::atomic_output::{WholeFolder, unwritten};

const README: &str = include_str!("i2_readme.txt");

/// A hyphen that i2 would take for a minus, as analysts write it.
pub(super) fn identity(text: &str) -> String {
    safe(&text.replace('-', "~"))
}

/// A CSV of which every cell is quoted, so that an import does not take numbers for numbers.
fn csv<W: Write>(out: W, head: &[&str]) -> Result<csv::Writer<W>, Problem> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(out);
    csv.write_record(head).map_err(unwritten)?;
    Ok(csv)
}

const ENTITIES: &[&str] = &[
    "Identity",
    "Label",
    "Type",
    "Description",
    "Date",
    "Time",
    "Events",
    "Line score",
    "SourceReference",
    "SourceType",
    "Grade1",
    "Grade2",
    "Grade3",
    "Marking",
];
const LINKS: &[&str] = &[
    "LinkId",
    "End1 Identity",
    "End1 Type",
    "End2 Identity",
    "End2 Type",
    "Link Type",
    "Label",
    "Direction",
    "Strength",
    "Date",
    "Time",
    "Duration",
    "Outcome",
    "SourceReference",
    "Marking",
];
const SUMMARY: &[&str] = &[
    "LinkId",
    "End1 Identity",
    "End1 Type",
    "End2 Identity",
    "End2 Type",
    "Link Type",
    "Label",
    "Direction",
    "Strength",
    "Calls",
    "Texts",
    "Other",
    "Call seconds",
    "First date",
    "First time",
    "Last date",
    "Last time",
    "Marking",
];

const LONE: &[&str] = &["Event", "From", "To", "Type", "Date", "Time", "Duration", "SourceReference", "Marking"];

pub(super) fn write(export: &Export<'_>, out: &Path) -> Result<Written, Problem> {
    let folder = WholeFolder::begin(out)?;
    let mut written = Written { findings: export.opinions.all.len() as u64, ..Written::default() };
    let marking = if export.about.training { "TRAINING" } else { "" };
    let mut chart = Chart {
        export,
        marking,
        entities: csv(folder.file("entities.csv")?, ENTITIES)?,
        links: csv(folder.file("links.csv")?, LINKS)?,
        lone: csv(folder.file("events_without_both_ends.csv")?, LONE)?,
        devices: BTreeSet::new(),
    };
    source::parties(export.engine, export.filter, &mut |party| {
        written.numbers += 1;
        chart.number(party)
    })?;
    source::events(export.engine, export.filter, &mut |event| {
        written.events += 1;
        chart.event(event)
    })?;
    source::tenancies(export.engine, export.filter, &mut |tenancy| {
        written.tenancies += 1;
        chart.tenancy(tenancy, written.tenancies)
    })?;
    chart.opinions()?;
    chart.flush()?;
    summary(export, csv(folder.file("links_summary.csv")?, SUMMARY)?, marking)?;
    reasons::write_csv(export, &mut folder.file("findings.csv")?)?;
    let training = if export.about.training { format!("{}\n\n", words::TRAINING) } else { String::new() };
    folder
        .file("README.txt")?
        .write_all(format!("{training}{README}\n{}\n", words::SCORE).as_bytes())
        .map_err(unwritten)?;
    folder.finish()?;
    Ok(written)
}

/// The files of single entities and links.
struct Chart<'a, W: Write> {
    export: &'a Export<'a>,
    marking: &'static str,
    entities: csv::Writer<W>,
    links: csv::Writer<W>,
    /// Events without both ends.
    lone: csv::Writer<W>,
    /// SIMs and handsets that are among the entities.
    devices: BTreeSet<String>,
}

impl<W: Write> Chart<'_, W> {
    fn number(&mut self, party: &source::Party<'_>) -> Result<(), Problem> {
        let ((date, time), name) = (date_and_time(party.first)?, identity(party.number));
        let score = self.export.opinions.line_score(party.number).map(|score| format!("{score:.2}"));
        self.entities
            .write_record([
                &*name,
                &name,
                "Telephone",
                &safe(party.number),
                &date,
                &time,
                &party.events.to_string(),
                &score.unwrap_or_default(),
                &self.export.about.reference,
                "Communications data",
                "",
                "",
                "",
                self.marking,
            ])
            .map_err(unwritten)
    }

    fn event(&mut self, event: &source::ExchangeEvent<'_>) -> Result<(), Problem> {
        let (date, time) = date_and_time(event.start)?;
        let seconds = event.duration_s.map(|seconds| seconds.to_string()).unwrap_or_default();
        let rows = places(&event.rows);
        let id = format!("E{}", event.id);
        match event.ends() {
            Some((a, b)) => self.links.write_record([
                &*id,
                &identity(a),
                "Telephone",
                &identity(b),
                "Telephone",
                kind(event.kind),
                kind(event.kind),
                "End1 to End2",
                "Confirmed",
                &date,
                &time,
                &seconds,
                event.outcome.unwrap_or_default(),
                &rows,
                self.marking,
            ]),
            None => self.lone.write_record([
                &*id,
                &identity(event.a.unwrap_or_default()),
                &identity(event.b.unwrap_or_default()),
                kind(event.kind),
                &date,
                &time,
                &seconds,
                &rows,
                self.marking,
            ]),
        }
        .map_err(unwritten)
    }

    /// The SIM, the handset and the number of a tenancy, and the links between them. `place` counts tenancies from 1.
    fn tenancy(&mut self, tenancy: &source::Tenancy<'_>, place: u64) -> Result<(), Problem> {
        let (date, time) = date_and_time(tenancy.from)?;
        let row = super::notation::place(&tenancy.row);
        let ends = [
            ("SIM", tenancy.imsi.map(|it| format!("IMSI {it}"))),
            ("Handset", tenancy.imei.map(|it| format!("IMEI {it}"))),
            ("Telephone", tenancy.number.map(identity)),
        ];
        for (of, name) in &ends[..2] {
            let Some(name) = name.as_ref().filter(|name| self.devices.insert((*name).clone())) else { continue };
            let training = self.marking;
            let cells =
                [&**name, name, of, name, &date, &time, "", "", &row, "Communications data", "", "", "", training];
            self.entities.write_record(cells).map_err(unwritten)?;
        }
        let ends: Vec<(&str, String)> = ends.into_iter().filter_map(|(of, name)| Some((of, name?))).collect();
        for pair in ends.windows(2) {
            let (one, other) = (&pair[0], &pair[1]);
            self.links
                .write_record([
                    &*format!("T{place}.{}", one.0),
                    &one.1,
                    one.0,
                    &other.1,
                    other.0,
                    "Used together",
                    &safe(words::tenancy(tenancy)?.as_str()),
                    "None",
                    "Confirmed",
                    &date,
                    &time,
                    "",
                    "",
                    &row,
                    self.marking,
                ])
                .map_err(unwritten)?;
        }
        Ok(())
    }

    /// Findings that link two numbers.
    fn opinions(&mut self) -> Result<(), Problem> {
        for (place, opinion) in self.export.opinions.all.iter().enumerate() {
            let [from, to] = opinion.numbers.as_slice() else { continue };
            let rows: Vec<_> =
                opinion.reasons.iter().flat_map(|reason| reason.evidence.iter().take(1).cloned()).collect();
            self.links
                .write_record([
                    &*format!("F{}", place + 1),
                    &identity(from),
                    "Telephone",
                    &identity(to),
                    "Telephone",
                    "May continue the line",
                    &safe(opinion.statement.as_str()),
                    "End1 to End2",
                    "Tentative",
                    "",
                    "",
                    "",
                    "",
                    &places(&rows),
                    self.marking,
                ])
                .map_err(unwritten)?;
        }
        Ok(())
    }

    fn flush(mut self) -> Result<(), Problem> {
        self.lone.flush().and_then(|()| self.entities.flush()).and_then(|()| self.links.flush()).map_err(unwritten)
    }
}

/// One link for each pair of numbers.
fn summary<W: Write>(export: &Export<'_>, mut summary: csv::Writer<W>, marking: &str) -> Result<(), Problem> {
    let mut number = 0;
    source::ties(export.engine, export.filter, &mut |tie| {
        number += 1;
        let ((date, time), (last_date, last_time)) = (date_and_time(tie.first)?, date_and_time(tie.last)?);
        let counts = [tie.calls, tie.texts, tie.other, tie.seconds].map(|count| count.to_string());
        let label = format!("{} calls, {} texts", tie.calls, tie.texts);
        summary
            .write_record([
                &*format!("S{number}"),
                &identity(tie.a),
                "Telephone",
                &identity(tie.b),
                "Telephone",
                "Communications",
                &label,
                "End1 to End2",
                "Confirmed",
                &counts[0],
                &counts[1],
                &counts[2],
                &counts[3],
                &date,
                &time,
                &last_date,
                &last_time,
                marking,
            ])
            .map_err(unwritten)
    })?;
    summary.flush().map_err(unwritten)
}

/// What i2 shows as a link's type.
fn kind(kind: &str) -> &str {
    match kind {
        "call" => "Call",
        "text" => "Text",
        "mms" => "MMS",
        "data" => "Data session",
        _ => "Communication",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_identity_holds_a_minus() {
        assert_eq!(identity("234-30-3160321"), "234~30~3160321");
        assert_eq!(identity("+447700900123"), "+447700900123");
        assert_eq!(identity("=A1-B2"), "'=A1~B2");
    }
}
