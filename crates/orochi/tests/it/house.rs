//! The rules of the house that a program can check: which crate may use which, what the documents name, which licences
//! and packages come in, how long a line is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Ground floor first; each may use those before it.
const ORDER: &[&str] = &[
    "orochi-model",
    "orochi-geo",
    "orochi-likelihood",
    "orochi-colocation",
    "orochi-audit",
    "orochi-formats",
    "orochi-layout",
    "orochi-tables",
    "orochi-ingest",
    "orochi-case",
    "orochi-analysis",
    "orochi-casework",
    "orochi-evidence",
    "orochi-simulate",
    "orochi-evaluate",
    "orochi",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn metadata() -> Value {
    // Only what a build for this machine fetched can be asked for without a network.
    let told = Command::new("rustc").arg("-vV").output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Names of the packages that `from` links, itself among them: normal dependencies only, as those are what users get.
fn linked<'a>(metadata: &'a Value, from: &str) -> BTreeSet<&'a str> {
    let mut uses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in metadata["resolve"]["nodes"].as_array().unwrap() {
        let normal =
            |dependency: &&Value| dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null());
        let all = node["deps"].as_array().unwrap().iter().filter(normal).map(|dependency| text(&dependency["pkg"]));
        uses.insert(text(&node["id"]), all.collect());
    }
    let packages = metadata["packages"].as_array().unwrap();
    let named: BTreeMap<&str, &str> =
        packages.iter().map(|package| (text(&package["id"]), text(&package["name"]))).collect();
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = named.iter().filter(|(_, name)| **name == from).map(|(id, _)| *id).collect();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(&uses[id]);
        }
    }
    seen.into_iter().map(|id| named[id]).collect()
}

#[test]
fn crates_use_only_those_above_them() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().unwrap() {
        let Some(place) = ORDER.iter().position(|name| *name == text(&package["name"])) else { continue };
        // Tests and examples may look at what is beside: they are not what users get.
        let all = package["dependencies"].as_array().unwrap().iter();
        for dependency in all.filter(|dependency| dependency["kind"].as_str() != Some("dev")) {
            let name = text(&dependency["name"]);
            if let Some(other) = ORDER.iter().position(|known| *known == name) {
                assert!(other < place, "{} may not use {name}", ORDER[place]);
            }
        }
    }
}

#[test]
fn the_core_knows_no_engine_and_the_product_no_network() {
    let metadata = metadata();
    let reach = |from: &str| linked(&metadata, from);
    let core = ["orochi-model", "orochi-geo", "orochi-likelihood", "orochi-colocation"];
    // What reads bytes that anybody may send is fuzzed, which means building it again and again.
    let fuzzed = ["orochi-audit", "orochi-formats", "orochi-layout"];
    for name in core.iter().chain(&fuzzed).chain(&["orochi-simulate"]) {
        for heavy in ["arrow-schema", "parquet", "datafusion", "rusqlite"] {
            assert!(!reach(name).contains(heavy), "{name} reaches {heavy}");
        }
    }
    assert!(!reach("orochi-ingest").contains("datafusion"), "ingest reaches the query engine");
    let all = reach("orochi");
    for network in ["hyper", "reqwest", "rustls", "openssl"] {
        assert!(!all.contains(network), "the product links {network}");
    }
}

/// Each executable of tests links all that it tests: one a crate. And a file that no `mod` line names is never
/// compiled: its tests never fail.
#[test]
fn each_crate_has_one_executable_of_integration_tests() {
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let tests = entry.unwrap().path().join("tests");
        let Ok(files) = std::fs::read_dir(&tests) else { continue };
        for file in files {
            let path = file.unwrap().path();
            assert!(path.is_dir(), "{} would be an executable of its own: move it to tests/it", path.display());
        }
        let Ok(main) = std::fs::read_to_string(tests.join("it/main.rs")) else { continue };
        for file in std::fs::read_dir(tests.join("it")).unwrap() {
            let path = file.unwrap().path();
            let module = path.extension().is_some_and(|end| end == "rs") || path.join("mod.rs").exists();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            let named = main.lines().any(|line| line == format!("mod {stem};"));
            assert!(!module || stem == "main" || named, "{} is not in main.rs", path.display());
        }
    }
}

#[test]
fn licences_are_on_the_allow_list() {
    let deny: toml::Table = std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let allowed: BTreeSet<&str> =
        deny["licenses"]["allow"].as_array().unwrap().iter().filter_map(toml::Value::as_str).collect();
    // Enough of SPDX: any one side of OR will do; every side of AND must.
    let ok = |expression: &str| {
        let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
        plain.split(" AND ").all(|part| part.split(" OR ").any(|licence| allowed.contains(licence.trim())))
    };
    let metadata = metadata();
    let linked = linked(&metadata, "orochi");
    for package in metadata["packages"].as_array().unwrap() {
        if !linked.contains(text(&package["name"])) {
            continue;
        }
        let licence = text(&package["license"]);
        // A crate without the field states its licence in a file; none is linked today.
        assert!(ok(licence), "{} {}: {licence:?}", text(&package["name"]), text(&package["version"]));
    }
}

