//! What a heading can mean, by its words. Operators have no common vocabulary; the table below is the union of those
//! met in published layouts, tools and manuals, and grows by adding words.

use super::field::Field;
use super::heading::words;
use super::vocabulary::*;

fn meaning(word: &str) -> u128 {
    WORDS.iter().filter(|(_, list)| list.split(' ').any(|known| known == word)).fold(0, |bits, (bit, _)| bits | bit)
}

// Splits a word that is two run together (`callingnumber`, `startdatetime`); the fewest parts win.
fn split(word: &str) -> Option<Vec<u128>> {
    if !word.is_ascii() {
        return None;
    }
    let known = |part: &str| {
        let bits = meaning(part);
        (bits != 0 && (part.len() > 2 || word.len() - part.len() > 3))
            .then_some(bits)
            .or(NOISE.contains(&part).then_some(0))
    };
    let mut best: Vec<Option<Vec<u128>>> = vec![None; word.len() + 1];
    best[0] = Some(Vec::new());
    for end in 1..=word.len() {
        for begin in 0..end {
            if end - begin < 3 && begin > 0 && end < word.len() {
                continue;
            }
            if let (Some(before), Some(bits)) = (&best[begin], known(&word[begin..end])) {
                let mut parts = before.clone();
                parts.push(bits);
                if best[end].as_ref().is_none_or(|found| found.len() > parts.len()) {
                    best[end] = Some(parts);
                }
            }
        }
    }
    best.pop().flatten()
}

/// Whether a heading speaks of how records are kept or charged: no number under it is a party's, whatever its digits.
pub fn is_of_the_books(heading: &str) -> bool {
    words(heading).iter().any(|word| meaning(word) & (NOT | ADMIN) != 0)
}

/// The fields a heading can mean, each with how well it fits, 0 to 1.
pub fn meanings(heading: &str) -> Vec<(Field, f32)> {
    let mut bits = 0;
    let mut known = 0.0_f32;
    let mut total = 0.0_f32;
    for word in words(heading) {
        let found = meaning(&word);
        if found != 0 {
            bits |= found;
            known += 1.0;
            total += 1.0;
        } else if NOISE.contains(&word.as_str()) || word.bytes().all(|b| b.is_ascii_digit()) {
        } else if let Some(parts) = split(&word) {
            bits |= parts.iter().fold(0, |all, part| all | part);
            known += 1.0;
            total += 1.0;
        } else {
            total += 1.0;
        }
    }
    if known == 0.0 {
        return Vec::new();
    }
    let cover = 0.55 + 0.45 * known / total;
    let mut found = decide(bits, heading);
    for (_, score) in &mut found {
        *score *= cover;
    }
    found
}

fn decide(bits: u128, heading: &str) -> Vec<(Field, f32)> {
    let signs = Signs(bits);
    signs
        .device()
        .or_else(|| beside(bits))
        .or_else(|| signs.position())
        .or_else(|| signs.address(heading))
        .or_else(|| signs.cell())
        .or_else(|| signs.amount(heading))
        .or_else(|| signs.account())
        .or_else(|| signs.event())
        .unwrap_or_else(|| parties(bits))
}

/// What the words of a heading stand for, a bit each. Of the questions put to it in turn, the first that it answers
/// decides.
#[derive(Clone, Copy)]
struct Signs(u128);

impl Signs {
    fn has(self, bit: u128) -> bool {
        self.0 & bit == bit
    }

    fn any(self, set: u128) -> bool {
        self.0 & set != 0
    }

    fn is_end(self) -> bool {
        self.any(END) && !self.any(START)
    }

    /// The field of the side that the heading names.
    fn sided(self, one: Field, a: Field, b: Field, score: f32) -> Vec<(Field, f32)> {
        if self.any(A) && !self.any(B) {
            vec![(a, score)]
        } else if self.any(B) && !self.any(A) {
            vec![(b, score)]
        } else if self.any(OTHER) {
            vec![(b, score * 0.5)]
        } else {
            vec![(one, score)]
        }
    }

