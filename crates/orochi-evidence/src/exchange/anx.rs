//! i2 chart (ANX): entities, then one link for each pair of numbers, on a grid. Without a genuine file to compare with:
//! checked for its form only.
//!
//! A chart is for looking at; the links of single events with their rows are in the CSV files of [`super::i2`].

use std::{collections::HashMap, io::Write};

use orochi_model::problem::Problem;

use super::{Export, Written, i2::identity, notation::bare_instant, source, words, xml::Xml};

/// Entities side by side.
const COLUMNS: u64 = 40;

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let mut xml = Xml::begin(out)?;
    xml.open("Chart", &[("IdReferenceLinking", "false"), ("SchemaVersion", "7.0.0.1"), ("Rigorous", "false")])?;
    classes(&mut xml)?;
    xml.open("ChartItemCollection", &[])?;
    let mut ids: HashMap<String, String> = HashMap::new();
    let description = description(export);
    source::parties(export.engine, export.filter, &mut |party| {
        let place = written.numbers;
        written.numbers += 1;
        let id = format!("N{}", written.numbers);
        telephone(export, &mut xml, party, &id, place)?;
        ids.insert(party.number.to_owned(), id);
        Ok(())
    })?;
    let mut link = |label: &str, kind: &str, (a, b): (&str, &str), strength: &str, counts: &[(&str, u64)]| {
        let (Some(a), Some(b)) = (ids.get(a), ids.get(b)) else { return Ok(()) };
        xml.open("ChartItem", &[("Label", label), ("Description", description)])?;
        xml.open("AttributeCollection", &[])?;
        for (name, count) in counts {
            xml.empty("Attribute", &[("AttributeClass", name), ("Value", &count.to_string())])?;
        }
        xml.close("AttributeCollection")?;
        xml.open("Link", &[("End1Id", a), ("End2Id", b)])?;
        xml.empty(
            "LinkStyle",
            &[
                ("Type", kind),
                ("ArrowStyle", "ArrowOnHead"),
                ("MlStyle", "MultiplicitySingle"),
                ("StrengthReference", strength),
            ],
        )?;
        xml.close("Link")?;
        xml.close("ChartItem")
    };
    source::ties(export.engine, export.filter, &mut |tie| {
        let label = format!("{} calls, {} texts", tie.calls, tie.texts);
        written.events += tie.calls + tie.texts + tie.other;
        link(&label, "Communications", (tie.a, tie.b), "S1", &[("Calls", tie.calls), ("Texts", tie.texts)])
    })?;
    for opinion in &export.opinions.all {
        written.findings += 1;
        if let [from, to] = opinion.numbers.as_slice() {
            link(opinion.statement.as_str(), "May continue the line", (from, to), "S2", &[])?;
        }
    }
    xml.close("ChartItemCollection")?;
    xml.close("Chart")?;
    xml.end()?;
    Ok(written)
}

/// What the items of the chart may be and have.
fn classes(xml: &mut Xml<'_>) -> Result<(), Problem> {
    xml.open("StrengthCollection", &[])?;
    xml.empty("Strength", &[("Id", "S1"), ("Name", "Confirmed"), ("DotStyle", "DotStyleSolid")])?;
    xml.empty("Strength", &[("Id", "S2"), ("Name", "Tentative"), ("DotStyle", "DotStyleDashed")])?;
    xml.close("StrengthCollection")?;
    xml.open("AttributeClassCollection", &[])?;
    for (name, kind) in [
        ("Events", "AttNumber"),
        ("Line score", "AttNumber"),
        ("Calls", "AttNumber"),
        ("Texts", "AttNumber"),
        ("Marking", "AttText"),
    ] {
        xml.empty("AttributeClass", &[("Name", name), ("Type", kind)])?;
    }
    xml.close("AttributeClassCollection")?;
    xml.open("EntityTypeCollection", &[])?;
    xml.empty(
        "EntityType",
        &[("Name", "Telephone"), ("IconFile", "phone"), ("PreferredRepresentation", "RepresentAsIcon")],
    )?;
    xml.close("EntityTypeCollection")?;
    xml.open("LinkTypeCollection", &[])?;
    xml.empty("LinkType", &[("Name", "Communications")])?;
    xml.empty("LinkType", &[("Name", "May continue the line")])?;
    xml.close("LinkTypeCollection")
}

/// A number as an entity, at its place on the grid.
fn telephone(
    export: &Export<'_>,
    xml: &mut Xml<'_>,
    party: &source::Party<'_>,
    id: &str,
    place: u64,
) -> Result<(), Problem> {
    let (x, y) = (place % COLUMNS * 200, place / COLUMNS * 200);
    let (name, description) = (identity(party.number), description(export));
    xml.open(
        "ChartItem",
        &[
            ("Label", &name),
            ("Description", description),
            ("DateTime", &bare_instant(party.first)?),
            ("DateSet", "true"),
            ("TimeSet", "true"),
            ("SourceReference", &export.about.reference),
            ("XPosition", &x.to_string()),
        ],
    )?;
    xml.open("AttributeCollection", &[])?;
    xml.empty("Attribute", &[("AttributeClass", "Events"), ("Value", &party.events.to_string())])?;
    if let Some(score) = export.opinions.line_score(party.number) {
        xml.empty("Attribute", &[("AttributeClass", "Line score"), ("Value", &format!("{score:.2}"))])?;
    }
    if export.about.training {
        xml.empty("Attribute", &[("AttributeClass", "Marking"), ("Value", "TRAINING")])?;
    }
    xml.close("AttributeCollection")?;
    xml.open("End", &[("X", &x.to_string()), ("Y", &y.to_string()), ("Z", "0")])?;
    xml.open("Entity", &[("EntityId", id), ("Identity", &name), ("LabelIsIdentity", "true")])?;
    xml.open("Icon", &[])?;
    xml.empty("IconStyle", &[("Type", "Telephone")])?;
    for part in ["Icon", "Entity", "End", "ChartItem"] {
        xml.close(part)?;
    }
    Ok(())
}

fn description(export: &Export<'_>) -> &'static str {
    if export.about.training { words::TRAINING } else { "" }
}
