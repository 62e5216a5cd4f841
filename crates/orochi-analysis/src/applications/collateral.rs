//! How many numbers that nobody has asked about a result will bring.

use serde::Serialize;

use super::application_draft::{ApplicationDraft, ApplicationQuestion, Suspect};
use super::settings::Settings;
use crate::traffic::graph::ContactGraph;
use crate::traffic::pair::DAY;

/// Numbers to be expected in the result that were not known to be in contact with the identifier. Who of them has no
/// part in the matter cannot be told before. `None` where nothing is held to estimate it from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Collateral {
    /// The middle of what is to be expected.
    pub numbers: Option<usize>,
    /// Least.
    pub low: Option<usize>,
    /// Most.
    pub high: Option<usize>,
    /// What the estimate rests on, in words.
    pub basis: String,
}

/// What numbers of its kind met in as many days, as far as their data is held: lines for a line, others for others.
pub(super) fn expected_collateral(
    known: &ContactGraph,
    suspects: &[Suspect],
    ask: &ApplicationDraft,
    settings: &Settings,
) -> Collateral {
    if ask.question == ApplicationQuestion::Handset {
        return Collateral {
            numbers: Some(1),
            low: Some(0),
            high: Some(3),
            basis: "a handset is seldom used with more than a few numbers (assumed)".into(),
        };
    }
    let days = ((ask.to - ask.from) / DAY + 1).max(1);
    let is_line = |id: u32| suspects.iter().any(|suspect| suspect.id == id);
    let of_line = matches!(
        ask.question,
        ApplicationQuestion::Line | ApplicationQuestion::Successor | ApplicationQuestion::Predecessor
    );
    let company = known.contact_counts(days, |id| is_line(id) == of_line);
    // Those already known are in the data held, whatever the result brings.
    let met = known.find(&ask.identifier).map_or(0, |id| known.number(id).contacts.len());
    let new = |size: usize| size.saturating_sub(met);
    if let (Some(least), Some(most)) = (company.first(), company.last()) {
        let kind = if of_line { "possible line" } else { "number" };
        let whose = match company.len() {
            1 => format!("the one {kind} whose data is held"),
            n => format!("the {n} {kind}s whose data is held"),
        };
        return Collateral {
            numbers: company.get(company.len() / 2).copied().map(new),
            // Those held are few: another one may well lie outside what they show.
            low: Some(new(least / 2)),
            high: Some(new(most * 2)),
            basis: format!(
                "{whose} had contact with this many different numbers in {days} days; the range runs from half the \
                 least to twice the most"
            ),
        };
    }
    if of_line {
        let size = |size: f64| Some(new(size as usize));
        return Collateral {
            numbers: size(settings.line_base),
            low: size(settings.line_base_low),
            high: size(settings.line_base_high),
            basis: "customer bases from 30 to over 2,000 numbers are reported in court".into(),
        };
    }
    Collateral {
        numbers: None,
        low: None,
        high: None,
        basis: "no number's own data is held from which it could be estimated".into(),
    }
}