    /// The field of the start, or that of the end where the heading names the end.
    fn at_end(self, field: Field, score: f32) -> Vec<(Field, f32)> {
        vec![(if self.is_end() { field.of_end().unwrap_or(field) } else { field }, score)]
    }

    /// A SIM, a handset, a person's birth.
    fn device(self) -> Option<Vec<(Field, f32)>> {
        use Field as F;
        if self.has(IMEI) && (!self.any(AREA) || self.any(DEVICE)) {
            return Some(self.sided(F::Imei, F::AImei, F::BImei, 1.0));
        }
        if self.has(IMSI) {
            return Some(self.sided(F::Imsi, F::AImsi, F::BImsi, 1.0));
        }
        if self.has(ICCID) {
            return Some(vec![(F::Iccid, 1.0)]);
        }
        if self.has(BORN) {
            return Some(vec![(F::Born, 1.0)]);
        }
        None
    }

    /// Where a mast stands.
    fn position(self) -> Option<Vec<(Field, f32)>> {
        use Field as F;
        for (bit, field) in [
            (EAST, F::StartEasting),
            (NORTH, F::StartNorthing),
            (AZ, F::StartAzimuth),
            (POST, F::StartPostcode),
            (RADIO, F::StartRadio),
        ] {
            if self.has(bit) && !(self.has(EAST) && self.has(NORTH)) {
                let mut out = self.at_end(field, 0.95);
                if field == F::StartPostcode {
                    out.push((F::Postcode, 0.95));
                }
                return Some(out);
            }
        }
        if self.has(LAT) && self.has(LON) {
            return Some(self.at_end(F::StartGrid, 0.95));
        }
        if self.has(LAT) {
            return Some(self.at_end(F::StartLatitude, 0.95));
        }
        if self.has(LON) && !self.any(DUR) {
            return Some(self.at_end(F::StartLongitude, 0.95));
        }
        if self.has(GRID) || (self.has(EAST) && self.has(NORTH)) {
            return Some(self.at_end(F::StartGrid, 0.95));
        }
        None
    }

    /// An access point, an address, an area, the number of a node.
    fn address(self, heading: &str) -> Option<Vec<(Field, f32)>> {
        use Field as F;
        if self.has(APN) {
            return Some(vec![(F::Apn, 1.0)]);
        }
        let cells = self.any(CELL | SITE | NODE | SECTOR);
        if self.has(ADDR) && (cells || !self.any(A | B | C | OWN | OTHER | TARGET | NUM))
            || (self.has(ADDR | SUB))
            || (self.has(ADDR | ACCT))
        {
            let mut out = self.at_end(F::StartAddress, 0.85);
            out.push((F::Address, 0.9));
            return Some(out);
        }
        if self.has(ADDR) && heading.to_ascii_lowercase().trim() == "address" {
            return Some(vec![(F::Address, 0.9), (F::StartAddress, 0.8)]);
        }
        if self.has(AREA) && !self.any(TIME | DATE) {
            return Some(self.at_end(F::StartArea, 0.95));
        }
        if self.has(NODE) {
            return Some(self.at_end(F::StartNode, 0.9));
        }
        if self.has(SECTOR) && !self.any(CELL) {
            return Some(self.at_end(F::StartSector, 0.85));
        }
        if self.any(MCC) && !self.any(NUM) {
            return Some(vec![(F::Mcc, 0.8)]);
        }
        if self.any(MNC) {
            return Some(vec![(F::Mnc, 0.8)]);
        }
        if self.any(RANGE) {
            return Some(vec![(F::Range, 0.8)]);
        }
        None
    }

