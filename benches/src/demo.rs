//! The demo's operation: 28 days of a line that sells in Thetford and is rebranded to a new number half-way, with a
//! taxi office, a takeaway, a surgery, a club secretary and a plumber beside it. All numbers are Ofcom drama numbers.
//!
//! What an investigator would hold is written, each party's data in a layout of its own: the second line number and the
//! plumber's in the 36 columns; three customers' in the semicolon layout of an operator that does not exist; the taxi
//! office, the takeaway, the surgery and the club secretary as tab-separated files with totals at the foot. The first
//! line number's data is *not* among them: it must be found in other people's records.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::call_data::{Cell, HEADER, Row, civil, write_row};
use crate::random::Random;

/// Monday 3 February 2025, 00:00: no clock change in the window, so local time is UTC.
const FIRST_DAY: i64 = 20_122 * 86_400;
const DAYS: i64 = 28;

const OLD_LINE: &str = "07700900111";
const NEW_LINE: &str = "07700900222";
const RUNNER: &str = "07700900333";
const TAXI: &str = "01632960100";
const TAKEAWAY: &str = "01632960200";
const SURGERY: &str = "01632960300";
const SECRETARY: &str = "07700900444";
const PLUMBER: &str = "07700900555";

fn customer(index: u64) -> String {
    format!("07700900{:03}", 600 + index)
}

fn resident(index: u64) -> String {
    format!("07700900{:03}", 700 + index)
}

/// A communication as it happened; the disclosures below are views of these.
#[derive(Clone)]
struct Event {
    start: i64,
    from: String,
    to: String,
    text: bool,
    seconds: i64,
}

struct Traffic {
    events: Vec<Event>,
    random: Random,
}

impl Traffic {
    fn text(&mut self, start: i64, from: &str, to: &str) {
        self.events.push(Event { start, from: from.into(), to: to.into(), text: true, seconds: 0 });
    }

    fn call(&mut self, start: i64, from: &str, to: &str, seconds: i64) {
        self.events.push(Event { start, from: from.into(), to: to.into(), text: false, seconds });
    }

    fn at(&mut self, day: i64, from_hour: i64, to_hour: i64) -> i64 {
        FIRST_DAY + day * 86_400 + self.random.range(from_hour * 3600, to_hour * 3600)
    }

    /// Two or three broadcasts a day; customers ring briefly; the line rings back, then rings its runner.
    fn line(&mut self) {
        for day in 0..DAYS {
            let line = if day < 14 { OLD_LINE } else { NEW_LINE };
            for hour in [9, 13, 18] {
                if hour == 13 && self.random.chance(40) {
                    continue;
                }
                let mut sent = self.at(day, hour, hour + 1);
                for index in 0..48 {
                    sent += self.random.range(1, 4);
                    let buyer = customer(index);
                    self.text(sent, line, &buyer);
                    if self.random.chance(18 + index % 20) {
                        let rung = sent + self.random.wait(3000.0);
                        self.order(rung, line, &buyer);
                    }
                }
            }
        }
    }

    fn order(&mut self, at: i64, line: &str, buyer: &str) {
        let seconds = self.random.range(6, 35);
        if self.random.chance(30) {
            self.call(at, buyer, line, 0);
            let back = at + self.random.range(30, 240);
            self.call(back, line, buyer, seconds);
        } else {
            self.call(at, buyer, line, seconds);
        }
        if self.random.chance(60) {
            let then = at + self.random.range(260, 600);
            let length = self.random.range(8, 40);
            self.call(then, line, RUNNER, length);
        }
    }

    /// Rung by whoever needs a car, mostly once; the driver rings back when outside.
    fn taxi(&mut self) {
        for day in 0..DAYS {
            for _ in 0..40 {
                let rider = resident(self.random.below(250));
                let at = self.at(day, 6, 24);
                let seconds = self.random.range(25, 90);
                self.call(at, &rider, TAXI, seconds);
                if self.random.chance(30) {
                    self.call(at + 700, TAXI, &rider, 9);
                }
            }
        }
    }

    /// An offer by text each Friday; orders in the evening.
    fn takeaway(&mut self) {
        for day in 0..DAYS {
            if day % 7 == 4 {
                let mut sent = self.at(day, 16, 17);
                for index in 0..120 {
                    sent += 2;
                    self.text(sent, TAKEAWAY, &resident(index));
                }
            }
            for _ in 0..30 {
                let eater = resident(self.random.below(250));
                let at = self.at(day, 17, 23);
                let seconds = self.random.range(60, 240);
                self.call(at, &eater, TAKEAWAY, seconds);
            }
        }
    }

