use proptest::prelude::*;

use super::*;
use crate::postcode::{NoPostcodes, Table};

fn table() -> Table {
    Table::from_rows([
        ("NR30 5AA", 651_409, 313_177),
        ("NR30 1PX", 652_600, 307_200),
        ("EC1A 1BB", 532_115, 181_508),
        ("EH1 1YZ", 325_800, 673_900),
        ("W12 7RJ", 523_100, 180_800),
    ])
}

fn grid<'a>(easting: &'a str, northing: &'a str) -> Stated<'a> {
    Stated { easting: Some(easting), northing: Some(northing), ..Stated::default() }
}

fn degrees<'a>(lat: &'a str, lon: &'a str) -> Stated<'a> {
    Stated { lat: Some(lat), lon: Some(lon), ..Stated::default() }
}

fn at(place: &Place) -> Option<(i32, i32)> {
    place.easting.zip(place.northing)
}

fn doubt(place: &Place) -> &str {
    place.doubt.as_deref().unwrap_or_default()
}

const CAISTER: Option<(i32, i32)> = Some((651_409, 313_177));

#[test]
fn a_list_that_shows_its_order_is_not_swapped_row_by_row() {
    let sea = grid("649519", "330000");
    let swapped = locate(&sea, &NoPostcodes);
    assert!(swapped.swapped && swapped.easting == Some(330_000));
    let kept = locate(&Stated { in_order: true, ..sea }, &NoPostcodes);
    assert!(!kept.swapped && kept.easting == Some(649_519) && doubt(&kept).contains("off land"));
}

#[test]
fn easting_and_northing_in_every_form() {
    for (easting, northing) in
        [("651409", "313177"), ("651,409", "313,177"), ("651409.0", "313177.0"), (" 651409 ", "313177m")]
    {
        let place = locate(&Stated { postcode: Some("NR30 5AA"), ..grid(easting, northing) }, &table());
        assert_eq!(at(&place), CAISTER, "{easting}");
        assert_eq!((place.placed_by, &place.doubt), (Some("grid"), &None));
        assert!(
            (place.latitude.expect("placed") - 52.658_00).abs() < 1e-4
                && (place.longitude.expect("placed") - 1.716_06).abs() < 1e-4
        );
    }
}

#[test]
fn swapped_easting_and_northing() {
    let by_postcode = locate(&Stated { postcode: Some("NR30 5AA"), ..grid("313177", "651409") }, &table());
    assert_eq!(at(&by_postcode), CAISTER);
    assert!(doubt(&by_postcode).contains("swapped"));
    let alone = locate(&grid("313177", "651409"), &NoPostcodes);
    assert_eq!(at(&alone), Some((313_177, 651_409)), "this is land too: nothing says that it is swapped");
    let lerwick = locate(&grid("1141500", "447500"), &NoPostcodes);
    assert_eq!(at(&lerwick), Some((447_500, 1_141_500)), "no easting is so large");
    assert!(doubt(&lerwick).contains("swapped"));
    let in_the_sea = locate(&grid("690000", "600000"), &NoPostcodes);
    assert_eq!(at(&in_the_sea), Some((690_000, 600_000)));
    assert!(doubt(&in_the_sea).contains("off land"), "off land both ways: {:?}", in_the_sea);
}

#[test]
fn a_position_of_marks_is_not_placed() {
    for (lat, lon) in
        [("0", "0"), ("0.0", "-0.0"), ("-1", "-1"), ("0", "-1.3"), ("95.2", "-1.3"), ("999", "999"), ("52.4", "")]
    {
        assert_eq!(locate(&degrees(lat, lon), &NoPostcodes).placed_by, None, "{lat} {lon}");
    }
    for (easting, northing) in [("-1", "-1"), ("0", "313177"), ("9999999", "9999999")] {
        assert_eq!(locate(&grid(easting, northing), &NoPostcodes).placed_by, None, "{easting} {northing}");
    }
}

