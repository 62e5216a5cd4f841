//! From a document's data to a file of the pack: the stamp, the cover, the template, the PDF.

use std::collections::BTreeSet;

use orochi_model::problem::Problem;
use serde::Serialize;

use super::{
    Made, Stamp, Study,
    folder::Folder,
    text::counted,
    typeset::{self, Marks, Template},
};

/// Exhibits named on a cover.
const EXHIBITS: usize = 10;

/// What every document is made with.
#[derive(Clone, Copy)]
pub(super) struct Printer<'a, 's> {
    pub study: &'a Study<'s>,
    pub stamp: &'a Stamp,
}

/// What stands on the first page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Cover {
    pub line: String,
    pub period: String,
    pub made_from: String,
}

#[derive(Serialize)]
struct TemplateData<'a, T> {
    stamp: &'a Stamp,
    cover: &'a Cover,
    #[serde(flatten)]
    body: &'a T,
}

impl Printer<'_, '_> {
    /// The cover of this study.
    pub fn cover(&self) -> Result<Cover, Problem> {
        let events = self.study.events();
        let exhibits: BTreeSet<&str> =
            events.iter().flat_map(|event| &event.records).map(|record| record.row.exhibit.as_str()).collect();
        let named: Vec<&str> = exhibits.iter().copied().take(EXHIBITS).collect();
        let more = match exhibits.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Ok(Cover {
            line: self.study.name(),
            period: self.study.period()?,
            made_from: if events.is_empty() {
                "no communication of the line in this period".to_owned()
            } else {
                let (n, e) = (events.len(), exhibits.len());
                format!(
                    "{} of the line in {}: {}{more}",
                    counted(n, "communication", "communications"),
                    counted(e, "exhibit", "exhibits"),
                    named.join(", "),
                )
            },
        })
    }

    /// Sets a document of one PDF and adds it to the pack.
    pub fn add(
        &self,
        folder: &mut Folder,
        template: Template,
        mut made: Made,
        body: &impl Serialize,
    ) -> Result<(), Problem> {
        let printed = print(template, self.stamp, &self.cover()?, &made.file, body)?;
        made.pages = Some(printed.pages);
        folder.write_printed(made, printed)
    }
}

/// A document that is set.
pub(super) struct Printed {
    pub pages: usize,
    pub bytes: Vec<u8>,
    /// Its words as a reader sees them.
    pub words: String,
    /// Its pages, for tests that look at them.
    #[cfg(test)]
    pub document: typst_layout::PagedDocument,
}

/// Sets one document and makes it a PDF. `part` tells it from others of the same template.
pub(super) fn print(
    template: Template,
    stamp: &Stamp,
    cover: &Cover,
    part: &str,
    body: &impl Serialize,
) -> Result<Printed, Problem> {
    let document = typeset::set(template, &TemplateData { stamp, cover, body })?;
    let ident = format!("{} {part} {} {}", template.name, stamp.head, cover.line);
    let marks = Marks { ident: &ident, creator: stamp.tool, as_of: stamp.as_of_second };
    let bytes = typeset::pdf(template, &document, marks)?;
    Ok(Printed {
        pages: document.pages().len(),
        bytes,
        words: typeset::text(&document),
        #[cfg(test)]
        document,
    })
}
