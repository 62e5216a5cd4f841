//! `[faults]`: what is wrong with the disclosures, and how often. Every key may be left out.

use orochi_model::problem::Problem;
use serde::Deserialize;

use super::check::within;
use crate::parameter::Parameter;

/// Shares of the faults of disclosures. No published figures exist: the values are assumed, high enough
/// for each fault to be met.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faults {
    /// Targets for which a return for a number that differs by one digit comes first.
    pub wrong_number: Parameter<f64>,
    /// Targets whose data reaches a day past what was authorised.
    pub excess_period: Parameter<f64>,
    /// Targets disclosed in two files whose periods overlap.
    pub overlapping: Parameter<f64>,
    /// Targets whose later weeks come in a second file.
    pub late: Parameter<f64>,
    /// Days by which overlapping files overlap.
    pub overlap_days: Parameter<u32>,
    /// Rows that stand twice in a file.
    pub repeated_rows: Parameter<f64>,
    /// Rows whose cells are blank.
    pub missing_cells: Parameter<f64>,
    /// Files with one row whose numbers a spreadsheet has rounded.
    pub mangled_numbers: Parameter<f64>,
    /// Files with one row whose date cannot be read.
    pub unreadable_dates: Parameter<f64>,
    /// Most seconds by which a network's clock is off.
    pub clock: Parameter<u32>,
    /// SIMs, of those bought over a counter, of a virtual operator, whose returns have a layout of their own.
    pub virtual_operators: Parameter<f64>,
}

fn assumed<T>(value: T, unit: &str) -> Parameter<T> {
    Parameter { value, unit: unit.into(), source: "assumed".into() }
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            wrong_number: assumed(0.06, "share of targets"),
            excess_period: assumed(0.1, "share of targets"),
            overlapping: assumed(0.1, "share of targets"),
            late: assumed(0.1, "share of targets"),
            overlap_days: assumed(2, "days"),
            repeated_rows: assumed(0.005, "share of rows"),
            missing_cells: assumed(0.02, "share of rows"),
            mangled_numbers: assumed(0.15, "share of files"),
            unreadable_dates: assumed(0.1, "share of files"),
            clock: assumed(3, "seconds"),
            virtual_operators: assumed(0.3, "share of pre-paid SIMs"),
        }
    }
}

impl Faults {
    /// No faults at all: for tests that want clean files.
    pub fn none() -> Self {
        let mut faults = Self::default();
        for (_, share) in faults.shares_mut() {
            share.value = 0.0;
        }
        faults.clock.value = 0;
        faults
    }

    /// Checks the values.
    ///
    /// # Errors
    /// User kind, naming the key, for a share outside 0 to 1, more overlap than a week, or a clock
    /// off by more than a minute.
    pub fn check(&self) -> Result<(), Problem> {
        for (key, share) in self.clone().shares_mut() {
            within(&format!("faults.{key}"), share, "share", 0.0..=1.0)?;
        }
        within("faults.overlap_days", &self.overlap_days, "days", 0..=7)?;
        within("faults.clock", &self.clock, "seconds", 0..=60)?;
        if self.overlapping.value + self.late.value > 1.0 {
            return Err(Problem::user("the scenario's keys `faults.overlapping` and `faults.late` are out of range")
                .because("together they cover more targets than there are"));
        }
        Ok(())
    }

    fn shares_mut(&mut self) -> [(&'static str, &mut Parameter<f64>); 9] {
        [
            ("wrong_number", &mut self.wrong_number),
            ("excess_period", &mut self.excess_period),
            ("overlapping", &mut self.overlapping),
            ("late", &mut self.late),
            ("repeated_rows", &mut self.repeated_rows),
            ("missing_cells", &mut self.missing_cells),
            ("mangled_numbers", &mut self.mangled_numbers),
            ("unreadable_dates", &mut self.unreadable_dates),
            ("virtual_operators", &mut self.virtual_operators),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_assumed_and_what_is_wrong_is_named() {
        let faults: Faults =
            toml::from_str("late = { value = 0.5, unit = \"share of targets\", source = \"assumed\" }").unwrap();
        assert_eq!(faults.late.value, 0.5);
        assert_eq!(faults.clock, Faults::default().clock);
        assert!(faults.check().is_ok() && Faults::none().check().is_ok());
        let wrong = Faults { repeated_rows: assumed(1.5, "share of rows"), ..Faults::default() };
        assert!(wrong.check().unwrap_err().message.contains("`faults.repeated_rows`"));
        assert!(toml::from_str::<Faults>("lateness = 1").is_err());
    }
}
