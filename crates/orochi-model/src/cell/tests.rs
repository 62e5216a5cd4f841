use proptest::prelude::*;

use super::*;

fn read(text: &str, hints: CellHints<'_>) -> Result<String, String> {
    let mut out = String::from("kept ");
    let result = read_cell(text, hints, &mut out);
    match result {
        Ok(()) => Ok(out.strip_prefix("kept ").expect("only appends").to_owned()),
        Err(why) => {
            assert_eq!(out, "kept ");
            assert!(!why.0.is_empty());
            Err(why.0)
        }
    }
}

fn plain(text: &str) -> Result<String, String> {
    read(text, CellHints::default())
}

fn hints_of(radio: &'static str) -> CellHints<'static> {
    CellHints { radio: Some(radio), ..CellHints::default() }
}

fn ee(radio: &'static str) -> CellHints<'static> {
    CellHints { radio: Some(radio), network: Some("EE"), ..CellHints::default() }
}

#[test]
fn a_umts_controller_without_a_cell_is_no_cell() {
    // 3407872 is 0x34_0000: controller 52, cell 0.
    assert!(read("3407872", hints_of("3G")).is_err());
    assert_eq!(read("3407873", hints_of("3G")), Ok("UMTS/?-?-?-1".to_owned()));
}

#[test]
fn cgi_in_every_notation() {
    for text in [
        "234-10-1014-13399",
        "234.10.1014.13399",
        "234:10:1014:13399",
        "234_10_1014_13399",
        "234 10 1014 13399",
        "CGI: 234-10-1014-13399",
        "GSM/234-10-1014-13399",
        "gsm/234-10-1014-13399",
        "23410-1014-13399",
        "234-10-01014-13399",
    ] {
        assert_eq!(read(text, hints_of("2G")), Ok("GSM/234-10-1014-13399".into()), "{text}");
    }
    assert_eq!(read("234101014013399", hints_of("GSM")), Ok("GSM/234-10-10140-13399".into()));
    assert_eq!(plain("234-10-1014-13399"), Ok("?/234-10-1014-13399".into()), "2G or 3G is not stated");
    assert_eq!(
        read("GSM/234-10-1014-13399", hints_of("4G")),
        Ok("GSM/234-10-1014-13399".into()),
        "the text beats the hint"
    );
}

#[test]
fn ecgi_in_every_notation() {
    for text in [
        "234-30-3160321",
        "LTE/234-30-3160321",
        "ECGI 234-30-3160321",
        "234-30-1234-3160321",
        "23430-3160321",
        "234-30-1234-12345-1",
        "234303160321",
        "0x303901",
    ] {
        assert_eq!(read(text, ee("4G")), Ok("LTE/234-30-3160321".into()), "{text}");
    }
    assert_eq!(read("12345-1", ee("LTE")), Ok("LTE/234-30-3160321".into()), "base station and cell");
    assert_eq!(plain("234-30-3160321"), Ok("LTE/234-30-3160321".into()));
    assert_eq!(plain("?/234-30-3160321"), Ok("?/234-30-3160321".into()));
    assert_eq!(plain("ECGI:234-30-3160321"), Ok("LTE/234-30-3160321".into()));
}

#[test]
fn ncgi() {
    assert_eq!(read("234-30-9851729285", hints_of("5G")), Ok("NR/234-30-9851729285".into()));
    assert_eq!(plain("234-30-9851729285"), Ok("NR/234-30-9851729285".into()), "too large for anything else");
    assert!(plain("234-30-99999999999").is_err());
}

#[test]
fn both_notations_of_a_umts_cell_are_one_cell() {
    let area = CellHints { mcc: Some("234"), mnc: Some("10"), area: Some("1014"), ..hints_of("UMTS") };
    assert_eq!(read("13399", area), Ok("UMTS/234-10-1014-13399".into()));
    assert_eq!(read(&(1963 * 65_536 + 13_399).to_string(), area), Ok("UMTS/234-10-1014-13399".into()));
}

#[test]
fn bare_numbers_take_their_network_from_the_row() {
    assert_eq!(read("12345", ee("4G")), Ok("LTE/234-30-12345".into()));
    assert_eq!(read("12345", ee("2G")), Ok("GSM/234-30-?-12345".into()));
    assert_eq!(read("12345.0", ee("4G")), Ok("LTE/234-30-12345".into()));
    assert_eq!(plain("12345"), Ok("?/?-?-12345".into()));
    for (network, mnc) in
        [("O2", "10"), ("Telefonica UK", "10"), ("Vodafone Ltd", "15"), ("Three", "20"), ("H3G", "20"), ("ee", "30")]
    {
        let hints = CellHints { network: Some(network), ..hints_of("LTE") };
        assert_eq!(read("12345", hints), Ok(format!("LTE/234-{mnc}-12345")), "{network}");
    }
    let unknown = CellHints { network: Some("Lebara"), ..hints_of("LTE") };
    assert_eq!(read("12345", unknown), Ok("LTE/?-?-12345".into()));
    let pair = CellHints { area: Some("2534"), ..ee("GSM") };
    assert_eq!(read("58455", pair), Ok("GSM/234-30-2534-58455".into()));
    assert_eq!(read("2534-58455", ee("GSM")), Ok("GSM/234-30-2534-58455".into()));
}

#[test]
fn published_cell_lists_come_in_parts() {
    let row = |radio, mnc, area| CellHints {
        radio: Some(radio),
        mcc: Some("234"),
        mnc: Some(mnc),
        area: Some(area),
        network: None,
    };
    assert_eq!(read("33452", row("GSM", "10", "21574")), Ok("GSM/234-10-21574-33452".into()));
    assert_eq!(read("128705912", row("LTE", "10", "1")), Ok("LTE/234-10-128705912".into()));
    assert_eq!(read("9851729285", row("NR", "10", "1")), Ok("NR/234-10-9851729285".into()));
    assert_eq!(read("33452", row("GSM", "2", "1")), Ok("GSM/234-02-1-33452".into()), "a single digit lost its zero");
}

#[test]
fn digits_run_together_are_split_only_when_there_is_one_way() {
    assert_eq!(plain("4058722113210"), Ok("LTE/405-872-2113210".into()), "Jio");
    assert!(read("404962901286861", hints_of("LTE")).is_err_and(|why| why.contains("268435455")));
    assert!(plain("404962901286861").is_err_and(|why| why.contains("more than one way")));
    assert!(plain("999999999999").is_err());
}

#[test]
fn other_countries() {
    assert_eq!(plain("404-96-290-128686112"), Ok("?/404-96-290-128686112".into()), "LTE with its area, or UMTS");
    assert_eq!(read("404-96-290-128686112", hints_of("LTE")), Ok("LTE/404-96-128686112".into()));
    assert_eq!(plain("[310410/12345:67890123:-97.1:33.2:120:90]"), Ok("?/310-410-12345-67890123".into()));
    assert_eq!(plain("123-2"), Ok("SITE/123-2".into()));
    assert_eq!(plain("SITE/123-2"), Ok("SITE/123-2".into()));
    assert_eq!(plain("310:410:1:2"), Ok("?/310-410-1-2".into()));
}

#[test]
fn numbers_to_base_sixteen() {
    for (text, decimal) in [
        ("1F4A", "8010"),
        ("9D60", "40288"),
        ("0835", "2101"),
        ("1234", "4660"),
        ("123A", "4666"),
        ("0x123a", "4666"),
        ("='123A'", "4666"),
        ("1E2320B", "31601163"),
        ("234-15-0835-123A", "234-15-2101-4666"),
        ("23415-0835-123A", "23415-2101-4666"),
    ] {
        assert_eq!(to_decimal(text, Base::Sixteen).as_deref(), Ok(decimal), "{text}");
    }
    assert_eq!(to_decimal("0x123A", Base::Ten).as_deref(), Ok("4666"));
    assert_eq!(to_decimal("1234", Base::Ten).as_deref(), Ok("1234"));
    for text in ["", "123G", "north", "1234567890"] {
        assert!(to_decimal(text, Base::Sixteen).is_err(), "{text}");
    }
}

#[test]
fn numbers_that_are_no_cell() {
    for text in [
        "-1",
        "0",
        "65535",
        "268435456",
        "234-15-65535-65535",
        "234-15--1--1",
        "234-15-2101--1",
        "51.5072,-0.1276",
        "12.5",
    ] {
        assert!(is_numeral(text), "{text}");
    }
    for text in ["", "North Tower", "404962901286861", "2534-58455", "A12", "WiFi"] {
        assert!(!is_numeral(text), "{text}");
    }
    let gsm = |area| CellHints { mcc: Some("234"), mnc: Some("15"), area: Some(area), ..hints_of("GSM") };
    for (cell, area) in [
        ("65535", "2101"),
        ("2371", "0"),
        ("2372", "65535"),
        ("2372", "65534"),
        ("0", "2101"),
        ("-1", "-1"),
        ("2367", "-1"),
    ] {
        assert!(read(cell, gsm(area)).is_err(), "{area}-{cell}");
    }
    for (cell, radio) in [
        ("268435455", "LTE"),
        ("268435456", "LTE"),
        ("68719476735", "NR"),
        ("2147483647", "LTE"),
        ("4294967295", "UMTS"),
    ] {
        assert!(
            read(cell, CellHints { mcc: Some("234"), mnc: Some("30"), ..hints_of(radio) }).is_err(),
            "{radio} {cell}"
        );
    }
    assert!(read("428", CellHints { mcc: Some("234"), mnc: Some("15"), area: Some("6"), ..hints_of("CDMA") }).is_err());
    // An LTE cell needs no tracking area: one that says nothing costs it nothing.
    let lte = |area| CellHints { mcc: Some("234"), mnc: Some("30"), area: Some(area), ..hints_of("LTE") };
    for area in ["0", "65535", "-1", "16777215", "nan"] {
        assert_eq!(read("31604738", lte(area)), Ok("LTE/234-30-31604738".into()), "{area}");
    }
    assert_eq!(read("31,604,738", lte("2,534")), Ok("LTE/234-30-31604738".into()));
    assert_eq!(read("2367.0", gsm("2101.0")), Ok("GSM/234-15-2101-2367".into()));
}

#[test]
fn wifi_calling() {
    for text in ["AA:BB:CC:DD:EE:0F", "aa-bb-cc-dd-ee-0f", "aabb.ccdd.ee0f", "WIFI/aa:bb:cc:dd:ee:0f"] {
        assert_eq!(plain(text), Ok("WIFI/aa:bb:cc:dd:ee:0f".into()), "{text}");
    }
    assert_eq!(read("AABBCCDDEE0F", hints_of("Wi-Fi")), Ok("WIFI/aa:bb:cc:dd:ee:0f".into()));
    assert!(plain("00:00:00:00:00:00").is_err());
}

#[test]
fn names_in_place_of_an_identity() {
    for name in ["WiFi Calling", "CAISTER WATER TWR", "VoWiFi", "Femto A12"] {
        assert_eq!(plain(name), Ok(format!("TEXT/{name}")));
    }
}

#[test]
fn no_cells() {
    for text in [
        "",
        "-",
        "0",
        "000",
        "N/A",
        "unknown",
        "1.23E+08",
        "51.5072,-0.1276",
        "51.5072",
        "234-10-99999-13399x",
        "#REF!",
        "#N/A",
        "234-10-1014-99999999999",
        "2147483647",
        "234-10-0-0",
        "23-10-1-1",
        "1-2-3-4-5-6",
        "2534-58455",
        "01/09/2024",
    ] {
        assert!(plain(text).is_err(), "{text:?} is {:?}", plain(text));
    }
    assert!(read("234-10-99999-13399", hints_of("GSM")).is_err_and(|why| why.contains("65535")));
    assert!(read("234-10-1014-70000", hints_of("GSM")).is_err_and(|why| why.contains("65535")));
}

#[expect(clippy::print_stderr, reason = "says why it checked nothing")]
#[test]
fn reads_every_cell_of_the_36_column_sample() {
    let shared = std::env::var("OROCHI_SHARED")
        .map_or_else(|_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), Into::into);
    let path = shared.join("samples/synthetic/uk-csp-call-data-36col.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let mut read_count = 0;
    for line in text.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        if cells.len() == 36 && cells[0] != "Start Date" && !cells[19].is_empty() {
            let hints = CellHints { radio: Some(cells[23]), network: Some(cells[18]), ..CellHints::default() };
            read(cells[19], hints).unwrap_or_else(|why| panic!("{}: {why}", cells[19]));
            read_count += 1;
        }
    }
    assert!(read_count > 0);
}

fn hints() -> impl Strategy<Value = CellHints<'static>> {
    let radios =
        prop::sample::select(vec![None, Some("2G"), Some("3G"), Some("LTE"), Some("5G"), Some("WIFI"), Some("other")]);
    let networks = prop::sample::select(vec![None, Some("EE"), Some("Three"), Some("Lebara")]);
    let areas = prop::sample::select(vec![None, Some("1014"), Some("x")]);
    (radios, networks, areas).prop_map(|(radio, network, area)| CellHints {
        radio,
        network,
        area,
        ..CellHints::default()
    })
}

