//! Rows of a case as they can be asked for: which table, filtered by number and time, in which order.

use orochi_analysis::{events, views};
use orochi_case::{Case, Engine, literal};
use orochi_model::problem::Problem;

/// A table that is derived from records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// Events: built when first asked for and kept in the case.
    Events,
    /// Tenancies: likewise.
    Tenancies,
    /// Presences, a view over records: nothing is built.
    Presences,
}

impl Derived {
    /// The table's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Tenancies => "tenancies",
            Self::Presences => "presences",
        }
    }

    /// Builds the table where it is not there yet, and puts it beside those of the case.
    ///
    /// # Errors
    /// When it cannot be built.
    pub fn register(self, engine: &Engine) -> Result<(), Problem> {
        match self {
            Self::Events => views::register_events(engine, &events::Settings::default()),
            Self::Tenancies => views::register_tenancies(engine),
            Self::Presences => engine.block_on(views::register_presences(engine.context())),
        }
    }

    /// The tables that a query may speak of. Events and tenancies take time to build, so they are there for a query
    /// that names them.
    pub fn named_in(query: &str) -> Vec<Self> {
        let query = query.to_lowercase();
        let mut named = vec![Self::Presences];
        named.extend(query.contains("event").then_some(Self::Events));
        named.extend(query.contains("tenanc").then_some(Self::Tenancies));
        named
    }
}

/// Which rows: by number and time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowFilter {
    /// A party in canonical text.
    pub number: Option<String>,
    /// First instant, microseconds since 1970, UTC.
    pub from_us: Option<i64>,
    /// First instant after the period, microseconds since 1970, UTC.
    pub before_us: Option<i64>,
}

/// What a filter by time does with a row that states no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undated {
    /// Neither end of the period leaves it out.
    Kept,
    /// It is not shown.
    LeftOut,
}

impl RowFilter {
    /// Whether every row passes.
    pub fn is_all(&self) -> bool {
        self.number.is_none() && self.from_us.is_none() && self.before_us.is_none()
    }

    /// Its conditions in SQL, of which all must hold: the number in one of the columns `numbers`, and the interval
    /// between the two columns `times` within the period.
    pub fn conditions(&self, numbers: &[&str], times: Option<(&str, &str)>, undated: Undated) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(number) = &self.number {
            let any: Vec<_> = numbers.iter().map(|column| format!("\"{column}\" = {}", literal(number))).collect();
            all.push(format!("({})", any.join(" OR ")));
        }
        if let Some((first, last)) = times {
            let bound = |column: &str, holds: String| match undated {
                Undated::Kept => format!("(\"{column}\" IS NULL OR {holds})"),
                Undated::LeftOut => holds,
            };
            all.extend(self.from_us.map(|us| bound(last, format!("\"{last}\" >= {}", instant(us)))));
            all.extend(self.before_us.map(|us| bound(first, format!("\"{first}\" < {}", instant(us)))));
        }
        all
    }
}

/// A view: where it may be filtered, what a table shows, and its order.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The view's name in the engine.
    pub name: &'static str,
    /// Columns that a person sees first; other forms have all.
    pub shown: &'static [&'static str],
    /// Columns that are searched for a number.
    pub numbers: &'static [&'static str],
    /// First and last instant of a row; the same column twice for an instant.
    pub times: Option<(&'static str, &'static str)>,
    /// The table that it shows, where that is derived; none for what native files hold.
    pub derived: Option<Derived>,
    /// Columns that fix the order.
    pub order: &'static [&'static str],
}

/// Communications, each once.
pub const EVENTS: View = View {
    name: "events",
    shown: &["event", "kind", "a", "b", "c", "start", "duration_s", "outcome", "sides", "records", "exhibit", "row"],
    numbers: &["a", "b", "c"],
    times: Some(("start", "start")),
    derived: Some(Derived::Events),
    order: &["start", "event"],
};

/// Communications rows as disclosed.
pub const RECORDS: View = View {
    name: "records",
    shown: &["exhibit", "row", "kind", "side", "a", "b", "c", "start", "duration_s", "outcome", "imei", "start_cell"],
    numbers: &["target", "a", "b", "c"],
    times: Some(("start", "start")),
    derived: None,
    order: NATIVE_ORDER,
};

/// Which number used which cell.
pub const PRESENCES: View = View {
    name: "presences",
    shown: &["number", "cell", "relation", "from", "to", "activity", "kind", "exhibit", "row"],
    numbers: &["number"],
    times: Some(("from", "to")),
    derived: Some(Derived::Presences),
    order: &["number", "from", "exhibit", "sheet", "row", "cell"],
};

/// Which number used which SIM in which handset.
pub const TENANCIES: View = View {
    name: "tenancies",
    shown: &["number", "imsi", "imei", "from", "to", "records", "exhibit", "row"],
    numbers: &["number"],
    times: Some(("from", "to")),
    derived: Some(Derived::Tenancies),
    order: &["number", "from", "to", "imsi", "imei"],
};

/// Cells and where they are.
pub const CELLS: View = View {
    name: "cells",
    shown: &[
        "exhibit",
        "row",
        "origin",
        "cell",
        "site",
        "postcode",
        "easting",
        "northing",
        "placed_by",
        "azimuth",
        "doubt",
    ],
    numbers: &[],
    times: None,
    derived: None,
    order: NATIVE_ORDER,
};

/// Rows that could not be read.
pub const REJECTS: View = View {
    name: "rejects",
    shown: &["exhibit", "row", "column", "text", "reason"],
    numbers: &[],
    times: None,
    derived: None,
    order: NATIVE_ORDER,
};

