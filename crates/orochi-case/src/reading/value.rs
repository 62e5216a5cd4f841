//! Where the value of a field stands in the table that its rows became.

use orochi_layout::field::{Field, Table};

/// The value of a field in a stored row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    /// Columns of the table as SQL, or of the table `cells` for what is kept with a cell.
    pub sql: &'static str,
    /// What stands behind the value for a reader.
    pub unit: &'static str,
    /// Whether a row without the value is a row in which the field was absent; not so where one column of the table is
    /// made of several fields, or holds the field for rows of one side only.
    pub counted: bool,
    /// The cell that it is kept with, a column of the row's table; none for a value of the row itself.
    pub cell: Option<&'static str>,
}

const fn whole(sql: &'static str) -> Option<Value> {
    Some(Value { sql, unit: "", counted: true, cell: None })
}

const fn unit(sql: &'static str, unit: &'static str) -> Option<Value> {
    Some(Value { sql, unit, counted: true, cell: None })
}

const fn part(sql: &'static str) -> Option<Value> {
    Some(Value { sql, unit: "", counted: false, cell: None })
}

const SIDE: &str = "CASE side WHEN 'A' THEN 'the caller''s record' WHEN 'B' THEN 'the called party''s record' \
                    WHEN 'C' THEN 'the forwarded-to party''s record' END";
const KIND: &str = "concat(kind, CASE side WHEN 'A' THEN ', the caller''s record' WHEN 'B' THEN ', the called party''s \
                    record' WHEN 'C' THEN ', the forwarded-to party''s record' ELSE '' END)";
const GRID: &str = "concat(easting, ' ', northing)";

/// Where a field's value stands; none for what the table does not hold.
pub(super) fn value(table: Table, field: Field) -> Option<Value> {
    match table {
        Table::Communications => communication(field),
        Table::Cells => cell(field),
        Table::Subscribers => subscriber(field),
        Table::Topups => topup(field),
        Table::Handsets => handset(field),
        Table::Postcodes => match field {
            Field::Postcode => whole("postcode"),
            Field::Quality => whole("quality"),
            Field::StartEasting => unit("easting", " m"),
            Field::StartNorthing => unit("northing", " m"),
            _ => None,
        },
    }
}

fn communication(field: Field) -> Option<Value> {
    use Field as F;
    match field {
        F::A => whole("a"),
        F::B => whole("b"),
        F::C => whole("c"),
        F::Own => whole("CASE side WHEN 'A' THEN a ELSE b END"),
        F::Other => whole("CASE side WHEN 'A' THEN b ELSE a END"),
        F::Target => whole("target"),
        F::Direction => part(SIDE),
        F::Type => part(KIND),
        F::Outcome => part("outcome"),
        F::Start | F::StartDate | F::StartTime => whole("start"),
        F::End => whole("\"end\""),
        F::EndDate | F::EndTime => part("\"end\""),
        F::Duration => unit("duration_s", " s"),
        F::Ring => unit("ring_s", " s"),
        F::Imsi => whole("imsi"),
        F::Imei => whole("imei"),
        F::AImsi => part("CASE WHEN side = 'B' THEN NULL ELSE imsi END"),
        F::BImsi => part("CASE WHEN side = 'B' THEN imsi END"),
        F::AImei => part("CASE WHEN side = 'B' THEN other_imei ELSE imei END"),
        F::BImei => part("CASE WHEN side = 'B' THEN imei ELSE other_imei END"),
        F::StartCell => whole("start_cell"),
        F::EndCell => whole("end_cell"),
        F::ACell => part("CASE WHEN side = 'B' THEN NULL ELSE start_cell END"),
        F::BCell => part("CASE WHEN side = 'B' THEN start_cell END"),
        F::StartArea | F::StartNode | F::StartSector | F::StartRadio | F::Mcc | F::Mnc => part("start_cell"),
        F::EndArea | F::EndNode | F::EndSector | F::EndRadio => part("end_cell"),
        F::Network => whole("network"),
        F::Apn => whole("apn"),
        F::Up => unit("up_kb", " KB"),
        F::Down => unit("down_kb", " KB"),
        _ => with_cell(field),
    }
}