/// A dependency that no source names is built for nothing, and is one more thing to trust.
#[test]
fn every_dependency_is_named_in_the_sources() {
    let metadata = metadata();
    let members = metadata["workspace_members"].as_array().unwrap();
    for package in metadata["packages"].as_array().unwrap().iter().filter(|package| members.contains(&package["id"])) {
        let folder = Path::new(text(&package["manifest_path"])).parent().unwrap();
        let linked = words(&[folder.join("src"), folder.join("build.rs")]);
        let all = words(&[folder.to_owned()]);
        for dependency in package["dependencies"].as_array().unwrap() {
            let named = text(dependency.get("rename").filter(|name| !name.is_null()).unwrap_or(&dependency["name"]));
            let words = if dependency["kind"] == "dev" { &all } else { &linked };
            let (of, kind) = (text(&package["name"]), dependency["kind"].as_str().unwrap_or("normal"));
            assert!(words.contains(&named.replace('-', "_")), "{of} does not use {named} ({kind}): remove it");
        }
    }
}

/// Every word of the Rust sources below these paths.
fn words(paths: &[PathBuf]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = paths.to_vec();
    while let Some(path) = open.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else if path.is_file() && path.extension().is_some_and(|end| end == "rs") {
            let source = std::fs::read_to_string(path).unwrap();
            let word = source.split(|c: char| !c.is_alphanumeric() && c != '_');
            found.extend(word.map(str::to_owned));
        }
    }
    found
}

/// Packages in `Cargo.lock`. Each is code that a court is asked to trust and that somebody has to look after. Who
/// raises it writes here what for; a number well below what there is may be lowered.
/// - 562: 561 at the start; `clap_mangen` and `roff` (manual pages) came, `rand_distr` went.
const PACKAGES: usize = 563;

#[test]
fn the_lock_file_is_within_its_budget() {
    let lock: toml::Table = std::fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let count = lock["package"].as_array().unwrap().len();
    assert!(count <= PACKAGES, "{count} packages are locked, {PACKAGES} are allowed; raise it with a reason");
}

/// Two files lie beside each other on one screen up to this width.
const COLUMNS: usize = 120;

/// What cannot be broken is left out: raw strings (samples, snapshots of what is printed), tables, figures that the
/// program writes into a document, and a word that is longer than a line, such as an address.
#[test]
fn lines_are_no_longer_than_a_screen_is_wide() {
    let mut long = Vec::new();
    let mut open: Vec<PathBuf> =
        ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "benches", "crates", "demo"]
            .map(|name| root().join(name))
            .to_vec();
    open.extend(["docs", "fuzz/src", "fuzz/targets"].map(|name| root().join(name)));
    while let Some(path) = open.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            open.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("target")));
            continue;
        }
        let shown = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let text = match path.extension().and_then(|end| end.to_str()) {
            _ if shown.contains("/golden") => continue,
            Some("rs") => without(&std::fs::read_to_string(&path).unwrap(), "r#\"", "\"#"),
            Some("md") => without(&std::fs::read_to_string(&path).unwrap(), "<!-- figures", "<!-- /figures"),
            _ => continue,
        };
        let breakable = |line: &str| line.split(' ').all(|word| word.chars().count() < COLUMNS - 20);
        for (number, line) in text.lines().enumerate() {
            let table = shown.ends_with(".md") && line.starts_with('|');
            if line.chars().count() > COLUMNS && !table && breakable(line) {
                long.push(format!("{shown}:{}", number + 1));
            }
        }
    }
    assert!(long.is_empty(), "longer than {COLUMNS} columns:\n{}", long.join("\n"));
}

/// Turns of phrase at which a native reader stumbles; docs/style.md has what to write in their place.
const HABITS: &[&str] = &[
    "whoever",
    "the more seldom",
    "as far as the data",
    "goes with",
    "goes best with",
    "goes better with",
    "not nothing",
    "is no text",
    "is no json",
    "is no toml",
    "which is no ",
    "is no kind",
    "is no probability",
    "are no toml",
    "told from",
    "anew",
    "to mend",
    "says more",
    "nothing is made",
    "of its own accord",
    "no field took",
    "no rows of data",
];

