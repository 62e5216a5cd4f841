//! Columns that come, go or change places and names.

use super::{Damage, Spec, Stage};
use crate::reading::{
    draft::{Column, Draft, InstantPart, Moment, Role},
    draw::Draw,
};

const fn column(
    name: &'static str,
    words: &'static str,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage: Stage::Columns, family: name, apply }
}

pub(super) static ALL: &[Damage] = &[
    Damage { family: "equipment", ..column("switch column", "a column of switches, numbered like telephones", switch) },
    Damage { family: "equipment", ..column("SMSC column", "a column of message centres with numbers or dashes", smsc) },
    Damage { family: "equipment", ..column("LRN column", "a column of routing numbers with digits or dashes", lrn) },
    Damage { family: "equipment", ..column("trunk columns", "two columns of trunk groups", trunks) },
    column("account column", "a column of account numbers", account),
    column("record reference", "a column that numbers the records", reference),
    column("charge column", "a column of charges", charge),
    column("created and updated", "two columns of epochs: when the row was made and changed", created),
    column("empty column", "a column with a heading and no value", empty),
    column("columns shuffled", "the columns in any order", shuffled),
    Damage { stage: Stage::Values, ..column("other headings", "headings of the same meaning", renamed) },
    column("heading with line breaks and spaces", "headings with doubled spaces and trailing ones", spaced),
];

fn add(draft: &mut Draft, draw: &mut Draw, heading: &str, cell: impl FnMut(usize) -> String) -> bool {
    if !draft.headed {
        return false;
    }
    let place = draw.below(draft.columns.len() + 1);
    draft.insert_column(place, Column { heading: heading.to_owned(), role: Role::Extra }, cell);
    true
}

fn switch(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if draft.table != "records" {
        return false;
    }
    let heading = *draw.pick(&["SW & MSC ID", "Switch", "MSC", "Switch ID", "MSC Address", "Exchange"]);
    let numbers: Vec<String> = (0..1 + draw.below(3)).map(|_| format!("447700900{:03}", draw.below(1000))).collect();
    let salt = draw.below(97);
    add(draft, draw, heading, |line| numbers[(line * 31 + salt) % numbers.len()].clone())
}

fn smsc(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if draft.table != "records" {
        return false;
    }
    let heading = *draw.pick(&["SMSC No", "SMSC", "SMS Centre Number"]);
    let number = format!("447700900{:03}", draw.below(1000));
    let sparse = draw.percent(50);
    add(draft, draw, heading, |line| if sparse && line % 3 > 0 { "-".into() } else { number.clone() })
}

fn lrn(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if draft.table != "records" {
        return false;
    }
    let heading = *draw.pick(&["LRN No", "LRN", "Routing Number", "Called LRN"]);
    let only_dashes = draw.percent(50);
    let number = format!("447700900{:03}", draw.below(1000));
    add(draft, draw, heading, |_| if only_dashes { "-".into() } else { number.clone() })
}

fn trunks(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if draft.table != "records" {
        return false;
    }
    let number = draw.between(7_000_000_000, 7_999_999_999);
    add(draft, draw, "IN TG", |line| (number + (line as i64) % 3).to_string())
        && add(draft, draw, "OUT TG", |line| (number + 5 + (line as i64) % 4).to_string())
}

fn account(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let heading = *draw.pick(&["Account No", "Account Number", "Customer Account", "Billing Account Number"]);
    let number = draw.between(7_000_000_000, 7_999_999_999);
    add(draft, draw, heading, |_| number.to_string())
}

fn reference(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let heading = *draw.pick(&["Record Ref", "Record ID", "Reference", "CDR Sequence"]);
    let first = draw.between(7_700_000_000, 7_799_999_999);
    add(draft, draw, heading, |line| (first + 7 * line as i64).to_string())
}

fn charge(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let heading = *draw.pick(&["Charge", "Cost", "Charge (GBP)", "Call Charge"]);
    add(draft, draw, heading, |line| format!("0.{:02}", line * 7 % 100))
}

