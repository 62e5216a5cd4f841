//! The query engine over a case: Apache DataFusion, embedded, behind calls that block.
//!
//! What may surprise:
//! - An engine sees the case as it was when it was opened: exhibits and releases that come later are not in it.
//! - Text is `Utf8` everywhere. DataFusion prefers `Utf8View` inside some functions; results are cast back at the edge,
//!   so that callers can downcast to `StringArray` without asking.
//! - [`Engine::query`] and its kin run on the engine's own threads and must not be called from async code.
//! - SQL of users is read-only: statements that define, change, copy or set anything are refused before they run.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::{
    array::RecordBatch,
    compute::cast,
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use datafusion::{
    dataframe::DataFrame,
    execution::{
        context::SQLOptions,
        disk_manager::{DiskManagerBuilder, DiskManagerMode},
        object_store::ObjectStoreUrl,
        runtime_env::RuntimeEnvBuilder,
    },
    physical_plan::SendableRecordBatchStream,
    prelude::{SessionConfig, SessionContext},
};
use futures::StreamExt;
use orochi_model::problem::Problem;
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions},
    },
    basic::Compression,
    file::properties::{EnabledStatistics, WriterProperties},
};

use crate::{
    cancellation::Cancellation,
    case::Case,
    disk,
    fault::describe,
    host::EngineHost,
    ledger::Ledger,
    placing,
    seal::{
        book::Seals,
        file::{SealedFile, unread},
        store::SealedStore,
    },
    staging::Staging,
    views,
    views::Snapshot,
};

/// How much an engine may use.
#[derive(Clone, Copy, Debug)]
pub struct EngineOptions {
    /// Memory for the working state of queries; past it they spill to the case's staging folder.
    pub memory_bytes: usize,
    /// Threads, at least 1. Results do not depend on it.
    pub threads: usize,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self { memory_bytes: 512 << 20, threads: std::thread::available_parallelism().map_or(2, usize::from) }
    }
}

/// A query session over one case.
pub struct Engine {
    // Dropped in this order: queries end before their spill folder goes.
    context: SessionContext,
    host: EngineHost,
    cancellation: Cancellation,
    pub(crate) snapshot: Snapshot,
    pub(crate) dir: PathBuf,
    pub(crate) in_use: std::sync::Mutex<Vec<disk::Lock>>,
    pub(crate) seals: Arc<Seals>,
    pub(crate) ledger: Ledger,
    _staging: Staging,
}

impl Engine {
    /// Opens a session with a view for each table (see [`orochi_tables::schema::exhibit_tables`]),
    /// the column `exhibit` first, on threads and memory of its own.
    ///
    /// # Errors
    /// When the catalogue cannot be read or the staging folder not written.
    pub fn open(case: &Case, options: &EngineOptions) -> Result<Self, Problem> {
        Self::open_on(&EngineHost::start(options)?, case)
    }

    /// [`Engine::open`] on threads and memory that it shares.
    pub(crate) fn open_on(host: &EngineHost, case: &Case) -> Result<Self, Problem> {
        let staging = case.stage()?;
        let mut snapshot = Snapshot::take(case)?;
        let seals = Arc::new(Seals::default());
        seals.hold(case.dir(), std::mem::take(&mut snapshot.seals));
        let spill = DiskManagerBuilder::default().with_mode(DiskManagerMode::Directories(vec![staging.room("spill")?]));
        let environment = RuntimeEnvBuilder::new()
            .with_disk_manager_builder(spill)
            .with_memory_pool(host.pool())
            .build_arc()
            .map_err(|error| describe(error, &[]))?;
        let mut config = SessionConfig::new()
            .with_target_partitions(host.threads())
            .with_information_schema(true)
            .with_default_catalog_and_schema("orochi", "case");
        config.options_mut().execution.parquet.schema_force_view_types = false;
        config.options_mut().execution.parquet.pushdown_filters = true;
        config.options_mut().sql_parser.map_string_types_to_utf8view = false;
        let context = SessionContext::new_with_config_rt(config, environment);
        context.register_object_store(
            ObjectStoreUrl::local_filesystem().as_ref(),
            Arc::new(SealedStore::new(seals.clone())),
        );
        host.runtime().block_on(views::register(&context, case.dir(), &snapshot))?;
        let engine = Self {
            context,
            host: host.clone(),
            cancellation: Cancellation::default(),
            snapshot,
            dir: case.dir().to_path_buf(),
            in_use: std::sync::Mutex::default(),
            seals,
            ledger: case.ledger().clone(),
            _staging: staging,
        };
        placing::register(&engine)?;
        Ok(engine)
    }

