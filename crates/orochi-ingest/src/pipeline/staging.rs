//! The staged files: one Parquet file for each table that got a row.

use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
};

use arrow::{compute::concat_batches, record_batch::RecordBatch};
use orochi_model::problem::Problem;
use orochi_tables::schema::exhibit_tables;
use parquet::{arrow::arrow_writer::ArrowColumnChunk, errors::ParquetError, file::writer::SerializedFileWriter};

use super::encoders::Encoders;

/// Batches with fewer rows than this are put together before they are written, so that a table that gets a row here and
/// there does not become thousands of row groups.
pub const SMALL: usize = 4096;

/// Rows of one block of one table, on their way to the file.
pub enum Piece {
    /// A row group, encoded.
    Chunks(Vec<ArrowColumnChunk>),
    /// Fewer than [`SMALL`] rows.
    Rows(RecordBatch),
}

impl Piece {
    /// A batch in the form in which the writer wants it.
    ///
    /// # Errors
    /// As [`super::encoders::Encoder::encode`].
    pub fn new(encoders: &Encoders, table: &str, batch: RecordBatch) -> Result<Self, Problem> {
        if batch.num_rows() < SMALL {
            return Ok(Self::Rows(batch));
        }
        encoders.for_table(table)?.encode(&batch).map(Self::Chunks)
    }
}

/// Open staged files.
pub struct Staging<'a> {
    folder: &'a Path,
    encoders: &'a Encoders,
    tables: BTreeMap<&'static str, Table>,
}

struct Table {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
    waiting: Vec<RecordBatch>,
}

impl<'a> Staging<'a> {
    /// Files are created in `folder` when their first row comes.
    pub fn new(folder: &'a Path, encoders: &'a Encoders) -> Self {
        Self { folder, encoders, tables: BTreeMap::new() }
    }

    /// Appends to a table. What is in the file depends on the order of calls and nothing else.
    ///
    /// # Errors
    /// Input/output; bug kind when the columns are not the table's.
    pub fn append(&mut self, name: &'static str, piece: Piece) -> Result<(), Problem> {
        if matches!(&piece, Piece::Rows(batch) if batch.num_rows() == 0) {
            return Ok(());
        }
        if !self.tables.contains_key(name) {
            let path = self.folder.join(format!("{name}.parquet"));
            let writer = self.encoders.for_table(name)?.create(&path)?;
            self.tables.insert(name, Table { path, writer, waiting: Vec::new() });
        }
        let Some(table) = self.tables.get_mut(name) else { return Ok(()) };
        match piece {
            Piece::Rows(batch) => {
                table.waiting.push(batch);
                if table.waiting.iter().map(RecordBatch::num_rows).sum::<usize>() >= SMALL {
                    table.flush(self.encoders, name)?;
                }
            }
            Piece::Chunks(chunks) => {
                table.flush(self.encoders, name)?;
                table.write(chunks)?;
            }
        }
        Ok(())
    }

    /// Completes the files and waits until they are on disk; their names and paths, in the schema's order.
    ///
    /// # Errors
    /// Input/output.
    pub fn finish(mut self) -> Result<Vec<(String, PathBuf)>, Problem> {
        let mut staged = Vec::new();
        for (name, _) in exhibit_tables() {
            if let Some(mut table) = self.tables.remove(name) {
                table.flush(self.encoders, name)?;
                table.finish()?;
                staged.push((name.to_owned(), table.path));
            }
        }
        Ok(staged)
    }
}

impl Table {
    fn flush(&mut self, encoders: &Encoders, name: &str) -> Result<(), Problem> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let encoder = encoders.for_table(name)?;
        let joined = concat_batches(encoder.schema(), &std::mem::take(&mut self.waiting))
            .map_err(|error| Problem::bug("columns do not fit their table").because(error))?;
        self.write(encoder.encode(&joined)?)
    }

    fn write(&mut self, chunks: Vec<ArrowColumnChunk>) -> Result<(), Problem> {
        let append = || {
            let mut group = self.writer.next_row_group()?;
            for chunk in chunks {
                chunk.append_to_row_group(&mut group)?;
            }
            group.close().map(drop)
        };
        append().map_err(|error| not_written(&self.path, error))
    }

    fn finish(&mut self) -> Result<(), Problem> {
        self.writer.finish().map_err(|error| not_written(&self.path, error))?;
        self.writer.inner().sync_all().map_err(|error| Problem::io("write", &self.path, &error))
    }
}

/// The library wraps the operating system's words; a full disk must still be told from a bug.
fn not_written(path: &Path, error: ParquetError) -> Problem {
    if let ParquetError::External(inner) = &error
        && let Some(error) = inner.downcast_ref::<std::io::Error>()
    {
        return Problem::io("write", path, error);
    }
    super::encoders::failed(&error).at(path.display())
}
