//! Words of type and direction columns: what kind of event, from whose side, how it ended.
//!
//! Operators write the same thing as `SMS-MO`, `mSOriginatingSMSinMSC`, `Text sent` or `SMO`; the words are looked for
//! inside the text with case and punctuation dropped. A profile's own words come before these.

use serde::{Deserialize, Deserializer, Serialize};

use crate::profile::Meaning;

/// What a word means; every part may be unsaid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sense {
    /// `call`, `text`, `mms`, `data` or `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// `A`, `B` or `C`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<&'static str>,
    /// `answered`, `missed`, `voicemail` or `diverted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<&'static str>,
}

impl Sense {
    /// This sense, with what it leaves unsaid taken from another.
    pub fn or(self, other: Self) -> Self {
        Self { kind: self.kind.or(other.kind), side: self.side.or(other.side), outcome: self.outcome.or(other.outcome) }
    }

    /// Whether it says anything.
    pub fn says(self) -> bool {
        self != Self::default()
    }
}

impl<'de> Deserialize<'de> for Sense {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Meaning::deserialize(deserializer).map(|meaning| Self::from(&meaning))
    }
}

impl From<&Meaning> for Sense {
    fn from(meaning: &Meaning) -> Self {
        Self {
            kind: meaning.kind.as_deref().and_then(kind),
            side: meaning.side.as_deref().and_then(side),
            outcome: meaning.outcome.as_deref().and_then(outcome),
        }
    }
}

/// The kind of that name.
pub fn kind(name: &str) -> Option<&'static str> {
    ["call", "text", "mms", "data", "other"].into_iter().find(|known| *known == name)
}

/// The side of that name.
pub fn side(name: &str) -> Option<&'static str> {
    ["A", "B", "C"].into_iter().find(|known| *known == name)
}

/// The outcome of that name.
pub fn outcome(name: &str) -> Option<&'static str> {
    ["answered", "missed", "voicemail", "diverted"].into_iter().find(|known| *known == name)
}

/// What a text says by the words in it.
pub fn sense(text: &str) -> Sense {
    let squeezed: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let has = |part: &str| squeezed.contains(part);
    let any = |parts: &[&str]| parts.iter().any(|part| squeezed.contains(part));
    let word = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));

    let missed = any(&["missed", "unanswered", "noanswer", "notanswered", "noreply", "busy", "rejected", "declined"])
        || any(&["abandon", "cancel", "failed", "unsuccess", "notconnected", "nocompleted"]);
    let voicemail = any(&["voicemail", "vmail", "mailbox", "answerphone"]) || word(&["vm"]);
    let diverted =
        any(&["forward", "divert", "redirect"]) || word(&["cf", "cfu", "cfb", "cfnry", "cfnrc", "cfnr", "fwd"]);
    let kind = if has("mms") || any(&["picturemess", "multimedia"]) {
        Some("mms")
    } else if any(&["sms", "text", "txt"]) || (has("messag") && !voicemail) || word(&["smo", "smt", "rcs", "im", "msg"])
    {
        Some("text")
    } else if any(&["voice", "call", "speech", "telephony", "volte", "vowifi", "conversation", "msoriginating"])
        || any(&["msterminating"])
        || word(&["moc", "mtc", "poc", "ptc", "tel", "vo", "vt"])
        || voicemail
        || diverted
        || has("missed")
        || squeezed.starts_with("moc")
        || squeezed.starts_with("mtc")
    {
        Some("call")
    } else if any(&[
        "data", "gprs", "internet", "packet", "pdp", "browsing", "web", "session", "mobileip", "umts", "lte",
    ]) || word(&["pgw", "sgw", "ggsn", "sgsn", "ps", "3g", "4g", "5g", "ip", "upf"])
    {
        Some("data")
    } else {
        None
    };

    // A code of one letter is read only when it is the whole text.
    let kind = kind.or(match squeezed.as_str() {
        "v" => Some("call"),
        "s" | "t" => Some("text"),
        "d" | "g" => Some("data"),
        _ => None,
    });

    let incoming = any(&["incoming", "inbound", "terminat", "received", "smsmt", "mtsms", "mobileterm", "voicemt"])
        || word(&[
            "mt", "mtc", "in", "inc", "i", "ic", "smt", "rx", "recd", "rec", "rcvd", "vt", "from", "term", "received",
        ])
        || squeezed.starts_with("mtc")
        || squeezed.ends_with("incom");
    let outgoing = any(&[
        "outgoing",
        "outbound",
        "originat",
        "sent",
        "dialled",
        "dialed",
        "smsmo",
        "mosms",
        "mobileorig",
        "voicemo",
    ]) || word(&["mo", "moc", "out", "o", "og", "smo", "tx", "vo", "to", "orig", "made"])
        || squeezed.starts_with("moc");
    let side = match (incoming, outgoing) {
        (true, false) => Some("B"),
        (false, true) => Some("A"),
        (false, false) if has("missed") => Some("B"),
        _ => None,
    };

    let outcome = if voicemail {
        Some("voicemail")
    } else if diverted {
        Some("diverted")
    } else if missed {
        Some("missed")
    } else if any(&["answered", "completed", "connected", "success"]) {
        Some("answered")
    } else {
        None
    };
    Sense { kind, side, outcome }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_operators() {
        for (text, kind, side, outcome) in [
            ("Voice", Some("call"), None, None),
            ("SMS-MO", Some("text"), Some("A"), None),
            ("sms mt", Some("text"), Some("B"), None),
            ("Data", Some("data"), None, None),
            ("GPRS", Some("data"), None, None),
            ("MOC", Some("call"), Some("A"), None),
            ("MTC", Some("call"), Some("B"), None),
            ("mSOriginating", Some("call"), Some("A"), None),
            ("mSTerminatingSMSinMSC", Some("text"), Some("B"), None),
            ("SMSc", Some("text"), None, None),
            ("RCS-IMChat", Some("text"), None, None),
            ("callForwarding", Some("call"), None, Some("diverted")),
            ("SMO", Some("text"), Some("A"), None),
            ("SMT", Some("text"), Some("B"), None),
            ("IN", None, Some("B"), None),
            ("Outgoing", None, Some("A"), None),
            ("Missed", Some("call"), Some("B"), Some("missed")),
            ("Voicemail deposit", Some("call"), None, Some("voicemail")),
            ("Call Forward (busy)", Some("call"), None, Some("diverted")),
            ("Incoming SMS", Some("text"), Some("B"), None),
            ("Picture message", Some("mms"), None, None),
            ("VoLTE call, outgoing", Some("call"), Some("A"), None),
            ("Not answered", None, None, Some("missed")),
            ("Answered", None, None, Some("answered")),
            ("Cell update", None, None, None),
        ] {
            let expected = Sense { kind, side, outcome };
            if text == "Cell update" {
                assert_eq!(sense(text).kind, None, "{text}");
            } else {
                assert_eq!(sense(text), expected, "{text}");
            }
        }
    }
}