/// What a communications row says of a site is kept with the cell, once for each cell and site.
fn with_cell(field: Field) -> Option<Value> {
    use Field as F;
    let at = |cell, sql, unit| Some(Value { sql, unit, counted: false, cell: Some(cell) });
    let (start, end) = ("start_cell", "end_cell");
    match field {
        F::StartSite => at(start, "site", ""),
        F::StartAddress => at(start, "address", ""),
        F::StartPostcode => at(start, "postcode", ""),
        F::StartEasting => at(start, "easting", " m"),
        F::StartNorthing => at(start, "northing", " m"),
        F::StartGrid => at(start, GRID, " m"),
        F::StartLatitude => at(start, "latitude", "°"),
        F::StartLongitude => at(start, "longitude", "°"),
        F::StartAzimuth => at(start, "azimuth", "°"),
        F::EndSite => at(end, "site", ""),
        F::EndAddress => at(end, "address", ""),
        F::EndPostcode => at(end, "postcode", ""),
        F::EndEasting => at(end, "easting", " m"),
        F::EndNorthing => at(end, "northing", " m"),
        F::EndGrid => at(end, GRID, " m"),
        F::EndLatitude => at(end, "latitude", "°"),
        F::EndLongitude => at(end, "longitude", "°"),
        F::EndAzimuth => at(end, "azimuth", "°"),
        _ => None,
    }
}

fn cell(field: Field) -> Option<Value> {
    use Field as F;
    match field {
        F::StartCell => whole("cell"),
        F::StartArea | F::StartNode | F::StartSector | F::Mcc | F::Mnc | F::EndCell => part("cell"),
        F::StartRadio => part("radio"),
        F::Network => whole("network"),
        F::StartSite => whole("site"),
        F::StartAddress | F::Address => whole("address"),
        F::StartPostcode | F::Postcode => whole("postcode"),
        F::StartEasting => unit("easting", " m"),
        F::StartNorthing => unit("northing", " m"),
        F::StartGrid => Some(Value { sql: GRID, unit: " m", counted: false, cell: None }),
        F::StartLatitude => unit("latitude", "°"),
        F::StartLongitude => unit("longitude", "°"),
        // No azimuth is also what an omnidirectional cell has.
        F::StartAzimuth => Some(Value { sql: "azimuth", unit: "°", counted: false, cell: None }),
        F::Range => unit("range_m", " m"),
        F::From => whole("valid_from"),
        F::To => whole("valid_to"),
        _ => None,
    }
}

fn subscriber(field: Field) -> Option<Value> {
    use Field as F;
    match field {
        F::Number => whole("number"),
        F::Imsi => whole("imsi"),
        F::Iccid => whole("iccid"),
        F::Imei => whole("imei"),
        F::Name => whole("name"),
        F::Born => whole("born"),
        F::Address => whole("address"),
        F::Postcode => whole("postcode"),
        F::AccountType => whole("account_type"),
        F::Network => whole("network"),
        F::From => whole("\"from\""),
        F::To => whole("\"to\""),
        _ => None,
    }
}

fn topup(field: Field) -> Option<Value> {
    use Field as F;
    match field {
        F::Number => whole("number"),
        F::Start | F::StartDate | F::StartTime => whole("at"),
        F::Amount => unit("amount_pence", " pence"),
        F::Method => whole("method"),
        F::Place => whole("place"),
        F::Postcode => whole("postcode"),
        _ => None,
    }
}

fn handset(field: Field) -> Option<Value> {
    use Field as F;
    match field {
        F::Number => whole("number"),
        F::Imsi => whole("imsi"),
        F::Iccid => whole("iccid"),
        F::Imei => whole("imei"),
        F::Make => whole("make"),
        F::From => whole("\"from\""),
        F::To => whole("\"to\""),
        _ => None,
    }
}
