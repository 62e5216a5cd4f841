//! What is said of two numbers.

use orochi_colocation::{Occasion, Scene, Score};
use orochi_likelihood::verbal;
use orochi_model::{evidence::Evidence, finding::Reason, problem::Problem, sentence::Sentence};
use serde::Serialize;

use super::settings::Settings;
use super::{Period, TrackSet, words};
use crate::tables::rfc3339;

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
    pub evidence: Vec<Evidence>,
}

/// Weighs two of the tracks.
pub(crate) fn weigh(
    scene: &Scene<'_>,
    held: &TrackSet,
    (a, b): (usize, usize),
    period: Option<Period>,
    settings: &Settings,
) -> Result<(PairResult, Vec<OccasionFound>), Problem> {
    let Some(span) = span(held, (a, b), period) else { return Ok((insufficient_data(held, (a, b))?, Vec::new())) };
    let (score, occasions) = scene.explain(a, b, span);
    let listed = strongest_occasions(held, (a, b), &occasions, settings)?;
    let pair = pair_result(held, (a, b), Some(span), score, &listed)?;
    Ok((pair, listed))
}

/// Seconds since 1970, the end excluded: the period, or else the time in which both were registered.
fn span(held: &TrackSet, (a, b): (usize, usize), period: Option<Period>) -> Option<(i64, i64)> {
    let (a, b) = (held.tracks[a].span()?, held.tracks[b].span()?);
    let both = (a.0.max(b.0), a.1.min(b.1) + 1);
    let span = match period {
        Some((from, to)) => (from.div_euclid(1_000_000), -(-to).div_euclid(1_000_000)),
        None => both,
    };
    (span.0 < span.1).then_some(span)
}

fn insufficient_data(held: &TrackSet, pair: (usize, usize)) -> Result<PairResult, Problem> {
    let none = Score {
        log10_lr: None,
        unbounded: None,
        bounds: orochi_likelihood::Bounds::NONE,
        summary: orochi_colocation::Summary::default(),
    };
    pair_result(held, pair, None, none, &[])
}

fn pair_result(
    held: &TrackSet,
    (a, b): (usize, usize),
    span: Option<(i64, i64)>,
    score: Score,
    listed: &[OccasionFound],
) -> Result<PairResult, Problem> {
    let (first, second) = (&held.tracks[a], &held.tracks[b]);
    let instant = |at: i64| rfc3339(at.saturating_mul(1_000_000));
    let (from, to) = match span {
        Some((from, to)) => (instant(from)?, instant(to)?),
        None => (String::new(), String::new()),
    };
    let bounds = RatioBounds { lower: score.bounds.lower, upper: score.bounds.upper };
    let bound = if score.log10_lr.is_some_and(|ratio| ratio < 0.0) { -bounds.lower } else { bounds.upper };
    Ok(PairResult {
        a: first.track.device.clone(),
        b: second.track.device.clone(),
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
        reasons: words::reasons((first, second), &score, listed)?,
    })
}

/// The strongest occasions, so many for and so many against.
fn strongest_occasions(
    held: &TrackSet,
    (a, b): (usize, usize),
    occasions: &[Occasion],
    settings: &Settings,
) -> Result<Vec<OccasionFound>, Problem> {
    let mut order: Vec<&Occasion> = occasions.iter().collect();
    order.sort_by(|a, b| b.log_ratio.abs().total_cmp(&a.log_ratio.abs()).then(a.from.cmp(&b.from)));
    let most = settings.listed as usize;
    let of = |supports: bool| order.iter().filter(move |one| (one.log_ratio > 0.0) == supports).take(most);
    of(true).chain(of(false)).map(|occasion| occasion_found(held, (a, b), occasion)).collect()
}

fn occasion_found(held: &TrackSet, (a, b): (usize, usize), occasion: &Occasion) -> Result<OccasionFound, Problem> {
    let (i, j) = (occasion.closest.0 as usize, occasion.closest.1 as usize);
    let (first, second) = (&held.tracks[a], &held.tracks[b]);
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
        text: words::occasion((first, i), (second, j), occasion)?,
        evidence: vec![first.rows[i].clone(), second.rows[j].clone()],
    })
}
