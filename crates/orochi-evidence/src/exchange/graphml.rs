//! GraphML: numbers, and one edge for each pair of numbers and direction, with counts.
//!
//! An event without both ends (withheld, or a data session) is in no edge, since all withheld callers would become one;
//! the graph says how many those are. Single events with their rows are in GEXF and the tables.

use std::io::Write;

use orochi_model::problem::Problem;

use super::{Export, Written, notation::instant, source, words, xml::Xml};

const KEYS: &[(&str, &str, &str, &str)] = &[
    ("about", "graph", "about", "string"),
    ("left", "graph", "events_without_both_ends", "long"),
    ("number", "node", "number", "string"),
    ("events", "node", "events", "long"),
    ("first", "node", "first", "string"),
    ("last", "node", "last", "string"),
    ("line_score", "node", "line_score", "double"),
    ("calls", "edge", "calls", "long"),
    ("texts", "edge", "texts", "long"),
    ("other", "edge", "other", "long"),
    ("seconds", "edge", "call_seconds", "long"),
    ("first_e", "edge", "first", "string"),
    ("last_e", "edge", "last", "string"),
    ("weight", "edge", "weight", "double"),
];

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let mut xml = Xml::begin(out)?;
    xml.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    for (id, of, name, kind) in KEYS {
        xml.empty("key", &[("id", id), ("for", of), ("attr.name", name), ("attr.type", kind)])?;
    }
    xml.open("graph", &[("id", "case"), ("edgedefault", "directed")])?;
    let (events, lone) = source::counts(export.engine, export.filter)?;
    written.events = events - lone;
    let mut about = format!("Case {}. {}", export.about.reference, words::SCORE);
    if export.about.training {
        about = format!("{}. {about}", words::TRAINING);
    }
    let data = |xml: &mut Xml<'_>, key: &str, value: &str| xml.leaf("data", &[("key", key)], value);
    data(&mut xml, "about", &about)?;
    data(&mut xml, "left", &lone.to_string())?;
    source::parties(export.engine, export.filter, &mut |party| {
        written.numbers += 1;
        xml.open("node", &[("id", party.number)])?;
        data(&mut xml, "number", party.number)?;
        data(&mut xml, "events", &party.events.to_string())?;
        data(&mut xml, "first", &instant(party.first)?)?;
        data(&mut xml, "last", &instant(party.last)?)?;
        if let Some(score) = export.opinions.line_score(party.number) {
            written.findings += 1;
            data(&mut xml, "line_score", &score.to_string())?;
        }
        xml.close("node")
    })?;
    source::ties(export.engine, export.filter, &mut |tie| {
        xml.open("edge", &[("source", tie.a), ("target", tie.b)])?;
        let counts = [("calls", tie.calls), ("texts", tie.texts), ("other", tie.other), ("seconds", tie.seconds)];
        for (key, count) in counts {
            data(&mut xml, key, &count.to_string())?;
        }
        data(&mut xml, "first_e", &instant(tie.first)?)?;
        data(&mut xml, "last_e", &instant(tie.last)?)?;
        data(&mut xml, "weight", &format!("{}.0", tie.calls + tie.texts + tie.other))?;
        xml.close("edge")
    })?;
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.end()?;
    Ok(written)
}