#[test]
fn zero_means_not_stated() {
    for (easting, northing) in [("0", "0"), ("", ""), ("0.0", "0"), ("N/A", "-")] {
        assert_eq!(locate(&grid(easting, northing), &NoPostcodes), Place::default(), "{easting:?}");
        let by_postcode = locate(&Stated { postcode: Some("nr305aa"), ..grid(easting, northing) }, &table());
        assert_eq!((at(&by_postcode), by_postcode.placed_by), (CAISTER, Some("postcode")));
        assert_eq!(by_postcode.doubt, None);
    }
    let half = locate(&grid("651409", "0"), &NoPostcodes);
    assert_eq!(half.placed_by, None);
    assert!(doubt(&half).contains("zero"));
    assert_eq!(locate(&degrees("0", "0.0"), &NoPostcodes), Place::default());
}

#[test]
fn kilometres_and_hundreds_of_kilometres() {
    let place = locate(&grid("651.409", "313.177"), &NoPostcodes);
    assert_eq!(at(&place), CAISTER);
    assert!(doubt(&place).contains("in kilometres"));
    let place = locate(&grid("6.51409", "3.13177"), &NoPostcodes);
    assert_eq!(at(&place), CAISTER);
    assert!(doubt(&place).contains("hundreds"));
    assert_eq!(locate(&grid("651", "313"), &NoPostcodes).placed_by, None);
}

#[test]
fn grid_letters() {
    for (easting, northing) in
        [("TG 51409", "13177"), ("TG51409", "TG13177"), ("TG5140913177", ""), ("TG5140913177", "TG5140913177")]
    {
        let place = locate(&grid(easting, northing), &NoPostcodes);
        assert_eq!(at(&place), CAISTER, "{easting}");
        assert!(doubt(&place).contains("letters"));
    }
    let place = locate(&Stated { grid_ref: Some("TG 514 131"), ..Stated::default() }, &NoPostcodes);
    assert_eq!((at(&place), place.placed_by, place.doubt), (Some((651_400, 313_100)), Some("grid reference"), None));
    for text in ["651400, 313100", "52.65735,1.71588"] {
        let pair = locate(&Stated { grid_ref: Some(text), ..Stated::default() }, &NoPostcodes);
        assert_eq!(pair.easting.map(|metres| metres / 100), Some(6514), "{text}: {pair:?}");
        assert_eq!(pair.doubt, None, "{text}");
    }
    let coarse = locate(&Stated { grid_ref: Some("TG"), ..Stated::default() }, &NoPostcodes);
    assert_eq!(coarse.placed_by, None);
}

#[test]
fn latitude_and_longitude_in_every_form() {
    for (lat, lon) in [
        ("52.65800783", "1.71607397"),
        ("52.65800783N", "1.71607397E"),
        ("52°39'28.828\"N", "1°42'57.866\"E"),
        ("52 39 28.828 N", "1 42 57.866 E"),
        ("52.65800783, 1.71607397", ""),
        ("52,65800783", "1,71607397"),
        ("=\"52.65800783\"", "'1.71607397"),
    ] {
        let place = locate(&degrees(lat, lon), &NoPostcodes);
        assert_eq!(at(&place), Some((651_410, 313_177)), "{lat}");
        assert_eq!((place.placed_by, place.doubt), (Some("latitude and longitude"), None));
    }
}

