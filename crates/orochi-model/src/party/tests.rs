use proptest::prelude::*;

use super::*;

fn gb(text: &str) -> Result<(PartyKind, String), String> {
    read(text, Region::Gb)
}

fn read(text: &str, region: Region) -> Result<(PartyKind, String), String> {
    let mut out = String::from("kept ");
    match read_party(text, region, &mut out) {
        Ok(kind) => {
            let canonical = out.strip_prefix("kept ").expect("only appends").to_owned();
            assert_eq!(kind_of(&canonical), kind, "{text:?}");
            Ok((kind, canonical))
        }
        Err(why) => {
            assert_eq!(out, "kept ", "an error leaves the text alone");
            assert!(!why.0.is_empty());
            Err(why.0)
        }
    }
}

fn number(text: &str) -> String {
    let (kind, canonical) = gb(text).unwrap_or_else(|why| panic!("{text:?}: {why}"));
    assert_eq!(kind, PartyKind::Number, "{text:?}");
    canonical
}

#[test]
fn every_way_to_write_a_drama_number() {
    for text in [
        "07700900123",
        "447700900123",
        "+447700900123",
        "00447700900123",
        "7700900123",
        "07700 900123",
        "07700-900-123",
        "(07700) 900 123",
        "+44 (0)7700 900123",
        "+44(0)7700.900.123",
        "0044 (0) 7700 900123",
        "4407700900123",
        "447700900123F",
        "447700900123ff",
        "tel:+44-7700-900123",
        "TEL:07700900123",
        "sip:+447700900123@ims.mnc030.mcc234.3gppnetwork.org;user=phone",
        "'07700900123",
        "=\"07700900123\"",
        "\"07700900123\"",
        " 07700900123\t",
        "7700900123.0",
        "447700900123.0",
        "\u{202a}+44\u{a0}7700 900123\u{202c}",
        "+44 7700\u{2011}900123",
        "+07700900123",
        "14107700900123",
        "147007700900123",
        "#31#07700900123",
        "4.47700900123E+11",
        "4.47700900123e11",
        "7.700900123E+09",
    ] {
        assert_eq!(number(text), "+447700900123", "{text:?}");
    }
}

#[test]
fn other_uk_numbers() {
    assert_eq!(number("01632 960123"), "+441632960123");
    assert_eq!(number("020 7946 0123"), "+442079460123");
    assert_eq!(number("016977 3555"), "+44169773555");
    assert_eq!(number("0800 1111"), "+448001111");
    assert_eq!(number("01234/567890"), "+441234567890");
}

#[test]
fn numbers_of_an_anonymised_study_are_in_no_range_and_still_read() {
    assert_eq!(number("7610039694"), "+447610039694");
    assert_eq!(number("7434677419"), "+447434677419");
    assert_eq!(number("1666472054"), "+441666472054");
    assert_eq!(number("4564840007"), "+444564840007");
    assert_eq!(number("75425937151"), "+75425937151");
    assert_eq!(number("25808119435"), "+25808119435");
    for code in ["9", "44", "452", "2327", "45347", "583959", "3305122", "22400894", "126233087", "796605786"] {
        assert_eq!(gb(code), Ok((PartyKind::ShortCode, code.into())));
    }
}

#[test]
fn foreign_numbers() {
    assert_eq!(number("+33612345678"), "+33612345678");
    assert_eq!(number("0033 6 12 34 56 78"), "+33612345678");
    assert_eq!(number("33612345678"), "+33612345678");
    assert_eq!(number("+1 (202) 555-0123"), "+12025550123");
}

#[test]
fn bare_digits_are_read_in_the_files_country() {
    for text in ["2025550123", "12025550123", "+12025550123", "(202) 555-0123"] {
        assert_eq!(read(text, Region::Us), Ok((PartyKind::Number, "+12025550123".into())), "{text}");
    }
    assert_eq!(read("011447700900123", Region::Us), Ok((PartyKind::Number, "+447700900123".into())));
    assert_eq!(read("447700900123", Region::Us), Ok((PartyKind::Number, "+447700900123".into())));
    assert!(read("1025550123", Region::Us).is_err());
}

