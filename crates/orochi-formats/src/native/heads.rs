//! The heads of all sheets of a native file, looked at when it is opened.

use std::{
    io::{Cursor, Read},
    ops::ControlFlow,
    sync::Arc,
};

use orochi_model::{
    locator::FilePart,
    problem::{Kind, Problem},
};

use super::{Native, NativeSheet, Source, hidden_rows};
use crate::{
    container::{self, Container},
    delimited::{blocks::whole_rows, fields::each_row},
    dialect,
    encoding::{self, Encoding},
    page,
    rows::{Glimpse, Row},
    workbook::{Workbook, WorkbookSource},
};

/// Bytes of a text looked at before its delimiter is judged.
const HEAD: u64 = 256 << 10;

impl Native {
    /// Each member of an archive in turn.
    pub(super) fn look_at_members(&mut self) -> Result<(), Problem> {
        let Container::Zip(archive) = &self.container else { return Ok(()) };
        let members: Vec<_> = archive.members.iter().map(|member| (member.name.clone(), member.workbook)).collect();
        for (member, (name, workbook)) in members.into_iter().enumerate() {
            let looked = match workbook {
                Some(format) => self.member(member).and_then(|bytes| {
                    let workbook = Workbook::open(WorkbookSource::Memory(Cursor::new(bytes)), format)?;
                    self.look_at_workbook(Some((member, &name)), workbook)
                }),
                None => self.look_at_text(member, Some(&name)),
            };
            looked.map_err(|problem| match &problem.place {
                Some(place) if place.starts_with(&name) => problem,
                Some(place) => {
                    let place = format!("{name}, {place}");
                    problem.at(place)
                }
                None => problem.at(&name),
            })?;
        }
        if let Container::Zip(archive) = &self.container {
            self.remarks.extend(archive.remarks());
        }
        Ok(())
    }

    /// All bytes of a member.
    pub(super) fn member(&self, member: usize) -> Result<Vec<u8>, Problem> {
        match &self.container {
            Container::Zip(archive) => {
                archive.members.get(member).ok_or_else(|| Problem::bug("no such member"))?.load(&self.path)
            }
            _ => Err(Problem::bug("no archive")),
        }
    }

