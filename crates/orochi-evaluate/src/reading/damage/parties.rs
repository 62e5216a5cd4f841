//! Numbers, and words in their place.

use super::{Damage, Spec, Stage};
use crate::reading::{
    draft::{Draft, Role},
    draw::Draw,
    layouts::communications::append,
    layouts::spec::{Numbers, Side},
    world::World,
};

const fn value(
    name: &'static str,
    words: &'static str,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage: Stage::Values, family: "numbers", apply }
}

pub(super) static ALL: &[Damage] = &[
    value("numbers with a country code", "all numbers as 447700900123", with_country),
    value("numbers with 00", "all numbers as 00447700900123", with_zeros),
    value("numbers without their zero", "all numbers as 7700900123", without_zero),
    value("mixed spellings", "one number in several spellings", mixed),
    value("spaces in numbers", "numbers as 07700 900 123", spaced),
    value("no-break spaces", "numbers with no-break and narrow spaces", no_break),
    value("numbers as decimals", "numbers as 447700900123.0", decimals),
    value("scientific whole", "some numbers as 4.47700900123E+11, every digit there", scientific_whole),
    value("scientific rounded", "some numbers as 4.47701E+11: digits are gone", scientific_rounded),
    Damage { family: "withheld", ..value("withheld", "words in place of some callers", withheld) },
    Damage {
        family: "withheld",
        ..value("errors of a spreadsheet", "`#N/A` and `########` in place of some callers", errors)
    },
    Damage { family: "withheld", ..value("numeric placeholders", "-1 and -2 in place of some callers", placeholders) },
    Damage { family: "directions", ..value("direction words", "other words for in and out", directions) },
    Damage { family: "types", ..value("type words", "other words for calls and texts", types) },
    Damage {
        name: "several subjects",
        words: "rows of two or three subjects in one file",
        stage: Stage::Rows,
        family: "subjects",
        apply: several,
    },
    Damage { name: "rows twice", words: "some rows stand twice", stage: Stage::Rows, family: "twice", apply: twice },
];

/// Roles that hold telephone numbers.
pub(super) const PARTIES: &[Role] = &[Role::A, Role::B, Role::C, Role::Own, Role::Other, Role::Target, Role::Number];

/// The digits of a number of the United Kingdom however it is written, with country code.
fn digits(cell: &str) -> Option<String> {
    let plain = cell.trim_start_matches('+');
    if plain.is_empty() || !plain.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    match (plain.len(), plain.as_bytes()[0]) {
        (12, b'4') => Some(plain.to_owned()),
        (11, b'0') => Some(format!("44{}", &plain[1..])),
        (10, b'7') => Some(format!("44{plain}")),
        _ => None,
    }
}

fn rewrite(draft: &mut Draft, mut with: impl FnMut(&str) -> String) -> bool {
    let columns = draft.columns_of(PARTIES);
    let mut any = false;
    draft.change(&columns, |cell| match digits(cell) {
        Some(digits) => {
            any = true;
            with(&digits)
        }
        None => cell.to_owned(),
    });
    any
}

fn with_country(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    rewrite(draft, str::to_owned)
}

fn with_zeros(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    rewrite(draft, |digits| format!("00{digits}"))
}

fn without_zero(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    rewrite(draft, |digits| digits[2..].to_owned())
}

fn mixed(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    rewrite(draft, |digits| {
        let canonical = format!("+{digits}");
        match draw.below(5) {
            0 => Numbers::Plus.write(&canonical),
            1 => Numbers::Country.write(&canonical),
            2 => Numbers::National.write(&canonical),
            3 => Numbers::Bare.write(&canonical),
            _ => format!("00{digits}"),
        }
    })
}

fn spaced(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let joint = *draw.pick(&[" ", "-", "."]);
    rewrite(draft, |digits| {
        // A point parts digits only where a space does not.
        format!("0{}{joint}{}{joint}{}", &digits[2..6], &digits[6..9], &digits[9..])
    })
}

fn no_break(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let joint = *draw.pick(&["\u{a0}", "\u{202f}", "\u{2009}"]);
    rewrite(draft, |digits| format!("+44{joint}{}{joint}{}", &digits[2..6], &digits[6..]))
}

fn decimals(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    rewrite(draft, |digits| format!("{digits}.0"))
}

fn scientific_whole(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    rewrite(
        draft,
        |digits| {
            if draw.percent(30) { format!("{}.{}E+11", &digits[..1], &digits[1..]) } else { digits.to_owned() }
        },
    )
}

fn scientific_rounded(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = draft.columns_of(PARTIES);
    let mut any = false;
    for line in draft.stating() {
        if !draw.percent(20) {
            continue;
        }
        for at in &columns {
            if let Some(digits) = draft.lines[line].cells.get(*at).and_then(|cell| digits(cell)) {
                draft.lines[line].cells[*at] = format!("{}.{}E+11", &digits[..1], &digits[1..6]);
                any = true;
                if let Some(fact) = draft.fact_mut(line) {
                    fact.rejectable = true;
                }
                break;
            }
        }
    }
    any
}

