//! Taking native files in: a file is in the case with all its rows, or not at all.
//!
//! In order, with what a kill or a power cut leaves behind at each point:
//!
//! 1. *Stage*, without the case's lock. The native file is copied and hashed into a staging folder and parsed into
//!    tables there. All of it is written out to the disk before anything is moved. → A staging folder; the next opening
//!    sweeps it, and knows it from a live one by its lock.
//! 2. *Move*, under the lock. Vault file, tables and keys are renamed to their places, and the folders that hold the
//!    names are written out. → Files under a label and a hash that no row of the catalogue names. No view shows them,
//!    the next opening removes them, and a next `add` that is given the same label removes them first.
//! 3. *Commit*: one transaction adds the exhibit, how it was read, the seals of its files ([`crate::seal`]), the audit
//!    entry, which names their hashes, and the new tree head. Every byte it
//!    speaks of is on the disk already, so that after a power cut a catalogue with the row never meets a table without
//!    its bytes. → Before SQLite's commit is on the disk, as 2; after it, the file is in.
//! 4. *Tell*: the audit entry is copied to `audit.jsonl`. → The next opening writes it from the catalogue.
//!
//! A full disk at any step gives a problem and leaves what a kill at that step leaves, cleared at once where possible.
//!
//! Two `add`s at once stage side by side and commit one after the other. Whether the bytes are held already, and which
//! records are repeats, is asked before the lock (to be quick) and again under it, for what came in
//! meanwhile (to be right).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use orochi_ingest::pipeline::{self, Job, Progress, Taken};
use orochi_layout::Library;
use orochi_model::{authority::Scope, problem::Problem};
use rusqlite::{Connection, Transaction};
use serde::Serialize;

use crate::{
    audit::{Action, Draft},
    case::Case,
    disk,
    duplicates::{KeysFile, Repeats},
    exhibit::{self, Exhibit},
    reading::{self, Kept},
    seal::{
        Seal,
        book::{self, Sealed},
    },
    staging::Staging,
    vault,
};

/// What an `add` is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Copying and hashing the native file; progress counts bytes.
    Copying,
    /// Reading its rows.
    Reading,
    /// Writing out to the disk and committing.
    Storing,
}

/// How to take files in.
pub struct AddOptions<'a> {
    /// Shipped and user profiles.
    pub library: &'a Library,
    /// Worker threads; results do not depend on it.
    pub threads: usize,
    /// Called from time to time, from any thread.
    pub progress: &'a (dyn Fn(Phase, Progress) + Sync),
    /// Whose data the files are, as the user gives it, canonical; none when each file is to say so.
    pub target: Option<&'a str>,
    /// Label for the exhibit (letters, digits, `-`, `_`, `.`); the next of `EX0001`… when none. For one file only.
    pub exhibit_label: Option<&'a str>,
}

/// A file that is in the case.
#[derive(Clone, Debug, Serialize)]
pub struct Added {
    /// The exhibit that holds it.
    #[serde(flatten)]
    pub exhibit: Exhibit,
    /// True when the same bytes were in the case before, under the name and label given here: nothing was changed.
    pub already_held: bool,
}

/// The step from native file to staged tables; a parameter so that tests can stand in for it.
pub type Ingest<'a> = dyn Fn(&Job<'_>) -> Result<Taken, Problem> + Sync + 'a;

/// Takes one file in.
///
/// # Errors
/// User kind: no authority in a live case, no such file, a layout nobody can tell, a label that is taken, a full disk.
/// Data kind: a broken container. The case is unchanged then.
pub fn add(case: &Case, path: &Path, options: &AddOptions<'_>) -> Result<Added, Problem> {
    add_with(case, path, options, &pipeline::ingest)
}

