//! `authorities.csv`: several authorities at once, as a force's register exports them.
//!
//! The columns `reference`, `identifiers`, `from`, `to` in any order, others ignored; identifiers apart by `;`, `|` or
//! a comma within the cell. Lines of the same reference and period are one authority.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    path::Path,
};

use orochi_formats::native::Native;
use orochi_model::{authority::Authority, identifier, problem::Problem};

use crate::period;

/// Reads the file.
///
/// # Errors
/// User kind, with row and column, for a missing column or a value that cannot be read: nothing
/// is taken from such a file.
pub fn read(path: &Path) -> Result<Vec<Authority>, Problem> {
    let mut rows = rows(path)?.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let header = rows.next().map(|(_, cells)| cells).unwrap_or_default();
    let column = |names: &[&str]| {
        header.iter().position(|heading| names.contains(&heading.trim().to_lowercase().as_str())).ok_or_else(|| {
            Problem::user(format!("the list of authorities has no column “{}”", names[0]))
                .at(path.display())
                .hint("its first line must name the columns reference, identifiers, from, to")
        })
    };
    let reference = column(&["reference", "urn"])?;
    let identifiers = column(&["identifiers", "identifier", "number", "numbers"])?;
    let (from, to) = (column(&["from", "start"])?, column(&["to", "end"])?);
    let mut found: BTreeMap<(String, i64, i64), BTreeSet<String>> = BTreeMap::new();
    let mut order = Vec::new();
    for (number, cells) in rows {
        let cell = |column: usize| cells.get(column).map(|cell| cell.trim()).unwrap_or_default();
        let wrong = |column: usize, cause: String| {
            Problem::user("the list of authorities cannot be read")
                .at(format!("{} row {number}, column {}", path.display(), header[column].trim()))
                .because(cause)
                .hint("nothing was added; correct the row and run the command again")
        };
        let start = cell(from).parse::<period::From>().map_err(|cause| wrong(from, cause))?;
        let end = cell(to).parse::<period::To>().map_err(|cause| wrong(to, cause))?;
        let key = (cell(reference).to_owned(), start.0, end.0);
        if !found.contains_key(&key) {
            order.push(key.clone());
        }
        let set = found.entry(key).or_default();
        for text in cell(identifiers).split([';', '|', ',']).map(str::trim).filter(|text| !text.is_empty()) {
            set.insert(identifier::read(text).map_err(|cause| wrong(identifiers, cause))?);
        }
    }
    let authorities: Vec<_> = order
        .into_iter()
        .map(|key| {
            let identifiers = found.remove(&key).unwrap_or_default();
            let (reference, from_us, to_us) = key;
            Authority { reference, identifiers, from_us, to_us }
        })
        .collect();
    if authorities.is_empty() {
        return Err(Problem::user("the list of authorities is empty").at(path.display()));
    }
    Ok(authorities)
}

/// Every row of the first sheet that is shown, numbered.
fn rows(path: &Path) -> Result<Vec<(u64, Vec<String>)>, Problem> {
    /// A register of authorities is small; one block is all of it.
    const BLOCK: usize = 1 << 20;
    let mut rows = Vec::new();
    let mut native = Native::open(path).map_err(|problem| problem.at(path.display()))?;
    let first = native.glimpses().iter().position(|glimpse| glimpse.hidden.is_none()).unwrap_or(0);
    native.read(
        first,
        BLOCK,
        || Some(Vec::new()),
        |block| {
            block.each_row(|row| rows.push((row.number, row.cells.iter().map(|cell| (*cell).to_owned()).collect())));
            ControlFlow::Continue(())
        },
    )?;
    Ok(rows)
}
