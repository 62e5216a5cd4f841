//! Columns to Parquet column chunks, on any thread.
//!
//! A block becomes one row group, encoded where the block was read; the writer only appends bytes. What the bytes are
//! depends on the block alone. Encodings were chosen by measurement on call data: see [`properties`].

use std::{fs::File, path::Path, sync::Arc};

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use orochi_model::problem::Problem;
use orochi_tables::schema::exhibit_tables;
use parquet::{
    arrow::{
        ArrowSchemaConverter,
        arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves},
    },
    basic::{Compression, Encoding},
    errors::ParquetError,
    file::{
        properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr, WriterVersion},
        writer::SerializedFileWriter,
    },
    schema::types::{ColumnPath, TypePtr},
};

/// Encoders for every table an exhibit can fill.
pub struct Encoders(Vec<(&'static str, Encoder)>);

/// Encodes one table.
pub struct Encoder {
    schema: SchemaRef,
    root: TypePtr,
    properties: WriterPropertiesPtr,
    factory: ArrowRowGroupWriterFactory,
}

/// A failure of the Parquet library on a column in memory.
pub fn failed(error: &ParquetError) -> Problem {
    Problem::bug("cannot encode a table").because(error)
}

impl Encoders {
    /// One for each table of the schema.
    ///
    /// # Errors
    /// Only when a schema has no Parquet form, which is a bug.
    pub fn new() -> Result<Self, Problem> {
        let one =
            |(name, schema)| Encoder::new(name, schema).map(|encoder| (name, encoder)).map_err(|error| failed(&error));
        exhibit_tables().into_iter().map(one).collect::<Result<_, _>>().map(Self)
    }

    /// The encoder of a table.
    ///
    /// # Errors
    /// When there is no such table, which is a bug.
    pub fn for_table(&self, table: &str) -> Result<&Encoder, Problem> {
        let found = self.0.iter().find(|(name, _)| *name == table);
        found.map(|(_, encoder)| encoder).ok_or_else(|| Problem::bug(format!("no table is called {table}")))
    }
}

impl Encoder {
    fn new(table: &str, schema: SchemaRef) -> Result<Self, ParquetError> {
        let properties = Arc::new(properties(table, &schema));
        let root = ArrowSchemaConverter::new().convert(&schema)?.root_schema_ptr();
        // The factory takes only schema and properties from the writer; row groups of any writer
        // alike can be made with it.
        let pattern = SerializedFileWriter::new(std::io::sink(), Arc::clone(&root), Arc::clone(&properties))?;
        let factory = ArrowRowGroupWriterFactory::new(&pattern, Arc::clone(&schema));
        Ok(Self { schema, root, properties, factory })
    }

    /// The table's columns.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// A row group's column chunks.
    ///
    /// # Errors
    /// When the columns are not the table's, which is a bug.
    pub fn encode(&self, batch: &RecordBatch) -> Result<Vec<ArrowColumnChunk>, Problem> {
        if batch.schema_ref().fields() != self.schema.fields() {
            return Err(Problem::bug("columns do not fit their table").because(format!("{:?}", batch.schema_ref())));
        }
        let encode = || {
            let mut chunks = Vec::with_capacity(batch.num_columns());
            let writers = self.factory.create_column_writers(0)?;
            // No column is nested, so there is one writer for each.
            for ((mut writer, field), column) in writers.into_iter().zip(self.schema.fields()).zip(batch.columns()) {
                for leaf in compute_leaves(field, column)? {
                    writer.write(&leaf)?;
                }
                chunks.push(writer.close()?);
            }
            Ok(chunks)
        };
        encode().map_err(|error| failed(&error))
    }

    /// Creates the table's file.
    ///
    /// # Errors
    /// Input/output.
    pub fn create(&self, path: &Path) -> Result<SerializedFileWriter<File>, Problem> {
        let file = File::create(path).map_err(|error| Problem::io("create", path, &error))?;
        SerializedFileWriter::new(file, Arc::clone(&self.root), Arc::clone(&self.properties))
            .map_err(|error| failed(&error))
    }
}

/// Columns whose values hardly repeat: a dictionary would be built and thrown away. Numbers that grow from row to row
/// are packed as differences.
const DISTINCT: &[(&str, Encoding)] = &[
    ("row", Encoding::DELTA_BINARY_PACKED),
    ("start", Encoding::DELTA_BINARY_PACKED),
    ("end", Encoding::DELTA_BINARY_PACKED),
    ("at", Encoding::DELTA_BINARY_PACKED),
    ("first_seen", Encoding::DELTA_BINARY_PACKED),
    ("last_seen", Encoding::DELTA_BINARY_PACKED),
    ("key", Encoding::PLAIN),
    ("start_text", Encoding::PLAIN),
    ("at_text", Encoding::PLAIN),
    ("line", Encoding::PLAIN),
    ("latitude", Encoding::PLAIN),
    ("longitude", Encoding::PLAIN),
    ("extra", Encoding::PLAIN),
];

fn properties(_table: &str, schema: &SchemaRef) -> WriterProperties {
    let mut builder = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::LZ4_RAW)
        .set_dictionary_enabled(true)
        .set_dictionary_page_size_limit(4 << 20)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_created_by("orochi".into());
    for field in schema.fields() {
        if let Some((name, encoding)) = DISTINCT.iter().find(|(name, _)| name == field.name()) {
            builder = builder
                .set_column_dictionary_enabled(ColumnPath::from(*name), false)
                .set_column_encoding(ColumnPath::from(*name), *encoding);
        }
    }
    builder.build()
}
