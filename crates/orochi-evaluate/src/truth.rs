//! `truth.json` of a simulated folder: the part that scoring needs.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

/// The file's name.
pub const FILE: &str = "truth.json";

/// The format this version reads.
const FORMAT: u64 = 1;

/// What is true of a simulated folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Truth {
    /// The scenario's name.
    pub scenario: String,
    /// The seed it was made from.
    pub seed: u64,
    /// First day, on the wall in the United Kingdom: `2025-02-03`.
    first_day: String,
    /// How many days were simulated.
    pub days: u32,
    /// How many people live in it.
    pub people: u64,
    /// How many numbers there are.
    pub numbers: u64,
    /// The lines.
    pub lines: Vec<TruthLine>,
    /// Innocent look-alikes.
    pub innocents: Vec<Innocent>,
    /// Whose data an investigator would hold.
    pub targets: Vec<String>,
    /// For each line, three customers whose data alone might be held.
    pub three_customers: Vec<ThreeCustomers>,
    /// Pairs of numbers, of one person and of two.
    #[serde(default)]
    pub pairs: Vec<TruthPair>,
}

/// A line: a chain of numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthLine {
    /// Its name in the file.
    pub id: String,
    /// How it works: `static`, `travelling`, …
    pub style: String,
    /// Whether it texts its customers in bursts.
    pub broadcasts: bool,
    /// `small`, `big`, …
    pub size: String,
    /// Its numbers, one for each number, SIM and handset.
    pub numbers: Vec<TruthNumber>,
    /// Who had the line phone when.
    pub spells: Vec<TruthSpell>,
    /// Who runs it from afar.
    pub controller: Option<Somebody>,
    /// Who holds it.
    pub holder: Option<Somebody>,
    /// Own numbers of runners.
    pub runners: Vec<String>,
    /// Second phones of runners, for the line to ring.
    #[serde(default)]
    pub work_phones: Vec<String>,
    /// Numbers of customers.
    pub customers: Vec<String>,
    /// The line that it continues after that one was closed.
    #[serde(default)]
    pub continues: Option<String>,
    /// Days on which a customer bought, added up over customers.
    #[serde(default)]
    pub buying_days: u64,
    /// Sales.
    #[serde(default)]
    pub transactions: u64,
    /// What was sold, grams.
    #[serde(default)]
    pub grams: f64,
}

/// A number of a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthNumber {
    /// The number.
    pub number: String,
    /// When it was taken into use, RFC 3339.
    pub from: String,
    /// When it was given up.
    pub to: String,
}

/// Who had the line phone for a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthSpell {
    /// The number of the person's own phone.
    pub own_number: String,
    /// From when, RFC 3339.
    pub from: String,
    /// Until when.
    pub to: String,
}

/// A person of a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Somebody {
    /// The number of the person's own phone.
    pub own_number: String,
}

/// An innocent look-alike.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Innocent {
    /// Its number or sender name.
    pub number: String,
    /// What it is: `taxi`, `clinic`, …
    pub kind: String,
}

/// Two numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthPair {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Whether one person carries both.
    pub same_person: bool,
    /// From when on, RFC 3339.
    pub from: String,
}

/// Three customers of a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThreeCustomers {
    /// The line's id.
    pub line: String,
    /// Their numbers.
    pub customers: Vec<String>,
}

impl TruthLine {
    /// Own numbers of all who direct, hold, carry or run it; some more than once.
    pub fn crew(&self) -> impl Iterator<Item = &str> {
        let people = self.controller.iter().chain(&self.holder).map(|somebody| &somebody.own_number);
        let carried = self.spells.iter().map(|spell| &spell.own_number);
        people.chain(carried).chain(&self.runners).map(String::as_str)
    }
}

impl Truth {
    /// Reads the file of a simulated folder.
    ///
    /// # Errors
    /// User kind when the folder has no such file, it is of another format, or a key is missing; each
    /// names the file and the key.
    pub fn read(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(Problem::user(format!("this is not a simulated folder: it has no {FILE}"))
                .at(folder.display())
                .hint("name a folder that `orochi simulate` wrote, or a scenario to simulate"));
        }
        let text = std::fs::read_to_string(&path).map_err(|error| Problem::io("read", &path, &error))?;
        Self::parse(&text, path)
    }

    fn parse(text: &str, path: PathBuf) -> Result<Self, Problem> {
        #[derive(Deserialize)]
        struct Head {
            format: u64,
        }
        const AGAIN: &str = "simulate the folder again with this version";
        let faulty = |error: serde_json::Error| {
            Problem::user(format!("{FILE} cannot be read")).at(path.display()).because(error).hint(AGAIN)
        };
        let head: Head = serde_json::from_str(text).map_err(faulty)?;
        if head.format != FORMAT {
            return Err(Problem::user(format!("{FILE} has `format` {}, and this version reads {FORMAT}", head.format))
                .at(path.display())
                .hint(AGAIN));
        }
        let truth: Self = serde_json::from_str(text).map_err(faulty)?;
        if let Err(error) = truth.first_day() {
            return Err(error.at(path.display()).hint(AGAIN));
        }
        Ok(truth)
    }

    /// The first day simulated.
    ///
    /// # Errors
    /// User kind when `first_day` is not a date.
    pub fn first_day(&self) -> Result<Date, Problem> {
        self.first_day.parse().map_err(|error| {
            Problem::user(format!("{FILE}: `first_day` is not a date: “{}”", self.first_day)).because(error)
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const WHOLE: &str = r#"{"format":1,"scenario":"mixed","seed":7,"first_day":"2025-02-03","days":28,"people":9,"numbers":9,
        "lines":[{"id":"L01","style":"static","broadcasts":true,"size":"big","town":"Thetford","origin":"London",
            "numbers":[{"number":"+447700900222","imsi":"1","imei":"2","from":"2025-02-03T00:00:00Z","to":"2025-03-03T00:00:00Z"}],
            "spells":[],"controller":null,"runners":[],"holder":{"person":"P1","own_number":"+447524000001"},"customers":[]}],
        "innocents":[{"number":"SurgeryTxt","kind":"clinic"}],"targets":[],
        "three_customers":[{"line":"L01","number":"+447700900222","customers":["+447524000002"]}],"pairs":[],"couples":[]}"#;

    /// A truth with one of everything.
    pub(crate) fn whole() -> Truth {
        Truth::parse(WHOLE, FILE.into()).unwrap()
    }

    #[test]
    fn what_else_is_in_the_file_does_not_matter() {
        let truth = Truth::parse(WHOLE, FILE.into()).unwrap();
        assert_eq!(truth.lines[0].numbers[0].number, "+447700900222");
        assert_eq!(truth.first_day().unwrap().to_string(), "2025-02-03");
    }

    #[test]
    fn faults_name_the_file_and_the_key() {
        for (from, to, words) in [
            (r#""format":1"#, r#""format":2"#, "has `format` 2"),
            (r#""broadcasts":true,"#, "", "missing field `broadcasts`"),
            (r#""targets":[],"#, "", "missing field `targets`"),
            ("2025-02-03\"", "3 February\"", "`first_day` is not a date"),
            ("}]", "", "truth.json cannot be read"),
        ] {
            let problem = Truth::parse(&WHOLE.replacen(from, to, 1), "folder/truth.json".into()).unwrap_err();
            assert!(problem.to_string().contains(words), "{problem}");
            assert_eq!(problem.place.as_deref(), Some("folder/truth.json"));
            assert!(problem.hint.is_some());
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(Truth::read(folder.path()).unwrap_err().message.contains("no truth.json"));
    }
}
