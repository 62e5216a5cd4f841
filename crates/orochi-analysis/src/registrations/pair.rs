//! What is said of two numbers.

use orochi_colocation::{Occasion, Scene, Score};
use orochi_likelihood::verbal;
use orochi_model::{finding::Reason, locator::Locator, problem::Problem, sentence::Sentence};
use serde::Serialize;

use super::phone_track::PhoneTrack;
use super::settings::Settings;
use super::{Period, TrackSet, words};
use crate::tables::rfc3339;
use crate::time_span::TimeSpan;

/// The result for two numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairResult {
    /// First number.
    pub a: String,
    /// Second number.
    pub b: String,
    /// First instant weighed, RFC 3339 in UTC; empty when the numbers were never registered in one stretch of time.
    pub from: String,
    /// The instant after the last.
    pub to: String,
    /// log10 likelihood ratio, bounded; none where the data are insufficient.
    pub log10_lr: Option<f64>,
    /// How far from 0 the ratio may go on its side: what the cases carry that the model was fitted on.
    pub bound: f64,
    /// The bounds, log10.
    pub bounds: RatioBounds,
    /// Independent occasions on which both were registered close in time.
    pub occasions: u32,
    /// Of these, those which one person's phones are seldom apart on.
    pub conflicts: u32,
    /// The ratio in words; `insufficient data` where there is none.
    pub verbal: String,
    /// Source of the words.
    pub verbal_source: &'static str,
    /// Whether the data are insufficient.
    pub insufficient: bool,
    /// The result in a sentence.
    pub statement: Sentence,
    /// What it rests on, for and against.
    pub reasons: Vec<Reason>,
}

/// Bounds of the ratio, log10.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RatioBounds {
    /// At or below 0.
    pub lower: f64,
    /// At or above 0.
    pub upper: f64,
}

/// One occasion, with the two rows nearest in time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OccasionFound {
    /// Its first registration, RFC 3339 in UTC.
    pub from: String,
    /// Its last.
    pub to: String,
    /// What it alone says, log10; before the decision weighs it among the others.
    pub log10_ratio: f64,
    /// Whether it speaks for one person.
    #[serde(rename = "for")]
    pub supports: bool,
    /// Whether one person's phones are seldom so far apart.
    pub conflict: bool,
    /// Pairs of registrations.
    pub meetings: u32,
    /// Of the two registrations nearest in time: metres between the masts (or positions), and seconds.
    pub metres: f64,
    /// See `metres`.
    pub gap_s: i64,
    /// In words.
    pub text: Sentence,
    /// Rows of the two.
    pub evidence: Vec<Locator>,
}

/// Weighs two of the tracks.
pub(crate) fn weigh(
    scene: &Scene<'_>,
    pair: TrackPair<'_>,
    period: Option<Period>,
    settings: &Settings,
) -> Result<(PairResult, Vec<OccasionFound>), Problem> {
    let Some(span) = pair.span(period) else { return Ok((insufficient_data(pair)?, Vec::new())) };
    let (score, occasions) = scene.explain(pair.a, pair.b, (span.from, span.to));
    let listed = strongest_occasions(pair, &occasions, settings)?;
    let pair = pair_result(pair, Some(span), score, &listed)?;
    Ok((pair, listed))
}

/// Two phones of a set, by their places in it.
#[derive(Clone, Copy)]
pub(crate) struct TrackPair<'a> {
    pub tracks: &'a TrackSet,
    pub a: usize,
    pub b: usize,
}

impl<'a> TrackPair<'a> {
    pub(super) fn first(self) -> &'a PhoneTrack {
        &self.tracks.tracks[self.a]
    }

    pub(super) fn second(self) -> &'a PhoneTrack {
        &self.tracks.tracks[self.b]
    }

    /// The period, or else the time in which both were registered.
    fn span(self, period: Option<Period>) -> Option<TimeSpan> {
        let (a, b) = (self.first().span()?, self.second().span()?);
        let both = TimeSpan { from: a.0.max(b.0), to: a.1.min(b.1) + 1 };
        let span = match period {
            Some((from, to)) => TimeSpan { from: from.div_euclid(1_000_000), to: -(-to).div_euclid(1_000_000) },
            None => both,
        };
        (span.from < span.to).then_some(span)
    }
}

fn insufficient_data(pair: TrackPair<'_>) -> Result<PairResult, Problem> {
    let none = Score {
        log10_lr: None,
        unbounded: None,
        bounds: orochi_likelihood::Bounds::NONE,
        summary: orochi_colocation::OccasionSummary::default(),
    };
    pair_result(pair, None, none, &[])
}

fn pair_result(
    pair: TrackPair<'_>,
    span: Option<TimeSpan>,
    score: Score,
    listed: &[OccasionFound],
) -> Result<PairResult, Problem> {
    let instant = |at: i64| rfc3339(at.saturating_mul(1_000_000));
    let (from, to) = match span {
        Some(span) => (instant(span.from)?, instant(span.to)?),
        None => (String::new(), String::new()),
    };
    let bounds = RatioBounds { lower: score.bounds.lower, upper: score.bounds.upper };
    let bound = if score.log10_lr.is_some_and(|ratio| ratio < 0.0) { -bounds.lower } else { bounds.upper };
    Ok(PairResult {
        a: pair.first().track.device.clone(),
        b: pair.second().track.device.clone(),
        from,
        to,
        log10_lr: score.log10_lr,
        bound,
        bounds,
        occasions: score.summary.occasions,
        conflicts: score.summary.conflicts,
        verbal: words::verbal(&score),
        verbal_source: verbal::SOURCE,
        insufficient: score.log10_lr.is_none(),
        statement: words::statement(&score)?,
        reasons: words::reasons(pair, &score, listed)?,
    })
}

/// The strongest occasions, so many for and so many against.
fn strongest_occasions(
    pair: TrackPair<'_>,
    occasions: &[Occasion],
    settings: &Settings,
) -> Result<Vec<OccasionFound>, Problem> {
    let mut order: Vec<&Occasion> = occasions.iter().collect();
    order.sort_by(|a, b| b.log_ratio.abs().total_cmp(&a.log_ratio.abs()).then(a.from.cmp(&b.from)));
    let most = settings.listed as usize;
    let of = |supports: bool| order.iter().filter(move |one| (one.log_ratio > 0.0) == supports).take(most);
    of(true).chain(of(false)).map(|occasion| occasion_found(pair, occasion)).collect()
}

fn occasion_found(pair: TrackPair<'_>, occasion: &Occasion) -> Result<OccasionFound, Problem> {
    let (i, j) = (occasion.closest.0 as usize, occasion.closest.1 as usize);
    let (first, second) = (pair.first(), pair.second());
    let instant = |at: i64| rfc3339(at.saturating_mul(1_000_000));
    Ok(OccasionFound {
        from: instant(occasion.from)?,
        to: instant(occasion.to)?,
        log10_ratio: occasion.log_ratio / std::f64::consts::LN_10,
        supports: occasion.log_ratio > 0.0,
        conflict: occasion.is_conflict(),
        meetings: occasion.meetings,
        metres: occasion.metres.round(),
        gap_s: occasion.gap_s,
        text: words::occasion(pair, occasion)?,
        evidence: vec![first.rows[i].clone(), second.rows[j].clone()],
    })
}
