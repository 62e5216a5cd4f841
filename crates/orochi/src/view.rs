//! Rows of a case out of the program: what every view and `orochi sql` share.
//!
//! A view's command only declares its columns. Rows are streamed in a fixed order, so that the same
//! case gives the same bytes.

use std::path::{Path, PathBuf};

use orochi_case::Engine;
use orochi_casework::views::{Derived, RowFilter, View};
use orochi_model::{
    party::{Region, read_party},
    problem::Problem,
};
use orochi_tables::cell_text::time_text;
use serde_json::{Map, Value, json};

use crate::{
    case_session,
    exit::{Done, Stop},
    export::{self, Format, Output, Sink},
    period,
    progress::Busy,
    text::counted,
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
    /// The rows it asks for.
    pub fn rows(&self) -> RowFilter {
        RowFilter {
            number: self.number.clone(),
            from_us: self.from.map(|from| from.0),
            before_us: self.to.map(|to| to.0),
        }
    }

    /// What of it was given, for the log.
    pub fn detail(&self) -> Map<String, Value> {
        let from = self.from.map(|from| time_text(from.0));
        let before = self.to.map(|to| time_text(to.0));
        let parts = [("number", self.number.clone()), ("from", from), ("before", before)];
        parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
    }
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

/// Prints a view.
pub fn show(ui: &Ui, view: &View, case: &Path, filter: &FilterArgs, args: &OutputArgs) -> Done {
    let output = args.resolve(ui)?;
    let case = case_session::open(ui, case)?;
    let mut detail = filter.detail();
    detail.insert("output".into(), export::describe(&output).into());
    case_session::consult(&case, view.name, detail.into())?;
    let rows = Rows { ui, output: &output, name: view.name, shown: view.shown, limit: args.rows(output.format) };
    let plan = view.plan(&case, &filter.rows(), rows.probe())?;
    let engine = if plan.one_thread { case_session::engine_in_order(&case)? } else { case_session::engine(&case)? };
    if let Some(derived) = view.derived {
        register(ui, &engine, derived)?;
    }
    rows.print(&engine, &plan.queries)
}

/// Puts a derived table beside those of the case.
pub fn register(ui: &Ui, engine: &Engine, derived: Derived) -> Result<(), Problem> {
    let _busy = Busy::new(ui, derived.name());
    derived.register(engine)
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
