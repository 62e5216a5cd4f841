//! Cells of a workbook into text, and into rows.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
    ops::ControlFlow,
};

use calamine::{DataType, Dimensions};

use crate::grid::Grid;

/// Columns that a sheet has at the most.
const COLUMNS: u32 = 16_384;

/// Longest text of a merged cell that is repeated in each of its rows, in bytes.
const REPEATED: usize = 1024;

/// Columns within which that is done: it makes rows wider that end before them.
const NEAR: u32 = 256;

/// Puts cells into rows and rows into grids.
pub(super) struct Filler<'e> {
    grid: Grid,
    size: usize,
    row: Option<u32>,
    width: u32,
    each: &'e mut dyn FnMut(Grid) -> ControlFlow<()>,
    /// Last row of the cells that are merged over several, by their first.
    merged: HashMap<(u32, u32), u32>,
    /// By column, what such a cell says and to which row.
    standing: BTreeMap<u32, (u32, String)>,
}

impl<'e> Filler<'e> {
    /// Grids of about `size` bytes go to `each`; `merged` are ranges that are one cell over several rows.
    pub fn new(size: usize, merged: &[Dimensions], each: &'e mut dyn FnMut(Grid) -> ControlFlow<()>) -> Self {
        let near = merged.iter().filter(|range| range.start.1 < NEAR);
        let merged = near.map(|range| (range.start, range.end.0)).collect();
        Self { grid: Grid::default(), size, row: None, width: 0, each, merged, standing: BTreeMap::new() }
    }

    /// Puts a cell, rows and columns counted from 0; breaks off when `each` does.
    ///
    /// # Errors
    /// When cells come out of order, or stand where no sheet has any.
    pub fn add(&mut self, row: u32, column: u32, value: &impl DataType) -> Result<ControlFlow<()>, calamine::Error> {
        if value.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if self.row != Some(row) {
            if self.row.is_some_and(|last| row < last) {
                return Err(calamine::Error::Msg("its rows are out of order"));
            }
            self.end_row();
            if self.grid.weight() >= self.size && (self.each)(std::mem::take(&mut self.grid)).is_break() {
                self.row = None;
                return Ok(ControlFlow::Break(()));
            }
            self.row = Some(row);
        }
        if column < self.width {
            return Err(calamine::Error::Msg("its cells are out of order"));
        }
        if column >= COLUMNS {
            return Err(calamine::Error::Msg("a cell is to the right of the last column that a sheet can have"));
        }
        while self.width < column {
            self.fill(row);
        }
        let from = self.grid.text().len();
        write_cell(value, self.grid.text());
        if !self.merged.is_empty()
            && let Some(last) = self.merged.get(&(row, column))
        {
            let text = &self.grid.text()[from..];
            // A page of text beside a table is none of its values.
            let text = if text.len() <= REPEATED { text.to_owned() } else { String::new() };
            self.standing.insert(column, (*last, text));
        }
        self.end_cell();
        Ok(ControlFlow::Continue(()))
    }

    fn end_cell(&mut self) {
        self.grid.end_cell();
        self.width += 1;
    }

    /// Ends a cell that the row does not hold: empty, or what a cell above says that is merged with it.
    fn fill(&mut self, row: u32) {
        if let Some((last, text)) = self.standing.get(&self.width)
            && row <= *last
        {
            self.grid.text().push_str(text);
        }
        self.end_cell();
    }

    fn end_row(&mut self) {
        if let Some(row) = self.row.take() {
            if !self.standing.is_empty() {
                self.standing.retain(|_, (last, _)| *last >= row);
                while self.standing.range(self.width..).next().is_some() {
                    self.fill(row);
                }
            }
            self.grid.end_row(u64::from(row) + 1);
            self.width = 0;
        }
    }

    /// Hands out what is left.
    pub fn end(&mut self) {
        self.end_row();
        if !self.grid.is_empty() {
            let _ = (self.each)(std::mem::take(&mut self.grid));
        }
    }
}