    /// A cell or a site.
    fn cell(self) -> Option<Vec<(Field, f32)>> {
        use Field as F;
        if self.any(CELL) && !self.any(DATE | TIME | DUR) {
            if self.has(NAME) || self.has(SITE) && !self.any(ID) {
                let mut out = self.at_end(F::StartSite, 0.9);
                out.extend(self.at_end(F::StartCell, 0.6));
                return Some(out);
            }
            return Some(self.sided(
                if self.is_end() { F::EndCell } else { F::StartCell },
                if self.is_end() { F::EndCell } else { F::ACell },
                F::BCell,
                if self.any(START) || !self.any(ID) { 1.0 } else { 0.95 },
            ));
        }
        if self.any(SITE) && !self.any(DATE | TIME | NUM | DUR) {
            let mut out = self.at_end(F::StartSite, 0.85);
            out.extend(self.at_end(F::StartCell, if self.any(ID) { 0.9 } else { 0.7 }));
            out.push((F::Place, 0.6));
            return Some(out);
        }
        None
    }

    /// An amount: money, bytes, seconds.
    fn amount(self, heading: &str) -> Option<Vec<(Field, f32)>> {
        use Field as F;
        if self.has(AMOUNT) && !self.any(DATE | TIME | NUM | METHOD | TYPE) {
            return Some(vec![(F::Amount, 0.95)]);
        }
        if self.any(VOL)
            || (self.any(DATA) && self.any(UP | DOWN))
            || (self.any(UP | DOWN) && !self.any(NUM | CALL | TYPE | DIR | TIME | DATE | A | B))
        {
            return Some(match (self.any(UP), self.any(DOWN)) {
                (true, false) => vec![(F::Up, 0.95)],
                (false, _) => vec![(F::Down, if self.any(DOWN) { 0.95 } else { 0.7 })],
                // `Incoming/Outgoing`
                (true, true) => vec![(F::Direction, 0.95)],
            });
        }
        if self.has(RING) {
            return Some(vec![(F::Ring, 0.95)]);
        }
        if self.has(DUR) && !self.any(DATE) && !is_count(heading) {
            return Some(vec![(F::Duration, 1.0)]);
        }
        // A voucher's number is nobody's telephone.
        if self.has(AMOUNT) && self.any(NUM) && !self.any(CALL | DATE | TIME) {
            return Some(known_otherwise());
        }
        None
    }

    /// What the books hold of an account.
    fn account(self) -> Option<Vec<(Field, f32)>> {
        use Field as F;
        if self.has(METHOD) || (self.has(AMOUNT) && self.any(TYPE)) {
            return Some(vec![(F::Method, 0.9), (F::Type, 0.5)]);
        }
        if self.has(PLACE) {
            return Some(vec![(F::Place, 0.9)]);
        }
        if self.any(ACCT) || (self.any(SUB) && self.any(TYPE)) {
            return Some(vec![(F::AccountType, 0.9)]);
        }
        // `Type of Connection`: contract or pre-paid more often than speech or text.
        if self.has(TYPE | LINK) {
            return Some(vec![(F::AccountType, 0.9), (F::Type, 0.6)]);
        }
        if self.has(MAKE) || (self.has(DEVICE) && !self.any(DATE | TIME | NUM | ID)) {
            return Some(vec![(F::Make, 0.9), (F::Imei, if self.has(MAKE) { 0.0 } else { 0.6 })]);
        }
        if self.has(DEVICE) && self.any(NUM | ID) {
            return Some(self.sided(F::Imei, F::AImei, F::BImei, 0.8));
        }
        if self.has(SIM) && !self.any(DATE | TIME) {
            return Some(vec![(F::Iccid, 0.7), (F::Imsi, 0.7)]);
        }
        if self.has(NAME) && !self.any(DATE | TIME) {
            return Some(vec![(F::Name, if self.any(SUB) || !self.any(A | B) { 0.9 } else { 0.4 })]);
        }
        None
    }