/// Takes files in one after the other, each on its own: one that cannot be read does not keep out the others.
pub fn add_all<'a>(
    case: &'a Case,
    paths: &'a [PathBuf],
    options: &'a AddOptions<'a>,
) -> impl Iterator<Item = (&'a Path, Result<Added, Problem>)> + 'a {
    paths.iter().map(move |path| {
        let added = match options.exhibit_label {
            Some(_) if paths.len() > 1 => Err(Problem::user("one label cannot name several exhibits")
                .hint("add the files one by one, each with its label")),
            _ => add(case, path, options),
        };
        (path.as_path(), added)
    })
}

/// [`add`] with another way to read the file.
///
/// # Errors
/// As [`add`].
pub fn add_with(case: &Case, path: &Path, options: &AddOptions<'_>, ingest: &Ingest<'_>) -> Result<Added, Problem> {
    let scope = case.scope()?;
    if !scope.training && scope.authorities.is_empty() {
        return Err(Problem::user("a live case takes a file only under an authority, and this case has none")
            .at(path.display())
            .hint("add one with `orochi authority add`, or make a case with --training for made-up data"));
    }
    if let Some(label) = options.exhibit_label {
        check_label(label)?;
    }
    let staged = stage(case, path, options, &scope, ingest)?;
    let staged = match staged {
        Outcome::Held(exhibit) => return Ok(Added { exhibit: *exhibit, already_held: true }),
        Outcome::Staged(staged) => staged,
    };
    case.commit(|transaction| staged.commit(case, transaction, options.exhibit_label))
}

fn check_label(label: &str) -> Result<(), Problem> {
    // It becomes a folder's name on every system, and a value in the query engine's folder names.
    let fits = label.len() <= 40
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && label.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && !label.ends_with('.');
    if fits {
        return Ok(());
    }
    Err(Problem::user(format!("“{label}” cannot be an exhibit label"))
        .hint("use up to 40 letters, digits, hyphens, underscores and full stops, beginning with a letter or digit"))
}

enum Outcome {
    Held(Box<Exhibit>),
    Staged(Box<Staged>),
}

/// A file that is read and on the disk, and not yet in the case.
struct Staged {
    folder: Staging,
    native: PathBuf,
    exhibit: Exhibit,
    reading: Kept,
    tables: Vec<(String, PathBuf)>,
    keys: Option<PathBuf>,
    /// Of each table, by its name, and of the keys.
    table_seals: Vec<(String, Seal)>,
    keys_seal: Option<Seal>,
    repeats: Repeats,
    /// Labels of the exhibits that `repeats` knows.
    compared: Vec<String>,
}

fn stage(
    case: &Case,
    path: &Path,
    options: &AddOptions<'_>,
    scope: &Scope,
    ingest: &Ingest<'_>,
) -> Result<Outcome, Problem> {
    let folder = case.stage()?;
    case.step("staging made")?;
    let native = folder.path().join("native");
    let progress = |phase| move |bytes, of| (options.progress)(phase, Progress { bytes, of, rows: 0 });
    let copy = vault::copy(path, &native, &progress(Phase::Copying))?;
    case.step("copied")?;
    if let Some(exhibit) = exhibit::holding(&case.connection(), &copy.sha256)? {
        return Ok(Outcome::Held(Box::new(exhibit)));
    }
    let name = disk::name_of(path);
    let rooms = folder.room("tables")?;
    let job = Job {
        native: &native,
        name: &name,
        staging: &rooms,
        library: options.library,
        target: options.target,
        scope,
        threads: options.threads.max(1),
        progress: &|progress| (options.progress)(Phase::Reading, progress),
    };
    // The native file is written out while it is being read: the disk works while the processor does.
    let (taken, written) = std::thread::scope(|threads| {
        let written = threads.spawn(|| disk::sync_file(&native));
        let taken = ingest(&job);
        (taken, written.join().unwrap_or_else(|_| Err(Problem::bug("the writing thread stopped"))))
    });
    let taken = taken.map_err(|problem| if problem.place.is_none() { problem.at(path.display()) } else { problem })?;
    written?;
    case.step("read")?;
    progress(Phase::Storing)(copy.bytes, copy.bytes);
    vault::protect(&native)?;
    disk::sync_tree(&rooms)?;
    if let Some(keys) = taken.keys.as_ref().filter(|keys| !keys.starts_with(&rooms)) {
        disk::sync_file(keys)?;
    }
    case.step("written out")?;

    let known = case.exhibits()?;
    let mut repeats = Repeats::within(taken.keys.as_deref())?;
    let compared: Vec<String> = known.iter().map(|exhibit| exhibit.label.clone()).collect();
    let earlier = keys_of(case.dir(), &case.connection(), known.iter())?;
    repeats.against(&earlier)?;
    case.step("compared")?;
    let sealed = |(table, path): &(String, PathBuf)| Ok((table.clone(), seal(path)?));
    let table_seals = taken.tables.iter().map(sealed).collect::<Result<_, _>>()?;
    let keys_seal = taken.keys.as_deref().map(seal).transpose()?;

    let (added, added_by) = case.stamp();
    let exhibit = Exhibit {
        label: String::new(), // given under the lock
        file: name,
        sha256: copy.sha256,
        bytes: copy.bytes,
        profile: taken.profile,
        tally: taken.tally,
        duplicates: 0,
        targets: taken.targets,
        remarks: taken.remarks,
        unmapped: taken.unmapped,
        tables: taken.tables.iter().map(|(table, _)| table.clone()).collect(),
        authorities: scope.authorities.iter().map(|authority| authority.reference.clone()).collect(),
        added,
        added_by,
    };
    let reading = Kept::from_reading(&taken.reading)?;
    let (tables, keys) = (taken.tables, taken.keys);
    Ok(Outcome::Staged(Box::new(Staged {
        folder,
        native,
        exhibit,
        reading,
        tables,
        keys,
        table_seals,
        keys_seal,
        repeats,
        compared,
    })))
}

fn seal(path: &Path) -> Result<Seal, Problem> {
    Seal::from_file(path).map_err(|error| Problem::io("read", path, &error))
}

/// The keys of exhibits that have some, with their seals.
fn keys_of<'a>(
    dir: &Path,
    connection: &Connection,
    exhibits: impl Iterator<Item = &'a Exhibit>,
) -> Result<Vec<KeysFile>, Problem> {
    let mut files = Vec::new();
    for exhibit in exhibits.filter(|exhibit| exhibit.tables.iter().any(|table| table == "records")) {
        let file = exhibit::keys_file(dir, &exhibit.label);
        let seal = book::seal_of(connection, &exhibit::keys_place(&exhibit.label))?;
        // Sealed keys that are not there are damage; without a seal nothing says that there were some.
        if seal.is_some() || file.exists() {
            files.push((file, seal));
        }
    }
    Ok(files)
}

