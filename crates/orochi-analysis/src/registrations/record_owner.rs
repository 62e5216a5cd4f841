//! Whose record each record with a cell is, for all of them: four bytes a record, so that whoever asks for some
//! numbers' rows need not read the others' again.
//!
//! Numbers get a place in whatever order threads meet them: nothing that is reported may rest on it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{PoisonError, RwLock};

use arrow::array::{Array, new_null_array};
use orochi_case::{Block, blocks::text_type};
use orochi_model::problem::Problem;
use rayon::prelude::*;

use crate::facts::owner;
use crate::tables::{dictionary, words};

/// The record states its first cell, and its last.
const BEGINS: u32 = 1 << 31;
const ENDS: u32 = 1 << 30;
/// Neither, or no number.
const NOBODY: u32 = ENDS - 1;
/// A text of a block that is not asked for, and one that is.
const UNUSED: u32 = u32::MAX;
const WANTED: u32 = u32::MAX - 1;

type NumberIds = HashMap<Box<str>, u32, foldhash::fast::RandomState>;

/// Own numbers of all records.
#[derive(Debug, Default)]
pub(super) struct OwnerIndex {
    ids: NumberIds,
    names: Vec<Box<str>>,
    blocks: Vec<Vec<u32>>,
}

/// What all records of a number come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RegistrationCounts {
    /// First and last cells, as the view `presences` has rows.
    pub registrations: u64,
    /// Of them first cells.
    pub begins: u64,
}

impl OwnerIndex {
    /// Reads the blocks.
    pub fn from_blocks(blocks: &[Block]) -> Result<Self, Problem> {
        let ids = RwLock::new(NumberIds::default());
        let blocks = blocks.par_iter().map(|block| owner_marks(block, &ids)).collect::<Result<_, _>>()?;
        let ids = ids.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut names = vec![Box::default(); ids.len()];
        ids.iter().for_each(|(name, id)| names[*id as usize] = name.clone());
        Ok(Self { ids, names, blocks })
    }

    /// All numbers, each at its place.
    pub fn names(&self) -> &[Box<str>] {
        &self.names
    }

    /// The place of a number.
    pub fn find(&self, number: &str) -> Option<usize> {
        self.ids.get(number).map(|id| *id as usize)
    }

    /// The place of the number whose record each one of a block is, where it states its first cell.
    pub fn owners_with_start_cell(&self, block: usize) -> impl ExactSizeIterator<Item = Option<usize>> + '_ {
        let of = |mark: &u32| (mark & BEGINS != 0 && mark & NOBODY != NOBODY).then_some((mark & NOBODY) as usize);
        self.blocks[block].iter().map(of)
    }

    /// What each number's records come to.
    pub fn registration_counts(&self) -> Vec<RegistrationCounts> {
        let none = || vec![RegistrationCounts::default(); self.names.len()];
        let count = |mut all: Vec<RegistrationCounts>, marks: &Vec<u32>| {
            for mark in marks {
                if let Some(one) = all.get_mut((mark & NOBODY) as usize) {
                    one.begins += u64::from(mark & BEGINS != 0);
                    one.registrations += u64::from(mark & BEGINS != 0) + u64::from(mark & ENDS != 0);
                }
            }
            all
        };
        let add = |mut all: Vec<RegistrationCounts>, more: Vec<RegistrationCounts>| {
            for (one, more) in all.iter_mut().zip(more) {
                one.begins += more.begins;
                one.registrations += more.registrations;
            }
            all
        };
        let each = self.blocks.len().div_ceil(rayon::current_num_threads()).max(1);
        self.blocks.par_chunks(each).map(|blocks| blocks.iter().fold(none(), count)).reduce(none, add)
    }

    /// Ranges of the rows of a block that are those of wanted numbers (by their places).
    pub fn row_ranges(&self, block: usize, wanted: &[bool]) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (row, mark) in self.blocks[block].iter().enumerate() {
            if wanted.get((mark & NOBODY) as usize).copied().unwrap_or(false) {
                match ranges.last_mut() {
                    Some(last) if last.end == row => last.end += 1,
                    _ => ranges.push(row..row + 1),
                }
            }
        }
        ranges
    }
}

/// The marks of a block's records.
fn owner_marks(block: &Block, ids: &RwLock<NumberIds>) -> Result<Vec<u32>, Problem> {
    let columns = ["side", "target", "a", "b", "c", "start_cell", "end_cell"];
    let stated: Vec<&str> = columns.into_iter().filter(|name| !block.is_blank(name)).collect();
    let batch = block.read(&stated, None)?;
    // Most files state neither a third party nor a target, and many no last cell.
    let blank = new_null_array(&text_type(), block.rows());
    let blank = blank.as_any().downcast_ref().ok_or_else(|| Problem::bug("a blank column is not a dictionary"))?;
    let of = |name: &str| if stated.contains(&name) { dictionary(&batch, name) } else { Ok(blank) };
    let (side, first, last) = (of("side")?, of("start_cell")?, of("end_cell")?);
    let [target, a, b, c] = owner::COLUMNS;
    let columns = [of(target)?, of(a)?, of(b)?, of(c)?];
    let sides = words(side)?;
    let which: Vec<usize> = (0..sides.len()).map(|key| owner::owner_column(sides.value(key))).collect();
    let number = |row: usize| -> Option<(usize, usize)> {
        let column = side.key(row).map_or(0, |key| which[key]);
        Some((column, columns[column].key(row)?))
    };
    let cells = |row: usize| u32::from(first.is_valid(row)) * BEGINS + u32::from(last.is_valid(row)) * ENDS;
    // Each text of the block is looked up once, and only if it is somebody's own.
    let mut known: Vec<Vec<u32>> = columns.iter().map(|column| vec![UNUSED; column.values().len()]).collect();
    for row in 0..block.rows() {
        if let Some((column, key)) = number(row).filter(|_| cells(row) != 0) {
            known[column][key] = WANTED;
        }
    }
    for (known, column) in known.iter_mut().zip(columns) {
        let texts = words(column)?;
        let mut missing = Vec::new();
        {
            let ids = ids.read().unwrap_or_else(PoisonError::into_inner);
            for (key, known) in known.iter_mut().enumerate().filter(|(_, known)| **known == WANTED) {
                match ids.get(texts.value(key)) {
                    Some(id) => *known = *id,
                    None => missing.push(key),
                }
            }
        }
        if !missing.is_empty() {
            let mut ids = ids.write().unwrap_or_else(PoisonError::into_inner);
            for key in missing {
                let next = u32::try_from(ids.len()).unwrap_or(NOBODY).min(NOBODY - 1);
                known[key] = *ids.entry(texts.value(key).into()).or_insert(next);
            }
        }
    }
    let mark = |row: usize| match (number(row), cells(row)) {
        (Some((column, key)), cells) if cells != 0 => known[column][key] | cells,
        (_, cells) => NOBODY | cells,
    };
    Ok((0..block.rows()).map(mark).collect())
}
