//! `runs.csv`: every run of a method that the log tells of, with its version and settings.
//!
//! A method that was run with other settings than those disclosed is material the defence may ask about: what made somebody change
//! them, and what came out before.

use orochi_case::audit::Entry;
use orochi_model::problem::Problem;
use serde_json::{Map, Value};

use super::redaction::Redaction;
use crate::exchange::{
    cell::safe,
    whole::{WholeFolder, unwritten},
};

/// A run of a method.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// The log's entry.
    pub entry: u64,
    pub time: String,
    pub who: String,
    pub method: String,
    pub version: String,
    pub settings: Map<String, Value>,
    /// What else was asked for.
    pub asked: Map<String, Value>,
}

/// All of a log.
pub(super) fn of(entries: &[Entry]) -> Vec<Run> {
    entries.iter().filter_map(run).collect()
}

fn run(entry: &Entry) -> Option<Run> {
    let mut asked = entry.detail.as_object()?.clone();
    let method = asked.shift_remove("method")?.as_str()?.to_owned();
    let version = asked.shift_remove("version").and_then(|version| Some(version.as_str()?.to_owned()));
    let settings = asked.shift_remove("settings");
    Some(Run {
        entry: entry.seq,
        time: entry.time.clone(),
        who: entry.who.clone(),
        method,
        version: version.unwrap_or_default(),
        settings: settings.and_then(|settings| Some(settings.as_object()?.clone())).unwrap_or_default(),
        asked,
    })
}

pub(super) fn write(
    entries: &[Entry],
    training: bool,
    redaction: Option<&Redaction>,
    folder: &WholeFolder,
) -> Result<(), Problem> {
    let mut csv = csv::Writer::from_writer(folder.file("runs.csv")?);
    let head = ["entry", "time", "who", "method", "version", "asked", "settings"];
    csv.write_record(training.then_some("marking").into_iter().chain(head)).map_err(unwritten)?;
    for run in of(entries) {
        let asked = Value::Object(run.asked).to_string();
        let asked = redaction.map_or_else(|| asked.clone(), |redaction| redaction.text(&asked));
        let settings = Value::Object(run.settings).to_string();
        let cells = [run.entry.to_string(), run.time, run.who, run.method, run.version, safe(&asked), settings];
        csv.write_record(training.then_some("TRAINING").into_iter().chain(cells.iter().map(String::as_str)))
            .map_err(unwritten)?;
    }
    csv.flush().map_err(unwritten)
}
