//! The traffic of an exercise as the returns of those whose data is held, in the UK 36-column layout.

use std::fmt::Write as _;

use jiff::{Span, civil::DateTime};

use super::script::{Communication, Kind, Phone, Script};
use crate::made;

/// A return for each number held: its file's name and text.
pub fn files(script: &Script) -> Vec<(String, String)> {
    let mut traffic: Vec<&Communication> = script.traffic.iter().collect();
    traffic.sort_by_key(|communication| communication.at);
    let told = |number: &String| {
        let mut text = made::heading(number);
        let own = traffic.iter().filter(|one| one.from == *number || one.to.as_ref() == Some(number));
        for (row, communication) in (1..).zip(own) {
            let _ = writeln!(text, "{}", line(script, communication, number, row));
        }
        (format!("{number}.csv"), text)
    };
    script.held.iter().map(told).collect()
}

fn line(script: &Script, communication: &Communication, number: &str, row: usize) -> String {
    let phone = communication.phones.get(number).cloned().unwrap_or_default();
    let (start, end) = (communication.at, later(communication.at, communication.seconds.into()));
    let kind = match communication.kind {
        Kind::Call => "Voice",
        Kind::Text if communication.from == number => "SMS-MO",
        Kind::Text => "SMS-MT",
        Kind::Online => "Data",
    };
    let (from, to) = (&communication.from, communication.to.as_deref().unwrap_or_default());
    let (imsi, imei) = (imsi(script, number, &phone), imei(script, number, &phone));
    let clock = |at: DateTime| at.strftime("%d/%m/%Y,%H:%M:%S").to_string();
    let length = made::clock(communication.seconds);
    let cell = cell(script, number, &phone);
    format!(
        "{},{},{from},{to},,{kind},{imsi},{imei},5,{length},,,,,,GBR,Vodafone,{cell},{cell},{row}",
        clock(start),
        clock(end)
    )
}

fn later(at: DateTime, seconds: i64) -> DateTime {
    at.checked_add(Span::new().seconds(seconds)).unwrap()
}

/// Identity, site, address, postcode, generation, easting, northing, azimuth.
fn cell(script: &Script, number: &str, phone: &Phone) -> String {
    let Some(name) = phone.place.as_deref().or(script.home(number)) else { return ",,,,,,,".to_owned() };
    let at = script.places.iter().position(|place| place.name == name);
    let at = at.unwrap_or_else(|| panic!("no place is called {name}"));
    let place = &script.places[at];
    format!("234-15-1014-{},{name},,,2G,{},{},120", 1001 + at, place.easting, place.northing)
}

/// Names of handsets and SIMs that rows give, in the order of their first use.
fn names(script: &Script, of: fn(&Phone) -> Option<&String>) -> Vec<&str> {
    let mut names = Vec::new();
    for name in script.traffic.iter().flat_map(|one| one.phones.values()).filter_map(of) {
        if !names.contains(&name.as_str()) {
            names.push(name.as_str());
        }
    }
    names
}

/// A person's own serial number: the last six digits of the number.
fn own(number: &str) -> &str {
    &number[number.len() - 6..]
}

/// By the place of a name among the names, and not so round that a reader would take it for a number that a spreadsheet
/// has cut.
fn code(place: usize) -> String {
    (131_357 + 1_111 * place).to_string()
}

fn serial(script: &Script, number: &str, name: Option<&String>, of: fn(&Phone) -> Option<&String>) -> String {
    match name {
        None => own(number).to_owned(),
        Some(name) => code(names(script, of).iter().position(|one| one == name).unwrap()),
    }
}

fn imei(script: &Script, number: &str, phone: &Phone) -> String {
    format!("35920000{}0", serial(script, number, phone.handset.as_ref(), |phone| phone.handset.as_ref()))
}

fn imsi(script: &Script, number: &str, phone: &Phone) -> String {
    format!("234150000{}", serial(script, number, phone.sim.as_ref(), |phone| phone.sim.as_ref()))
}

/// A text with the names of the exercise in place of numbers, handsets and SIMs.
pub fn named(script: &Script, text: &str) -> String {
    let mut text = text.to_owned();
    for person in &script.people {
        let serial = own(&person.number);
        text = text.replace(&format!("+{}", person.number), &person.name);
        text = text.replace(&format!("35920000{serial}"), &format!("handset of {}", person.name));
        text = text.replace(&format!("234150000{serial}"), &format!("SIM of {}", person.name));
    }
    let (handsets, sims) = (names(script, |phone| phone.handset.as_ref()), names(script, |phone| phone.sim.as_ref()));
    for (place, name) in handsets.iter().enumerate() {
        text = text.replace(&format!("35920000{}", code(place)), &format!("handset {name}"));
    }
    for (place, name) in sims.iter().enumerate() {
        text = text.replace(&format!("234150000{}", code(place)), &format!("SIM {name}"));
    }
    text
}
