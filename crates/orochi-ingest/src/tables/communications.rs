//! Calls, texts and data sessions: one row as disclosed into one record.
//!
//! What may surprise: a row belongs to the disclosure's target (its preamble or a column states it); only where a file
//! states none is it judged by whose side it is from, and failing that by every identifier on it. A return for a wrong
//! number is therefore excess data even when the authorised number happens to be on the row. Cells whose notation has
//! no reading are kept as `TEXT/…` rather than rejected: a Wi-Fi access point's address stands in the same column, and
//! the call is still evidence.

use orochi_model::{absence::is_absent, authority::Scope, imei::read_imei, imsi::read_imsi, time};
use xxhash_rust::xxh3::xxh3_64;

use super::cells_met::{CellsMet, End, Sighting};
use super::memo::{Device, Name, Words};
use super::quantities::Quantities;
use super::records::{Records, Value};
use super::rejects::Rejects;
use super::{Columns, Fault, Moments, Parties, is_blank, surplus};
use crate::rows::{BlockTables, TableReader, Verdict};
use crate::survey::Survey;
use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::furniture::{is_other_heading, is_section};
use orochi_layout::mapping::{Mapping, TargetLine};
use orochi_layout::target::stated;
use orochi_layout::words::{Sense, sense};

/// Reads one block.
pub struct Communications<'a> {
    mapping: &'a Mapping,
    scope: &'a Scope,
    columns: Columns,
    start: Moments,
    end: Moments,
    a: Parties,
    b: Parties,
    c: Parties,
    target: Parties,
    types: Words<'a>,
    directions: Words<'a>,
    imsi: Device<'a>,
    imei: Device<'a>,
    other_imei: Device<'a>,
    quantities: Quantities,
    network: Name,
    apn: Name,
    cells: CellsMet<'a>,
    records: Records,
    excess: Records,
    rejects: Rejects,
    keys: Vec<u64>,
    buffer: Vec<u8>,
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
            a: Parties::new(),
            b: Parties::new(),
            c: Parties::new(),
            target: Parties::new(),
            types: Words::new(&mapping.types),
            directions: Words::new(&mapping.directions),
            imsi: Device::new(mapping),
            imei: Device::new(mapping),
            other_imei: Device::new(mapping),
            quantities: Quantities::new(mapping),
            network: Name::default(),
            apn: Name::default(),
            cells,
            records: Records::default(),
            excess: Records::default(),
            rejects: Rejects::default(),
            keys: Vec::new(),
            buffer: Vec::with_capacity(256),
            start_text: String::new(),
            survey: Survey::default(),
        }
    }

    fn take<'r>(&mut self, row: Row<'r>) -> Result<Verdict, Fault> {
        let (mapping, columns, cells) = (self.mapping, &self.columns, row.cells);
        let get = |field: Field| columns.get(field, cells);

        let (date, time) = self.start.texts(columns, cells);
        if date.is_empty() {
            return Err(Fault::new(self.start.field(columns, cells), time, "the row has no start"));
        }
        // A workbook's date cell reads as midnight: where the time beside it is gone, that would be made up.
        if time.is_empty() && columns.has(Field::StartTime) && get(Field::Start).is_empty() {
            return Err(Fault::new(Field::StartTime, "", "the row has a date and no time of day"));
        }
        let start = self.start.read(row.number, date, time).map_err(|error| {
            let text = if time.is_empty() { date.to_owned() } else { format!("{date} {time}") };
            Fault { field: Some(self.start.field(columns, cells)), text, reason: error.0 }
        })?;

        // What kind of event, from whose side.
        let relative = columns.has(Field::Other);
        let (by_type, by_direction) =
            (self.types.sense(get(Field::Type)), self.directions.sense(get(Field::Direction)));
        if relative && by_type.side.is_some() && by_direction.side.is_some() && by_type.side != by_direction.side {
            let text = [get(Field::Type), get(Field::Direction)].join(" ");
            return Err(Fault::new(Field::Direction, &text, "type and direction contradict each other"));
        }
        let said = mapping.constant.or(by_type).or(by_direction);
        let ended = get(Field::Outcome);
        let said = if ended.is_empty() { said } else { said.or(Sense { side: None, kind: None, ..sense(ended) }) };

        // Who.
        let (up, down) = (get(Field::Up), get(Field::Down));
        let volumes = !is_blank(up) || !is_blank(down);
        let mut side = said.side;
        let (a_field, b_field) = match (relative, side) {
            (false, _) => (Field::A, Field::B),
            (true, Some("A")) => (Field::Own, Field::Other),
            (true, Some(_)) => (Field::Other, Field::Own),
            (true, None) if said.kind == Some("data") || volumes => {
                side = Some("A");
                (Field::Own, Field::Other)
            }
            (true, None) => {
                let text = [get(Field::Direction), get(Field::Type)].join(" ");
                let field = if columns.has(Field::Direction) { Field::Direction } else { Field::Type };
                return Err(Fault::new(field, text.trim(), "does not say whether the event was incoming or outgoing"));
            }
        };
        let fault = |field: Field, text: &str| {
            let text = text.to_owned();
            move |error: orochi_model::party::Unreadable| Fault { field: Some(field), text, reason: error.0 }
        };
        let target_text = get(Field::Target);
        let target: &str = if target_text.is_empty() {
            mapping.target_at(row.number).unwrap_or("")
        } else {
            self.target.read_target(target_text, mapping).map_err(fault(Field::Target, target_text))?
        };
        let (a_text, b_text, c_text) = (get(a_field), get(b_field), get(Field::C));
        let (a_plain, a_mark) = split_mark(a_text);
        let (b_plain, b_mark) = split_mark(b_text);
        let forwarded = a_mark == Some('F') || b_mark == Some('F');
        let mut a = self.a.read(a_plain, mapping).map_err(fault(a_field, a_text))?;
        let mut b = self.b.read(b_plain, mapping).map_err(fault(b_field, b_text))?;
        let c = self.c.read(c_text, mapping).map_err(fault(Field::C, c_text))?;
        let own_is_target = target.starts_with('+');
        if relative && !columns.has(Field::Own) && own_is_target {
            if side == Some("A") { a = target } else { b = target }
        }

        // How long, how much.
        let duration = self.quantities.seconds(Field::Duration, get(Field::Duration))?;
        let ring = self.quantities.seconds(Field::Ring, get(Field::Ring))?;
        let up_kb = self.quantities.kilobytes(Field::Up, up, mapping.up_unit)?;
        let down_kb = self.quantities.kilobytes(Field::Down, down, mapping.down_unit)?;

        let kind = match said.kind {
            Some(kind) => kind,
            None if b.is_empty() && c.is_empty() && (up_kb.unwrap_or(0) + down_kb.unwrap_or(0) > 0) => "data",
            None if duration.is_some_and(|seconds| seconds > 0) => "call",
            // A type that says only the direction (`MO`, `OUT`).
            None if (get(Field::Type).is_empty() || said.side.is_some()) && duration.is_some() => "call",
            None => "other",
        };

        // Whose record: the target beats what the type says.
        if !target.is_empty() && !relative {
            if target == a && target != b {
                side = Some("A");
            } else if target == b && target != a {
                side = Some("B");
            } else if target == c {
                side = Some("C");
            }
        }
        // Then the party whose data the rows of the file are, then the party that an authority names.
        if side.is_none() && !relative {
            side = one_of(a, b, |party| mapping.owners.contains(party))
                .or_else(|| one_of(a, b, |party| self.scope.names(party)));
        }
        let (a_imei, b_imei) = (get(Field::AImei), get(Field::BImei));
        if side.is_none() {
            side = match (is_absent(a_imei), is_absent(b_imei)) {
                (false, _) => Some("A"),
                (true, false) => Some("B"),
                _ if kind == "data" => Some("A"),
                _ => None,
            };
        }
        if kind == "data" && a.is_empty() && own_is_target && side == Some("A") {
            a = target;
        }
        let called = side == Some("B");

        // Devices of that side.
        let pick = |one: Field, first: Field, second: Field| {
            let text = get(one);
            if text.is_empty() {
                (if called { second } else { first }, get(if called { second } else { first }))
            } else {
                (one, text)
            }
        };
        let (imsi_field, imsi_text) = pick(Field::Imsi, Field::AImsi, Field::BImsi);
        let imsi = self.imsi.read(imsi_text, imsi_field, read_imsi);
        let (imei_field, imei_text) = pick(Field::Imei, Field::AImei, Field::BImei);
        let imei = self.imei.read(imei_text, imei_field, |text, out| read_imei(text, out).map(|_| ()));
        let (other_field, other_text) = if called { (Field::AImei, a_imei) } else { (Field::BImei, b_imei) };
        let other_imei = self.other_imei.read(other_text, other_field, |text, out| read_imei(text, out).map(|_| ()));

        if a.is_empty() && b.is_empty() && c.is_empty() && imsi.is_empty() && imei.is_empty() && target.is_empty() {
            return Err(Fault::row("the row names no party, SIM or handset"));
        }
        let sim = if imsi.is_empty() { imei } else { imsi };
        if side.is_none() && !relative && !sim.is_empty() {
            self.survey.sims.take(sim, a, b);
        }

        // When it ended.
        let (end_date, end_time) = self.end.texts(columns, cells);
        // An end of day without a date is the start's day, or the day after.
        let dayless = end_date.is_empty() && !is_blank(end_time) && !time.is_empty();
        let (end_date, end_time) = if dayless { (date, end_time) } else { (end_date, end_time) };
        let end = if is_blank(end_date) {
            duration.map(|seconds| start.utc_us + i64::from(seconds) * 1_000_000)
        } else {
            match self.end.read(row.number, end_date, end_time) {
                Ok(end) => {
                    // In the repeated hour the end that is not before the start is the one.
                    let end_us = end.alternative_us.filter(|_| end.utc_us < start.utc_us).unwrap_or(end.utc_us);
                    let next_day = dayless && end_us < start.utc_us;
                    if end_us < start.utc_us && !next_day {
                        self.survey.count("the end is before the start", row.number);
                    }
                    Some(if next_day { end_us + 86_400_000_000 } else { end_us })
                }
                // Where programs begin to count: no end is stated.
                Err(_) if time::is_absent(end_date) => {
                    duration.map(|seconds| start.utc_us + i64::from(seconds) * 1_000_000)
                }
                Err(error) => {
                    let text = format!("{end_date} {end_time}").trim().to_owned();
                    return Err(Fault { field: Some(self.end.field(columns, cells)), text, reason: error.0 });
                }
            }
        };

        // Where no column gives a call's length, its ends do.
        let duration = duration.or_else(|| self.columns.length_of(kind, start.utc_us, end));

        let outcome = if kind == "call" {
            if is_voicemail(c) || is_voicemail(b) {
                Some("voicemail")
            } else {
                said.outcome.filter(|outcome| *outcome != "answered" || duration != Some(0)).or(
                    if !c.is_empty() || forwarded {
                        Some("diverted")
                    } else {
                        match duration {
                            Some(0) => Some("missed"),
                            Some(_) => Some("answered"),
                            None => None,
                        }
                    },
                )
            }
        } else {
            said.outcome
        };

        let own_target = if target.is_empty() && relative { if called { b } else { a } } else { target };
        let verdict = if self.scope.training {
            Ok(None)
        } else if !own_target.is_empty() {
            self.scope.judge([own_target], start.utc_us)
        } else {
            match side {
                Some("A") => self.scope.judge([a, imsi, imei], start.utc_us),
                Some("B") => self.scope.judge([b, imsi, imei], start.utc_us),
                Some(_) => self.scope.judge([c, imsi, imei], start.utc_us),
                None => self.scope.judge([a, b, c, imsi, imei], start.utc_us),
            }
        };

        // An excess row leaves nothing behind but itself: its cells are not met.
        let met = verdict.is_ok();
        let network = match self.network.read(get(Field::Network)) {
            "" => mapping.network.as_deref().unwrap_or(""),
            text => text,
        };
        // Both before either is met: a row that is refused leaves no cell behind.
        let start_named = self.cells.look_up(columns, cells, End::Start { called }, network)?;
        let end_named = self.cells.look_up(columns, cells, End::End, network)?;
        let sighting = Sighting { row: row.number, start_us: start.utc_us, within_scope: met };
        let start_cell = self.cells.meet(start_named, &sighting);
        let end_cell = self.cells.meet(end_named, &sighting);
        let (start_cell, end_cell) = (self.cells.text(start_cell), self.cells.text(end_cell));

        self.start_text.clear();
        let shown = mapping.raw.get(&Field::Start).and_then(|column| cells.get(*column)).map_or("", |cell| cell.trim());
        if shown.is_empty() {
            let day = self.start.field(columns, cells);
            self.start_text.push_str(columns.shown(day, cells, date));
            if !time.is_empty() {
                self.start_text.push(' ');
                self.start_text.push_str(columns.shown(Field::StartTime, cells, time));
            }
        } else {
            self.start_text.push_str(shown);
        }
        let evidence = |field: Field, text: &'r str| {
            let raw = mapping.raw.get(&field).and_then(|column| cells.get(*column)).map_or("", |cell| cell.trim());
            if raw.is_empty() { columns.shown(field, cells, text) } else { raw }
        };
        let value = Value {
            row: row.number,
            sheet: mapping.sheet.as_deref().unwrap_or(""),
            kind,
            side: side.unwrap_or(""),
            target: own_target,
            a,
            b,
            c,
            a_text: evidence(a_field, a_text),
            b_text: evidence(b_field, b_text),
            c_text: evidence(Field::C, c_text),
            start,
            end,
            start_text: &self.start_text,
            zone: &mapping.zone_name,
            duration,
            ring,
            outcome: outcome.unwrap_or(""),
            imsi,
            imei,
            imei_text: if imei.is_empty() { "" } else { evidence(imei_field, imei_text) },
            other_imei,
            start_cell,
            end_cell,
            apn: self.apn.read(get(Field::Apn)),
            up_kb,
            down_kb,
            network,
        };
        value.content(&mut self.buffer);
        let key = xxh3_64(&self.buffer);
        Ok(match verdict {
            Ok(_) => {
                self.records.push(&value, key);
                self.keys.push(key);
                Verdict::Record
            }
            Err(reason) => {
                self.excess.push(&value, key);
                self.excess.reason(reason.as_str());
                Verdict::Excess
            }
        })
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
        let mut block = BlockTables { survey, keys: std::mem::take(&mut self.keys), ..BlockTables::default() };
        if let Some(batch) = self.records.finish(false)? {
            block.tables.push(("records", batch));
        }
        if let Some(batch) = self.excess.finish(true)? {
            block.tables.push(("excess", batch));
        }
        self.rejects.finish(&mut block)?;
        for device in [&mut self.imsi, &mut self.imei, &mut self.other_imei] {
            device.hand_over(&mut block.doubts);
        }
        self.cells.hand_over(&mut block.doubts);
        block.cells_met = self.cells.finish()?;
        Ok(block)
    }
}

/// The side of the one party of which something holds; none when it holds of both or of neither.
fn one_of(a: &str, b: &str, holds: impl Fn(&str) -> bool) -> Option<&'static str> {
    match (!a.is_empty() && holds(a), !b.is_empty() && holds(b)) {
        (true, false) => Some("A"),
        (false, true) => Some("B"),
        _ => None,
    }
}

/// Numbers and short codes that lead to a mailbox: EE 222, O2 901, Vodafone 121, Three 123, BT 1571.
fn is_voicemail(canonical: &str) -> bool {
    !canonical.is_empty() && orochi_model::party::class_of(canonical) == orochi_model::party::PartyClass::Voicemail
}

/// AT&T marks a party `(D)` for dialled and `(F)` for forwarded digits.
fn split_mark(text: &str) -> (&str, Option<char>) {
    match text.strip_suffix("(D)") {
        Some(plain) => (plain.trim_end(), Some('D')),
        None => match text.strip_suffix("(F)") {
            Some(plain) => (plain.trim_end(), Some('F')),
            None => (text, None),
        },
    }
}
