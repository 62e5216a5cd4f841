//! GEXF 1.2draft: numbers, and one edge for each event with its time and rows. An event without both ends is in no
//! edge, as in GraphML. The time format is called `date`, which covers dates with times: networkx
//! refuses the name `dateTime`.

use std::io::Write;

use orochi_model::problem::Problem;

use super::{
    Export, Written,
    notation::{instant, places},
    source, words,
    xml::Xml,
};

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let mut xml = Xml::begin(out)?;
    xml.open("gexf", &[("xmlns", "http://www.gexf.net/1.2draft"), ("version", "1.2")])?;
    xml.open("meta", &[])?;
    xml.leaf("creator", &[], "orochi")?;
    let (_, lone) = source::counts(export.engine, export.filter)?;
    let mut about =
        format!("Case {}. {lone} events without both ends are in no edge. {}", export.about.reference, words::SCORE);
    if export.about.training {
        about = format!("{}. {about}", words::TRAINING);
    }
    xml.leaf("description", &[], &about)?;
    xml.close("meta")?;
    xml.open("graph", &[("defaultedgetype", "directed"), ("mode", "dynamic"), ("timeformat", "date")])?;
    attributes(&mut xml, "node", &[("events", "long"), ("line_score", "double")])?;
    attributes(
        &mut xml,
        "edge",
        &[("kind", "string"), ("outcome", "string"), ("duration_s", "long"), ("rows", "string")],
    )?;
    xml.open("nodes", &[])?;
    source::parties(export.engine, export.filter, &mut |party| {
        written.numbers += 1;
        xml.open(
            "node",
            &[
                ("id", party.number),
                ("label", party.number),
                ("start", &instant(party.first)?),
                ("end", &instant(party.last)?),
            ],
        )?;
        xml.open("attvalues", &[])?;
        value(&mut xml, "events", &party.events.to_string())?;
        if let Some(score) = export.opinions.line_score(party.number) {
            written.findings += 1;
            value(&mut xml, "line_score", &score.to_string())?;
        }
        xml.close("attvalues")?;
        xml.close("node")
    })?;
    xml.close("nodes")?;
    xml.open("edges", &[])?;
    source::events(export.engine, export.filter, &mut |event| {
        let Some((a, b)) = event.ends() else { return Ok(()) };
        written.events += 1;
        let (start, end) = (instant(event.start)?, instant(event.ended().unwrap_or(event.start).max(event.start))?);
        xml.open(
            "edge",
            &[
                ("id", &event.id.to_string()),
                ("source", a),
                ("target", b),
                ("start", &start),
                ("end", &end),
                ("weight", "1.0"),
            ],
        )?;
        xml.open("attvalues", &[])?;
        value(&mut xml, "kind", event.kind)?;
        if let Some(outcome) = event.outcome {
            value(&mut xml, "outcome", outcome)?;
        }
        if let Some(seconds) = event.duration_s {
            value(&mut xml, "duration_s", &seconds.to_string())?;
        }
        value(&mut xml, "rows", &places(&event.rows))?;
        xml.close("attvalues")?;
        xml.close("edge")
    })?;
    for part in ["edges", "graph", "gexf"] {
        xml.close(part)?;
    }
    xml.end()?;
    Ok(written)
}

fn attributes(xml: &mut Xml<'_>, class: &str, all: &[(&str, &str)]) -> Result<(), Problem> {
    xml.open("attributes", &[("class", class), ("mode", "static")])?;
    for (name, kind) in all {
        xml.empty("attribute", &[("id", name), ("title", name), ("type", kind)])?;
    }
    xml.close("attributes")
}

fn value(xml: &mut Xml<'_>, of: &str, value: &str) -> Result<(), Problem> {
    xml.empty("attvalue", &[("for", of), ("value", value)])
}