proptest! {
    #[test]
    fn reading_a_canonical_text_gives_itself(
        text in "\\PC{0,20}|[0-9?]{1,4}([-.:][0-9?]{1,8}){0,5}|[0-9]{1,16}|[A-Z]{2,4}/[0-9?-]{1,20}|(0x)?[0-9a-f:]\
                 {1,17}",
        hints in hints(),
    ) {
        if let Ok(canonical) = read(&text, hints) {
            prop_assert_eq!(read(&canonical, CellHints::default()), Ok(canonical.clone()), "{}", text);
            prop_assert_eq!(read(&canonical, hints), Ok(canonical));
        }
    }

    #[test]
    fn every_spelling_of_one_cell_gives_one_canonical_text(
        mnc in 0_u32..100,
        area in 1_u32..65_534,
        cell in 1_u32..65_535,
    ) {
        let expected = format!("GSM/234-{mnc:02}-{area}-{cell}");
        for text in [
            expected.clone(), format!("234-{mnc:02}-{area}-{cell}"), format!("234{mnc:02}-{area}-{cell}"),
            format!("234{mnc:02}{area:05}{cell:05}"), format!("CGI 234.{mnc}.{area:05}.{cell:05}"),
        ] {
            prop_assert_eq!(read(&text, hints_of("GSM")), Ok(expected.clone()), "{}", text);
        }
    }

    #[test]
    fn never_panics(text: String, hints in hints()) {
        let _ = read(&text, hints);
    }
}
