//! The form of an exercise.
//!
//! The first line is its title, prose follows. Then come sections, each a word by itself on a line; between columns of
//! a row stand two spaces or more:
//!
//! ```text
//! people
//!   line      07700 900001   at thetford
//!   buyers    07700 900031 to 07700 900040
//! places
//!   thetford  586900 283100                     (easting and northing of the mast)
//! returns
//!   line, buyers 1                              (whose data is held)
//! traffic
//!   3 to 9 March 2025 09:00        line texts buyers
//!   3 to 9 March 2025 12:00 18:00  buyers 1 to 3 calls line  20 s  line at norwich  line in handset old
//!   4 March 2025 02:00             line is online
//! settings
//!   marks = 1
//! question
//!   roles
//! answer
//! ```
//!
//! `calls` (`call` of several) is an answered call of 30 seconds unless a length is given, `rings` one that nobody
//! answers. A group texts or is texted one after the other, 5 seconds apart; calls are 2 minutes apart. Clock times are
//! those of London. A person has a handset and a SIM of their own unless a row names another: `handset old`, `SIM new`.

use std::collections::BTreeMap;

use jiff::{Span, civil::DateTime};

/// An exercise.
pub struct Script {
    pub title: String,
    /// All of the file but the answer.
    pub before_answer: String,
    /// Numbers by name, in the order of the file; a group has several.
    pub people: Vec<Person>,
    pub places: Vec<Place>,
    /// Whose returns are held: numbers.
    pub held: Vec<String>,
    pub traffic: Vec<Communication>,
    pub settings: String,
    pub question: Vec<String>,
    pub answer: String,
}

/// A phone of the exercise.
pub struct Person {
    /// `line`, `buyers 3`.
    pub name: String,
    /// Digits with the country's code, without `+`.
    pub number: String,
    place: Option<String>,
}

/// A mast.
pub struct Place {
    pub name: String,
    pub easting: String,
    pub northing: String,
}

/// What passed between two phones; nobody is called by one that is online.
pub struct Communication {
    pub at: DateTime,
    pub from: String,
    pub to: Option<String>,
    /// As `CDR Type` of the sender's return has it.
    pub kind: Kind,
    pub seconds: u32,
    /// By number: where each phone was, in which handset, with which SIM.
    pub phones: BTreeMap<String, Phone>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Call,
    Text,
    Online,
}

/// How a phone was used: names of places, handsets and SIMs.
#[derive(Clone, Default)]
pub struct Phone {
    pub place: Option<String>,
    pub handset: Option<String>,
    pub sim: Option<String>,
}

const SECTIONS: [&str; 7] = ["people", "places", "returns", "traffic", "settings", "question", "answer"];

const VERBS: [&str; 8] = [" calls ", " call ", " rings ", " ring ", " texts ", " text ", " is online", " are online"];

impl Script {
    /// Reads an exercise; a fault is told with its line.
    pub fn read(text: &str) -> Result<Self, String> {
        let answer = text.find("\nanswer\n").map_or(text.len(), |at| at + 1);
        let answer_text = text[answer..].strip_prefix("answer\n").unwrap_or_default();
        let mut script = Self {
            title: text.lines().next().unwrap_or_default().to_owned(),
            before_answer: text[..answer].to_owned(),
            people: Vec::new(),
            places: Vec::new(),
            held: Vec::new(),
            traffic: Vec::new(),
            settings: String::new(),
            question: Vec::new(),
            answer: answer_text.strip_prefix('\n').unwrap_or(answer_text).to_owned(),
        };
        let mut section = "";
        for (number, line) in (1..).zip(script.before_answer.clone().lines()) {
            if let Some(name) = SECTIONS.into_iter().find(|name| *name == line) {
                section = name;
            } else if !section.is_empty() && !line.trim().is_empty() {
                script.row(section, line.trim()).map_err(|fault| format!("line {number}: {fault}"))?;
            }
        }
        Ok(script)
    }

    fn row(&mut self, section: &str, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect();
        match (section, &columns[..]) {
            ("people", [name, numbers, rest @ ..]) => {
                let place = rest.first().and_then(|text| text.strip_prefix("at ")).map(str::to_owned);
                self.people.extend(people(name, numbers, place)?);
            }
            ("places", [name, grid]) => {
                let (easting, northing) = grid.split_once(' ').ok_or("a place has an easting and a northing")?;
                let (name, easting, northing) = ((*name).to_owned(), easting.to_owned(), northing.to_owned());
                self.places.push(Place { name, easting, northing });
            }
            ("returns", [names]) => {
                for name in names.split(',') {
                    let numbers = self.numbers(name.trim())?;
                    self.held.extend(numbers);
                }
            }
            ("traffic", [when, what, details @ ..]) => {
                for at in times(when)? {
                    self.communications(at, what, details)?;
                }
            }
            ("settings", _) => self.settings.push_str(&format!("{line}\n")),
            ("question", _) => self.question = columns.join(" ").split(' ').map(str::to_owned).collect(),
            _ => return Err(format!("{section} has no such row: {line}")),
        }
        Ok(())
    }