    /// The session itself, for plans built in code. Run them with [`Engine::block_on`].
    pub fn context(&self) -> &SessionContext {
        &self.context
    }

    /// Runs a future of the session to its end on the engine's threads.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.host.runtime().block_on(future)
    }

    /// What ends the work of this engine before its end, from any thread.
    pub fn cancellation(&self) -> &Cancellation {
        &self.cancellation
    }

    /// Runs a future of the session, and leaves it as soon as the work is cancelled.
    fn wait<T>(&self, future: impl Future<Output = T>) -> Result<T, Problem> {
        self.block_on(self.cancellation.guard(future))
    }

    /// Runs one read-only statement and collects its result; at least one batch, so that the columns
    /// are known when no row is.
    ///
    /// # Errors
    /// User kind for SQL that cannot be run, with the columns or tables there are; bug kind for failures of the engine.
    pub fn query(&self, sql: &str) -> Result<Vec<RecordBatch>, Problem> {
        let rows = self.stream(sql)?;
        let schema = rows.schema();
        let batches = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(if batches.is_empty() { vec![RecordBatch::new_empty(schema)] } else { batches })
    }

    /// Runs one read-only statement; its result comes batch by batch.
    ///
    /// # Errors
    /// As [`Engine::query`]; errors while it runs come from the iterator.
    pub fn stream(&self, sql: &str) -> Result<Batches<'_>, Problem> {
        let frame = self.wait(self.frame(sql))??;
        self.run(frame)
    }

    /// Runs a plan built in code; its result comes batch by batch.
    ///
    /// # Errors
    /// As [`Engine::stream`].
    pub fn run(&self, frame: DataFrame) -> Result<Batches<'_>, Problem> {
        let stream = self.wait(frame.execute_stream())?.map_err(|error| describe(error, &self.tables()))?;
        let schema = plain_schema(&stream.schema());
        Ok(Batches { engine: self, stream, schema })
    }

    /// Parses, checks and plans one read-only statement.
    async fn frame(&self, sql: &str) -> Result<DataFrame, Problem> {
        let options = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        self.context.sql_with_options(sql, options).await.map_err(|error| describe(error, &self.tables()))
    }

    /// Names of the tables and views there are, sorted.
    pub fn tables(&self) -> Vec<String> {
        let mut names = self
            .context
            .catalog("orochi")
            .and_then(|catalogue| catalogue.schema("case"))
            .map(|schema| schema.table_names())
            .unwrap_or_default();
        names.retain(|name| !name.starts_with("stored_"));
        names.sort();
        names
    }

    /// Registers a Parquet file, or a folder of them, as a table; replaces one of the same name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn register_parquet(&self, name: &str, path: &Path) -> Result<(), Problem> {
        let _ = self.context.deregister_table(name);
        let first = if path.is_dir() {
            let parquet = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "parquet");
            let files = disk::read_folder(path)?;
            let none = || Problem::bug("there is no Parquet file to register").at(path.display());
            files.into_iter().find(parquet).ok_or_else(none)?
        } else {
            path.to_path_buf()
        };
        let schema = ArrowReaderMetadata::load(&self.open_sealed(&first)?, ArrowReaderOptions::default())
            .map_err(|error| unread(&first, &error))?
            .schema()
            .clone();
        views::list(&self.context, name, path, schema, Vec::new()).map_err(|error| describe(error, &[]))
    }

    /// Opens a file, to be read by its seal if it has one.
    pub(crate) fn open_sealed(&self, path: &Path) -> Result<SealedFile, Problem> {
        let open = self.seals.find(path).and_then(|seal| SealedFile::open(path, seal));
        open.map_err(|error| unread(path, &error))
    }

    /// Registers batches held in memory as a table; replaces one of the same name.
    ///
    /// # Errors
    /// When the batches do not have this schema.
    pub fn register_batches(&self, name: &str, schema: SchemaRef, batches: Vec<RecordBatch>) -> Result<(), Problem> {
        let table = datafusion::datasource::MemTable::try_new(schema, vec![batches]).map_err(|e| describe(e, &[]))?;
        let _ = self.context.deregister_table(name);
        self.context.register_table(name, Arc::new(table)).map(drop).map_err(|error| describe(error, &[]))
    }

    /// Writes a result as one Parquet file, in the order it comes. Memory does not grow with it. The same rows in the
    /// same order give the same bytes. `schema` fixes the columns: those of the result are cast to it by place.
    ///
    /// # Errors
    /// As [`Engine::query`]; input and output errors with the path.
    pub fn write_parquet(&self, rows: Batches<'_>, schema: SchemaRef, path: &Path) -> Result<u64, Problem> {
        self.write_batches(rows, schema, path)
    }

    /// [`Engine::write_parquet`] of batches from anywhere.
    pub(crate) fn write_batches(
        &self,
        rows: impl Iterator<Item = Result<RecordBatch, Problem>>,
        schema: SchemaRef,
        path: &Path,
    ) -> Result<u64, Problem> {
        let wrong = |cause: &dyn std::fmt::Display| {
            Problem::bug("a result cannot be written as Parquet").at(path.display()).because(cause)
        };
        let file = std::fs::File::create(path).map_err(|error| Problem::io("write", path, &error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::LZ4_RAW)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .build();
        let mut writer = ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(|error| wrong(&error))?;
        let mut pending = Vec::new();
        let mut waiting = 0;
        let mut total = 0;
        for batch in rows {
            let batch = cast_batch(&batch?, &schema).map_err(|error| wrong(&error))?;
            waiting += batch.num_rows();
            total += batch.num_rows() as u64;
            pending.push(batch);
            // Pages end where the writer is handed a batch's end; blocks of one size keep the bytes the same
            // however the result was cut.
            while waiting >= BLOCK {
                let all = arrow::compute::concat_batches(&schema, &pending).map_err(|error| wrong(&error))?;
                writer.write(&all.slice(0, BLOCK)).map_err(|error| written(path, error))?;
                waiting -= BLOCK;
                pending = vec![all.slice(BLOCK, waiting)];
            }
        }
        for batch in pending {
            writer.write(&batch).map_err(|error| written(path, error))?;
        }
        writer.close().map_err(|error| written(path, error))?;
        Ok(total)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("dir", &self.dir).finish_non_exhaustive()
    }
}

