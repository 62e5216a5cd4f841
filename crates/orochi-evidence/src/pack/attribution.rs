//! Document 3, *attribution schedule*: whose own phone moves with the line's, spell by spell,
//! each strand for and against.

use std::collections::BTreeSet;

use orochi_analysis::{
    attribution::{Candidate, HoldingPeriod, Strand},
    colocation,
};
use orochi_model::{problem::Problem, sentence::Sentence};
use serde::Serialize;

use super::{
    Document,
    document::Printer,
    folder::{Folder, file},
    markdown::{Block, blocks, section},
    reasons::{Sides, said},
    study::Study,
    text::{clean, counted, moment},
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "attribution.typ", text: include_str!("templates/attribution.typ") };

/// Measured on made-up operations; the tables are those that `orochi evaluate` wrote.
const VALIDATION: &str = include_str!("../../../../docs/validation/attribution.md");

#[derive(Serialize)]
struct AttributionBody {
    h1: &'static str,
    h2: &'static str,
    method: String,
    model: String,
    compared: Sentence,
    missing: Vec<String>,
    referrals: Vec<Referral>,
    spells: Vec<OneSpell>,
    scale: Vec<(&'static str, &'static str)>,
    scale_source: String,
    validation: Vec<Block>,
}

/// Somebody around the line who may need protection.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Referral {
    pub number: String,
    pub words: String,
    #[serde(flatten)]
    pub sides: Sides,
}

#[derive(Serialize)]
struct OneSpell {
    title: String,
    bounds: String,
    words: String,
    candidates: Vec<CandidateEntry>,
}

#[derive(Serialize)]
struct CandidateEntry {
    number: String,
    ratio: String,
    bound: String,
    verbal: String,
    agree: u32,
    conflict: u32,
    protect: bool,
    #[serde(flatten)]
    sides: Sides,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let study = press.study;
    let report = study.attributed()?;
    let referrals = referrals(study)?;
    let protect: BTreeSet<&str> = referrals.iter().map(|one| one.number.as_str()).collect();
    let spells = report
        .findings
        .iter()
        .enumerate()
        .filter(|(_, spell)| overlaps(study, spell))
        .map(|(place, spell)| spell_entry(place + 1, spell, &protect))
        .collect::<Result<Vec<_>, _>>()?;
    let mut missing = study.missing();
    if report.findings.is_empty() {
        missing.push(
            "Insufficient data: no cells with a known position are held for the line's own phone, so no number's \
             movements can be compared with it. The line's own call data with cells, and the operators' cell lists, \
             would be needed."
                .to_owned(),
        );
    } else if spells.is_empty() {
        missing.push("No spell of the line's phone lies in the period requested.".to_owned());
    }
    let source = spells_source(&report.findings);
    let body = AttributionBody {
        h1: colocation::H1,
        h2: colocation::H2,
        method: format!(
            "{} {}, with {} {}",
            report.method.name, report.method.version, report.colocation.name, report.colocation.version
        ),
        model: clean(&report.model),
        compared: Sentence::limit(format!(
            "{} of {} with cells of their own came near the line's phone often enough to be compared. A person whose \
             own phone is not in the data held cannot appear here.",
            counted(report.compared, "number", "numbers"),
            counted(report.others, "other number", "other numbers"),
        ))?,
        missing: missing.clone(),
        referrals,
        spells,
        scale: vec![
            ("below 2", "supports neither proposition over the other"),
            ("2 to 10", "weak support"),
            ("10 to 100", "moderate support"),
            ("100 to 1,000", "moderately strong support"),
            ("1,000 to 10,000", "strong support"),
            ("10,000 to 1,000,000", "very strong support"),
            ("1,000,000 and more", "extremely strong support"),
        ],
        scale_source: source,
        validation: blocks(section(VALIDATION, "Figures").unwrap_or(VALIDATION)),
    };
    let mut made = file(Document::Attribution, "3-attribution-schedule.pdf");
    made.missing = missing;
    press.add(folder, TEMPLATE, made, &body)
}

/// Referrals around this line as every document that names people shows them.
pub(super) fn referrals(study: &Study<'_>) -> Result<Vec<Referral>, Problem> {
    let all = study.referrals()?.into_iter();
    Ok(all
        .map(|one| Referral {
            number: clean(&one.number),
            words: clean(one.statement.as_str()),
            sides: super::reasons::sides(&one.reasons),
        })
        .collect())
}

fn spells_source(spells: &[HoldingPeriod]) -> String {
    let found = spells.iter().flat_map(|spell| &spell.candidates).map(|one| one.verbal_source).next();
    found.unwrap_or("ENFSI Guideline for Evaluative Reporting in Forensic Science, 2015").to_owned()
}

fn micro(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_microsecond)
}

fn overlaps(study: &Study<'_>, spell: &HoldingPeriod) -> bool {
    let (from, to) = (micro(&spell.from).unwrap_or(i64::MIN), micro(&spell.to).unwrap_or(i64::MAX));
    study.to.is_none_or(|end| from < end) && study.from.is_none_or(|start| to > start)
}

fn wall(text: &str) -> Result<String, Problem> {
    micro(text).map_or_else(|| Ok(text.to_owned()), |us| Ok(moment(us)?.full()))
}

fn spell_entry(place: usize, spell: &HoldingPeriod, protect: &BTreeSet<&str>) -> Result<OneSpell, Problem> {
    Ok(OneSpell {
        title: format!("Spell {place}: {} to {}", wall(&spell.from)?, wall(&spell.to)?),
        bounds: format!(
            "It begins between {} and {}, and ends between {} and {}.",
            wall(&spell.from_between[0])?,
            wall(&spell.from_between[1])?,
            wall(&spell.to_between[0])?,
            wall(&spell.to_between[1])?
        ),
        words: clean(spell.statement.as_str()),
        candidates: spell.candidates.iter().map(|one| candidate(one, protect)).collect(),
    })
}

fn candidate(one: &Candidate, protect: &BTreeSet<&str>) -> CandidateEntry {
    let side = |strands: &[Strand]| {
        strands.iter().map(|strand| said(Some(strand.strand), &strand.text, &strand.evidence)).collect()
    };
    CandidateEntry {
        number: clean(&one.number),
        ratio: match one.log10_lr {
            Some(log) => format!("{} (log10 {log:.2})", times(log)),
            None => "insufficient data: no ratio is given".to_owned(),
        },
        bound: format!("no further from 1 than {} (log10 {:.2})", times(one.bound), one.bound),
        verbal: clean(&one.verbal),
        agree: one.occasions.saturating_sub(one.conflicts),
        conflict: one.conflicts,
        protect: protect.contains(one.number.as_str()),
        sides: Sides { supports: side(&one.supports), against: side(&one.against) },
    }
}

/// A ratio as it is spoken: `about 9.1`, or `about 1 to 30` where it is below one.
fn times(log: f64) -> String {
    let size = 10_f64.powf(log.abs());
    let words = if size < 10.0 { format!("{size:.1}") } else { format!("{size:.0}") };
    if log < 0.0 { format!("about 1 to {words}") } else { format!("about {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_spoken_on_their_side() {
        assert_eq!(
            (times(0.96), times(2.0), times(-1.5)),
            ("about 9.1".into(), "about 100".into(), "about 1 to 32".into())
        );
    }
}
