//! Sections `[[line]]` and `[lookalikes]`: whose doings the scenario tells.

use serde::Deserialize;

/// One `[[line]]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {}

/// `[lookalikes]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookalikes {}
