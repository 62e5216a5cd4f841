//! What the dates of a column showed while they were read: whole numbers only, so that blocks add up to the
//! same in any order of work.

use super::form::Form;

/// How many rows are named.
pub const NAMED: usize = 5;

/// How many rows, and the numbers of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowSample {
    /// How many.
    pub count: u64,
    /// Numbers of the first; zero where there are fewer.
    pub first: [u64; NAMED],
}

impl RowSample {
    /// Counts a row.
    #[inline]
    pub fn count(&mut self, row: u64) {
        if self.count < NAMED as u64 {
            self.first[self.count as usize] = row;
        }
        self.count += 1;
    }

    /// Adds the rows of a later block.
    pub fn add(&mut self, later: &Self) {
        let held = self.count.min(NAMED as u64) as usize;
        for (slot, row) in self.first[held..].iter_mut().zip(later.first) {
            *slot = row;
        }
        self.count += later.count;
    }

    /// The first rows in words: `rows 17, 23 and 3 more`.
    pub fn named(&self) -> String {
        let shown = self.count.min(NAMED as u64) as usize;
        let rows: Vec<String> = self.first[..shown].iter().map(u64::to_string).collect();
        let more = self.count - shown as u64;
        let noun = if self.count == 1 { "row" } else { "rows" };
        if more == 0 {
            format!("{noun} {}", rows.join(", "))
        } else {
            format!("{noun} {} and {more} more", rows.join(", "))
        }
    }
}

/// The dates of one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormDates {
    /// Rows that were read.
    pub rows: RowSample,
    /// Days of the month, bit 1 for the 1st.
    pub days: u32,
    /// Months, bit 1 for January.
    pub months: u16,
    /// Earliest and latest civil time, microseconds since 1970 on the column's own clock. Both zero before the first.
    pub from_us: i64,
    /// See `from_us`.
    pub to_us: i64,
    /// Rows in which day and month are the same number: they read the same either way.
    pub same: u64,
    /// Rows that the column's order does not read and the other order would: the month is above 12 and the day is not.
    pub contrary: RowSample,
    /// The months of those rows in the other order, bit 1 for January.
    pub contrary_months: u32,
}

impl FormDates {
    /// Whether some day lies after the 12th: the order in which these were read is the only one.
    pub fn is_decisive(&self) -> bool {
        self.days >> 13 != 0
    }

    fn add(&mut self, later: &Self) {
        if later.rows.count > 0 {
            let begun = self.rows.count > 0;
            self.from_us = if begun { self.from_us.min(later.from_us) } else { later.from_us };
            self.to_us = if begun { self.to_us.max(later.to_us) } else { later.to_us };
        }
        self.rows.add(&later.rows);
        self.contrary.add(&later.contrary);
        self.contrary_months |= later.contrary_months;
        self.days |= later.days;
        self.months |= later.months;
        self.same += later.same;
    }
}

/// What a column's dates showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnDates {
    forms: [FormDates; Form::ALL.len()],
    /// Rows whose value states its offset or counts from an epoch.
    pub stated: RowSample,
    /// Rows whose value states no offset.
    pub floating: RowSample,
    /// Day numbers with fewer than five decimals: most name no second and were refused.
    pub short: RowSample,
    /// Day numbers with five decimals or more.
    pub exact: u64,
    /// Times of day in six digits.
    pub six_digits: u64,
    /// Times of day in fewer digits.
    pub few_digits: RowSample,
}

impl ColumnDates {
    /// What the dates of one form showed.
    pub fn in_form(&self, form: Form) -> &FormDates {
        &self.forms[form as usize]
    }

    /// The forms that occur, with what they showed.
    pub fn forms(&self) -> impl Iterator<Item = (Form, &FormDates)> {
        Form::ALL.into_iter().zip(&self.forms).filter(|(_, seen)| seen.rows.count + seen.contrary.count > 0)
    }

    /// Adds what a later block showed.
    pub fn add(&mut self, later: &Self) {
        for (form, more) in self.forms.iter_mut().zip(&later.forms) {
            form.add(more);
        }
        self.stated.add(&later.stated);
        self.floating.add(&later.floating);
        self.short.add(&later.short);
        self.exact += later.exact;
        self.six_digits += later.six_digits;
        self.few_digits.add(&later.few_digits);
    }

    /// Counts a date that was read.
    #[inline]
    pub(super) fn count_date(&mut self, form: Form, day: u32, month: u32, us: i64, row: u64) {
        let seen = &mut self.forms[form as usize];
        if seen.rows.count == 0 {
            (seen.from_us, seen.to_us) = (us, us);
        }
        seen.rows.count(row);
        seen.days |= 1 << (day & 31);
        seen.months |= 1 << (month & 15);
        seen.same += u64::from(day == month);
        seen.from_us = seen.from_us.min(us);
        seen.to_us = seen.to_us.max(us);
    }

    /// Counts an instant that holds no day and month.
    pub(super) fn count_instant(&mut self, us: i64, row: u64) {
        self.count_date(Form::Count, 0, 0, us, row);
    }

    /// Counts a day number by its decimals.
    pub(super) fn decimals(&mut self, decimals: usize, row: u64) {
        if decimals < 5 { self.short.count(row) } else { self.exact += 1 }
    }

    /// Counts a time of day by its digits, if digits are all it is.
    pub(super) fn digits(&mut self, time: &str, row: u64) {
        let time = time.strip_suffix(".0").unwrap_or(time);
        if !time.is_empty() && time.len() <= 6 && time.bytes().all(|c| c.is_ascii_digit()) {
            if time.len() == 6 { self.six_digits += 1 } else { self.few_digits.count(row) }
        }
    }

    /// Counts a date that only the other order reads.
    pub(super) fn contradict(&mut self, form: Form, day: u32, row: u64) {
        let seen = &mut self.forms[form as usize];
        seen.contrary.count(row);
        seen.contrary_months |= 1 << (day & 15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_add_up_to_the_whole() {
        let mut whole = ColumnDates::default();
        let mut sum = ColumnDates::default();
        for block in 0..4 {
            let mut part = ColumnDates::default();
            for row in block * 3 + 1..block * 3 + 4 {
                let us = 1_000 - row as i64;
                whole.count_date(Form::Numbers, row as u32, 2, us, row);
                part.count_date(Form::Numbers, row as u32, 2, us, row);
            }
            whole.contradict(Form::Bare, 1, block);
            part.contradict(Form::Bare, 1, block);
            sum.add(&part);
        }
        assert_eq!(whole, sum);
        assert_eq!(whole.in_form(Form::Numbers).rows.named(), "rows 1, 2, 3, 4, 5 and 7 more");
    }
}
