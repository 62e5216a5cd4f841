//! `orochi disclose verify`

use std::path::PathBuf;

use orochi_evidence::disclosure::check::{self, Again, Checked};
use orochi_model::problem::Problem;

use crate::{
    exit::{Done, Stop},
    progress::{Progress, Steps},
    replay::run_step,
    text::counted,
    ui::Ui,
};

/// Check a disclosure without the case: check every file and the audit log, and make every finding again
///
/// The exit code is 3 if anything differs. To make the findings again, the native files are taken in again, in a folder
/// that is removed afterwards. A redacted disclosure has no native files, and its findings are compared with the
/// manifest only.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi disclose verify heron-disclosure
  orochi disclose verify heron-disclosure --manifest 9b1c… --no-rerun --json")]
pub struct DisclosureVerifyArgs {
    /// The folder of the disclosure
    disclosure: PathBuf,
    /// The SHA-256 of its manifest, as it was noted elsewhere
    #[arg(long, value_name = "SHA-256")]
    manifest: Option<String>,
    /// Check only the hashes and the log; do not make the findings again
    #[arg(long)]
    no_rerun: bool,
    /// A folder to work in, which must have room for the case; by default the system's folder for temporary files
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
}

impl DisclosureVerifyArgs {
    /// Checks.
    pub fn run(self, ui: &Ui) -> Done {
        ui.mark(check::document(&self.disclosure)?.marking.is_some());
        let parent = self.work.clone().unwrap_or_else(std::env::temp_dir);
        let work = tempfile::Builder::new()
            .prefix("orochi-verify-")
            .tempdir_in(&parent)
            .map_err(|error| Problem::io("make a folder to work in", &parent, &error))?;
        let steps = Steps::new(ui);
        let hashing = Progress::new(ui, "files");
        let again = Again { work: work.path(), step: &|args| run_step(ui, args), watch: &steps };
        let progress = |done, of| hashing.at(done, of, 0);
        let checked =
            check::check(&self.disclosure, self.manifest.as_deref(), (!self.no_rerun).then_some(&again), &progress)?;
        drop((steps, hashing));
        if ui.json() {
            let mut document = serde_json::to_value(&checked)
                .map_err(|error| Problem::bug("the result of a check cannot be written as JSON").because(error))?;
            document["verified"] = checked.faults.is_empty().into();
            ui.document(document)?;
        } else {
            ui.print(&text(&checked))?;
        }
        if checked.faults.is_empty() { Ok(()) } else { Err(Stop::Reported(3)) }
    }
}

fn text(checked: &Checked) -> String {
    let mut text = format!("Disclosure of the case {}, made by {}.\n", checked.case, checked.tool);
    let mut line = |said: String| text.push_str(&format!("  {said}\n"));
    line(format!(
        "{} as the manifest states; the manifest's SHA-256 is {}",
        counted(checked.files as u64, "file", "files"),
        checked.manifest
    ));
    line(format!(
        "the log's head {}: {} shown, {} withheld",
        checked.head,
        counted(checked.entries, "entry", "entries"),
        checked.withheld
    ));
    if checked.redacted.is_empty() {
        line(format!(
            "{} as the log says they were received",
            counted(checked.natives as u64, "native file", "native files")
        ));
    } else {
        line(format!(
            "redacted ({}): native files are left out, and findings cannot be made again",
            checked.redacted.join(", ")
        ));
    }
    if let Some(findings) = checked.findings {
        let documents = counted(findings as u64, "document of findings", "documents of findings");
        line(format!("{documents} made again from the native files, identical byte for byte"));
    }
    if checked.faults.is_empty() {
        text.push_str("The disclosure is intact.\n");
    } else {
        text.push_str("The disclosure is not intact:\n");
        checked.faults.iter().for_each(|fault| text.push_str(&format!("  {fault}\n")));
    }
    text
}
