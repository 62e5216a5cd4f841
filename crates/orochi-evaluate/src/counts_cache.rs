//! What was counted of every number of a folder under every condition, and the truth: all that
//! scoring and fitting need.
//!
//! Simulating and counting take minutes a folder, scoring takes a second. So counts can be kept, one Parquet file for
//! each folder, and other weights need no new simulation. A file made by another version or with other settings is
//! refused, not mixed in; one that was cut off by a kill never gets its name.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::{
    array::{Array, ArrayRef, AsArray, Float64Builder, RecordBatch, StringBuilder, UInt8Builder, UInt32Builder},
    datatypes::{DataType, Field, Float64Type, Schema, UInt8Type, UInt32Type},
};
use orochi_analysis::lines::{DataSessions, Profile, StudiedNumber};
use orochi_model::problem::Problem;
use parquet::{
    arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder},
    basic::Compression,
    file::{metadata::KeyValue, properties::WriterProperties},
};
use serde::{Deserialize, Serialize};

use crate::{conditions::RunCondition, truth::Truth};

/// Everything counted of one folder.
#[derive(Clone, Debug)]
pub struct FolderCounts {
    /// Where it came from; no two have the same.
    pub source: String,
    /// What is true of it.
    pub truth: Truth,
    /// Each run with its numbers.
    pub runs: Vec<(RunCondition, Vec<StudiedNumber>)>,
}

/// What the files of one folder of kept counts have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountsHead {
    /// Program and version. Not the build: these counts took hours, and `counting` says when they are no
    /// longer what would be counted.
    pub tool: String,
    /// Version of the counting ([`Profile::VERSION`]).
    pub counting: String,
    /// Settings of the method, by name.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// Other people or days than the scenario says.
    pub changed: String,
}

/// Under this key the file says what it is.
const ABOUT: &str = "orochi.counted";
/// Numbers written at once.
const BATCH: usize = 32_768;

#[derive(Serialize, Deserialize)]
struct CountsFileHead {
    head: CountsHead,
    source: String,
    truth: Truth,
    runs: Vec<RunCondition>,
}

/// Where counts are kept.
#[derive(Clone, Debug)]
pub struct CountsCache {
    folder: PathBuf,
    head: CountsHead,
}

impl CountsCache {
    /// Counts with this head, in this folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path, head: CountsHead) -> Result<Self, Problem> {
        std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
        Ok(Self { folder: folder.to_path_buf(), head })
    }

    fn path(&self, source: &str) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
        let name: String = source.chars().map(plain).collect();
        self.folder.join(format!("{}.parquet", name.trim_matches(['-', '.'])))
    }

    /// What was kept of a source; none when nothing was.
    ///
    /// # Errors
    /// User kind when the file was made with other settings or versions, or is damaged.
    pub fn get(&self, source: &str) -> Result<Option<FolderCounts>, Problem> {
        let path = self.path(source);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Problem::io("read", &path, &error)),
        };
        let faulty = |cause: &dyn std::fmt::Display| {
            Problem::user("the counts kept earlier cannot be read")
                .at(path.display())
                .because(cause)
                .hint("delete the file to count again")
        };
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| faulty(&error))?;
        let about = reader
            .metadata()
            .file_metadata()
            .key_value_metadata()
            .and_then(|pairs| pairs.iter().find(|pair| pair.key == ABOUT).and_then(|pair| pair.value.clone()));
        let about: CountsFileHead = serde_json::from_str(&about.unwrap_or_default()).map_err(|error| faulty(&error))?;
        if about.head != self.head || about.source != source {
            return Err(Problem::user("these counts were made with other settings or by another version")
                .at(path.display())
                .hint("name another folder with --out, or delete the file to count again"));
        }
        let mut runs: Vec<(RunCondition, Vec<StudiedNumber>)> =
            about.runs.into_iter().map(|run| (run, Vec::new())).collect();
        for batch in reader.build().map_err(|error| faulty(&error))? {
            let batch = batch.map_err(|error| faulty(&error))?;
            add_numbers(&batch, &mut runs).ok_or_else(|| faulty(&"its columns differ from those of this version"))?;
        }
        Ok(Some(FolderCounts { source: about.source, truth: about.truth, runs }))
    }

    /// Keeps what was counted.
    ///
    /// # Errors
    /// Input and output; nothing half-written gets the file's name.
    pub fn keep(&self, counted: &FolderCounts) -> Result<(), Problem> {
        let path = self.path(&counted.source);
        let io = |error: std::io::Error| Problem::io("write", &path, &error);
        let bug =
            |cause: &dyn std::fmt::Display| Problem::bug("counts cannot be written").at(path.display()).because(cause);
        let about = CountsFileHead {
            head: self.head.clone(),
            source: counted.source.clone(),
            truth: counted.truth.clone(),
            runs: counted.runs.iter().map(|(run, _)| *run).collect(),
        };
        let about = serde_json::to_string(&about).map_err(|error| bug(&error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::LZ4_RAW)
            .set_key_value_metadata(Some(vec![KeyValue::new(ABOUT.to_owned(), about)]))
            .build();
        let file = tempfile::NamedTempFile::new_in(&self.folder).map_err(io)?;
        let schema = Arc::new(schema());
        let mut writer = ArrowWriter::try_new(&file, schema.clone(), Some(properties)).map_err(|error| bug(&error))?;
        for (place, (_, numbers)) in (0..).zip(&counted.runs) {
            for some in numbers.chunks(BATCH) {
                let batch = batch(&schema, place, some).map_err(|error| bug(&error))?;
                writer.write(&batch).map_err(|error| bug(&error))?;
            }
        }
        writer.close().map_err(|error| bug(&error))?;
        file.persist(&path).map(drop).map_err(|error| io(error.error))
    }
}

