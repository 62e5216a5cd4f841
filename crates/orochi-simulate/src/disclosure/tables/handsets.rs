//! SIM and handset history of the targets, as the network saw it: first and last record of a SIM in a
//! handset, not who held it.

use std::path::Path;

use orochi_model::problem::Problem;

use super::super::clock::{Clock, Zone, day_first, time};
use super::super::layout::{Tally, WrittenFile};
use super::super::number::{Imei, Number, Writing};
use super::super::paper::{Encoding, Paper, TextStyle};
use super::super::plan::Plan;
use super::super::record_store::Keep;
use super::iccid;
use crate::world::World;

/// Writes the history.
///
/// # Errors
/// When the disk does not take it.
pub fn write(world: &World, plan: &Plan, keep: &Keep, clock: &Clock, path: &Path) -> Result<WrittenFile, Problem> {
    let mut paper =
        Paper::new(path, TextStyle { encoding: Encoding::Utf8, delimiter: b'\t', quoted: false, crlf: true })?;
    paper.line(["MSISDN", "IMSI", "ICCID", "IMEI", "Make/Model", "First Seen", "Last Seen"])?;
    let mut tally = Tally::default();
    for asked in &plan.asked {
        let (_, end) = world.calendar.span();
        let records: Vec<_> =
            keep.records(asked.sim)?.into_iter().filter(|record| record.communication.at < end).collect();
        for run in records.chunk_by(|a, b| a.handset == b.handset) {
            let (first, last) = (run[0].communication.at, run[run.len() - 1].communication.at);
            let handset = &world.handsets[run[0].handset as usize];
            let moment = |at| {
                let at = clock.civil(at, Zone::Local);
                format!("{} {}", day_first(at), time(at))
            };
            let sim = &world.sims[asked.sim as usize];
            paper.line([
                Writing::Plus.text(Number::Sim(sim.number)),
                sim.imsi.to_string(),
                iccid(world, asked.sim),
                Imei::Checked.text(handset.imei),
                if handset.smart { format!("Made Up Smart {}", 1 + handset.imei % 9) } else { "Made Up Basic".into() },
                moment(first),
                moment(last),
            ])?;
            tally.rows += 1;
            tally.excess += u64::from(first >= world.calendar.at(asked.days, 0));
        }
    }
    paper.finish()?;
    Ok(WrittenFile { path: path.to_owned(), tally })
}
