//! The columns of `records` and `excess`.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int32Builder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder, UInt64Builder};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use orochi_model::time::Instant;
use orochi_tables::schema;

use super::some;

/// One record, canonical; an empty text is a null.
pub(crate) struct Value<'v> {
    pub(crate) row: u64,
    pub(crate) sheet: &'v str,
    pub(crate) kind: &'v str,
    pub(crate) side: &'v str,
    pub(crate) target: &'v str,
    pub(crate) a: &'v str,
    pub(crate) b: &'v str,
    pub(crate) c: &'v str,
    pub(crate) a_text: &'v str,
    pub(crate) b_text: &'v str,
    pub(crate) c_text: &'v str,
    pub(crate) start: Instant,
    pub(crate) end: Option<i64>,
    pub(crate) start_text: &'v str,
    pub(crate) zone: &'v str,
    pub(crate) duration: Option<i32>,
    pub(crate) ring: Option<i32>,
    pub(crate) outcome: &'v str,
    pub(crate) imsi: &'v str,
    pub(crate) imei: &'v str,
    pub(crate) imei_text: &'v str,
    pub(crate) other_imei: &'v str,
    pub(crate) start_cell: &'v str,
    pub(crate) end_cell: &'v str,
    pub(crate) apn: &'v str,
    pub(crate) up_kb: Option<i64>,
    pub(crate) down_kb: Option<i64>,
    pub(crate) network: &'v str,
}

impl Value<'_> {
    /// What the row says, as bytes to hash: canonical values, without its place in the file, the texts as disclosed and
    /// the target, so that the same record in two disclosures has one key.
    pub(crate) fn content(&self, out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(&self.start.utc_us.to_le_bytes());
        // An alternative start is a function of zone and text, so it is no content of its own.
        for number in [self.end, self.duration.map(i64::from), self.ring.map(i64::from), self.up_kb, self.down_kb] {
            out.extend_from_slice(&number.unwrap_or(i64::MIN).to_le_bytes());
        }
        let texts = [
            self.kind,
            self.side,
            self.a,
            self.b,
            self.c,
            self.outcome,
            self.imsi,
            self.imei,
            self.other_imei,
            self.start_cell,
            self.end_cell,
            self.apn,
        ];
        for text in texts {
            out.extend_from_slice(text.as_bytes());
            out.push(0x1f);
        }
    }
}

/// Builders for one block.
#[derive(Default)]
pub(crate) struct Records {
    row: UInt64Builder,
    texts: [StringBuilder; TEXTS],
    start: TimestampMicrosecondBuilder,
    start_alt: TimestampMicrosecondBuilder,
    end: TimestampMicrosecondBuilder,
    duration: Int32Builder,
    ring: Int32Builder,
    up: Int64Builder,
    down: Int64Builder,
    network: StringBuilder,
    key: UInt64Builder,
    reason: StringBuilder,
}

const TEXTS: usize = 20;

impl Records {
    /// Appends one record.
    pub(crate) fn push(&mut self, value: &Value<'_>, key: u64) {
        self.row.append_value(value.row);
        let texts = [
            value.sheet,
            value.kind,
            value.side,
            value.target,
            value.a,
            value.b,
            value.c,
            value.a_text,
            value.b_text,
            value.c_text,
            value.start_text,
            value.zone,
            value.outcome,
            value.imsi,
            value.imei,
            value.imei_text,
            value.other_imei,
            value.start_cell,
            value.end_cell,
            value.apn,
        ];
        for (builder, text) in self.texts.iter_mut().zip(texts) {
            builder.append_option(some(text));
        }
        self.start.append_value(value.start.utc_us);
        self.start_alt.append_option(value.start.alternative_us);
        self.end.append_option(value.end);
        self.duration.append_option(value.duration);
        self.ring.append_option(value.ring);
        self.up.append_option(value.up_kb);
        self.down.append_option(value.down_kb);
        self.key.append_value(key);
        self.network.append_option(some(value.network));
    }

    /// Says why the record just appended is excess.
    pub(crate) fn reason(&mut self, reason: &str) {
        self.reason.append_value(reason);
    }

    /// The batch; none when there is no row.
    pub(crate) fn finish(&mut self, excess: bool) -> Result<Option<RecordBatch>, ArrowError> {
        let row = self.row.finish();
        let mut texts = self.texts.each_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef).into_iter();
        let mut text = || texts.next().unwrap_or_else(|| Arc::new(StringBuilder::new().finish()));
        let stamp =
            |builder: &mut TimestampMicrosecondBuilder| -> ArrayRef { Arc::new(builder.finish().with_timezone("UTC")) };
        let (sheet, kind, side, target) = (text(), text(), text(), text());
        let (a, b, c, a_text, b_text, c_text) = (text(), text(), text(), text(), text(), text());
        let (start_text, zone, outcome, imsi, imei, imei_text) = (text(), text(), text(), text(), text(), text());
        let (other_imei, start_cell, end_cell, apn) = (text(), text(), text(), text());
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(row),
            sheet,
            kind,
            side,
            target,
            a,
            b,
            c,
            a_text,
            b_text,
            c_text,
            stamp(&mut self.start),
            stamp(&mut self.start_alt),
            stamp(&mut self.end),
            start_text,
            zone,
            Arc::new(self.duration.finish()),
            Arc::new(self.ring.finish()),
            outcome,
            imsi,
            imei,
            imei_text,
            other_imei,
            start_cell,
            end_cell,
            apn,
            Arc::new(self.up.finish()),
            Arc::new(self.down.finish()),
            Arc::new(self.network.finish()),
            Arc::new(self.key.finish()),
        ];
        if columns[0].is_empty() {
            return Ok(None);
        }
        let schema = if excess {
            columns.push(Arc::new(self.reason.finish()));
            schema::excess()
        } else {
            schema::records()
        };
        RecordBatch::try_new(schema, columns).map(Some)
    }
}