    /// When, of what kind, how it ended.
    fn event(self) -> Option<Vec<(Field, f32)>> {
        use Field as F;
        if self.has(QUALITY) {
            return Some(vec![(F::Quality, 0.8)]);
        }
        if self.any(DATE | TIME)
            || (self.any(START | END | ANSWER | SEEN | VALID | CLOSE | FROM | TO)
                && !self.any(NUM | A | B | C | OTHER | TYPE | OUTC))
        {
            return Some(moments(self.0));
        }
        if self.has(DIR) || (self.any(UP) && self.any(DOWN)) {
            return Some(vec![(F::Direction, 1.0), (F::Type, 0.6)]);
        }
        // `Usage Start`, `Service End`: which of the two it is, the values say.
        if self.has(TYPE) && self.any(START | END) && !self.any(NUM | A | B | C | OTHER) {
            let mut out = moments(self.0);
            out.push((F::Type, 0.7));
            return Some(out);
        }
        if self.has(TYPE) && !self.any(NUM) {
            return Some(vec![(F::Type, 1.0), (F::Direction, 0.7)]);
        }
        if self.has(OUTC) {
            return Some(vec![(F::Outcome, 0.85), (F::Type, 0.4)]);
        }
        if self.has(EVENT) && !self.any(NUM | A | B | C | OTHER | OWN | TARGET | ID) {
            return Some(vec![(F::Type, 0.7)]);
        }
        if self.has(NET) && !self.any(NUM) {
            return Some(vec![(F::Network, 0.85)]);
        }
        if in_books(self.0) {
            let mut out = known_otherwise();
            // The list of subscribers may know a line by its account alone.
            if self.has(LEDGER) {
                out.push((F::Number, 0.4));
            }
            return Some(out);
        }
        None
    }
}

/// What a heading means that names something beside the call: a piece of the network, a price, a mark of the operator's
/// own keeping. Their numbers are written like telephones', SIMs' or cells' and are none; none when the
/// heading speaks of the call.
fn beside(bits: u128) -> Option<Vec<(Field, f32)>> {
    let any = |set: u128| bits & set != 0;
    let place = LAT | LON | EAST | NORTH | GRID | POST | AZ | CELL | SITE;
    // A switch's clock is a clock, and the heading of a kind names no number.
    let clock = any(DATE | TIME) && !any(NUM | ID);
    if any(PLANT) && !any(place | DUR) && !clock {
        return Some(if any(TYPE) && !any(NUM | ID) { Vec::new() } else { known_otherwise() });
    }
    if any(ROAM) && !any(place | DUR | AREA | DATA) && !clock {
        return Some(known_otherwise());
    }
    if any(NOT | ADMIN) && !any(DUR | APN) {
        let values = !any(NUM | REFER) && (any(TYPE | DIR | OUTC) || (clock && !any(ADMIN)));
        return Some(if values { Vec::new() } else { known_otherwise() });
    }
    None
}

/// Whether a heading names what an operator numbers its accounts or records by.
fn in_books(bits: u128) -> bool {
    let any = |set: u128| bits & set != 0;
    !any(PHONE) && (any(LEDGER | REFER) || (any(EVENT) && any(NUM | ID)) || (any(CALL) && any(ID) && !any(NUM)))
}

// The number of something else: not to be taken for a telephone by its digits.
fn known_otherwise() -> Vec<(Field, f32)> {
    vec![(Field::Ignore, 0.4)]
}

// `start_ms`, `timestamp (s)`: an instant counted in a unit, and no length of time.
fn is_count(heading: &str) -> bool {
    let words = words(heading);
    let instant = |word: &String| {
        matches!(word.as_str(), "timestamp" | "epoch" | "unix")
            || (meaning(word) & (START | END) != 0 && meaning(word) & DUR == 0)
    };
    let unit = |word: &String| super::notation::span_of(word).is_some();
    words.iter().any(instant) && words.iter().filter(|word| meaning(word) & DUR != 0).all(unit)
}

