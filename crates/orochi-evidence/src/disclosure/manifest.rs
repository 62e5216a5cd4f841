//! `MANIFEST.sha256`: the SHA-256 of every file but itself, in the form that `sha256sum --check` reads.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write,
    path::{Component, Path, PathBuf},
};

use orochi_case::vault;
use orochi_model::problem::Problem;

/// Its name.
pub(super) const NAME: &str = "MANIFEST.sha256";

/// Writes it for all that lies in `dir`. Returns how many files it names and its own hash.
pub(super) fn write(dir: &Path) -> Result<(usize, String), Problem> {
    let mut text = String::new();
    let files = files(dir)?;
    for file in &files {
        let hash = hash(&dir.join(file)).map_err(|error| Problem::io("read", &dir.join(file), &error))?;
        // What sha256sum does with a name that would break a line: a backslash in front, and the name escaped.
        let (mark, name) = escaped(file);
        text.push_str(&format!("{mark}{hash}  {name}\n"));
    }
    let path = dir.join(NAME);
    let mut out = File::create_new(&path).map_err(|error| Problem::io("write", &path, &error))?;
    out.write_all(text.as_bytes()).map_err(|error| Problem::io("write", &path, &error))?;
    let whole = hash(&path).map_err(|error| Problem::io("read", &path, &error))?;
    Ok((files.len(), whole))
}

/// What differs between a folder and its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// The file is not what it was.
    Altered(String),
    /// The file is gone or cannot be read.
    Missing(String),
    /// The file is in no manifest.
    Added(String),
}

/// Compares. Returns how many files agree, the manifest's hash, and what differs.
///
/// # Errors
/// User kind when there is no manifest; data kind when it cannot be read.
pub(super) fn compare(dir: &Path, progress: &dyn Fn(u64, u64)) -> Result<(usize, String, Vec<Difference>), Problem> {
    let path = dir.join(NAME);
    let text = fs::read_to_string(&path).map_err(|error| {
        Problem::user("this is not a disclosure, or its manifest is missing")
            .at(path.display())
            .because(error)
            .hint("name a folder made by `orochi disclose`")
    })?;
    let mut named = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let (file, hash) = entry(line).ok_or_else(|| {
            Problem::data("the manifest holds a line that is not an entry")
                .at(format!("{} line {number}", path.display()))
        })?;
        named.insert(file, hash);
    }
    let mut differences = Vec::new();
    let mut agree = 0;
    for (done, (file, expected)) in named.iter().enumerate() {
        match hash(&dir.join(file)) {
            Ok(found) if found == *expected => agree += 1,
            Ok(_) => differences.push(Difference::Altered(file.clone())),
            Err(_) => differences.push(Difference::Missing(file.clone())),
        }
        progress(done as u64 + 1, named.len() as u64);
    }
    let added = files(dir)?.into_iter().filter(|file| file != NAME && !named.contains_key(file));
    differences.extend(added.map(Difference::Added));
    let whole = hash(&path).map_err(|error| Problem::io("read", &path, &error))?;
    Ok((agree, whole, differences))
}

/// Every file below `dir` but the manifest, by its path with `/`, sorted.
fn files(dir: &Path) -> Result<Vec<String>, Problem> {
    let mut found = Vec::new();
    let mut rooms = vec![PathBuf::new()];
    while let Some(room) = rooms.pop() {
        let here = dir.join(&room);
        let wrong = |error: std::io::Error| Problem::io("read the folder", &here, &error);
        for entry in fs::read_dir(&here).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let path = room.join(entry.file_name());
            // A link is listed as a file and fails to have the hash of one it replaced; it is
            // never followed into a folder.
            if entry.file_type().map_err(wrong)?.is_dir() {
                rooms.push(path);
            } else {
                let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    found.retain(|file| file != NAME);
    found.sort();
    Ok(found)
}

fn entry(line: &str) -> Option<(String, String)> {
    let (plain, is_escaped) = line.strip_prefix('\\').map_or((line, false), |rest| (rest, true));
    let (hash, name) = plain.split_once("  ")?;
    let name = if is_escaped { unescaped(name)? } else { name.to_owned() };
    let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
    (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && inside && !name.is_empty())
        .then(|| (name, hash.to_lowercase()))
}

fn escaped(name: &str) -> (&'static str, String) {
    if name.contains(['\\', '\n', '\r']) {
        return ("\\", name.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r"));
    }
    ("", name.to_owned())
}

fn unescaped(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut characters = name.chars();
    while let Some(character) = characters.next() {
        out.push(match character {
            '\\' => match characters.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            other => other,
        });
    }
    Some(out)
}

/// The SHA-256 of a regular file. A link is none: what it leads to may lie outside.
pub(super) fn hash(path: &Path) -> std::io::Result<String> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    vault::hash(path).map(|(hash, _)| hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("a.txt", "a");
        put("deep/er/b b.txt", "b");
        #[cfg(unix)]
        put("odd\\na\nme.csv", "c");
        let (files, whole) = write(dir.path()).unwrap();
        assert_eq!(files, if cfg!(unix) { 3 } else { 2 });
        assert_eq!(compare(dir.path(), &|_, _| {}).unwrap(), (files, whole.clone(), vec![]));
        put("a.txt", "A");
        fs::remove_file(dir.path().join("deep/er/b b.txt")).unwrap();
        put("deep/new", "n");
        let (_, _, differences) = compare(dir.path(), &|_, _| {}).unwrap();
        assert_eq!(
            differences,
            [
                Difference::Altered("a.txt".into()),
                Difference::Missing("deep/er/b b.txt".into()),
                Difference::Added("deep/new".into())
            ]
        );
    }

    #[test]
    fn a_manifest_that_leads_outside_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let hash = "0".repeat(64);
        for name in ["../x", "/etc/passwd", "a/../../x", ""] {
            fs::write(dir.path().join(NAME), format!("{hash}  {name}\n")).unwrap();
            assert!(compare(dir.path(), &|_, _| {}).unwrap_err().place.unwrap().ends_with("line 1"), "{name}");
        }
        fs::remove_file(dir.path().join(NAME)).unwrap();
        assert!(compare(dir.path(), &|_, _| {}).unwrap_err().hint.is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_the_file_it_leads_to() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), "a").unwrap();
        write(dir.path()).unwrap();
        fs::rename(dir.path().join("a"), dir.path().join("b")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("b"), dir.path().join("a")).unwrap();
        let (agree, _, differences) = compare(dir.path(), &|_, _| {}).unwrap();
        assert_eq!((agree, differences.len()), (0, 2));
    }
}