impl Staged {
    /// Under the lock, in the transaction.
    fn commit(
        mut self,
        case: &Case,
        transaction: &Transaction<'_>,
        label: Option<&str>,
    ) -> Result<(Added, Vec<Draft>), Problem> {
        if let Some(exhibit) = exhibit::holding(transaction, &self.exhibit.sha256)? {
            return Ok((Added { exhibit, already_held: true }, Vec::new()));
        }
        self.exhibit.label = match label {
            Some(label) if exhibit::labelled(transaction, label)?.is_some() => {
                return Err(Problem::user(format!("there is an exhibit {label} already")).hint("choose another label"));
            }
            Some(label) => label.to_owned(),
            None => exhibit::next_label(transaction)?,
        };
        let known = exhibit::list(transaction)?;
        let late = known.iter().filter(|exhibit| !self.compared.contains(&exhibit.label));
        self.repeats.against(&keys_of(case.dir(), transaction, late)?)?;
        self.exhibit.duplicates = self.repeats.count();

        let moved = self
            .move_in(case)
            .and_then(|()| exhibit::insert(transaction, &self.exhibit))
            .and_then(|()| reading::keep(transaction, &self.exhibit.label, &self.reading))
            .and_then(|()| book::insert(transaction, &self.seals()));
        if let Err(problem) = moved {
            self.take_back(case);
            return Err(problem);
        }
        let exhibit = &self.exhibit;
        let hash = |(table, seal): &(String, Seal)| (table.clone(), seal.sha256.clone());
        let hashes: BTreeMap<String, String> = self.table_seals.iter().map(hash).collect();
        let detail = serde_json::json!({
            "file": exhibit.file,
            "sha256": exhibit.sha256,
            "bytes": exhibit.bytes,
            "profile": exhibit.profile,
            "reading": self.reading.sha256,
            "tables": hashes,
            "keys": self.keys_seal.as_ref().map(|seal| seal.sha256.as_str()),
            "tally": exhibit.tally,
            "authorities": exhibit.authorities,
        });
        let drafts = vec![Draft { action: Action::Collect, what: exhibit.label.clone(), detail }];
        Ok((Added { exhibit: self.exhibit, already_held: false }, drafts))
    }

    /// The seals under the places that the files get.
    fn seals(&self) -> Vec<Sealed> {
        let label = &self.exhibit.label;
        let tables = self.table_seals.iter().map(|(table, seal)| (exhibit::table_place(table, label), seal.clone()));
        let keys = self.keys_seal.iter().map(|seal| (exhibit::keys_place(label), seal.clone()));
        tables.chain(keys).collect()
    }

    fn move_in(&self, case: &Case) -> Result<(), Problem> {
        let (dir, exhibit) = (case.dir(), &self.exhibit);
        case.step("lock taken")?;
        let vault = exhibit::vault_file(dir, &exhibit.sha256);
        disk::rename(&self.native, &vault)?;
        disk::sync_folder(&dir.join("vault"))?;
        case.step("vault file moved")?;
        for (table, staged) in &self.tables {
            let folder = exhibit::table_folder(dir, table, &exhibit.label);
            exhibit::discard(&folder)?;
            disk::make_folder(&folder)?;
            disk::rename(staged, &folder.join("part.parquet"))?;
            disk::sync_folder(&folder)?;
            if let Some(parent) = folder.parent() {
                disk::sync_folder(parent)?;
            }
            case.step("table moved")?;
        }
        disk::sync_folder(&dir.join("tables"))?;
        if let Some(keys) = &self.keys {
            disk::rename(keys, &exhibit::keys_file(dir, &exhibit.label))?;
            disk::sync_folder(&dir.join("keys"))?;
        }
        case.step("keys moved")
    }

    /// Clears what was moved. What cannot be cleared now is named by nothing and swept later.
    fn take_back(&self, case: &Case) {
        let (dir, exhibit) = (case.dir(), &self.exhibit);
        let _ = exhibit::discard(&exhibit::vault_file(dir, &exhibit.sha256));
        let _ = exhibit::discard(&exhibit::keys_file(dir, &exhibit.label));
        for (table, _) in &self.tables {
            let _ = exhibit::discard(&exhibit::table_folder(dir, table, &exhibit.label));
        }
        let _ = &self.folder; // the staging folder goes with `self`
    }
}

#[cfg(test)]
mod tests;
