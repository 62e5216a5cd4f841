//! A case that is asked with methods from the command line.

use std::path::Path;

use orochi_case::{Case, Engine};
use orochi_casework::{Inputs, Investigation, registry};
use orochi_model::{method::Method, problem::Problem};
use serde_json::{Map, Value};

use crate::{case_session, progress::Steps, ui::Ui};

/// A case that is open, with what it is asked with; the look is noted in its log.
pub struct Consultation {
    case: Case,
    engine: Engine,
    inputs: Inputs,
}

impl Consultation {
    /// Opens the case and notes that data is looked at with a method: what was `asked` beside it (an object), its
    /// version and settings, and those of all that it rests on. Noted before anything is shown, so that no look goes
    /// unnoted.
    ///
    /// # Errors
    /// When the case cannot be opened, or the look not noted.
    pub fn open(ui: &Ui, path: &Path, method: Method, inputs: Inputs, asked: Value) -> Result<Self, Problem> {
        let case = case_session::open(ui, path)?;
        let mut detail = Map::new();
        detail.insert("method".to_owned(), method.name.into());
        detail.insert("version".to_owned(), method.version.into());
        if let Value::Object(asked) = asked {
            detail.extend(asked);
        }
        detail.insert("settings".to_owned(), inputs.book.values(method.name).into());
        detail.insert("rests_on".to_owned(), inputs.book.noted(registry::rests_on(method.name)).into());
        case_session::consult(&case, method.name, detail.into())?;
        let engine = case_session::engine(&case)?;
        Ok(Self { case, engine, inputs })
    }

    /// Its methods; `steps` shows what is worked out.
    pub fn investigation<'a>(&'a self, steps: &'a Steps<'_>) -> Investigation<'a> {
        Investigation::new(&self.case, &self.engine, self.inputs.clone(), steps)
    }
}
