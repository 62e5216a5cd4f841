//! What spreadsheets do, and workbooks.

use super::{Damage, Spec, Stage, clocks::stated};
use crate::reading::{
    draft::{Draft, InstantPart, Zone, date_time},
    draw::Draw,
    form::{Dates, Encoding, Ends, Form, Kind, Marks, Packing, Sheet},
};

const fn form(
    name: &'static str,
    words: &'static str,
    family: &'static str,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage: Stage::Form, family, apply }
}

pub(super) static ALL: &[Damage] = &[
    form("workbook of texts", "a workbook whose cells are all text", "workbook", texts),
    form("workbook of numbers", "a workbook whose cells of digits are numbers", "workbook", numbers),
    form("date cells", "a workbook with dates as a spreadsheet keeps them", "dates", tagged),
    form("date cells without a format", "a workbook with dates as bare numbers", "dates", bare),
    form("1904 date cells", "a workbook that counts days from 1904", "dates", tagged_1904),
    form("1904 without a format", "a workbook that counts days from 1904, with bare numbers", "dates", bare_1904),
    form(
        "dates turned round",
        "dates up to the twelfth turned round by a spreadsheet of the United States",
        "dates",
        turned,
    ),
    form("date cells among texts", "some dates as date cells, some as text", "dates", mixed),
    form("cover sheet", "a cover sheet before the table", "sheets", cover),
    form("glossary sheet", "a sheet that explains the headings", "sheets", glossary),
    form("second view", "a second sheet with the same rows", "sheets", second_view),
    form("hidden sheet", "a hidden sheet with notes", "sheets", hidden),
    form("false range", "a sheet that states a smaller range than it has", "range", false_range),
    form("false sheet name", "the table stands on a sheet called Cover or Glossary", "sheets", false_name),
    form("merged titles", "merged cells with titles above the heading", "merged", merged),
    form("web page called xls", "a web page named as a workbook", "page", page),
    form("message called xls", "a web page saved as a message and named as a workbook", "page", message),
];

/// Makes the file a workbook, unless it was made another kind of text.
fn workbook(draft: &mut Draft) -> bool {
    let form = &draft.form;
    let plain = form.delimiter == ','
        && form.marks == Marks::Needed
        && form.ends == Ends::Feed
        && form.encoding == Encoding::Utf8
        && form.packing == Packing::Plain
        && form.last_end;
    match form.kind {
        Kind::Workbook => true,
        Kind::Text if plain => {
            draft.form = Form::workbook();
            true
        }
        _ => false,
    }
}

fn texts(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    workbook(draft)
}

fn numbers(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let made = workbook(draft);
    draft.form.numbers |= made;
    made
}

fn dated(draft: &mut Draft, dates: Dates, from_1904: bool) -> bool {
    // Some forms say more than a date cell can.
    if draft.moments().is_empty() || !draft.headed || stated(draft) || !workbook(draft) {
        return false;
    }
    draft.form.dates = dates;
    draft.form.from_1904 = from_1904;
    draft.form.numbers = true;
    if dates == Dates::Bare {
        draft.refusable = Some("bare numbers do not say that they are days");
        for fact in &mut draft.facts {
            fact.rejectable = true;
            fact.lacking.extend(["from", "to", "valid_from", "valid_to"]);
        }
    }
    true
}

fn tagged(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    dated(draft, Dates::Tagged, false)
}

fn bare(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    dated(draft, Dates::Bare, false)
}

fn tagged_1904(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    dated(draft, Dates::Tagged, true)
}

fn bare_1904(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    dated(draft, Dates::Bare, true)
}

fn mixed(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    if !dated(draft, Dates::Mixed, false) {
        return false;
    }
    draft.refusable = Some("date cells beside texts may have been turned round");
    for fact in &mut draft.facts {
        fact.rejectable = true;
    }
    true
}

fn turned(draft: &mut Draft, _: &mut Draw, spec: Option<&'static Spec>) -> bool {
    let zone = draft.zone;
    let late = |utc: &i64| date_time(zone.civil(*utc)).day() > 12;
    // Where all were turned nothing shows it.
    if !draft.facts.iter().any(|fact| fact.moments.values().any(late)) {
        return false;
    }
    let day_first = draft.zone != Zone::NewYork
        && spec.is_none_or(|spec| spec.country == crate::reading::world::Country::Kingdom)
        && !draft.columns.iter().any(|column| column.heading.contains("mm/dd"))
        && draft.moments().iter().any(|dated| dated.part != InstantPart::Time);
    if !day_first || !dated(draft, Dates::Turned, false) {
        return false;
    }
    draft.refusable = Some("half of the dates were turned round");
    for fact in &mut draft.facts {
        let early = |utc: &i64| date_time(zone.civil(*utc)).day() <= 12;
        if fact.moments.values().any(early) {
            fact.rejectable = true;
            fact.lacking.extend(["from", "to", "valid_from", "valid_to"]);
        }
    }
    true
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn add(draft: &mut Draft, sheet: Sheet) -> bool {
    let made = workbook(draft);
    if made {
        draft.form.sheets.push(sheet);
    }
    made
}

fn cover(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let number = format!("07700 900{:03}", draw.below(1000));
    let rows = vec![
        row(&["MADE-UP OPERATOR LIMITED"]),
        row(&[]),
        row(&["Reference", "CD/0001/25"]),
        row(&["Officer", "DC 1234", &number]),
    ];
    add(draft, Sheet { name: "Cover".into(), hidden: false, first: true, rows: Some(rows) })
}

fn glossary(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let rows = std::iter::once(row(&["Term", "Meaning"]))
        .chain(draft.columns.iter().map(|column| row(&[&column.heading, "as the operator records it"])))
        .collect();
    let first = draw.percent(30);
    add(draft, Sheet { name: "Glossary".into(), hidden: false, first, rows: Some(rows) })
}

fn second_view(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let name = if draw.percent(50) { "Simple View" } else { "Sheet2" };
    draft.repeated = true;
    add(draft, Sheet { name: name.into(), hidden: false, first: false, rows: None })
}

fn hidden(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let number = format!("07700 900{:03}", draw.below(1000));
    let rows = vec![row(&["Note", "Number"]), row(&["ask again", &number])];
    let first = draw.percent(50);
    add(draft, Sheet { name: "Working".into(), hidden: true, first, rows: Some(rows) })
}

fn false_range(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let made = workbook(draft);
    draft.form.false_range |= made;
    made
}

fn false_name(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let made = workbook(draft);
    if made {
        draft.form.sheet = (*draw.pick(&["Cover", "Glossary", "Reference", "Cover Sheet", "Simple View"])).to_owned();
    }
    made
}

fn merged(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    if !draft.headed || !workbook(draft) {
        return false;
    }
    draft.above.splice(0..0, [row(&["MADE-UP OPERATOR LIMITED"]), row(&["Call Data Report"])]);
    draft.form.merged = true;
    true
}

/// Makes the file a web page.
fn paged(draft: &mut Draft, kind: Kind) -> bool {
    let untouched =
        draft.form.kind == Kind::Text && draft.form.delimiter == ',' && draft.form.packing == Packing::Plain;
    if untouched {
        draft.form.kind = kind;
        draft.form.name = "file.xls".into();
        draft.refusable = Some("a web page may be refused by that name");
    }
    untouched
}

fn page(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    paged(draft, Kind::Page)
}

fn message(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    paged(draft, Kind::Mime)
}