#[test]
fn latitude_and_longitude_swapped_or_without_their_sign() {
    let swapped = locate(&degrees("1.71607397", "52.65800783"), &NoPostcodes);
    assert_eq!(at(&swapped), Some((651_410, 313_177)));
    assert!(doubt(&swapped).contains("swapped"));
    let edinburgh = Stated { postcode: Some("EH1 1YZ"), ..degrees("55.9533", "3.1883") };
    let lost = locate(&edinburgh, &table());
    assert_eq!(lost.longitude, Some(-3.1883));
    assert!(doubt(&lost).contains("minus"));
    let unknown = locate(&degrees("55.9533", "3.1883"), &NoPostcodes);
    assert_eq!(unknown.longitude, Some(3.1883), "nothing says which");
    assert!(doubt(&unknown).contains("minus"));
    let west_london = locate(&Stated { postcode: Some("W12 7RJ"), ..degrees("51.512", "0.226") }, &table());
    assert_eq!(west_london.longitude, Some(-0.226));
}

#[test]
fn the_world_keeps_its_degrees() {
    let boston = locate(&degrees("42.366944", "-71.083611"), &NoPostcodes);
    assert_eq!((boston.latitude, boston.longitude, at(&boston)), (Some(42.366_944), Some(-71.083_611), None));
    assert_eq!(boston.placed_by, Some("latitude and longitude"));
    let nowhere = locate(&degrees("151.5", "-271"), &NoPostcodes);
    assert_eq!(nowhere.placed_by, None);
}

#[test]
fn far_from_its_postcode() {
    let place = locate(&Stated { postcode: Some("EC1A 1BB"), ..grid("651409", "313177") }, &table());
    assert_eq!(at(&place), CAISTER);
    assert_eq!(doubt(&place), "178 km from its postcode");
    let two = Stated { lat: Some("51.5"), lon: Some("-0.1"), ..grid("651409", "313177") };
    assert!(doubt(&locate(&two, &NoPostcodes)).contains("latitude and longitude is"));
}

#[test]
fn a_district_alone_places_with_doubt() {
    for postcode in ["NR30", "NR30 9ZZ"] {
        let place = locate(&Stated { postcode: Some(postcode), ..Stated::default() }, &table());
        assert_eq!((at(&place), place.placed_by), (Some((652_005, 310_189)), Some("postcode")));
        assert!(doubt(&place).contains("district"));
    }
    let place = locate(&Stated { postcode: Some("ZZ99 9ZZ"), ..Stated::default() }, &table());
    assert_eq!((place.placed_by, place.postcode.as_deref()), (None, Some("ZZ99 9ZZ")));
}

#[test]
fn northern_ireland_is_refused_on_the_grid_and_kept_in_degrees() {
    let irish = Stated { postcode: Some("BT1 5GS"), ..grid("333000", "374000") };
    let place = locate(&irish, &table());
    assert_eq!(place.placed_by, None);
    assert!(doubt(&place).contains("Irish Grid"));
    let place = locate(&Stated { grid_ref: Some("J 338 740"), ..Stated::default() }, &table());
    assert_eq!(place.placed_by, None);
    assert!(doubt(&place).contains("Irish"));
    let place = locate(&degrees("54.597", "-5.930"), &table());
    assert_eq!((place.placed_by, at(&place)), (Some("latitude and longitude"), None));
}

proptest! {
    #[test]
    fn any_grid_position_is_kept_or_swapped_never_moved(
        easting in 1_300_u32..700_000,
        northing in 1_300_u32..1_250_000,
    ) {
        let (e, n) = (easting.to_string(), northing.to_string());
        if let Some(found) = at(&locate(&grid(&e, &n), &NoPostcodes)) {
            let (e, n) = (easting as i32, northing as i32);
            prop_assert!(found == (e, n) || found == (n, e), "{:?}", found);
        }
    }

    #[test]
    fn never_panics(a: String, b: String, c in "[A-Z]{0,2}[0-9 .,-]{0,12}", d in "-?[0-9.]{0,8}[NSEW°']?") {
        for (x, y) in [(&a, &b), (&c, &d), (&d, &c), (&a, &d)] {
            let _ = locate(&Stated {
                easting: Some(x), northing: Some(y), grid_ref: Some(x), lat: Some(y), lon: Some(x), postcode: Some(y),
                in_order: false,
            }, &table());
        }
    }
}
