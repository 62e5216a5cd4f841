//! Identifiers in any text, in whatever spelling their digits stand.
//!
//! Looked for are an identifier's *core* digits: of a UK number those after `+44`, which every spelling has in common,
//! of anything else all digits. A run of digits that holds a core becomes the pseudonym; one that is much longer, or in
//! which other characters stand between the digits, is withheld whole where no spelling explains it.

use std::{borrow::Cow, collections::BTreeMap};

use rustc_hash::FxHashMap;

use super::WITHHELD;

/// Finds cores.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// By length: cores, and what stands for them.
    cores: BTreeMap<usize, FxHashMap<String, String>>,
}

/// Digits that a spelling may add to a core: `0044`, `00`, an IMEI's check digit or software version.
const ADDED: usize = 5;

fn core(identifier: &str) -> String {
    let digits: String = identifier.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("44") {
        Some(national) if identifier.starts_with('+') && national.len() >= 9 => national.to_owned(),
        _ => digits,
    }
}

impl Search {
    /// For these identifiers.
    pub(super) fn from_replacements(replaced: &BTreeMap<String, String>) -> Self {
        let mut search = Self::default();
        for (identifier, pseudonym) in replaced {
            let core = core(identifier);
            // A shorter run could be anything: a short code, a count.
            if core.len() >= 7 {
                search.cores.entry(core.len()).or_default().insert(core, pseudonym.clone());
            }
        }
        search
    }

    /// The text with every identifier replaced.
    pub(super) fn replace<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(shortest) = self.cores.keys().next() else { return Cow::Borrowed(text) };
        if text.bytes().filter(u8::is_ascii_digit).count() < *shortest {
            return Cow::Borrowed(text);
        }
        let once = self.pass(text, |c| c.is_ascii_digit(), true);
        // Digits with something between them: `07700 900123`, `(0)7700-900123`.
        match self.pass(&once, |c| c.is_ascii_digit() || " -().\u{a0}/".contains(c), false) {
            Cow::Borrowed(_) => once,
            Cow::Owned(twice) => Cow::Owned(twice),
        }
    }

    /// Replaces runs of the characters that `belongs` takes, each beginning with a digit or `+`. With `plain` the
    /// digits stand side by side.
    fn pass<'t>(&self, text: &'t str, belongs: impl Fn(char) -> bool, plain: bool) -> Cow<'t, str> {
        let mut out = String::new();
        let mut kept = 0;
        let mut at = 0;
        while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
            let from = at + found;
            let run = text[from..].find(|c| !belongs(c)).map_or(&text[from..], |length| &text[from..from + length]);
            let run = run.trim_end_matches(|c: char| !c.is_ascii_digit());
            let from_sign = if text[..from].ends_with('+') { from - 1 } else { from };
            at = from + run.len();
            let digits: Cow<'_, str> =
                if plain { Cow::Borrowed(run) } else { Cow::Owned(run.chars().filter(char::is_ascii_digit).collect()) };
            let Some((pseudonym, length)) = self.find(&digits) else { continue };
            out.push_str(&text[kept..from_sign]);
            let explained = digits.len() <= length + ADDED;
            out.push_str(if explained { pseudonym } else { WITHHELD });
            kept = at;
        }
        if kept == 0 && out.is_empty() {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[kept..]);
        Cow::Owned(out)
    }

    /// The longest core within some digits, and its length.
    fn find(&self, digits: &str) -> Option<(&str, usize)> {
        self.cores.iter().rev().filter(|(length, _)| **length <= digits.len()).find_map(|(length, cores)| {
            (0..=digits.len() - length)
                .find_map(|from| cores.get(&digits[from..from + length]))
                .map(|pseudonym| (pseudonym.as_str(), *length))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn search() -> Search {
        let list = [
            ("+447700900123", "NUMBER-0001"),
            ("+33612345678", "NUMBER-0002"),
            ("234150000000001", "SIM-0001"),
            ("35642007572280", "HANDSET-0001"),
        ];
        Search::from_replacements(&list.into_iter().map(|(from, to)| (from.to_owned(), to.to_owned())).collect())
    }

    #[test]
    fn every_spelling_of_a_number_is_one() {
        let search = search();
        for text in [
            "+447700900123",
            "447700900123",
            "07700900123",
            "00447700900123",
            "7700900123",
            "+44 7700 900123",
            "07700 900 123",
            "0044-7700-900123",
            "44 (0) 7700 900123",
            "+44 (0)7700-900.123",
        ] {
            let said = format!("calls to {text}, twice");
            let replaced = search.replace(&said);
            assert!(replaced.ends_with("NUMBER-0001, twice"), "{text}: {replaced}");
        }
        assert_eq!(
            search.replace("0033612345678 and 356420075722801 in 234150000000001"),
            "NUMBER-0002 and HANDSET-0001 in SIM-0001"
        );
    }

    #[test]
    fn what_is_no_identifier_stays() {
        let search = search();
        for text in [
            "+447700900124",
            "2024-03-01T09:30:00Z",
            "EX0001:7",
            "0.25",
            "",
            "7700900",
            "234-15-1001-17, 3 times on 14 days",
        ] {
            assert_eq!(search.replace(text), text);
        }
    }

    #[test]
    fn a_list_is_replaced_one_by_one_and_what_is_not_understood_goes_whole() {
        let search = search();
        assert_eq!(search.replace("07700900123;07700900124"), "NUMBER-0001;07700900124");
        assert_eq!(search.replace("07700900123 07700900124"), "NUMBER-0001 07700900124");
        assert_eq!(search.replace("id 99999077009001239999 end"), "id [withheld] end");
        assert_eq!(search.replace("07700 900123 07700 900124"), "[withheld]");
    }

    proptest! {
        #[test]
        fn no_core_is_left(before in "[ -~]{0,12}", between in "[ ().-]{0,1}", after in "[ -~]{0,12}") {
            let search = search();
            let text = format!("{before}0{between}7700{between}900{between}123{after}");
            let left: String = search.replace(&text).chars().filter(char::is_ascii_digit).collect();
            let others: String = format!("{before}{after}").chars().filter(char::is_ascii_digit).collect();
            prop_assume!(!others.contains("7700"));
            prop_assert!(!left.contains("7700900123"), "{text} left {left}");
        }
    }
}
