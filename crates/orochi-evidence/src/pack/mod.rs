//! The evidence pack: what an investigation says about one line, as documents a court can read and check.
//!
//! One [`Study`] gathers what the documents share; each document is a file of its own that turns it into data, and a
//! template under `templates/` that sets them. Documents are tagged PDF (PDF/UA-1) by Typst, and one workbook.
//!
//! What may surprise:
//! - The same case gives the same bytes: no clock, no randomness. The only date is that of the audit log's last entry,
//!   taken before the pack itself is logged.
//! - A document whose data are missing is made all the same and says what is missing and why, so that
//!   a pack has no silent gap.
//! - A document of many rows comes in volumes, each a PDF of its own, set on all processors.

mod attribution;
mod base_map;
mod bursts;
mod ddtro;
mod document;
mod folder;
mod identifiers;
mod line;
mod maps;
mod markdown;
mod measure;
mod messages;
mod methods;
#[cfg(test)]
mod pictures;
mod profile;
mod quantity;
mod reading;
mod reasons;
mod sequence;
mod stamp;
mod study;
mod text;
mod typeset;
mod workbook;

use std::path::Path;

use orochi_model::problem::Problem;
use serde::Serialize;

pub use folder::Folder;
pub use line::{LineNumber, Unknown, resolve};
pub use stamp::Stamp;
pub use study::Study;

/// A document of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Document {
    /// 1: what the line is.
    Profile,
    /// 2: every communication.
    Sequence,
    /// 3: whose phone goes with it.
    Attribution,
    /// 4: the cells of its phone.
    Maps,
    /// 5: how much it sold.
    Quantity,
    /// 6: for an order that closes the number; two files, one of them the sensitive part.
    Ddtro,
    /// 7: whom to offer treatment.
    Messages,
    /// 8: how it was worked out.
    Methods,
    /// 9: how the files were read.
    Reading,
    /// Everything as a workbook.
    Workbook,
}

impl Document {
    /// All there are, in order.
    pub const ALL: &'static [Self] = &[
        Self::Profile,
        Self::Sequence,
        Self::Attribution,
        Self::Maps,
        Self::Quantity,
        Self::Ddtro,
        Self::Messages,
        Self::Methods,
        Self::Reading,
        Self::Workbook,
    ];

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Sequence => "sequence",
            Self::Attribution => "attribution",
            Self::Maps => "maps",
            Self::Quantity => "quantity",
            Self::Ddtro => "ddtro",
            Self::Messages => "messages",
            Self::Methods => "methods",
            Self::Reading => "reading",
            Self::Workbook => "workbook",
        }
    }
}

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Made {
    /// Which document it belongs to.
    pub document: Document,
    /// Name in the pack's folder.
    pub file: String,
    /// Pages; none for a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// Rows of data it lists, where it lists rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<usize>,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// What is missing from it and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// Makes documents into a new folder, whole or not at all.
///
/// # Errors
/// User kind when the folder is not empty; what the study and the documents give.
pub fn make(study: &Study<'_>, stamp: &Stamp, documents: &[Document], out: &Path) -> Result<Vec<Made>, Problem> {
    let mut folder = Folder::new(out)?;
    print(study, stamp, documents, &mut folder)?;
    folder.finish(stamp)
}

/// The words of each document as a reader sees them, by file; nothing is left on the disk. For whoever has to prove
/// what a pack says and does not say.
///
/// # Errors
/// As [`make`].
pub fn words(
    study: &Study<'_>,
    stamp: &Stamp,
    documents: &[Document],
    scratch: &Path,
) -> Result<Vec<(String, String)>, Problem> {
    let mut folder = Folder::new(scratch)?;
    folder.keep_words();
    print(study, stamp, documents, &mut folder)?;
    Ok(folder.take_words())
}

fn print(study: &Study<'_>, stamp: &Stamp, documents: &[Document], folder: &mut Folder) -> Result<(), Problem> {
    let press = &document::Printer { study, stamp };
    for document in Document::ALL.iter().filter(|one| documents.contains(one)) {
        study.investigation.watch().begin(document.word());
        match document {
            Document::Profile => profile::make(press, folder)?,
            Document::Sequence => sequence::make(press, folder)?,
            Document::Attribution => attribution::make(press, folder)?,
            Document::Maps => maps::make(press, folder)?,
            Document::Quantity => quantity::make(press, folder)?,
            Document::Ddtro => ddtro::make(press, folder)?,
            Document::Messages => messages::make(press, folder)?,
            Document::Methods => methods::make(press, folder)?,
            Document::Reading => reading::make(press, folder)?,
            Document::Workbook => workbook::make(press, folder)?,
        }
        typeset::forget();
    }
    Ok(())
}