/// Rows that no authority covers.
pub const EXCESS: View = View {
    name: "excess",
    shown: &["exhibit", "row", "reason", "kind", "target", "a", "b", "start"],
    numbers: &["target", "a", "b", "c"],
    times: Some(("start", "start")),
    derived: None,
    order: NATIVE_ORDER,
};

const NATIVE_ORDER: &[&str] = &["exhibit", "sheet", "row"];

/// How the rows of a view are fetched: statements with the same columns, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewPlan {
    /// The statements.
    pub queries: Vec<String>,
    /// Whether the order comes from the files: then the engine may have one thread only.
    pub one_thread: bool,
}

impl View {
    /// How to fetch the rows that pass the filter, `limit` of them at most.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn plan(&self, case: &Case, filter: &RowFilter, limit: Option<u64>) -> Result<ViewPlan, Problem> {
        if self.derived.is_some() || !case.releases()?.is_empty() {
            return Ok(ViewPlan { queries: vec![self.query(filter, None, limit)], one_thread: false });
        }
        // Rows of a native file are stored in its order, and one thread gives them in that order: nothing has to be
        // sorted, however many there are. The files go one after the other, because the engine lists a folder in
        // no order.
        let exhibits = case.exhibits()?;
        let filled = exhibits.iter().filter(|exhibit| {
            // Excess rows of subscribers, top-ups and handsets are in no table of their own.
            exhibit.tables.iter().any(|table| table == self.name) || (self.name == "excess" && exhibit.tally.excess > 0)
        });
        let unsorted = Self { order: &[], ..*self };
        let mut queries: Vec<_> = filled.map(|one| unsorted.query(filter, Some(&one.label), limit)).collect();
        if queries.is_empty() {
            // No row, but the columns.
            queries.push(self.query(filter, None, Some(0)));
        }
        Ok(ViewPlan { queries, one_thread: true })
    }

    /// The statement for the rows that pass the filter.
    pub fn query(&self, filter: &RowFilter, exhibit: Option<&str>, limit: Option<u64>) -> String {
        let mut conditions: Vec<_> = exhibit.iter().map(|label| format!("exhibit = {}", literal(label))).collect();
        conditions.extend(filter.conditions(self.numbers, self.times, Undated::LeftOut));
        let mut query = format!("SELECT * FROM {}", self.name);
        if !conditions.is_empty() {
            query.push_str(&format!(" WHERE {}", conditions.join(" AND ")));
        }
        if !self.order.is_empty() {
            let order: Vec<_> = self.order.iter().map(|column| format!("\"{column}\"")).collect();
            query.push_str(&format!(" ORDER BY {}", order.join(", ")));
        }
        if let Some(limit) = limit {
            query.push_str(&format!(" LIMIT {limit}"));
        }
        query
    }
}

fn instant(us: i64) -> String {
    format!("arrow_cast({us}, 'Timestamp(Microsecond, Some(\"UTC\"))')")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_become_conditions() {
        let filter = RowFilter {
            number: Some("+447700900123".to_owned()),
            from_us: Some(1_709_251_200_000_000),
            before_us: Some(1_711_926_000_000_000),
        };
        assert_eq!(
            EVENTS.query(&filter, Some("EX0001"), Some(10)),
            "SELECT * FROM events WHERE exhibit = 'EX0001' AND (\"a\" = '+447700900123' OR \"b\" = '+447700900123' OR \
             \"c\" = '+447700900123') AND \"start\" >= arrow_cast(1709251200000000, \
             'Timestamp(Microsecond, Some(\"UTC\"))') AND \"start\" < arrow_cast(1711926000000000, \
             'Timestamp(Microsecond, Some(\"UTC\"))') ORDER BY \"start\", \"event\" LIMIT 10"
        );
        assert_eq!(
            EVENTS.query(&RowFilter::default(), None, None),
            "SELECT * FROM events ORDER BY \"start\", \"event\""
        );
    }

    #[test]
    fn an_interval_is_found_by_any_instant_within_it() {
        let filter = RowFilter { from_us: Some(5), before_us: Some(9), ..RowFilter::default() };
        let query = PRESENCES.query(&filter, None, None);
        assert!(query.contains("\"to\" >= arrow_cast(5") && query.contains("\"from\" < arrow_cast(9"), "{query}");
    }

    #[test]
    fn rows_without_a_time_stay_where_they_are_kept() {
        let filter = RowFilter { from_us: Some(5), before_us: Some(9), ..RowFilter::default() };
        let kept = filter.conditions(&["number"], Some(("from", "to")), Undated::Kept);
        assert!(kept[0].starts_with("(\"to\" IS NULL OR \"to\" >= arrow_cast(5"), "{kept:?}");
        assert!(kept[1].starts_with("(\"from\" IS NULL OR \"from\" < arrow_cast(9"), "{kept:?}");
        assert!(filter.conditions(&["number"], None, Undated::Kept).is_empty());
        assert!(!filter.is_all() && RowFilter::default().is_all());
    }

    #[test]
    fn a_senders_name_cannot_leave_its_quotes() {
        let filter = RowFilter { number: Some("O'Neill' OR 1=1".to_owned()), ..RowFilter::default() };
        assert!(EVENTS.query(&filter, None, None).contains("'O''Neill'' OR 1=1'"));
    }

    #[test]
    fn tables_that_take_time_are_built_for_a_query_that_names_them() {
        assert_eq!(Derived::named_in("SELECT 1"), [Derived::Presences]);
        let named = Derived::named_in("select * from Events e join tenancies t on true");
        assert_eq!(named, [Derived::Presences, Derived::Events, Derived::Tenancies]);
    }
}