#[test]
fn short_codes_and_codes_with_star_and_hash() {
    for code in ["999", "101", "116123", "118500", "60999", "88222", "7726", "1571", "*100#", "*#06#"] {
        assert_eq!(gb(code), Ok((PartyKind::ShortCode, code.into())));
    }
}

#[test]
fn alphanumeric_senders_keep_their_name() {
    for name in ["GOV.UK", "EE", "Vodafone", "O2", "3", "HMRC-2024", "Dave's Taxi", "someone1234567@example.org"] {
        let (kind, canonical) = gb(name).expect(name);
        assert_eq!(canonical, name);
        assert_eq!(kind, if name == "3" { PartyKind::ShortCode } else { PartyKind::Alphanumeric });
    }
    assert_eq!(gb("  GOV.UK "), Ok((PartyKind::Alphanumeric, "GOV.UK".into())));
}

#[test]
fn withheld_in_all_its_words() {
    for text in [
        "",
        "  ",
        "-",
        "--",
        "?",
        ".",
        "0",
        "00000",
        "withheld",
        "WITHHELD",
        "Number Withheld",
        "private",
        "Private Number",
        "anonymous",
        "unavailable",
        "unknown",
        "restricted",
        "N/A",
        "n/a",
        "null",
        "None",
        "no caller ID",
        "'",
    ] {
        assert_eq!(gb(text), Ok((PartyKind::Withheld, String::new())), "{text:?}");
        assert!(is_absent(text), "{text:?}");
    }
    for text in ["EE", "007700900123", "100", "privateer", "!"] {
        assert!(!is_absent(text), "{text:?}");
    }
}

#[test]
fn spreadsheet_damage_is_refused_when_digits_are_gone() {
    for text in ["4.47731E+11", "4.47731e11", "4.477E+11", "4,47731E+11", "4.88E+31", "1.43E+13", "4E+11", "4.5E-3"] {
        let why = gb(text).expect_err(text);
        assert!(why.contains("spreadsheet"), "{text}: {why}");
    }
}

#[test]
fn forty_four_of_wrong_length_is_never_a_local_number() {
    for text in ["44770090012", "4477009001", "4477009001234", "+44770090012", "0044770090012", "447700900"] {
        assert!(gb(text).is_err(), "{text}");
    }
}

#[test]
fn impossible_lengths_and_mixtures_are_refused() {
    for text in [
        "077009001234",
        "0770090012",
        "077",
        "+12345",
        "+7700900123",
        "1234567890123456",
        "07700900123/07700900456",
        "07700900123;07700900456",
        "O7700900123",
        "07700900123 x12",
        "2010-09-15",
        "15/09/2010",
        "12:30:00",
        "@@",
        "+EE",
        "#REF!\u{0}",
    ] {
        assert!(gb(text).is_err(), "{text:?} is {:?}", gb(text));
    }
}

#[test]
fn classes() {
    use PartyClass as C;
    for (canonical, class) in [
        ("+447700900123", C::Mobile),
        ("+447624123456", C::Mobile),
        ("+447012345678", C::Personal),
        ("+447610039694", C::Pager),
        ("+441632960123", C::Geographic),
        ("+443069990123", C::Business),
        ("+448457123456", C::Business),
        ("+445612345678", C::Voip),
        ("+448001111", C::Freephone),
        ("+449098790123", C::Premium),
        ("+444564840007", C::Unassigned),
        ("+33612345678", C::Foreign),
        ("+12025550123", C::Foreign),
        ("999", C::ShortCode),
        ("*100#", C::ShortCode),
        ("3305122", C::Local),
        ("901", C::Voicemail),
        ("+447836121121", C::Voicemail),
        ("GOV.UK", C::Alphanumeric),
        ("", C::Withheld),
    ] {
        assert_eq!(class_of(canonical), class, "{canonical}");
    }
    let own = Voicemail::with(["+447700900999".to_owned()]);
    assert_eq!(class_with("+447700900999", &own), C::Voicemail);
    assert_eq!(class_with("121", &own), C::Voicemail);
}

#[test]
fn drama_ranges() {
    for text in
        ["07700900000", "07700900999", "01632960123", "02079460123", "01134960123", "03069990123", "08081570123"]
    {
        assert!(is_drama(&number(text)), "{text}");
    }
    for text in ["07700901000", "07701900123", "01632961123", "+33612345678"] {
        assert!(!is_drama(&number(text)), "{text}");
    }
}

