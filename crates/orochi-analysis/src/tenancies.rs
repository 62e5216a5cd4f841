//! Which SIM sat in which handset with which number, when (method `tenancies`; statement: `docs/methods/tenancies.md`).
//!
//! The engine sorts records by SIM and time, spilling when it must; this walks through them and keeps
//! one SIM's runs at a time.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{RecordBatch, StringBuilder, TimestampMicrosecondBuilder, UInt64Builder};
use arrow::datatypes::UInt64Type;
use orochi_model::{method::Method, problem::Problem};
use orochi_tables::schema;

use crate::facts::owner::owner_sql;
use crate::sink::ParquetSink;
use crate::tables::{Tables, numbers, texts, times};

/// This method.
pub const METHOD: Method = Method { name: "tenancies", version: "1" };

/// The file in the folder given to [`build`].
pub const FILE: &str = "tenancies.parquet";

const SQL: &str = concat!(
    r#"
SELECT * FROM (
    SELECT coalesce(imsi, number, imei) AS sim, * FROM (
        SELECT "#,
    owner_sql!(),
    r#" AS number,
               imsi, imei, start, coalesce("end", start) AS until, exhibit, sheet, "row"
        FROM records WHERE imsi IS NOT NULL OR imei IS NOT NULL
    )
) ORDER BY sim, start, exhibit, sheet, "row"
"#
);

/// Reads `records` from `tables` and writes `tenancies.parquet` into `folder`, sorted by SIM and time.
///
/// # Errors
/// When the records cannot be read or the file cannot be written.
pub fn build(tables: &dyn Tables, folder: &Path) -> Result<(), Problem> {
    let mut builder = TenancyBuilder {
        sim: None,
        runs: Vec::new(),
        bare: Vec::new(),
        sink: ParquetSink::create(folder.join(FILE), schema::tenancies())?,
        done: Vec::new(),
    };
    tables.stream(SQL, &mut |batch| builder.add_batch(&batch))?;
    builder.close_sim()?;
    builder.write()?;
    builder.sink.finish()
}

#[derive(Clone, Debug)]
struct TenancyRun {
    number: Option<String>,
    imsi: Option<String>,
    imei: Option<String>,
    from: i64,
    to: i64,
    records: u64,
    exhibit: String,
    sheet: Option<String>,
    row: u64,
}

struct TenancyBuilder {
    sim: Option<String>,
    /// Runs of the SIM at hand that state a handset, and those that do not.
    runs: Vec<TenancyRun>,
    bare: Vec<TenancyRun>,
    sink: ParquetSink,
    done: Vec<TenancyRun>,
}

const BLOCK: usize = 8_192;

impl TenancyBuilder {
    fn add_batch(&mut self, batch: &RecordBatch) -> Result<(), Problem> {
        let column = |name: &str| texts(batch, name);
        let (sim, number, imsi, imei) = (column("sim")?, column("number")?, column("imsi")?, column("imei")?);
        let (exhibit, sheet) = (column("exhibit")?, column("sheet")?);
        let (start, until, row) =
            (times(batch, "start")?, times(batch, "until")?, numbers::<UInt64Type>(batch, "row")?);
        for i in 0..batch.num_rows() {
            if self.sim.as_deref() != sim.get(i) {
                self.close_sim()?;
                self.sim = sim.get(i).map(str::to_owned);
            }
            let runs = if imei.get(i).is_some() { &mut self.runs } else { &mut self.bare };
            if let Some(run) = runs.last_mut()
                && run.number.as_deref() == number.get(i)
                && run.imsi.as_deref() == imsi.get(i)
                && run.imei.as_deref() == imei.get(i)
            {
                run.to = run.to.max(until.value(i));
                run.records += 1;
                continue;
            }
            runs.push(TenancyRun {
                number: number.get(i).map(str::to_owned),
                imsi: imsi.get(i).map(str::to_owned),
                imei: imei.get(i).map(str::to_owned),
                from: start.value(i),
                to: until.value(i),
                records: 1,
                exhibit: exhibit.get(i).unwrap_or_default().to_owned(),
                sheet: sheet.get(i).map(str::to_owned),
                row: row.value(i),
            });
        }
        Ok(())
    }

    /// Rows without a handset would break every run in two, so they count only where the SIM never shows one.
    fn close_sim(&mut self) -> Result<(), Problem> {
        let bare = std::mem::take(&mut self.bare);
        if self.runs.is_empty() {
            self.done.extend(bare);
        } else {
            self.done.append(&mut self.runs);
        }
        if self.done.len() >= BLOCK { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Problem> {
        let time = || TimestampMicrosecondBuilder::new().with_data_type(schema::timestamp());
        let (mut number, mut imsi, mut imei) = (StringBuilder::new(), StringBuilder::new(), StringBuilder::new());
        let (mut from, mut to, mut records) = (time(), time(), UInt64Builder::new());
        let (mut exhibit, mut sheet, mut row) = (StringBuilder::new(), StringBuilder::new(), UInt64Builder::new());
        for run in self.done.drain(..) {
            number.append_option(run.number);
            imsi.append_option(run.imsi);
            imei.append_option(run.imei);
            from.append_value(run.from);
            to.append_value(run.to);
            records.append_value(run.records);
            exhibit.append_value(run.exhibit);
            sheet.append_option(run.sheet);
            row.append_value(run.row);
        }
        self.sink.write(vec![
            Arc::new(number.finish()),
            Arc::new(imsi.finish()),
            Arc::new(imei.finish()),
            Arc::new(from.finish()),
            Arc::new(to.finish()),
            Arc::new(records.finish()),
            Arc::new(exhibit.finish()),
            Arc::new(sheet.finish()),
            Arc::new(row.finish()),
        ])
    }
}