    /// Reminders on working mornings, each day to other patients; patients ring to book.
    fn surgery(&mut self) {
        for day in (0..DAYS).filter(|day| day % 7 < 5) {
            let mut sent = self.at(day, 10, 11);
            for _ in 0..30 {
                sent += 1;
                let patient = resident(self.random.below(250));
                self.text(sent, SURGERY, &patient);
            }
            for _ in 0..25 {
                let patient = resident(self.random.below(250));
                let at = self.at(day, 8, 17);
                let seconds = self.random.range(90, 600);
                self.call(at, &patient, SURGERY, seconds);
            }
        }
    }

    /// The same thirty members, twice a week; some answer by text.
    fn secretary(&mut self) {
        for day in (0..DAYS).filter(|day| matches!(day % 7, 1 | 5)) {
            let mut sent = self.at(day, 18, 19);
            for index in 0..30 {
                sent += 3;
                let member = resident(index * 3);
                self.text(sent, SECRETARY, &member);
                if self.random.chance(30) {
                    let answer = sent + self.random.wait(2000.0);
                    self.text(answer, &member, SECRETARY);
                }
            }
        }
    }

    fn plumber(&mut self) {
        for day in (0..DAYS).filter(|day| day % 7 < 6) {
            for _ in 0..9 {
                let client = resident(self.random.below(250));
                let at = self.at(day, 8, 18);
                let seconds = self.random.range(40, 400);
                if self.random.chance(50) {
                    self.call(at, &client, PLUMBER, seconds);
                } else {
                    self.call(at, PLUMBER, &client, seconds);
                }
            }
        }
    }

    /// Customers have friends and family as anyone has.
    fn lives(&mut self) {
        for index in 0..3 {
            let person = customer(index);
            for day in 0..DAYS {
                for _ in 0..self.random.below(5) {
                    let friend = resident(200 + index * 8 + self.random.below(7));
                    let at = self.at(day, 8, 23);
                    match self.random.below(4) {
                        0 => self.text(at, &person, &friend),
                        1 => self.text(at, &friend, &person),
                        2 => {
                            let seconds = self.random.wait(200.0);
                            self.call(at, &person, &friend, seconds);
                        }
                        _ => {
                            let seconds = self.random.wait(200.0);
                            self.call(at, &friend, &person, seconds);
                        }
                    }
                }
            }
        }
    }
}

/// Writes the demo's files into `folder`.
pub fn write(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut traffic = Traffic { events: Vec::new(), random: Random::new(2025) };
    traffic.line();
    traffic.taxi();
    traffic.takeaway();
    traffic.surgery();
    traffic.secretary();
    traffic.plumber();
    traffic.lives();
    let mut events = traffic.events;
    events.sort_by(|x, y| (x.start, &x.from, &x.to).cmp(&(y.start, &y.from, &y.to)));
    let cells = cells();
    call_data(&folder.join("new-line-call-data.csv"), &events, NEW_LINE, 1, &cells)?;
    call_data(&folder.join("plumber-call-data.csv"), &events, PLUMBER, 2, &cells)?;
    for index in 0..3 {
        semicolons(&folder.join(format!("customer-{}.csv", index + 1)), &events, &customer(index), index, &cells)?;
    }
    for (name, number) in [("taxi", TAXI), ("takeaway", TAKEAWAY), ("surgery", SURGERY), ("club-secretary", SECRETARY)]
    {
        tabs(&folder.join(format!("{name}.txt")), &events, number)?;
    }
    cell_list(&folder.join("cells.csv"), &cells)
}

fn create(path: &Path) -> io::Result<BufWriter<File>> {
    File::create(path).map(BufWriter::new)
}

fn with_number<'a>(events: &'a [Event], number: &'a str) -> impl Iterator<Item = &'a Event> {
    events.iter().filter(move |event| event.from == number || event.to == number)
}

fn cells() -> BTreeMap<&'static str, Cell> {
    [
        ("centre", 3_160_321, "THETFORD CENTRE", "12 King Street", "IP24 2AN", 587_050, 283_100, 60),
        ("north", 3_160_577, "THETFORD NORTH", "Mundford Road", "IP24 1ND", 586_400, 284_300, 180),
        ("east", 3_160_834, "THETFORD EAST", "Norwich Road", "IP24 2PW", 588_300, 283_600, 300),
    ]
    .into_iter()
    .map(|(name, id, site, address, postcode, easting, northing, azimuth)| {
        let (site, address, postcode) = (site.into(), address.into(), postcode.into());
        (name, Cell { id, site, address, postcode, easting, northing, azimuth })
    })
    .collect()
}

