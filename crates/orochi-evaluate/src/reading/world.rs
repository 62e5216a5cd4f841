//! Whom and what a made-up table is about: numbers of the drama ranges, handsets, SIMs, sites, and what happened.

use orochi_model::imei::check_digit;

use super::draw::Draw;

/// Where a cell is.
#[derive(Clone, Debug)]
pub struct Site {
    pub area: u32,
    pub cell: u32,
    /// An LTE cell's number, of 28 bits.
    pub wide: u32,
    pub easting: i64,
    pub northing: i64,
    /// Ten-thousandths of a degree.
    pub latitude: i64,
    /// Ten-thousandths of a degree.
    pub longitude: i64,
    pub azimuth: i64,
    pub name: String,
    pub postcode: String,
}

/// One communication of the subject's.
#[derive(Clone, Debug)]
pub struct WorldEvent {
    /// Seconds since 1970.
    pub start: i64,
    pub duration: i64,
    pub ring: i64,
    pub kind: &'static str,
    /// Whether the subject is the called party.
    pub incoming: bool,
    pub subject: String,
    pub other: String,
    /// To whom it was diverted.
    pub diverted: Option<String>,
    pub site: Site,
    pub end_site: Site,
    pub imei: String,
    pub imsi: String,
    pub up: i64,
    pub down: i64,
}

impl WorldEvent {
    pub fn a(&self) -> &str {
        if self.incoming { &self.other } else { &self.subject }
    }

    pub fn b(&self) -> &str {
        match (self.kind, self.incoming) {
            ("data", _) => "",
            (_, true) => &self.subject,
            (_, false) => &self.other,
        }
    }
}

/// A subject and those it speaks with.
pub struct World {
    pub subject: String,
    pub others: Vec<String>,
    pub sites: Vec<Site>,
    pub imei: String,
    pub imsi: String,
    /// First day, seconds since 1970 at midnight UTC.
    pub begin: i64,
    pub days: i64,
    /// Senders without a number.
    pub senders: Vec<String>,
}

/// Country and what goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    Kingdom,
    States,
}

const DAY: i64 = 86_400;

impl World {
    pub fn new(draw: &mut Draw, country: Country) -> Self {
        let mut numbers: Vec<String> = Vec::new();
        while numbers.len() < 14 {
            let number = match country {
                Country::Kingdom => format!("+447700900{:03}", draw.below(1000)),
                Country::States => format!("+1202555{:04}", 100 + draw.below(100)),
            };
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let subject = numbers.remove(0);
        numbers.truncate(4 + draw.below(9));
        let sites = (0..4 + draw.below(8)).map(|at| site(draw, at)).collect();
        // 1 January 2024 to 30 September 2025.
        let begin = 1_704_067_200 + DAY * draw.between(4, 638);
        let home = if country == Country::Kingdom { "23415" } else { "310260" };
        let imsi = format!("{home}{:0width$}", draw.between(11_111_111, 999_999_999), width = 15 - home.len());
        let senders = if draw.percent(30) { vec!["ShopAlert".to_owned(), "SurgeryTxt".to_owned()] } else { Vec::new() };
        Self { subject, others: numbers, sites, imei: handset(draw), imsi, begin, days: draw.between(16, 70), senders }
    }

    /// What happened, in order of time; each begins at a second of its own.
    pub fn events(&self, draw: &mut Draw, count: usize, kinds: &[&'static str]) -> Vec<WorldEvent> {
        let mut starts: std::collections::BTreeSet<i64> = std::collections::BTreeSet::new();
        while starts.len() < count {
            // Clocks change before five in the Kingdom, and before ten (UTC) in the east of the States.
            starts.insert(self.begin + DAY * draw.between(0, self.days - 1) + draw.between(10 * 3600, 22 * 3600));
        }
        starts.into_iter().map(|start| self.event(draw, start, kinds)).collect()
    }

    fn event(&self, draw: &mut Draw, start: i64, kinds: &[&'static str]) -> WorldEvent {
        let kind = *draw.pick(kinds);
        let incoming = kind != "data" && draw.percent(50);
        let other = if incoming && kind == "text" && !self.senders.is_empty() && draw.percent(20) {
            draw.pick(&self.senders).clone()
        } else {
            draw.pick(&self.others).clone()
        };
        let duration = match kind {
            "text" => 0,
            // One in ten rings and is not answered; some are long.
            _ if draw.percent(10) => 0,
            _ if draw.percent(10) => draw.between(1000, 4000),
            _ => draw.between(5, 600),
        };
        let diverted = (kind == "call" && incoming && draw.percent(20))
            .then(|| self.others.iter().find(|number| **number != other).cloned())
            .flatten();
        WorldEvent {
            start,
            duration,
            ring: draw.between(1, 25),
            kind,
            incoming,
            subject: self.subject.clone(),
            other,
            diverted,
            site: draw.pick(&self.sites).clone(),
            end_site: draw.pick(&self.sites).clone(),
            imei: self.imei.clone(),
            imsi: self.imsi.clone(),
            up: draw.between(1, 5000),
            down: draw.between(1, 50_000),
        }
    }
}

pub fn site(draw: &mut Draw, at: usize) -> Site {
    let names = ["High St", "The Mill", "Low St", "East St", "West St", "Church Ln", "Station Rd", "Quay", "Park"];
    let postcodes = ["NR1 1AA", "NR1 1BA", "NR30 5AA", "NR2 4AB", "NR3 1AU", "NR4 7TJ", "NR5 8BF", "NR6 5DR"];
    Site {
        area: 2100 + draw.below(60) as u32,
        // Each its own.
        cell: 10_000 + (at as u32) * 700 + draw.below(700) as u32,
        wide: 3_000_000 + (at as u32) * 70_000 + draw.below(70_000) as u32,
        easting: draw.between(600_000, 650_000),
        northing: draw.between(290_000, 330_000),
        latitude: draw.between(524_000, 529_000),
        longitude: draw.between(10_100, 16_900),
        azimuth: draw.between(0, 359),
        name: format!("{} {}", names[at % names.len()], at + 1),
        postcode: postcodes[at % postcodes.len()].to_owned(),
    }
}

/// A handset of 15 digits with its check digit.
pub fn handset(draw: &mut Draw) -> String {
    let mut digits = format!("353456{:08}", draw.between(11_111_111, 99_999_999));
    if digits.ends_with('0') {
        digits.replace_range(13.., "7");
    }
    checked(digits)
}

/// Fourteen digits with their check digit.
pub fn checked(mut digits: String) -> String {
    digits.push(char::from(check_digit(digits.as_bytes())));
    digits
}
