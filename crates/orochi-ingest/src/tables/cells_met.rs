//! The distinct cells met in communications rows.

use std::collections::{BTreeMap, HashMap};

use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use xxhash_rust::xxh3::xxh3_64;

use super::cell_rows::{CellRow, CellRows};
use super::doubts::{Doubt, Doubts};
use super::place::Placed;
use super::site::{LETTERS, Texts, has_sites, misplaced};
use super::{Columns, Fault, is_blank};
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// Which cell of a row.
#[derive(Clone, Copy)]
pub(crate) enum End {
    /// The first, or the one of the party whose record it is.
    Start {
        /// Whether the record is the called party's.
        called: bool,
    },
    /// The last.
    End,
}

/// A cell that a row names.
pub(crate) struct Named {
    field: Field,
    known: Result<usize, Doubt>,
}

/// A row that meets cells.
pub(crate) struct Sighting {
    pub(crate) row: u64,
    /// Microseconds UTC.
    pub(crate) start_us: i64,
    /// Whether an authority covers the row: excess data leaves no cell behind.
    pub(crate) within_scope: bool,
}

struct Met {
    cell: String,
    row: CellRowOwned,
    // None until a row within the scope met it: excess rows leave no cell behind.
    seen: Option<(u64, i64, i64)>,
}

struct CellRowOwned {
    text: String,
    network: String,
    radio: String,
    site: String,
    address: String,
    placed: Placed,
}

/// The distinct cells met in a block, in order of first meeting.
pub(crate) struct CellsMet<'a> {
    mapping: &'a Mapping,
    any: bool,
    any_end: bool,
    by_place: bool,
    has_sites: bool,
    // A cell that could not be read is known too.
    known: HashMap<u64, Result<usize, Doubt>>,
    doubts: Doubts,
    met: Vec<Met>,
    buffer: Vec<u8>,
}

impl<'a> CellsMet<'a> {
    pub(crate) fn new(mapping: &'a Mapping, columns: &Columns) -> Self {
        let any = [Field::StartCell, Field::StartNode, Field::ACell, Field::BCell].iter().any(|f| mapping.has(*f));
        let any_end = mapping.has(Field::EndCell) || mapping.has(Field::EndNode);
        // A file that names no cell at all may still name the site, or say where it is.
        let by_place = !any && !any_end;
        let (any, any_end) = (any || by_place, any_end || by_place);
        Self {
            mapping,
            any,
            any_end,
            by_place,
            has_sites: (any || any_end) && has_sites(columns),
            known: HashMap::new(),
            doubts: Doubts::default(),
            met: Vec::new(),
            buffer: Vec::with_capacity(256),
        }
    }

    /// Looks at the cell of one end of a row: what a row tells of a site is understood once a block.
    ///
    /// # Errors
    /// Where the row's cells stand under the wrong headings (see [`misplaced`]).
    pub(crate) fn look_up(
        &mut self,
        columns: &Columns,
        cells: &[&str],
        end: End,
        network: &str,
    ) -> Result<Option<Named>, Fault> {
        let (is_end, called) = match end {
            End::Start { called } => (false, called),
            End::End => (true, false),
        };
        let silent = if is_end { !self.any_end } else { !self.any };
        if silent && !self.has_sites {
            return Ok(None);
        }
        let mut texts = Texts::from_cells(columns, cells, is_end, network);
        let mut field = if is_end { Field::EndCell } else { Field::StartCell };
        if !is_end && texts.cell.is_empty() {
            let side = if called { Field::BCell } else { Field::ACell };
            let text = columns.get(side, cells);
            if !text.is_empty() {
                (texts.cell, field) = (text, side);
            }
        }
        if silent || !(texts.names_a_cell() || (self.by_place && texts.place().is_some())) {
            misplaced(&texts)?;
            return Ok(None);
        }
        self.buffer.clear();
        texts.content(&mut self.buffer);
        let hash = xxh3_64(&self.buffer);
        let known = match self.known.get(&hash) {
            Some(known) => *known,
            None => {
                // What was known before was looked at when it was new.
                misplaced(&texts)?;
                let known = self.understand(&texts);
                self.known.insert(hash, known);
                known
            }
        };
        Ok(Some(Named { field, known }))
    }

    /// Meets a cell that a row names; none when it cannot be read, which is counted.
    pub(crate) fn meet(&mut self, named: Option<Named>, sighting: &Sighting) -> Option<usize> {
        let Named { field, known } = named?;
        let index = match known {
            Ok(index) => index,
            Err(doubt) => {
                self.doubts.count(field, doubt);
                return None;
            }
        };
        if sighting.within_scope {
            let at = sighting.start_us;
            let seen = self.met[index].seen.get_or_insert((sighting.row, at, at));
            seen.0 = seen.0.min(sighting.row);
            seen.1 = seen.1.min(at);
            seen.2 = seen.2.max(at);
        }
        Some(index)
    }

    /// Takes a cell that was not met before in.
    fn understand(&mut self, texts: &Texts<'_>) -> Result<usize, Doubt> {
        let cell = texts
            .canonical(self.mapping)
            .map_err(|reason| if reason == LETTERS { Doubt::Letters } else { Doubt::Cell })?;
        let stated = |text: &str| if is_blank(text) { String::new() } else { text.to_owned() };
        let row = CellRowOwned {
            text: texts.shown(),
            network: texts.network.to_owned(),
            radio: stated(texts.radio),
            site: stated(texts.site),
            address: stated(texts.address),
            placed: Placed::read(&texts.stated, self.mapping.grid_in_order),
        };
        self.met.push(Met { cell, row, seen: None });
        Ok(self.met.len() - 1)
    }

    /// Hands over how many rows name a cell that could not be read.
    pub(crate) fn hand_over(&mut self, out: &mut BTreeMap<String, u64>) {
        self.doubts.hand_over(self.mapping, out);
    }

    /// The canonical cell of a meeting.
    pub(crate) fn text(&self, index: Option<usize>) -> &str {
        index.map_or("", |index| &self.met[index].cell)
    }

    pub(crate) fn finish(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let mut rows = CellRows::default();
        self.known.clear();
        for met in std::mem::take(&mut self.met) {
            let Some((row, first, last)) = met.seen else { continue };
            rows.push(&CellRow {
                row,
                sheet: self.mapping.sheet.as_deref(),
                origin: "record",
                cell: &met.cell,
                cell_text: &met.row.text,
                network: &met.row.network,
                radio: &met.row.radio,
                site: &met.row.site,
                address: &met.row.address,
                placed: &met.row.placed,
                range: None,
                valid: (None, None),
                seen: Some((first, last)),
            });
        }
        rows.finish()
    }
}
