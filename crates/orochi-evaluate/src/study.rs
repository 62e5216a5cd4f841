//! Many folders, one after the other: given ones, or simulated, counted and deleted again.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use orochi_analysis::{
    lines::{LineWeights, METHOD, Profile},
    settings::Settable,
    weights::WeightsOrigin,
};
use orochi_model::{problem::Problem, program};
use orochi_simulate::{scenario, simulate};
use sha2::{Digest, Sha256};

use crate::{
    conditions::{self, LinesOptions},
    counts_cache::{self, CountsCache, FolderCounts},
    fit,
    seeds::Seeds,
    study_row::{LinesRow, StudyHead},
    truth::{FILE, Truth},
};

/// Something to score.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// A simulated folder.
    Folder(PathBuf),
    /// A scenario and a seed, to be simulated.
    Seed(PathBuf, u64),
}

/// What is scored: folders and scenarios with seeds.
#[derive(Clone, Debug)]
pub struct Plan {
    sources: Vec<Source>,
    people: Option<u32>,
    days: Option<u32>,
    /// Whether everything of everybody is simulated, or the targets' disclosures.
    area: bool,
}

/// A step that is about to be taken, in words: `mixed.toml seed 7 (3 of 50): simulating`.
pub type Telling<'a> = &'a dyn Fn(&str);