#[test]
fn sentences_keep_from_habits_that_do_not_parse() {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> =
        ["analysis", "audit", "casework", "evidence", "formats", "geo", "ingest", "layout", "model"]
            .map(|name| root().join(format!("crates/orochi-{name}/src")))
            .to_vec();
    open.push(root().join("crates/orochi/src"));
    while let Some(path) = open.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            open.extend(entries.map(|entry| entry.unwrap().path()));
            continue;
        }
        if !path.extension().is_some_and(|end| end == "rs" || end == "typ") {
            continue;
        }
        let shown = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let said = line.trim_start();
            // What stands in a comment is for developers; names of functions are not said to anybody.
            if said.starts_with("//") || said.starts_with("fn ") {
                continue;
            }
            let said = said.to_lowercase();
            let habits = HABITS.iter().filter(|habit| said.contains(**habit));
            found.extend(habits.map(|habit| format!("{shown}:{}: \u{201c}{habit}\u{201d}", number + 1)));
        }
    }
    assert!(found.is_empty(), "see docs/style.md:\n{}", found.join("\n"));
}

/// A text without what stands between these marks, line ends kept.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from) {
        kept.push_str(before);
        let (inside, after) = after.split_once(to).unwrap_or((after, ""));
        kept.extend(inside.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    kept + rest
}

#[test]
fn documents_name_what_exists() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "demo/README.md"] {
        let words = std::fs::read_to_string(root().join(document)).unwrap();
        for quoted in words.split('`').skip(1).step_by(2) {
            let looks_like_path = quoted.contains('/') && !quoted.contains([' ', '<', '$', '*', '=', ':']);
            let starts_here =
                ["crates/", "docs/", "profiles/", "benches/", "fuzz/", "demo/"].iter().any(|p| quoted.starts_with(p));
            if looks_like_path && starts_here {
                assert!(root().join(quoted).exists() || quoted.starts_with("demo/case"), "{document} names {quoted}");
            }
        }
    }
    let architecture = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for name in ORDER {
        assert!(architecture.contains(&format!("`{name}`")), "ARCHITECTURE.md does not name {name}");
    }
}

/// The folders of `orochi-analysis` that hold one method each.
const METHODS: [&str; 9] =
    ["applications", "attribution", "colocation", "events", "lines", "quantity", "roles", "succession", "tenancy"];

/// What two methods need stands below both (`traffic`, `facts`, `registrations`, `handsets`), so that neither can
/// change it for the other. A method may name what another one's report and settings are made of, as types and
/// constants, and is then given them; it never asks another method, and sees nothing of its insides.
#[test]
fn no_method_uses_another_ones_insides() {
    let src = root().join("crates/orochi-analysis/src");
    let mut wrong = Vec::new();
    let mut open = vec![src.clone()];
    while let Some(path) = open.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            open.extend(entries.map(|entry| entry.unwrap().path()));
            continue;
        }
        let shown = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let own = shown.split(['/', '.']).next().unwrap_or_default();
        // The crate's head names its modules; what puts tables beside a case's builds those that are derived.
        if ["lib", "views"].contains(&own) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for method in METHODS.into_iter().filter(|method| *method != own) {
            for (_, after) in
                code.match_indices(&format!("crate::{method}")).map(|(at, found)| (at, &code[at + found.len()..]))
            {
                if !only_types(after) {
                    wrong.push(format!("{shown}: crate::{method}{}", after.chars().take(40).collect::<String>()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "a method's insides used outside of it:\n{}", wrong.join("\n"));
}

/// Whether what follows the path of a module names types and constants of it and nothing else.
fn only_types(after: &str) -> bool {
    // `crate::lines_of_sight` is another module.
    if after.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return true;
    }
    let Some(rest) = after.strip_prefix("::") else { return false };
    let names = rest.strip_prefix('{').map_or_else(
        || rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
        |list| list.split('}').next().unwrap_or_default(),
    );
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).all(|name| name.starts_with(char::is_uppercase))
}

#[test]
fn types_are_told_from_functions_and_modules() {
    for after in ["::METHOD;", "::{Settings, Report};", "::Scored<'_>]", "_of_sight::x", "::{Kind as K}"] {
        assert!(only_types(after), "{after}");
    }
    for after in [";", "::rank(", "::{self, Settings}", "::known::Known", "::{Settings, rank}"] {
        assert!(!only_types(after), "{after}");
    }
}

/// A file of sources that is called by an adverb, a participle, a pronoun or a verb is found by nobody who looks for
/// what it holds.
const NO_NAMES: &[&str] = &[
    "alone",
    "along",
    "bare",
    "beside",
    "carried",
    "counted",
    "derive",
    "encode",
    "held",
    "look",
    "marked",
    "met",
    "near",
    "opened",
    "others",
    "own",
    "populate",
    "put_by",
    "registered",
    "said",
    "seen",
    "serving",
    "several",
    "sharing",
    "stop",
    "stray",
    "take",
    "together",
    "told",
    "typed",
    "walk",
    "whole",
];

/// Every file of Rust under a crate's `src`: where it lies, and its text without comments.
fn sources() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut open: Vec<PathBuf> =
        std::fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path().join("src")).collect();
    while let Some(path) = open.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            all.push((path.strip_prefix(root().join("crates")).unwrap().to_string_lossy().into_owned(), code));
        }
    }
    all.sort();
    assert!(all.len() > 100, "the sources are elsewhere");
    all
}