fn moments(bits: u128) -> Vec<(Field, f32)> {
    use Field as F;
    let any = |set: u128| bits & set != 0;
    let ends = any(END) && !any(START);
    let starts = any(START);
    let mut out = Vec::new();
    // The instant of an answer is later than the start; a start beats it.
    let score = if starts || ends {
        1.0
    } else if any(ANSWER) {
        0.8
    } else if any(DATE | TIME) {
        0.92
    } else {
        0.6
    };
    let score = if any(SEEN | VALID | CLOSE) { score * 0.6 } else { score };
    let triple = if ends { [F::End, F::EndDate, F::EndTime] } else { [F::Start, F::StartDate, F::StartTime] };
    for field in triple {
        out.push((field, score));
    }
    if any(TIME) && !any(DATE | START | END) {
        out.push((F::Duration, 0.5));
    }
    let until = any(TO | CLOSE) || (any(END) && !any(START));
    let since = any(FROM | VALID) || any(START) || any(SEEN | OPEN);
    if until {
        out.push((F::To, 0.95));
    } else if since {
        out.push((F::From, 0.95));
    } else {
        out.push((F::From, 0.5));
    }
    if any(FROM) && !any(DATE | TIME) {
        out.push((F::A, 0.85));
    }
    if any(TO) && !any(DATE | TIME) {
        out.push((F::B, 0.85));
    }
    out
}

