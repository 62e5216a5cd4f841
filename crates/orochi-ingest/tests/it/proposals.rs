//! Layouts without a profile, made up after no operator in particular, are read by their headings and values; what
//! cannot be known is refused or said.
use crate::common::{Read, proposed, read, refused, training, understand};

fn row<'r>(read: &'r Read, index: usize, columns: [&str; 6]) -> [&'r str; 6] {
    columns.map(|column| read.get("records", index, column))
}

const USUAL: [&str; 6] = ["kind", "side", "a", "b", "start", "duration_s"];

#[test]
fn semicolons_split_date_utc_and_total_at_the_foot() {
    let (mapping, read) = proposed(
        "Report;Usage detail\nMSISDN;07700900123\nAll times in UTC;\n\n\
         Call Date;Call Time;A Number;B Number;Service;Secs;IMEI;IMSI;First CGI;Last CGI;Cost\n\
         13.07.2024;08:15:22;447700900123;447700900456;MOC;38;350000000000006;234309876543210;234-30-1014-13399;\
         234-30-1014-13400;0.10\n\
         13.07.2024;09:15:22;447700900789;447700900123;SMS \
         MT;;350000000000006;234309876543210;234-30-1014-13399;;0.00\n\
         Total;2;;;;38;;;;;0.10\n",
        ';',
    );
    assert_eq!(row(&read, 0, USUAL), ["call", "A", "+447700900123", "+447700900456", "2024-07-13T08:15:22Z", "38"]);
    assert_eq!(row(&read, 1, USUAL), ["text", "B", "+447700900789", "+447700900123", "2024-07-13T09:15:22Z", ""]);
    assert_eq!(
        read.get("records", 0, "end_cell"),
        "GSM/234-30-1014-13400".replace("GSM", read.get("records", 0, "end_cell").split('/').next().unwrap())
    );
    assert_eq!((read.tally.records, read.tally.rejects, read.tally.notes), (2, 0, 1));
    assert_eq!(mapping.target.as_deref(), Some("+447700900123"));
    assert_eq!(mapping.unmapped, ["Cost"]);
}

#[test]
fn sessions_with_cells_and_positions_are_no_cell_list() {
    let (_, read) = proposed(
        "MSISDN,07700900123,,,,\nSession start (UTC),Session end (UTC),Upload (KB),IMEI,Cell at or before \
         start,Latitude,Longitude\n\
         2024-07-13 08:15:22,2024-07-13 08:25:22,12,350000000000006,234.30.3160321,52.41270,0.75112\n\
         2024-07-13 09:15:22,2024-07-13 09:25:22,7,350000000000006,,,\n",
        ',',
    );
    assert_eq!(row(&read, 0, USUAL), ["data", "A", "+447700900123", "", "2024-07-13T08:15:22Z", ""]);
    assert_eq!(read.get("records", 0, "start_cell"), "LTE/234-30-3160321");
    assert_eq!((read.tally.records, read.tally.rejects), (2, 0));
}

#[test]
fn target_in_every_row_and_direction_words() {
    let (_, read) = proposed(
        "Target No,Call Type,B Party No,Date,Time,Dur(s),First CGI,IMEI,IMSI\n\
         7700900123,OUT,7700900456,13/07/2024,08:15:22,38,234-30-1014-13399,350000000000006,234309876543210\n\
         7700900123,IN,7700900789,13/07/2024,08:20:22,0,234-30-1014-13399,350000000000006,234309876543210\n\
         7700900123,SMT,7700900789,13/07/2024,08:21:22,0,,350000000000006,234309876543210\n",
        ',',
    );
    assert_eq!(row(&read, 0, USUAL), ["call", "A", "+447700900123", "+447700900456", "2024-07-13T07:15:22Z", "38"]);
    assert_eq!(row(&read, 1, USUAL), ["call", "B", "+447700900789", "+447700900123", "2024-07-13T07:20:22Z", "0"]);
    assert_eq!(read.get("records", 1, "outcome"), "missed");
    assert_eq!(row(&read, 2, USUAL)[..2], ["text", "B"]);
}

