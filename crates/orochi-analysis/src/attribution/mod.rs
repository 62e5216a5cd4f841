//! Who had a line's phone over time (method `attribution`; statement: `docs/methods/attribution.md`).
//!
//! From the line's numbers to spells, and for each spell the numbers whose own movements go best with the line's, with
//! every strand of evidence for and against beside each. Only co-location is a figure. Who goes along with the line's
//! phone, contacts with the line and contacts in common say together whose spell it is; the other strands are shown and
//! not added up, because what they share with it and with each other has not been measured.

mod anchors;
mod candidates;
mod chain;
mod competing_lines;
mod context;
mod evidence_weights;
mod isolated_line;
mod line_isolation;
mod settings;
mod spells;
mod strands;
mod words;

use std::collections::BTreeSet;

use orochi_colocation::{Model, Scene};
use orochi_model::{locator::Locator, method::Method, method::Used, problem::Problem, sentence::Sentence};
use serde::Serialize;

use crate::colocation::METHOD as COLOCATION;
use crate::handsets;
use crate::registrations::{self, CaseRegistrations, TrackPair, TrackSet, pair};
use crate::settings::Settable;
use crate::tables::{Tables, rfc3339};
use crate::time_span::TimeSpan;
use candidates::CandidateWeights;
use competing_lines::CompetingLines;
use spells::StateInterval;
use strands::Strands;

pub use anchors::{Anchor, anchors};
pub use context::AttributionContext;
pub use isolated_line::IsolatedLines;
pub use settings::Settings;

/// This method.
pub const METHOD: Method = Method { name: "attribution", version: "5" };

/// Who had the line's phone, from when to when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttributionReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// The method that compares movements, with its settings.
    pub colocation: Used,
    /// Which fitted model it used.
    pub model: String,
    /// The line: the number asked for.
    pub line: String,
    /// Its numbers.
    pub numbers: Vec<String>,
    /// Other numbers with cells of their own, and how many of them were near the line's phone and compared with it.
    pub others: usize,
    /// See `others`.
    pub compared: usize,
    /// Spells, in order of time.
    pub findings: Vec<HoldingPeriod>,
}

/// A spell: a stretch of time in which one person's phone goes best with the line's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HoldingPeriod {
    /// The line.
    pub line: String,
    /// Its beginning, RFC 3339 in UTC, and between when it lies.
    pub from: String,
    /// See `from`.
    pub from_between: [String; 2],
    /// The instant after its end, likewise.
    pub to: String,
    /// See `to`.
    pub to_between: [String; 2],
    /// The number that goes best with the line's phone; none where no number whose data is held does.
    pub best: Option<String>,
    /// What is said of the spell.
    pub statement: Sentence,
    /// Numbers, best first.
    pub candidates: Vec<Candidate>,
}

/// A number that may be that of whoever had the line's phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The number.
    pub number: String,
    /// log10 likelihood ratio of co-location in this spell, bounded; none where the data are insufficient.
    pub log10_lr: Option<f64>,
    /// How far from 0 it may go on its side.
    pub bound: f64,
    /// Independent occasions, and of these conflicts.
    pub occasions: u32,
    /// See `occasions`.
    pub conflicts: u32,
    /// The ratio in words.
    pub verbal: String,
    /// Source of the words.
    pub verbal_source: &'static str,
    /// What speaks for it.
    #[serde(rename = "for")]
    pub supports: Vec<Strand>,
    /// What speaks against it.
    pub against: Vec<Strand>,
}

/// One strand of evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strand {
    /// `co-location`, `handset`, `overnight cells`, `contacts`, `contact with others who had it`,
    /// `contact with the line`, `contact with other lines`, `another line's phone`, `calls at the same time`,
    /// `top-ups`, `anchors`, `other candidates`.
    pub strand: &'static str,
    /// In words.
    pub text: Sentence,
    /// Rows behind it.
    pub evidence: Vec<Locator>,
}

/// A strand, and whether it speaks for a candidate or against it.
struct SidedStrand {
    supports: bool,
    strand: Strand,
}

/// A line: its numbers, the one asked for first, and whatever lines are known. Their numbers are nobody's own phone:
/// who has two line phones would otherwise be hidden behind the other one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineNumbers<'a> {
    /// Its numbers.
    pub numbers: &'a [&'a str],
    /// The numbers of each line that is known; this one may be among them.
    pub known: &'a [Vec<String>],
}

impl<'a> LineNumbers<'a> {
    /// Whether a known line is not this one: none of its numbers is this one's.
    fn is_other(&self, line: &[String]) -> bool {
        !line.iter().any(|number| self.numbers.contains(&number.as_str()))
    }

    /// The known lines that are not this one.
    fn others(&self) -> impl Iterator<Item = &'a Vec<String>> {
        self.known.iter().filter(|line| self.is_other(line))
    }
}

/// Which numbers' phones go with those of lines (the numbers of each), when: for a study, with lines that are given.
///
/// # Errors
/// When the views `records`, `presences`, `cells`, `events`, `handsets`, `topups` or `postcodes` cannot be read.
pub fn attribute_each(
    tables: &dyn Tables,
    settings: &Settings,
    weighing: &registrations::Settings,
    model: &Model,
    lines: &[Vec<&str>],
    known: &[Vec<String>],
) -> Result<Vec<AttributionReport>, Problem> {
    let (registrations, isolated) = (&CaseRegistrations::load(tables)?, &IsolatedLines::new(known));
    let sharing = &handsets::Settings::default();
    let all = AttributionContext { registrations, settings, weighing, sharing, model, known, isolated };
    lines.iter().map(|numbers| all.attribute(numbers, &[])).collect()
}

