//! Columns whose values repeat: each distinct value is understood once.

use std::collections::HashMap;

use super::{Fault, is_blank_id};
use orochi_layout::field::Field;
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

/// A column of SIM or handset identifiers; most rows repeat the one before.
#[derive(Default)]
pub(crate) struct Device {
    text: String,
    canonical: String,
}

impl Device {
    pub(crate) fn read(
        &mut self,
        text: &str,
        field: Field,
        read: impl Fn(&str, &mut String) -> Result<(), orochi_model::party::Unreadable>,
    ) -> Result<&str, Fault> {
        if is_blank_id(text) {
            return Ok("");
        }
        if self.text != text {
            self.text.clear();
            self.canonical.clear();
            read(text, &mut self.canonical).map_err(|error| Fault::new(field, text, error.0))?;
            self.text.push_str(text);
        }
        Ok(&self.canonical)
    }
}
