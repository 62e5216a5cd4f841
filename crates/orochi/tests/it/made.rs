//! Made-up disclosures in the UK 36-column layout. Numbers are from the range kept free for drama
//! (07700 900000 to 900999).

use std::fmt::Write as _;

/// The header of the layout.
pub const HEADER: &str = "Start Date,Start Time (local),End Date,End Time (local),Calling Number,Called \
                          Number,Forwarding Number,CDR Type,IMSI,IMEI,Ring time (secs),Call Duration (HH:mm:ss),IPv4 \
                          address,IPv6 address,Data Volume Uploaded (KB),Data Volume Downloaded (KB),APN,Country of \
                          Origin,Operator,Start Cell ID or MAC Address,Start Cell Site Name,Start Cell 1st line of \
                          Address,Start Cell ID Postcode,Start Cell Generation,Start Cell Easting,Start Cell \
                          Northing,Start Cell Azimuth,End Cell ID or MAC Address,End Cell Site Name,End Cell 1st line \
                          of Address,End Cell ID Postcode,End Cell Generation,End Cell Easting,End Cell Northing,End \
                          Cell Azimuth,Row";

/// A number of the drama range, as operators write it.
pub fn number(n: u32) -> String {
    format!("447700900{:03}", n % 1000)
}

/// A communication.
pub struct Communication<'a> {
    /// Day, `01/03/2024`.
    pub day: &'a str,
    /// Seconds since midnight.
    pub second: u32,
    /// Caller.
    pub a: u32,
    /// Called.
    pub b: u32,
    /// `Voice`, `SMS-MO`, `SMS-MT`, `Data`.
    pub kind: &'a str,
    /// Seconds.
    pub duration: u32,
}

/// The clock's text for a second of the day; also a length of less than a day.
pub fn clock(second: u32) -> String {
    format!("{:02}:{:02}:{:02}", second / 3600 % 24, second / 60 % 60, second % 60)
}

/// A line of the layout.
pub fn line(row: usize, c: &Communication<'_>) -> String {
    let (start, end) = (clock(c.second), clock(c.second + c.duration));
    let (a, b, duration) = (number(c.a), number(c.b), clock(c.duration));
    format!(
        "{day},{start},{day},{end},{a},{b},,{kind},23415{imsi:010},35920000{imei:06}0,5,{duration},,,,,,GBR,Vodafone,\
         234-15-1014-13399,Colchester North,1 Made Up Road,CO1 1AA,2G,599800,225300,120,234-15-1014-13399,Colchester \
         North,1 Made Up Road,CO1 1AA,2G,599800,225300,120,{row}",
        day = c.day,
        kind = c.kind,
        imsi = c.a,
        imei = c.a,
    )
}

/// What stands above the rows: preamble with the target, header.
pub fn heading(target: &str) -> String {
    format!("URN:,,,,TEST-1\nTarget identity:,,,,{target}\nOperator:,,,,Vodafone\n\n{HEADER}\n")
}

/// A whole file: heading, rows.
pub fn file(target: u32, lines: &[String]) -> String {
    let mut text = heading(&number(target));
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// Calls of one target, one a minute, each different; every tenth row cannot be read.
pub fn calls(target: u32, rows: usize, seed: u32) -> String {
    let lines: Vec<_> = (0..rows)
        .map(|row| {
            let n = u32::try_from(row).unwrap();
            let day = format!("{:02}/{:02}/2024", 1 + (n / 900) % 28, 1 + seed % 12);
            let c = Communication {
                day: if row % 10 == 9 { "99/99/9999" } else { &day },
                second: 3600 * 7 + n % 900 * 60 + seed % 60,
                a: target,
                b: 100 + (n + seed) % 800,
                kind: "Voice",
                duration: 10 + (n + seed) % 90,
            };
            line(row + 1, &c)
        })
        .collect();
    file(target, &lines)
}

/// Two weeks of a number that texts forty others together twice a day, is called briefly by some of them soon after,
/// and calls back; beside it two friends who talk in the evening.
pub fn deal_line() -> String {
    let mut lines = Vec::new();
    for day in 4..18_u32 {
        let date = format!("{day:02}/03/2024");
        let mut add = |second, a, b, kind, duration| {
            let row = lines.len() + 1;
            lines.push(line(row, &Communication { day: &date, second, a, b, kind, duration }));
        };
        for (burst, hour) in [10_u32, 17].into_iter().enumerate() {
            for customer in 0..40 {
                add(hour * 3600 + customer * 4, 1, 100 + customer, "SMS-MO", 0);
            }
            for answer in 0..15 {
                let customer = 100 + (answer * 7 + day * 3 + u32::try_from(burst).unwrap()) % 40;
                add(hour * 3600 + 300 + answer * 90, customer, 1, "Voice", 14);
                if answer % 4 == 0 {
                    add(hour * 3600 + 340 + answer * 90, 1, customer, "Voice", 22);
                }
            }
        }
        for turn in 0..3 {
            add(19 * 3600 + turn * 1300, 500 + turn % 2, 501 - turn % 2, "Voice", 400 + 60 * turn);
        }
    }
    file(1, &lines)
}
