//! Every real table at hand goes in by a shipped profile, or is refused in words; read from the
//! shared samples when present.
use orochi_ingest::pipeline::{Job, Taken, ingest};
use orochi_layout::Library;
use orochi_model::problem::{Kind, Problem};

fn take(path: &std::path::Path) -> Result<Taken, Problem> {
    let staging = tempfile::tempdir().unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    ingest(&Job {
        native: path,
        name: &name,
        staging: staging.path(),
        library: &Library::open(None)?,
        target: None,
        scope: &crate::common::training(),
        threads: 2,
        progress: &|_| {},
    })
}

#[test]
fn every_real_table_is_taken_in() {
    let Some(samples) = crate::common::samples() else { return };
    let real = samples.join("real");
    for (path, profile, records, rejects) in [
        // 19 numbers were rounded by a spreadsheet before publication.
        ("nodobo/nodobo_calls_via_cellyzer.csv", "cellyzer-calls 1", 13_016, 19),
        ("cellyzer/long_data__calls_.csv", "cellyzer-calls 1", 13_016, 19),
        ("cellyzer/test_data__excel_data_calls.xlsx", "cellyzer-calls 1", 0, 0),
        ("cellyzer/test_data__calls.csv", "cellyzer-calls 1", 0, 0),
        ("cellyzer/test_data__messages.csv", "cellyzer-messages 1", 49, 0),
        ("cellyzer/test_data__excel_data_messages.xlsx", "cellyzer-messages 1", 49, 0),
        ("cellyzer/test_data__antennas.csv", "cellyzer-antennas 1", 27, 0),
        ("cellyzer/test_data__excel_data_cell.xlsx", "cellyzer-antennas 1", 27, 0),
        ("uk_postcodes/wc.csv.gz", "code-point-open 1", 0, 0),
        ("../synthetic/uk-csp-call-data-36col.csv", "uk-call-data 1", 3, 0),
    ] {
        let taken = take(&real.join(path)).unwrap_or_else(|problem| panic!("{path}: {problem:?}"));
        assert_eq!(taken.profile, profile, "{path}");
        let tally = taken.tally;
        assert_eq!(tally.rows, tally.records + tally.rejects, "{path}");
        assert!(tally.records > 0, "{path}");
        if records > 0 {
            assert_eq!((tally.records, tally.rejects), (records, rejects), "{path}");
        }
    }
}

#[test]
fn every_postcode_area_is_taken_in() {
    let Some(samples) = crate::common::samples() else { return };
    // The largest file alone takes seconds in a debug build; three areas stand for all.
    for area in ["ec", "nr", "w"] {
        let taken = take(&samples.join(format!("real/uk_postcodes/{area}.csv.gz"))).unwrap();
        assert_eq!(taken.profile, "code-point-open 1");
        assert!(taken.tally.rejects * 1_000 < taken.tally.rows, "{area}: {:?}", taken.tally);
    }
}

#[test]
fn the_published_cell_list_is_taken_in() {
    let Some(samples) = crate::common::samples() else { return };
    let taken = take(&samples.join("real/opencellid_uk/234.csv.gz")).unwrap();
    assert_eq!((taken.profile.as_str(), taken.tally.rows), ("opencellid 1", 131_348));
    assert!(taken.tally.rejects * 1_000 < taken.tally.rows, "{:?}", taken.tally);
}

#[test]
fn crime_and_area_tables_are_refused_in_words() {
    let Some(samples) = crate::common::samples() else { return };
    for path in [
        "police_uk/2018-07-west-yorkshire-street.csv.gz",
        "police_uk/PoliceforceLSOA.csv.gz",
        "police_uk/prc-pfa-201718_new.csv.gz",
        "uk_lsoa/lsoa11_centroids_england_wales.csv.gz",
    ] {
        let problem = take(&samples.join("real").join(path)).unwrap_err();
        assert_eq!(problem.kind, Kind::User, "{path}");
        assert!(problem.message.contains("no table of communications data"), "{path}: {problem:?}");
        assert!(problem.hint.is_some_and(|hint| hint.contains("looked for")), "{path}");
    }
}