const BLOCK: usize = 1 << 16;
const ROW_GROUP: usize = 1 << 19;

fn written(path: &Path, error: parquet::errors::ParquetError) -> Problem {
    if let parquet::errors::ParquetError::External(cause) = &error
        && let Some(cause) = cause.downcast_ref::<std::io::Error>()
    {
        return Problem::io("write", path, cause);
    }
    Problem::user("cannot write").at(path.display()).because(error).hint("check the disk's free space")
}

/// A result that comes batch by batch.
pub struct Batches<'a> {
    engine: &'a Engine,
    stream: SendableRecordBatchStream,
    schema: SchemaRef,
}

impl Batches<'_> {
    /// The result's columns.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<RecordBatch, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let batch = match self.engine.wait(self.stream.next()) {
                Ok(None) => return None,
                Ok(Some(Ok(batch))) => batch,
                Ok(Some(Err(error))) => return Some(Err(describe(error, &[]))),
                Err(cancelled) => return Some(Err(cancelled)),
            };
            if batch.num_rows() > 0 {
                let plain = cast_batch(&batch, &self.schema);
                return Some(plain.map_err(|error| Problem::bug("a result cannot be read as text").because(error)));
            }
        }
    }
}

/// The schema with `Utf8` in place of other text types.
fn plain_schema(schema: &Schema) -> SchemaRef {
    let plain = |field: &Arc<Field>| match field.data_type() {
        DataType::Utf8View | DataType::LargeUtf8 => Arc::new(field.as_ref().clone().with_data_type(DataType::Utf8)),
        _ => field.clone(),
    };
    Arc::new(Schema::new_with_metadata(
        schema.fields().iter().map(plain).collect::<Vec<_>>(),
        schema.metadata().clone(),
    ))
}

fn cast_batch(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, arrow::error::ArrowError> {
    let columns =
        batch
            .columns()
            .iter()
            .zip(schema.fields())
            .map(|(column, field)| {
                if column.data_type() == field.data_type() {
                    Ok(column.clone())
                } else {
                    cast(column, field.data_type())
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
    RecordBatch::try_new(schema.clone(), columns)
}

#[cfg(test)]
mod tests;
