//! Top-ups of pre-paid targets: when, how much, where it was paid. A voucher is bought near a mast
//! the phone used at the time.

use std::path::Path;

use orochi_model::problem::Problem;
use rand::RngExt;

use super::super::clock::{Clock, Zone, day_first, time};
use super::super::layout::{Tally, WrittenFile};
use super::super::number::{Number, Writing};
use super::super::paper::{Encoding, Paper, TextStyle};
use super::super::places::Places;
use super::super::plan::Plan;
use super::super::record_store::Keep;
use crate::world::World;

/// Writes the top-ups; none when no target is pre-paid.
///
/// # Errors
/// When the disk does not take them.
pub fn write(
    world: &World,
    plan: &Plan,
    keep: &Keep,
    places: &Places<'_>,
    clock: &Clock,
    path: &Path,
) -> Result<Option<WrittenFile>, Problem> {
    let look = TextStyle { encoding: Encoding::Windows1252, delimiter: b';', quoted: false, crlf: true };
    let mut paper = None;
    let mut tally = Tally::default();
    for asked in plan.asked.iter().filter(|asked| world.sims[asked.sim as usize].prepaid) {
        let mut chance = world.seed.stream("topup", &[u64::from(asked.sim)]);
        let records = keep.records(asked.sim)?;
        let (Some(first), Some(last)) = (records.first(), records.last()) else { continue };
        let ended = last.communication.at.min(world.calendar.span().1 - 1);
        // The first top-up comes with the SIM's first use in the window or some days after.
        let mut at = first.communication.at + chance.random_range(0..9 * 86_400);
        while at < ended {
            let pounds = [5, 10, 10, 10, 15, 20][chance.random_range(0..6)];
            let method = ["Voucher", "Voucher", "E-top-up", "Card online"][chance.random_range(0..4)];
            let next = chance.random_range(4 * 86_400..17 * 86_400);
            let shop = chance.random_range(1..60);
            let after = records.partition_point(|record| record.communication.at <= at);
            let cell = records[..after].iter().rev().find_map(|record| record.start_cell);
            let near = cell.filter(|_| method != "Card online").map(|cell| places.cell(cell));
            let paper = match &mut paper {
                Some(paper) => paper,
                None => {
                    let paper = paper.insert(Paper::new(path, look)?);
                    paper.line(["MSISDN", "Top Up Date", "Top Up Time", "Amount", "Method", "Retailer", "Postcode"])?;
                    paper
                }
            };
            let local = clock.civil(at, Zone::Local);
            paper.line([
                Writing::National.text(Number::Sim(world.sims[asked.sim as usize].number)),
                day_first(local),
                time(local),
                format!("£{pounds}.00"),
                method.into(),
                if near.is_some() { format!("Made Up Stores {shop}") } else { String::new() },
                near.map(|cell| cell.postcode).unwrap_or_default(),
            ])?;
            tally.rows += 1;
            tally.excess += u64::from(at >= world.calendar.at(asked.days, 0));
            at += next;
        }
    }
    match paper {
        Some(paper) => paper.finish().map(|()| Some(WrittenFile { path: path.to_owned(), tally })),
        None => Ok(None),
    }
}
