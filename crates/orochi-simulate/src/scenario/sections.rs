//! Sections of the ground, which is there before the cast is: window, people, country and networks.

use crate::parameter::Parameter;
use crate::people::phone_figures;
use crate::talk::figures;
use serde::Deserialize;

/// What a world is made from before its cast.
#[derive(Clone, Copy, Debug)]
pub struct GroundSections<'a> {
    /// `[people]`.
    pub people: &'a People,
    /// `[country]`.
    pub country: &'a CountrySection,
    /// `[networks]`.
    pub networks: &'a NetworksSection,
    /// `[talk]`.
    pub(crate) talk: &'a figures::Figures,
    /// `[phones]`.
    pub(crate) phones: &'a phone_figures::Figures,
}

/// `[window]`: the days of the run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// First day, `2025-02-03`, on the wall in the United Kingdom.
    pub first_day: Parameter<String>,
    /// Number of days.
    pub days: Parameter<u32>,
}

/// `[people]`: how many, and what they have and do.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Ordinary people.
    pub count: Parameter<u32>,
    /// Share of them who live in London.
    pub london: Parameter<f64>,
    /// Share of adults with a second phone or SIM.
    pub second_phone: Parameter<f64>,
    /// Share of SIMs that are prepaid.
    pub prepaid: Parameter<f64>,
    /// Share of people whose handset has voice and text only.
    pub basic_handset: Parameter<f64>,
    /// Share of adults who live in a couple.
    pub couples: Parameter<f64>,
    /// Share of couples who travel together every day.
    pub inseparable: Parameter<f64>,
    /// Mean calls started.
    pub calls: Parameter<f64>,
    /// Mean texts started.
    pub texts: Parameter<f64>,
    /// Mean data sessions.
    pub sessions: Parameter<f64>,
}

/// `[country]`: which of its towns are peopled.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountrySection {
    /// Towns besides London whose residents are drawn; none means all, by population.
    pub towns: Parameter<Vec<String>>,
}

/// `[networks]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworksSection {
    /// Share of SIMs on each network.
    pub shares: Parameter<[f64; 4]>,
    /// Share of sites moved, or whose identities turn up at another site.
    pub rebuilt: Parameter<f64>,
    /// Share of sites that go on air during the window.
    pub new_sites: Parameter<f64>,
}
