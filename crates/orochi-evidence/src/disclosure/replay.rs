//! The steps that make the case again from its native files, and the questions whose answers are the findings.
//!
//! They are held as command lines of `orochi` in which two words stand for folders: `{case}` for the case, and
//! `{disclosure}/…` for a file of the disclosure. `rerun.sh` is these lines for a shell ([`super::script`]);
//! `orochi disclose verify` runs the same ones itself.
//!
//! What may surprise: a live case judges each file by the authorities of its time. Authorities are therefore added
//! again in the same turn with the files, and not all at the beginning.

use std::path::{Component, Path, PathBuf};

use orochi_case::{Case, Exhibit, audit::Head};
use orochi_casework as casework;
use orochi_model::{authority::Authority, problem::Problem, program};
use serde::{Deserialize, Serialize};

use super::{
    inputs::{ANCHORS, InputFiles, MODEL, PROFILES, SETTINGS},
    redaction::Redaction,
};

pub use orochi_casework::question::CASE;
/// Begins a file's name in the disclosure.
pub const HERE: &str = "{disclosure}/";

/// A question to the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name: the method, and the line's first number where it is about one.
    pub name: String,
    /// The command line without the program's name and `--json`.
    pub args: Vec<String>,
}

impl Question {
    /// A question with what was entered for it.
    fn new(asked: &casework::Question, inputs: &InputFiles) -> Self {
        let mut args = asked.to_args();
        for (flag, file) in entered(asked, inputs) {
            args.extend([flag.to_owned(), format!("{HERE}{file}")]);
        }
        Self { name: asked.name(), args }
    }

    /// What is asked; none where the command line is not one that a disclosure holds.
    pub(super) fn asked(&self) -> Option<casework::Question> {
        let mut args = self.args.as_slice();
        for (flag, file) in ENTERED.iter().rev() {
            if let [before @ .., option, name] = args
                && option == flag
                && name.strip_prefix(HERE) == Some(file)
            {
                args = before;
            }
        }
        casework::Question::from_args(args)
    }

    /// Where its answer lies in a disclosure.
    pub fn file(&self) -> String {
        format!("findings/{}.json", self.name)
    }
}

/// Steps and questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Command lines that make the case, in order.
    pub steps: Vec<Vec<String>>,
    /// Asked then.
    pub questions: Vec<Question>,
    /// The authorities that come before each step that adds them.
    #[serde(skip)]
    pub(super) authorities: Vec<(String, Vec<Authority>)>,
}

impl Plan {
    /// Of a case.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn from_case(
        case: &Case,
        inputs: &InputFiles,
        lines: &[Vec<String>],
        redaction: Option<&Redaction>,
    ) -> Result<Self, Problem> {
        let mut plan = Self { steps: vec![made(case)], questions: questions(inputs, lines), authorities: Vec::new() };
        let (authorities, exhibits) = (case.authorities()?, case.exhibits()?);
        let mut added = 0;
        for exhibit in &exhibits {
            // Authorities are only ever added, so those of an exhibit are the first so many.
            let then = exhibit.authorities.len().min(authorities.len());
            plan.authorise(&authorities[added.min(then)..then]);
            added = added.max(then);
            let kept = case.reading(exhibit)?;
            plan.steps.push(taken_in(exhibit, inputs, kept.as_ref().and_then(|kept| kept.target.as_deref())));
            // Of a file that an earlier program took in nothing was kept; what is kept when it is
            // taken in anew would differ.
            if kept.is_some() {
                // What stands in its cells goes into no redacted disclosure, as no native file does.
                let asked = casework::Question::Reading { exhibit: exhibit.label.clone(), values: redaction.is_none() };
                plan.questions.push(Question::new(&asked, inputs));
            }
        }
        plan.authorise(&authorities[added..]);
        for release in case.releases()? {
            let mut step = words(&["release", CASE, &release.exhibit, "--reason", &release.reason]);
            // The whole of an exhibit or sheet is noted as a range no file has.
            if (release.first_row, release.last_row) != (0, i64::MAX.unsigned_abs()) {
                step.extend(words(&["--rows", &format!("{}-{}", release.first_row.max(1), release.last_row)]));
            }
            step.extend(release.sheet.iter().flat_map(|sheet| words(&["--sheet", sheet])));
            plan.steps.push(step);
        }
        Ok(plan)
    }

    /// A list's lines of one reference and period are read as one authority, so a second such
    /// authority begins another list.
    fn authorise(&mut self, authorities: &[Authority]) {
        let mut lists: Vec<Vec<Authority>> = Vec::new();
        for authority in authorities {
            let same = |other: &Authority| {
                (&other.reference, other.from_us, other.to_us)
                    == (&authority.reference, authority.from_us, authority.to_us)
            };
            match lists.last_mut() {
                Some(list) if !list.iter().any(same) => list.push(authority.clone()),
                _ => lists.push(vec![authority.clone()]),
            }
        }
        for list in lists {
            let file = format!("inputs/authorities/{:04}.csv", self.authorities.len() + 1);
            self.steps.push(words(&["authority", "add", CASE, "--file", &format!("{HERE}{file}")]));
            self.authorities.push((file, list));
        }
    }
}

