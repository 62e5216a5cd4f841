//! `runs.csv`: every run of a method that the log tells of, with its version and settings.
//!
//! A method that was run with other settings than those disclosed is material the defence may ask about: what made
//! somebody change them, and what came out before.

use orochi_case::audit::Entry;
use orochi_model::problem::Problem;
use serde_json::{Map, Value};

use super::redaction::{Redaction, shown};
use crate::atomic_output::WholeFolder;
use crate::exchange::{csv_escape::safe, marked_csv::MarkedCsv};

/// A run of a method, or of all methods for what left the case.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MethodRun {
    /// The log's entry.
    pub entry: u64,
    pub time: String,
    pub who: String,
    pub method: String,
    pub version: String,
    pub settings: Map<String, Value>,
    /// The methods that it rests on, each with its version and settings.
    pub rests_on: Map<String, Value>,
    /// What else was asked for.
    pub asked: Map<String, Value>,
}

/// All of a log.
pub(super) fn runs_with_methods(entries: &[Entry]) -> Vec<MethodRun> {
    entries.iter().filter_map(run).collect()
}

fn run(entry: &Entry) -> Option<MethodRun> {
    let mut asked = entry.detail.as_object()?.clone();
    // What leaves the case, such as a pack, rests on all methods.
    let all = asked.shift_remove("methods");
    let method = match (asked.shift_remove("method"), &all) {
        (Some(method), _) => method.as_str()?.to_owned(),
        (None, Some(_)) => entry.what.clone(),
        (None, None) => return None,
    };
    let version = asked.shift_remove("version").and_then(|version| Some(version.as_str()?.to_owned()));
    let settings = object(asked.shift_remove("settings"));
    let rests_on = object(all.or_else(|| asked.shift_remove("rests_on")));
    Some(MethodRun {
        entry: entry.seq,
        time: entry.time.clone(),
        who: entry.who.clone(),
        method,
        version: version.unwrap_or_default(),
        settings,
        rests_on,
        asked,
    })
}

fn object(value: Option<Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(values)) => values,
        _ => Map::new(),
    }
}

pub(super) fn write(
    runs: &[MethodRun],
    training: bool,
    redaction: Option<&Redaction>,
    folder: &WholeFolder,
) -> Result<(), Problem> {
    let head = ["entry", "time", "who", "method", "version", "asked", "settings", "rests_on"];
    let mut csv = MarkedCsv::begin(folder.file("runs.csv")?, training, head)?;
    for run in runs {
        let asked = shown(redaction, &Value::Object(run.asked.clone()).to_string());
        let settings = Value::Object(run.settings.clone()).to_string();
        let (asked, rests_on) = (safe(&asked), Value::Object(run.rests_on.clone()).to_string());
        let entry = run.entry.to_string();
        csv.row([&*entry, &run.time, &run.who, &run.method, &run.version, &asked, &settings, &rests_on])?;
    }
    csv.finish()
}
