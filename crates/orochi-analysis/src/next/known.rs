//! What the data held shows of every number: whose own data is held, who is in contact with whom, since when and on how many days.
//!
//! Memory grows with the pairs of numbers in contact, not with events: this is meant for the disclosures of a case, a few hundred
//! numbers' data, not for everything of a whole area.

use std::collections::{BTreeMap, HashMap, HashSet};

use orochi_model::{
    party::{PartyKind, kind_of},
    problem::Problem,
};

use crate::tables::{Tables, texts, times};

/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000;

/// Contact of two numbers. Instants are microseconds UTC.
#[derive(Clone, Debug, Default)]
pub(super) struct Pair {
    /// Calls and texts that the number with the lower id made, and the other.
    made: [u32; 2],
    /// Calls alone: a line's bulk texts say nothing of whom it seeks out.
    calls: [u32; 2],
    pub first: i64,
    pub last: i64,
    /// Days with contact, since 1970.
    pub days: Vec<i32>,
}

/// What passed between two numbers, from one's side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contact {
    /// Days with contact.
    pub days: usize,
    pub calls_made: u32,
    pub calls_received: u32,
    /// Calls and texts.
    pub made: u32,
    pub received: u32,
}

/// One number.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub name: String,
    pub first: i64,
    pub last: i64,
    events: u32,
    own: u32,
    /// First and last event in records of its own side.
    pub own_first: i64,
    pub own_last: i64,
    /// Ids of the numbers it is in contact with, by name.
    pub contacts: Vec<u32>,
    /// Handsets seen in its own records (first 14 digits), with first and last use.
    pub handsets: BTreeMap<String, (i64, i64)>,
}

impl Number {
    /// Own data is held: most of what is seen of it comes from records of its own side.
    pub(super) fn held(&self) -> bool {
        self.own * 2 >= self.events && self.own > 0
    }

    /// Can be applied for: a telephone number, no sender's name or short code.
    pub(super) fn is_number(&self) -> bool {
        kind_of(&self.name) == PartyKind::Number
    }
}

/// Everything known.
pub(super) struct Known {
    pub numbers: Vec<Number>,
    ids: HashMap<String, u32>,
    pairs: HashMap<(u32, u32), Pair>,
    /// Numbers that a handset history shows in each handset.
    pub histories: BTreeMap<String, Vec<String>>,
}

impl Known {
    /// Reads the views `events`, `records` and `handsets`.
    pub(super) fn load(tables: &dyn Tables) -> Result<Self, Problem> {
        let mut known =
            Self { numbers: Vec::new(), ids: HashMap::new(), pairs: HashMap::new(), histories: BTreeMap::new() };
        known.take_events(tables)?;
        known.take_handsets(tables)?;
        let mut links: Vec<(u32, u32)> = known.pairs.keys().copied().collect();
        links.sort_unstable();
        for (a, b) in links {
            known.numbers[a as usize].contacts.push(b);
            known.numbers[b as usize].contacts.push(a);
        }
        let names: Vec<String> = known.numbers.iter().map(|number| number.name.clone()).collect();
        for number in &mut known.numbers {
            number.contacts.sort_unstable_by(|a, b| names[*a as usize].cmp(&names[*b as usize]));
        }
        for pair in known.pairs.values_mut() {
            pair.days.sort_unstable();
            pair.days.dedup();
        }
        Ok(known)
    }

    fn take_events(&mut self, tables: &dyn Tables) -> Result<(), Problem> {
        let sql = "SELECT a, b, start, sides, kind FROM events WHERE a IS NOT NULL AND b IS NOT NULL AND kind <> 'data' AND a <> b \
                   AND start >= TIMESTAMP '1990-01-01T00:00:00Z'";
        tables.stream(sql, &mut |batch| {
            let (a, b, sides) = (texts(&batch, "a")?, texts(&batch, "b")?, texts(&batch, "sides")?);
            let (start, kind) = (times(&batch, "start")?, texts(&batch, "kind")?);
            for row in 0..batch.num_rows() {
                let (Some(from), Some(to)) = (a.get(row), b.get(row)) else { continue };
                let (at, sides) = (start.value(row), sides.get(row).unwrap_or_default());
                let (from, to) = (self.id(from), self.id(to));
                self.numbers[from as usize].see(at, sides.contains('A'));
                self.numbers[to as usize].see(at, sides.contains('B'));
                let pair = self.pairs.entry((from.min(to), from.max(to))).or_insert_with(|| Pair {
                    first: at,
                    last: at,
                    ..Pair::default()
                });
                pair.made[usize::from(from > to)] += 1;
                pair.calls[usize::from(from > to)] += u32::from(kind.get(row) == Some("call"));
                pair.first = pair.first.min(at);
                pair.last = pair.last.max(at);
                let day = at.div_euclid(DAY) as i32;
                if pair.days.last() != Some(&day) {
                    pair.days.push(day);
                }
            }
            Ok(())
        })
    }