fn schema() -> Schema {
    let mut fields = vec![
        Field::new("run", DataType::UInt32, false),
        Field::new("number", DataType::Utf8, false),
        Field::new("received", DataType::UInt32, false),
        // Null: nothing was counted, and every figure is null.
        Field::new("data_sessions", DataType::UInt8, true),
    ];
    fields.extend(Profile::FIGURES.iter().map(|name| Field::new(*name, DataType::Float64, true)));
    Schema::new(fields)
}

fn batch(schema: &Arc<Schema>, run: u32, numbers: &[StudiedNumber]) -> Result<RecordBatch, arrow::error::ArrowError> {
    let (mut runs, mut received) = (UInt32Builder::new(), UInt32Builder::new());
    let (mut names, mut data) = (StringBuilder::new(), UInt8Builder::new());
    let mut figures: Vec<Float64Builder> = Profile::FIGURES.iter().map(|_| Float64Builder::new()).collect();
    for number in numbers {
        runs.append_value(run);
        names.append_value(&number.number);
        received.append_value(number.received);
        let row = number.counted.as_ref().map(|(profile, _)| profile.row());
        data.append_option(number.counted.as_ref().map(|(_, data)| match data {
            DataSessions::Unknown => 0,
            DataSessions::None => 1,
            DataSessions::Some => 2,
        }));
        for (place, builder) in figures.iter_mut().enumerate() {
            builder.append_option(row.as_ref().and_then(|row| row.get(place)).copied());
        }
    }
    let mut columns: Vec<ArrayRef> =
        vec![Arc::new(runs.finish()), Arc::new(names.finish()), Arc::new(received.finish()), Arc::new(data.finish())];
    columns.extend(figures.into_iter().map(|mut builder| Arc::new(builder.finish()) as ArrayRef));
    RecordBatch::try_new(schema.clone(), columns)
}

/// Adds the numbers of a batch to their runs. `None` when it is not as [`batch`] makes them.
fn add_numbers(batch: &RecordBatch, runs: &mut [(RunCondition, Vec<StudiedNumber>)]) -> Option<()> {
    if batch.schema().fields() != schema().fields() {
        return None;
    }
    let place = batch.column(0).as_primitive_opt::<UInt32Type>()?;
    let names = batch.column(1).as_string_opt::<i32>()?;
    let received = batch.column(2).as_primitive_opt::<UInt32Type>()?;
    let data = batch.column(3).as_primitive_opt::<UInt8Type>()?;
    let figures: Vec<_> =
        batch.columns()[4..].iter().map(|column| column.as_primitive_opt::<Float64Type>()).collect::<Option<_>>()?;
    let mut row = vec![0.0; figures.len()];
    for at in 0..batch.num_rows() {
        let counted = if data.is_null(at) {
            None
        } else {
            row.iter_mut().zip(&figures).for_each(|(slot, column)| *slot = column.value(at));
            let data = match data.value(at) {
                0 => DataSessions::Unknown,
                1 => DataSessions::None,
                _ => DataSessions::Some,
            };
            Some((Profile::from_row(&row)?, data))
        };
        let number = StudiedNumber { number: names.value(at).to_owned(), received: received.value(at), counted };
        runs.get_mut(place.value(at) as usize)?.1.push(number);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::DataHeld;

    fn counted() -> FolderCounts {
        let profile = Profile { days: 27.0, held: true, contacts: 7, own_share: 1.0 / 3.0, ..Profile::default() };
        let number = |number: &str, counted| StudiedNumber { number: number.into(), received: 9, counted };
        let numbers = vec![
            number("+447700900001", Some((profile.clone(), DataSessions::None))),
            number("+447700900002", None),
            number("Bank", Some((Profile::default(), DataSessions::Some))),
        ];
        let run = |asked| RunCondition { held: DataHeld::ThreeCustomers, days: 7, asked };
        FolderCounts {
            source: "mixed.toml abc seed 1".into(),
            truth: crate::truth::tests::whole(),
            runs: vec![(run(None), numbers), (run(Some(3)), Vec::new())],
        }
    }

    fn head(tool: &str) -> CountsHead {
        let text = |text: &str| text.to_owned();
        CountsHead { tool: text(tool), counting: text("1"), settings: serde_json::Map::new(), changed: text("") }
    }

    #[test]
    fn what_is_kept_comes_back_to_the_last_bit() {
        let folder = tempfile::tempdir().unwrap();
        let kept = CountsCache::open(folder.path(), head("t")).unwrap();
        let counted = counted();
        assert!(kept.get(&counted.source).unwrap().is_none());
        kept.keep(&counted).unwrap();
        let back = kept.get(&counted.source).unwrap().unwrap();
        assert_eq!((&back.source, &back.runs), (&counted.source, &counted.runs));
        assert_eq!(back.truth.lines[0].numbers[0].number, counted.truth.lines[0].numbers[0].number);
    }

    #[test]
    fn what_was_made_otherwise_or_is_damaged_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let counted = counted();
        CountsCache::open(folder.path(), head("t")).unwrap().keep(&counted).unwrap();
        let other = CountsCache::open(folder.path(), head("u")).unwrap();
        let problem = other.get(&counted.source).unwrap_err();
        assert!(problem.message.contains("other settings") && problem.hint.is_some(), "{problem}");
        std::fs::write(other.path(&counted.source), "PAR1").unwrap();
        let problem = other.get(&counted.source).unwrap_err();
        assert!(problem.message.contains("cannot be read") && problem.hint.is_some(), "{problem}");
    }
}
