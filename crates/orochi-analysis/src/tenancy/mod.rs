//! Which SIM sat in which handset with which number, and what follows (method `tenancy`; statement:
//! `docs/methods/tenancy.md`).
//!
//! The view `tenancies` and operators' handset histories say when each SIM was in which handset. A SIM's handsets one
//! after the other are handset swaps ([`spells`]). Handsets seen with several SIMs are looked at record by record
//! ([`crate::handsets`]), and each two SIMs are told apart: a SIM swap, two slots, sharing, or two handsets
//! with one IMEI.

mod report;
mod spells;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::{method::Method, problem::Problem};

use crate::handsets::sim_pair;
use crate::handsets::uses::{self, HandsetUse, SimPairEvidence};
use crate::settings::Settable;
use crate::tables::{Tables, rfc3339};
use spells::HandsetSpell;

pub use crate::handsets::{Settings, TenancyFindingKind};
pub use report::{Tenancy, TenancyFinding, TenancyReport};

/// This method.
pub const METHOD: Method = Method { name: "tenancy", version: "2" };

/// Two SIMs of a handset with more are compared only with the one before: a handset that is sold on, or
/// an IMEI that many share.
const MOST: usize = 12;

/// SIMs and handsets, from the views `tenancies`, `handsets`, `records` and `cells`.
///
/// # Errors
/// When the views cannot be read.
pub fn tenancy(tables: &dyn Tables, settings: &Settings) -> Result<TenancyReport, Problem> {
    let spells = spells::load(tables)?;
    let mut findings = Vec::new();
    for swap in spells::swaps(&spells) {
        let text = |spell: &HandsetSpell| spell.imei.clone().unwrap_or_default();
        findings.push(TenancyFinding {
            kind: TenancyFindingKind::HandsetSwap,
            sims: vec![swap.before.sim().to_owned()],
            numbers: swap.before.number.iter().cloned().collect(),
            handsets: vec![text(swap.before), text(swap.after)],
            from: rfc3339(swap.before.to.min(swap.after.from))?,
            to: rfc3339(swap.after.from)?,
            reasons: words::handset_swap(&swap, settings)?,
        });
    }
    // Each SIM of each handset, over all its time in it.
    let mut handsets: BTreeMap<&str, BTreeMap<&str, HandsetSpell>> = BTreeMap::new();
    for spell in &spells {
        let Some(imei) = spell.imei.as_deref() else { continue };
        let whole = handsets.entry(imei).or_default().entry(spell.sim()).or_insert_with(|| spell.clone());
        (whole.from, whole.to) = (whole.from.min(spell.from), whole.to.max(spell.to));
    }
    handsets.retain(|_, sims| sims.len() > 1);
    let uses = uses::load(tables, &handsets.keys().copied().collect::<BTreeSet<&str>>())?;
    for (imei, sims) in &handsets {
        let mut sims: Vec<&HandsetSpell> = sims.values().collect();
        sims.sort_by(|x, y| (x.from, x.sim()).cmp(&(y.from, y.sim())));
        for (place, b) in sims.iter().enumerate() {
            let from = if sims.len() > MOST { place.saturating_sub(1) } else { 0 };
            for a in &sims[from..place] {
                findings.extend(sim_pair_finding(imei, a, b, uses.get(*imei).map_or(&[], Vec::as_slice), settings)?);
            }
        }
    }
    findings.sort_by(|x, y| {
        (x.kind, &x.from, &x.to, &x.sims, &x.handsets).cmp(&(y.kind, &y.from, &y.to, &y.sims, &y.handsets))
    });
    let tenancies = spells.into_iter().map(Tenancy::from_spell).collect::<Result<_, _>>()?;
    Ok(TenancyReport { method: METHOD.used(settings.list()), findings, tenancies })
}

/// Two SIMs in one handset. A swap is told only of SIMs that followed one another, not of every two of a row.
fn sim_pair_finding(
    imei: &str,
    a: &HandsetSpell,
    b: &HandsetSpell,
    uses: &[HandsetUse],
    settings: &Settings,
) -> Result<Option<TenancyFinding>, Problem> {
    let theirs: Vec<&HandsetUse> = uses.iter().filter(|it| it.sim == a.sim() || it.sim == b.sim()).collect();
    let shown = SimPairEvidence::from_uses(&theirs, settings);
    let kind = sim_pair::classify(&shown, a.to <= b.from, settings);
    let between = |it: &&HandsetUse| {
        it.sim != a.sim() && it.sim != b.sim() && it.from * 1_000_000 > a.to && it.from * 1_000_000 < b.from
    };
    if kind == TenancyFindingKind::SimSwap && uses.iter().any(|it| between(&it)) {
        return Ok(None);
    }
    let (from, to) =
        if kind == TenancyFindingKind::SimSwap { (a.to, b.from) } else { (a.from.min(b.from), a.to.max(b.to)) };
    Ok(Some(TenancyFinding {
        kind,
        sims: vec![a.sim().to_owned(), b.sim().to_owned()],
        numbers: [a, b].into_iter().filter_map(|it| it.number.clone()).collect(),
        handsets: vec![imei.to_owned()],
        from: rfc3339(from)?,
        to: rfc3339(to)?,
        reasons: words::sim_pair_reasons(kind, a, b, &shown, settings)?,
    }))
}
