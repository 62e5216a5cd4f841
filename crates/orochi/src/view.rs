//! Rows of a case out of the program: what every view and `orochi sql` share.
//!
//! A view's command only declares its columns. Rows are streamed in a fixed order, so that the same
//! case gives the same bytes.

use std::path::{Path, PathBuf};

use orochi_case::{Engine, literal};
use orochi_model::party::{Region, read_party};
use serde_json::{Map, Value, json};

use crate::{
    derive,
    export::{self, Format, Output, Sink},
    form::counted,
    opened, period,
    progress::Busy,
    stop::{Done, Stop},
    ui::Ui,
};

/// Rows of a table for a person when no limit is given.
const TABLE_ROWS: u64 = 100;

/// Form and place of rows.
#[derive(Debug, clap::Args)]
pub struct OutputArgs {
    /// Format of the rows: table by default, json with --json
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output; it appears complete or not at all
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file named with --out if it exists
    #[arg(long, requires = "out")]
    overwrite: bool,
    /// Largest number of rows; by default a table shows the first 100 and the other formats all
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
}

impl OutputArgs {
    /// What is written where.
    pub fn resolve(&self, ui: &Ui) -> Result<Output, Stop> {
        let format = match (self.format, ui.json()) {
            (None, false) => Format::Table,
            (None | Some(Format::Json), true) => Format::Json,
            (Some(format), false) => format,
            // Rows go to the file; the document on standard output says so.
            (Some(format), true) if self.out.is_some() => format,
            (Some(_), true) => {
                return Err(Stop::Usage("--json prints JSON and cannot be combined with another --format".into()));
            }
        };
        Ok(Output { format, out: self.out.clone(), overwrite: self.overwrite })
    }

    /// Rows to ask for, and whether that is this program's choice.
    pub fn rows(&self, format: Format) -> (Option<u64>, bool) {
        match (self.limit, format) {
            (Some(limit), _) => (Some(limit), false),
            (None, Format::Table) => (Some(TABLE_ROWS), true),
            (None, _) => (None, false),
        }
    }
}

/// Which rows: by number and time.
#[derive(Debug, Default, clap::Args)]
pub struct FilterArgs {
    /// Only rows with this number (or short code, or sender's name), in any of the usual spellings
    #[arg(long, value_parser = party)]
    number: Option<String>,
    /// Only rows from this date or time on (British civil time unless an offset is given)
    #[arg(long, value_name = "DATE")]
    from: Option<period::From>,
    /// Only rows up to this date, the day included, or before this time
    #[arg(long, value_name = "DATE")]
    to: Option<period::To>,
}

impl FilterArgs {
    /// The number, canonical.
    pub fn number(&self) -> Option<&str> {
        self.number.as_deref()
    }

    /// First instant, microseconds UTC.
    pub fn first_us(&self) -> Option<i64> {
        self.from.map(|from| from.0)
    }

    /// First instant after the period, microseconds UTC.
    pub fn before_us(&self) -> Option<i64> {
        self.to.map(|to| to.0)
    }

    /// What of it was given, for the log.
    pub fn detail(&self) -> Map<String, Value> {
        let from = self.from.map(|from| time(from.0));
        let before = self.to.map(|to| time(to.0));
        let parts = [("number", self.number.clone()), ("from", from), ("before", before)];
        parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
    }
}

/// A view: where it may be filtered, what a table shows, and its order.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The view's name in the engine.
    pub name: &'static str,
    /// Columns of a table; CSV, JSON and Parquet have all.
    pub shown: &'static [&'static str],
    /// Columns that `--number` looks into.
    pub numbers: &'static [&'static str],
    /// First and last instant of a row; the same column twice for an instant.
    pub times: Option<(&'static str, &'static str)>,
    /// What it stands on besides the case's own tables; none for what native files hold.
    pub derived: Option<derive::Derived>,
    /// Columns that fix the order.
    pub order: &'static [&'static str],
}

/// A party as typed, in canonical text.
pub fn party(text: &str) -> Result<String, String> {
    let mut canonical = String::new();
    read_party(text, Region::Gb, &mut canonical).map_err(|error| error.to_string())?;
    if canonical.is_empty() {
        return Err("expected a number, a short code or a sender's name".into());
    }
    Ok(canonical)
}

fn instant(us: i64) -> String {
    format!("arrow_cast({us}, 'Timestamp(Microsecond, Some(\"UTC\"))')")
}

