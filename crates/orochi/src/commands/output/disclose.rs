//! `orochi disclose`

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use orochi_analysis::roles::Role;
use orochi_case::Action;
use orochi_casework::{Investigation, registry, settings_book};
use orochi_evidence::{
    atomic_output::WholeFolder,
    disclosure::{
        self, Disclosure, DisclosureWritten,
        inputs::{InputFiles, entered},
        redaction::{KnownNumbers, Ledger, Party, Redaction},
    },
    pack::resolve,
};
use orochi_model::problem::Problem;
use serde_json::json;

use super::{
    disclose_inputs::{apart, own_profiles},
    disclose_verify::DisclosureVerifyArgs,
};
use crate::{
    case_session,
    exit::Done,
    export::aligned,
    progress::Steps,
    text::{count, counted},
    ui::Ui,
    view::party,
};

/// Hand over a case with the means to reproduce every finding, and check what was handed over
///
/// Writes a folder with the native files, the records and what is derived from them, every method's findings with their
/// settings (JSON, CSV, Parquet), all contrary material in one place, the audit log with its proof, a manifest of
/// hashes, and rerun.sh, which makes all findings again and compares them byte by byte. `orochi disclose verify` checks
/// all of it without the case.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  orochi disclose heron --out heron-disclosure
  orochi disclose heron --out heron-disclosure --settings heron-settings
  orochi disclose heron --out served --redact others,customers --ledger heron-ledger.csv
  orochi disclose verify heron-disclosure"
)]
pub struct Disclose {
    #[command(subcommand)]
    verify: Option<Verify>,
    #[command(flatten)]
    make: Option<MakeArgs>,
}

#[derive(Debug, clap::Subcommand)]
enum Verify {
    Verify(DisclosureVerifyArgs),
}

#[derive(Debug, clap::Args)]
pub struct MakeArgs {
    /// The case folder
    case: PathBuf,
    /// The folder to make; it appears whole or not at all
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A number of a line for which attribution (and quantity) is given; by default every flagged line
    #[arg(long, value_name = "NUMBER", value_parser = party)]
    line: Vec<String>,
    /// A folder of thresholds, one TOML file for each method (lines.toml, attribution.toml, …); with quantity.toml, the
    /// quantity is given too
    #[arg(long, value_name = "DIR")]
    settings: Option<PathBuf>,
    /// Event anchors for attribution (CSV)
    #[arg(long, value_name = "CSV")]
    anchors: Option<PathBuf>,
    /// A fitted model of co-location (JSON) to use in place of the shipped one
    #[arg(long, value_name = "JSON")]
    model: Option<PathBuf>,
    /// The folder of your own layout profiles with which files were taken in
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
    /// Replace the identifiers of these roles, separated by commas, with pseudonyms: others (no line, no role),
    /// customers (and repeat contacts), safeguarding, runners, suppliers, controllers, holders; native files are then
    /// left out
    #[arg(long, value_name = "ROLES", value_delimiter = ',', value_parser = role, requires = "ledger")]
    redact: Vec<Party>,
    /// The list of pseudonyms and the identifiers they replace: read if it exists, then updated; keep it outside the
    /// disclosure
    #[arg(long, value_name = "CSV", requires = "redact")]
    ledger: Option<PathBuf>,
}

fn role(word: &str) -> Result<Party, String> {
    Party::ALL.into_iter().find(|party| party.word() == word).ok_or_else(|| {
        let words: Vec<&str> = Party::ALL.iter().map(|party| party.word()).collect();
        format!("the roles are: {}", words.join(", "))
    })
}

impl Disclose {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match (self.verify, self.make) {
            (Some(Verify::Verify(args)), _) => args.run(ui),
            (None, Some(make)) => make.run(ui),
            (None, None) => Err(crate::exit::Stop::Usage("give a case and --out, or `verify` and a folder".into())),
        }
    }
}

