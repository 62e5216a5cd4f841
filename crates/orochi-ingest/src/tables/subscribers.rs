//! Subscriber returns: who an account is registered to.

use std::sync::Arc;

use arrow::array::{ArrayRef, StringBuilder, TimestampMicrosecondBuilder, UInt64Builder};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use orochi_geo::postcode::read_postcode;
use orochi_model::{authority::Scope, time::Clock};
use orochi_tables::schema;

use super::cells::moment;
use super::extra_columns::extra;
use super::ids::Ids;
use super::quarantine::Quarantine;
use super::rejects::Rejects;
use super::{Columns, Fault, is_blank, is_note, some, surplus};
use crate::rows::{BlockTables, TableReader, Verdict};
use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// Reads one block.
pub struct Subscribers<'a> {
    mapping: &'a Mapping,
    columns: Columns,
    dates: [Clock; 2],
    ids: Ids,
    row: UInt64Builder,
    sheet: StringBuilder,
    texts: [StringBuilder; 10],
    from: TimestampMicrosecondBuilder,
    to: TimestampMicrosecondBuilder,
    extra: StringBuilder,
    quarantine: Quarantine<'a>,
    rejects: Rejects,
}

impl<'a> Subscribers<'a> {
    /// A reader.
    pub fn new(mapping: &'a Mapping, scope: &'a Scope) -> Self {
        Self {
            mapping,
            columns: Columns::new(mapping),
            dates: [mapping.clock(Field::From), mapping.clock(Field::To)],
            ids: Ids::default(),
            row: UInt64Builder::default(),
            sheet: StringBuilder::default(),
            texts: Default::default(),
            from: TimestampMicrosecondBuilder::default(),
            to: TimestampMicrosecondBuilder::default(),
            extra: StringBuilder::default(),
            quarantine: Quarantine::new(scope),
            rejects: Rejects::default(),
        }
    }

    fn take(&mut self, row: Row<'_>) -> Result<Verdict, Fault> {
        let columns = &self.columns;
        let get = |field: Field| columns.get(field, row.cells);
        let number = self.ids.party(get(Field::Number), Field::Number, self.mapping)?;
        let imsi = self.ids.imsi(get(Field::Imsi))?;
        let iccid = self.ids.iccid(get(Field::Iccid))?;
        let imei = self.ids.imei(get(Field::Imei))?;
        if number.is_empty() && imsi.is_empty() && iccid.is_empty() && is_blank(get(Field::Name)) {
            return Err(Fault::row("the row names no number, SIM or subscriber"));
        }
        let from = moment(&mut self.dates[0], row.number, get(Field::From), Field::From)?;
        let to = moment(&mut self.dates[1], row.number, get(Field::To), Field::To)?;
        let network = match get(Field::Network) {
            "" => self.mapping.network.as_deref().unwrap_or(""),
            text => text,
        };
        let postcode = match get(Field::Postcode) {
            "" => postcode_of(get(Field::Address)),
            text => text.to_owned(),
        };
        let texts = [
            &number,
            &imsi,
            &iccid,
            &imei,
            get(Field::Name),
            get(Field::Born),
            get(Field::Address),
            &postcode,
            get(Field::AccountType),
            network,
        ];
        for (builder, text) in self.texts.iter_mut().zip(texts) {
            builder.append_option(some(text));
        }
        self.from.append_option(from);
        self.to.append_option(to);
        self.row.append_value(row.number);
        self.sheet.append_option(self.mapping.sheet.as_deref());
        self.extra.append_option(extra(row, self.mapping));
        Ok(self.quarantine.judge(&[&number, &imsi, &iccid, &imei], from, to))
    }
}

/// The postcode with which an address ends; empty for none.
fn postcode_of(address: &str) -> String {
    let mut words = address.split([' ', ',', '\n', '\r', '\t']).filter(|word| !word.is_empty()).rev();
    let (last, before) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let mut found = String::new();
    if read_postcode(&format!("{before} {last}"), &mut found).is_err() {
        found.clear();
        let _ = read_postcode(last, &mut found);
    }
    found
}

impl TableReader for Subscribers<'_> {
    fn read(&mut self, row: Row<'_>) -> Verdict {
        if is_note(row, self.mapping) {
            return Verdict::Note;
        }
        match surplus(row, self.mapping).and_then(|()| self.take(row)) {
            Ok(verdict) => verdict,
            Err(fault) => self.rejects.take(row, self.mapping, &fault),
        }
    }

    fn finish(&mut self) -> Result<BlockTables, ArrowError> {
        let mut block = BlockTables::default();
        for (field, clock) in [Field::From, Field::To].into_iter().zip(&mut self.dates) {
            block.survey.dates.insert(field, clock.take_seen());
        }
        let row = self.row.finish();
        let any = !row.is_empty();
        let sheet = self.sheet.finish();
        let [number, imsi, iccid, imei, name, born, address, postcode, account_type, network] =
            self.texts.each_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(row),
            Arc::new(sheet),
            number,
            imsi,
            iccid,
            imei,
            name,
            born,
            address,
            postcode,
            account_type,
            network,
            Arc::new(self.from.finish().with_timezone("UTC")),
            Arc::new(self.to.finish().with_timezone("UTC")),
            Arc::new(self.extra.finish()),
            self.quarantine.finish(),
        ];
        if any {
            block.tables.push(("subscribers", RecordBatch::try_new(schema::subscribers(), columns)?));
        }
        self.rejects.finish(&mut block)?;
        Ok(block)
    }
}
