use super::*;

fn has(text: &str, shape: Shape) -> bool {
    shapes(text).contains(&shape)
}

#[test]
fn values_of_each_shape() {
    for text in ["07700900123", "+447700900123", "00447700900123", "7610039694", "020 7946 0123", "4.47731E+11"] {
        assert!(has(text, Shape::Phone), "{text}");
    }
    for text in [
        "01/09/2024 08:15:22",
        "2024-09-01T08:15:22Z",
        "20240901081522",
        "Wed Sep 15 19:17:44 +0100 2010",
        "1 Sep 2024, 08:15",
    ] {
        assert!(has(text, Shape::Moment), "{text}: {:?}", shapes(text));
    }
    for text in ["01/09/2024", "2024-09-01", "20240901", "01-Sep-24", "1.9.2024"] {
        assert!(has(text, Shape::Date), "{text}: {:?}", shapes(text));
        assert!(!has(text, Shape::Phone), "{text}");
    }
    for text in ["08:15:22", "8:15", "23:59:59.123"] {
        assert!(has(text, Shape::Time), "{text}");
    }
    assert!(has("234309876543210", Shape::Imsi) && !has("234309876543210", Shape::Phone));
    assert!(has("350000000000006", Shape::Imei));
    assert!(has("234-30-1014-13399", Shape::Cell) && has("LTE/234-30-3160321", Shape::Cell));
    assert!(has("TG 513 131", Shape::Grid) && has("NR30 5AA", Shape::Postcode));
    assert!(has("51.50", Shape::Latitude) && has("-1.12", Shape::Longitude) && has("651409", Shape::Metres));
    assert!(has("651409,313177", Shape::Grid) && has("52.65, 1.71", Shape::Grid) && has("52.60/1.73", Shape::Grid));
    assert!(!has("07700 900123", Shape::Grid) && !has("12,34", Shape::Grid));
    assert!(has("'+447700900123", Shape::Phone));
    assert!(has("2m 5s", Shape::Duration) && has("PT1H2M", Shape::Duration) && has("38s", Shape::Duration));
    assert!(!has("10 am", Shape::Duration) && !has("5th", Shape::Duration));
    assert!(has("SMS-MO", Shape::TypeWord) && has("Incoming", Shape::DirectionWord));
}

#[test]
fn a_date_of_day_and_month_only_up_to_twelve_is_still_a_date() {
    assert_eq!(date_numbers("03/04/2024"), Some([3, 4, 2024]));
    assert!(!has("31/31/2024", Shape::Date));
}

proptest::proptest! {
    #[test]
    fn any_text_has_shapes(text in "\\PC{0,40}") {
        let _ = shapes(&text);
    }
}
