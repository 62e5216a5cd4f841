//! Top-ups: money put on a pre-paid number.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Builder, StringBuilder, TimestampMicrosecondBuilder, UInt64Builder};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use orochi_model::{
    authority::Scope,
    quantity::{Comma, read_number},
    time::Clock,
};
use orochi_tables::schema;

use super::cells::moment;
use super::extra_columns::extra;
use super::ids::Ids;
use super::quarantine::Quarantine;
use super::rejects::Rejects;
use super::{Columns, Fault, Moments, is_blank, is_note, some, surplus};
use crate::rows::{BlockTables, TableReader, Verdict};
use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// Reads one block.
pub struct Topups<'a> {
    mapping: &'a Mapping,
    columns: Columns,
    dates: Clock,
    at: Moments,
    ids: Ids,
    row: UInt64Builder,
    sheet: StringBuilder,
    texts: [StringBuilder; 5],
    moment: TimestampMicrosecondBuilder,
    amount: Int64Builder,
    extra: StringBuilder,
    quarantine: Quarantine<'a>,
    rejects: Rejects,
}

impl<'a> Topups<'a> {
    /// A reader.
    pub fn new(mapping: &'a Mapping, scope: &'a Scope) -> Self {
        Self {
            mapping,
            columns: Columns::new(mapping),
            dates: mapping.clock(if mapping.has(Field::Start) { Field::Start } else { Field::StartDate }),
            at: Moments::new(mapping, Field::Start, Field::StartDate, Field::StartTime),
            ids: Ids::default(),
            row: UInt64Builder::default(),
            sheet: StringBuilder::default(),
            texts: Default::default(),
            moment: TimestampMicrosecondBuilder::default(),
            amount: Int64Builder::default(),
            extra: StringBuilder::default(),
            quarantine: Quarantine::new(scope),
            rejects: Rejects::default(),
        }
    }

    fn take(&mut self, row: Row<'_>) -> Result<Verdict, Fault> {
        let columns = &self.columns;
        let get = |field: Field| columns.get(field, row.cells);
        let number = self.ids.party(get(Field::Number), Field::Number, self.mapping)?;
        if number.is_empty() {
            return Err(Fault::new(Field::Number, get(Field::Number), "the row names no number"));
        }
        let (date, time) = self.at.texts(columns, row.cells);
        let field = self.at.field(columns, row.cells);
        if date.is_empty() {
            return Err(Fault::new(field, "", "the row has no time"));
        }
        // The rest of the row was cut off, or its time is gone: midnight would be made up.
        if time.is_empty() && columns.get(Field::Start, row.cells).is_empty() && columns.has(Field::StartTime) {
            return Err(Fault::new(Field::StartTime, "", "the row has a date and no time of day"));
        }
        let text = if time.is_empty() { date.to_owned() } else { format!("{date} {time}") };
        let at = if time.is_empty() {
            moment(&mut self.dates, row.number, date, field)?.ok_or_else(|| {
                Fault::new(field, date, "no date is stated: this is the value from which a program counts")
            })?
        } else {
            self.at.read(row.number, date, time).map_err(|error| Fault::new(field, &text, error.0))?.utc_us
        };
        let amount = get(Field::Amount);
        let pence = if is_blank(amount) {
            None
        } else {
            Some(pence(amount).ok_or_else(|| Fault::new(Field::Amount, amount, "is not a sum of money"))?)
        };
        let texts = [&number, &text, get(Field::Method), get(Field::Place), get(Field::Postcode)];
        for (builder, text) in self.texts.iter_mut().zip(texts) {
            builder.append_option(some(text));
        }
        self.moment.append_value(at);
        self.amount.append_option(pence);
        self.row.append_value(row.number);
        self.sheet.append_option(self.mapping.sheet.as_deref());
        self.extra.append_option(extra(row, self.mapping));
        Ok(self.quarantine.judge(&[&number], Some(at), Some(at)))
    }
}

impl TableReader for Topups<'_> {
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
        self.at.hand_over(&mut block.survey);
        self.at.add(self.dates.take_seen(), &mut block.survey);
        let row = self.row.finish();
        let any = !row.is_empty();
        let sheet = self.sheet.finish();
        let [number, at_text, method, place, postcode] =
            self.texts.each_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(row),
            Arc::new(sheet),
            number,
            Arc::new(self.moment.finish().with_timezone("UTC")),
            at_text,
            Arc::new(self.amount.finish()),
            method,
            place,
            postcode,
            Arc::new(self.extra.finish()),
            self.quarantine.finish(),
        ];
        if any {
            block.tables.push(("topups", RecordBatch::try_new(schema::topups(), columns)?));
        }
        self.rejects.finish(&mut block)?;
        Ok(block)
    }
}

/// Pence of a sum in pounds: `10`, `£10.00`, `10.00 GBP`, `1,000.50`, or in pence when it says so: `1000p`.
fn pence(text: &str) -> Option<i64> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{a3}' | '\u{20ac}'));
    let in_pence = text.ends_with(['p', 'P']) && !text.ends_with("GBP");
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let number = text.trim_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '\u{a3}');
    let sum = read_number(number, Comma::Thousands).filter(|sum| (0.0..1e12).contains(sum))?;
    let pence = if in_pence { sum.floor() } else { (sum * 10_000.0).round() / 100.0 }.floor() as i64;
    Some(if negative { -pence } else { pence })
}

#[cfg(test)]
mod tests {
    #[test]
    fn sums_of_money() {
        for (text, pence) in [
            ("10", 1000),
            ("£10.00", 1000),
            ("1,000.50", 100_050),
            ("500p", 500),
            ("-5", -500),
            ("10.00 GBP", 1000),
            ("7.5", 750),
        ] {
            assert_eq!(super::pence(text), Some(pence), "{text}");
        }
        assert_eq!(super::pence("ten"), None);
    }
}
