//! What a person enters for a run: settings of every method, a fitted model of co-location, and event anchors.

use std::path::Path;

use orochi_analysis::attribution::{self, Anchor};
use orochi_colocation::Model;
use orochi_model::problem::Problem;

use crate::SettingsBook;

/// What a case is asked with.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Settings of every method.
    pub book: SettingsBook,
    /// The model of co-location.
    pub model: Model,
    /// Event anchors: where a number's person is known to have been. They count for attribution when it is asked for
    /// by itself, not for what rests on it.
    pub anchors: Vec<Anchor>,
}

impl Inputs {
    /// These settings, the shipped model, no anchors.
    ///
    /// # Errors
    /// Bug kind when the shipped model does not read.
    pub fn new(book: SettingsBook) -> Result<Self, Problem> {
        Ok(Self { book, model: model(None)?, anchors: Vec::new() })
    }

    /// The same with the model of a file; the shipped one where there is none.
    ///
    /// # Errors
    /// As [`model`].
    pub fn with_model(self, path: Option<&Path>) -> Result<Self, Problem> {
        Ok(Self { model: model(path)?, ..self })
    }

    /// The same with the anchors of a file; none where there is none.
    ///
    /// # Errors
    /// As [`anchors`].
    pub fn with_anchors(self, path: Option<&Path>) -> Result<Self, Problem> {
        Ok(Self { anchors: path.map(anchors).transpose()?.unwrap_or_default(), ..self })
    }
}

/// The shipped model, or one from a file.
///
/// # Errors
/// User kind when the file cannot be read or is no model.
pub fn model(path: Option<&Path>) -> Result<Model, Problem> {
    let Some(path) = path else {
        return Model::shipped().map_err(|error| Problem::bug("the shipped model cannot be read").because(error));
    };
    let json = std::fs::read(path).map_err(|error| Problem::io("read the model", path, &error))?;
    Model::read(&json).map_err(|error| {
        Problem::user("the model cannot be used")
            .at(path.display())
            .because(error)
            .hint("make one with orochi colocation --registrations FILE --fit MODEL")
    })
}

/// Event anchors from a file (CSV: number, from, to, latitude, longitude, custody, source).
///
/// # Errors
/// User kind when the file cannot be read, with the row that cannot be.
pub fn anchors(path: &Path) -> Result<Vec<Anchor>, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::io("read the event anchors", path, &error))?;
    attribution::anchors(&text).map_err(|problem| match problem.place.clone() {
        Some(row) => problem.at(format!("{}, {row}", path.display())),
        None => problem.at(path.display()),
    })
}
