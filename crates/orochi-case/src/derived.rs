//! Derived tables: what is computed once from (exhibits, releases, method version, settings) and then kept.
//!
//! The folder's name holds a hash of exactly those, so what is found under it is what would be computed. Caches may be
//! deleted at any time. A folder in use is held by a share of its lock; a newer result of the same name removes
//! only those nobody holds.
//!
//! The files of a folder have seals in the catalogue, and the log an entry with their hashes. A folder without seals
//! (cut off before its commit, or made by an earlier program) is derived again.

use std::path::{Path, PathBuf};

use orochi_audit::{
    entry::{Action, Draft},
    tree::hex,
};
use orochi_model::problem::Problem;
use sha2::{Digest, Sha256};

use crate::{
    disk::{self, Lock},
    engine::Engine,
    exhibit::Exhibit,
    seal::book,
    staging::Staging,
};

impl Engine {
    /// The hash of everything a derived table depends on.
    fn fingerprint(&self, name: &str, version: &str, settings: &str, depends: impl Fn(&Exhibit) -> bool) -> String {
        let mut hasher = Sha256::new();
        let mut part = |text: &str| {
            // Length first: no two lists of parts have the same bytes.
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text);
        };
        part(name);
        part(version);
        part(settings);
        for exhibit in self.snapshot.exhibits.iter().filter(|exhibit| depends(exhibit)) {
            part(&exhibit.label);
            part(&exhibit.sha256);
            part(&exhibit.profile);
            part(&serde_json::json!(exhibit.tally).to_string());
        }
        for release in &self.snapshot.releases {
            part(&serde_json::json!([release.exhibit, release.sheet, release.first_row, release.last_row]).to_string());
        }
        hex(&hasher.finalize())
    }

    /// The folder of a derived table, built by `build` if it is not there yet. `build` writes its files into the folder
    /// it is given. The folder stays at least as long as this engine.
    ///
    /// `name` is a word in lower case; `settings` the settings as JSON, one text for one meaning.
    ///
    /// # Errors
    /// Those of `build`, after which nothing is left behind; input and output.
    pub fn derived(
        &self,
        name: &str,
        version: &str,
        settings: &str,
        build: impl FnOnce(&Self, &Path) -> Result<(), Problem>,
    ) -> Result<PathBuf, Problem> {
        self.derived_from(name, version, settings, |_| true, build)
    }

    /// [`Engine::derived`] of some exhibits only: others that come in do not make it anew.
    pub(crate) fn derived_from(
        &self,
        name: &str,
        version: &str,
        settings: &str,
        depends: impl Fn(&Exhibit) -> bool,
        build: impl FnOnce(&Self, &Path) -> Result<(), Problem>,
    ) -> Result<PathBuf, Problem> {
        let hash = self.fingerprint(name, version, settings, depends);
        let root = self.dir.join("derived");
        disk::make_folder(&root)?;
        let folder = format!("{name}-{}", &hash[..16]);
        let place = root.join(&folder);
        let path = format!("derived/{folder}");
        let known = book::list(&self.ledger.connection(), &format!("{path}/"))?;
        if !known.is_empty() && self.hold(&place)? {
            self.seals.hold(&self.dir, known);
            return Ok(place);
        }
        let staging = {
            let _lock = Lock::wait(&self.dir.join("lock"))?;
            Staging::make(&self.dir.join("staging"))?
        };
        let built = staging.room("built")?;
        build(self, &built)?;
        std::fs::write(built.join("lock"), "").map_err(|error| Problem::io("write", &built, &error))?;
        disk::sync_tree(&built)?;
        let seals = book::folder(&built, &path)?;
        let known = self.ledger.commit(|transaction| {
            // Whoever built the same meanwhile built the same bytes.
            let known = book::list(transaction, &format!("{path}/"))?;
            if !known.is_empty() && self.hold(&place)? {
                return Ok((known, Vec::new()));
            }
            remove_unsealed(&place)?;
            disk::rename(&built, &place)?;
            self.hold(&place)?;
            disk::sync_folder(&root)?;
            self.clear_stale(&root, name, &place);
            book::remove(transaction, &format!("derived/{name}-"))?;
            book::insert(transaction, &seals)?;
            let files = seals.iter().map(|(path, seal)| (path.clone(), seal.sha256.clone()));
            let detail = serde_json::json!({ "files": files.collect::<std::collections::BTreeMap<_, _>>() });
            let what = format!("{name} derived");
            Ok((seals, vec![Draft { action: Action::Combine, what, detail }]))
        })?;
        self.seals.hold(&self.dir, known);
        Ok(place)
    }

    /// Takes a share of a finished folder's lock; false when it is not there.
    fn hold(&self, place: &Path) -> Result<bool, Problem> {
        let lock = place.join("lock");
        if !lock.is_file() {
            return Ok(false);
        }
        let Some(held) = Lock::attempt_shared(&lock)? else { return Ok(false) };
        // It may have been removed between the look and the lock.
        if !lock.is_file() {
            return Ok(false);
        }
        self.in_use.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(held);
        Ok(true)
    }

    /// Removes older results of the same name that nobody holds. What cannot be removed stays: it is only space.
    fn clear_stale(&self, root: &Path, name: &str, keep: &Path) {
        for folder in disk::read_folder(root).unwrap_or_default() {
            let stale = disk::name_of(&folder)
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
            if stale && folder != keep && matches!(Lock::attempt(&folder.join("lock")), Ok(Some(_))) {
                let _ = disk::remove_tree(&folder);
            }
        }
    }
}

/// Makes room where a folder without seals lies. The caller holds the case's lock.
fn remove_unsealed(place: &Path) -> Result<(), Problem> {
    if place.is_dir() && Lock::attempt(&place.join("lock"))?.is_none() {
        return Err(Problem::user("another program is using a derived table that must be derived again")
            .at(place.display())
            .hint("try again when that program has ended"));
    }
    disk::remove_tree(place)
}