#[test]
fn target_in_the_preamble_only_and_joined_iso_times_with_offsets() {
    let (mapping, read) = proposed(
        "Call records for 07700 900123 from 2024-07-01 to 2024-07-31,,,\n,,,\n\
         Timestamp,Direction,Other Party,Talk Time\n\
         2024-07-13T08:15:22+01:00,Outgoing,+44 7700 900456,00:00:38\n\
         2024-07-13T09:15:22+01:00,Incoming,00447700900789,0:01:00\n",
        ',',
    );
    assert_eq!(row(&read, 0, USUAL), ["call", "A", "+447700900123", "+447700900456", "2024-07-13T07:15:22Z", "38"]);
    assert_eq!(row(&read, 1, USUAL), ["call", "B", "+447700900789", "+447700900123", "2024-07-13T08:15:22Z", "60"]);
    assert_eq!(mapping.zone_name, "stated");
}

#[test]
fn american_dates_are_told_by_a_day_over_twelve() {
    let (_, read) = proposed(
        "Originating Number,Terminating Number,Connect Date/Time,Duration\n\
         07700900123,07700900456,07/03/2024 08:15:22,38\n07700900123,07700900456,07/13/2024 08:15:22,38\n",
        ',',
    );
    assert_eq!(read.get("records", 0, "start"), "2024-07-03T07:15:22Z");
}

#[test]
fn undecidable_dates_of_british_numbers_are_day_first_with_a_remark() {
    let (mapping, read) = proposed(
        "From,To,Start Time,Duration\n07700900123,07700900456,07/03/2024 08:15:22,38\n\
         07700900123,07700900456,08/03/2024 08:15:22,38\n",
        ',',
    );
    assert_eq!(read.get("records", 0, "start"), "2024-03-07T08:15:22Z");
    assert!(mapping.remarks.iter().any(|remark| remark.contains("day or month")), "{:?}", mapping.remarks);
    assert!(mapping.remarks.iter().any(|remark| remark.contains("time zone")), "{:?}", mapping.remarks);
}

#[test]
fn dates_that_only_make_sense_the_other_way_round_are_refused() {
    let said = refused(
        "From,To,Start Time,Duration\n07700900123,07700900456,03/01/2024 08:15:22,38\n\
         07700900123,07700900456,03/02/2024 08:15:22,38\n\
         07700900123,07700900456,03/03/2024 08:15:22,38\n07700900123,07700900456,03/04/2024 08:15:22,38\n",
    );
    assert!(said.contains("day or month"), "{said}");
}

#[test]
fn the_period_above_the_header_shows_the_date_order() {
    let (mapping, read) = proposed(
        "Period,03/01/2024 - 03/31/2024,,\nFrom,To,Start Time,Duration\n\
         07700900123,07700900456,03/01/2024 08:15:22,38\n\
         07700900123,07700900456,03/02/2024 08:15:22,38\n07700900123,07700900456,03/04/2024 08:15:22,38\n",
        ',',
    );
    assert_eq!(read.get("records", 0, "start"), "2024-03-01T08:15:22Z");
    assert!(mapping.remarks.iter().any(|remark| remark.contains("above the header")));
}

#[test]
fn two_columns_that_could_both_be_the_called_party_are_refused() {
    let said = refused(
        "Calling Number,Called Number,Dialled Number,Start,Duration\n\
         07700900123,07700900456,07700900789,13/07/2024 08:15:22,38\n\
         07700900123,07700900456,07700900456,13/07/2024 08:16:22,38\n",
    );
    assert!(said.contains("Called Number") && said.contains("Dialled Number") && said.contains("equally"), "{said}");
}

