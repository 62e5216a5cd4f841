//! The run, day by day: what happens, and what each side's operator writes down of it.

use crate::actor::Actor;
use crate::network::Networks;
use crate::record::Record;
use crate::world::World;
use orochi_model::problem::Problem;

/// Takes the records.
pub trait Sink {
    /// Takes the records of one day, in an order that depends on scenario and seed alone (not sorted by time).
    ///
    /// # Errors
    /// When it cannot keep them.
    fn take(&mut self, day: u32, records: &[Record]) -> Result<(), Problem>;
}

/// Runs the window on a number of threads (0: all cores) and hands each day's records to a sink.
///
/// # Errors
/// Those of the sink.
pub fn run(
    world: &World,
    _networks: &Networks,
    _cast: &[Box<dyn Actor>],
    _threads: usize,
    sink: &mut dyn Sink,
    progress: &dyn Fn(u32),
) -> Result<(), Problem> {
    for day in 0..world.calendar.days() {
        sink.take(day, &[])?;
        progress(day);
    }
    Ok(())
}
