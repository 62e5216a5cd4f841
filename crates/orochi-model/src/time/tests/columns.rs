//! What a clock counts of a column, and what it puts right in one.

use super::*;

#[test]
fn a_column_of_cut_day_numbers_keeps_none_of_them() {
    assert!(
        local("45691.39", "").is_err_and(|why| why.contains("cut to 2 decimals")),
        "09:21:36 is not what was written"
    );
    let mut clock =
        Clock::new(Zone::Utc, DateOrder::DayMonthYear).corrected(Correction { cut: true, ..Correction::default() });
    for text in ["45691.4", "45691.5", "45691.39"] {
        assert!(clock.read(text, "").is_err_and(|why| why.0.contains("decimals")), "{text}");
    }
    assert!(clock.read("45691.38542", "").is_ok());
    let seen = clock.take_seen();
    assert_eq!((seen.short.count, seen.exact), (3, 1));
}

#[test]
fn times_of_day_robbed_of_their_zeros_are_filled_up_where_the_column_says_so() {
    let mut clock =
        Clock::new(Zone::Utc, DateOrder::DayMonthYear).corrected(Correction { robbed: true, ..Correction::default() });
    for (time, seconds) in [("191744", 69_464), ("91744", 33_464), ("1744", 1_064), ("44", 44)] {
        let at = clock.read("15/09/2010", time).unwrap_or_else(|why| panic!("{time}: {why}"));
        assert_eq!(at.utc_us / SECOND_US - 1_284_508_800, seconds, "{time}");
    }
    assert!(local("15/09/2010", "91744").is_err(), "one value alone does not say so");
}

#[test]
fn day_and_month_of_a_form_change_places_where_the_column_says_so() {
    let correction = Correction::default().turn(Form::YearFirst);
    let mut clock = Clock::new(Zone::Utc, DateOrder::DayMonthYear).corrected(correction);
    let day =
        |at: Instant| jiff::Timestamp::from_microsecond(at.utc_us).expect("in range").strftime("%d %b").to_string();
    assert_eq!(clock.read("2025-01-02 09:15:00", "").map(day), Ok("01 Feb".into()));
    assert_eq!(clock.read("13/02/2025 09:15:00", "").map(day), Ok("13 Feb".into()));
    assert!(clock.read("2025-01-13 09:15:00", "").is_err(), "no month is the 13th");
    let late = Correction::default().delay(Form::YearFirst);
    let mut clock = Clock::new(Zone::Utc, DateOrder::DayMonthYear).corrected(late);
    assert_eq!(clock.read("2021-02-02 09:15:00", "").map(day), Ok("03 Feb".into()));
}

#[test]
fn a_clock_counts_what_it_reads() {
    let mut clock = Clock::new(Zone::Utc, DateOrder::DayMonthYear);
    for (row, text) in
        ["13/02/2025 09:15:00", "01/02/2025 09:15:00", "02/13/2025 09:15:00", "1/2/2025 9:15", "2025-01-02 09:15:00Z"]
            .into_iter()
            .enumerate()
    {
        let _ = clock.at(row as u64 + 2).read(text, "");
    }
    let seen = clock.take_seen();
    let numbers = seen.in_form(Form::Numbers);
    assert_eq!((numbers.rows.count, numbers.contrary.count, numbers.contrary.first[0]), (2, 1, 4));
    assert!(numbers.is_decisive() && !seen.in_form(Form::YearFirst).is_decisive());
    assert_eq!(seen.in_form(Form::BareToMinute).rows.named(), "row 5");
    assert_eq!((seen.stated.count, seen.floating.count), (1, 3));
    assert_eq!(clock.take_seen(), ColumnDates::default());
}

#[test]
fn where_programs_begin_to_count_is_no_time() {
    for text in [
        "1899-12-30 00:00:00",
        "1900-01-00 00:00:00",
        "01/01/1900 09:15:00",
        "1904-01-01 00:00:00",
        "01/01/1970 00:00:00",
    ] {
        assert!(local(text, "").is_err(), "{text}");
    }
}