#[test]
fn two_called_columns_that_agree_are_one() {
    let (mapping, read) = proposed(
        "Calling Number,Called Number,Dialled Number,Start,Duration\n\
         07700900123,07700900456,447700900456,13/07/2024 08:15:22,38\n\
         07700900123,,07700900456,13/07/2024 08:16:22,38\n",
        ',',
    );
    assert_eq!(read.get("records", 1, "b"), "+447700900456");
    assert!(mapping.remarks.iter().any(|remark| remark.contains("never differ")));
}

#[test]
fn nameless_twins_and_an_unsaid_direction_are_refused() {
    let said = refused(
        "Number 1,Number 2,Date,Time,Duration\n07700900123,07700900456,13/07/2024,08:15:22,38\n\
         07700900789,07700900456,13/07/2024,08:16:22,38\n",
    );
    assert!(said.contains("Number 1"), "{said}");
    let said =
        refused("Subscriber Number,Other Party,Start Time,Duration\n07700900123,07700900456,13/07/2024 08:15:22,38\n");
    assert!(said.contains("who called whom"), "{said}");
}

#[test]
fn a_bare_number_beside_directions_is_the_other_party() {
    let (_, read) = proposed(
        "Account: 07700900123,,,,\n,,,,\nDate/Time,In/Out,Number,Duration,Type\n\
         13/07/2024 08:15:22,Out,07700900456,00:00:38,Voice\n\
         13/07/2024 08:16:22,In,07700900789,00:00:38,Voice\n",
        ',',
    );
    assert_eq!(row(&read, 0, USUAL)[1..4], ["A", "+447700900123", "+447700900456"]);
    assert_eq!(row(&read, 1, USUAL)[1..4], ["B", "+447700900789", "+447700900123"]);
}

#[test]
fn called_numbers_only_are_outgoing_from_the_target_or_refused() {
    let (mapping, read) = proposed(
        "Account: 07700900123,,,\nNumber Dialled,Date of Call,Time of Call,Duration of Call\n\
         07700900456,13/07/2024,08:15:22,38\n",
        ',',
    );
    assert_eq!(row(&read, 0, USUAL)[1..4], ["A", "+447700900123", "+447700900456"]);
    assert!(mapping.remarks.iter().any(|remark| remark.contains("outgoing")));
    let said =
        refused("Number Dialled,Date of Call,Time of Call,Duration of Call\n07700900456,13/07/2024,08:15:22,38\n");
    assert!(said.contains("whose data"), "{said}");
}

#[test]
fn headings_nobody_knows_are_read_by_values_or_refused_by_name() {
    let (_, read) = proposed(
        "Charged Party,Other Party,Event Start,Event Class,Call Direction,Seconds,Subscriber Identity\n\
         07700900123,07700900456,2024-07-13 08:15:22,V,MO,38,234309876543210\n\
         07700900123,07700900456,2024-07-13 09:15:22,S,MT,,234309876543210\n",
        ',',
    );
    assert_eq!(row(&read, 0, USUAL)[..4], ["call", "A", "+447700900123", "+447700900456"]);
    assert_eq!(row(&read, 1, USUAL)[..4], ["text", "B", "+447700900456", "+447700900123"]);
    assert_eq!(read.get("records", 0, "imsi"), "234309876543210");
    let said = refused(
        "Rufende,Gerufene,Beginn,Dauer\n07700900123,07700900456,13.07.2024 08:15:22,38\n\
         07700900789,07700900456,13.07.2024 08:16:22,38\n",
    );
    assert!(said.contains("Rufende") && said.contains("Gerufene"), "{said}");
}

#[test]
fn a_number_that_is_always_the_served_phone_is_not_always_the_caller() {
    let (mapping, read) = proposed(
        "A Number,B Number,Direction,Start,Duration\n07700900123,07700900456,Outgoing,13/07/2024 08:15:22,38\n\
         07700900123,07700900789,Incoming,13/07/2024 08:16:22,38\n\
         07700900123,07700900789,Incoming,13/07/2024 08:17:22,38\n",
        ',',
    );
    assert_eq!(row(&read, 1, USUAL)[1..4], ["B", "+447700900789", "+447700900123"]);
    assert!(mapping.remarks.iter().any(|remark| remark.contains("the phone the file is about")));
}

