//! What a person enters beside settings: a fitted model of co-location, and event anchors.

use std::path::Path;

use orochi_analysis::attribution::{self, Anchor};
use orochi_colocation::Model;
use orochi_model::problem::Problem;

/// The shipped model, or one from a file.
///
/// # Errors
/// User kind when the file cannot be read or is no model.
pub fn model(path: Option<&Path>) -> Result<Model, Problem> {
    let Some(path) = path else {
        return Model::shipped().map_err(|error| Problem::bug("the shipped model does not read").because(error));
    };
    let json = std::fs::read(path).map_err(|error| Problem::io("read the model", path, &error))?;
    Model::read(&json).map_err(|error| {
        Problem::user("the model cannot be used")
            .at(path.display())
            .because(error)
            .hint("make one with orochi colocate --registrations FILE --fit MODEL")
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
