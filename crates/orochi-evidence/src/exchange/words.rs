//! What an exported row says, in words; each passes the wording guard.

use orochi_model::{problem::Problem, sentence::Sentence};

use super::source::{ExchangeEvent, Presence, Tenancy};

/// What a map's wedge is, said in every file that draws one.
pub(crate) const WEDGE: &str = "A wedge shows the direction in which a sector's antenna points, drawn by convention \
                                120 degrees wide and of a fixed length. It is not the sector's coverage: a phone may \
                                use a cell from outside its wedge, and no position of a phone follows from it.";

/// What a point of time of a cell means, said in every file that gives one.
pub(crate) const RELATION: &str = "\u{201c}at\u{201d}: the phone used the cell at that time. \u{201c}at or \
                                   before\u{201d}: the phone used the cell of a data session at that time or some time \
                                   before it.";

/// What a score is.
pub(crate) const SCORE: &str = "Findings are opinions of a method. A score is a ranking, not a probability.";

/// What stands in every output of a training case.
pub(crate) const TRAINING: &str = "TRAINING: an exercise; nothing here is evidence";

fn party(number: Option<&str>) -> &str {
    number.unwrap_or("a withheld or absent number")
}

/// An event.
pub(crate) fn event(event: &ExchangeEvent<'_>) -> Result<Sentence, Problem> {
    let kind = match event.kind {
        "call" => "Call",
        "text" => "Text",
        "mms" => "Multimedia message",
        "data" => "Data session",
        _ => "Communication",
    };
    let mut words = match (event.kind, event.b) {
        ("data", None) => format!("{kind} of {}", party(event.a)),
        _ => format!("{kind} from {} to {}", party(event.a), party(event.b)),
    };
    if let Some(c) = event.c {
        words.push_str(&format!(", forwarded to {c}"));
    }
    if let Some(outcome) = event.outcome {
        words.push_str(&format!(", {outcome}"));
    }
    if let (Some(seconds), "call") = (event.duration_s, event.kind) {
        words.push_str(&format!(", {seconds} s"));
    }
    if event.start_alt.is_some() {
        words.push_str(", in the hour that the clock showed twice: one hour later is equally possible");
    }
    if let Some(doubt) = event.doubt {
        words.push_str(&format!(". Doubt: {doubt}"));
    }
    Sentence::fact(words)
}

/// A presence.
pub(crate) fn presence(presence: &Presence<'_>, to: &str) -> Result<Sentence, Problem> {
    let who = match (presence.number, presence.imsi, presence.imei) {
        (Some(number), ..) => format!("The number {number}"),
        (None, Some(imsi), _) => format!("The SIM {imsi}"),
        (None, None, Some(imei)) => format!("The handset {imei}"),
        (None, None, None) => "A phone".to_owned(),
    };
    Sentence::fact(format!("{who} used cell {} {} {to}", presence.cell, presence.relation))
}

/// A tenancy.
pub(crate) fn tenancy(tenancy: &Tenancy<'_>) -> Result<Sentence, Problem> {
    let part = |name: &str, value: Option<&str>| value.map(|value| format!("{name} {value}"));
    let parts = [part("SIM", tenancy.imsi), part("number", tenancy.number), part("handset", tenancy.imei)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let records = if tenancy.records == 1 { "record" } else { "records" };
    Sentence::fact(format!("{} together in {} {records}", parts.join(", "), tenancy.records))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_maps_say_of_themselves_passes_the_guard() {
        for words in [WEDGE, RELATION, SCORE, TRAINING] {
            Sentence::limit(words).unwrap();
        }
    }
}
