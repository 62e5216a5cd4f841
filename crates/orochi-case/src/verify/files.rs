//! Native files by their hashes, tables, keys and derived tables by their seals.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{Fault, Part, Report, Unvouched, catalogue::Known};
use crate::{
    disk,
    exhibit::{self, Exhibit},
    seal::{self, Seal},
    vault,
};

/// Compares every file. Without a catalogue only native files can be: each is named by its hash.
pub(super) fn check(dir: &Path, known: Option<&Known>, report: &mut Report, progress: &dyn Fn(u64, u64)) {
    let Some(known) = known else {
        by_name(dir, report);
        return;
    };
    let seals: BTreeMap<&str, &Seal> = known.seals.iter().map(|(path, seal)| (path.as_str(), seal)).collect();
    let natives: u64 = known.exhibits.iter().map(|exhibit| exhibit.bytes).sum();
    let all = natives + seals.values().map(|seal| seal.bytes).sum::<u64>();
    let done = Cell::new(0);
    let step = |bytes: u64| {
        done.set(done.get() + bytes);
        progress(done.get(), all.max(done.get()));
    };
    let mut check = Check { dir, seals, report, step: &step };
    check.vault(&known.exhibits);
    check.tables(known);
    check.keys(known);
    check.derived();
}

struct Check<'a> {
    dir: &'a Path,
    seals: BTreeMap<&'a str, &'a Seal>,
    report: &'a mut Report,
    step: &'a dyn Fn(u64),
}

