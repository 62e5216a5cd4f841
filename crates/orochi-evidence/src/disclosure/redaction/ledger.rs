//! The ledger: which pseudonym stands for which identifier. A CSV file kept apart from what is disclosed.
//!
//! It is read again for the next disclosure, so that a pseudonym stays with its identifier; and a person may write into
//! it: `keep` in the column `decision` leaves an identifier as it is, and a row without a pseudonym is given one.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::Path,
};

use orochi_model::problem::Problem;

use crate::atomic_output::{WholeFile, unwritten};

/// What an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdentifierKind {
    /// A number, `+447…`.
    Number,
    /// A SIM by its IMSI.
    Sim,
    /// A SIM by the number printed on it.
    SimCard,
    /// A handset by the first 14 digits of its IMEI.
    Handset,
}

impl IdentifierKind {
    const ALL: [Self; 4] = [Self::Number, Self::Sim, Self::SimCard, Self::Handset];

    fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Sim => "imsi",
            Self::SimCard => "iccid",
            Self::Handset => "imei",
        }
    }

    fn pseudonym(self, place: usize) -> String {
        let word = match self {
            Self::Number => "NUMBER",
            Self::Sim => "SIM",
            Self::SimCard => "SIMCARD",
            Self::Handset => "HANDSET",
        };
        format!("{word}-{place:04}")
    }
}

/// A row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What stands for it.
    pub pseudonym: String,
    /// What it names.
    pub kind: IdentifierKind,
    /// The identifier, canonical.
    pub identifier: String,
    /// Why it is in the ledger.
    pub because: String,
    /// Whether a person decided to leave it as it is.
    pub keep: bool,
}

/// The ledger.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    known: BTreeSet<(IdentifierKind, String)>,
    taken: BTreeSet<String>,
    /// The place from which the next free pseudonym of a kind is looked for.
    next: BTreeMap<IdentifierKind, usize>,
}

const HEAD: [&str; 5] = ["pseudonym", "kind", "identifier", "because", "decision"];

