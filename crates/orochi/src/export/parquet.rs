//! Apache Parquet, for other tools.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, RecordBatch, StringArray},
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use orochi_model::problem::Problem;
use parquet::{arrow::ArrowWriter, basic::Compression, errors::ParquetError, file::properties::WriterProperties};

use super::{Sink, target::Target};
use crate::exit::{Done, Stop};

pub struct Parquet {
    writer: ArrowWriter<Target>,
    schema: SchemaRef,
    marking: Option<&'static str>,
}

/// Rows held before they are written out; bounds the memory of an export.
const GROUP: usize = 256 * 1024;

fn stop(error: ParquetError) -> Stop {
    if let ParquetError::External(cause) = &error
        && let Some(cause) = cause.downcast_ref::<std::io::Error>()
    {
        return Stop::stdout(cause);
    }
    Stop::Problem(Problem::user("cannot write Parquet").because(error))
}

impl Parquet {
    pub fn new(target: Target, schema: &SchemaRef, marking: Option<&'static str>) -> Result<Self, Stop> {
        let schema = match marking {
            None => Arc::clone(schema),
            Some(_) => {
                let field = Arc::new(Field::new("marking", DataType::Utf8, false));
                let fields: Vec<_> = std::iter::once(field).chain(schema.fields().iter().cloned()).collect();
                Arc::new(Schema::new(fields))
            }
        };
        let properties = WriterProperties::builder()
            .set_compression(Compression::LZ4_RAW)
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let writer = ArrowWriter::try_new(target, Arc::clone(&schema), Some(properties)).map_err(stop)?;
        Ok(Self { writer, schema, marking })
    }
}

impl Sink for Parquet {
    fn write(&mut self, batch: &RecordBatch) -> Done {
        let Some(marking) = self.marking else {
            return self.writer.write(batch).map_err(stop);
        };
        let words: ArrayRef = Arc::new(StringArray::from_iter_values(std::iter::repeat_n(marking, batch.num_rows())));
        let columns = std::iter::once(words).chain(batch.columns().iter().cloned()).collect();
        let marked = RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|error| Problem::bug("the marking does not fit the rows").because(error))?;
        self.writer.write(&marked).map_err(stop)
    }

    fn finish(self: Box<Self>) -> Done {
        self.writer.into_inner().map_err(stop)?.finish()
    }
}
