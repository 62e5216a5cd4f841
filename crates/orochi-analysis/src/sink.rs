//! A derived table's Parquet file, written a block at a time.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::SchemaRef;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use orochi_model::problem::Problem;

/// One Parquet file in the making.
pub(crate) struct ParquetSink {
    path: PathBuf,
    schema: SchemaRef,
    writer: ArrowWriter<File>,
}

impl ParquetSink {
    pub(crate) fn create(path: PathBuf, schema: SchemaRef) -> Result<Self, Problem> {
        let file = File::create(&path).map_err(|e| Problem::io("create a derived table", &path, &e))?;
        let properties = WriterProperties::builder().set_compression(Compression::LZ4_RAW).build();
        let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties))
            .map_err(|e| Problem::bug("cannot start a derived table").at(path.display()).because(e))?;
        Ok(Self { path, schema, writer })
    }

    fn failed(&self, error: impl std::fmt::Display) -> Problem {
        Problem::user("cannot write a derived table")
            .at(self.path.display())
            .because(error)
            .hint("check the disk's free space and the rights on this folder, then run the same command again")
    }

    /// Writes one block; columns in the schema's order.
    pub(crate) fn write(&mut self, columns: Vec<ArrayRef>) -> Result<(), Problem> {
        let batch = RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(|e| Problem::bug("a derived table does not fit its schema").at(self.path.display()).because(e))?;
        self.writer.write(&batch).map_err(|e| self.failed(e))
    }

    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        self.writer.finish().map_err(|e| self.failed(e))?;
        self.writer.inner_mut().flush().map_err(|e| self.failed(e))
    }
}
