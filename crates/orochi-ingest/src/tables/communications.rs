//! Calls, texts and data sessions: one row as disclosed into one record.
//!
//! What may surprise: a row belongs to the disclosure's target (its preamble or a column states it); only where a file
//! states none is it judged by whose side it is from, and failing that by every identifier on it. A return for a wrong
//! number is therefore excess data even when the authorised number happens to be on the row. Cells whose notation has
//! no reading are kept as `TEXT/…` rather than rejected: a Wi-Fi access point's address stands in the same column, and
//! the call is still evidence.

mod row_devices;
mod row_form;
mod row_identifiers;
mod row_parties;
mod row_time;

use orochi_model::authority::{Excess, Scope};
use xxhash_rust::xxh3::xxh3_64;

use super::cells_met::{CellsMet, End, Sighting};
use super::memo::{Name, Words};
use super::quantities::Quantities;
use super::records::{Records, Value};
use super::rejects::Rejects;
use super::{Columns, Fault, Moments, surplus};
use crate::rows::{BlockTables, TableReader, Verdict};
use crate::survey::Survey;
use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::furniture::{is_other_heading, is_section};
use orochi_layout::mapping::{Mapping, TargetLine};
use orochi_layout::target::stated;
use orochi_layout::words::{Sense, sense};
use row_devices::{DeviceReaders, handset_side};
use row_form::{Amounts, RowForm, evidence_text};
use row_identifiers::RowIdentifiers;
use row_parties::PartyReaders;
use row_time::{RowEnding, RowStart};

/// Reads one block.
pub struct Communications<'a> {
    mapping: &'a Mapping,
    scope: &'a Scope,
    columns: Columns,
    start: Moments,
    end: Moments,
    parties: PartyReaders,
    types: Words<'a>,
    directions: Words<'a>,
    devices: DeviceReaders<'a>,
    quantities: Quantities,
    network: Name,
    apn: Name,
    cells: CellsMet<'a>,
    kept: KeptRows,
    rejects: Rejects,
    start_text: String,
    survey: Survey,
}

impl<'a> Communications<'a> {
    /// A reader.
    pub fn new(mapping: &'a Mapping, scope: &'a Scope) -> Self {
        let columns = Columns::new(mapping);
        let cells = CellsMet::new(mapping, &columns);
        Self {
            mapping,
            scope,
            columns,
            start: Moments::new(mapping, Field::Start, Field::StartDate, Field::StartTime),
            end: Moments::new(mapping, Field::End, Field::EndDate, Field::EndTime),
            parties: PartyReaders::new(),
            types: Words::new(&mapping.types),
            directions: Words::new(&mapping.directions),
            devices: DeviceReaders::new(mapping),
            quantities: Quantities::new(mapping),
            network: Name::default(),
            apn: Name::default(),
            cells,
            kept: KeptRows::default(),
            rejects: Rejects::default(),
            start_text: String::new(),
            survey: Survey::default(),
        }
    }

    fn take(&mut self, row: Row<'_>) -> Result<Verdict, Fault> {
        let (mapping, scope, cells) = (self.mapping, self.scope, row.cells);
        let start = self.row_start(row)?;
        let said = self.row_sense(cells)?;
        let form = RowForm::from_row(&self.columns, cells, said)?;
        let columns = &self.columns;
        let mut parties = self.parties.read(&form, columns, row, mapping)?;
        let amounts = Amounts::read(&form, &self.quantities, columns, cells, mapping)?;
        let kind = parties.kind(&form, &amounts, || columns.get(Field::Type, cells));
        let stated = parties.stated_side(&form, mapping, scope);
        let side = stated.or_else(|| handset_side(kind, columns, cells));
        parties.take_target(kind, side);
        let called = side == Some("B");
        let devices = self.devices.read(columns, cells, called);
        let sim = devices.sim();
        if parties.is_nobody() && sim.is_empty() {
            return Err(Fault::row("the row names no party, SIM or handset"));
        }
        if side.is_none() && !form.relative && !sim.is_empty() {
            self.survey.sims.take(sim, parties.a, parties.b);
        }
        let ending = RowEnding { reader: &mut self.end, survey: &mut self.survey, columns };
        let end = ending.read(row, &start, amounts.duration)?;
        // Where no column gives a call's length, its ends do.
        let duration = amounts.duration.or_else(|| columns.length_of(kind, start.at.utc_us, end));
        let target = parties.own_target(&form, called);
        let identifiers = RowIdentifiers { parties: &parties, devices: &devices, target, side };
        let verdict = identifiers.judge(scope, start.at.utc_us);
        let network = match self.network.read(columns.get(Field::Network, cells)) {
            "" => mapping.network.as_deref().unwrap_or(""),
            text => text,
        };
        // Both before either is met: a row that is refused leaves no cell behind.
        let start_named = self.cells.look_up(columns, cells, End::Start { called }, network)?;
        let end_named = self.cells.look_up(columns, cells, End::End, network)?;
        // An excess row leaves nothing behind but itself: its cells are not met.
        let sighting = Sighting { row: row.number, start_us: start.at.utc_us, within_scope: verdict.is_ok() };
        let start_cell = self.cells.meet(start_named, &sighting);
        let end_cell = self.cells.meet(end_named, &sighting);
        start.show(&mut self.start_text, mapping, columns, cells);
        let evidence = |field: Field, text| evidence_text(mapping, columns, cells, field, text);
        let value = Value {
            row: row.number,
            sheet: mapping.sheet.as_deref().unwrap_or(""),
            kind,
            side: side.unwrap_or(""),
            target,
            a: parties.a,
            b: parties.b,
            c: parties.c,
            a_text: evidence(form.a_field, parties.a_text),
            b_text: evidence(form.b_field, parties.b_text),
            c_text: evidence(Field::C, parties.c_text),
            start: start.at,
            end,
            start_text: &self.start_text,
            zone: &mapping.zone_name,
            duration,
            ring: amounts.ring,
            outcome: parties.outcome(kind, form.said, duration).unwrap_or(""),
            imsi: devices.imsi,
            imei: devices.imei,
            imei_text: if devices.imei.is_empty() { "" } else { evidence(devices.imei_field, devices.imei_text) },
            other_imei: devices.other_imei,
            start_cell: self.cells.text(start_cell),
            end_cell: self.cells.text(end_cell),
            apn: self.apn.read(columns.get(Field::Apn, cells)),
            up_kb: amounts.up_kb,
            down_kb: amounts.down_kb,
            network,
        };
        Ok(self.kept.take(&value, verdict))
    }