impl Plan {
    /// Refuses what no disclosure asks for: a folder from somebody else is not to start commands that write elsewhere.
    ///
    /// # Errors
    /// Data kind, with the command line.
    pub fn check(&self) -> Result<(), Problem> {
        let inside = |word: &String| {
            let Some(name) = word.strip_prefix(HERE) else { return true };
            Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
        };
        let step = |args: &Vec<String>| {
            let words: Vec<&str> = args.iter().map(String::as_str).collect();
            matches!(
                words[..],
                ["case", "new", CASE, ..] | ["authority", "add", CASE, ..] | ["add" | "release", CASE, ..]
            )
        };
        let question = |question: &Question| {
            let plain = question.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            plain && question.asked().is_some()
        };
        let questions = self.questions.iter().map(|one| (&one.args, question(one)));
        for (args, known) in self.steps.iter().map(|args| (args, step(args))).chain(questions) {
            if !known || !args.iter().all(inside) {
                return Err(Problem::data(
                    "the disclosure contains a command that no disclosure needs; the command was not run",
                )
                .at(args.join(" "))
                .hint("the disclosure was altered, or was not made by orochi"));
            }
        }
        Ok(())
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn made(case: &Case) -> Vec<String> {
    let about = case.about();
    let mut step = words(&["case", "new", CASE, "--name", &about.name, "--reference", &about.reference]);
    if about.training {
        step.push("--training".to_owned());
    }
    step
}

fn taken_in(exhibit: &Exhibit, inputs: &InputFiles, target: Option<&str>) -> Vec<String> {
    let mut step = words(&["add", CASE, &format!("{HERE}{}", native(exhibit))]);
    if let Some((_, own)) = &inputs.profiles
        && exhibit.profile.split(", ").any(|profile| own.iter().any(|name| name == profile))
    {
        step.extend(words(&["--profiles", &format!("{HERE}{PROFILES}")]));
    }
    if let Some(target) = target {
        step.extend(words(&["--target", target]));
    }
    step
}

/// Where a native file lies in a disclosure.
pub(super) fn native(exhibit: &Exhibit) -> String {
    format!("natives/{}/{}", exhibit.label, exhibit.file)
}

/// What may be entered for a question, in this order.
const ENTERED: [(&str, &str); 3] = [("--settings", SETTINGS), ("--model", MODEL), ("--anchors", ANCHORS)];

/// What was entered for a question: thresholds for every method, the model where co-location is weighed,
/// anchors where they count.
fn entered(asked: &casework::Question, inputs: &InputFiles) -> Vec<(&'static str, &'static str)> {
    use casework::Question as Asked;
    let is_weighed = matches!(asked, Asked::Roles | Asked::Attribution { .. } | Asked::Quantity { .. });
    let counts = [
        !inputs.settings.is_empty() && !matches!(asked, Asked::Reading { .. }),
        inputs.model.is_some() && is_weighed,
        inputs.anchors.is_some() && matches!(asked, Asked::Attribution { .. }),
    ];
    ENTERED.into_iter().zip(counts).filter_map(|(one, counts)| counts.then_some(one)).collect()
}

fn questions(inputs: &InputFiles, lines: &[Vec<String>]) -> Vec<Question> {
    let mut all = casework::Question::of_every_case();
    for line in lines {
        all.push(casework::Question::Attribution { line: line.clone() });
        // Without a figure of consumption there is no weight to give.
        if inputs.settings.contains_key("quantity") {
            all.push(casework::Question::Quantity { line: line.clone(), associates: Vec::new(), ask_roles: true });
        }
    }
    all.iter().map(|asked| Question::new(asked, inputs)).collect()
}

/// A command line with the folders it is about: the case's, and where `there` says that each file of the disclosure is.
pub(super) fn real(args: &[String], case: &Path, there: &dyn Fn(&str) -> PathBuf) -> Vec<String> {
    let word = |word: &String| match word.strip_prefix(HERE) {
        Some(name) => there(name).to_string_lossy().into_owned(),
        None if word == CASE => case.to_string_lossy().into_owned(),
        None => word.clone(),
    };
    args.iter().map(word).collect()
}

/// What a disclosure says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DisclosureAbout {
    /// Version of this document.
    pub format: u32,
    /// `TRAINING` for a training case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marking: Option<String>,
    /// The case's name.
    pub case: String,
    /// The force's reference.
    pub reference: String,
    /// Program, version and build. It says who made this and is compared with nothing: another build
    /// makes the same findings.
    pub tool: String,
    /// Tree head of the log, `SIZE:ROOT`, the entry of this disclosure included.
    pub head: String,
    /// Roles whose identifiers are replaced; empty for a whole disclosure, which alone can be run again.
    pub redacted: Vec<String>,
    /// How it is made again.
    #[serde(flatten)]
    pub plan: Plan,
}

impl DisclosureAbout {
    pub(super) fn from_case(
        case: &Case,
        plan: &Plan,
        head: &Head,
        redaction: Option<&Redaction>,
    ) -> Result<Self, Problem> {
        let about = case.about();
        let mut plan = plan.clone();
        let mut name = about.name.clone();
        if let Some(redaction) = redaction {
            plan.steps.clear();
            name = redaction.text(&name);
            for question in &mut plan.questions {
                question.args.iter_mut().for_each(|word| *word = redaction.text(word));
            }
        }
        Ok(Self {
            format: FORMAT,
            marking: about.training.then(|| "TRAINING".to_owned()),
            case: name,
            reference: about.reference.clone(),
            tool: program::name().to_owned(),
            head: head.to_string(),
            redacted: redaction.map(Redaction::roles).unwrap_or_default(),
            plan,
        })
    }
}

/// Version of [`DisclosureAbout`].
pub(super) const FORMAT: u32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_put_in_where_they_stand_for_themselves() {
        let args = words(&["add", CASE, "{disclosure}/natives/EX0001/a {case}.csv", "--reason", "x {disclosure}/y"]);
        let real = real(&args, Path::new("/c"), &|name| Path::new("/d").join(name));
        assert_eq!(real, ["add", "/c", "/d/natives/EX0001/a {case}.csv", "--reason", "x {disclosure}/y"]);
    }