fn created(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let first = draw.between(1_760_000_000, 1_790_000_000);
    add(draft, draw, "created", |line| (first + line as i64).to_string())
        && add(draft, draw, "updated", |line| (first + 90_000 + 3 * line as i64).to_string())
}

fn empty(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let heading = *draw.pick(&["Remarks", "Roam Nw", "Notes", "Port"]);
    add(draft, draw, heading, |_| String::new())
}

fn shuffled(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if !draft.headed {
        return false;
    }
    let mut order: Vec<usize> = (0..draft.columns.len()).collect();
    draw.shuffle(&mut order);
    draft.columns = order.iter().map(|at| draft.columns[*at].clone()).collect();
    for line in draft.lines.iter_mut().filter(|line| line.fact.is_some()) {
        line.cells = order.iter().map(|at| line.cells.get(*at).cloned().unwrap_or_default()).collect();
    }
    true
}

/// Headings that an analyst reads as the same.
fn synonyms(role: Role) -> &'static [&'static str] {
    match role {
        Role::A => &["Calling Party", "Caller Number", "Originating MSISDN", "CLI", "A-Number", "Calling Party Number"],
        Role::B => &["Called Party", "Dialled Number", "Terminating MSISDN", "B-Number", "Called Party Number"],
        Role::C => &["Forwarded Number", "Diverted To", "C Number"],
        Role::Own => &["Target Number", "Target MSISDN", "Subject Number"],
        Role::Other => &["Other Party", "Other Number", "Correspondent Number", "Contact Number"],
        Role::Direction => &["Direction", "Call Direction", "In/Out"],
        Role::Type => &["Event Type", "Call Type", "Service", "Type of Call", "Record Type"],
        Role::Duration => &["Call Duration (s)", "Duration (seconds)", "Length (secs)", "Call Length (sec)"],
        Role::Imei => &["Handset IMEI", "IMEI Number", "IMEI"],
        Role::Imsi => &["SIM IMSI", "IMSI Number", "IMSI"],
        Role::Cell => &["First Cell ID", "Start CGI", "Start Cell", "Cell Global Identity"],
        Role::EndCell => &["Last Cell ID", "End CGI", "End Cell"],
        Role::Latitude => &["Lat", "Cell Latitude"],
        Role::Longitude => &["Long", "Cell Longitude", "Lon"],
        Role::Easting => &["Cell Easting", "OS Easting"],
        Role::Northing => &["Cell Northing", "OS Northing"],
        Role::Number => &["MSISDN", "Phone Number", "Mobile No"],
        _ => &[],
    }
}

fn renamed(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if !draft.free {
        return false;
    }
    let mut changed = false;
    let zone = match draft.zone {
        crate::reading::draft::Zone::Utc => " (UTC)",
        _ => "",
    };
    for column in &mut draft.columns {
        if let Role::Moment(Moment::Start, part) = column.role {
            let names: &[&str] = match part {
                InstantPart::Whole => &["Start Date/Time", "Call Start", "Event Time", "Date Time"],
                InstantPart::Date => &["Call Date", "Event Date"],
                InstantPart::Time => &["Call Time", "Start Time", "Event Time"],
            };
            column.heading = format!("{}{zone}", draw.pick(names));
            changed = true;
            continue;
        }
        // Minutes under a heading that says seconds would be a lie that no reader can see.
        if column.role == Role::Duration && column.heading.to_ascii_lowercase().contains("min") {
            continue;
        }
        let names = synonyms(column.role);
        if !names.is_empty() && (column.role == Role::Direction || draw.percent(70)) {
            column.heading = (*draw.pick(names)).to_owned();
            changed = true;
        }
    }
    // Two columns of one name are another damage.
    let mut seen: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    for column in &mut draft.columns {
        if !seen.insert(column.heading.clone()) {
            column.heading.push_str(" 2");
        }
    }
    changed
}

fn spaced(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if !draft.headed {
        return false;
    }
    for column in &mut draft.columns {
        column.heading = match draw.below(3) {
            0 => format!(" {} ", column.heading),
            1 => column.heading.replace(' ', "  "),
            _ => column.heading.clone(),
        };
    }
    true
}
