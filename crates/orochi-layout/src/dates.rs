//! Whether a column's dates hold together, judged by all of its rows.
//!
//! A spreadsheet opened in a country of the other order takes `01/02/2025` for 2 January and leaves `13/02/2025` a
//! text. Saved, the column holds dates of two forms: those the spreadsheet made, whose days all lie up to the 12th and
//! are months in truth, and texts whose days all lie after it. No row shows it; the column does. What can be told is
//! mended and said, what cannot is rejected row by row where it is little and refused where it is much.

use orochi_model::{
    problem::Problem,
    time::{ColumnDates, Correction, DateOrder, DayCount, Form, FormDates, RowSample},
};

use super::months::{Months, Reading, TWELVE};

/// How a column's dates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dating {
    /// Order of dates written in numbers.
    pub order: DateOrder,
    /// What is put right.
    pub correction: Correction,
}

/// What all rows of a column say about how it is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How it is to be read: if it was read otherwise, it has to be read again.
    pub dating: Dating,
    /// What a reader should know.
    pub remarks: Vec<String>,
}

/// Fewest rows that make a pattern.
const PATTERN: u64 = 8;
const DAY_US: i64 = 86_400_000_000;

/// Judges a column by what its dates showed while they were read as `dating` says.
///
/// # Errors
/// User kind when the rows contradict each other, with the rows.
pub fn judge(seen: &ColumnDates, dating: Dating, heading: &str) -> Result<Verdict, Problem> {
    let mut column = DateColumn { seen, was: dating.correction, dating, heading, remarks: Vec::new() };
    let ordered = seen.forms().any(|(form, _)| form.is_ordered());
    if dating.order == DateOrder::YearMonthDay && ordered {
        column.dating.order = DateOrder::DayMonthYear;
    }
    column.settle_orders()?;
    column.settle_made()?;
    column.settle_epoch();
    column.settle_digits();
    Ok(Verdict { dating: column.dating, remarks: column.remarks })
}

/// Judges a column beside another of the same file in which a spreadsheet turned dates round: it turned those of this
/// column too, if they were written alike, and their own months may not show it. `neighbour` is the other
/// column as it is to be read.
///
/// # Errors
/// User kind when it cannot be told for many rows, with the rows.
pub fn judge_beside(
    seen: &ColumnDates,
    verdict: Verdict,
    was: Dating,
    heading: &str,
    neighbour: &Turned,
) -> Result<Verdict, Problem> {
    let mut column =
        DateColumn { seen, was: was.correction, dating: verdict.dating, heading, remarks: verdict.remarks };
    // A column with rows that read one way only was judged by its own.
    let open = column.sure_months() == 0;
    for (form, rows) in seen.forms().filter(|(form, _)| open && form.is_made()) {
        let correction = column.dating.correction;
        let settled = correction.turns(form) || correction.doubts(form) || rows.is_decisive();
        if settled || !neighbour.forms.contains(&form) || rows.same >= rows.rows.count {
            continue;
        }
        match (Months { sure: neighbour.months, ..column.months(form, rows, false) }).reading() {
            Reading::Plain => {}
            Reading::Turned => column.turn(form, rows),
            Reading::Both => column.doubt(form, rows)?,
        }
    }
    Ok(Verdict { dating: column.dating, remarks: column.remarks })
}

/// What a column shows of a spreadsheet that turned dates round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// Forms of dates in which it did.
    pub forms: Vec<Form>,
    /// Months of the rows that read one way only, as bits.
    pub months: u32,
}

impl Turned {
    /// What a column that is read so shows; nothing where no spreadsheet turned anything.
    pub fn from_dates(seen: &ColumnDates, dating: Dating) -> Self {
        let forms: Vec<Form> = seen
            .forms()
            .map(|(form, _)| form)
            .filter(|form| form.is_made() && dating.correction.turns(*form))
            .collect();
        let months = seen.forms().filter(|(_, rows)| rows.is_decisive());
        Self { months: months.fold(0, |all, (_, rows)| all | u32::from(rows.months)), forms }
    }

    /// What two columns show together.
    pub fn and(mut self, other: Self) -> Self {
        self.forms.extend(other.forms);
        self.months |= other.months;
        self
    }
}

struct DateColumn<'s> {
    seen: &'s ColumnDates,
    was: Correction,
    dating: Dating,
    heading: &'s str,
    remarks: Vec<String>,
}