fn cell_at<'a>(cells: &'a BTreeMap<&str, Cell>, at: i64) -> &'a Cell {
    match at / 1800 % 5 {
        0..=2 => &cells["centre"],
        3 => &cells["north"],
        _ => &cells["east"],
    }
}

fn call_data(path: &Path, events: &[Event], target: &str, sim: u64, cells: &BTreeMap<&str, Cell>) -> io::Result<()> {
    let mut out = create(path)?;
    writeln!(
        out,
        "URN:,,,,DEMO/2025/{sim}\nGrade:,,,,SYNTHETIC - MADE UP\nTarget identity:,,,,{target}\nOperator:,,,,EE\n"
    )?;
    writeln!(out, "{HEADER}\n")?;
    let imsi = format!("23430123456780{sim}");
    let imei = format!("35000000000{sim:03}0");
    for (index, event) in with_number(events, target).enumerate() {
        let cell = cell_at(cells, event.start);
        let row = Row {
            start: event.start,
            seconds: event.seconds,
            ring: if event.text { 0 } else { 4 + event.start % 9 },
            calling: &format!("+44{}", &event.from[1..]),
            called: &format!("44{}", &event.to[1..]),
            forwarding: "",
            kind: match (event.text, event.from == target) {
                (false, _) => "Voice",
                (true, true) => "SMS-MO",
                (true, false) => "SMS-MT",
            },
            imsi: &imsi,
            imei: &imei,
            up_kb: 0,
            down_kb: 0,
            operator: "EE",
            cell,
            end_cell: cell,
        };
        write_row(&mut out, &row, index as u64 + 1)?;
    }
    out.flush()
}

/// An operator that does not exist: semicolons, ISO dates, UTC, own and other number, and a clock four seconds fast.
fn semicolons(path: &Path, events: &[Event], target: &str, sim: u64, cells: &BTreeMap<&str, Cell>) -> io::Result<()> {
    let mut out = create(path)?;
    writeln!(out, "Event time (UTC);Own number;Other number;Direction;Service;Talk time (secs);IMSI;IMEI;CGI")?;
    for event in with_number(events, target) {
        let at = event.start + 4;
        let (year, month, day) = civil(at.div_euclid(86_400));
        let second = at.rem_euclid(86_400);
        let outgoing = event.from == target;
        let other = if outgoing { &event.to } else { &event.from };
        writeln!(
            out,
            "{year}-{month:02}-{day:02} \
             {:02}:{:02}:{:02};{};0044{};{};{};{};2341012345670{sim:02};3564200757228{sim:02};234-10-1014-{}",
            second / 3600,
            second / 60 % 60,
            second % 60,
            target,
            &other[1..],
            if outgoing { "Outgoing" } else { "Incoming" },
            if event.text { "SMS" } else { "Call" },
            event.seconds,
            13_000 + cell_at(cells, at).id % 1000,
        )?;
    }
    out.flush()
}

/// Tabs, a preamble, day and time apart, and a total at the foot.
fn tabs(path: &Path, events: &[Event], target: &str) -> io::Result<()> {
    let mut out = create(path)?;
    writeln!(out, "Itemised traffic (made up)\nSubscriber number:\t{target}\nAll times are local (Europe/London)\n")?;
    writeln!(out, "Date\tTime\tFrom number\tTo number\tType\tDuration")?;
    let mut rows = 0;
    for event in with_number(events, target) {
        let (year, month, day) = civil(event.start.div_euclid(86_400));
        let second = event.start.rem_euclid(86_400);
        writeln!(
            out,
            "{day:02}/{month:02}/{year}\t{:02}:{:02}:{:02}\t{}\t{}\t{}\t{:02}:{:02}:{:02}",
            second / 3600,
            second / 60 % 60,
            second % 60,
            event.from,
            event.to,
            if event.text { "Text" } else { "Voice call" },
            event.seconds / 3600,
            event.seconds / 60 % 60,
            event.seconds % 60,
        )?;
        rows += 1;
    }
    writeln!(out, "Total records: {rows}")?;
    out.flush()
}

fn cell_list(path: &Path, cells: &BTreeMap<&str, Cell>) -> io::Result<()> {
    let mut out = create(path)?;
    writeln!(out, "Cell ID,Site Name,Address,Postcode,Easting,Northing,Azimuth,Valid From,Valid To")?;
    for cell in cells.values() {
        writeln!(
            out,
            "234-30-{},{},{},{},{},{},{},01/01/2024,",
            cell.id, cell.site, cell.address, cell.postcode, cell.easting, cell.northing, cell.azimuth
        )?;
    }
    out.flush()
}
