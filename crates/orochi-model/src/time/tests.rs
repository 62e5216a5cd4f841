use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;

use super::*;

mod columns;
mod durations;

fn london() -> Zone {
    Zone::Local(TimeZone::get("Europe/London").expect("the zone database is built in"))
}

fn read_in(zone: Zone, order: DateOrder, date: &str, time: &str) -> Result<(String, Option<String>), String> {
    let show = |us| jiff::Timestamp::from_microsecond(us).expect("in range").to_string();
    Clock::new(zone, order)
        .read(date, time)
        .map(|at| (show(at.utc_us), at.alternative_us.map(show)))
        .map_err(|why| why.0)
}

fn local(date: &str, time: &str) -> Result<(String, Option<String>), String> {
    read_in(london(), DateOrder::DayMonthYear, date, time)
}

fn sure(date: &str, time: &str) -> String {
    match local(date, time) {
        Ok((at, None)) => at,
        other => panic!("{date:?} {time:?}: {other:?}"),
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one walk from top to bottom")]
fn one_instant_in_every_form() {
    for (date, time) in [
        ("15/09/2010", "19:17:44"),
        ("15-09-2010", "19:17:44"),
        ("15.09.2010", "19:17:44"),
        ("15/09/2010 19:17:44", ""),
        ("15/9/2010 19:17:44", ""),
        ("15/09/10 19:17:44", ""),
        ("2010-09-15 19:17:44", ""),
        ("2010-09-15T19:17:44", ""),
        ("2010-09-15T18:17:44Z", ""),
        ("2010-09-15T19:17:44+01:00", ""),
        ("2010-09-15 13:17:44 -0500", ""),
        ("2010-09-15T19:17:44.000000+01", ""),
        ("2010/09/15", "19:17:44"),
        ("20100915", "191744"),
        ("20100915191744", ""),
        ("20100915181744Z", ""),
        ("20100915201744+0200", ""),
        ("Wed Sep 15 19:17:44 +0100 2010", ""),
        ("Wed Sep 15 19:17:44 BST 2010", ""),
        ("Wed, 15 Sep 2010 18:17:44 GMT", ""),
        ("15-Sep-2010 19:17:44", ""),
        ("15-SEP-10 19:17:44", ""),
        ("15 September 2010", "19:17:44"),
        ("15th Sept 2010 19:17:44", ""),
        ("Sep 15, 2010 7:17:44 PM", ""),
        ("15/09/2010 07:17:44 pm", ""),
        ("15/09/2010", "7:17:44PM"),
        ("15/09/2010", "19.17.44"),
        ("2010-09-15 00:00:00", "19:17:44"),
        ("2010-09-15 00:00:00", "1899-12-31 19:17:44"),
        ("15/09/2010", "0.80398148"),
        ("40436.80398", ""),
        ("40436.803981481480", ""),
        ("1284574664", ""),
        ("1284574664000", ""),
        ("'15/09/2010", " 19:17:44 "),
        ("=\"15/09/2010 19:17:44\"", ""),
        ("=\"15/09/2010\"", "=\"19:17:44\""),
        ("15/09/2010\u{a0}19:17:44", ""),
        ("15/09/2010\u{202f}7:17:44\u{202f}PM", ""),
        ("15/09/2010, 19:17:44", ""),
        ("15/09/2010,19:17:44", ""),
        ("15/09/2010 19:17:44,000", ""),
        ("15/09/2010 19:17:44.000", ""),
        ("15/09/2010", "07.17.44 p.m."),
        ("15/09/2010 07.17.44 p.m.", ""),
        ("15/09/2010 19.17.44", ""),
        ("15/09/2010 191744", ""),
        ("15/09/2010", "191744.0"),
        ("20100915T191744", ""),
        ("20100915T181744Z", ""),
        ("20100915191744000", ""),
        ("20100915191744.0", ""),
        ("2010-09-15 19:17:44 (UTC+1)", ""),
        ("2010-09-15 19:17:44 UTC+01:00", ""),
        ("2010-09-15 19:17:44 GMT+1", ""),
        ("2010-09-15 19:17:44 GMT +1", ""),
        ("2010-09-15 19:17:44 +01:00", ""),
        ("2010-09-15 19:17:44+01", ""),
        ("2010-09-15 19:17:44(UTC+1)", ""),
        ("15/09/2010 07:17:44 pm +0100", ""),
        ("15/09/2010", "19:17:44+01:00"),
        ("Wed Sep 15 2010 19:17:44 GMT+0100 (British Summer Time)", ""),
        ("Wednesday, 15th of September 2010 at 19:17:44 hrs", ""),
        ("Wednesday 15 September 2010", "7:17:44 PM"),
        ("40436,80398", ""),
        ("40436.0", "0.80398148"),
        ("40436", "19:17:44"),
        ("2010-09-15 00:00:00", "1904-01-01 19:17:44"),
        ("1284574664.0", ""),
        ("1284574664000000", ""),
        ("1284574664000000000", ""),
    ] {
        assert_eq!(sure(date, time), "2010-09-15T18:17:44Z", "{date:?} {time:?}");
    }
    assert_eq!(sure("15-Sep-2010 19:17", ""), "2010-09-15T18:17:00Z");
    assert_eq!(sure("15/09/2010 12:00 am", ""), "2010-09-14T23:00:00Z");
    assert_eq!(sure("15/09/2010 12:00 pm", ""), "2010-09-15T11:00:00Z");
    assert_eq!(sure("15/12/2010 24:00:00", ""), "2010-12-16T00:00:00Z");
    assert_eq!(sure("2010-09-15T18:17:44.123456789Z", ""), "2010-09-15T18:17:44.123456Z");
}

#[test]
fn american_order() {
    let read = |date| read_in(Zone::Utc, DateOrder::MonthDayYear, date, "01:02:03").map(|at| at.0);
    assert_eq!(read("12/31/2024"), Ok("2024-12-31T01:02:03Z".into()));
    assert_eq!(read("2024-12-31"), Ok("2024-12-31T01:02:03Z".into()));
    assert!(read("31/12/2024").is_err_and(|why| why.contains("order")));
    assert!(read_in(Zone::Utc, DateOrder::YearMonthDay, "31/12/2024", "01:02:03").is_err());
}

#[test]
fn repeated_hour_of_october_has_two_candidates() {
    assert_eq!(
        local("27/10/2024", "01:30:00"),
        Ok(("2024-10-27T00:30:00Z".into(), Some("2024-10-27T01:30:00Z".into())))
    );
    assert_eq!(sure("27/10/2024", "00:59:59"), "2024-10-26T23:59:59Z");
    assert_eq!(sure("27/10/2024", "02:00:00"), "2024-10-27T02:00:00Z");
    assert_eq!(sure("27/10/2024 01:30:00 GMT", ""), "2024-10-27T01:30:00Z", "a stated offset settles it");
    assert_eq!(sure("27/10/2024 01:30:00 BST", ""), "2024-10-27T00:30:00Z");
}

#[test]
fn skipped_hour_of_march_is_no_time() {
    let why = local("31/03/2024", "01:30:00").expect_err("no such time");
    assert!(why.contains("skipped") && why.contains("31/03/2024 01:30:00"), "{why}");
    assert_eq!(sure("31/03/2024", "00:59:59"), "2024-03-31T00:59:59Z");
    assert_eq!(sure("31/03/2024", "02:00:00"), "2024-03-31T01:00:00Z");
    assert!(read_in(Zone::Utc, DateOrder::DayMonthYear, "31/03/2024", "01:30:00").is_ok(), "UTC skips nothing");
}

#[test]
fn clocks_that_were_never_set_are_read_as_they_are() {
    assert_eq!(sure("Mon Feb 11 07:18:23 +0000 1980", ""), "1980-02-11T07:18:23Z");
    assert_eq!(sure("02/01/1970", "00:00:00"), "1970-01-01T23:00:00Z", "London kept summer time all winter");
    assert_eq!(sure("01/01/2107", "00:00:00"), "2107-01-01T00:00:00Z");
}

#[test]
fn a_zone_stated_by_the_values_must_be_there() {
    let read = |date| read_in(Zone::Stated, DateOrder::DayMonthYear, date, "").map(|at| at.0);
    assert_eq!(read("Wed Sep 15 19:17:44 +0100 2010"), Ok("2010-09-15T18:17:44Z".into()));
    assert!(read("15/09/2010 19:17:44").is_err_and(|why| why.contains("offset")));
}

#[test]
fn dates_without_a_time_are_instants_only_where_asked_for() {
    let mut clock = Clock::new(london(), DateOrder::DayMonthYear);
    for text in ["15/09/2010", "15 Sep 2010", "20100915", "40436"] {
        assert!(clock.read(text, "").is_err_and(|why| why.0.contains("time of day")), "{text}");
        let at = clock.read_date(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(at.utc_us, 1_284_505_200_000_000, "{text}");
    }
    assert!(clock.read_date("2010-09-15 19:17:44").is_ok());
}

#[test]
fn day_numbers_are_read_as_the_workbook_counts_its_days() {
    let mut early = Clock::new(Zone::Utc, DateOrder::DayMonthYear).counting(DayCount::From1904);
    let mut usual = Clock::new(Zone::Utc, DateOrder::DayMonthYear);
    let second = |us: i64| jiff::Timestamp::from_microsecond(us).expect("in range").to_string();
    // 3 February 2025, a quarter past nine.
    for text in ["44229.385416666664", "44229.38542"] {
        assert_eq!(second(early.read(text, "").expect("a moment").utc_us), "2025-02-03T09:15:00Z", "{text}");
    }
    assert_eq!(second(early.read_date("44251").expect("a day").utc_us), "2025-02-25T00:00:00Z");
    assert_eq!(second(usual.read("45691.385416666664", "").expect("a moment").utc_us), "2025-02-03T09:15:00Z");
}

#[test]
fn day_numbers_cut_short_name_no_second() {
    assert!(local("45536.34", "").is_err_and(|why| why.contains("decimals")));
    assert_eq!(sure("45536.5", ""), "2024-09-01T11:00:00Z");
    assert_eq!(sure("45536.34375", ""), "2024-09-01T07:15:00Z");
}

#[test]
fn no_times() {
    for (date, time) in [
        ("", ""),
        ("", "19:17:44"),
        ("30/02/2024", "01:02:03"),
        ("29/02/2023", "01:02:03"),
        ("00/01/2024", "01:02:03"),
        ("01/13/2024", "01:02:03"),
        ("01/01/2024", "24:00:01"),
        ("01/01/2024", "12:60:00"),
        ("01/01/2024", "13:00 pm"),
        ("01/01/2024", "0:00 am"),
        ("01/01/2024", "soon"),
        ("01/01/2024 10:00:00", "11:00:00"),
        ("19:17:44", ""),
        ("4.5536E+04", ""),
        ("1.28457E+12", ""),
        ("447700900123", ""),
        ("Tuesday", ""),
        ("1/2/3/4 10:00", ""),
        ("Total", ""),
        ("0001-01-01T00:00:00+99:00", ""),
    ] {
        assert!(local(date, time).is_err(), "{date:?} {time:?} is {:?}", local(date, time));
    }
}

proptest! {
    /// The quick reading of `…Z` against the thorough one, which alone reads `…+00:00`.
    #[test]
    fn zulu_is_an_offset_of_nothing(
        year in 1890_u32..2110, month in 0_u32..14, day in 0_u32..33, hour in 0_u32..26, minute in 0_u32..61,
        second in 0_u32..61
    ) {
        let civil = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        let mut clocks = [
            Clock::new(Zone::Stated, DateOrder::DayMonthYear),
            Clock::new(Zone::Stated, DateOrder::DayMonthYear),
        ];
        let [quick, thorough] = &mut clocks;
        let (one, two) = (quick.read(&format!("{civil}Z"), ""), thorough.read(&format!("{civil}+00:00"), ""));
        prop_assert_eq!(one.is_ok(), two.is_ok(), "{}: {:?} {:?}", civil, one, two);
        prop_assert_eq!(one.ok(), two.ok());
        prop_assert_eq!(quick.take_seen(), thorough.take_seen());
    }

    /// Thirty years of seconds, remembered stretches and all, against asking the zone each time.
    #[test]
    fn agrees_with_the_zone_database(
        seconds in proptest::collection::vec(0_i64..30 * 366 * 86_400, 1..20),
        zone in prop::sample::select(vec!["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe",
            "Africa/Casablanca"]),
    ) {
        let zone = TimeZone::get(zone).expect("known");
        let mut clock = Clock::new(Zone::Local(zone.clone()), DateOrder::DayMonthYear);
        for second in seconds {
            let civil = date(2000, 1, 1).at(0, 0, 0, 0).checked_add(jiff::SignedDuration::from_secs(second)).expect(
                "in range");
            let ours = clock.read(&civil.strftime("%d/%m/%Y").to_string(), &civil.strftime("%H:%M:%S").to_string());
            let theirs = zone.to_ambiguous_timestamp(civil);
            match theirs.offset() {
                jiff::tz::AmbiguousOffset::Gap { .. } => prop_assert!(ours.is_err()),
                _ => {
                    let earlier = theirs.earlier().expect("in range").as_microsecond();
                    let later = theirs.later().expect("in range").as_microsecond();
                    let alternative_us = (later != earlier).then_some(later);
                    prop_assert_eq!(ours, Ok(Instant { utc_us: earlier, alternative_us }), "{}", civil);
                }
            }
        }
    }

    /// Every second around every change of two years, where the remembered stretches end.
    #[test]
    fn agrees_around_the_changes(year in 2000_i16..2030, autumn: bool, second in -10_000_i64..10_000) {
        let zone = TimeZone::get("Europe/London").expect("known");
        let near = if autumn { date(year, 10, 31) } else { date(year, 3, 31) };
        let back = i64::from(near.weekday().to_sunday_zero_offset());
        let civil = near.at(1, 0, 0, 0).checked_add(jiff::SignedDuration::from_secs(second - back * 86_400)).expect(
            "in range");
        let mut clock = Clock::new(Zone::Local(zone.clone()), DateOrder::YearMonthDay);
        for day in [date(year, 1, 15), date(year, 7, 15), date(year, 12, 15)] {
            clock.read(&day.to_string(), "12:00:00").expect("ordinary");
        }
        let ours = clock.read(&civil.strftime("%F").to_string(), &civil.strftime("%T").to_string());
        let theirs = zone.to_ambiguous_timestamp(civil);
        match theirs.offset() {
            jiff::tz::AmbiguousOffset::Gap { .. } => prop_assert!(ours.is_err()),
            _ => prop_assert_eq!(ours.map(|at| at.utc_us), Ok(theirs.earlier().expect("in range").as_microsecond())),
        }
    }

    /// The quick path and the thorough one say the same.
    #[test]
    fn quick_and_thorough_agree(
        day in 0_u32..33,
        month in 0_u32..14,
        year in 0_u32..2200,
        hour in 0_u32..26,
        minute in 0_u32..62,
    ) {
        let (date, time) = (format!("{day:02}/{month:02}/{year:04}"), format!("{hour:02}:{minute:02}:07"));
        let thorough = match text::read(&date, &time, DateOrder::DayMonthYear, &Habit::default()) {
            Ok(text::Reading { written: WrittenTime::Moment(civil, None), form }) => Some((civil, form)),
            _ => None,
        };
        prop_assert_eq!(text::usual(&date, &time, DateOrder::DayMonthYear), thorough);
    }

    #[test]
    fn never_panics(date: String, time: String, shaped in "[0-9TZ:/. +-]{0,30}|[A-Za-z]{3} [0-9:+ ]{0,20}") {
        let mut clock = Clock::new(london(), DateOrder::MonthDayYear);
        let _ = clock.read(&date, &time);
        let _ = clock.read(&shaped, "");
        let _ = clock.read(&shaped, &shaped);
        let _ = clock.read_date(&shaped);
        let _ = read_duration(&date);
        let _ = read_duration(&shaped);
        let _ = (time_shape(&date), time_shape(&shaped), is_absent(&date), is_absent(&shaped));
    }
}
