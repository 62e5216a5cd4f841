//! Thresholds as one table: each has a name, default, unit, range, source and a line of help, and is serialised with
//! every result. Weights of a score stand in the method's statement.

use orochi_model::{method::Setting, problem::Problem};
use serde_json::{Map, Value};

/// Sets one setting by name.
pub trait Settable: Default {
    /// Every setting with its value in this run.
    fn list(&self) -> Vec<Setting>;

    /// The value of every setting by its name, as it is written down with a result, in a log and in a cache's key.
    fn values(&self) -> Map<String, Value> {
        self.list().iter().map(|setting| (setting.name.to_owned(), setting.value.into())).collect()
    }

    /// Puts a value that was checked.
    fn set_value(&mut self, name: &str, value: f64);

    /// Defaults with the values of `given` in place of some.
    ///
    /// # Errors
    /// When a name is not a setting of this method, a value is no number, or lies outside its range.
    fn with(given: &Map<String, Value>) -> Result<Self, Problem> {
        let mut settings = Self::default();
        let known = settings.list();
        for (name, value) in given {
            let Some(setting) = known.iter().find(|setting| setting.name == name) else {
                let names: Vec<&str> = known.iter().map(|setting| setting.name).collect();
                return Err(Problem::user(format!("there is no setting called {name}"))
                    .hint(format!("the settings are: {}", names.join(", "))));
            };
            let (low, high) = setting.range;
            let number = value.as_f64().filter(|number| number.is_finite()).ok_or_else(|| {
                Problem::user(format!("setting {name} is not a number"))
                    .at(value)
                    .hint(format!("give a number of {} from {low} to {high}", setting.unit))
            })?;
            if !(low..=high).contains(&number) {
                return Err(Problem::user(format!("setting {name} is {number}, outside its range"))
                    .hint(format!("give a number of {} from {low} to {high}", setting.unit)));
            }
            settings.set_value(name, number);
        }
        Ok(settings)
    }
}

/// Declares a method's settings: `name = default, "unit", low..=high, "source", "help";`
macro_rules! settings {
    ($(#[$doc:meta])* $type:ident { $($name:ident = $default:expr, $unit:literal, $low:literal..=$high:literal,
    $source:literal, $help:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $type { $(#[doc = $help] pub $name: f64,)* }

        impl Default for $type {
            fn default() -> Self { Self { $($name: $default,)* } }
        }

        impl $crate::settings::Settable for $type {
            fn list(&self) -> Vec<orochi_model::method::Setting> {
                vec![$(orochi_model::method::Setting {
                    name: stringify!($name), value: self.$name, default: $default, unit: $unit,
                    range: ($low, $high), source: $source, help: $help,
                },)*]
            }

            fn set_value(&mut self, name: &str, value: f64) {
                match name {
                    $(stringify!($name) => self.$name = value,)*
                    _ => {}
                }
            }
        }
    };
}
pub(crate) use settings;

#[cfg(test)]
mod tests {
    use super::*;

    settings! {
        /// Two settings.
        Two {
            reach = 10.0, "seconds", 0.0..=60.0, "assumed", "How far.";
            share = 0.5, "share of texts", 0.0..=1.0, "assumed", "How much.";
        }
    }

    fn given(json: &str) -> Map<String, Value> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn values_given_replace_defaults() {
        let two = Two::with(&given(r#"{"reach": 12}"#)).unwrap();
        assert_eq!(two, Two { reach: 12.0, share: 0.5 });
        assert_eq!(two.list()[0].default, 10.0);
    }

    #[test]
    fn unknown_names_and_values_out_of_range_are_refused_by_name() {
        for (json, words) in [
            (r#"{"raech": 12}"#, "no setting called raech"),
            (r#"{"reach": "ten"}"#, "reach is not a number"),
            (r#"{"share": 1.5}"#, "share is 1.5, outside its range"),
        ] {
            let problem = Two::with(&given(json)).unwrap_err();
            assert!(problem.message.contains(words), "{problem}");
            assert!(problem.hint.is_some());
        }
    }
}
