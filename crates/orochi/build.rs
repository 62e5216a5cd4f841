//! Asks git which commit the program is built from; every stamp on evidence names it. Only this crate asks, as no other
//! uses it: a commit builds none of the others again.
//!
//! `OROCHI_COMMIT` goes before git, for those who build from an archive of the sources.

#![allow(clippy::print_stdout, reason = "cargo reads it there")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What goes into the program beside the crates.
const BESIDE: [&str; 6] = ["Cargo.lock", "Cargo.toml", "docs/methods", "docs/validation", "profiles", "scenarios"];
/// What lies in a crate's folder and does not go into the program.
const APART: [&str; 5] = ["examples", "oracle", "proptest-regressions", "tests", "validators"];

fn main() {
    println!("cargo::rerun-if-env-changed=OROCHI_COMMIT");
    println!("cargo::rustc-env=OROCHI_BUILD={}", build());
}

fn build() -> String {
    let given = env::var("OROCHI_COMMIT").unwrap_or_default();
    // On pages and in logs stands one word.
    if !given.is_empty() && given.chars().all(|c| c.is_ascii_alphanumeric() || "-._+".contains(c)) {
        return given;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    checkout(&root).unwrap_or_else(|| "unknown commit".to_owned())
}

/// The commit that is checked out, and whether what goes into the program is no longer as committed.
fn checkout(root: &Path) -> Option<String> {
    // Sources that were unpacked inside another repository are not at that one's commit.
    let top = PathBuf::from(git(root, &["rev-parse", "--show-toplevel"])?);
    if top.canonicalize().ok()? != root.canonicalize().ok()? {
        return None;
    }
    // Twelve digits: as many as git would print of itself differs with what else a clone holds.
    let commit = git(root, &["rev-parse", "--short=12", "HEAD"])?;
    let sources = sources(root);
    watch(root, &sources);
    let mut status = vec!["--no-optional-locks", "status", "--porcelain", "--"];
    status.extend(sources.iter().map(String::as_str));
    Some(if git(root, &status)?.is_empty() { commit } else { format!("{commit}, changed") })
}

/// What goes into the program, relative to the root.
fn sources(root: &Path) -> Vec<String> {
    let mut all = BESIDE.map(str::to_owned).to_vec();
    for folder in fs::read_dir(root.join("crates")).into_iter().flatten().flatten() {
        for entry in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            let (folder, name) = (folder.file_name(), entry.file_name());
            if !APART.iter().any(|apart| name == *apart) {
                all.push(format!("crates/{}/{}", folder.to_string_lossy(), name.to_string_lossy()));
            }
        }
    }
    all.sort();
    all
}

/// Has cargo run this again when another commit is checked out, and when a source changes: the program is
/// then built again anyway.
fn watch(root: &Path, sources: &[String]) {
    // The log of HEAD grows with every commit, wherever git keeps its branches. Without one: HEAD and its branch.
    let branch = git(root, &["symbolic-ref", "-q", "HEAD"]).unwrap_or_default();
    let mut asked = vec!["rev-parse"];
    for file in ["HEAD", "logs/HEAD", "packed-refs", "reftable/tables.list", &branch] {
        if !file.is_empty() {
            asked.extend(["--git-path", file]);
        }
    }
    let state = git(root, &asked).unwrap_or_default();
    for path in state.lines().chain(sources.iter().map(String::as_str)).map(|path| root.join(path)) {
        // A file that is not there would have cargo run this each time.
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

/// What a git command prints; none without git or outside a checkout.
fn git(root: &Path, args: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    // A hook's environment may be about another checkout.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let output = command.arg("-C").arg(root).args(args).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
