//! One table going out batch by batch, as CSV or as Parquet.
//!
//! In CSV times are RFC 3339 in UTC, a training case's rows carry a first column `marking`; in Parquet
//! the file's own metadata do.

use std::io::Write;

use arrow::{
    array::{Array, AsArray, RecordBatch},
    datatypes::{Schema, SchemaRef, TimestampMicrosecondType},
    util::display::{ArrayFormatter, FormatOptions},
};
use orochi_model::problem::Problem;
use parquet::{
    arrow::ArrowWriter,
    basic::Compression,
    file::{metadata::KeyValue, properties::WriterProperties},
};

use crate::atomic_output::unwritten;

use super::{csv_escape::safe, marked_csv::MarkedCsv, notation, words::TRAINING};

/// A table as CSV.
pub(crate) struct CsvTable<W: Write>(MarkedCsv<W>);

impl<W: Write> CsvTable<W> {
    /// Begins it.
    pub(crate) fn begin(schema: &Schema, training: bool, out: W) -> Result<Self, Problem> {
        Ok(Self(MarkedCsv::begin(out, training, schema.fields().iter().map(|field| field.name()))?))
    }

    /// Writes a batch. Returns its rows.
    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<u64, Problem> {
        let columns =
            batch.columns().iter().map(|column| Texts::from_array(column.as_ref())).collect::<Result<Vec<_>, _>>()?;
        let mut cells = Vec::with_capacity(columns.len());
        for row in 0..batch.num_rows() {
            cells.clear();
            for column in &columns {
                cells.push(column.cell(row)?);
            }
            self.0.row(&cells)?;
        }
        Ok(batch.num_rows() as u64)
    }

    /// Ends it.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        self.0.finish()
    }
}

/// A column's values as cells.
enum Texts<'a> {
    Time(arrow::array::TimestampMicrosecondArray),
    Other(&'a dyn Array, ArrayFormatter<'a>),
}

const OPTIONS: FormatOptions<'static> = FormatOptions::new();

impl<'a> Texts<'a> {
    fn from_array(array: &'a dyn Array) -> Result<Self, Problem> {
        let bug = |error| Problem::bug("a column cannot be written as text").because(error);
        if let Some(times) = array.as_primitive_opt::<TimestampMicrosecondType>() {
            return Ok(Self::Time(times.clone()));
        }
        Ok(Self::Other(array, ArrayFormatter::try_new(array, &OPTIONS).map_err(bug)?))
    }

    fn cell(&self, row: usize) -> Result<String, Problem> {
        match self {
            Self::Time(times) if times.is_valid(row) => notation::instant(times.value(row)),
            Self::Other(array, formatter) if array.is_valid(row) => {
                let text = formatter.value(row).to_string();
                Ok(if array.data_type().is_numeric() { text } else { safe(&text) })
            }
            _ => Ok(String::new()),
        }
    }
}

/// A table as Parquet.
pub(crate) struct ParquetTable<W: Write + Send>(ArrowWriter<W>);

impl<W: Write + Send> ParquetTable<W> {
    /// Begins it.
    pub(crate) fn begin(schema: SchemaRef, training: bool, out: W) -> Result<Self, Problem> {
        Ok(Self(ArrowWriter::try_new(out, schema, Some(properties(training))).map_err(unwritten)?))
    }

    /// Writes a batch. Returns its rows.
    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<u64, Problem> {
        self.0.write(batch).map_err(unwritten)?;
        Ok(batch.num_rows() as u64)
    }

    /// Ends it.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let mut out = self.0.into_inner().map_err(unwritten)?;
        out.flush().map_err(unwritten)
    }
}

/// How a Parquet file is written; a training case's carries the marking in its metadata.
fn properties(training: bool) -> WriterProperties {
    let mut properties =
        WriterProperties::builder().set_compression(Compression::LZ4_RAW).set_created_by("orochi".to_owned());
    if training {
        let marking = KeyValue::new("marking".to_owned(), TRAINING.to_owned());
        properties = properties.set_key_value_metadata(Some(vec![marking]));
    }
    properties.build()
}
