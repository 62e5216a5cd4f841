//! Cell lists: where cells are, and from when to when.

use orochi_model::{
    absence::{is_absent, reserved_area},
    cell::radio_of,
    quantity::{Comma, read_number},
    text::plain,
    time::Clock,
};

use super::cell_rows::{CellRow, CellRows};
use super::place::Placed;
use super::rejects::Rejects;
use super::site::Texts;
use super::{Columns, Fault, is_blank, is_note, surplus};
use crate::rows::{BlockTables, TableReader, Verdict};
use crate::survey::Positions;
use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// Reads one block.
pub struct Cells<'a> {
    mapping: &'a Mapping,
    columns: Columns,
    dates: [Clock; 2],
    rows: CellRows,
    positions: Positions,
    rejects: Rejects,
}

impl<'a> Cells<'a> {
    /// A reader.
    pub fn new(mapping: &'a Mapping) -> Self {
        Self {
            mapping,
            columns: Columns::new(mapping),
            dates: [mapping.clock(Field::From), mapping.clock(Field::To)],
            rows: CellRows::default(),
            positions: Positions::default(),
            rejects: Rejects::default(),
        }
    }

    fn take(&mut self, row: Row<'_>) -> Result<(), Fault> {
        let columns = &self.columns;
        let get = |field: Field| columns.get(field, row.cells);
        let network = match get(Field::Network) {
            "" => self.mapping.network.as_deref().unwrap_or(""),
            text => text,
        };
        let texts = Texts::from_cells(columns, row.cells, false, network);
        if !texts.names_a_cell() {
            // The second identity (a full cell identity beside area and cell) stands in where the first is blank.
            return Err(Fault::new(Field::StartCell, texts.cell, "the row names no cell"));
        }
        let cell =
            texts.canonical(self.mapping).map_err(|reason| Fault::new(Field::StartCell, &texts.shown(), reason))?;
        let mut placed = Placed::read(&texts.stated, self.mapping.grid_in_order);
        if placed.easting.is_some() {
            self.positions.take(placed.swapped, row.number);
        }
        for doubt in oddities(&texts) {
            placed.doubt = Some(placed.doubt.map_or(doubt.clone(), |before| format!("{before}; {doubt}")));
        }
        let valid = (
            moment(&mut self.dates[0], row.number, get(Field::From), Field::From)?,
            moment(&mut self.dates[1], row.number, get(Field::To), Field::To)?,
        );
        let range = get(Field::Range);
        self.rows.push(&CellRow {
            row: row.number,
            sheet: self.mapping.sheet.as_deref(),
            origin: "list",
            cell: &cell,
            cell_text: &texts.shown(),
            network,
            radio: texts.radio,
            site: texts.site,
            address: texts.address,
            placed: &placed,
            range: read_number(range, Comma::Thousands)
                .filter(|range| (0.0..1e7).contains(range))
                .map(|range| range as i32),
            valid,
            seen: None,
        });
        Ok(())
    }
}

/// What is odd about a row of a list that names a cell all the same: a reader should look
/// before resting anything on it.
fn oddities(texts: &Texts<'_>) -> Vec<String> {
    let mut odd = Vec::new();
    if !is_blank(texts.radio) && radio_of(texts.radio).is_none() {
        odd.push(format!("the radio technology \u{201c}{}\u{201d} is not known", texts.radio));
    }
    let area = plain(texts.area);
    if is_absent(area) && !is_blank(area) || area.parse().is_ok_and(reserved_area) {
        odd.push(format!("the area {area} means that no area is stated"));
    }
    let stated = &texts.stated;
    let nowhere = |text: &str| read_number(text, Comma::Decimals).is_some_and(|value| value == 0.0 || value == -1.0);
    let pairs = [(stated.latitude, stated.longitude), (stated.easting, stated.northing)];
    if pairs.into_iter().any(|(one, two)| nowhere(one) && nowhere(two)) {
        odd.push("the position is zeros, which means that none is stated".to_owned());
    }
    odd
}

/// A date, a date and time, or seconds since 1970; none when blank.
pub(crate) fn moment(clock: &mut Clock, row: u64, text: &str, field: Field) -> Result<Option<i64>, Fault> {
    if is_absent(text) {
        return Ok(None);
    }
    if text.len() == 9
        && text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(seconds) = text.parse::<i64>()
    {
        return Ok(Some(seconds * 1_000_000));
    }
    match clock.at(row).read_date(text) {
        Ok(instant) => Ok(Some(instant.utc_us)),
        // Where programs begin to count, or `9999-12-31`: no date is stated.
        Err(_) if orochi_model::time::is_absent(text) => Ok(None),
        Err(error) => Err(Fault::new(field, text, error.0)),
    }
}

impl TableReader for Cells<'_> {
    fn read(&mut self, row: Row<'_>) -> Verdict {
        if is_note(row, self.mapping) {
            return Verdict::Note;
        }
        match surplus(row, self.mapping).and_then(|()| self.take(row)) {
            Ok(()) => Verdict::Record,
            Err(fault) => self.rejects.take(row, self.mapping, &fault),
        }
    }

    fn finish(&mut self) -> Result<BlockTables, arrow::error::ArrowError> {
        let mut block = BlockTables::default();
        block.survey.positions = std::mem::take(&mut self.positions);
        for (field, clock) in [Field::From, Field::To].into_iter().zip(&mut self.dates) {
            block.survey.dates.insert(field, clock.take_seen());
        }
        if let Some(batch) = self.rows.finish()? {
            block.tables.push(("cells", batch));
        }
        self.rejects.finish(&mut block)?;
        Ok(block)
    }
}
