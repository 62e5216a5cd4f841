//! The records of a case block by block, past SQL: for passes that look at every record.
//!
//! A block is a row group of an exhibit's table of records, as it came in. Which columns are read is said for each, and
//! texts come as the dictionaries they are kept in: whoever asks the same of millions of rows asks once for each text
//! of a block. Blocks may be read on any threads. Released excess data are blocks of their own, read
//! beforehand: they are few.

use std::{ops::Range, path::PathBuf, sync::Arc};

use arrow::{
    array::{RecordBatch, RecordBatchReader},
    compute::{cast, concat_batches, take_record_batch},
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use orochi_model::problem::Problem;
use parquet::{
    arrow::{
        ProjectionMask,
        arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection},
    },
    errors::ParquetError,
};

use crate::{
    Engine,
    cancellation::Cancellation,
    disk,
    exhibit::table_folder,
    seal::{
        Seal,
        file::{SealedFile, unread},
    },
    views::literal,
};

/// Some of the records of one exhibit.
#[derive(Clone, Debug)]
pub struct Block {
    exhibit: String,
    rows: usize,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    /// A row group of a file.
    Group(Arc<Table>, ArrowReaderMetadata, usize),
    Held(RecordBatch),
}

/// A file and what is known of it; opened anew for each block, so that blocks can be read side by side.
#[derive(Debug)]
struct Table {
    path: PathBuf,
    seal: Option<Arc<Seal>>,
    cancellation: Cancellation,
}

impl Block {
    /// A block held in memory.
    pub fn held(exhibit: &str, batch: RecordBatch) -> Self {
        Self { exhibit: exhibit.to_owned(), rows: batch.num_rows(), source: Source::Held(batch) }
    }

    /// Label of the exhibit whose records these are.
    pub fn exhibit(&self) -> &str {
        &self.exhibit
    }

    /// How many there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether no row states a column, as far as is known without reading it.
    pub fn is_blank(&self, column: &str) -> bool {
        match &self.source {
            Source::Group(_, metadata, group) => {
                let group = metadata.metadata().row_group(*group);
                let found = group.columns().iter().find(|one| one.column_descr().name() == column);
                let blank = found.and_then(|one| one.statistics()?.null_count_opt());
                blank.is_some_and(|blank| usize::try_from(blank) == Ok(self.rows))
            }
            Source::Held(batch) => batch.column_by_name(column).is_some_and(|array| array.null_count() == self.rows),
        }
    }

    /// Some columns of all rows, or of some of them (ranges that rise and do not meet). Texts are
    /// dictionaries with `Int32` keys.
    ///
    /// # Errors
    /// When the table is damaged or cannot be read; when it has no such column; when the work was cancelled.
    pub fn read(&self, columns: &[&str], rows: Option<&[Range<usize>]>) -> Result<RecordBatch, Problem> {
        match &self.source {
            Source::Group(table, metadata, group) => {
                table.cancellation.check()?;
                let (path, seal) = (&table.path, table.seal.clone());
                let file = SealedFile::open(path, seal).map_err(|error| unread(path, &error))?;
                let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
                let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
                let mut builder =
                    builder.with_projection(mask).with_row_groups(vec![*group]).with_batch_size(self.rows.max(1));
                if let Some(rows) = rows {
                    let selection = RowSelection::from_consecutive_ranges(rows.iter().cloned(), self.rows);
                    builder = builder.with_row_selection(selection);
                }
                let reader = builder.build().map_err(|error| unread(path, &error))?;
                let schema = reader.schema();
                let batches = reader.collect::<Result<Vec<_>, _>>().map_err(|error| unread(path, &error))?;
                match batches.as_slice() {
                    [batch] => Ok(batch.clone()),
                    all => concat_batches(&schema, all).map_err(|error| unread(path, &error)),
                }
            }
            Source::Held(batch) => {
                let wrong = |error| Problem::bug("a block has different columns").because(error);
                let places = columns.iter().map(|name| batch.schema().index_of(name)).collect::<Result<Vec<_>, _>>();
                let some = batch.project(&places.map_err(wrong)?).map_err(wrong)?;
                let some = match rows {
                    None => some,
                    Some(rows) => {
                        let each = rows.iter().cloned().flatten().map(|row| row as u64);
                        take_record_batch(&some, &arrow::array::UInt64Array::from_iter_values(each)).map_err(wrong)?
                    }
                };
                let schema = Arc::new(with_dictionaries(&some.schema()));
                let arrays = some.columns().iter().zip(schema.fields());
                let arrays = arrays.map(|(array, field)| cast(array, field.data_type())).collect::<Result<_, _>>();
                RecordBatch::try_new(schema, arrays.map_err(wrong)?).map_err(wrong)
            }
        }
    }
}

