//! Kinds of damage: what happens to a table on its way from an operator's system to the reader, each with what an
//! honest reader may make of it. Unless a damage says otherwise on the draft, nothing may change.

mod clocks;
mod columns;
mod containers;
mod devices;
mod furniture;
mod parties;
mod places;
mod preambles;
mod spreadsheets;
mod texts;

use super::{draft::Draft, draw::Draw, layouts::spec::Spec};

/// When a damage is done: values before columns, columns before lines, lines before the file's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Rows,
    Values,
    Columns,
    Lines,
    Form,
    Packing,
}

/// One kind of damage.
pub struct Damage {
    /// Its name.
    pub name: &'static str,
    /// What it is, in one line.
    pub words: &'static str,
    /// When it is done.
    pub stage: Stage,
    /// Of one family only one is done to a file.
    pub family: &'static str,
    /// Does it; false when it does not apply to the draft.
    pub apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
}

/// A damage to values.
const fn value(
    name: &'static str,
    words: &'static str,
    family: &'static str,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage: Stage::Values, family, apply }
}

/// All kinds.
pub fn damages() -> Vec<&'static Damage> {
    [
        furniture::ALL,
        preambles::ALL,
        columns::ALL,
        parties::ALL,
        devices::ALL,
        places::ALL,
        clocks::ALL,
        spreadsheets::ALL,
        texts::ALL,
        containers::ALL,
    ]
    .into_iter()
    .flatten()
    .collect()
}