impl DateColumn<'_> {
    fn contradiction(&self, form: Form, rows: &RowSample) -> Problem {
        Problem::user(format!(
            "the dates are written in two orders: most rows can be read only as {}, {} only the other way",
            super::clocks::order_name(self.dating.order),
            rows.named()
        ))
        .at(self.heading)
        .because(format!("dates are written as {}, and no row shows which order it is in", form.example()))
        .hint("ask for the file again in one date format, or split it")
    }

    // Every form written in numbers has one order; a form that does not show it takes that of the others.
    fn settle_orders(&mut self) -> Result<(), Problem> {
        let mut shown: Option<bool> = None;
        let mut differ = false;
        for (form, seen) in self.seen.forms().filter(|(form, _)| form.is_ordered()) {
            let contrary = seen.contrary.count > 0;
            // One mistyped row must not turn all others; a file of thirteen days shows it in one row of thirteen.
            let few = seen.contrary.count * 33 < seen.rows.count;
            if contrary && (seen.is_decisive() || few) {
                return Err(self.contradiction(form, &seen.contrary));
            }
            if contrary {
                self.dating.correction = self.dating.correction.turn(form);
                let other = if self.month_first(form) { "month/day/year" } else { "day/month/year" };
                let all = seen.rows.count + seen.contrary.count;
                self.remarks.push(format!(
                    "dates such as {} in \u{201c}{}\u{201d} are read as {other}: {} of {all} rows read only so",
                    form.example(),
                    self.heading,
                    seen.contrary.count
                ));
            }
            if contrary || seen.is_decisive() {
                let first = self.month_first(form);
                differ |= shown.is_some_and(|before| before != first);
                shown = Some(first);
            }
        }
        let Some(month_first) = shown else { return Ok(()) };
        let open: Vec<(Form, FormDates)> = self
            .seen
            .forms()
            .filter(|(form, seen)| form.is_ordered() && !seen.is_decisive() && seen.contrary.count == 0)
            .filter(|(form, seen)| seen.same < seen.rows.count && !self.was.doubts(*form))
            .map(|(form, seen)| (form, *seen))
            .collect();
        for (form, seen) in open {
            if differ {
                self.doubt(form, &seen)?;
                continue;
            }
            if self.month_first(form) != month_first {
                self.dating.correction = self.dating.correction.turn(form);
            }
            let flipped = self.dating.correction.turns(form);
            let months = self.months(form, &seen, flipped);
            // Texts that are all after the 12th, beside dates of another form that are all up to it.
            if !self.apart() || seen.rows.count < 3 {
                continue;
            }
            match months.reading() {
                Reading::Plain => {}
                Reading::Turned => self.turn(form, &seen),
                Reading::Both if seen.rows.count < PATTERN => {}
                Reading::Both => self.doubt(form, &seen)?,
            }
        }
        Ok(())
    }

    fn month_first(&self, form: Form) -> bool {
        (self.dating.order == DateOrder::MonthDayYear) != self.dating.correction.turns(form)
    }

    // Months of a form as it would be read now, and the other way.
    fn months(&self, form: Form, seen: &FormDates, flipped_now: bool) -> Months {
        let (months, days) = (u32::from(seen.months), seen.days & TWELVE);
        let (plain, turned) = if flipped_now == self.was.turns(form) { (months, days) } else { (days, months) };
        Months { plain, turned, sure: self.sure_months() }
    }

    fn sure_months(&self) -> u32 {
        self.seen
            .forms()
            .filter(|(form, seen)| *form != Form::Count && (seen.is_decisive() || seen.contrary.count > 0))
            .map(
                |(_, seen)| {
                    if seen.is_decisive() { u32::from(seen.months) } else { seen.contrary_months | seen.days & TWELVE }
                },
            )
            .fold(0, |all, months| all | months)
    }

    // Whether every date of a sure form lies after the 12th.
    fn apart(&self) -> bool {
        let mut sure = self
            .seen
            .forms()
            .filter(|(form, seen)| form.is_ordered() && (seen.is_decisive() || seen.contrary.count > 0));
        sure.all(|(_, seen)| seen.days & TWELVE == 0)
    }

    // Dates that a spreadsheet may have made of the texts of the other order.
    fn settle_made(&mut self) -> Result<(), Problem> {
        let texts = self.seen.forms().any(|(form, seen)| {
            !form.is_made() && form.is_ordered() && (seen.is_decisive() || seen.contrary.count > 0)
        });
        let made: Vec<(Form, FormDates)> = self
            .seen
            .forms()
            .filter(|(form, _)| !self.was.turns(*form) && !self.was.doubts(*form))
            .filter(|(form, seen)| form.is_made() && !seen.is_decisive() && seen.same < seen.rows.count)
            .map(|(form, seen)| (form, *seen))
            .collect();
        if !texts {
            return Ok(());
        }
        for (form, seen) in made {
            let months = self.months(form, &seen, self.dating.correction.turns(form));
            let sure: u64 =
                self.seen.forms().filter(|(form, _)| form.is_ordered()).map(|(_, seen)| seen.rows.count).sum();
            let pattern = seen.rows.count - seen.same >= PATTERN && sure >= PATTERN && months.sure.count_ones() >= 3;
            match months.reading() {
                Reading::Plain => {}
                Reading::Turned => self.turn(form, &seen),
                Reading::Both if self.apart() && pattern => self.turn(form, &seen),
                Reading::Both => self.doubt(form, &seen)?,
            }
        }
        Ok(())
    }

    fn turn(&mut self, form: Form, seen: &FormDates) {
        self.dating.correction = self.dating.correction.turn(form);
        self.remarks.push(format!(
            "a spreadsheet took the month for the day in \u{201c}{}\u{201d}: in {} rows with dates such as {} ({}) no \
             day is after the 12th, in the others every day is; day and month were corrected",
            self.heading,
            seen.rows.count,
            form.example(),
            seen.rows.named()
        ));
    }

    fn doubt(&mut self, form: Form, seen: &FormDates) -> Result<(), Problem> {
        let all: u64 = self.seen.forms().map(|(_, seen)| seen.rows.count + seen.contrary.count).sum();
        let rows = RowSample { count: seen.rows.count - seen.same, ..seen.rows };
        if rows.count * 10 > all {
            return Err(Problem::user(format!(
                "one column holds dates of two forms, and it cannot be determined whether day or month comes first in \
                 {}",
                rows.named()
            ))
            .at(self.heading)
            .because(format!(
                "dates such as {} all read both ways, as if a spreadsheet had taken some texts for dates",
                form.example()
            ))
            .hint("ask for the file as it was before a spreadsheet opened it, or with dates in one format"));
        }
        self.dating.correction = self.dating.correction.doubt(form);
        self.remarks.push(format!(
            "{} rows of \u{201c}{}\u{201d} with dates such as {} were rejected: it cannot be determined whether day or \
             month comes first ({})",
            rows.count,
            self.heading,
            form.example(),
            seen.rows.named()
        ));
        Ok(())
    }

    // Dates counted from 1904 and shown from 1900, beside others that were not.
    fn settle_epoch(&mut self) {
        const APART: i64 = DayCount::APART * DAY_US;
        const NEAR: i64 = 31 * DAY_US;
        for form in [Form::YearFirst, Form::DayNumber] {
            let seen = *self.seen.in_form(form);
            let others = self.seen.forms().filter(|(other, seen)| *other != form && seen.rows.count > 0);
            let Some((from, to)) = others
                .map(|(_, seen)| (seen.from_us, seen.to_us))
                .reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
            else {
                continue;
            };
            let late = (seen.from_us + APART, seen.to_us + APART);
            let fits = late.0 >= from - NEAR && late.1 <= to + NEAR;
            if seen.rows.count == 0 || self.dating.correction.delays(form) || seen.to_us > from - 900 * DAY_US || !fits
            {
                continue;
            }
            self.dating.correction = self.dating.correction.delay(form);
            self.remarks.push(format!(
                "{} dates such as {} in \u{201c}{}\u{201d} lie 1,462 days before the others, as a spreadsheet that \
                 counts from 1904 leaves them; they were corrected ({})",
                seen.rows.count,
                form.example(),
                self.heading,
                seen.rows.named()
            ));
        }
    }

    // Numbers that lost decimals or leading zeros.
    fn settle_digits(&mut self) {
        let seen = self.seen;
        if seen.short.count * 5 > seen.exact && !self.dating.correction.cut {
            self.dating.correction.cut = true;
            self.remarks.push(format!(
                "{} day numbers in \u{201c}{}\u{201d} were cut to fewer than five decimals and no longer give the \
                 second; their rows were rejected ({})",
                seen.short.count,
                self.heading,
                seen.short.named()
            ));
        }
        if seen.six_digits > 0 && seen.few_digits.count > 0 && !self.dating.correction.robbed {
            self.dating.correction.robbed = true;
            self.remarks.push(format!(
                "{} times of day beside \u{201c}{}\u{201d} lost leading zeros and are read with them: 91544 as \
                 09:15:44 ({})",
                seen.few_digits.count,
                self.heading,
                seen.few_digits.named()
            ));
        }
    }
}
