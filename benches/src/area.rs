//! A whole area's traffic as one 36-column file of any number of rows: the input of the benchmarks.
//!
//! People ring and text the same dozen others; one number in a thousand is a line that texts its eighty customers twice
//! a day and is rung by them. That mix keeps the benchmark honest: the line method's second, slower step sees a
//! realistic share of candidates.

use std::io::{self, Write};

use crate::call_data::{Cell, HEADER, Row, write_row};
use crate::random::Random;

const DAYS: i64 = 28;
/// 1 March 2024, 00:00 local.
const FIRST_DAY: i64 = 19_783 * 86_400;
/// Rows a person makes a day, on average.
const ROWS_PER_DAY: u64 = 7;
const CUSTOMERS: u64 = 80;

struct Person {
    number: String,
    imsi: String,
    imei: String,
    ties: [u32; 12],
    home: u32,
}

/// Numbers of the block 07524, which no UK numbering data assigns to anyone.
fn number(index: u64) -> String {
    format!("447524{index:06}")
}

fn people(count: u64, cells: u64, random: &mut Random) -> Vec<Person> {
    (0..count)
        .map(|index| Person {
            number: number(index),
            imsi: format!("23430{:010}", 7_123_456_789 + index * 13),
            imei: format!("35{:012}0", 1_000_000 + index * 7),
            ties: std::array::from_fn(|_| {
                // Most ties are near in number, so that ties share ties, as people's do.
                let near = index as i64 + random.range(-60, 61);
                let other = if random.chance(80) { near.rem_euclid(count as i64) as u64 } else { random.below(count) };
                if other == index { ((index + 1) % count) as u32 } else { other as u32 }
            }),
            home: random.below(cells) as u32,
        })
        .collect()
}

fn cells(count: u64, random: &mut Random) -> Vec<Cell> {
    (0..count)
        .map(|index| Cell {
            id: 3_000_000 + index,
            site: format!("MADE UP SITE {:04}", index / 3),
            address: format!("{} High Street", index / 3 + 1),
            postcode: format!("ZZ{} {}AA", index / 30 + 1, index % 10),
            easting: random.range(580_000, 650_000),
            northing: random.range(280_000, 340_000),
            azimuth: (index as i64 % 3) * 120,
        })
        .collect()
}

struct Event {
    start: i64,
    from: u32,
    to: u32,
    kind: u8,
    seconds: i32,
}

const VOICE: u8 = 0;
const TEXT_SENT: u8 = 1;
const TEXT_RECEIVED: u8 = 2;
const DATA: u8 = 3;

/// Writes `rows` rows to `out`.
pub fn write(out: &mut impl Write, rows: u64, seed: u64) -> io::Result<()> {
    let mut random = Random::new(seed);
    let count = (rows / (DAYS as u64 * ROWS_PER_DAY)).clamp(200, 900_000);
    let cells = cells(600, &mut random);
    let people = people(count, cells.len() as u64, &mut random);
    let lines = (count / 1000).max(1);
    writeln!(out, "URN:,,,,BENCH-{seed}\nGrade:,,,,OFFICIAL-SENSITIVE\nOperator:,,,,EE\n\n{HEADER}")?;
    let mut written = 0;
    for day in 0..DAYS {
        let left = rows - written;
        let today = if day == DAYS - 1 { left } else { left / (DAYS - day) as u64 };
        let mut events = Vec::with_capacity(today as usize);
        for line in 0..lines {
            sell(&mut events, &mut random, (line * 1000 % count) as u32, count, day);
        }
        while (events.len() as u64) < today {
            live(&mut events, &mut random, &people, day);
        }
        events.truncate(today as usize);
        events.sort_unstable_by_key(|event| (event.start, event.from, event.to));
        for event in &events {
            written += 1;
            write_event(out, event, &people, &cells, &mut random, written)?;
        }
    }
    Ok(())
}

/// A day of a line: two broadcasts and the customers' short calls.
fn sell(events: &mut Vec<Event>, random: &mut Random, line: u32, count: u64, day: i64) {
    for hour in [10, 17] {
        let at = FIRST_DAY + day * 86_400 + hour * 3600 + random.range(0, 1800);
        for customer in 1..=CUSTOMERS {
            let to = ((u64::from(line) + customer * 7) % count) as u32;
            let sent = at + customer as i64 / 2;
            events.push(Event { start: sent, from: line, to, kind: TEXT_SENT, seconds: 0 });
            if random.chance(25) {
                let start = sent + random.wait(2400.0);
                events.push(Event { start, from: to, to: line, kind: VOICE, seconds: random.range(5, 40) as i32 });
            }
        }
    }
}

/// One thing one person does in a day.
fn live(events: &mut Vec<Event>, random: &mut Random, people: &[Person], day: i64) {
    let from = random.below(people.len() as u64) as u32;
    let to = *random.pick(&people[from as usize].ties);
    let start = FIRST_DAY + day * 86_400 + random.range(7 * 3600, 23 * 3600);
    let (kind, seconds) = match random.below(10) {
        0..=2 => (VOICE, random.wait(120.0).min(3600) as i32),
        3..=5 => (TEXT_SENT, 0),
        6..=7 => (TEXT_RECEIVED, 0),
        _ => (DATA, random.wait(900.0).min(14_400) as i32),
    };
    events.push(Event { start, from, to, kind, seconds });
}

fn write_event(
    out: &mut impl Write,
    event: &Event,
    people: &[Person],
    cells: &[Cell],
    random: &mut Random,
    number: u64,
) -> io::Result<()> {
    let (from, to) = (&people[event.from as usize], &people[event.to as usize]);
    let holder = if event.kind == TEXT_RECEIVED { to } else { from };
    let place = |shift: u64| &cells[((u64::from(holder.home) + shift) % cells.len() as u64) as usize];
    let (start_shift, end_shift) = (random.below(6), random.below(6));
    let row = Row {
        start: event.start,
        seconds: i64::from(event.seconds),
        ring: if event.kind == VOICE { random.range(1, 20) } else { 0 },
        calling: &from.number,
        called: if event.kind == DATA { "" } else { &to.number },
        forwarding: "",
        kind: ["Voice", "SMS-MO", "SMS-MT", "Data"][event.kind as usize],
        imsi: &holder.imsi,
        imei: &holder.imei,
        up_kb: random.range(1, 5000),
        down_kb: random.range(1, 50_000),
        operator: "EE",
        cell: place(start_shift),
        end_cell: place(end_shift),
    };
    write_row(out, &row, number)
}