#[test]
fn an_end_of_day_without_a_date_may_lie_past_midnight() {
    let (_, read) = proposed(
        "Date,Start,End,Caller Number,Destination Number,Location,LAC,CI\n\
         13/01/2024,23:59:22,00:01:00,07700900123,07700900456,North,1014,13399\n",
        ',',
    );
    assert_eq!(read.get("records", 0, "end"), "2024-01-14T00:01:00Z");
    assert!(read.get("records", 0, "start_cell").ends_with("1014-13399"));
}

#[test]
fn times_counted_since_1970_are_utc() {
    let (_, read) = proposed("a_number,b_number,timestamp,dur\n447700900123,447700900456,1720858522,38\n", ',');
    assert_eq!(read.get("records", 0, "start"), "2024-07-13T08:15:22Z");
}

#[test]
fn data_sessions_with_sites() {
    let (mapping, read) = proposed(
        "MSISDN,IMSI,IMEI,Session Start (GMT),Session End (GMT),Upload (bytes),Download (bytes),APN,Cell \
         ID,Lat,Long,Bearing,Postcode\n\
         447700900123,234309876543210,350000000000006,13/07/2024 08:15:22,13/07/2024 \
         09:15:22,1024,2049,everywhere,234-30-3160321,52.63,1.29,120,NR1 1AA\n",
        ',',
    );
    assert_eq!(row(&read, 0, USUAL), ["data", "A", "+447700900123", "", "2024-07-13T08:15:22Z", ""]);
    let get = |column| read.get("records", 0, column);
    assert_eq!(
        (get("end"), get("up_kb"), get("down_kb"), get("apn")),
        ("2024-07-13T09:15:22Z", "1", "3", "everywhere")
    );
    assert_eq!(get("start_cell"), "LTE/234-30-3160321");
    let met = &read.tables["met"][0];
    assert_eq!(
        (met["latitude"].as_str(), met["azimuth"].as_str(), met["postcode"].as_str()),
        ("52.63", "120", "NR1 1AA")
    );
    assert_eq!(mapping.zone_name, "UTC");
}

#[test]
fn cell_lists_in_several_notations() {
    let (_, read) = proposed(
        "Cell Reference;Site Name;Easting;Northing;Azimuth\n234-30-1014-13399;NORTH TOWER;651409;313177;120\n\
         234-30-1014-13400;NORTH TOWER;651409;313177;240\n",
        ';',
    );
    assert_eq!(read.tables["cells"].len(), 2);
    assert_eq!(read.get("cells", 0, "azimuth"), "120");
    let (_, read) = proposed("CGI,Postcode,Bearing,Live From\n234-30-1014-13399,NR30 5AA,120,13/01/2023\n", ',');
    assert_eq!(
        (read.get("cells", 0, "postcode"), read.get("cells", 0, "valid_from")),
        ("NR30 5AA", "2023-01-13T00:00:00Z")
    );
    let (_, read) = proposed("MCC,MNC,LAC,CI,Grid Ref\n234,30,1014,13399,TG 513 131\n", ',');
    assert!(read.get("cells", 0, "cell").ends_with("/234-30-1014-13399"));
}

#[test]
fn plain_tables_by_other_names() {
    let (_, read) = proposed(
        "Mobile Number,Customer Name,DOB,Customer Address,Post Code,Activation Date\n\
         07700900123,A Person,01/02/1990,1 High St,NR1 1AA,13/02/2024\n",
        ',',
    );
    assert_eq!(read.get("subscribers", 0, "name"), "A Person");
    let (_, read) =
        proposed("Phone,Date,Time,Topup Value,Store\n07700900123,13/02/2024,10:15:00,£10.00,Corner Shop\n", ',');
    assert_eq!(read.get("topups", 0, "amount_pence"), "1000");
    let (_, read) = proposed(
        "Number,Handset IMEI,Manufacturer,First Used,Last Used\n\
         07700900123,350000000000006,Maker,13/02/2024,20/02/2024\n",
        ',',
    );
    assert_eq!(read.get("handsets", 0, "imei"), "35000000000000");
}

