//! What operators would answer to an application, from everything of everybody.
//!
//! All records lie in one file by the number in whose disclosure they stand, so that an answer is read
//! without looking at the rest.

use std::collections::{BTreeMap, BTreeSet};

use arrow::{
    array::{AsArray, RecordBatch},
    datatypes::SchemaRef,
};
use jiff::Timestamp;
use orochi_analysis::{facts::owner::OWNER_SQL, tables::Tables};
use orochi_case::literal;
use orochi_model::problem::Problem;

use crate::sandbox::Sandbox;

/// All records, by own number.
const STOCK: &str = "operators_records";
/// Which number's SIM sat in which handset, from when to when.
const USES: &str = "operators_handsets";

/// A period in microseconds UTC, both ends in it.
pub type Period = (i64, i64);

/// The operators of a folder.
#[derive(Debug)]
pub struct Operators<'a> {
    bench: &'a Sandbox,
    schema: SchemaRef,
}

fn instant(us: i64) -> Result<String, Problem> {
    let at = Timestamp::from_microsecond(us)
        .map_err(|error| Problem::bug("an application's period is outside the calendar").because(error))?;
    Ok(format!("TIMESTAMP '{at}'"))
}

/// Uses of a handset over a period, in SQL.
fn uses_over(imei: &str, period: Period) -> Result<String, Problem> {
    let (from, to) = period;
    Ok(format!("imei = {} AND \"from\" <= {} AND \"to\" >= {}", literal(imei), instant(to)?, instant(from)?))
}

impl<'a> Operators<'a> {
    /// Sorts what they hold.
    ///
    /// # Errors
    /// User kind when the folder does not have everything of everybody; when the disk refuses.
    pub fn open(bench: &'a Sandbox) -> Result<Self, Problem> {
        if !bench.area() {
            return Err(Problem::user("applications can only be answered from a folder with everybody's data in full")
                .hint("simulate the folder with --area, or name its scenario"));
        }
        let engine = bench.engine();
        let folder = bench.folder("operators")?;
        for (name, sql) in [
            (STOCK, format!("SELECT *, {OWNER_SQL} AS own FROM all_records ORDER BY own, start, exhibit, \"row\"")),
            (
                USES,
                format!(
                    "SELECT {OWNER_SQL} AS number, imei, min(imsi) AS imsi, min(start) AS \"from\", max(start) AS \
                     \"to\" FROM all_records WHERE imei IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
                ),
            ),
        ] {
            let path = folder.join(format!("{name}.parquet"));
            let rows = engine.stream(&sql)?;
            let schema = rows.schema();
            engine.write_parquet(rows, schema, &path)?;
            engine.register_parquet(name, &path)?;
        }
        let schema = engine.stream(&format!("SELECT * FROM {STOCK} WHERE FALSE"))?.schema();
        Ok(Self { bench, schema })
    }

    /// An investigation that holds nothing yet.
    pub fn nothing_held(&self) -> Holding<'_> {
        Holding { operators: self, calls: BTreeMap::new(), handsets: BTreeMap::new() }
    }

    fn texts(&self, sql: &str) -> Result<BTreeSet<String>, Problem> {
        let mut all = BTreeSet::new();
        for batch in self.bench.engine().query(sql)? {
            let column = batch.column(0).as_string::<i32>();
            all.extend(column.iter().flatten().map(str::to_owned));
        }
        Ok(all)
    }
}

/// What was asked for of a number, and what was answered.
#[derive(Debug, Default)]
struct Answered {
    periods: Vec<Period>,
    batches: Vec<RecordBatch>,
}

/// What an investigation holds.
#[derive(Debug)]
pub struct Holding<'a> {
    operators: &'a Operators<'a>,
    calls: BTreeMap<String, Answered>,
    handsets: BTreeMap<String, Vec<Period>>,
}

