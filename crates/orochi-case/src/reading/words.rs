//! How values were understood, in words. Composed here and nowhere else: the command, the disclosure and
//! the document say the same.

use orochi_layout::{
    field::{Field, Table},
    mapping::Mapping,
    timing::DATED,
};
use orochi_model::{
    cell::Base,
    party::Region,
    quantity::{Comma, Span, Volume},
    time::{DateOrder, DayCount, Zone},
};

/// What holds for the whole of a sheet.
pub(super) fn of_sheet(mapping: &Mapping) -> Vec<String> {
    let mut said = vec![match mapping.profile.as_str() {
        "proposed" => {
            format!("Rows were read as {} by a layout proposed from headings and values.", rows(mapping.table))
        }
        profile => format!("Rows were read as {} by the layout {profile}.", rows(mapping.table)),
    }];
    said.push(match mapping.header_row {
        Some(row) => format!("The headings are in row {row}; the data begins in row {}.", mapping.first_data_row),
        None => format!("The file has no headings; the data begins in row {}.", mapping.first_data_row),
    });
    if DATED.iter().any(|field| mapping.has(*field)) {
        said.push(zone(mapping));
        said.push(order(mapping));
        if mapping.days == DayCount::From1904 {
            said.push("Bare day numbers were counted from 1904, as the workbook says.".to_owned());
        }
    }
    if PARTIES.iter().any(|field| mapping.has(*field)) {
        said.push(region(mapping));
    }
    if let Some(target) = &mapping.target {
        said.push(format!("The data was requested for {target}: this is stated above the rows or was given."));
    }
    if !mapping.owners.is_empty() {
        let all: Vec<&str> = mapping.owners.iter().map(String::as_str).collect();
        said.push(format!("The rows themselves show whose data they are: {}.", all.join(", ")));
    }
    if let Some(network) = &mapping.network {
        said.push(format!("The operator is {network} where a row does not name one."));
    }
    let code = |name: &str, code: &Option<String>| code.as_ref().map(|code| format!("{name} {code}"));
    let codes: Vec<String> =
        [code("country code", &mapping.mcc), code("network code", &mapping.mnc)].into_iter().flatten().collect();
    if !codes.is_empty() {
        said.push(format!("Every cell belongs to {}: the layout states this, not the rows.", codes.join(" and ")));
    }
    if let Some(kind) = mapping.constant.kind {
        said.push(format!("Every row is a {kind}: the layout states this, not the rows."));
    }
    said
}

fn rows(table: Table) -> &'static str {
    match table {
        Table::Communications => "calls, texts and data sessions",
        Table::Cells => "a list of cells",
        Table::Subscribers => "subscribers",
        Table::Topups => "top-ups",
        Table::Handsets => "SIMs in handsets",
        Table::Postcodes => "a list of postcodes",
    }
}

const PARTIES: [Field; 7] = [Field::A, Field::B, Field::C, Field::Own, Field::Other, Field::Target, Field::Number];

fn zone(mapping: &Mapping) -> String {
    match (&mapping.zone, mapping.zone_name.as_str()) {
        (Zone::Utc, _) => "Times were read as UTC.".to_owned(),
        (Zone::Stated, _) => "Each time states its offset and was converted to UTC by it.".to_owned(),
        (Zone::Local(_), "Europe/London") => {
            "Times were read as UK local time (GMT or BST by the date) and converted to UTC.".to_owned()
        }
        (Zone::Local(_), name) => format!("Times were read as local time of {name} and converted to UTC."),
    }
}

fn order(mapping: &Mapping) -> String {
    let order = match mapping.order {
        DateOrder::DayMonthYear => "day, month, year",
        DateOrder::MonthDayYear => "month, day, year",
        DateOrder::YearMonthDay => "year, month, day",
    };
    format!(
        "Dates written in numbers were read as {order}; a date that begins with four digits was read as year, month, \
         day."
    )
}

fn region(mapping: &Mapping) -> String {
    let country = match mapping.region {
        Region::Gb => "the United Kingdom (+44)",
        Region::Us => "the United States and Canada (+1)",
    };
    format!("Numbers without a country code were read as numbers of {country}.")
}

/// How the values of a column were understood. `first` is the heading of the column that is asked
/// before it, where there is one.
pub(super) fn of_column(mapping: &Mapping, field: Field, first: Option<&str>, raw: bool) -> Vec<String> {
    use Field as F;
    if raw {
        return vec!["The operator's own text, kept as evidence beside the value derived from it.".to_owned()];
    }
    let mut said: Vec<String> = match field {
        F::StartTime | F::EndTime => vec![zone(mapping)],
        F::Start | F::StartDate | F::End | F::EndDate | F::From | F::To => vec![zone(mapping), order(mapping)],
        F::A | F::B | F::C | F::Number | F::Target => vec![region(mapping)],
        F::Own => {
            vec!["The number whose record the row is; the direction says whether it called.".into(), region(mapping)]
        }
        F::Other => vec!["The other party; the direction says whether it was called.".into(), region(mapping)],
        F::Direction => vec!["Its words say whose record the row is.".into()],
        F::Type => vec!["Its words say what kind of communication it is, and some also say whose record it is.".into()],
        F::Outcome => vec!["Its words say how the communication ended.".into()],
        F::Up => vec![volume(mapping.up_unit)],
        F::Down => vec![volume(mapping.down_unit)],
        F::Imei | F::AImei | F::BImei => {
            vec!["The first 14 digits are kept: the last is a check digit or a version.".into()]
        }
        F::AImsi | F::ACell => vec!["Kept for rows that are the caller's record.".into()],
        F::BImsi | F::BCell => vec!["Kept for rows that are the called party's record.".into()],
        F::StartCell | F::EndCell | F::StartArea | F::EndArea | F::StartNode | F::EndNode if mapping.opaque_cells => {
            vec!["Cells have names particular to this layout, which are kept as text.".into()]
        }
        F::Ignore => vec!["Left out on purpose: it holds nothing that a table has a place for.".into()],
        _ => Vec::new(),
    };
    said.extend(notation(mapping, field));
    if let Some(first) = first {
        said.push(format!("Used where \u{201c}{}\u{201d} is empty.", first.trim()));
    }
    said
}

/// How the values are written, where the heading or the column says so.
fn notation(mapping: &Mapping, field: Field) -> Vec<String> {
    let Some(notation) = mapping.notations.get(&field) else { return Vec::new() };
    let mut said = Vec::new();
    if notation.base == Base::Sixteen {
        said.push("Numbers were read in base sixteen (hexadecimal).".to_owned());
    }
    if matches!(field, Field::Duration | Field::Ring) {
        let unit = match notation.span {
            Span::Milliseconds => "milliseconds",
            Span::Seconds => "seconds",
            Span::Minutes => "minutes",
            Span::Hours => "hours",
        };
        said.push(format!("A bare number was read as {unit}."));
    }
    if notation.comma == Comma::Decimals {
        said.push("A comma was read as a decimal mark.".to_owned());
    }
    if let Some(digits) = notation.digits {
        said.push(format!("Most values have {digits} digits; values with fewer were judged against that."));
    }
    said
}

fn volume(unit: Volume) -> String {
    let unit = match unit {
        Volume::Bytes => "bytes",
        Volume::Kilobytes => "kilobytes of 1,024 bytes",
        Volume::Megabytes => "megabytes of 1,048,576 bytes",
        Volume::Gigabytes => "gigabytes of 1,073,741,824 bytes",
    };
    format!("Volumes were read as {unit} and kept as kilobytes, rounded up.")
}