impl Engine {
    /// All records, exhibit by exhibit in order of their labels.
    ///
    /// # Errors
    /// When a table cannot be opened or is damaged.
    pub fn blocks(&self) -> Result<Vec<Block>, Problem> {
        let mut blocks = Vec::new();
        for exhibit in &self.snapshot.exhibits {
            if exhibit.tables.iter().any(|name| name == "records") {
                for path in disk::read_folder(&table_folder(&self.dir, "records", &exhibit.label))? {
                    if path.extension().is_some_and(|ending| ending == "parquet") {
                        self.groups(&exhibit.label, path, &mut blocks)?;
                    }
                }
            }
            if let Some(released) = self.snapshot.released()
                && self.snapshot.releases.iter().any(|one| one.exhibit == exhibit.label)
            {
                let label = literal(&exhibit.label);
                let sql = format!(
                    "SELECT * FROM stored_excess WHERE exhibit = {label} AND {released} ORDER BY sheet, \"row\""
                );
                blocks.extend(self.query(&sql)?.into_iter().map(|batch| Block::held(&exhibit.label, batch)));
            }
        }
        blocks.retain(|block| block.rows > 0);
        blocks.sort_by(|x, y| x.exhibit.cmp(&y.exhibit));
        Ok(blocks)
    }

    /// The row groups of a file.
    fn groups(&self, exhibit: &str, path: PathBuf, blocks: &mut Vec<Block>) -> Result<(), Problem> {
        let damaged = |error: ParquetError| unread(&path, &error);
        let seal = self.seals.find(&path).map_err(|error| unread(&path, &error))?;
        let file = SealedFile::open(&path, seal.clone()).map_err(|error| unread(&path, &error))?;
        let found = ArrowReaderMetadata::load(&file, ArrowReaderOptions::default()).map_err(damaged)?;
        let schema: SchemaRef = Arc::new(with_dictionaries(found.schema()));
        let options = ArrowReaderOptions::new().with_schema(schema);
        let metadata = ArrowReaderMetadata::try_new(found.metadata().clone(), options).map_err(damaged)?;
        let table = Arc::new(Table { path, seal, cancellation: self.cancellation().clone() });
        for (place, group) in metadata.metadata().row_groups().iter().enumerate() {
            let rows = usize::try_from(group.num_rows()).unwrap_or_default();
            let source = Source::Group(table.clone(), metadata.clone(), place);
            blocks.push(Block { exhibit: exhibit.to_owned(), rows, source });
        }
        Ok(())
    }
}

/// The type of a block's texts.
pub fn text_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// The schema with dictionaries in place of texts.
fn with_dictionaries(schema: &Schema) -> Schema {
    let one = |field: &Arc<Field>| match field.data_type() {
        DataType::Utf8 | DataType::Utf8View | DataType::LargeUtf8 => {
            Arc::new(field.as_ref().clone().with_data_type(text_type()))
        }
        _ => field.clone(),
    };
    Schema::new_with_metadata(schema.fields().iter().map(one).collect::<Vec<_>>(), schema.metadata().clone())
}

#[cfg(test)]
mod tests {
    use arrow::array::{ArrayRef, StringArray, UInt64Array};

    use super::*;

    #[test]
    fn a_block_held_gives_the_columns_and_rows_that_are_asked_for() {
        let names: ArrayRef = Arc::new(StringArray::from(vec![Some("one"), None, Some("one"), Some("two")]));
        let rows: ArrayRef = Arc::new(UInt64Array::from(vec![1, 2, 3, 4]));
        let batch = RecordBatch::try_from_iter([("name", names), ("row", rows)]).unwrap();
        let block = Block::held("EX0001", batch);
        let some = block.read(&["row", "name"], Some(&[0..1, 2..4])).unwrap();
        assert_eq!(some.num_rows(), 3);
        assert_eq!(some.schema().field(0).name(), "row");
        let names = cast(some.column(1), &DataType::Utf8).unwrap();
        assert_eq!(names.as_ref(), &StringArray::from(vec!["one", "one", "two"]) as &dyn arrow::array::Array);
        assert!(block.read(&["other"], None).is_err());
        assert!(!block.is_blank("name") && !block.is_blank("other"));
    }

    #[test]
    fn blocks_hold_the_rows_of_the_view_records_released_ones_among_them() {
        use orochi_model::authority::Authority;

        use crate::{
            authority::Rows,
            case::Case,
            testing::{Bench, take},
        };

        let bench = Bench::new();
        let case = Case::create(&bench.folder(), "Live", "URN 2", false).unwrap();
        let named =
            Authority { reference: "A1".into(), identifiers: ["+1".to_owned()].into(), from_us: 0, to_us: i64::MAX };
        case.add_authorities(&[named]).unwrap();
        take(&case, &bench.file("one.csv", "+1,+2,5\n+8,+2,6\n+9,+2,7\n")).unwrap();
        take(&case, &bench.file("two.csv", "+1,+3,5\n+1,+4,6\n")).unwrap();
        case.release("EX0001", &Rows::Range { sheet: None, first: 3, last: 3 }, "approved by DI Smith").unwrap();
        let engine = Engine::open(&case, &crate::EngineOptions::default()).unwrap();
        let mut found = Vec::new();
        for block in engine.blocks().unwrap() {
            let batch = block.read(&["a", "row"], None).unwrap();
            let names = cast(batch.column_by_name("a").unwrap(), &DataType::Utf8).unwrap();
            let names = arrow::array::AsArray::as_string::<i32>(&names);
            let rows = batch.column_by_name("row").unwrap();
            let rows = arrow::array::AsArray::as_primitive::<arrow::datatypes::UInt64Type>(rows);
            found.extend(
                (0..batch.num_rows()).map(|at| format!("{}:{} {}", block.exhibit(), rows.value(at), names.value(at))),
            );
        }
        found.sort();
        assert_eq!(found, ["EX0001:1 +1", "EX0001:3 +9", "EX0002:1 +1", "EX0002:2 +1"]);
    }
}
