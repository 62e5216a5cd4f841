//! A scenario: a TOML file in which every figure says its unit and its source.
//!
//! What may surprise a reader:
//! - What a scenario leaves out is taken from the defaults in `scenario/` beside this file.
//! - Units are checked, not only read: a figure in weeks where days are meant is refused.

use crate::cast::lookalikes;
use orochi_model::problem::Problem;
use serde::Deserialize;

pub mod cast;
pub mod cast_sections;
mod check;
pub mod faults;
pub(crate) mod figure;
pub mod sections;
pub mod shipped;

use cast_sections::CastSections;
use sections::{CountrySection, GroundSections, NetworksSection, People, Window};

const DEFAULTS: &str = include_str!("scenario/defaults.toml");

/// A scenario as read and checked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name, as written in `truth.json`.
    pub name: String,
    /// What it is for, one sentence.
    #[serde(default)]
    pub about: String,
    /// `[window]`.
    pub window: Window,
    /// `[people]`.
    pub people: People,
    /// `[country]`.
    pub country: CountrySection,
    /// `[networks]`.
    pub networks: NetworksSection,
    /// `[lines]`.
    pub lines: cast::Figures,
    /// `[styles.…]`.
    pub styles: std::collections::BTreeMap<cast::Style, cast::Figures>,
    /// `[[line]]`.
    #[serde(default)]
    pub line: Vec<cast::LineSection>,
    /// `[lookalikes]`.
    #[serde(default)]
    pub lookalikes: cast::Lookalikes,
    /// `[lookalike.…]`.
    pub(crate) lookalike: lookalikes::LookalikeFigures,
    /// `[talk]`.
    pub(crate) talk: crate::talk::figures::Figures,
    /// `[phones]`.
    pub(crate) phones: crate::people::phone_figures::Figures,
    /// `[faults]`.
    #[serde(default)]
    pub faults: faults::Faults,
}

impl Scenario {
    /// The sections that tell of the ground.
    pub fn ground(&self) -> GroundSections<'_> {
        GroundSections {
            people: &self.people,
            country: &self.country,
            networks: &self.networks,
            talk: &self.talk,
            phones: &self.phones,
        }
    }

    /// The sections that tell of lines and look-alikes.
    pub fn cast(&self) -> CastSections<'_> {
        CastSections {
            lines: &self.lines,
            styles: &self.styles,
            line: &self.line,
            lookalikes: &self.lookalikes,
            figures: &self.lookalike,
        }
    }
}

impl Scenario {
    /// The scenario with other numbers of people and days, where given.
    ///
    /// # Errors
    /// A user's, naming the key, when they are out of range.
    pub fn with(&self, people: Option<u32>, days: Option<u32>) -> Result<Self, Problem> {
        let mut scenario = self.clone();
        scenario.people.count.value = people.unwrap_or(scenario.people.count.value);
        scenario.window.days.value = days.unwrap_or(scenario.window.days.value);
        scenario.check_ground()?;
        Ok(scenario)
    }

    /// The first day.
    ///
    /// # Errors
    /// A user's, when it is no date.
    pub fn first_day(&self) -> Result<jiff::civil::Date, Problem> {
        check::first_day(&self.window)
    }

    fn check_ground(&self) -> Result<(), Problem> {
        self.faults.check()?;
        check::check(&self.window, &self.ground())
    }
}

/// Reads a scenario. `path` is what errors name as the place.
///
/// # Errors
/// A user's, naming the key: not TOML, an unknown or missing key, a wrong unit, a value out of range.
pub fn read(text: &str, path: &str) -> Result<Scenario, Problem> {
    let stated: toml::Table = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Problem::user("the scenario is not TOML").at(format!("{path}, line {line}")).because(e.message())
    })?;
    let mut whole: toml::Table =
        toml::from_str(DEFAULTS).map_err(|e| Problem::bug("the scenario's defaults cannot be read").because(e))?;
    overlay(
        &mut whole,
        toml::from_str(cast::DEFAULTS).map_err(|e| Problem::bug("the cast's defaults cannot be read").because(e))?,
    );
    overlay(&mut whole, lookalikes::defaults()?);
    overlay(&mut whole, crate::talk::figures::defaults()?);
    overlay(&mut whole, crate::people::phone_figures::defaults()?);
    for section in ["lookalike", "talk", "phones"] {
        if let (Some(toml::Value::Table(defaults)), Some(toml::Value::Table(stated))) =
            (whole.get(section), stated.get(section))
        {
            figure::units(section, defaults, stated).map_err(|problem| problem.at(path))?;
        }
    }
    overlay(&mut whole, stated);
    let scenario: Scenario = serde_path_to_error::deserialize(toml::Value::Table(whole)).map_err(|e| {
        let key = e.path().to_string();
        let cause = e.into_inner().message().to_owned();
        Problem::user(format!("the scenario's key `{key}` does not have the expected form"))
            .at(path)
            .because(cause)
            .hint(
                "each parameter is written { value = …, unit = \"…\", source = \"…\" }; see docs/simulator.md and \
                 scenarios/",
            )
    })?;
    scenario.check_ground().and_then(|()| scenario.cast().check()).map_err(|problem| problem.at(path))?;
    Ok(scenario)
}

/// Puts what is stated over the defaults, key by key, down to whole parameters.
fn overlay(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) if !below.contains_key("unit") => {
                overlay(below, above);
            }
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}