impl Check<'_> {
    fn fault(&mut self, part: Part, exhibit: Option<&str>, file: &Path, place: Option<String>, reason: String) {
        self.report.faults.push(Fault {
            part,
            exhibit: exhibit.map(str::to_owned),
            file: file.to_path_buf(),
            place,
            reason,
            mend: seal::mend(file),
        });
    }

    fn vault(&mut self, exhibits: &[Exhibit]) {
        for exhibit in exhibits {
            let file = exhibit::vault_file(Path::new(""), &exhibit.sha256);
            let reason = match vault::hash(&self.dir.join(&file)) {
                Ok((found, _)) if found == exhibit.sha256 => None,
                Ok((found, bytes)) => Some(vault::altered(exhibit, &found, bytes)),
                Err(error) => Some(unread(&error)),
            };
            if let Some(reason) = reason {
                self.fault(Part::Vault, Some(&exhibit.label), &file, None, reason);
            }
            (self.step)(exhibit.bytes);
        }
        self.report.count(Part::Vault, exhibits.len() as u64);
    }

    fn tables(&mut self, known: &Known) {
        let mut checked = 0;
        for exhibit in &known.exhibits {
            let noted = known.collected.get(&exhibit.label).map(|detail| &detail["tables"]);
            for table in &exhibit.tables {
                let place = exhibit::table_place(table, &exhibit.label);
                let noted = noted.and_then(|tables| tables[table.as_str()].as_str());
                checked += u64::from(self.sealed(Part::Tables, Some(exhibit), &place, noted));
            }
        }
        self.planted(known);
        self.report.count(Part::Tables, checked);
    }

    /// What lies beside a table, or where an exhibit has none.
    fn planted(&mut self, known: &Known) {
        let labels: BTreeSet<&str> = known.exhibits.iter().map(|exhibit| exhibit.label.as_str()).collect();
        let place = |exhibit: &Exhibit, table: &String| PathBuf::from(exhibit::table_place(table, &exhibit.label));
        let each = known.exhibits.iter().flat_map(|exhibit| exhibit.tables.iter().map(move |one| place(exhibit, one)));
        let committed: BTreeSet<PathBuf> = each.collect();
        let below = |folder: &Path| disk::read_folder(folder).unwrap_or_default();
        let folders = below(&self.dir.join("tables")).into_iter().flat_map(|table| below(&table));
        for file in folders.collect::<Vec<_>>().iter().flat_map(|folder| below(folder)) {
            let file = file.strip_prefix(self.dir).unwrap_or(&file).to_path_buf();
            let folder = file.parent().map(disk::name_of).unwrap_or_default();
            // Of a label that nobody has: an `add` that was cut off, swept by the next command.
            let Some(label) = folder.strip_prefix("exhibit=").filter(|label| labels.contains(label)) else { continue };
            if !committed.contains(&file) {
                self.report.faults.push(Fault {
                    part: Part::Tables,
                    exhibit: Some(label.to_owned()),
                    file,
                    place: None,
                    reason: "no command committed it".to_owned(),
                    mend: "remove it, if nobody can say where it comes from".to_owned(),
                });
            }
        }
    }

    fn keys(&mut self, known: &Known) {
        let mut checked = 0;
        for exhibit in &known.exhibits {
            let noted = known.collected.get(&exhibit.label).and_then(|detail| detail["keys"].as_str());
            let place = exhibit::keys_place(&exhibit.label);
            if self.seals.contains_key(place.as_str()) || self.dir.join(&place).exists() {
                checked += u64::from(self.sealed(Part::Keys, Some(exhibit), &place, noted));
            }
        }
        self.report.count(Part::Keys, checked);
    }

    fn derived(&mut self) {
        let mut checked = 0;
        for folder in disk::read_folder(&self.dir.join("derived")).unwrap_or_default() {
            let files = disk::read_folder(&folder).unwrap_or_default();
            // A lock holds nothing that is read.
            let files: BTreeSet<String> = files
                .iter()
                .filter(|file| disk::name_of(file) != "lock")
                .map(|file| format!("derived/{}/{}", disk::name_of(&folder), disk::name_of(file)))
                .collect();
            let begin = format!("derived/{}/", disk::name_of(&folder));
            let sealed = self.seals.keys().filter(|path| path.starts_with(&begin)).map(|path| (*path).to_owned());
            let all: BTreeSet<String> = files.into_iter().chain(sealed).collect();
            for place in all {
                checked += u64::from(self.sealed(Part::Derived, None, &place, None));
            }
        }
        self.report.count(Part::Derived, checked);
    }

    /// Compares a file with its seal; false when it has none.
    fn sealed(&mut self, part: Part, exhibit: Option<&Exhibit>, place: &str, noted: Option<&str>) -> bool {
        let file = PathBuf::from(place);
        let label = exhibit.map(|exhibit| exhibit.label.as_str());
        let Some(seal) = self.seals.get(place).copied() else {
            if self.dir.join(place).exists() {
                let reason = match part {
                    Part::Derived => {
                        "it was derived by an earlier program, or deriving it was interrupted; it is not used"
                    }
                    _ => "an earlier program committed it and recorded no hash",
                };
                self.report.unvouched.push(Unvouched { part, file, reason: reason.to_owned() });
            } else {
                self.fault(part, label, &file, None, "it is missing".to_owned());
            }
            return false;
        };
        if let Some(noted) = noted.filter(|noted| *noted != seal.sha256) {
            let reason = format!("the catalogue says its SHA-256 was {}; the log says {noted}", seal.sha256);
            self.fault(part, label, &file, None, reason);
        }
        match seal.faults(&self.dir.join(place), self.step) {
            Ok(faults) => {
                for damage in faults {
                    self.fault(part, label, &file, Some(damage.place), damage.reason);
                }
            }
            // A command that is at work may have put a newer one in the place of the whole folder.
            Err(_) if part == Part::Derived && !self.dir.join(place).parent().is_some_and(Path::exists) => {}
            Err(error) => self.fault(part, label, &file, None, unread(&error)),
        }
        true
    }
}

fn unread(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it is missing".to_owned(),
        _ => error.to_string(),
    }
}

/// Native files without a catalogue.
fn by_name(dir: &Path, report: &mut Report) {
    let files = disk::read_folder(&dir.join("vault")).unwrap_or_default();
    for path in &files {
        let file = PathBuf::from("vault").join(disk::name_of(path));
        let reason = match vault::hash(path) {
            Ok((found, _)) if found == disk::name_of(path) => continue,
            Ok((found, _)) => format!("its SHA-256 is {found}, which does not match its name"),
            Err(error) => unread(&error),
        };
        let mend = seal::mend(&file);
        report.faults.push(Fault { part: Part::Vault, exhibit: None, file, place: None, reason, mend });
    }
    report.count(Part::Vault, files.len() as u64);
}