#[test]
fn files_are_named_by_nouns() {
    let is_wrong = |shown: &str| shown.trim_end_matches(".rs").split('/').any(|part| NO_NAMES.contains(&part));
    let wrong: Vec<String> = sources().into_iter().map(|(shown, _)| shown).filter(|shown| is_wrong(shown)).collect();
    assert!(wrong.is_empty(), "call these by what they hold:\n{}", wrong.join("\n"));
}

/// `Rows::of` says nothing without its place; `Rows::from_batch` does. And who reads a call cannot see what the parts
/// of a pair are, nor does the limit on parameters count them: they are parameters, or fields with names.
#[test]
fn functions_say_what_they_are_made_of_and_what_they_take() {
    let mut wrong = Vec::new();
    for (shown, code) in sources() {
        for (name, parameters) in functions(&code) {
            if name == "of" {
                wrong.push(format!("{shown}: a function called `of`: name it by its source, as `from_rows`"));
            }
            if takes_a_pair_apart(parameters) {
                wrong.push(format!("{shown}: {name} takes a pair apart in its parameters: name its parts"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Functions with a name, and their parameters as written.
fn functions(code: &str) -> Vec<(&str, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut all = Vec::new();
    for (at, _) in code.match_indices("fn ").filter(|(at, _)| !code[..*at].ends_with(is_word)) {
        let rest = &code[at + "fn ".len()..];
        let (name, mut rest) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        if rest.starts_with('<') {
            rest = &rest[1 + inside(&rest[1..]).len() + 1..];
        }
        if let (false, Some(parameters)) = (name.is_empty(), rest.strip_prefix('(')) {
            all.push((name, inside(parameters)));
        }
    }
    all
}

/// The text up to the bracket that closes what was opened before it.
fn inside(text: &str) -> &str {
    let (mut depth, mut before) = (0, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before == '-' || before == '=' => {}
            ')' | ']' | '}' | '>' if depth == 0 => return &text[..at],
            ')' | ']' | '}' | '>' => depth -= 1,
            _ => {}
        }
        before = c;
    }
    text
}

fn takes_a_pair_apart(parameters: &str) -> bool {
    let mut rest = parameters.trim_start();
    loop {
        if rest.starts_with('(') {
            return true;
        }
        // To the comma behind this parameter.
        let (mut depth, mut before, mut end) = (0, ' ', rest.len());
        for (at, c) in rest.char_indices() {
            match c {
                '(' | '[' | '{' | '<' => depth += 1,
                '>' if before == '-' || before == '=' => {}
                ')' | ']' | '}' | '>' => depth -= 1,
                ',' if depth == 0 => {
                    end = at + 1;
                    break;
                }
                _ => {}
            }
            before = c;
        }
        rest = rest[end..].trim_start();
        if rest.is_empty() {
            return false;
        }
    }
}

#[test]
fn pairs_that_are_taken_apart_are_seen() {
    let apart =
        |code: &str| functions(code).iter().map(|(_, parameters)| takes_a_pair_apart(parameters)).collect::<Vec<_>>();
    for code in [
        "fn x((a, b): (u8, u8)) {}",
        "fn x<F: Fn(u8) -> u8>(f: F, (a, b): (u8, u8))",
        "fn x(\n    a: [u8; 2],\n    (b, c): P,\n)",
    ] {
        assert_eq!(apart(code), [true], "{code}");
    }
    for code in
        ["fn x(a: (u8, u8), b: &dyn Fn((u8, u8)) -> (u8, u8))", "fn x<T>()", "fn x(&self, a: Vec<(u8, u8)>, b: u8)"]
    {
        assert_eq!(apart(code), [false], "{code}");
    }
    assert!(functions("let x: fn (u8) = y; soft_fn x(a)").is_empty());
}

#[test]
fn every_method_has_its_statement() {
    for method in [
        "events",
        "tenancies",
        "tenancy",
        "presences",
        "lines",
        "applications",
        "succession",
        "colocation",
        "attribution",
        "roles",
        "quantity",
    ] {
        let path = root().join("docs/methods").join(format!("{method}.md"));
        assert!(path.exists(), "{} is missing", path.display());
    }
}
