//! Opening a case from the command line: the way out is marked before anything is printed, and
//! what is looked at is logged.

use std::path::Path;

use orochi_case::{Action, Case, Engine, EngineOptions};
use orochi_model::problem::Problem;
use serde_json::Value;

use crate::ui::Ui;

/// Opens a case; from now on output is marked if it is a training case.
pub fn open(ui: &Ui, path: &Path) -> Result<Case, Problem> {
    let case = Case::open(path)?;
    ui.mark(case.about().training);
    Ok(case)
}

/// Notes in the log that data is looked at. Done before the data is shown, so that no look goes unnoted.
pub fn consult(case: &Case, command: &str, detail: Value) -> Result<(), Problem> {
    case.log(Action::Consult, command, detail)
}

/// An engine that gives stored rows in their order: with one thread files are read one after the other,
/// each from its first row.
pub fn engine_in_order(case: &Case) -> Result<Engine, Problem> {
    Engine::open(case, &EngineOptions { threads: 1, ..EngineOptions::default() })
}

/// An engine on all of the machine's threads.
pub fn engine(case: &Case) -> Result<Engine, Problem> {
    Engine::open(case, &EngineOptions::default())
}
