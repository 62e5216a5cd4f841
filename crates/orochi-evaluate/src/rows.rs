//! Results on disk, one JSON line for each folder scored, so that a long study goes on where it stopped.
//!
//! The first line says what all rows have in common; a file made with other settings, weights or versions is refused, not mixed
//! in. A last line that was cut off by a kill is dropped.

use std::{
    fs::{File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::{outcome::Outcome, truth::Truth};

/// What the rows of one file have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Program and version.
    pub tool: String,
    /// Method and version.
    pub method: String,
    /// Settings of the method, by name.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// SHA-256 of the weights as a file.
    pub weights: String,
    /// The share of lines that the weights presume.
    pub prior: f64,
    /// Other people or days than the scenario says.
    pub changed: String,
}

/// One folder scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Where it came from; no two rows have the same.
    pub source: String,
    /// The scenario's name.
    pub scenario: String,
    /// Its seed.
    pub seed: u64,
    /// Days simulated.
    pub days: u32,
    /// People simulated.
    pub people: u64,
    /// Numbers simulated.
    pub numbers: u64,
    /// Lines simulated.
    pub lines: u64,
    /// Each run.
    pub outcomes: Vec<Outcome>,
}

impl Row {
    /// The row of a folder.
    pub fn of(source: String, truth: &Truth, outcomes: Vec<Outcome>) -> Self {
        Self {
            source,
            scenario: truth.scenario.clone(),
            seed: truth.seed,
            days: truth.days,
            people: truth.people,
            numbers: truth.numbers,
            lines: truth.lines.len() as u64,
            outcomes,
        }
    }
}

/// Rows in the order they were made, kept in a file when there is one.
#[derive(Debug)]
pub struct Rows {
    /// The rows so far.
    pub rows: Vec<Row>,
    file: Option<(File, PathBuf)>,
}

impl Rows {
    /// Rows that are not kept.
    pub fn unkept() -> Self {
        Self { rows: Vec::new(), file: None }
    }

    /// Opens the file, or begins it.
    ///
    /// # Errors
    /// User kind when its head is another one or a line cannot be read; input and output.
    pub fn open(path: &Path, head: &Head) -> Result<Self, Problem> {
        let io = |error: std::io::Error| Problem::io("write", path, &error);
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Problem::io("read", path, &error)),
        };
        // Whole lines only: what follows the last line's end was cut off.
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        let faulty = |line: usize| {
            move |error: serde_json::Error| {
                Problem::user("a result cannot be read")
                    .at(format!("{}, line {line}", path.display()))
                    .because(error)
                    .hint("delete the file to begin again")
            }
        };
        let mut rows = Vec::new();
        for (place, line) in (1..).zip(whole.lines()) {
            if place > 1 {
                rows.push(serde_json::from_str(line).map_err(faulty(place))?);
            } else if serde_json::from_str::<Head>(line).map_err(faulty(place))? != *head {
                return Err(Problem::user("these results were made with other settings, weights or versions")
                    .at(path.display())
                    .hint("name another folder with --out, or delete the file to begin again"));
            }
        }
        let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(path).map_err(io)?;
        file.set_len(whole.len() as u64).map_err(io)?;
        std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).map_err(io)?;
        let mut all = Self { rows, file: Some((file, path.to_path_buf())) };
        if whole.is_empty() {
            all.write(head)?;
        }
        Ok(all)
    }

    /// Whether a source is scored already.
    pub fn has(&self, source: &str) -> bool {
        self.rows.iter().any(|row| row.source == source)
    }

    /// Adds a row; it is on its way to the disk when this returns.
    ///
    /// # Errors
    /// Input and output.
    pub fn push(&mut self, row: Row) -> Result<(), Problem> {
        self.write(&row)?;
        self.rows.push(row);
        Ok(())
    }

    fn write(&mut self, value: &impl Serialize) -> Result<(), Problem> {
        let Some((file, path)) = &mut self.file else { return Ok(()) };
        let mut line = serde_json::to_vec(value)
            .map_err(|error| Problem::bug("a result cannot be written as JSON").because(error))?;
        line.push(b'\n');
        file.write_all(&line).and_then(|()| file.flush()).map_err(|error| Problem::io("write", path, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(weights: &str) -> Head {
        let text = |text: &str| text.to_owned();
        let settings = serde_json::Map::new();
        Head { tool: text("t"), method: text("m"), settings, weights: text(weights), prior: 0.5, changed: text("") }
    }

    fn row(source: &str) -> Row {
        let (scenario, outcomes) = ("mixed".to_owned(), Vec::new());
        Row { source: source.into(), scenario, seed: 1, days: 7, people: 1, numbers: 1, lines: 1, outcomes }
    }

    #[test]
    fn a_study_goes_on_where_it_was_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.jsonl");
        let mut rows = Rows::open(&path, &head("w")).unwrap();
        rows.push(row("a")).unwrap();
        rows.push(row("b")).unwrap();
        drop(rows);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &text[..text.len() - 20]).unwrap();
        let mut rows = Rows::open(&path, &head("w")).unwrap();
        assert!(rows.has("a") && !rows.has("b"));
        rows.push(row("b")).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        let problem = Rows::open(&path, &head("other")).unwrap_err();
        assert!(problem.message.contains("other settings") && problem.hint.is_some());
    }
}