impl AttributionReport {
    /// The same, with the line's numbers in another order: the first one is the line's name.
    #[must_use]
    pub fn renamed(&self, numbers: &[String]) -> Self {
        let mut report = self.clone();
        report.numbers = numbers.to_vec();
        report.line = numbers.first().cloned().unwrap_or_default();
        report.findings.iter_mut().for_each(|spell| spell.line.clone_from(&report.line));
        report
    }
}

impl AttributionContext<'_> {
    /// Which numbers' phones go with a line's, when. The order of the numbers changes nothing but the name of the
    /// line, which is the first one.
    ///
    /// # Errors
    /// As [`attribute_each`].
    pub fn attribute(&self, asked: &[&str], anchors: &[Anchor]) -> Result<AttributionReport, Problem> {
        let Self { registrations, settings, weighing, model, known, .. } = *self;
        let mut numbers = asked.to_vec();
        numbers.sort_unstable();
        let numbers = numbers.as_slice();
        let line = LineNumbers { numbers, known };
        let (phone, near) = self.nearby_phones(asked.first().copied().unwrap_or_default(), numbers)?;
        let compared: Vec<&str> = near.compared.iter().map(String::as_str).collect();
        let held = TrackSet::load(registrations, vec![phone], numbers, &compared, weighing)?;
        let mut findings = Vec::new();
        if let Some((first, last)) = held.tracks[0].span() {
            let weigh = weighing.weighing();
            let scene = Scene::new(&held.registration_tracks(), registrations.ground(), model, &weigh);
            let strands = Strands::load(registrations.tables, &held, &line, anchors, settings)?;
            let cancellation = registrations.tables.cancellation();
            let mut weighed =
                CandidateWeights::new(&scene, strands.contacts(), &compared, settings, weighing, &cancellation)?;
            let others = CompetingLines::load(self, &line, &near.lines, &held, &weighed)?;
            others.discount(&mut weighed, settings);
            let stretches = weighed.state_intervals(TimeSpan { from: first, to: last + 1 }, settings);
            let line_holders = stretches.iter().filter_map(|stretch| Some(stretch.state? + 1)).collect();
            let tracks = &held;
            let inputs =
                HoldingPeriodInputs { scene, tracks, strands, others, weighed, line_holders, settings, weighing };
            findings = stretches.iter().map(|stretch| inputs.holding_period(stretch)).collect::<Result<_, _>>()?;
        }
        Ok(AttributionReport {
            method: METHOD.used(settings.list()),
            colocation: COLOCATION.used(weighing.list()),
            model: model.made.clone(),
            line: asked.first().copied().unwrap_or_default().to_owned(),
            numbers: asked.iter().map(|number| (*number).to_owned()).collect(),
            others: near.others,
            compared: held.subjects - 1,
            findings,
        })
    }
}

/// What the holding periods of one line are worked out from.
struct HoldingPeriodInputs<'a> {
    scene: Scene<'a>,
    tracks: &'a TrackSet,
    strands: Strands<'a>,
    others: CompetingLines,
    weighed: CandidateWeights,
    /// Places of all whose phones go with the line's at some time.
    line_holders: BTreeSet<usize>,
    settings: &'a Settings,
    weighing: &'a registrations::Settings,
}

impl HoldingPeriodInputs<'_> {
    fn holding_period(&self, stretch: &StateInterval) -> Result<HoldingPeriod, Problem> {
        let Self { scene, tracks, strands, others, weighed, line_holders, settings, weighing } = self;
        let instant = |at: i64| rfc3339(at.saturating_mul(1_000_000));
        let between = |(early, late): (i64, i64)| Ok::<_, Problem>([instant(early)?, instant(late)?]);
        let ranked = weighed.ranked(stretch);
        let mut candidates = Vec::new();
        for place in ranked.iter().take(settings.shown as usize) {
            let period = Some((stretch.from * 1_000_000, stretch.to * 1_000_000));
            let (pair, _) = pair::weigh(scene, TrackPair { tracks: self.tracks, a: 0, b: *place }, period, weighing)?;
            let mut said = strands.of_candidate(*place, stretch, line_holders)?;
            said.splice(0..0, words::colocation(&pair)?);
            said.extend(others.strands(&tracks.tracks[*place], *place, stretch.span(), settings)?);
            let (supports, against) = said.into_iter().partition(|one| one.supports);
            let strip = |all: Vec<SidedStrand>| all.into_iter().map(|one| one.strand).collect();
            candidates.push(Candidate {
                number: pair.b,
                log10_lr: pair.log10_lr,
                bound: pair.bound,
                occasions: pair.occasions,
                conflicts: pair.conflicts,
                verbal: pair.verbal,
                verbal_source: pair.verbal_source,
                supports: strip(supports),
                against: strip(against),
            });
        }
        words::rivals(&mut candidates)?;
        let supported = candidates::is_supported(scene, stretch);
        let best = stretch.state.filter(|_| supported).map(|state| tracks.tracks[state + 1].track.device.clone());
        Ok(HoldingPeriod {
            line: tracks.tracks[0].track.device.clone(),
            from: instant(stretch.from)?,
            from_between: between(stretch.from_between)?,
            to: instant(stretch.to)?,
            to_between: between(stretch.to_between)?,
            statement: words::statement(stretch, best.as_deref(), candidates.len())?,
            best,
            candidates,
        })
    }
}