impl Holding<'_> {
    /// Takes in a number's call data over a period. Returns the numbers in it besides the number itself.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn call_data(&mut self, number: &str, period: Period) -> Result<BTreeSet<String>, Problem> {
        let engine = self.operators.bench.engine();
        let answered = self.calls.entry(number.to_owned()).or_default();
        answered.periods.push(period);
        let periods: Vec<String> = answered
            .periods
            .iter()
            .map(|(from, to)| Ok(format!("start >= {} AND start <= {}", instant(*from)?, instant(*to)?)))
            .collect::<Result<_, Problem>>()?;
        let of = format!("FROM {STOCK} WHERE own = {} AND ({})", literal(number), periods.join(" OR "));
        answered.batches =
            engine.query(&format!("SELECT * {of}"))?.into_iter().filter(|batch| batch.num_rows() > 0).collect();
        let (from, to) = period;
        self.operators.texts(&format!(
            "SELECT DISTINCT CASE WHEN a = own THEN b ELSE a END {of} AND kind <> 'data' AND start >= {} AND start <= \
             {}",
            instant(from)?,
            instant(to)?
        ))
    }

    /// Takes in a handset's history over a period. Returns the numbers in it.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn handset_history(&mut self, imei: &str, period: Period) -> Result<BTreeSet<String>, Problem> {
        self.handsets.entry(imei.to_owned()).or_default().push(period);
        self.operators.texts(&format!("SELECT number FROM {USES} WHERE {}", uses_over(imei, period)?))
    }

    /// Numbers whose call data was asked for.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.calls.keys().map(String::as_str)
    }

    /// Every identifier asked for with its period, as the method takes them.
    pub fn asked(&self) -> impl Iterator<Item = (&str, Period)> {
        let calls = self.calls.iter().map(|(number, answered)| (number, &answered.periods));
        let all = calls.chain(self.handsets.iter());
        all.flat_map(|(identifier, periods)| periods.iter().map(|period| (identifier.as_str(), *period)))
    }

    /// Numbers in contact with a number in the call data held.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn met(&self, number: &str) -> Result<BTreeSet<String>, Problem> {
        self.show()?;
        let number = literal(number);
        self.operators.texts(&format!(
            "SELECT DISTINCT CASE WHEN a = {number} THEN b ELSE a END FROM records \
             WHERE (a = {number} OR b = {number}) AND kind <> 'data'"
        ))
    }

    /// Numbers not held by how often they are in contact with those held, most first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn most_in_contact(&self) -> Result<Vec<String>, Problem> {
        self.show()?;
        let held: BTreeSet<&str> = self.numbers().collect();
        let sql = "SELECT other, count(*) AS many FROM (SELECT CASE WHEN a = own THEN b ELSE a END AS other FROM \
                   records WHERE kind <> 'data') WHERE other IS NOT NULL GROUP BY other ORDER BY many DESC, other";
        let mut order = Vec::new();
        for batch in self.operators.bench.engine().query(sql)? {
            let column = batch.column(0).as_string::<i32>();
            order.extend(column.iter().flatten().filter(|other| !held.contains(other)).map(str::to_owned));
        }
        Ok(order)
    }

    /// Puts what is held in the place of `records` and `handsets`.
    fn show(&self) -> Result<(), Problem> {
        let (bench, schema) = (self.operators.bench, &self.operators.schema);
        let batches = self.calls.values().flat_map(|answered| answered.batches.iter().cloned()).collect();
        bench.engine().register_batches("records", schema.clone(), batches)?;
        let mut uses = vec!["FALSE".to_owned()];
        for (imei, periods) in &self.handsets {
            for period in periods {
                uses.push(format!("({})", uses_over(imei, *period)?));
            }
        }
        bench.view(
            "handsets",
            &format!(
                "SELECT 'history' AS exhibit, CAST(NULL AS VARCHAR) AS sheet, CAST(1 AS BIGINT UNSIGNED) AS \"row\", \
                 number, imsi, imei, \"from\", \"to\" FROM {USES} WHERE {}",
                uses.join(" OR ")
            ),
        )
    }

    /// Runs `work` on the tables as they are with what is held.
    ///
    /// # Errors
    /// Those of `work`; when the disk refuses.
    pub fn with<T>(&self, work: impl FnOnce(&dyn Tables) -> Result<T, Problem>) -> Result<T, Problem> {
        self.show()?;
        self.operators.bench.derived(work)
    }
}
