//! Figures that are read straight into what the code computes with: each is a [`Parameter`] in TOML and a
//! plain value in a struct.
//!
//! What may surprise a reader:
//! - Where a value may lie follows from the first word of its unit (a `share …` from 0 to 1, an `hour …` from 0 to 30),
//!   so that hundreds of figures need no bounds of their own. [`units`] holds that a scenario keeps that word.

use crate::parameter::Parameter;
use orochi_model::problem::Problem;
use serde::{Deserialize, Deserializer, de::Error};

/// A kind of figure.
pub(crate) trait Figure {
    /// What the code has of it.
    type Value;
    /// The plain value, or what is wrong with it.
    fn checked(self, unit: &str) -> Result<Self::Value, String>;
}

/// One number.
pub(crate) type Number = f64;
/// One whole number.
pub(crate) type Count = i64;
/// A range from which each actor (or each event) draws a number.
#[derive(Deserialize)]
pub(crate) struct Real(f64, f64);
/// A range from which a whole number is drawn, both ends included.
#[derive(Deserialize)]
pub(crate) struct Whole(i64, i64);
/// A long-tailed length: median, and spread (standard deviation of the logarithm).
#[derive(Deserialize)]
pub(crate) struct Skewed(f64, f64);
/// From one hour to another.
pub(crate) type Span = Real;
/// One number for each day of the week, Monday first.
#[derive(Deserialize)]
pub(crate) struct Week([f64; 7]);
/// Days of the week, Monday first, 1 or 0.
#[derive(Deserialize)]
pub(crate) struct Days([u8; 7]);
/// Weeks, one of which each actor has.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Weeks(Vec<Days>);
/// Weights of three choices.
#[derive(Deserialize)]
pub(crate) struct Weights([f64; 3]);
/// Hour, spread in hours and share of each peak of the day.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Peaks(Vec<(f64, f64, f64)>);
/// Weights of the hours of the day, from Monday to Friday and at weekends.
#[derive(Deserialize)]
pub(crate) struct Hourly([[u16; 24]; 2]);
/// One number for each of four ages: under 25, under 45, under 65, older.
#[derive(Deserialize)]
pub(crate) struct Ages([f64; 4]);
/// Numbers of which each actor has one.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Choice(Vec<u32>);

/// Where a value of this unit may lie.
fn bounds(unit: &str) -> (f64, f64) {
    match word(unit) {
        "share" => (0.0, 1.0),
        "hour" => (0.0, 30.0),
        "seconds" => (0.0, 172_800.0),
        "kilobytes" => (0.0, 4_000_000.0),
        // Around an instant, before or after it.
        "signed" => (-86_400.0, 86_400.0),
        // How quickly texts follow one another: never nought, for it divides.
        PACE => (0.01, 1_000.0),
        _ => (0.0, 10_000.0),
    }
}

/// The unit of how quickly texts follow one another.
const PACE: &str = "texts a second";

