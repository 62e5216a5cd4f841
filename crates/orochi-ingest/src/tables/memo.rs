//! Columns whose values repeat: each distinct value is understood once.

use std::collections::{BTreeMap, HashMap};

use orochi_model::{
    absence::{is_absent, is_blank},
    imei::{Check, read_imei},
    party::Unreadable,
};

use super::doubts::{Doubt, Doubts};
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;
use orochi_layout::words::{Sense, sense};

/// A column of words; each distinct word is understood once.
pub(crate) struct Words<'a> {
    known: &'a HashMap<String, Sense>,
    seen: HashMap<String, Sense>,
    last: (String, Sense),
}

impl<'a> Words<'a> {
    pub(crate) fn new(known: &'a HashMap<String, Sense>) -> Self {
        Self { known, seen: HashMap::new(), last: (String::new(), Sense::default()) }
    }

    pub(crate) fn sense(&mut self, text: &str) -> Sense {
        if text.is_empty() {
            return Sense::default();
        }
        if self.last.0 == text {
            return self.last.1;
        }
        let found = match self.seen.get(text) {
            Some(found) => *found,
            None => {
                let key = orochi_layout::heading::normalise(text);
                let found = self.known.get(&key).copied().unwrap_or_else(|| sense(text));
                // A column mistaken for words must not fill the memory.
                if self.seen.len() < 4_096 {
                    self.seen.insert(text.to_owned(), found);
                }
                found
            }
        };
        self.last.0.clear();
        self.last.0.push_str(text);
        self.last.1 = found;
        found
    }
}

/// A column of names, in which a mark of nothing is nothing; most rows repeat the one before.
#[derive(Default)]
pub(crate) struct Name {
    text: String,
    blank: bool,
}

impl Name {
    /// The name, empty when the text says nothing.
    pub(crate) fn read<'r>(&mut self, text: &'r str) -> &'r str {
        if text.is_empty() {
            return text;
        }
        if self.text != text {
            self.text.clear();
            self.text.push_str(text);
            self.blank = is_blank(text);
        }
        if self.blank { "" } else { text }
    }
}

/// A column of SIM or handset identifiers; most rows repeat the one before. What cannot be read is left out and
/// counted: who called whom stands without it.
pub(crate) struct Device<'a> {
    mapping: &'a Mapping,
    text: String,
    canonical: String,
    doubt: Option<Doubt>,
    doubts: Doubts,
}

impl<'a> Device<'a> {
    pub(crate) fn new(mapping: &'a Mapping) -> Self {
        Self { mapping, text: String::new(), canonical: String::new(), doubt: None, doubts: Doubts::default() }
    }

    /// The canonical text, empty for an absent or unreadable one.
    pub(crate) fn read(
        &mut self,
        text: &str,
        field: Field,
        read: impl Fn(&str, &mut String) -> Result<(), Unreadable>,
    ) -> &str {
        if is_absent(text) {
            return "";
        }
        if self.text != text {
            self.text.clear();
            self.text.push_str(text);
            self.canonical.clear();
            let of_fifteen = self.mapping.notation(field).digits == Some(15);
            let sim = matches!(field, Field::Imsi | Field::AImsi | Field::BImsi);
            // No body that allots handsets has a prefix of 10 to 19: such digits have lost the zero of 01,
            // whatever the others' length.
            let robbed = !sim && text.starts_with('1');
            self.doubt = if (of_fifteen || robbed) && text.len() == 14 && text.bytes().all(|c| c.is_ascii_digit()) {
                short(text, sim, &mut self.canonical)
            } else if read(text, &mut self.canonical).is_err() {
                let filler = text.bytes().all(|c| c.is_ascii_digit()) && (14..=16).contains(&text.len());
                let repeated = filler && text.bytes().all(|c| c == text.as_bytes()[0]);
                (!repeated).then_some(Doubt::Unreadable)
            } else {
                None
            };
        }
        if let Some(doubt) = self.doubt {
            self.doubts.count(field, doubt);
        }
        &self.canonical
    }

    pub(crate) fn hand_over(&mut self, out: &mut BTreeMap<String, u64>) {
        self.doubts.hand_over(self.mapping, out);
    }
}

// Fourteen digits in a column of fifteen. A handset's type begins with the number of the body that gave it, and 0 of
// the bodies that begin with it is what a spreadsheet takes away; without its check digit a handset
// has fourteen digits too.
fn short(text: &str, sim: bool, out: &mut String) -> Option<Doubt> {
    const BODIES: [&str; 12] = ["33", "35", "44", "45", "49", "50", "51", "52", "53", "86", "98", "99"];
    if sim {
        return Some(Doubt::Short);
    }
    let whole = format!("0{text}");
    let mut canonical = String::new();
    let fits = read_imei(&whole, &mut canonical) == Ok(Check::Valid);
    match (fits, BODIES.iter().any(|body| text.starts_with(body))) {
        (true, false) => {
            out.push_str(&canonical);
            Some(Doubt::Mended)
        }
        (false, true) => read_imei(text, out).is_err().then_some(Doubt::Unreadable),
        _ => Some(Doubt::Short),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_digits_among_fifteen() {
        let read = |text: &str, sim| {
            let mut out = String::new();
            (short(text, sim, &mut out), out)
        };
        assert_eq!(read("12345678901237", false), (Some(Doubt::Mended), "01234567890123".into()));
        assert_eq!(read("12345678901234", false), (Some(Doubt::Short), String::new()));
        assert_eq!(read("35345678901234", false), (None, "35345678901234".into()), "a handset without its check digit");
        assert_eq!(read("34159999999999", true), (Some(Doubt::Short), String::new()));
    }
}
