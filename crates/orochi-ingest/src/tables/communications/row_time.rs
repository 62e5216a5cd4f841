//! When the event of a row began and ended.

use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;
use orochi_model::time::{self, Instant};

use super::super::{Columns, Fault, Moments, is_blank};
use super::row_form::raw_text;
use crate::survey::Survey;

/// The start of a row, with its two texts.
pub(super) struct RowStart<'r> {
    pub date: &'r str,
    pub time: &'r str,
    /// The field of the date.
    pub field: Field,
    pub at: Instant,
}

impl RowStart<'_> {
    /// Writes the start as the operator wrote it.
    #[inline]
    pub(super) fn show(&self, text: &mut String, mapping: &Mapping, columns: &Columns, cells: &[&str]) {
        text.clear();
        let raw = raw_text(mapping, cells, Field::Start);
        if !raw.is_empty() {
            text.push_str(raw);
            return;
        }
        text.push_str(columns.shown(self.field, cells, self.date));
        if !self.time.is_empty() {
            text.push(' ');
            text.push_str(columns.shown(Field::StartTime, cells, self.time));
        }
    }
}

/// What reads the end of a row.
pub(super) struct RowEnding<'e> {
    pub reader: &'e mut Moments,
    pub survey: &'e mut Survey,
    pub columns: &'e Columns,
}

impl RowEnding<'_> {
    /// The end, microseconds UTC: as stated, or the start and the length.
    ///
    /// # Errors
    /// When the end's text is no time.
    #[inline]
    pub(super) fn read(self, row: Row<'_>, start: &RowStart<'_>, duration: Option<i32>) -> Result<Option<i64>, Fault> {
        let start_us = start.at.utc_us;
        let by_length = || duration.map(|seconds| start_us + i64::from(seconds) * 1_000_000);
        let (date, time) = self.reader.texts(self.columns, row.cells);
        // An end of day without a date is the start's day, or the day after.
        let dayless = date.is_empty() && !is_blank(time) && !start.time.is_empty();
        let date = if dayless { start.date } else { date };
        if is_blank(date) {
            return Ok(by_length());
        }
        match self.reader.read(row.number, date, time) {
            Ok(end) => {
                // In the repeated hour the end that is not before the start is the one.
                let end_us = end.alternative_us.filter(|_| end.utc_us < start_us).unwrap_or(end.utc_us);
                let next_day = dayless && end_us < start_us;
                if end_us < start_us && !next_day {
                    self.survey.count("the end is before the start", row.number);
                }
                Ok(Some(if next_day { end_us + 86_400_000_000 } else { end_us }))
            }
            // Where programs begin to count: no end is stated.
            Err(_) if time::is_absent(date) => Ok(by_length()),
            Err(error) => {
                let text = format!("{date} {time}").trim().to_owned();
                Err(Fault { field: Some(self.reader.field(self.columns, row.cells)), text, reason: error.0 })
            }
        }
    }
}