    fn communications(&mut self, at: DateTime, what: &str, details: &[&str]) -> Result<(), String> {
        let (verb, (from, to)) = VERBS
            .into_iter()
            .find_map(|verb| Some((verb.trim(), what.split_once(verb)?)))
            .ok_or_else(|| format!("nobody calls, rings, texts or is online: {what}"))?;
        let (kind, mut seconds, apart) = match verb {
            "call" | "calls" => (Kind::Call, 30, 120),
            "ring" | "rings" => (Kind::Call, 0, 120),
            "text" | "texts" => (Kind::Text, 0, 5),
            _ => (Kind::Online, 0, 5),
        };
        let mut phones: BTreeMap<String, Phone> = BTreeMap::new();
        for detail in details {
            if let Some(length) = detail.strip_suffix(" s") {
                seconds = length.parse().map_err(|_| format!("no length: {detail}"))?;
                continue;
            }
            let of = |verb| detail.split_once(verb);
            let (name, set): (&str, fn(&mut Phone, String)) = match (of(" at "), of(" in handset "), of(" in SIM ")) {
                (Some((name, _)), ..) => (name, |phone, place| phone.place = Some(place)),
                (_, Some((name, _)), _) => (name, |phone, handset| phone.handset = Some(handset)),
                (.., Some((name, _))) => (name, |phone, sim| phone.sim = Some(sim)),
                _ => return Err(format!("no such detail: {detail}")),
            };
            let value = detail.rsplit_once(' ').map_or("", |(_, value)| value).to_owned();
            for number in self.numbers(name)? {
                set(phones.entry(number).or_default(), value.clone());
            }
        }
        let receivers: Vec<Option<String>> = match kind {
            Kind::Online => vec![None],
            _ => self.numbers(to)?.into_iter().map(Some).collect(),
        };
        let mut at = at;
        for from in self.numbers(from)? {
            for to in &receivers {
                let (from, to, phones) = (from.clone(), to.clone(), phones.clone());
                self.traffic.push(Communication { at, from, to, kind, seconds, phones });
                at = at.checked_add(Span::new().seconds(apart)).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// The numbers of `line`, `buyers`, `buyers 3` or `buyers 3 to 5`.
    fn numbers(&self, name: &str) -> Result<Vec<String>, String> {
        let words: Vec<&str> = name.split(' ').collect();
        let place = |word: &str| word.parse::<usize>().map_err(|_| format!("nobody is called {name}"));
        let (group, from, to) = match words[..] {
            [group] => (group, 1, usize::MAX),
            [group, one] => (group, place(one)?, place(one)?),
            [group, from, "to", to] => (group, place(from)?, place(to)?),
            _ => return Err(format!("nobody is called {name}")),
        };
        let members = self.people.iter().filter(|person| person.name.split(' ').next() == Some(group));
        let numbers: Vec<String> = members
            .zip(1..)
            .filter(|(_, place)| (from..=to).contains(place))
            .map(|(person, _)| person.number.clone())
            .collect();
        if numbers.is_empty() { Err(format!("nobody is called {name}")) } else { Ok(numbers) }
    }

    /// A word of the question: a name as its number, another word as it is.
    pub fn number(&self, word: &str) -> String {
        let person = self.people.iter().find(|person| person.name == word.replace('-', " "));
        person.map_or_else(|| word.to_owned(), |person| format!("+{}", person.number))
    }

    /// Where a person is unless a row says otherwise.
    pub fn home(&self, number: &str) -> Option<&str> {
        self.people.iter().find(|person| person.number == number)?.place.as_deref()
    }
}

/// `07700 900031 to 07700 900040` as a group's members.
fn people(name: &str, numbers: &str, place: Option<String>) -> Result<Vec<Person>, String> {
    let digits = |text: &str| -> Result<u64, String> {
        let plain: String = text.chars().filter(char::is_ascii_digit).collect();
        let full = match plain.strip_prefix('0') {
            Some(national) => format!("44{national}"),
            None => plain,
        };
        full.parse().map_err(|_| format!("no number: {text}"))
    };
    let person = |name: String, number: u64| Person { name, number: number.to_string(), place: place.clone() };
    match numbers.split_once(" to ") {
        None => Ok(vec![person(name.to_owned(), digits(numbers)?)]),
        Some((first, last)) => {
            let numbers = digits(first)?..=digits(last)?;
            Ok((1..).zip(numbers).map(|(place, number)| person(format!("{name} {place}"), number)).collect())
        }
    }
}

/// `3 to 9 March 2025 12:00 18:00`, `28 February to 2 March 2025 09:30`.
fn times(when: &str) -> Result<Vec<DateTime>, String> {
    let bad = || format!("no days and times: {when}");
    let (days, clocks): (Vec<&str>, Vec<&str>) = when.split(' ').partition(|word| !word.contains(':'));
    let (first, last) = match days[..] {
        [day, month, year] => ([day, month, year], [day, month, year]),
        [from, "to", to, month, year] => ([from, month, year], [to, month, year]),
        [from, month, "to", to, last, year] => ([from, month, year], [to, last, year]),
        _ => return Err(bad()),
    };
    let date = |words: [&str; 3]| jiff::civil::Date::strptime("%d %B %Y", words.join(" ")).map_err(|_| bad());
    let (mut day, last) = (date(first)?, date(last)?);
    let mut all = Vec::new();
    while day <= last {
        for clock in &clocks {
            let form = if clock.len() > 5 { "%H:%M:%S" } else { "%H:%M" };
            let time = jiff::civil::Time::strptime(form, clock).map_err(|_| bad())?;
            all.push(day.to_datetime(time));
        }
        day = day.tomorrow().map_err(|error| error.to_string())?;
    }
    if all.is_empty() { Err(bad()) } else { Ok(all) }
}
