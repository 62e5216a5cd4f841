//! The run, day by day: what happens, and what each side's operator writes down of it.
//!
//! What one side knows: a SIM that nobody holds at the instant has no record; a call to it reaches the caller's side as
//! forwarded to voicemail. A call forwarded at once (no ring) leaves no record on the called side. Parties
//! outside have no records at all.

use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, ContactKind, Outcome, Party};
use crate::ground::{Hold, PersonId, Routine, SimId};
use crate::itinerary::Itinerary;
use crate::network::Networks;
use crate::people::day::itinerary;
use crate::record::{Record, Side};
use crate::talk::{self, Talk};
use crate::world::World;
use orochi_model::problem::Problem;
use rand::RngExt;
use rayon::prelude::*;

/// People or SIMs in one piece of work; part of what the output is a function of.
const PIECE: usize = 512;

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
    networks: &Networks,
    cast: &[Box<dyn Actor>],
    threads: usize,
    sink: &mut dyn Sink,
    progress: &dyn Fn(u32),
) -> Result<(), Problem> {
    let pool = pool(threads)?;
    for day in 0..world.calendar.days() {
        let records = pool.install(|| records(world, networks, cast, day));
        sink.take(day, &records)?;
        progress(day);
    }
    Ok(())
}

/// Threads to work with; 0 means all cores.
pub(crate) fn pool(threads: usize) -> Result<rayon::ThreadPool, Problem> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Problem::bug("cannot start threads").because(e))
}

/// Where everyone is on a day.
fn itineraries(world: &World, cast: &[Box<dyn Actor>], day: u32) -> Vec<Itinerary> {
    let of = |person: usize| match world.people[person].routine {
        Routine::Cast(actor) => match cast.get(actor as usize) {
            Some(actor) => actor.itinerary(world, person as PersonId, day),
            None => Itinerary::at(world.people[person].home),
        },
        _ => itinerary(world, person as PersonId, day),
    };
    (0..world.people.len()).into_par_iter().map(of).collect()
}

/// A piece of a day's work.
enum Piece {
    People(usize),
    Sims(usize),
    Actor(usize),
}

/// All records of a day, in the order of the pieces.
fn records(world: &World, networks: &Networks, cast: &[Box<dyn Actor>], day: u32) -> Vec<Record> {
    let places = itineraries(world, cast, day);
    let mut pieces: Vec<Piece> = (0..cast.len()).map(Piece::Actor).collect();
    pieces.extend((0..world.people.len()).step_by(PIECE).map(Piece::People));
    pieces.extend((0..world.sims.len()).step_by(PIECE).map(Piece::Sims));
    let parts: Vec<Vec<Record>> = pieces
        .into_par_iter()
        .enumerate()
        .map(|(number, piece)| {
            let happened = happened(world, cast, day, &piece);
            let mut scribe = Scribe {
                world,
                networks,
                places: &places,
                day,
                chance: world.seed.stream("cells", &[number as u64, u64::from(day)]),
                out: Vec::with_capacity(happened.len() * 3 / 2),
            };
            happened.iter().for_each(|communication| scribe.write(communication));
            scribe.out
        })
        .collect();
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    for part in parts {
        all.extend_from_slice(&part);
    }
    all
}

/// What happens in one piece of a day.
fn happened(world: &World, cast: &[Box<dyn Actor>], day: u32, piece: &Piece) -> Vec<Communication> {
    let mut out = Vec::new();
    match piece {
        Piece::Actor(place) => {
            let mut chance = world.seed.stream("actor", &[*place as u64, u64::from(day)]);
            cast[*place].day(world, day, &mut chance, &mut out);
        }
        Piece::People(first) => {
            for person in *first..world.people.len().min(first + PIECE) {
                let mut chance = world.seed.stream("talk", &[person as u64, u64::from(day)]);
                talk::person(&mut Talk { world, person: person as PersonId, day, chance: &mut chance, out: &mut out });
            }
        }
        Piece::Sims(first) => {
            for sim in *first..world.sims.len().min(first + PIECE) {
                let mut chance = world.seed.stream("sessions", &[sim as u64, u64::from(day)]);
                talk::sessions::day(world, sim as SimId, day, &mut chance, &mut out);
            }
        }
    }
    out
}

/// Writes the records of communications.
struct Scribe<'a> {
    world: &'a World,
    networks: &'a Networks,
    places: &'a [Itinerary],
    day: u32,
    chance: Chance,
    out: Vec<Record>,
}

impl Scribe<'_> {
    fn write(&mut self, communication: &Communication) {
        let mut communication = *communication;
        let (start, end) = self.world.calendar.span();
        if communication.at < start || communication.at >= end {
            return;
        }
        let hold = |party: Party| match party {
            Party::Sim(sim) => self.world.hold(sim, communication.at),
            Party::Outside(_) => None,
        };
        let (from, to) = (hold(communication.from), hold(communication.to));
        // Nobody calls from a SIM that nobody holds.
        if from.is_none() && matches!(communication.from, Party::Sim(_)) {
            return;
        }
        if to.is_none() && matches!(communication.to, Party::Sim(_)) && communication.kind == ContactKind::Call {
            communication.outcome = Outcome::Voicemail;
            communication.ring = 0;
            communication.seconds = communication.seconds.min(40);
        }
        if let Some(hold) = from.copied() {
            self.record(communication, Side::A, hold);
        }
        let unreached = communication.outcome == Outcome::Voicemail && communication.ring == 0;
        if let Some(hold) = to.copied().filter(|_| communication.kind != ContactKind::Data && !unreached) {
            self.record(communication, Side::B, hold);
        }
    }

    fn record(&mut self, communication: Communication, side: Side, hold: Hold) {
        let network = self.world.sims[hold.sim as usize].network;
        let smart = self.world.handsets[hold.handset as usize].smart;
        let second = (communication.at - self.world.calendar.at(self.day, 0)) as i32;
        let way = &self.places[hold.carrier as usize];
        let here = way.place(second);
        let start_cell = self.networks.serving(network, here, communication.at, smart, &mut self.chance);
        let mut end_cell = start_cell;
        if communication.seconds > 1 && communication.kind != ContactKind::Text {
            let lasts = communication.seconds + u32::from(communication.ring);
            let there = way.place(second.saturating_add(lasts as i32));
            // One who stays keeps the cell as a rule; one who moves is handed over.
            if there != here || self.chance.random_range(0..10) < 3 {
                end_cell = self.networks.serving(network, there, communication.at, smart, &mut self.chance);
            }
        }
        self.out.push(Record { communication, side, sim: hold.sim, handset: hold.handset, start_cell, end_cell });
    }
}
