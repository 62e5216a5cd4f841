//! `orochi audit`

use std::path::PathBuf;

use orochi_case::audit;
use serde_json::json;

use super::verify;
use crate::{case_session, exit::Done, export::aligned, ui::Ui};

/// Read the log of everything that was done to a case
#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    Show(AuditShowArgs),
    // The name it had when it checked the log and the native files only.
    #[command(hide = true)]
    Verify(AuditVerifyArgs),
}

/// Print the log: who did what, when
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi audit show heron --last 20")]
pub struct AuditShowArgs {
    /// The case folder
    case: PathBuf,
    /// Only the last N entries
    #[arg(long, value_name = "N")]
    last: Option<usize>,
}

/// Check a case: the same as `orochi verify`
#[derive(Debug, clap::Args)]
pub struct AuditVerifyArgs {
    #[command(flatten)]
    verify: verify::VerifyArgs,
    /// Has no effect: native files are always checked. Kept for scripts that use it
    #[arg(long)]
    vault: bool,
}

impl AuditCommand {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match self {
            Self::Show(args) => args.run(ui),
            Self::Verify(args) => args.verify.run(ui),
        }
    }
}

impl AuditShowArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
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