impl Plan {
    /// A plan. Each of `what` is a simulated folder or a scenario's file; `people` and `days`
    /// stand in for a scenario's.
    ///
    /// # Errors
    /// User kind when one of them is neither, or when a scenario comes without seeds.
    pub fn new(what: &[PathBuf], seeds: &Seeds, people: Option<u32>, days: Option<u32>) -> Result<Self, Problem> {
        let mut sources = Vec::new();
        for path in what {
            if path.is_dir() {
                // Read now, so that a faulty folder is said before an hour's work on the others.
                Truth::read(path)?;
                sources.push(Source::Folder(path.clone()));
            } else if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
                read(path)?;
                sources.extend(seeds.0.iter().map(|seed| Source::Seed(path.clone(), *seed)));
            } else {
                return Err(Problem::user("this is neither a simulated folder nor a scenario")
                    .at(path.display())
                    .hint(format!("name a folder with a {FILE}, or a scenario's TOML file")));
            }
        }
        Ok(Self { sources, people, days, area: true })
    }

    /// The same with the targets' disclosures and what comes beside them, in place of everything of everybody.
    pub fn disclosed(self) -> Self {
        Self { area: false, ..self }
    }

    /// Names of what is scored, without where it lies: `mixed.toml`.
    pub fn names(&self) -> String {
        let mut names = Vec::new();
        for source in &self.sources {
            let path = match source {
                Source::Folder(path) | Source::Seed(path, _) => path,
            };
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    /// Seeds of the scenarios, as ranges in words.
    pub fn seeds(&self) -> String {
        let seed = |source: &Source| match source {
            Source::Seed(_, seed) => Some(*seed),
            Source::Folder(_) => None,
        };
        crate::summary::ranges(&self.sources.iter().filter_map(seed).collect::<BTreeSet<_>>())
    }

    /// Each scenario as it is to be simulated, with its seed and a name that says exactly what it is.
    ///
    /// # Errors
    /// User kind when a folder is among them.
    pub(crate) fn scenarios(&self) -> Result<Vec<(String, scenario::Scenario, u64)>, Problem> {
        let one = |source: &Source| match source {
            Source::Seed(path, seed) => Ok((source.name()?, read(path)?.with(self.people, self.days)?, *seed)),
            Source::Folder(folder) => Err(Problem::user("this method is scored on scenarios, not on folders")
                .at(folder.display())
                .hint("name a scenario's TOML file, and --seeds")),
        };
        self.sources.iter().map(one).collect()
    }

    pub(crate) fn changed(&self) -> String {
        let changed = |what: &str, value: Option<u32>| value.map(|value| format!("{what} {value}"));
        let changed = [changed("people", self.people), changed("days", self.days)];
        changed.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What rows of this plan have in common.
    ///
    /// # Errors
    /// A bug's, when the weights cannot be written.
    pub fn head(&self, options: &LinesOptions) -> Result<StudyHead, Problem> {
        Ok(StudyHead {
            tool: program::name().to_owned(),
            method: format!("{} {}", METHOD.name, METHOD.version),
            settings: options.settings.values(),
            weights: sha256(options.weights.write()?.as_bytes()),
            prior: options.weights.prior,
            changed: self.changed(),
        })
    }

    /// What counts of this plan have in common.
    pub fn counting(&self, options: &LinesOptions) -> counts_cache::CountsHead {
        counts_cache::CountsHead {
            tool: program::release().to_owned(),
            counting: Profile::VERSION.into(),
            settings: options.settings.values(),
            changed: self.changed(),
        }
    }

    /// Hands over what there is of each source, in order: what was `kept` of it, else what `make` makes of its folder.
    ///
    /// # Errors
    /// The first problem.
    pub(crate) fn each<T>(
        &self,
        threads: usize,
        telling: Telling<'_>,
        kept: impl Fn(&str) -> Result<Option<T>, Problem>,
        make: impl Fn(&str, &Path, &Truth, Telling<'_>) -> Result<T, Problem>,
        mut take: impl FnMut(T),
    ) -> Result<(), Problem> {
        for (place, source) in self.sources.iter().enumerate() {
            let name = source.name()?;
            let tell = |step: &str| telling(&format!("{name} ({} of {}): {step}", place + 1, self.sources.len()));
            take(match kept(&name)? {
                Some(one) => one,
                None => self.with(source, threads, &tell, |folder, truth| make(&name, folder, truth, &tell))?,
            });
        }
        Ok(())
    }

    /// Counts every source of which nothing is kept yet, and hands all over one by one.
    ///
    /// # Errors
    /// The first problem; what was counted before it is kept.
    fn counted(
        &self,
        kept: Option<&CountsCache>,
        options: &LinesOptions,
        telling: Telling<'_>,
        take: impl FnMut(FolderCounts),
    ) -> Result<(), Problem> {
        let count = |name: &str, folder: &Path, truth: &Truth, tell: Telling<'_>| {
            tell("counting");
            let runs = conditions::count(folder, truth, &options.settings, options.threads)?;
            let counted = FolderCounts { source: name.to_owned(), truth: truth.clone(), runs };
            kept.map(|kept| kept.keep(&counted)).transpose()?;
            Ok(counted)
        };
        let before = |name: &str| Ok(kept.map(|kept| kept.get(name)).transpose()?.flatten());
        self.each(options.threads, telling, before, count, take)
    }

    /// Scores every source.
    ///
    /// # Errors
    /// The first problem.
    pub fn score(
        &self,
        kept: Option<&CountsCache>,
        options: &LinesOptions,
        telling: Telling<'_>,
    ) -> Result<Vec<LinesRow>, Problem> {
        let mut rows = Vec::new();
        self.counted(kept, options, telling, |counted| rows.push(LinesRow::from_counts(&counted, options)))?;
        Ok(rows)
    }

    /// Fits weights to every source.
    ///
    /// # Errors
    /// The first problem; when there is no line among them.
    pub fn fit(
        &self,
        kept: Option<&CountsCache>,
        options: &LinesOptions,
        how: &fit::FitOptions,
        command: &str,
        telling: Telling<'_>,
    ) -> Result<LineWeights, Problem> {
        let mut cases = fit::Cases::default();
        self.counted(kept, options, telling, |counted| cases.add(&counted))?;
        let (lines, others) = cases.count();
        let how_made = format!(
            "fitted to synthetic operations by logistic regression that keeps each part's sign and holds it near \
             lines-assumed.toml (prior {}, penalty {}); {lines} cases of lines' numbers and {others} of others, over \
             all conditions",
            how.prior, how.penalty
        );
        let made = WeightsOrigin {
            how: how_made,
            command: command.into(),
            scenario: self.names(),
            seeds: self.seeds(),
            tool: program::name().to_owned(),
        };
        cases.fit(how, made)
    }

    /// Runs `work` on a source's folder; a simulated one is deleted afterwards.
    fn with<T>(
        &self,
        source: &Source,
        threads: usize,
        tell: &dyn Fn(&str),
        work: impl FnOnce(&Path, &Truth) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let (scenario, seed) = match source {
            Source::Folder(folder) => return work(folder, &Truth::read(folder)?),
            Source::Seed(scenario, seed) => (scenario, *seed),
        };
        tell("simulating");
        let temporary = std::env::temp_dir();
        let room = tempfile::Builder::new()
            .prefix("orochi-study-")
            .tempdir()
            .map_err(|error| Problem::io("make a folder in", &temporary, &error))?;
        let folder = room.path().join("simulated");
        let options = simulate::Options { seed, people: self.people, days: self.days, area: self.area, threads };
        simulate::simulate(&read(scenario)?, &options, &folder, &|_| {})?;
        work(&folder, &Truth::read(&folder)?)
    }
}

impl Source {
    /// A name that says exactly what is scored: a changed scenario has another one.
    fn name(&self) -> Result<String, Problem> {
        Ok(match self {
            Self::Folder(path) => {
                let path = path.canonicalize().map_err(|error| Problem::io("find", path, &error))?;
                path.display().to_string()
            }
            Self::Seed(path, seed) => {
                let bytes = std::fs::read(path).map_err(|error| Problem::io("read", path, &error))?;
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                format!("{name} {} seed {seed}", &sha256(&bytes)[..12])
            }
        })
    }
}

fn read(path: &Path) -> Result<scenario::Scenario, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::io("read the scenario", path, &error))?;
    scenario::read(&text, &path.display().to_string())
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