/// The first word of a unit, which says what it is; texts a second are not texts a day.
fn word(unit: &str) -> &str {
    if unit.starts_with(PACE) {
        return PACE;
    }
    unit.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn inside(value: f64, unit: &str) -> Result<f64, String> {
    let (low, high) = bounds(unit);
    if (low..=high).contains(&value) { Ok(value) } else { Err(format!("{value} is not between {low} and {high}")) }
}

fn range(from: f64, to: f64, unit: &str) -> Result<(), String> {
    let (low, high) = bounds(unit);
    if low <= from && from <= to && to <= high {
        return Ok(());
    }
    Err(format!("[{from}, {to}] is not a range between {low} and {high}"))
}

impl Figure for Number {
    type Value = f64;
    fn checked(self, unit: &str) -> Result<f64, String> {
        inside(self, unit)
    }
}

impl Figure for Count {
    type Value = i64;
    fn checked(self, unit: &str) -> Result<i64, String> {
        inside(self as f64, unit).map(|_| self)
    }
}

impl Figure for Real {
    type Value = (f64, f64);
    fn checked(self, unit: &str) -> Result<(f64, f64), String> {
        range(self.0, self.1, unit).map(|()| (self.0, self.1))
    }
}

impl Figure for Whole {
    type Value = (i64, i64);
    fn checked(self, unit: &str) -> Result<(i64, i64), String> {
        range(self.0 as f64, self.1 as f64, unit).map(|()| (self.0, self.1))
    }
}

impl Figure for Skewed {
    type Value = (f64, f64);
    fn checked(self, unit: &str) -> Result<(f64, f64), String> {
        inside(self.0, unit)?;
        if (0.0..=3.0).contains(&self.1) {
            return Ok((self.0, self.1));
        }
        Err(format!("the spread {} is not between 0 and 3", self.1))
    }
}

impl Figure for Week {
    type Value = [f64; 7];
    fn checked(self, unit: &str) -> Result<[f64; 7], String> {
        self.0.iter().try_for_each(|day| inside(*day, unit).map(|_| ()))?;
        Ok(self.0)
    }
}

impl Figure for Days {
    type Value = u8;
    fn checked(self, _: &str) -> Result<u8, String> {
        if self.0.iter().any(|day| *day > 1) {
            return Err("each of the seven days, Monday first, is 1 or 0".into());
        }
        Ok(self.0.iter().rev().fold(0, |days, day| days << 1 | day))
    }
}

impl Figure for Weeks {
    type Value = Vec<u8>;
    fn checked(self, unit: &str) -> Result<Vec<u8>, String> {
        some(&self.0)?;
        self.0.into_iter().map(|days| days.checked(unit)).collect()
    }
}

impl Figure for Weights {
    type Value = [f64; 3];
    fn checked(self, _: &str) -> Result<[f64; 3], String> {
        let sum: f64 = self.0.iter().sum();
        if self.0.iter().all(|weight| *weight >= 0.0) && sum > 0.0 && sum.is_finite() {
            return Ok(self.0);
        }
        Err(format!("{:?} are not weights: none may be negative, and at least one must not be 0", self.0))
    }
}

impl Figure for Peaks {
    type Value = Vec<(f64, f64, f64)>;
    fn checked(self, unit: &str) -> Result<Self::Value, String> {
        for (hour, spread, share) in &self.0 {
            inside(*hour, unit)?;
            if !(0.0..=12.0).contains(spread) || !(0.0..=1.0).contains(share) {
                return Err(format!(
                    "[{hour}, {spread}, {share}] is not a peak: [hour, spread of at most 12 hours, share]"
                ));
            }
        }
        let sum: f64 = self.0.iter().map(|peak| peak.2).sum();
        if sum > 1.0 { Err(format!("the peaks' shares add up to {sum}, more than 1")) } else { Ok(self.0) }
    }
}

impl Figure for Hourly {
    type Value = [[u16; 24]; 2];
    fn checked(self, _: &str) -> Result<Self::Value, String> {
        if self.0.iter().all(|hours| hours.iter().any(|weight| *weight > 0)) {
            return Ok(self.0);
        }
        Err("all hours weigh nothing".into())
    }
}

impl Figure for Ages {
    type Value = [f64; 4];
    fn checked(self, unit: &str) -> Result<[f64; 4], String> {
        self.0.iter().try_for_each(|age| inside(*age, unit).map(|_| ()))?;
        Ok(self.0)
    }
}

impl Figure for Choice {
    type Value = Vec<u32>;
    fn checked(self, _: &str) -> Result<Vec<u32>, String> {
        some(&self.0)?;
        if self.0.contains(&0) { Err("none of them may be 0".into()) } else { Ok(self.0) }
    }
}

fn some<T>(list: &[T]) -> Result<(), String> {
    if list.is_empty() { Err("there is none to choose from".into()) } else { Ok(()) }
}

/// A figure as a scenario states it, checked while it is read so that the error has its key.
pub(crate) struct Stated<F: Figure>(pub(crate) F::Value);

impl<'de, F: Figure + Deserialize<'de>> Deserialize<'de> for Stated<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Parameter { value, unit, source } = Parameter::<F>::deserialize(deserializer)?;
        if source.trim().is_empty() {
            return Err(D::Error::custom(
                "its `source` is empty: name a paper, guidance or court report, or write \"assumed\"",
            ));
        }
        value.checked(&unit).map(Self).map_err(D::Error::custom)
    }
}

/// A struct of figures: plain values in Rust, parameters in TOML. `with` names the groups of figures within it.
macro_rules! figures {
    ($(#[$about:meta])* $name:ident { $($field:ident: $kind:ident,)* } $(with { $($group:ident: $of:ty,)* })?) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $field: <$crate::scenario::figure::$kind as $crate::scenario::figure::Figure>::Value,)*
            $($(pub(crate) $group: $of,)*)?
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(serde::Deserialize)]
                #[serde(deny_unknown_fields)]
                struct Section {
                    $($field: $crate::scenario::figure::Stated<$crate::scenario::figure::$kind>,)*
                    $($($group: $of,)*)?
                }
                let section = Section::deserialize(deserializer)?;
                Ok(Self { $($field: section.$field.0,)* $($($group: section.$group,)*)? })
            }
        }
    };
}
pub(crate) use figures;

/// Holds that every figure stated keeps the unit of its default: a figure in minutes where
/// seconds are meant is refused.
///
/// # Errors
/// A user's, naming the key.
pub(crate) fn units(key: &str, defaults: &toml::Table, stated: &toml::Table) -> Result<(), Problem> {
    let unit = |table: &toml::Table| table.get("unit").and_then(|unit| unit.as_str().map(str::to_owned));
    for (name, value) in stated {
        let key = format!("{key}.{name}");
        let (Some(toml::Value::Table(below)), toml::Value::Table(above)) = (defaults.get(name), value) else {
            continue;
        };
        match (unit(below), unit(above)) {
            (Some(meant), Some(said)) if word(&meant) != word(&said) => {
                return Err(Problem::user(format!("the scenario's key `{key}.unit` is not the expected unit"))
                    .because(format!("`{said}` instead of `{meant}`")));
            }
            (None, _) => units(&key, below, above)?,
            _ => {}
        }
    }
    Ok(())
}