    #[test]
    fn a_plan_runs_what_makes_a_case_and_asks_it_and_nothing_else() {
        let plan = |steps: &[&[&str]], name: &str, args: &[&str]| Plan {
            steps: steps.iter().map(|step| words(step)).collect(),
            questions: vec![Question { name: name.to_owned(), args: words(args) }],
            authorities: Vec::new(),
        };
        let made: &[&str] = &["case", "new", CASE, "--name", "x"];
        let taken: &[&str] = &["add", CASE, "{disclosure}/natives/EX0001/a.csv"];
        plan(&[made, taken], "attribution-447700900222", &["attribution", CASE, "+447700900222"]).check().unwrap();
        plan(&[made, taken], "reading-EX0001", &["reading", CASE, "EX0001"]).check().unwrap();
        for (step, name, args) in [
            (&["add", "/home/x/case", "a"][..], "lines", &["lines", CASE][..]),
            (&["export", CASE, "--format", "csv", "--out", "/x"], "lines", &["lines", CASE]),
            (&["add", CASE, "{disclosure}/../../secret"], "lines", &["lines", CASE]),
            (taken, "../lines", &["lines", CASE]),
            (taken, "lines", &["sql", CASE, "select 1"]),
            (taken, "lines", &["lines"]),
            (taken, "lines", &["lines", CASE, "--settings", "/etc"]),
            (taken, "lines", &["lines", CASE, "--model", "{disclosure}/natives/EX0001/a.csv"]),
            (&[], "lines", &["lines", CASE]),
        ] {
            assert!(plan(&[step], name, args).check().is_err(), "{step:?} {name} {args:?}");
        }
    }

    #[test]
    fn quantity_is_asked_only_with_figures_and_inputs_are_named_where_they_count() {
        let lines = [words(&["+447700900222", "+447700900111"])];
        let names = |inputs: &InputFiles| questions(inputs, &lines).into_iter().map(|one| one.name).collect::<Vec<_>>();
        let mut inputs = InputFiles::default();
        assert_eq!(
            names(&inputs),
            ["lines", "applications", "succession", "tenancy", "roles", "attribution-447700900222"]
        );
        inputs.settings.insert("quantity".into(), "q.toml".into());
        inputs.model = Some("m.json".into());
        assert_eq!(names(&inputs).len(), 7);
        let all = questions(&inputs, &lines);
        assert!(all.iter().all(|one| one.args.contains(&"{disclosure}/inputs/settings".to_owned())));
        assert!(all[5..].iter().all(|one| one.args.contains(&"{disclosure}/inputs/model.json".to_owned())));
        assert!(!all[0].args.iter().any(|word| word.contains("model")));
        assert!(all.iter().all(|one| one.asked().is_some()), "a question with what was entered is the question still");
    }
}