fn write_cell(value: &impl DataType, out: &mut String) {
    if let Some(text) = value.get_string() {
        out.push_str(text);
    } else if let Some(number) = value.get_float() {
        write_number(number, out);
    } else if let Some(number) = value.get_int() {
        let _ = write!(out, "{number}");
    } else if let Some(flag) = value.get_bool() {
        out.push_str(if flag { "TRUE" } else { "FALSE" });
    } else if let Some(time) = value.get_datetime() {
        if time.is_duration() || (0.0..1.0).contains(&time.as_f64()) {
            write_seconds(time.as_f64() * 86_400.0, out);
        } else {
            let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
            let _ = write!(out, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
            if milli > 0 {
                let _ = write!(out, ".{milli:03}");
            }
        }
    } else if let Some(text) = value.get_datetime_iso() {
        let text = text.replacen('T', " ", 1);
        out.push_str(&text);
        if text.len() == 10 {
            out.push_str(" 00:00:00");
        }
    } else if let Some(text) = value.get_duration_iso() {
        match iso_seconds(text) {
            Some(seconds) => write_seconds(seconds, out),
            None => out.push_str(text),
        }
    } else if let Some(error) = value.get_error() {
        let _ = write!(out, "{error}");
    }
}

/// Whole numbers below 10¹⁵ are exact; fractions to the 15 digits that a spreadsheet keeps. Of 16 digits a spreadsheet
/// makes the last a zero: where another digit stands, another program wrote the number, and wrote it whole.
pub(crate) fn write_number(number: f64, out: &mut String) {
    /// Beyond it two whole numbers are one in a workbook.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let size = number.abs();
    let whole = size < EXACT && number.fract() == 0.0 && size % 10.0 != 0.0;
    let _ = if size >= 1e15 && !whole {
        let text = format!("{number:.14E}");
        let (digits, power) = text.split_once('E').unwrap_or((&text, "0"));
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        write!(out, "{digits}E+{power}")
    } else if number.fract() == 0.0 {
        write!(out, "{}", number as i64)
    } else {
        let rounded = format!("{number:.14e}").parse().unwrap_or(number);
        write!(out, "{rounded}")
    };
}

/// `HH:MM:SS`, hours beyond 24 where there are; fractions of a second to the millisecond where there are.
fn write_seconds(seconds: f64, out: &mut String) {
    let millis = (seconds * 1000.0).round() as i64;
    if millis < 0 {
        out.push('-');
    }
    let (seconds, millis) = (millis.unsigned_abs() / 1000, millis.unsigned_abs() % 1000);
    let _ = write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if millis > 0 {
        let _ = write!(out, ".{millis:03}");
    }
}

/// Seconds of `PT08H15M22.5S`, as OpenDocument writes times of day.
fn iso_seconds(text: &str) -> Option<f64> {
    let rest = text.strip_prefix("PT")?;
    let mut total = 0.0;
    let mut from = 0;
    for (at, unit) in rest.match_indices(['H', 'M', 'S']) {
        let value: f64 = rest[from..at].parse().ok()?;
        total += value
            * if unit == "H" {
                3600.0
            } else if unit == "M" {
                60.0
            } else {
                1.0
            };
        from = at + 1;
    }
    (from == rest.len() && from > 0 && total.is_finite()).then_some(total)
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, Data, ExcelDateTime, ExcelDateTimeType};
    use proptest::prelude::*;

    use super::*;

    fn shown(value: Data) -> String {
        let mut out = String::new();
        write_cell(&value, &mut out);
        out
    }

    #[test]
    fn mangled_looking_numbers_come_out_whole() {
        assert_eq!(shown(Data::Float(4.47731E+11)), "447731000000");
        assert_eq!(shown(Data::Float(447_700_900_123.0)), "447700900123");
        assert_eq!(shown(Data::Float(350_000_000_000_006.0)), "350000000000006", "15 digits are exact");
        assert_eq!(shown(Data::Float(-0.0)), "0");
        assert_eq!(shown(Data::Float(0.1 + 0.2)), "0.3");
        assert_eq!(shown(Data::Float(651_409.804)), "651409.804");
    }

    #[test]
    fn numbers_a_workbook_cannot_hold_stay_unreadable_as_identifiers() {
        assert_eq!(shown(Data::Float(3_500_000_000_000_060.0)), "3.50000000000006E+15");
        assert_eq!(shown(Data::Float(8.944_100_000_000_001E18)), "8.9441E+18");
        assert_eq!(
            shown(Data::Float(3_534_567_890_123_481.0)),
            "3534567890123481",
            "16 digits that no spreadsheet cut"
        );
        assert_eq!(
            shown(Data::Float(9_534_567_890_123_481.0)),
            "9.53456789012348E+15",
            "more than a workbook can hold"
        );
    }

    #[test]
    fn dates_times_and_durations() {
        let time = |value, kind| shown(Data::DateTime(ExcelDateTime::new(value, kind, false)));
        assert_eq!(time(45_536.344_004_629_63, ExcelDateTimeType::DateTime), "2024-09-01 08:15:22");
        assert_eq!(time(45536.0, ExcelDateTimeType::DateTime), "2024-09-01 00:00:00");
        assert_eq!(time(0.344004629629, ExcelDateTimeType::DateTime), "08:15:22", "a time of day has no date");
        assert_eq!(time(1.5, ExcelDateTimeType::TimeDelta), "36:00:00");
        assert_eq!(shown(Data::DateTimeIso("2024-09-01T08:15:22".into())), "2024-09-01 08:15:22");
        assert_eq!(shown(Data::DateTimeIso("2024-09-01".into())), "2024-09-01 00:00:00");
        assert_eq!(shown(Data::DurationIso("PT08H15M22S".into())), "08:15:22");
    }

    #[test]
    fn flags_and_errors_are_text() {
        assert_eq!(shown(Data::Bool(true)), "TRUE");
        assert_eq!(shown(Data::Error(CellErrorType::NA)), "#N/A");
    }

    #[test]
    fn gaps_keep_the_numbers_a_spreadsheet_shows() {
        let mut rows = Vec::new();
        let mut each = |grid: Grid| {
            grid.each_row(|row| rows.push((row.number, row.cells.join("|"))));
            ControlFlow::Continue(())
        };
        let mut filler = Filler::new(1, &[], &mut each);
        for (row, column, text) in [(2, 1, "a"), (2, 3, "b"), (7, 0, "c")] {
            assert!(filler.add(row, column, &Data::String(text.into())).expect("in order").is_continue());
        }
        assert!(filler.add(3, 0, &Data::Int(1)).is_err(), "rows out of order");
        filler.end();
        assert_eq!(rows, [(3, "|a||b".to_owned()), (8, "c".to_owned())]);
    }

    #[test]
    fn a_cell_merged_over_rows_counts_in_each() {
        let mut rows = Vec::new();
        let mut each = |grid: Grid| {
            grid.each_row(|row| rows.push(row.cells.join("|")));
            ControlFlow::Continue(())
        };
        let range = |start, end| Dimensions { start, end };
        let merged = [range((0, 0), (2, 0)), range((0, 3), (1, 4))];
        let mut filler = Filler::new(1, &merged, &mut each);
        for (row, column, text) in [(0, 0, "a"), (0, 1, "b"), (0, 3, "c"), (1, 1, "d"), (2, 1, "e"), (3, 1, "f")] {
            assert!(filler.add(row, column, &Data::String(text.into())).expect("in order").is_continue());
        }
        filler.end();
        assert_eq!(rows, ["a|b||c", "a|d||c", "a|e", "|f"]);
    }

    proptest! {
        #[test]
        fn seconds_of_a_day_survive_the_way_through_a_serial_number(day in 36526_i64..54789, second in 0_i64..86_400) {
            let serial = day as f64 + second as f64 / 86_400.0;
            let text = shown(Data::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false)));
            let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
            prop_assert!(text.ends_with(&clock) && text.len() == 19, "{} {}", text, clock);
        }

        #[test]
        fn whole_numbers_are_exact_to_15_digits(number in -999_999_999_999_999_i64..=999_999_999_999_999) {
            prop_assert_eq!(shown(Data::Float(number as f64)), number.to_string());
        }

        #[test]
        fn any_number_is_written(bits in any::<u64>()) {
            let _ = shown(Data::Float(f64::from_bits(bits)));
            let _ = shown(Data::DateTime(ExcelDateTime::new(f64::from_bits(bits), ExcelDateTimeType::DateTime, false)));
            let _ = shown(Data::DateTime(ExcelDateTime::new(f64::from_bits(bits), ExcelDateTimeType::TimeDelta, true)));
        }
    }
}
