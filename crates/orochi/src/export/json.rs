//! One JSON document, written row by row.

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use orochi_model::problem::Problem;
use orochi_tables::cell_text::{ColumnText, Shape};

use super::{Sink, target::Target};
use crate::exit::{Done, Stop};

/// Bytes collected before a write.
const CHUNK: usize = 1 << 16;

pub struct Json {
    target: Target,
    /// `"name":` for each column, escaped once.
    keys: Vec<String>,
    /// What each row begins with: `{`, and the marking.
    open: String,
    rows: u64,
    text: String,
}

fn quoted(text: &str) -> Result<String, Problem> {
    serde_json::to_string(text).map_err(|error| Problem::bug("text cannot be written as JSON").because(error))
}

impl Json {
    pub fn new(target: Target, schema: &SchemaRef, view: &str, marking: Option<&'static str>) -> Result<Self, Stop> {
        let keys = schema
            .fields()
            .iter()
            .map(|field| Ok(format!("{}:", quoted(field.name())?)))
            .collect::<Result<_, Problem>>()?;
        let marking = marking.map(|word| format!("\"marking\":\"{word}\",")).unwrap_or_default();
        let text = format!("{{{marking}\"view\":{},\"rows\":[", quoted(view)?);
        Ok(Self { target, keys, open: format!("{{{marking}"), rows: 0, text })
    }
}

impl Sink for Json {
    fn write(&mut self, batch: &RecordBatch) -> Done {
        let columns = batch.columns().iter().map(ColumnText::new).collect::<Result<Vec<_>, _>>()?;
        let mut cell = String::new();
        for row in 0..batch.num_rows() {
            self.text.push_str(if self.rows == 0 { "\n" } else { ",\n" });
            self.rows += 1;
            self.text.push_str(&self.open);
            for (index, (column, key)) in columns.iter().zip(&self.keys).enumerate() {
                if index > 0 {
                    self.text.push(',');
                }
                self.text.push_str(key);
                cell.clear();
                match column.write(row, &mut cell) {
                    Shape::Null | Shape::NotANumber => self.text.push_str("null"),
                    Shape::Number | Shape::Boolean => self.text.push_str(&cell),
                    Shape::Text => self.text.push_str(&quoted(&cell)?),
                }
            }
            self.text.push('}');
            if self.text.len() > CHUNK {
                self.target.write(self.text.as_bytes())?;
                self.text.clear();
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Done {
        self.text.push_str("\n]}\n");
        self.target.write(self.text.as_bytes())?;
        self.target.finish()
    }
}
