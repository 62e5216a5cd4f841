//! Published cell lists with the rows that are in them: reserved numbers, no radio, no position. What
//! stands for nothing is no cell.
use crate::common::{Read, read, rows, training, understand};
use orochi_layout::field::Table;

const ROWS: &str = "\
GSM,234,15,2101,2367,,-1.30,52.40,1000,5,1,1700000000,1710000000,0
UMTS,234,15,2101,44763393,,-1.31,52.41,1000,5,1,1700000000,1710000000,0
LTE,234,30,2534,31604738,,-1.32,52.42,1000,5,1,1700000000,1710000000,0
0,234,15,2101,2370,,-1.33,52.43,1000,5,1,1700000000,1710000000,0
CDMA,234,15,6,428,,-1.34,52.44,1000,5,1,1700000000,1710000000,0
GSM,234,15,0,2371,,-1.35,52.45,1000,5,1,1700000000,1710000000,0
GSM,234,15,65535,2372,,-1.36,52.46,1000,5,1,1700000000,1710000000,0
GSM,234,15,2101,0,,-1.37,52.47,1000,5,1,1700000000,1710000000,0
LTE,234,30,2534,268435456,,-1.38,52.48,1000,5,1,1700000000,1710000000,0
GSM,234,15,-1,-1,,-1.39,52.49,1000,5,1,1700000000,1710000000,0
GSM,234,15,2101,2380,,0,0,1000,5,1,1700000000,1710000000,0
GSM,234,15,2101,2381,,-1.30,95.2,1000,5,1,1700000000,1710000000,0
GSM,234,15,2101,65535,,-1.30,52.40,1000,5,1,1700000000,1710000000,0
";

const OPENCELLID: &str =
    "radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal\n";