fn parties(bits: u128) -> Vec<(Field, f32)> {
    use Field as F;
    let any = |set: u128| bits & set != 0;
    let numbered = any(NUM | ID);
    let sure = |score: f32| if numbered || any(CALL) { score } else { score * 0.92 };
    if any(C) {
        return vec![(F::C, sure(1.0))];
    }
    // `Target /A PARTY NUMBER`: the phone the file is about, whichever way the call went.
    if any(TARGET) && any(A) && !any(B | OTHER) {
        return vec![(F::Own, sure(1.0)), (F::A, sure(0.9)), (F::Target, sure(0.85))];
    }
    match (any(A | FROM), any(B | TO)) {
        (true, true) => return Vec::new(),
        (true, false) => return vec![(F::A, sure(if any(FROM) && !any(A) { 0.95 } else { 1.0 }))],
        (false, true) => return vec![(F::B, sure(if any(TO) && !any(B) { 0.95 } else { 1.0 }))],
        _ => {}
    }
    if any(OTHER) {
        return vec![(F::Other, sure(1.0))];
    }
    if any(TARGET) {
        return vec![(F::Target, sure(1.0)), (F::Own, sure(0.95)), (F::Number, 0.8)];
    }
    if any(OWN | SUB) {
        return vec![(F::Own, sure(0.95)), (F::Number, sure(0.95)), (F::Name, if numbered { 0.0 } else { 0.8 })];
    }
    if any(UP) && numbered {
        return vec![(F::A, 0.85)];
    }
    if any(DOWN) && numbered {
        return vec![(F::B, 0.6)];
    }
    if any(NUM) {
        // A bare `Number` or `MSISDN` is somebody's; whose, the rest of the sheet must say.
        return vec![(F::Number, 0.95), (F::Own, 0.7)];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(heading: &str) -> Option<Field> {
        let mut best: Option<(Field, f32)> = None;
        for (field, score) in meanings(heading).into_iter().filter(|(field, _)| *field != Field::Ignore) {
            if best.is_none_or(|(_, high)| score > high) {
                best = Some((field, score));
            }
        }
        best.map(|(field, _)| field)
    }

    #[test]
    fn headings_of_layouts_nobody_has_seen() {
        for (heading, field) in [
            ("A Number", Field::A),
            ("CallingPartyNumber", Field::A),
            ("callingnumber", Field::A),
            ("Originating MSISDN", Field::A),
            ("Sender", Field::A),
            ("B-Number", Field::B),
            ("Dialled Digits", Field::B),
            ("CALLED_PTY", Field::B),
            ("Destination", Field::B),
            ("Terminating Number", Field::B),
            ("Other Party", Field::Other),
            ("Forwarded To Number", Field::C),
            ("C Number", Field::C),
            ("Redirecting Number", Field::C),
            ("Target MSISDN", Field::Target),
            ("IMEI", Field::Imei),
            ("A IMEI", Field::AImei),
            ("Called IMEI", Field::BImei),
            ("IMSI", Field::Imsi),
            ("First CGI", Field::StartCell),
            ("Last Cell ID", Field::EndCell),
            ("Cell ID", Field::StartCell),
            ("LAC", Field::StartArea),
            ("Start LAC", Field::StartArea),
            ("End Cell Easting", Field::EndEasting),
            ("Cell Lat", Field::StartLatitude),
            ("LONG", Field::StartLongitude),
            ("Grid Ref", Field::StartGrid),
            ("Site Postcode", Field::StartPostcode),
            ("Bearing", Field::StartAzimuth),
            ("Duration (secs)", Field::Duration),
            ("Talk Time", Field::Duration),
            ("Call Length", Field::Duration),
            ("Ring Duration", Field::Ring),
            ("Call Type", Field::Type),
            ("Service", Field::Type),
            ("Direction", Field::Direction),
            ("In/Out", Field::Direction),
            ("Uplink Volume (bytes)", Field::Up),
            ("Bytes Received", Field::Down),
            ("APN", Field::Apn),
            ("Site Name", Field::StartSite),
            ("Call Result", Field::Outcome),
            ("Top-up Amount", Field::Amount),
            ("Subscriber Name", Field::Name),
            ("Date of Birth", Field::Born),
            ("Make and Model", Field::Make),
        ] {
            assert_eq!(best(heading), Some(field), "{heading}: {:?}", meanings(heading));
        }
        for heading in ["Cost", "Offence_Description", "IP address", "Crime ID", "Row"] {
            assert_eq!(best(heading), None, "{heading}: {:?}", meanings(heading));
        }
    }

    #[test]
    fn what_stands_beside_the_call_is_known_otherwise() {
        for heading in [
            "Switch",
            "SW & MSC ID",
            "MSC",
            "MSC Number",
            "First MSC",
            "SMSC No",
            "SMSC Address",
            "SMS Centre",
            "Service Centre Number",
            "LRN No",
            "LRN TSP-LSA",
            "Called LRN",
            "Routing Number",
            "Route",
            "Outgoing Route",
            "Incoming Trunk",
            "Trunk Group",
            "IN TG",
            "OUT TG",
            "Gateway",
            "Exchange",
            "HLR",
            "VLR Number",
            "MSRN",
            "Roaming Number",
            "Roam Nw",
            "Port1",
            "Vowifi First UE IP",
            "switch_number",
            "mscid",
            "Account Number",
            "Account",
            "Account ID",
            "Record Reference",
            "Record ID",
            "Record No",
            "Call ID",
            "Call Ref",
            "Reference",
            "Reference Number",
            "Serial No",
            "Charge",
            "Call Cost",
            "Charge Number",
            "Dealer",
            "Dealer Phone",
            "created",
            "updated",
            "Created Date",
            "Updated At",
            "Session ID",
            "CDR Sequence",
        ] {
            let found = meanings(heading);
            assert!(found.iter().any(|(field, _)| *field == Field::Ignore), "{heading}: {found:?}");
            assert!(best(heading).is_none_or(|field| field == Field::Number), "{heading}: {found:?}");
        }
        // The same words in headings that do speak of the call.
        for (heading, field) in [
            ("Exchange Cell ID", Field::StartCell),
            ("Record Type", Field::Type),
            ("Account Type", Field::AccountType),
            ("Charged Party", Field::Own),
            ("Call Fow No", Field::C),
            ("Target /A PARTY NUMBER", Field::Own),
            ("Type of Connection", Field::AccountType),
            ("Account MSISDN", Field::Own),
            ("Switch Start Time", Field::Start),
            ("Record Start", Field::Start),
        ] {
            assert_eq!(best(heading), Some(field), "{heading}: {:?}", meanings(heading));
        }
    }

    #[test]
    fn dates_and_times_may_be_split_or_joined() {
        for heading in [
            "Date",
            "Start Date",
            "Call Date/Time",
            "Start Timestamp",
            "Event start time",
            "Connect Time",
            "startdatetime",
        ] {
            let fields: Vec<Field> = meanings(heading).into_iter().map(|(field, _)| field).collect();
            assert!(fields.contains(&Field::Start) && fields.contains(&Field::StartDate), "{heading}: {fields:?}");
        }
        assert!(meanings("End Time").iter().any(|(field, _)| *field == Field::EndTime));
    }
}
