//! GeoJSON (RFC 7946): longitude before latitude, WGS84, rings anticlockwise, no `crs`.
//!
//! One feature for each cell at a position and one for each use of a cell, which is drawn as that cell's wedge of the
//! time. A cell that the case does not place has the geometry `null`, which the standard has for exactly this.

use std::io::Write;

use orochi_model::problem::Problem;
use serde_json::{Value, json};

use super::{
    Export, Written,
    json::{List, without_nulls},
    notation::{instant, place},
    source,
    wedges::{self, Wedges},
    words,
};

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let head = json!({
        "type": "FeatureCollection",
        "name": export.about.name,
        "case_reference": export.about.reference,
        "marking": export.about.training.then_some(words::TRAINING),
        "caveats": [words::WEDGE, words::RELATION],
    });
    let head = without_nulls(head).to_string();
    let mut features = List::begin(out, &format!("{},\"features\":[", &head[..head.len() - 1]))?;
    source::sites(export.engine, export.filter, &mut |site| {
        written.cells += 1;
        features.push(&feature(
            wedges::of_site(site).as_deref(),
            json!({
                "what": "cell",
                "cell": site.cell,
                "site": site.name,
                "postcode": site.postcode,
                "radio": site.radio,
                "azimuth": site.azimuth,
                "range_m_stated": site.range_m,
                "valid_from": site.valid.0.map(instant).transpose()?,
                "valid_to": site.valid.1.map(instant).transpose()?,
                "placed_by": site.placed_by,
                "doubt": site.doubt,
                "drawn": "direction by convention, not coverage",
                "row": place(&site.row),
            }),
        ))
    })?;
    let wedges = Wedges::load(export.engine, export.filter)?;
    source::presences(export.engine, export.filter, &mut |presence| {
        written.presences += 1;
        let to = instant(presence.to)?;
        features.push(&feature(
            wedges.at(presence.cell, presence.to, &presence.row.exhibit),
            json!({
                "what": "use of a cell",
                "statement": words::presence(presence, &to)?.as_str(),
                "number": presence.number,
                "imsi": presence.imsi,
                "imei": presence.imei,
                "cell": presence.cell,
                "relation": presence.relation,
                "time": to,
                "activity": presence.activity,
                "kind": presence.kind,
                "drawn": "the cell's direction by convention; not where the phone was",
                "row": place(&presence.row),
            }),
        ))
    })?;
    features.end("]}\n")?;
    Ok(written)
}

fn feature(ring: Option<&[(f64, f64)]>, properties: Value) -> Value {
    let geometry = ring.map(|ring| {
        let points: Vec<Value> = ring.iter().map(|(longitude, latitude)| json!([longitude, latitude])).collect();
        json!({ "type": "Polygon", "coordinates": [points] })
    });
    json!({ "type": "Feature", "geometry": geometry, "properties": without_nulls(properties) })
}