#[test]
fn tables_that_are_not_communications_data_are_refused_in_words() {
    for text in [
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type\n\
         abc,2018-07,Force,Force,-1.40,53.59,On or near Ash Mount,E01007329,Barnsley 003A,Vehicle crime\n",
        "LSOA11CD,LSOA11NM,LONG,LAT,BNG_E,BNG_N\nE01000001,City of London 001A,-0.09706,51.5181,532129,181625\n",
        ",Financial_Year,Financial_Quarter,Force_Name,Offence_Description,Offence_Group,Offence_Subgroup,Offence_Code,\
         Number_of_Offences,Policeuk_Cat\n0,2017/18,1,Action Fraud,Fraud,Fraud offences,Fraud,AF,66776,Other crime\n",
        ",Region code,Region name,Local authority code,Local authority name,MSOA Code,MSOA Name,LSOA Code,LSOA \
         Name,Police_force\n3,E12000001,NORTH EAST,E06000047,County Durham UA,E02004297,County Durham \
         001,E01020634,County Durham 001A,Durham\n",
        "just,some,words\nwithout,any,numbers\n",
    ] {
        let said = refused(text);
        assert!(said.contains("no table of communications data") && said.contains("looked for"), "{said}");
    }
}

proptest::proptest! {
    #[test]
    fn any_table_is_read_or_refused_and_every_row_is_counted(
        table in proptest::collection::vec(proptest::collection::vec("[A-Za-z0-9/:+. -]{0,14}", 0..6), 0..12)
    ) {
        let rows: crate::common::Rows = [vec!["From".to_owned(), "To".into(), "Start".into(), "Duration".into()],
            vec!["07700900123".into(), "07700900456".into(), "13/07/2024 08:15:22".into(), "38".into()]]
            .into_iter().chain(table).collect();
        if let Ok(mapping) = understand(&rows) {
            let read = read(&rows, &mapping, &training());
            let tally = read.tally;
            proptest::prop_assert_eq!(tally.rows, tally.records + tally.rejects + tally.excess);
            proptest::prop_assert_eq!(tally.rows + tally.notes, rows.len() as u64 + 1 - mapping.first_data_row);
        }
    }
}

#[test]
fn a_handset_column_is_taken_whatever_its_check_digits() {
    let text = "When;Our number;Other number;Direction;Service;Seconds;IMEI\n\
                2025-02-03 09:02:00;07700900602;07700900111;Incoming;SMS;0;356420075722802\n\
                2025-02-13 13:31:12;07700900602;07700900916;Outgoing;Call;16;356420075722802\n";
    let (mapping, read) = proposed(text, ';');
    assert!(mapping.unmapped.is_empty(), "{:?}", mapping.unmapped);
    assert_eq!(read.tally.records, 2);
}

#[test]
fn one_cell_at_two_sites_over_time_is_two_rows_with_their_dates() {
    let text = "Cell,Site,Easting,Northing,Azimuth,Valid From,Valid To\n\
                234-30-1014-1,OLD MAST,587300,283200,120,13/01/2023,31/12/2023\n\
                234-30-1014-1,NEW MAST,588900,284100,240,01/01/2024,\n";
    let (_, read) = proposed(text, ',');
    assert_eq!(read.tally.records, 2);
    let cell = |row, column| read.get("cells", row, column);
    assert_eq!(cell(0, "cell"), cell(1, "cell"));
    assert_eq!((cell(0, "site"), cell(0, "easting")), ("OLD MAST", "587300"));
    assert_eq!((cell(1, "site"), cell(1, "easting")), ("NEW MAST", "588900"));
    assert!(cell(0, "valid_to") < cell(1, "valid_from"), "{} {}", cell(0, "valid_to"), cell(1, "valid_from"));
    assert_eq!(cell(1, "valid_to"), "", "still in use");
}