#[expect(clippy::print_stderr, reason = "says why it checked nothing")]
/// The calls of the Nodobo study: every party that is digits is read; only what a spreadsheet rounded is refused.
#[test]
fn reads_every_number_of_the_nodobo_study() {
    let shared = std::env::var("OROCHI_SHARED")
        .map_or_else(|_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), Into::into);
    let path = shared.join("samples/real/nodobo/nodobo_calls_via_cellyzer.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let (mut read, mut refused) = (0, 0);
    for line in text.lines().skip(1) {
        for party in line.split(',').take(2) {
            match gb(party) {
                Ok(_) => read += 1,
                Err(why) => {
                    assert!(party.contains("E+"), "{party}: {why}");
                    refused += 1;
                }
            }
        }
    }
    assert_eq!((read, refused), (2 * 13_035 - 19, 19));
}

proptest! {
    #[test]
    fn reading_a_canonical_text_gives_itself(text in "\\PC{0,24}|[0-9+*#() \
                                                      .-]{0,20}|'?[0-9.]{1,14}([eE]\\+?[0-9]{1,2})?F?", us: bool) {
        let region = if us { Region::Us } else { Region::Gb };
        if let Ok((kind, canonical)) = read(&text, region) {
            prop_assert_eq!(read(&canonical, region), Ok((kind, canonical)));
        }
    }

    #[test]
    fn every_spelling_of_one_number_gives_one_canonical_text(national in "[1-9][0-9]{9}", cut in 1_usize..9) {
        prop_assume!(!national.starts_with("44"));
        let expected = format!("+44{national}");
        let (head, tail) = national.split_at(cut);
        // A point before zeros only is a spreadsheet's, and no separator.
        prop_assume!(tail.bytes().any(|digit| digit != b'0'));
        for text in [
            format!("0{national}"), national.clone(), format!("44{national}"), format!("+44{national}"), format!(
                "0044{national}"),
            format!("+44 (0){head} {tail}"), format!("0{head}-{tail}"), format!("(0{head}) {tail}"), format!(
                "'0{national}"),
            format!("44{national}F"), format!("{national}.0"), format!("tel:0{head}.{tail}"),
            format!("4.4{national}E+11"),
        ] {
            prop_assert_eq!(number(&text), expected.as_str(), "{}", text);
        }
    }

    #[test]
    fn never_panics(text: String, us: bool) {
        let region = if us { Region::Us } else { Region::Gb };
        let _ = read(&text, region);
        let _ = class_of(&text);
        let _ = is_drama(&text);
    }
}

#[test]
fn marks_in_place_of_a_number_are_nobody() {
    for text in
        ["-1", "-2", "-3", "-1.0", "0", "#N/A", "#REF!", "########", "\\N", "<null>", "xxxx", "payphone", "=\"\""]
    {
        assert_eq!(gb(text), Ok((PartyKind::Withheld, String::new())), "{text:?}");
    }
}

#[test]
fn degrees_and_addresses_are_no_numbers() {
    for text in ["52.40127412", "-1.3000000000", "52.4000/-1.3000", "52.4000 -1.3000", "192.168.100.123", "01/09/2024"]
    {
        assert!(gb(text).is_err(), "{text:?} is {:?}", gb(text));
    }
}

#[test]
fn one_number_in_every_spelling_of_a_program() {
    for text in [
        "07700900111",
        "+447700900111",
        "447700900111",
        "00447700900111",
        "7700900111",
        "447700900111.0",
        "447700900111.00",
        "447700900111,0",
        "'07700900111",
        "'07700900111'",
        "=\"07700900111\"",
        "=\"\"07700900111\"\"",
        "447,700,900,111",
        "447 700 900 111",
        "447'700'900'111",
        "07700\u{202f}900\u{a0}111",
        "\u{200e}+44 7700 900111\u{202c}",
        "\u{feff}07700900111",
        "07700\u{200b}900111",
        "(07700) 900-111",
        "+44 (0) 7700 900111",
        "07700.900111",
        "4.47700900111E+11",
        "tel:+447700900111",
    ] {
        assert_eq!(gb(text), Ok((PartyKind::Number, "+447700900111".to_owned())), "{text:?}");
    }
}
