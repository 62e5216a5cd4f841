//! The folder a pack is written into: beside its place under another name until all of it is there.

use std::path::Path;

use orochi_model::problem::Problem;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::atomic_output::WholeFolder;

use super::{Document, Made, Stamp, document::Printed};

/// A pack in the making. Dropped unfinished, nothing of it stays.
#[derive(Debug)]
pub struct Folder {
    whole: WholeFolder,
    made: Vec<Made>,
    /// The words of each document, kept only when they are to be read back.
    words: Option<Vec<(String, String)>>,
    /// Each document's pages, for tests that look at them.
    #[cfg(test)]
    pub(super) documents: Vec<(String, typst_layout::PagedDocument)>,
}

impl Folder {
    /// Begins a pack at `out`, which does not exist or is empty; parents are made.
    ///
    /// # Errors
    /// User kind when it holds something, or the disk refuses.
    pub fn new(out: &Path) -> Result<Self, Problem> {
        if let Some(parent) = out.parent() {
            std::fs::create_dir_all(parent).map_err(|error| Problem::io("make the folder", parent, &error))?;
        }
        Ok(Self {
            whole: WholeFolder::begin(out)?,
            made: Vec::new(),
            words: None,
            #[cfg(test)]
            documents: Vec::new(),
        })
    }

    /// From now on keeps the words of each document.
    pub(super) fn keep_words(&mut self) {
        self.words = Some(Vec::new());
    }

    /// The words kept so far: file and words.
    pub(super) fn take_words(&mut self) -> Vec<(String, String)> {
        self.words.take().unwrap_or_default()
    }

    /// [`Folder::write`] of a document that is set.
    pub(super) fn write_printed(&mut self, made: Made, printed: Printed) -> Result<(), Problem> {
        if let Some(all) = &mut self.words {
            all.push((made.file.clone(), printed.words));
        }
        #[cfg(test)]
        self.documents.push((made.file.clone(), printed.document));
        self.write(made, &printed.bytes)
    }

    /// Writes one file and notes it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, mut made: Made, bytes: &[u8]) -> Result<(), Problem> {
        let path = self.whole.path().join(&made.file);
        std::fs::write(&path, bytes).map_err(|error| Problem::io("write the document", &path, &error))?;
        made.sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.made.push(made);
        Ok(())
    }

    /// Puts the pack in its place, with `pack.json`, which names every file and its hash.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self, stamp: &Stamp) -> Result<Vec<Made>, Problem> {
        let list = json!({ "stamp": stamp, "files": self.made });
        let text = serde_json::to_string_pretty(&list)
            .map_err(|error| Problem::bug("the list of files is not JSON").because(error))?;
        let path = self.whole.path().join("pack.json");
        std::fs::write(&path, text + "\n").map_err(|error| Problem::io("write the list of files", &path, &error))?;
        self.whole.finish()?;
        Ok(self.made)
    }
}

/// A file before it is written.
pub(super) fn file(document: Document, name: impl Into<String>) -> Made {
    Made { document, file: name.into(), pages: None, rows: None, sha256: String::new(), missing: Vec::new() }
}
