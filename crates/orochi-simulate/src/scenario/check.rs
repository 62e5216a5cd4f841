//! Ranges and units of a scenario's figures.

use super::sections::{GroundSections, Window};
use crate::parameter::Parameter;
use orochi_model::problem::Problem;
use std::fmt::Display;
use std::ops::RangeInclusive;

/// Checks one figure: its unit starts with the word expected, its value lies in the range.
///
/// # Errors
/// A user's, naming the key.
pub(crate) fn within<T: PartialOrd + Display>(
    key: &str,
    parameter: &Parameter<T>,
    unit: &str,
    range: RangeInclusive<T>,
) -> Result<(), Problem> {
    stated(key, parameter, unit)?;
    if range.contains(&parameter.value) {
        return Ok(());
    }
    Err(Problem::user(format!("the scenario's key `{key}` is out of range")).because(format!(
        "{} is not between {} and {}",
        parameter.value,
        range.start(),
        range.end()
    )))
}

/// Checks that unit and source are stated, and that the unit starts with the word expected.
///
/// # Errors
/// A user's, naming the key.
pub(crate) fn stated<T>(key: &str, parameter: &Parameter<T>, unit: &str) -> Result<(), Problem> {
    if !parameter.unit.starts_with(unit) {
        return Err(Problem::user(format!("the scenario's key `{key}.unit` is not the expected unit"))
            .because(format!("`{}` instead of `{unit} …`", parameter.unit)));
    }
    if parameter.source.trim().is_empty() {
        return Err(Problem::user(format!("the scenario's key `{key}.source` is empty"))
            .hint("name a paper, guidance or court report, or write \"assumed\""));
    }
    Ok(())
}

/// Checks the sections of the ground.
pub(super) fn check(window: &Window, ground: &GroundSections<'_>) -> Result<(), Problem> {
    let GroundSections { people, country, networks, .. } = ground;
    stated("window.first_day", &window.first_day, "date")?;
    first_day(window)?;
    within("window.days", &window.days, "days", 1..=366)?;
    within("people.count", &people.count, "people", 100..=1_000_000)?;
    for (key, share) in [
        ("people.london", &people.london),
        ("people.second_phone", &people.second_phone),
        ("people.prepaid", &people.prepaid),
        ("people.basic_handset", &people.basic_handset),
        ("people.couples", &people.couples),
        ("people.inseparable", &people.inseparable),
        ("networks.rebuilt", &networks.rebuilt),
        ("networks.new_sites", &networks.new_sites),
    ] {
        within(key, share, "share", 0.0..=1.0)?;
    }
    within("people.calls", &people.calls, "calls", 0.0..=50.0)?;
    within("people.texts", &people.texts, "texts", 0.0..=50.0)?;
    within("people.sessions", &people.sessions, "data sessions", 0.0..=200.0)?;
    stated("country.towns", &country.towns, "towns")?;
    stated("networks.shares", &networks.shares, "share")?;
    let sum: f64 = networks.shares.value.iter().sum();
    if networks.shares.value.iter().any(|share| !(0.0..=1.0).contains(share)) || (sum - 1.0).abs() > 0.001 {
        return Err(Problem::user("the scenario's key `networks.shares` is out of range")
            .because(format!("the four shares add up to {sum}, not 1")));
    }
    Ok(())
}

/// The first day as a date.
pub(crate) fn first_day(window: &Window) -> Result<jiff::civil::Date, Problem> {
    let text = &window.first_day.value;
    text.parse().map_err(|e| {
        Problem::user("the scenario's key `window.first_day` is not a date").because(e).hint("write it 2025-02-03")
    })
}

#[cfg(test)]
mod tests {
    use crate::scenario::read;

    const GOOD: &str = r#"
name = "test"
window.first_day = { value = "2025-02-03", unit = "date", source = "assumed" }
window.days = { value = 3, unit = "days", source = "assumed" }
people.count = { value = 300, unit = "people", source = "assumed" }
networks.shares = { value = [0.25, 0.25, 0.25, 0.25], unit = "share of SIMs", source = "assumed" }
"#;

    #[test]
    fn every_error_names_its_key() {
        assert!(read(GOOD, "good.toml").is_ok());
        for (from, to, words) in [
            ("people.count", "people.cuont", "`people.cuont`"),
            ("name = \"test\"", "name = \"test\"\nnmae = 1", "`nmae`"),
            ("window.days = { value = 3, unit = \"days\", source = \"assumed\" }", "", "`window`"),
            ("value = 3,", "value = 0,", "`window.days`"),
            ("value = 3,", "value = \"3\",", "`window.days.value`"),
            ("\"days\"", "\"weeks\"", "`window.days.unit`"),
            ("unit = \"people\", source = \"assumed\"", "unit = \"people\", source = \" \"", "`people.count.source`"),
            ("2025-02-03", "03/02/2025", "`window.first_day`"),
            ("0.25]", "0.35]", "`networks.shares`"),
            ("name = \"test\"", "name = test", "bad.toml, line 2"),
        ] {
            assert!(GOOD.contains(from), "{from}");
            let problem = read(&GOOD.replacen(from, to, 1), "bad.toml").unwrap_err();
            assert!(problem.to_string().contains(words), "{words}: {problem}");
            assert!(problem.to_string().contains("bad.toml"), "{problem}");
        }
    }
}
