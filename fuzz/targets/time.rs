//! Times and durations. Input: date, time, one a line.
#![no_main]

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use orochi_model::time::{Clock, DateOrder, Zone, read_duration};

fuzz_target!(|input: &str| {
    let (date, time) = input.split_once('\n').unwrap_or((input, ""));
    let Ok(london) = TimeZone::get("Europe/London") else { return };
    for order in [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay] {
        let utc = Clock::new(Zone::Utc, order).read(date, time);
        let mut clock = Clock::new(Zone::Local(london.clone()), order);
        let first = clock.read(date, time);
        assert_eq!(clock.read(date, time), first, "what the clock remembers must not change its answer");
        if let (Ok(utc), Ok(local)) = (&utc, &first) {
            // The offset is stated, or London's: never more than two hours (double summer time) from UTC.
            assert!((utc.utc_us - local.utc_us).abs() <= 2 * 3_600_000_000);
            assert!(local.alternative_us.is_none_or(|later| later > local.utc_us));
        }
        let _ = clock.read_date(input);
    }
    if let Ok(seconds) = read_duration(input) {
        assert!(seconds >= 0);
    }
});