fn listed(text: &str) -> Read {
    let rows = rows(text, ',');
    let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{problem:#?}"));
    assert_eq!(mapping.table, Table::Cells, "{:?}", mapping.columns);
    read(&rows, &mapping, &training())
}

fn sure(read: &Read) -> Vec<&str> {
    let rows = read.tables["cells"].iter().filter(|row| row["doubt"].is_empty());
    rows.map(|row| row["cell"].as_str()).collect()
}

#[test]
fn rows_of_a_published_list_that_stand_for_nothing() {
    for heading in [
        OPENCELLID,
        "radio,mcc,mnc,lac,cid,psc,lon,lat,range,samples,changeable,created,updated,average_signal\n",
        "radio,mcc,mnc,lac,cellid,psc,lon,lat,range,samples,changeable,created,updated,averageSignal\n",
        "Radio,MCC,Net,Area,Cell,Unit,Lon,Lat,Range,Samples,Changeable,Created,Updated,AverageSignal\n",
        "",
    ] {
        let read = listed(&format!("{heading}{ROWS}"));
        assert_eq!(read.tally.records + read.tally.rejects, 13, "{heading}");
        assert_eq!(
            sure(&read),
            ["GSM/234-15-2101-2367", "UMTS/234-15-2101-2305", "LTE/234-30-31604738"],
            "{heading}{:#?}",
            read.tables
        );
        for row in &read.tables["cells"] {
            assert!(row["latitude"] != "0.0" && row["longitude"] != "0.0", "nothing is placed at 0,0: {row:?}");
            assert!(!row["cell"].starts_with("TEXT/"), "{row:?}");
        }
    }
}

#[test]
fn a_list_without_its_usual_columns_is_still_one() {
    let read = listed(
        "radio,mcc,net,area,cell,lon,lat,created,updated\nGSM,234,15,2101,2367,-1.30,52.40,1700000000,1710000000\n\
         GSM,234,15,2101,2368,-1.31,52.41,1700000001,1710000001\n",
    );
    assert_eq!(sure(&read), ["GSM/234-15-2101-2367", "GSM/234-15-2101-2368"]);
}

#[test]
fn tracking_areas_that_say_nothing_are_doubted_and_cost_an_lte_cell_nothing() {
    let rows = ["0", "65534", "65535", "16777214", "16777215", "-1"]
        .map(|area| format!("LTE,234,30,{area},31604738,,-1.32,52.42,1000,5,1,1700000000,1710000000,0\n"));
    let read = listed(&format!("{OPENCELLID}{}", rows.concat()));
    assert_eq!((read.tally.records, read.tally.rejects), (6, 0));
    assert!(read.tables["cells"].iter().all(|row| row["cell"] == "LTE/234-30-31604738" && !row["doubt"].is_empty()));
}

#[test]
fn decimal_commas_and_guards_in_positions() {
    let text = "Cell ID;Latitude;Longitude;Azimuth\n234-15-2101-2367;52,4000;-1,3000;120\n\
                ='234-15-2101-2368';='52.4100';='-1.3100';240,0\n";
    let rows = rows(text, ';');
    let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{problem:#?}"));
    let read = read(&rows, &mapping, &training());
    assert_eq!((read.get("cells", 0, "latitude"), read.get("cells", 0, "longitude")), ("52.4", "-1.3"));
    assert_eq!((read.get("cells", 1, "latitude"), read.get("cells", 1, "longitude")), ("52.41", "-1.31"));
    assert_eq!(read.get("cells", 1, "azimuth"), "240");
}

#[test]
fn a_call_keeps_its_row_when_its_cell_or_position_stands_for_nothing() {
    let head = "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),Radio,MCC,MNC,LAC,Cell \
                ID,Latitude,Longitude\n";
    let cells = [
        ("GSM", "2101", "2367", "52.4", "-1.3", "GSM/234-15-2101-2367"),
        ("GSM", "0", "2371", "52.4", "-1.3", ""),
        ("GSM", "65535", "2372", "52.4", "-1.3", ""),
        ("GSM", "2101", "0", "52.4", "-1.3", ""),
        ("GSM", "2101", "65535", "52.4", "-1.3", ""),
        ("GSM", "-1", "-1", "0", "0", ""),
        ("LTE", "2534", "268435456", "52.4", "-1.3", ""),
        ("LTE", "2534", "268435455", "52.4", "-1.3", ""),
        ("LTE", "2534", "2147483647", "52.4", "-1.3", ""),
        ("NR", "2534", "68719476735", "52.4", "-1.3", ""),
        ("GSM", "nan", "nan", "nan", "nan", ""),
        ("GSM", "#N/A", "#N/A", "#N/A", "#N/A", ""),
        ("GSM", "2101", "1.23E+04", "52.4", "-1.3", ""),
        ("GSM", "2101", "2368", "0", "0", "GSM/234-15-2101-2368"),
        ("GSM", "2101", "2369", "95.2", "-1.3", "GSM/234-15-2101-2369"),
    ];
    let lines: Vec<String> = cells
        .iter()
        .enumerate()
        .map(|(minute, (radio, area, cell, lat, lon, _))| {
            format!(
                "07700900111,07700900222,Voice,13/02/2025 \
                 09:{minute:02}:00,35,{radio},234,15,{area},{cell},{lat},{lon}\n"
            )
        })
        .collect();
    let rows = rows(&format!("{head}{}", lines.concat()), ',');
    let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{problem:#?}"));
    let read = read(&rows, &mapping, &training());
    assert_eq!((read.tally.records, read.tally.rejects), (cells.len() as u64, 0));
    for (row, (_, area, cell, .., expected)) in read.tables["records"].iter().zip(cells) {
        assert_eq!(row["start_cell"], expected, "{area}-{cell}");
    }
    for met in &read.tables["met"] {
        let placed = met["latitude"].as_str();
        assert!(placed.is_empty() || placed == "52.4", "{met:?}");
    }
    assert!(!read.doubts.is_empty(), "what was left out is counted");
}

#[test]
fn digits_of_cells_are_no_american_numbers_and_turn_no_dates() {
    let text = "CGI,Latitude,Longitude,Valid from\n234-10-60019-191,51.5,-0.1,01/04/2019\n\
                234-10-21002-582,51.5,-0.1,02/04/2019\n";
    let read = listed(text);
    assert_eq!(read.get("cells", 0, "valid_from"), "2019-03-31T23:00:00Z");
}
