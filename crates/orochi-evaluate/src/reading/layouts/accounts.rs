//! Subscribers, top-ups and handset histories.

use super::lists::{DAY, FROM, ListPlan, TO, empty, push};
use super::spec::Numbers;
use crate::reading::{
    clock::Style,
    draft::{Draft, Fact, InstantPart, Moment, Role, Zone},
    draw::Draw,
    world::{Country, World, handset},
};

const SUBSCRIBERS: &[(&str, Role)] = &[
    ("MSISDN", Role::Number),
    ("Subscriber Name", Role::Name),
    ("Date of Birth", Role::Born),
    ("Billing Address", Role::Address),
    ("Postcode", Role::Postcode),
    ("Account Type", Role::Words("Prepay")),
    ("Connection Date", FROM),
    ("IMSI", Role::Imsi),
    ("Payment Method", Role::Words("Cash")),
];

const CUSTOMERS: &[(&str, Role)] = &[
    ("Telephone Number", Role::Number),
    ("Customer Name", Role::Name),
    ("Date of Birth", Role::Born),
    ("Customer Address", Role::Address),
    ("Post Code", Role::Postcode),
    ("Activation Date", FROM),
    ("IMSI", Role::Imsi),
];

const TOPUPS: &[(&str, Role)] = &[
    ("MSISDN", Role::Number),
    ("Top Up Date", Role::Moment(Moment::From, InstantPart::Date)),
    ("Top Up Time", Role::Moment(Moment::From, InstantPart::Time)),
    ("Amount", Role::Amount),
    ("Channel", Role::Words("Cash")),
    ("Retailer", Role::Words("Corner Shop")),
    ("Postcode", Role::Postcode),
    ("Voucher", Role::Words("123")),
];

const RECHARGES: &[(&str, Role)] = &[
    ("Mobile Number", Role::Number),
    ("Top-up Date/Time", FROM),
    ("Top-up Amount (GBP)", Role::Amount),
    ("Payment Method", Role::Words("Card")),
];

const HANDSETS: &[(&str, Role)] = &[
    ("MSISDN", Role::Number),
    ("IMEI", Role::Imei),
    ("IMSI", Role::Imsi),
    ("First Seen", FROM),
    ("Last Seen", TO),
    ("Make/Model", Role::Words("Maker One")),
];

const HANDSETS_USED: &[(&str, Role)] = &[
    ("IMEI", Role::Imei),
    ("Mobile Number", Role::Number),
    ("IMSI", Role::Imsi),
    ("First Used", FROM),
    ("Last Used", TO),
];

/// Numbers with SIMs, names, handsets, moments: what all three tables share.
fn numbers(table: &'static str, columns: &'static [(&'static str, Role)], draw: &mut Draw, rows: usize) -> Draft {
    let profile = columns[0].0 == "MSISDN";
    let mut draft = empty(&ListPlan { table, free: !profile, zone: Zone::London, columns });
    let world = World::new(draw, Country::Kingdom);
    let mut from = world.begin + 8 * 3600;
    for at in 0..rows {
        let number = format!("+447700900{:03}", at);
        let imsi = format!("23415{:010}", draw.between(1_111_111_111, 9_999_999_999));
        let (imei, pounds) = (handset(draw), draw.between(5, 50));
        from += draw.between(3600, 90_000);
        // Never in an hour when clocks change.
        from -= (from - from / DAY * DAY - 8 * 3600).min(0);
        let to = from - from.rem_euclid(DAY) + 3 * DAY + draw.between(9 * 3600, 21 * 3600);
        let name = format!("Person {}", ["One", "Two", "Three", "Four", "Five"][at % 5]);
        let dates = table == "subscribers";
        // A date alone is the first instant of that day.
        let midnight = |utc: i64| {
            let civil = Zone::London.civil(utc);
            Zone::London.utc(civil - civil.rem_euclid(DAY))
        };
        let stated = if dates { midnight(from) } else { from };
        let mut fact = Fact::default();
        fact.values.insert("number", number.clone());
        fact.moments.insert(Moment::From, stated);
        match table {
            "subscribers" => {
                fact.values.insert("name", name.clone());
                fact.values.insert("imsi", imsi.clone());
                fact.values.insert("from", stated.to_string());
            }
            "topups" => {
                fact.values.insert("at", from.to_string());
                fact.values.insert("amount_pence", (pounds * 100).to_string());
            }
            _ => {
                fact.moments.insert(Moment::To, to);
                fact.values.insert("imei", imei[..14].to_owned());
                fact.values.insert("imsi", imsi.clone());
                fact.values.insert("from", from.to_string());
                fact.values.insert("to", to.to_string());
            }
        }
        let part = |part: InstantPart| if dates { InstantPart::Date } else { part };
        push(&mut draft, fact, |role| match role {
            Role::Number => Numbers::National.write(&number),
            Role::Imsi => imsi.clone(),
            Role::Imei => imei.clone(),
            Role::Name => name.clone(),
            Role::Born => "01/02/1990".into(),
            Role::Address => "1 High St".into(),
            Role::Postcode => "NR1 1AA".into(),
            Role::Amount => format!("{pounds}.00"),
            Role::Moment(Moment::From, whole) => Style::Slashes.write(stated, Zone::London, part(whole)),
            Role::Moment(_, whole) => Style::Slashes.write(to, Zone::London, whole),
            _ => String::new(),
        });
    }
    draft
}

/// A subscriber return as a profile knows it.
pub fn subscribers(draw: &mut Draw, rows: usize) -> Draft {
    numbers("subscribers", SUBSCRIBERS, draw, rows)
}

/// A subscriber return with other headings.
pub fn customers(draw: &mut Draw, rows: usize) -> Draft {
    numbers("subscribers", CUSTOMERS, draw, rows)
}

/// Top-ups as a profile knows them.
pub fn topups(draw: &mut Draw, rows: usize) -> Draft {
    numbers("topups", TOPUPS, draw, rows)
}

/// Top-ups with other headings.
pub fn recharges(draw: &mut Draw, rows: usize) -> Draft {
    numbers("topups", RECHARGES, draw, rows)
}

/// A handset history as a profile knows it.
pub fn handsets(draw: &mut Draw, rows: usize) -> Draft {
    numbers("handsets", HANDSETS, draw, rows)
}

/// A handset history with other headings.
pub fn handsets_used(draw: &mut Draw, rows: usize) -> Draft {
    numbers("handsets", HANDSETS_USED, draw, rows)
}
