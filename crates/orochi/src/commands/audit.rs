//! `orochi audit`

use std::path::PathBuf;

use orochi_case::audit::{self, Head};
use orochi_model::problem::Kind;
use serde_json::json;

use crate::{
    export::aligned,
    form::counted,
    opened,
    progress::Progress,
    stop::{Done, Stop},
    ui::Ui,
};

/// Read and check the log of everything done to a case
#[derive(Debug, clap::Subcommand)]
pub enum Audit {
    Show(ShowArgs),
    Verify(VerifyArgs),
}

/// Print the log: who did what, when
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi audit show heron --last 20")]
pub struct ShowArgs {
    /// The case folder
    case: PathBuf,
    /// Only the last N entries
    #[arg(long, value_name = "N")]
    last: Option<usize>,
}

/// Check that no entry of the log was altered, removed, reordered or cut off
///
/// Prints the tree head (size and root). Keep it somewhere else: a later check against it shows that everything up to
/// then is still there, unaltered.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi audit verify heron --vault
  orochi audit verify heron --head 52:9b1c…")]
pub struct VerifyArgs {
    /// The case folder
    case: PathBuf,
    /// A tree head noted earlier that the log must agree with
    #[arg(long, value_name = "SIZE:ROOT")]
    head: Option<String>,
    /// Also compute the SHA-256 of every native file again
    #[arg(long)]
    vault: bool,
}

impl Audit {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match self {
            Self::Show(args) => args.run(ui),
            Self::Verify(args) => args.run(ui),
        }
    }
}

impl VerifyArgs {
    fn run(self, ui: &Ui) -> Done {
        let noted = self.head.as_deref().map(str::parse::<Head>).transpose()?;
        // Before the case is opened: opening writes out what a cut-off command still owed the log.
        let log = audit::verify(&self.case, noted.as_ref());
        let case = opened::open(ui, &self.case);
        if let (Err(problem), Err(_)) = (&case, &log)
            && problem.kind == Kind::User
        {
            // No case here, or one that may not be read: nothing was touched, the call has to be mended.
            return Err(problem.clone().into());
        }
        let vault = match (&case, self.vault) {
            (Ok(case), true) => {
                let progress = Progress::new(ui, "native files");
                Some((case.verify_vault(&|done, all| progress.at(done, all, 0))?, case.exhibits()?.len()))
            }
            (_, false) => None,
            (Err(problem), true) => return Err(problem.clone().into()),
        };
        let sound = log.is_ok() && vault.as_ref().is_none_or(|(faults, _)| faults.is_empty());
        if ui.json() {
            let mut document = json!({ "verified": sound });
            match &log {
                Ok(verified) => {
                    document["head"] = json!(verified.head().to_string());
                    document["log"] = json!(verified);
                }
                Err(faults) => {
                    let said = |fault: &audit::Fault| {
                        let mut value = json!(fault);
                        value["text"] = json!(fault.to_string());
                        value
                    };
                    document["faults"] = faults.iter().map(said).collect();
                }
            }
            if let Some((faults, files)) = &vault {
                document["vault"] = json!({ "files": files, "faults": faults });
            }
            ui.document(document)?;
        } else {
            let mut text = String::new();
            match &log {
                Ok(verified) => {
                    let entries = counted(verified.entries, "entry", "entries");
                    text.push_str(&format!("The log holds: {entries}, none altered, removed, reordered or cut off.\n"));
                    if verified.pending > 0 {
                        text.push_str(&format!("Of these {} were still to be written out.\n", verified.pending));
                    }
                    text.push_str(&format!("Head: {}\n", verified.head()));
                }
                Err(faults) => {
                    text.push_str("The log does not hold:\n");
                    for fault in faults {
                        text.push_str(&format!("  {fault}\n"));
                    }
                }
            }
            if let Some((faults, files)) = &vault {
                match &faults[..] {
                    [] => text.push_str(&format!(
                        "The vault holds: {} as received.\n",
                        counted(*files as u64, "file", "files")
                    )),
                    faults => {
                        text.push_str("The vault does not hold:\n");
                        for fault in faults {
                            text.push_str(&format!(
                                "  {} ({}): {}\n",
                                fault.exhibit,
                                fault.path.display(),
                                fault.reason
                            ));
                        }
                    }
                }
            }
            ui.print(&text)?;
        }
        if sound { Ok(()) } else { Err(Stop::Reported(3)) }
    }
}

impl ShowArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = opened::open(ui, &self.case)?;
        let entries = audit::entries(case.dir())?;
        let from = self.last.map_or(0, |last| entries.len().saturating_sub(last));
        let entries = &entries[from..];
        if ui.json() {
            return ui.document(json!({ "entries": entries }));
        }
        let rows = entries
            .iter()
            .map(|entry| {
                let action = json!(entry.action).as_str().unwrap_or_default().to_owned();
                vec![
                    entry.seq.to_string(),
                    entry.time.clone(),
                    entry.who.clone(),
                    action,
                    entry.what.clone(),
                    entry.detail.to_string(),
                ]
            })
            .collect();
        ui.print(&aligned(&["entry", "time", "who", "action", "what", "detail"], &[true], rows))
    }
}