    fn row_start<'r>(&mut self, row: Row<'r>) -> Result<RowStart<'r>, Fault> {
        let (columns, cells) = (&self.columns, row.cells);
        let (date, time) = self.start.texts(columns, cells);
        let field = self.start.field(columns, cells);
        if date.is_empty() {
            return Err(Fault::new(field, time, "the row has no start"));
        }
        // A workbook's date cell reads as midnight: where the time beside it is gone, that would be made up.
        if time.is_empty() && columns.has(Field::StartTime) && columns.get(Field::Start, cells).is_empty() {
            return Err(Fault::new(Field::StartTime, "", "the row has a date and no time of day"));
        }
        let at = self.start.read(row.number, date, time).map_err(|error| {
            let text = if time.is_empty() { date.to_owned() } else { format!("{date} {time}") };
            Fault { field: Some(field), text, reason: error.0 }
        })?;
        Ok(RowStart { date, time, field, at })
    }

    /// What kind of event, from whose side.
    fn row_sense(&mut self, cells: &[&str]) -> Result<Sense, Fault> {
        let columns = &self.columns;
        let get = |field: Field| columns.get(field, cells);
        let (by_type, by_direction) =
            (self.types.sense(get(Field::Type)), self.directions.sense(get(Field::Direction)));
        if columns.has(Field::Other)
            && by_type.side.is_some()
            && by_direction.side.is_some()
            && by_type.side != by_direction.side
        {
            let text = [get(Field::Type), get(Field::Direction)].join(" ");
            return Err(Fault::new(Field::Direction, &text, "type and direction contradict each other"));
        }
        let said = self.mapping.constant.or(by_type).or(by_direction);
        let ended = get(Field::Outcome);
        Ok(if ended.is_empty() { said } else { said.or(Sense { side: None, kind: None, ..sense(ended) }) })
    }
}

/// Records, and excess rows apart from them.
#[derive(Default)]
struct KeptRows {
    records: Records,
    excess: Records,
    keys: Vec<u64>,
    buffer: Vec<u8>,
}

impl KeptRows {
    fn take(&mut self, value: &Value<'_>, verdict: Result<Option<usize>, Excess>) -> Verdict {
        value.content(&mut self.buffer);
        let key = xxh3_64(&self.buffer);
        match verdict {
            Ok(_) => {
                self.records.push(value, key);
                self.keys.push(key);
                Verdict::Record
            }
            Err(reason) => {
                self.excess.push(value, key);
                self.excess.reason(reason.as_str());
                Verdict::Excess
            }
        }
    }
}

impl Communications<'_> {
    // What a line that is no row says of the rows below it.
    fn note(&mut self, row: Row<'_>, verdict: Verdict) {
        if let (Verdict::Note, Some(target)) = (verdict, stated(row.cells, self.mapping.region)) {
            self.survey.targets.push(TargetLine { row: row.number, target });
        } else if verdict == Verdict::Note && self.mapping.constant.side.is_some() && is_section(row.cells) {
            // `INCOMING CALLS` above rows whose heading says that all are outgoing.
            self.survey.other_headings.count(row.number);
        } else if verdict == Verdict::Reject && is_other_heading(row.cells, &self.mapping.headings) {
            self.survey.other_headings.count(row.number);
        }
    }
}

impl TableReader for Communications<'_> {
    fn read(&mut self, row: Row<'_>) -> Verdict {
        match surplus(row, self.mapping).and_then(|()| self.take(row)) {
            Ok(verdict) => verdict,
            Err(fault) => {
                let verdict = self.rejects.take(row, self.mapping, &fault);
                self.note(row, verdict);
                verdict
            }
        }
    }

    fn finish(&mut self) -> Result<BlockTables, arrow::error::ArrowError> {
        let mut survey = std::mem::take(&mut self.survey);
        self.start.hand_over(&mut survey);
        self.end.hand_over(&mut survey);
        let mut block = BlockTables { survey, keys: std::mem::take(&mut self.kept.keys), ..BlockTables::default() };
        if let Some(batch) = self.kept.records.finish(false)? {
            block.tables.push(("records", batch));
        }
        if let Some(batch) = self.kept.excess.finish(true)? {
            block.tables.push(("excess", batch));
        }
        self.rejects.finish(&mut block)?;
        self.devices.hand_over(&mut block.doubts);
        self.cells.hand_over(&mut block.doubts);
        block.cells_met = self.cells.finish()?;
        Ok(block)
    }
}
