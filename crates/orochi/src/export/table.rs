//! Aligned columns for a person. Long outputs come in pages, each as wide as its own values, so
//! that nothing is held back.

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use comfy_table::CellAlignment;
use orochi_tables::cell_text::{ColumnText, is_number};

use super::{Sink, target::Target};
use crate::{
    exit::{Done, Stop},
    text::printable,
    ui::Ui,
};

/// Rows of a page.
const PAGE: usize = 500;

pub struct Table {
    target: Target,
    heading: Option<String>,
    /// Index, name and whether it lines up at the right, of each column shown.
    columns: Vec<(usize, String, bool)>,
    rows: Vec<Vec<String>>,
    pages: usize,
}

impl Table {
    pub fn new(ui: &Ui, target: Target, schema: &SchemaRef, shown: &[&str]) -> Self {
        let shown = shown.iter().filter_map(|name| schema.index_of(name).ok());
        let indices: Vec<usize> =
            if shown.clone().next().is_some() { shown.collect() } else { (0..schema.fields().len()).collect() };
        let column =
            |index: usize| (index, schema.field(index).name().clone(), is_number(schema.field(index).data_type()));
        let columns = indices.into_iter().map(column).collect();
        Self { target, heading: ui.heading(), columns, rows: Vec::new(), pages: 0 }
    }

    fn page(&mut self) -> Done {
        let mut text = String::new();
        match (self.pages, self.heading.take()) {
            (0, Some(heading)) => text = format!("{heading}\n"),
            (0, None) => {}
            _ => text.push('\n'),
        }
        let header: Vec<&str> = self.columns.iter().map(|(_, name, _)| name.as_str()).collect();
        let right: Vec<bool> = self.columns.iter().map(|(_, _, right)| *right).collect();
        text.push_str(&aligned(&header, &right, std::mem::take(&mut self.rows)));
        self.pages += 1;
        self.target.write(text.as_bytes())
    }
}

impl Sink for Table {
    fn write(&mut self, batch: &RecordBatch) -> Done {
        let columns = self
            .columns
            .iter()
            .map(|(index, _, _)| ColumnText::new(batch.column(*index)))
            .collect::<Result<Vec<_>, _>>()
            .map_err(Stop::from)?;
        for row in 0..batch.num_rows() {
            let mut cells = Vec::with_capacity(columns.len());
            for column in &columns {
                let mut cell = String::new();
                column.write(row, &mut cell);
                cells.push(cell);
            }
            self.rows.push(cells);
            if self.rows.len() == PAGE {
                self.page()?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Done {
        if self.pages == 0 || !self.rows.is_empty() {
            self.page()?;
        }
        self.target.finish()
    }
}

/// Lays out rows under a header; `right` columns line up at the right.
pub fn aligned(header: &[&str], right: &[bool], rows: Vec<Vec<String>>) -> String {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header(header);
    for row in rows {
        table.add_row(row.iter().map(|cell| printable(cell).replace('\n', "\u{23ce}")));
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if right.get(index).copied().unwrap_or_default() {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