impl MakeArgs {
    fn run(self, ui: &Ui) -> Done {
        WholeFolder::begin(&self.out).map(drop)?;
        // Thresholds that a method refuses would stop the work late.
        let run = entered(self.settings.as_deref(), self.model.as_deref(), self.anchors.as_deref())?;
        let mut files = InputFiles {
            settings: self.settings.as_deref().map(settings_book::files).transpose()?.unwrap_or_default(),
            model: self.model.clone(),
            anchors: self.anchors.clone(),
            profiles: None,
        };
        let case = case_session::open(ui, &self.case)?;
        if let Some(ledger) = &self.ledger {
            apart(ledger, &self.out)?;
        }
        files.profiles = own_profiles(&case, self.profiles.as_deref())?;
        let parties: BTreeSet<Party> = self.redact.iter().copied().collect();
        let words: Vec<&str> = parties.iter().map(|party| party.word()).collect();
        // Before anything leaves, so that nothing leaves unnoted.
        case.log(
            Action::Disclose,
            "disclose",
            json!({
                "out": self.out.file_name().map(|name| name.to_string_lossy()),
                "redacted": words,
                "methods": run.book.noted(&registry::names()),
                "sources": run.book.sources,
            }),
        )?;
        let steps = Steps::new(ui);
        let engine = case_session::engine(&case)?;
        let investigation = Investigation::new(&case, &engine, run, &steps);
        let (lines, known) = self.lines(&investigation)?;
        let mut ledger = self.ledger.as_deref().map(Ledger::read).transpose()?;
        let redaction = match &mut ledger {
            Some(ledger) => {
                let known = Self::roles(&investigation, known)?;
                investigation.tables()?;
                Some(Redaction::from_case(&engine, &parties, &known, ledger)?)
            }
            None => None,
        };
        if let (Some(ledger), Some(path)) = (&ledger, &self.ledger) {
            // Before the disclosure: a pseudonym that went out without its ledger could never be resolved.
            ledger.write(path)?;
        }
        let disclosure =
            Disclosure { investigation: &investigation, inputs: &files, lines: &lines, redaction: redaction.as_ref() };
        let made = disclosure::make(&disclosure, &self.out)?;
        steps.end();
        // What left is fixed by one hash; it is noted where the case keeps what cannot be altered.
        case.log(Action::Disclose, "disclosure made", json!({ "manifest": made.manifest, "files": made.files }))?;
        if ui.json() {
            let mut document = serde_json::to_value(&made)
                .map_err(|error| Problem::bug("a disclosure cannot be written as JSON").because(error))?;
            document["out"] = json!(self.out);
            document["replaced"] = json!(redaction.as_ref().map(Redaction::count));
            return ui.document(document);
        }
        ui.print(&self.text(&made, redaction.as_ref()))
    }

    /// The lines that are asked about, each by one number that stands for its chain; and every number of any line.
    fn lines(&self, investigation: &Investigation<'_>) -> Result<(Vec<Vec<String>>, BTreeSet<String>), Problem> {
        // The report of all lines is disclosed: what is flagged comes from it.
        investigation.lines()?;
        let (flagged, pairs) = (investigation.flagged()?, investigation.succession()?);
        for number in &self.line {
            let (_, unknown) = resolve(investigation, std::slice::from_ref(number))?;
            if let Some(one) = unknown.into_iter().next() {
                return Err(Problem::user(one.words.trim_end_matches('.')).hint(one.hint));
            }
        }
        let mut known = BTreeSet::new();
        let mut asked: Vec<&String> = Vec::new();
        for number in flagged {
            // The first number of a chain that is flagged stands for it.
            if self.line.is_empty() && !known.contains(number) {
                asked.push(number);
            }
            known.extend(pairs.chain(number));
        }
        for number in &self.line {
            if !asked.contains(&number) {
                asked.push(number);
            }
            known.extend(pairs.chain(number));
        }
        let asked = asked.into_iter().map(|number| vec![number.clone()]).collect();
        Ok((asked, known))
    }

    fn roles(investigation: &Investigation<'_>, lines: BTreeSet<String>) -> Result<KnownNumbers, Problem> {
        let report = investigation.roles()?;
        let mut known = KnownNumbers { lines, roles: BTreeMap::new() };
        for one in &report.findings {
            let party = match one.role {
                Role::Holder => Party::Holder,
                Role::Controller => Party::Controller,
                Role::Runner => Party::Runner,
                Role::Supplier => Party::Supplier,
                // A repeat contact may buy as well: what hides the one hides the other.
                Role::Customer | Role::RepeatContact => Party::Customer,
            };
            known.roles.entry(one.number.clone()).or_default().insert(party);
        }
        for one in &report.safeguarding {
            known.roles.entry(one.number.clone()).or_default().insert(Party::Safeguarding);
        }
        Ok(known)
    }

    fn text(&self, made: &DisclosureWritten, redaction: Option<&Redaction>) -> String {
        let mut text = format!("{}\n\n", self.out.display());
        let rows =
            made.tables.iter().chain(&made.findings).map(|one| vec![one.name.clone(), count(one.rows)]).collect();
        text.push_str(&aligned(&["what", "rows"], &[false, true], rows));
        text.push_str(&format!(
            "\n{}, {} against a finding or on the limits of the data (contrary.csv)\n",
            counted(made.natives as u64, "native file", "native files"),
            counted(made.contrary, "row", "rows"),
        ));
        if let (Some(redaction), Some(ledger)) = (redaction, &self.ledger) {
            text.push_str(&format!(
                "{} replaced, as the ledger {} states; {} of the log withheld\n",
                counted(redaction.count() as u64, "identifier", "identifiers"),
                ledger.display(),
                counted(made.withheld, "entry", "entries"),
            ));
        }
        text.push_str(&format!(
            "Log head {}\n{}; SHA-256 of the manifest, which should be noted elsewhere:\n{}\n",
            made.head,
            counted(made.files as u64, "file", "files"),
            made.manifest
        ));
        text
    }
}
