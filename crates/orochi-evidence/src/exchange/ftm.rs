//! FollowTheMoney entities, one JSON object a line, every value a list of texts.
//!
//! What may surprise:
//! - Its readers drop values that are not valid for their type, without a word. Ofcom's drama numbers, short codes and
//!   unassigned blocks are no valid phones to them, so `phone`, `callerNumber` and `receiverNumber` are written only
//!   for what is one for certain ([`is_phone`]). Every number is kept as the `name` of its own entity, and as
//!   `caller` and `receiver`.
//! - Times are UTC without a designator: with `Z` the seconds would be cut.
//! - A text without its body is no `Message`, which asks for one: all communications are `Call`s,
//!   told apart by `summary`.

use std::io::Write;

use orochi_model::problem::Problem;
use serde_json::{Map, Value, json};

use super::{
    Export, Written, json,
    notation::{Ids, bare_instant, place, places},
    opinions::Opinion,
    source, words,
};

pub(super) fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Problem> {
    let mut written = Written::default();
    let ids = Ids::from_case(export.about);
    let id = |kind: &str, thing: &str| format!("orochi-{}", ids.id(kind, thing));
    let marking = export.about.training.then(|| words::TRAINING.to_owned());
    source::parties(export.engine, export.filter, &mut |party| {
        written.numbers += 1;
        json::line(
            out,
            &entity(
                &id("number", party.number),
                "LegalEntity",
                &[
                    ("name", Some(party.number.to_owned())),
                    ("phone", is_phone(party.number).then(|| party.number.to_owned())),
                    ("summary", marking.clone()),
                    (
                        "notes",
                        Some(format!(
                            "A telephone number of case {}; who used it is not said here.",
                            export.about.reference
                        )),
                    ),
                ],
            ),
        )
    })?;
    tenancies(export, &id, out, &mut written)?;
    source::events(export.engine, export.filter, &mut |event| {
        written.events += 1;
        let party = |number: Option<&str>| number.map(|number| id("number", number));
        let phone = |number: Option<&str>| number.filter(|number| is_phone(number)).map(str::to_owned);
        let ended = event.ended().filter(|ended| *ended >= event.start);
        json::line(
            out,
            &entity(
                &id("event", &event.id.to_string()),
                "Call",
                &[
                    ("caller", party(event.a)),
                    ("receiver", party(event.b)),
                    ("callerNumber", phone(event.a)),
                    ("receiverNumber", phone(event.b)),
                    ("duration", event.duration_s.map(|seconds| seconds.to_string())),
                    ("date", Some(bare_instant(event.start)?)),
                    ("startDate", Some(bare_instant(event.start)?)),
                    ("endDate", ended.map(bare_instant).transpose()?),
                    ("summary", Some(words::event(event)?.as_str().to_owned())),
                    ("recordId", Some(places(&event.rows))),
                ],
            ),
        )
    })?;
    for opinion in &export.opinions.all {
        written.findings += 1;
        json::line(out, &finding(export, opinion, &id))?;
    }
    Ok(written)
}

/// The SIMs and handsets of numbers.
fn tenancies(
    export: &Export<'_>,
    id: &dyn Fn(&str, &str) -> String,
    out: &mut dyn Write,
    written: &mut Written,
) -> Result<(), Problem> {
    source::tenancies(export.engine, export.filter, &mut |tenancy| {
        let Some(number) = tenancy.number else { return Ok(()) };
        for (kind, value) in [("IMSI", tenancy.imsi), ("IMEI", tenancy.imei)] {
            let Some(value) = value else { continue };
            let name = format!("{number} {kind} {value} {} {}", tenancy.from, place(&tenancy.row));
            json::line(
                out,
                &entity(
                    &id("tenancy", &name),
                    "Identification",
                    &[
                        ("holder", Some(id("number", number))),
                        ("number", Some(value.to_owned())),
                        ("type", Some(kind.to_owned())),
                        ("startDate", Some(bare_instant(tenancy.from)?)),
                        ("endDate", Some(bare_instant(tenancy.to)?)),
                        ("summary", Some(words::tenancy(tenancy)?.as_str().to_owned())),
                        ("recordId", Some(place(&tenancy.row))),
                    ],
                ),
            )?;
        }
        written.tenancies += 1;
        Ok(())
    })
}

/// A finding: a note about a number, or a link of two that is called unconfirmed.
fn finding(export: &Export<'_>, opinion: &Opinion, id: &dyn Fn(&str, &str) -> String) -> Value {
    let reasons: Vec<String> = opinion
        .reasons
        .iter()
        .map(|reason| {
            format!(
                "{}: {} [{}]",
                if reason.supports { "For" } else { "Against" },
                reason.text,
                places(&reason.evidence)
            )
        })
        .collect();
    let method = format!("Opinion of method {}. {}", export.opinions.method(opinion), words::SCORE);
    let name = opinion.numbers.join(" ");
    let said = opinion.statement.as_str().to_owned();
    match opinion.numbers.as_slice() {
        [from, to] => entity(
            &id("succession", &name),
            "UnknownLink",
            &[
                ("subject", Some(id("number", to))),
                ("object", Some(id("number", from))),
                ("role", Some("may continue the line of".to_owned())),
                ("summary", Some(said)),
                ("description", Some(format!("{method}\n{}", reasons.join("\n")))),
            ],
        ),
        _ => entity(
            &id("line", &name),
            "Note",
            &[
                ("entity", Some(id("number", &name))),
                ("name", Some(said)),
                ("description", Some(format!("{method}\n{}", reasons.join("\n")))),
            ],
        ),
    }
}

fn entity(id: &str, schema: &str, properties: &[(&str, Option<String>)]) -> Value {
    let properties: Map<String, Value> =
        properties.iter().filter_map(|(name, value)| Some(((*name).to_owned(), json!([value.as_ref()?])))).collect();
    json!({ "id": id, "schema": schema, "properties": properties })
}

/// Whether every reader that checks against libphonenumber's data takes the number for valid: a UK mobile number
/// outside the ranges that are unassigned or for drama. Others may be valid as well; they are kept as names.
fn is_phone(number: &str) -> bool {
    let Some(digits) = number.strip_prefix("+447") else { return false };
    if digits.len() != 9 || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return false;
    }
    // libphonenumber 9.0.43, GB mobile: 7[1-3], and 74 but for 7455, 7457 and the like. The other ranges hang on
    // further digits that change from release to release.
    let digits = digits.as_bytes();
    matches!(digits[0], b'1'..=b'3') || (digits[0] == b'4' && digits[1] != b'5')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_readers_keep_is_written_as_a_phone() {
        for kept in ["+447123456789", "+447400123456"] {
            assert!(is_phone(kept), "{kept}");
        }
        // Drama, an unassigned block, a short code, a personal number, a name, a number cut short.
        for dropped in ["+447700900123", "+447524000123", "60777", "+447012345678", "EE", "+44712345678"] {
            assert!(!is_phone(dropped), "{dropped}");
        }
    }
}
