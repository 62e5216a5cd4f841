//! Event anchors: where the user says that a candidate's person was, against where the line's phone was registered, or
//! whether the line was used.

use orochi_model::{problem::Problem, sentence::quoted};

use super::StrandReason;
use super::contacts::CandidateContacts;
use crate::attribution::{Anchor, Settings};
use crate::registrations::{phone_track::PhoneTrack, places::distance};
use crate::tables::rfc3339;
use crate::time_span::TimeSpan;

pub(super) fn reasons(
    anchor: &Anchor,
    line: &PhoneTrack,
    contacts: &CandidateContacts,
    span: TimeSpan,
    settings: &Settings,
) -> Result<Vec<StrandReason>, Problem> {
    let (from, to) = (anchor.from.div_euclid(1_000_000), anchor.to.div_euclid(1_000_000));
    if to < span.from || from >= span.to {
        return Ok(Vec::new());
    }
    let what = format!("{} ({} to {})", quoted(&anchor.source), rfc3339(anchor.from)?, rfc3339(anchor.to)?);
    if anchor.custody {
        return Ok(custody(&what, from, to, contacts, span));
    }
    let wide = settings.anchor_s as i64;
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for (place, one) in line.track.registrations.iter().enumerate() {
        if one.at < from - wide || one.at > to + wide || !span.has(one.at) {
            continue;
        }
        let metres = distance((anchor.latitude, anchor.longitude), (one.latitude, one.longitude));
        if metres <= settings.night_near_m {
            near.push(line.rows[place].clone());
        } else if metres > settings.night_apart_m {
            far.push(line.rows[place].clone());
        }
    }
    let mut reasons = Vec::new();
    for (supports, rows, words, metres) in
        [(true, near, "no more than", settings.night_near_m), (false, far, "more than", settings.night_apart_m)]
    {
        if rows.is_empty() {
            continue;
        }
        let text = format!(
            "The user states: {what}. About that time the line's phone was registered {} on masts {words} {} km from \
             the place stated.",
            if rows.len() == 1 { "once".to_owned() } else { format!("{} times", rows.len()) },
            metres / 1_000.0
        );
        reasons.push(StrandReason { supports, text, evidence: rows });
    }
    Ok(reasons)
}

/// Use of the line while the person was in custody speaks against; silence speaks for where the line is otherwise busy.
fn custody(what: &str, from: i64, to: i64, contacts: &CandidateContacts, span: TimeSpan) -> Vec<StrandReason> {
    let (from, to) = (from.max(span.from), to.min(span.to - 1));
    let made = contacts.made_between(from, to);
    if !made.is_empty() {
        let text = format!(
            "The user states custody: {what}. During that time the line made {} calls or texts, so another person used \
             it then.",
            made.len()
        );
        return vec![StrandReason::opposing(text, made.iter().map(|one| one.1.clone()).collect())];
    }
    let spell = contacts.made_between(span.from, span.to - 1).len() as f64;
    let expected = spell * (to - from + 1).max(0) as f64 / (span.to - span.from - (to - from + 1)).max(1) as f64;
    if expected < 3.0 {
        return Vec::new();
    }
    let text = format!(
        "The user states custody: {what}. During that time the line made no call or text. At its rate in the rest of \
         this period it would have made about {expected:.0}."
    );
    vec![StrandReason::supporting(text, Vec::new())]
}
