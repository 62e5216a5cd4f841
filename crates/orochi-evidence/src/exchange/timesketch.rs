//! Timesketch: one JSON object a line, with `message`, `datetime` and `timestamp_desc` as its import asks for.
//!
//! What may surprise: a call is one line, at its start; a line for its end would double every count. `timestamp` is
//! left out, since Timesketch works it out from `datetime`. Findings have no time of their own
//! and are not on a timeline.

use std::io::Write;

use orochi_model::problem::Problem;
use serde_json::json;

use super::{
    Export, Written, json,
    notation::{instant, place, places},
    source, words,
};

/// Longest text Timesketch indexes as a keyword, in bytes.
const KEYWORD: usize = 32_766;

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let tag = if export.about.training { json!(["TRAINING"]) } else { json!([]) };
    source::events(export.engine, export.filter, &mut |event| {
        written.events += 1;
        json::line(
            out,
            &json::without_nulls(json!({
                "message": words::event(event)?.as_str(),
                "datetime": instant(event.start)?,
                "timestamp_desc": "Start of communication",
                "data_type": format!("uk:cdr:{}", event.kind),
                "a_party": event.a,
                "b_party": event.b,
                "c_party": event.c,
                "duration_s": event.duration_s,
                "end": event.ended().map(instant).transpose()?,
                "start_alternative": event.start_alt.map(instant).transpose()?,
                "outcome": event.outcome,
                "sides": event.sides,
                "event": event.id,
                "source_file": event.rows.first().map(|row| row.exhibit.clone()),
                "source_row": event.rows.first().map(|row| row.row),
                "source_rows": cut(places(&event.rows)),
                "case_reference": export.about.reference,
                "tag": tag,
            })),
        )
    })?;
    source::presences(export.engine, export.filter, &mut |presence| {
        written.presences += 1;
        let to = instant(presence.to)?;
        json::line(
            out,
            &json::without_nulls(json!({
                "message": words::presence(presence, &to)?.as_str(),
                "datetime": to,
                "timestamp_desc": if presence.relation == "at" { "Cell used at" } else { "Cell used at or before" },
                "data_type": "uk:cdr:cell",
                "number": presence.number,
                "imsi": presence.imsi,
                "imei": presence.imei,
                "cell_id": presence.cell,
                "activity": presence.activity,
                "source_file": presence.row.exhibit,
                "source_row": presence.row.row,
                "source_rows": place(&presence.row),
                "case_reference": export.about.reference,
                "tag": tag,
            })),
        )
    })?;
    Ok(written)
}

/// Cut at a place that is no row's middle.
fn cut(mut places: String) -> String {
    if places.len() > KEYWORD {
        let end = places[..KEYWORD - 16].rfind("; ").unwrap_or_default();
        places.truncate(end);
        places.push_str("; and more");
    }
    places
}
