//! Rows of the UK 36-column call data layout.

use std::io::{self, Write};

/// The layout's header, as operators' files carry it.
pub const HEADER: &str = "Start Date,Start Time (local),End Date,End Time (local),Calling Number,Called \
                          Number,Forwarding Number,CDR Type,IMSI,IMEI,Ring time (secs),Call Duration (HH:mm:ss),IPv4 \
                          address,IPv6 address,Data Volume Uploaded (KB),Data Volume Downloaded (KB),APN,Country of \
                          Origin,Operator,Start Cell ID or MAC Address,Start Cell Site Name,Start Cell 1st line of \
                          Address,Start Cell ID Postcode,Start Cell Generation,Start Cell Easting,Start Cell \
                          Northing,Start Cell Azimuth,End Cell ID or MAC Address,End Cell Site Name,End Cell 1st line \
                          of Address,End Cell ID Postcode,End Cell Generation,End Cell Easting,End Cell Northing,End \
                          Cell Azimuth,Row";

/// One row. Times are seconds since 1970 on the local clock; the caller has chosen the clock.
pub struct Row<'a> {
    pub start: i64,
    pub seconds: i64,
    pub ring: i64,
    pub calling: &'a str,
    pub called: &'a str,
    pub forwarding: &'a str,
    pub kind: &'a str,
    pub imsi: &'a str,
    pub imei: &'a str,
    pub up_kb: i64,
    pub down_kb: i64,
    pub operator: &'a str,
    pub cell: &'a Cell,
    pub end_cell: &'a Cell,
}

/// A made-up cell.
#[derive(Clone)]
pub struct Cell {
    pub id: u64,
    pub site: String,
    pub address: String,
    pub postcode: String,
    pub easting: i64,
    pub northing: i64,
    pub azimuth: i64,
}

/// Year, month and day of a count of days since 1970 (Howard Hinnant's civil_from_days).
pub fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// Writes `DD/MM/YYYY,HH:MM:SS`.
fn moment(out: &mut impl Write, at: i64) -> io::Result<()> {
    let (year, month, day) = civil(at.div_euclid(86_400));
    write!(out, "{day:02}/{month:02}/{year},")?;
    clock(out, at.rem_euclid(86_400))
}

fn clock(out: &mut impl Write, seconds: i64) -> io::Result<()> {
    write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn cell(out: &mut impl Write, cell: &Cell) -> io::Result<()> {
    write!(
        out,
        "{},{},{},{},4G,{},{},{},",
        cell.id, cell.site, cell.address, cell.postcode, cell.easting, cell.northing, cell.azimuth
    )
}

/// Writes one row, `number` in its last column.
pub fn write_row(out: &mut impl Write, row: &Row<'_>, number: u64) -> io::Result<()> {
    moment(out, row.start)?;
    out.write_all(b",")?;
    moment(out, row.start + row.seconds)?;
    write!(
        out,
        ",{},{},{},{},{},{},{},",
        row.calling, row.called, row.forwarding, row.kind, row.imsi, row.imei, row.ring
    )?;
    clock(out, row.seconds)?;
    if row.kind == "Data" {
        write!(out, ",10.20.30.40,,{},{},everywhere,GBR,{},", row.up_kb, row.down_kb, row.operator)?;
    } else {
        write!(out, ",,,,,,GBR,{},", row.operator)?;
    }
    cell(out, row.cell)?;
    cell(out, row.end_cell)?;
    writeln!(out, "{number}")
}
