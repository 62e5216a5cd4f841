//! `runs.csv`: every run of a method that the log tells of, with its version and settings.
//!
//! A method that was run with other settings than those disclosed is material the defence may ask about: what made
//! somebody change them, and what came out before.

use orochi_case::audit::Entry;
use orochi_model::problem::Problem;
use serde_json::{Map, Value};

use super::redaction::{Redaction, shown};
use crate::exchange::{cell::safe, marked::Marked};
use crate::whole::WholeFolder;

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
    runs: &[Run],
    training: bool,
    redaction: Option<&Redaction>,
    folder: &WholeFolder,
) -> Result<(), Problem> {
    let head = ["entry", "time", "who", "method", "version", "asked", "settings"];
    let mut csv = Marked::begin(folder.file("runs.csv")?, training, head)?;
    for run in runs {
        let asked = shown(redaction, &Value::Object(run.asked.clone()).to_string());
        let settings = Value::Object(run.settings.clone()).to_string();
        csv.row([&*run.entry.to_string(), &run.time, &run.who, &run.method, &run.version, &safe(&asked), &settings])?;
    }
    csv.finish()
}