    pub(super) fn look_at_workbook(
        &mut self,
        member: Option<(usize, &str)>,
        mut workbook: Workbook,
    ) -> Result<(), Problem> {
        let days = workbook.days();
        for (name, shown) in workbook.names() {
            let part = FilePart { file: member.map(|(_, member)| member.to_owned()), sheet: Some(name.clone()) };
            let (mut head, mut rows) = (Vec::new(), 0);
            workbook.read(&name, 64 << 10, &mut |grid| {
                rows += grid.len() as u64;
                grid.each_row(|row| keep(&mut head, row));
                // Of a hidden sheet all rows are counted, so that what it holds can be said.
                if head.len() < dialect::ROWS || !shown { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            if head.is_empty() {
                self.remarks.push(format!("sheet {} is empty", part.shown()));
            } else {
                let source = Source::Worksheet { member: member.map(|(member, _)| member), name };
                let hidden = (!shown).then_some(rows);
                self.sheets
                    .push(NativeSheet { source, glimpse: Glimpse { sheet: Some(part.text()), head, days, hidden } });
            }
        }
        let hidden = workbook.traits().hidden_rows;
        if hidden > 0 {
            self.remarks.push(hidden_rows(hidden));
        }
        if workbook.traits().merged {
            let remark =
                "cells of the workbook are merged over several rows; their content was read in each of these rows";
            self.remarks.push(remark.to_owned());
        }
        self.workbook = Some((member.map(|(member, _)| member), workbook));
        Ok(())
    }

    pub(super) fn look_at_text(&mut self, member: usize, name: Option<&str>) -> Result<(), Problem> {
        let failed = |error| container::problem(&self.path, &error);
        let mut raw = Vec::new();
        let text = container::text(&self.path, &self.container, member, &self.used)?;
        text.take(HEAD).read_to_end(&mut raw).map_err(failed)?;
        if matches!(self.container, Container::Gzip) {
            container::refuse_nested(&raw)?;
        }
        let cut = raw.len() as u64 == HEAD;
        let (encoding, mark) = encoding::detect(&raw);
        let text = encoding::whole(&raw[mark..], encoding);
        if is_binary(&text) {
            return match (&mut self.container, name) {
                (Container::Zip(archive), Some(name)) => {
                    archive.pass("neither text nor a workbook", name.to_owned());
                    Ok(())
                }
                _ => Err(Problem::user("the file is neither text nor a workbook")
                    .hint("ask for the data as CSV or as a workbook, or check that the file is the right one")),
            };
        }
        let dialect = dialect::sniff(&text);
        if let Some(kind) = page::kind(&text, dialect) {
            return self.look_at_page(member, name, kind, encoding, mark);
        }
        // The last row of a head that is cut may be cut too.
        let whole = if cut { whole_rows(text.as_bytes(), dialect) } else { 0 };
        let text = if whole > 0 { &text[..whole] } else { &text };
        let mut head = Vec::new();
        each_row(text, dialect, 1, |row| keep(&mut head, row));
        if !head.is_empty() {
            let source = Source::Text { member, encoding, mark, dialect };
            let part = name.map(|name| FilePart { file: Some(name.to_owned()), sheet: None }.text());
            let glimpse = Glimpse { sheet: part, head, ..Glimpse::default() };
            self.sheets.push(NativeSheet { source, glimpse });
        }
        Ok(())
    }

    pub(super) fn look_at_page(
        &mut self,
        member: usize,
        name: Option<&str>,
        kind: page::PageKind,
        encoding: Encoding,
        mark: usize,
    ) -> Result<(), Problem> {
        let failed = |error| container::problem(&self.path, &error);
        let mut raw = Vec::new();
        let text = container::text(&self.path, &self.container, member, &self.used)?;
        text.take(page::MOST + 1).read_to_end(&mut raw).map_err(failed)?;
        if raw.len() as u64 > page::MOST {
            return Err(Problem::user(format!("the file is {} of more than {} MiB", kind.name(), page::MOST >> 20))
                .hint("ask for the data as CSV or as a workbook"));
        }
        let read = match page::read(kind, &raw[mark..], encoding) {
            Ok(read) => read,
            Err(problem) if problem.kind == Kind::User && name.is_some() => {
                // A letter beside the tables of an archive.
                if let (Container::Zip(archive), Some(name)) = (&mut self.container, name) {
                    archive.pass("a mail or web page without a table", name.to_owned());
                }
                return Ok(());
            }
            Err(problem) => return Err(problem),
        };
        let single = read.tables.len() == 1;
        for (number, table) in (1..).zip(read.tables) {
            let own = table.name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("table {number}"));
            let file = name.map(str::to_owned);
            let mut part = FilePart { sheet: (file.is_none() || !single).then(|| own.clone()), file };
            if self.sheets.iter().any(|known| known.glimpse.sheet.as_ref() == Some(&part.text())) {
                part.sheet = Some(format!("{own}, table {number}"));
            }
            let sheet = part.text();
            let mut head = Vec::new();
            table.grids.iter().for_each(|grid| grid.each_row(|row| keep(&mut head, row)));
            let glimpse = Glimpse { sheet: Some(sheet), head, days: table.days, hidden: table.hidden };
            self.sheets.push(NativeSheet { source: Source::Page(Arc::new(table.grids)), glimpse });
        }
        let at = name.map(|name| format!("{name}: ")).unwrap_or_default();
        self.remarks.extend(read.remarks.into_iter().map(|remark| format!("{at}{remark}")));
        Ok(())
    }
}

fn keep(head: &mut Vec<(u64, Vec<String>)>, row: Row<'_>) {
    if head.len() < dialect::ROWS {
        head.push((row.number, row.cells.iter().map(ToString::to_string).collect()));
    }
}

/// Text may hold a stray control character or two; a hundredth of them is no text.
fn is_binary(text: &str) -> bool {
    let controls =
        text.bytes().filter(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A)).count();
    controls > 8 && controls * 100 > text.len()
}