    fn take_handsets(&mut self, tables: &dyn Tables) -> Result<(), Problem> {
        let sql = "SELECT CASE side WHEN 'A' THEN a WHEN 'B' THEN b ELSE target END AS number, imei, min(start) AS first, max(start) AS last \
                   FROM records WHERE imei IS NOT NULL GROUP BY 1, 2";
        tables.stream(sql, &mut |batch| {
            let (number, imei) = (texts(&batch, "number")?, texts(&batch, "imei")?);
            let (first, last) = (times(&batch, "first")?, times(&batch, "last")?);
            for row in 0..batch.num_rows() {
                let Some(id) = number.get(row).and_then(|name| self.ids.get(name)) else { continue };
                let imei = imei.get(row).unwrap_or_default().to_owned();
                self.numbers[*id as usize].handsets.insert(imei, (first.value(row), last.value(row)));
            }
            Ok(())
        })?;
        let sql = "SELECT DISTINCT imei, number FROM handsets WHERE imei IS NOT NULL AND number IS NOT NULL ORDER BY imei, number";
        tables.stream(sql, &mut |batch| {
            let (imei, number) = (texts(&batch, "imei")?, texts(&batch, "number")?);
            for row in 0..batch.num_rows() {
                let (Some(imei), Some(number)) = (imei.get(row), number.get(row)) else { continue };
                self.histories.entry(imei.to_owned()).or_default().push(number.to_owned());
            }
            Ok(())
        })
    }

    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = self.numbers.len() as u32;
        self.numbers.push(Number {
            name: name.to_owned(),
            first: i64::MAX,
            last: i64::MIN,
            events: 0,
            own: 0,
            own_first: i64::MAX,
            own_last: i64::MIN,
            contacts: Vec::new(),
            handsets: BTreeMap::new(),
        });
        self.ids.insert(name.to_owned(), id);
        id
    }

    /// The number of that name.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.ids.get(name).copied()
    }

    /// The number with that id.
    pub(super) fn number(&self, id: u32) -> &Number {
        &self.numbers[id as usize]
    }

    /// The contact of two numbers.
    pub(super) fn pair(&self, a: u32, b: u32) -> Option<&Pair> {
        self.pairs.get(&(a.min(b), a.max(b)))
    }

    /// What passed between a number and another, from the first one's side.
    pub(super) fn contact(&self, own: u32, other: u32) -> Contact {
        self.pair(own, other).map_or_else(Contact::default, |pair| {
            let side = usize::from(own > other);
            Contact {
                days: pair.days.len(),
                calls_made: pair.calls[side],
                calls_received: pair.calls[1 - side],
                made: pair.made[side],
                received: pair.made[1 - side],
            }
        })
    }

    /// Last event of the numbers whose own data is held and that are in contact with `id`; how far the data about it reaches.
    pub(super) fn reach(&self, id: u32) -> i64 {
        let others = self.number(id).contacts.iter().map(|other| self.number(*other)).filter(|other| other.held());
        others.map(|other| other.own_last).chain([self.number(id).last]).max().unwrap_or(i64::MIN)
    }

    /// Different numbers that each number whose own data is held met in its first `days` days: what to expect of another one.
    pub(super) fn company(&self, days: i64) -> Vec<usize> {
        let mut sizes: Vec<usize> = (0..)
            .zip(&self.numbers)
            .filter(|(_, number)| number.held())
            .map(|(id, number): (u32, &Number)| {
                let until = number.own_first + days * DAY;
                let met =
                    number.contacts.iter().filter(|other| self.pair(id, **other).is_some_and(|p| p.first < until));
                met.collect::<HashSet<_>>().len()
            })
            .collect();
        sizes.sort_unstable();
        sizes
    }
}

impl Number {
    fn see(&mut self, at: i64, own: bool) {
        self.events += 1;
        self.first = self.first.min(at);
        self.last = self.last.max(at);
        if own {
            self.own += 1;
            self.own_first = self.own_first.min(at);
            self.own_last = self.own_last.max(at);
        }
    }
}