impl View {
    /// The query for the rows that pass the filter.
    pub fn query(&self, filter: &FilterArgs, exhibit: Option<&str>, limit: Option<u64>) -> String {
        let mut conditions: Vec<_> = exhibit.iter().map(|label| format!("exhibit = {}", literal(label))).collect();
        if let Some(number) = &filter.number {
            let number = literal(number);
            let any: Vec<_> = self.numbers.iter().map(|column| format!("\"{column}\" = {number}")).collect();
            conditions.push(format!("({})", any.join(" OR ")));
        }
        if let Some((first, last)) = self.times {
            if let Some(period::From(from)) = filter.from {
                conditions.push(format!("\"{last}\" >= {}", instant(from)));
            }
            if let Some(period::To(to)) = filter.to {
                conditions.push(format!("\"{first}\" < {}", instant(to)));
            }
        }
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

/// Prints a view.
pub fn show(ui: &Ui, view: &View, case: &Path, filter: &FilterArgs, args: &OutputArgs) -> Done {
    let output = args.resolve(ui)?;
    let case = opened::open(ui, case)?;
    let mut detail = filter.detail();
    detail.insert("output".into(), export::describe(&output).into());
    opened::consult(&case, view.name, detail.into())?;
    let rows = Rows { ui, output: &output, name: view.name, shown: view.shown, limit: args.rows(output.format) };
    if view.derived.is_some() || !case.releases()?.is_empty() {
        let engine = opened::engine(&case)?;
        if let Some(derived) = view.derived {
            derive::derive(ui, &engine, derived)?;
        }
        return rows.print(&engine, &[view.query(filter, None, rows.probe())]);
    }
    // Rows of a native file are stored in its order, and one thread gives them in that order: nothing has to be sorted,
    // however many there are. The files go one after the other, because the engine lists a folder in no order.
    let engine = opened::engine_in_order(&case)?;
    let queries: Vec<_> = case
        .exhibits()?
        .iter()
        .filter(|exhibit| {
            // Excess rows of subscribers, top-ups and handsets are in no table of their own.
            exhibit.tables.iter().any(|table| table == view.name) || (view.name == "excess" && exhibit.tally.excess > 0)
        })
        .map(|exhibit| View { order: &[], ..*view }.query(filter, Some(&exhibit.label), rows.probe()))
        .collect();
    if queries.is_empty() {
        return rows.print(&engine, &[view.query(filter, None, Some(0))]);
    }
    rows.print(&engine, &queries)
}

fn time(us: i64) -> String {
    let mut text = String::new();
    export::column::write_time(us, &mut text);
    text
}

/// Rows on their way out.
#[derive(Debug)]
pub struct Rows<'a> {
    /// Where messages go.
    pub ui: &'a Ui,
    /// Form and place.
    pub output: &'a Output,
    /// Name of the rows.
    pub name: &'a str,
    /// Columns of a table.
    pub shown: &'a [&'a str],
    /// Rows at most, and whether that is the program's own choice, which is then mentioned.
    pub limit: (Option<u64>, bool),
}

impl Rows<'_> {
    /// One row more than wanted: tells whether there are more.
    fn probe(&self) -> Option<u64> {
        self.limit.0.map(|limit| limit.saturating_add(1))
    }

    /// Streams the rows of queries, which have the same columns, out one after the other.
    pub fn print(&self, engine: &Engine, queries: &[String]) -> Done {
        let (limit, chosen) = self.limit;
        // Rows that scroll by show for themselves that something is done.
        let shown = self.output.out.is_none() && self.ui.stdout_is_terminal();
        let busy = (!shown).then(|| Busy::new(self.ui, self.name));
        let mut sink: Option<Box<dyn Sink>> = None;
        let mut rows = 0_u64;
        let mut more = false;
        'out: for query in queries {
            let batches = engine.stream(query)?;
            let sink = match &mut sink {
                Some(sink) => sink,
                None => sink.insert(export::sink(self.ui, self.output, self.name, &batches.schema(), self.shown)?),
            };
            for batch in batches {
                let batch = batch?;
                let room = limit.map_or(u64::MAX, |limit| limit - rows);
                let taken = room.min(batch.num_rows() as u64);
                more = taken < batch.num_rows() as u64;
                rows += taken;
                if let Some(busy) = &busy {
                    busy.rows(rows);
                }
                if taken > 0 {
                    sink.write(&batch.slice(0, usize::try_from(taken).unwrap_or(usize::MAX)))?;
                }
                if more {
                    break 'out;
                }
            }
        }
        if let Some(sink) = sink {
            sink.finish()?;
        }
        drop(busy);
        if let Some(out) = &self.output.out {
            if self.ui.json() {
                return self.ui.document(json!({ "view": self.name, "out": out, "rows": rows }));
            }
            self.ui.note(&format!("{} written to {}", counted(rows, "row", "rows"), out.display()));
        }
        if more && chosen {
            let rows = counted(rows, "row", "rows");
            self.ui.note(&format!("The first {rows} are shown; --limit N shows more, --format csv all."));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: View = View {
        name: "events",
        shown: &[],
        numbers: &["a", "b"],
        times: Some(("start", "end")),
        derived: Some(derive::Derived::Events),
        order: &["start", "event"],
    };

    #[test]
    fn filters_become_conditions() {
        let filter = FilterArgs {
            number: Some(party("07700 900123").unwrap()),
            from: Some("2024-03-01".parse().unwrap()),
            to: Some("2024-03-31".parse().unwrap()),
        };
        insta::assert_snapshot!(EVENTS.query(&filter, Some("EX0001"), Some(10)), @r#"SELECT * FROM events WHERE exhibit = 'EX0001' AND ("a" = '+447700900123' OR "b" = '+447700900123') AND "end" >= arrow_cast(1709251200000000, 'Timestamp(Microsecond, Some("UTC"))') AND "start" < arrow_cast(1711926000000000, 'Timestamp(Microsecond, Some("UTC"))') ORDER BY "start", "event" LIMIT 10"#);
        assert_eq!(
            EVENTS.query(&FilterArgs::default(), None, None),
            "SELECT * FROM events ORDER BY \"start\", \"event\""
        );
    }

    #[test]
    fn a_senders_name_cannot_leave_its_quotes() {
        let filter = FilterArgs { number: Some(party("O'Neill' OR 1=1").unwrap()), ..FilterArgs::default() };
        assert!(EVENTS.query(&filter, None, None).contains("'O''Neill'' OR 1=1'"));
    }
}
