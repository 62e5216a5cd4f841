//! Handsets and SIMs.

use super::{Damage, Spec, value};
use crate::reading::{
    draft::{Draft, Role},
    draw::Draw,
};

pub(super) static ALL: &[Damage] = &[
    value("IMEI of 14 digits", "IMEIs without their check digit", "imei", fourteen),
    value("IMEI ending in 0", "IMEIs with 0 in place of the check digit", "imei", zero),
    value("IMEISV", "IMEIs of 16 digits, with the software's version", "imei", software),
    value("IMEI with hyphens", "IMEIs as 35-345612-345678-9", "imei", hyphens),
    value("IMEI as decimal", "IMEIs as 353456123456789.0", "imei", imei_decimal),
    value("IMEI rounded", "IMEIs as 3.53457E+14: digits are gone", "imei", imei_rounded),
    value("IMEI without its zero", "some IMEIs begin with 0, and it is gone", "imei", zeroless),
    value("IMEI of zeros", "zeros in place of some IMEIs", "imei", imei_zeros),
    value("IMSI rounded", "IMSIs as 2.34151E+14: digits are gone", "imsi", imsi_rounded),
    value("IMSI as decimal", "IMSIs as 234151234567890.0", "imsi", imsi_decimal),
    value("IMSI missing", "placeholders in place of some IMSIs", "imsi", imsi_missing),
];

const IMEIS: &[Role] = &[Role::Imei, Role::AImei, Role::BImei];

fn change(draft: &mut Draft, roles: &[Role], with: impl FnMut(&str) -> String) -> bool {
    let columns = draft.columns_of(roles);
    draft.change(&columns, with);
    !columns.is_empty()
}

fn fourteen(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    change(draft, IMEIS, |cell| cell.get(..14).unwrap_or(cell).to_owned())
}

fn zero(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    change(draft, IMEIS, |cell| format!("{}0", cell.get(..14).unwrap_or(cell)))
}

fn software(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let version = 1 + draw.below(98);
    change(draft, IMEIS, |cell| format!("{}{version:02}", cell.get(..14).unwrap_or(cell)))
}

fn hyphens(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    change(draft, IMEIS, |cell| {
        if cell.len() == 15 {
            format!("{}-{}-{}-{}", &cell[..2], &cell[2..8], &cell[8..14], &cell[14..])
        } else {
            cell.to_owned()
        }
    })
}

fn imei_decimal(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    change(draft, IMEIS, |cell| format!("{cell}.0"))
}

/// What a spreadsheet shows of fifteen digits.
fn rounded(cell: &str) -> String {
    let Ok(number) = cell.parse::<u64>() else { return cell.to_owned() };
    let six = (number + 500_000_000) / 1_000_000_000;
    format!("{}.{:05}E+14", six / 100_000, six % 100_000)
}

fn lose(draft: &mut Draft, roles: &[Role], column: &'static str, share: usize, draw: &mut Draw) -> bool {
    let columns = draft.columns_of(roles);
    for line in draft.stating() {
        if !draw.percent(share) {
            continue;
        }
        for at in &columns {
            let cell = draft.lines[line].cells[*at].clone();
            if !cell.is_empty() {
                draft.lines[line].cells[*at] = rounded(&cell);
            }
        }
        if let Some(fact) = draft.fact_mut(line) {
            fact.lacking.insert(column);
            fact.rejectable = true;
            if roles.contains(&Role::AImei) {
                // Whose handset it was may be all that said the side.
                fact.lacking.insert("side");
            }
        }
    }
    !columns.is_empty()
}

fn imei_rounded(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let share = *draw.pick(&[30, 100]);
    lose(draft, IMEIS, "imei", share, draw)
}

fn imsi_rounded(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let share = *draw.pick(&[30, 100]);
    lose(draft, &[Role::Imsi], "imsi", share, draw)
}

fn imsi_decimal(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    change(draft, &[Role::Imsi], |cell| format!("{cell}.0"))
}

/// Words in place of some values: they are absent.
fn absent(draft: &mut Draft, draw: &mut Draw, roles: &[Role], column: &'static str, words: &[&str]) -> bool {
    let columns = draft.columns_of(roles);
    let word = *draw.pick(words);
    for line in draft.stating() {
        if !draw.percent(25) {
            continue;
        }
        for at in &columns {
            if !draft.lines[line].cells[*at].is_empty() {
                draft.lines[line].cells[*at] = word.to_owned();
            }
        }
        if let Some(fact) = draft.fact_mut(line) {
            fact.values.insert(column, String::new());
            if roles.contains(&Role::AImei) {
                fact.lacking.insert("side");
            }
        }
    }
    !columns.is_empty()
}

fn zeroless(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = draft.columns_of(IMEIS);
    // A second handset: beside others of 15 digits its 14 can be told from an IMEI without check digit.
    let mut digits = format!("01{:012}", draw.between(111_111_111_111, 999_999_999_997));
    if digits.ends_with('0') {
        digits.replace_range(13.., "3");
    }
    let full = crate::reading::world::checked(digits);
    for line in draft.stating() {
        if !draw.percent(40) {
            continue;
        }
        let mut any = false;
        for at in &columns {
            if !draft.lines[line].cells[*at].is_empty() {
                draft.lines[line].cells[*at] = full[1..].to_owned();
                any = true;
            }
        }
        if let Some(fact) = draft.fact_mut(line).filter(|_| any) {
            fact.values.insert("imei", full[..14].to_owned());
            fact.lacking.insert("imei");
            fact.rejectable = true;
        }
    }
    draft.table == "records" && !columns.is_empty()
}

fn imei_zeros(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    // A history of handsets without one says nothing.
    draft.table == "records" && absent(draft, draw, IMEIS, "imei", &["000000000000000", "0"])
}

fn imsi_missing(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    absent(draft, draw, &[Role::Imsi], "imsi", &["-", "N/A", "NULL", "0", "Unknown", "#N/A", "-1"])
}