/// Puts words in place of the other party's number where that one called.
fn callers(draft: &mut Draft, draw: &mut Draw, words: &[&str]) -> bool {
    let other = draft.columns_of(&[Role::Other]);
    let columns = if other.is_empty() { draft.columns_of(&[Role::A]) } else { other };
    let Some(at) = columns.first().copied() else { return false };
    let word = *draw.pick(words);
    let one_word = draw.percent(50);
    let mut any = false;
    for line in draft.stating() {
        if !draw.percent(15) {
            continue;
        }
        let text = if one_word { word } else { *draw.pick(words) };
        let Some(fact) = draft.fact_mut(line) else { continue };
        if fact.values.get("side").is_none_or(|side| side != "B") {
            continue;
        }
        fact.values.insert("a", String::new());
        draft.lines[line].cells[at] = text.to_owned();
        any = true;
    }
    any
}

fn withheld(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let words = [
        "Withheld",
        "WITHHELD",
        "Number Withheld",
        "Anonymous",
        "anonymous",
        "Private",
        "Private Number",
        "Unknown",
        "Unavailable",
        "No Caller ID",
        "Restricted",
        "N/A",
        "NULL",
        "null",
        "-",
        "CLI Withheld",
        "None",
        "not known",
        "Undisclosed",
    ];
    callers(draft, draw, &words)
}

fn errors(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    callers(draft, draw, &["#N/A", "########", "#REF!", "#VALUE!"])
}

fn placeholders(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    callers(draft, draw, &["-1", "-2"])
}

/// Words for out and in.
const DIRECTIONS: &[[&str; 2]] = &[
    ["OUT", "IN"],
    ["Out", "In"],
    ["O", "I"],
    ["MO", "MT"],
    ["Originating", "Terminating"],
    ["Outbound", "Inbound"],
    ["OUTGOING", "INCOMING"],
    ["outgoing", "incoming"],
    ["Sent", "Received"],
    ["Made", "Received"],
    ["Dialled", "Received"],
];

fn directions(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let Some(at) = draft.columns_of(&[Role::Direction]).first().copied() else { return false };
    // The cellyzer profile knows its own words; others go by what words mean.
    let pair = *draw.pick(DIRECTIONS);
    for line in draft.stating() {
        let Some(fact) = draft.fact_mut(line) else { continue };
        let incoming = fact.values.get("side").is_some_and(|side| side == "B");
        draft.lines[line].cells[at] = pair[usize::from(incoming)].to_owned();
    }
    // Where no other column says the kind it went with the words.
    true
}

/// Words for calls and texts.
const TYPES: &[[&str; 2]] = &[
    ["VOICE", "SMS"],
    ["Call", "Text"],
    ["Voice Call", "Text Message"],
    ["Telephony", "SMS"],
    ["Speech", "Short Message SMS"],
    ["CALL", "SMS TEXT"],
];

fn types(draft: &mut Draft, draw: &mut Draw, spec: Option<&'static Spec>) -> bool {
    // Types that say the side as well keep their words.
    let plain = draft.lines.first().is_some_and(|line| {
        draft.columns_of(&[Role::Type]).first().is_some_and(|at| matches!(line.cells[*at].as_str(), "Voice" | "SMS"))
    });
    let Some(at) = draft.columns_of(&[Role::Type]).first().copied() else { return false };
    if !plain || spec.is_none_or(|spec| !spec.free) {
        return false;
    }
    let pair = *draw.pick(TYPES);
    for line in draft.stating() {
        let Some(fact) = draft.fact_mut(line) else { continue };
        let text = fact.values.get("kind").is_some_and(|kind| kind == "text");
        draft.lines[line].cells[at] = pair[usize::from(text)].to_owned();
    }
    true
}

fn several(draft: &mut Draft, draw: &mut Draw, spec: Option<&'static Spec>) -> bool {
    let Some(spec) = spec else { return false };
    // A layout that names its one target above the heading holds no other's rows.
    if !draft.above.is_empty() || spec.several {
        return false;
    }
    for _ in 0..1 + draw.below(2) {
        let world = World::new(draw, spec.country);
        let rows = 4 + draw.below(draft.facts.len());
        append(spec, draw, &world, rows, draft);
    }
    draft.subject = None;
    if spec.side == Side::Shared {
        for fact in &mut draft.facts {
            fact.lacking.insert("side");
        }
    }
    if draw.percent(50) {
        draft.lines.sort_by_key(|line| line.fact.and_then(|fact| draft.facts[fact].moments.values().next().copied()));
    }
    true
}

fn twice(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    for place in draw.places(draft.lines.len(), 4).into_iter().rev() {
        let mut line = draft.lines[place].clone();
        if let Some(fact) = line.fact {
            let again = draft.facts[fact].clone();
            line.fact = Some(draft.facts.len());
            draft.facts.push(again);
        }
        draft.lines.insert(place, line);
    }
    true
}
