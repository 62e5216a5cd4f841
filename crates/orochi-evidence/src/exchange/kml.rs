//! KML 2.2, alone or as KMZ. The schema fixes the order of elements: name, description, time, style, data, geometry.
//!
//! Sectors are wedges and nothing is a pin. A use “at” a time is a `TimeStamp`; “at or before” is a `TimeSpan` with an
//! end and no beginning, because the beginning is not known.

use std::io::{Seek, Write};

use orochi_model::problem::Problem;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    Export, Written,
    notation::{instant, place},
    source,
    wedges::{self, Wedges},
    words,
    xml::Xml,
};
use crate::atomic_output::unwritten;

/// `doc.kml` in a zip, with a fixed date so that the bytes do not depend on the clock.
pub(super) fn write_kmz(export: &Export<'_>, out: &mut (impl Write + Seek)) -> Result<Written, Problem> {
    let mut zip = ZipWriter::new(out);
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .compression_method(zip::CompressionMethod::Deflated)
        .large_file(true);
    zip.start_file("doc.kml", options).map_err(unwritten)?;
    let written = write(export, &mut zip)?;
    zip.finish().map_err(unwritten)?;
    Ok(written)
}

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let mut xml = Xml::begin(out)?;
    xml.open("kml", &[("xmlns", "http://www.opengis.net/kml/2.2")])?;
    xml.open("Document", &[])?;
    head(export, &mut xml)?;
    xml.open("Folder", &[])?;
    xml.leaf("name", &[], "Cells: direction drawn by convention, not coverage")?;
    source::sites(export.engine, export.filter, &mut |site| {
        let Some(ring) = wedges::of_site(site) else { return Ok(()) };
        written.cells += 1;
        let azimuth = site.azimuth.map(|azimuth| azimuth.to_string());
        let valid = (site.valid.0.map(instant).transpose()?, site.valid.1.map(instant).transpose()?);
        let data = [
            ("site", site.name),
            ("postcode", site.postcode),
            ("radio", site.radio),
            ("azimuth", azimuth.as_deref()),
            ("valid from", valid.0.as_deref()),
            ("valid to", valid.1.as_deref()),
            ("placed by", site.placed_by),
            ("doubt", site.doubt),
        ];
        placemark(
            &mut xml,
            &Placemark {
                name: site.cell,
                words: None,
                time: None,
                style: "#cell",
                data: &data,
                row: &place(&site.row),
                ring: &ring,
            },
        )
    })?;
    xml.close("Folder")?;
    xml.open("Folder", &[])?;
    xml.leaf("name", &[], "Cells used; a wedge is not where the phone was")?;
    let wedges = Wedges::load(export.engine, export.filter)?;
    source::presences(export.engine, export.filter, &mut |presence| {
        let Some(ring) = wedges.at(presence.cell, presence.to, &presence.row.exhibit) else { return Ok(()) };
        written.presences += 1;
        let to = instant(presence.to)?;
        let at = presence.relation == "at";
        let data = [
            ("number", presence.number),
            ("imsi", presence.imsi),
            ("imei", presence.imei),
            ("relation", Some(presence.relation)),
            ("activity", Some(presence.activity)),
            ("kind", Some(presence.kind)),
        ];
        placemark(
            &mut xml,
            &Placemark {
                name: presence.number.or(presence.imsi).or(presence.imei).unwrap_or("a phone"),
                words: Some(words::presence(presence, &to)?.as_str()),
                time: Some((at, &to)),
                style: if at { "#at" } else { "#before" },
                data: &data,
                row: &place(&presence.row),
                ring,
            },
        )
    })?;
    xml.close("Folder")?;
    xml.close("Document")?;
    xml.close("kml")?;
    xml.end()?;
    Ok(written)
}

/// What the document is, and how its wedges look.
fn head(export: &Export<'_>, xml: &mut Xml<'_>) -> Result<(), Problem> {
    let name =
        if export.about.training { format!("TRAINING: {}", export.about.name) } else { export.about.name.clone() };
    xml.leaf("name", &[], &name)?;
    let mut about = format!("Case {}. {} {}", export.about.reference, words::WEDGE, words::RELATION);
    if export.about.training {
        about = format!("{}. {about}", words::TRAINING);
    }
    xml.leaf("description", &[], &about)?;
    for (id, colour) in [("cell", "66999999"), ("at", "66cc6600"), ("before", "660066cc")] {
        xml.open("Style", &[("id", id)])?;
        xml.open("PolyStyle", &[])?;
        xml.leaf("color", &[], colour)?;
        xml.close("PolyStyle")?;
        xml.close("Style")?;
    }
    Ok(())
}

struct Placemark<'a> {
    name: &'a str,
    words: Option<&'a str>,
    /// Whether it is an instant, and the instant or the end.
    time: Option<(bool, &'a str)>,
    style: &'a str,
    data: &'a [(&'a str, Option<&'a str>)],
    row: &'a str,
    ring: &'a [(f64, f64)],
}

fn placemark(xml: &mut Xml<'_>, it: &Placemark<'_>) -> Result<(), Problem> {
    xml.open("Placemark", &[])?;
    xml.leaf("name", &[], it.name)?;
    if let Some(words) = it.words {
        xml.leaf("description", &[], words)?;
    }
    if let Some((instant, time)) = it.time {
        let (outer, inner) = if instant { ("TimeStamp", "when") } else { ("TimeSpan", "end") };
        xml.open(outer, &[])?;
        xml.leaf(inner, &[], time)?;
        xml.close(outer)?;
    }
    xml.leaf("styleUrl", &[], it.style)?;
    xml.open("ExtendedData", &[])?;
    for (name, value) in it.data.iter().copied().chain([("row", Some(it.row))]) {
        if let Some(value) = value {
            xml.open("Data", &[("name", name)])?;
            xml.leaf("value", &[], value)?;
            xml.close("Data")?;
        }
    }
    xml.close("ExtendedData")?;
    let points: Vec<String> = it.ring.iter().map(|(longitude, latitude)| format!("{longitude},{latitude}")).collect();
    xml.open("Polygon", &[])?;
    xml.open("outerBoundaryIs", &[])?;
    xml.open("LinearRing", &[])?;
    xml.leaf("coordinates", &[], &points.join(" "))?;
    xml.close("LinearRing")?;
    xml.close("outerBoundaryIs")?;
    xml.close("Polygon")?;
    xml.close("Placemark")
}
