//! The folder a pack is written into: beside its place under another name until all of it is there.

use std::path::{Path, PathBuf};

use orochi_model::problem::Problem;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Document, Made, Stamp, sheet::Printed};

/// A pack in the making. Dropped unfinished, nothing of it stays.
#[derive(Debug)]
pub struct Folder {
    out: PathBuf,
    part: PathBuf,
    made: Vec<Made>,
    /// The words of each document, kept only when they are to be read back.
    words: Option<Vec<(String, String)>>,
    /// Each document's pages, for tests that look at them.
    #[cfg(test)]
    pub(super) documents: Vec<(String, typst_layout::PagedDocument)>,
    done: bool,
}

impl Folder {
    /// Begins a pack at `out`, which does not exist or is empty.
    ///
    /// # Errors
    /// User kind when it holds something, or the disk refuses.
    pub fn new(out: &Path) -> Result<Self, Problem> {
        if out.exists() {
            let mut held = std::fs::read_dir(out).map_err(|error| Problem::io("read the folder", out, &error))?;
            if held.next().is_some() {
                return Err(Problem::user("the folder for the pack is not empty")
                    .at(out.display())
                    .hint("name a new folder: a pack is never mixed with an older one"));
            }
        }
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).ok_or_else(|| {
            Problem::user("the pack needs a folder with a name").at(out.display()).hint("for example --out pack")
        })?;
        let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(|error| Problem::io("make the folder", parent, &error))?;
        let part = parent.join(format!(".{name}.{}.part", std::process::id()));
        std::fs::create_dir(&part).map_err(|error| Problem::io("make the folder", &part, &error))?;
        Ok(Self {
            out: out.to_owned(),
            part,
            made: Vec::new(),
            words: None,
            #[cfg(test)]
            documents: Vec::new(),
            done: false,
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
        let path = self.part.join(&made.file);
        std::fs::write(&path, bytes).map_err(|error| Problem::io("write the document", &path, &error))?;
        made.sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.made.push(made);
        Ok(())
    }

    /// Puts the pack in its place, with `pack.json`, which names every file and its hash.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self, stamp: &Stamp) -> Result<Vec<Made>, Problem> {
        let list = json!({ "stamp": stamp, "files": self.made });
        let text = serde_json::to_string_pretty(&list)
            .map_err(|error| Problem::bug("the list of files is no JSON").because(error))?;
        let path = self.part.join("pack.json");
        std::fs::write(&path, text + "\n").map_err(|error| Problem::io("write the list of files", &path, &error))?;
        if self.out.exists() {
            std::fs::remove_dir(&self.out).map_err(|error| Problem::io("replace the folder", &self.out, &error))?;
        }
        std::fs::rename(&self.part, &self.out).map_err(|error| Problem::io("name the pack", &self.out, &error))?;
        self.done = true;
        Ok(std::mem::take(&mut self.made))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.done {
            let _ = std::fs::remove_dir_all(&self.part);
        }
    }
}

/// A file before it is written.
pub(super) fn file(document: Document, name: impl Into<String>) -> Made {
    Made { document, file: name.into(), pages: None, rows: None, sha256: String::new(), missing: Vec::new() }
}