impl Ledger {
    /// Reads the ledger in `path`; an empty one when there is none yet.
    ///
    /// # Errors
    /// User kind, with the row, when it cannot be read or contradicts itself.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read(path).map_err(|error| Problem::io("read the ledger", path, &error))?;
        Self::parse(&text).map_err(|problem| match &problem.place {
            Some(row) => {
                let place = format!("{}, {row}", path.display());
                problem.at(place)
            }
            None => problem.at(path.display()),
        })
    }

    fn parse(text: &[u8]) -> Result<Self, Problem> {
        let mut csv = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text);
        let wrong = |row: u64, what: String| {
            Problem::user(format!("the ledger cannot be read: {what}"))
                .at(format!("row {row}"))
                .hint(format!("its columns are {}", HEAD.join(", ")))
        };
        let head = csv.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
        if head.iter().ne(HEAD) {
            return Err(wrong(1, format!("its first line is “{}”", head.iter().collect::<Vec<_>>().join(","))));
        }
        let mut ledger = Self::default();
        for (row, record) in (2..).zip(csv.records()) {
            let record = record.map_err(|error| wrong(row, error.to_string()))?;
            let cell = |place: usize| record.get(place).unwrap_or_default().to_owned();
            let kind = IdentifierKind::ALL.into_iter().find(|kind| kind.word() == cell(1));
            let kind = kind.ok_or_else(|| wrong(row, format!("“{}” is not a kind of identifier", cell(1))))?;
            let entry = Entry {
                pseudonym: cell(0),
                kind,
                identifier: cell(2),
                because: cell(3),
                keep: match cell(4).as_str() {
                    "keep" => true,
                    "" | "replace" => false,
                    other => return Err(wrong(row, format!("the decision “{other}” is neither keep nor replace"))),
                },
            };
            if entry.identifier.is_empty() || !ledger.known.insert((kind, entry.identifier.clone())) {
                return Err(wrong(row, "the identifier is missing or occurs twice".to_owned()));
            }
            if !entry.pseudonym.is_empty() && !ledger.taken.insert(entry.pseudonym.clone()) {
                return Err(wrong(row, format!("two identifiers have the pseudonym {}", entry.pseudonym)));
            }
            ledger.entries.push(entry);
        }
        for place in 0..ledger.entries.len() {
            if ledger.entries[place].pseudonym.is_empty() {
                ledger.entries[place].pseudonym = ledger.free(ledger.entries[place].kind);
            }
        }
        Ok(ledger)
    }

    /// The next free pseudonym, from now on taken.
    fn free(&mut self, kind: IdentifierKind) -> String {
        let place = self.next.entry(kind).or_insert(1);
        loop {
            let pseudonym = kind.pseudonym(*place);
            *place += 1;
            if self.taken.insert(pseudonym.clone()) {
                return pseudonym;
            }
        }
    }

    /// Enters an identifier that is not in it yet.
    pub(super) fn enter(&mut self, kind: IdentifierKind, identifier: &str, because: &str) {
        if self.known.insert((kind, identifier.to_owned())) {
            let pseudonym = self.free(kind);
            let (identifier, because) = (identifier.to_owned(), because.to_owned());
            self.entries.push(Entry { pseudonym, kind, identifier, because, keep: false });
        }
    }

    /// What is replaced of a kind, and by what.
    pub(super) fn replaced(&self, kind: IdentifierKind) -> BTreeMap<String, String> {
        let replaced = self.entries.iter().filter(|entry| entry.kind == kind && !entry.keep);
        replaced.map(|entry| (entry.identifier.clone(), entry.pseudonym.clone())).collect()
    }

    /// The rows.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// As a CSV text.
    ///
    /// # Errors
    /// A bug's.
    pub fn text(&self) -> Result<String, Problem> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(HEAD).map_err(unwritten)?;
        for entry in &self.entries {
            let decision = if entry.keep { "keep" } else { "replace" };
            let cells = [&entry.pseudonym, entry.kind.word(), &entry.identifier, &entry.because, decision];
            csv.write_record(cells).map_err(unwritten)?;
        }
        let bytes = csv.into_inner().map_err(unwritten)?;
        String::from_utf8(bytes).map_err(|error| Problem::bug("the ledger is not text").because(error))
    }

    /// Writes it, in place of the one that was read; whole or not at all.
    ///
    /// # Errors
    /// User kind when the disk refuses.
    pub fn write(&self, path: &Path) -> Result<(), Problem> {
        let mut file = WholeFile::begin(path, true)?;
        file.write_all(self.text()?.as_bytes()).map_err(unwritten)?;
        file.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_stays_with_its_identifier() {
        let mut ledger = Ledger::default();
        ledger.enter(IdentifierKind::Number, "+447700900123", "customers");
        ledger.enter(IdentifierKind::Number, "+447700900124", "others");
        ledger.enter(IdentifierKind::Sim, "234150000000001", "");
        let text = ledger.text().unwrap();
        let mut again = Ledger::parse(text.as_bytes()).unwrap();
        assert_eq!(again.entries(), ledger.entries());
        again.enter(IdentifierKind::Number, "+447700900100", "others");
        again.enter(IdentifierKind::Number, "+447700900123", "others");
        assert_eq!(again.replaced(IdentifierKind::Number)["+447700900123"], "NUMBER-0001");
        assert_eq!(again.replaced(IdentifierKind::Number)["+447700900100"], "NUMBER-0003");
        assert_eq!(again.replaced(IdentifierKind::Sim)["234150000000001"], "SIM-0001");
    }

    #[test]
    fn a_person_decides_in_it_and_is_told_of_mistakes() {
        let text = "pseudonym,kind,identifier,because,decision\n\
                    A,number,+447700900123,asked for,keep\n,number,+447700900124,added by hand,\n\
                    NUMBER-0001,number,+447700900125,,replace\n";
        let ledger = Ledger::parse(text.as_bytes()).unwrap();
        assert_eq!(
            ledger.replaced(IdentifierKind::Number).into_values().collect::<Vec<_>>(),
            ["NUMBER-0002", "NUMBER-0001"]
        );
        for (wrong, row) in [
            ("x,y\n", "row 1"),
            ("pseudonym,kind,identifier,because,decision\nA,phone,+447,,\n", "row 2"),
            ("pseudonym,kind,identifier,because,decision\nA,number,+447,,\nA,number,+448,,\n", "row 3"),
            ("pseudonym,kind,identifier,because,decision\nA,number,+447,,\nB,number,+447,,\n", "row 3"),
            ("pseudonym,kind,identifier,because,decision\nA,number,+447,,perhaps\n", "row 2"),
        ] {
            assert_eq!(Ledger::parse(wrong.as_bytes()).unwrap_err().place.as_deref(), Some(row), "{wrong}");
        }
    }
}
