//! `orochi verify`

use std::path::PathBuf;

use orochi_case::{
    audit::{self, Head},
    verify::{Fault, Part, Report, verify},
};
use serde_json::{Value, json};

use crate::{
    exit::{Done, Stop},
    progress::Progress,
    text::counted,
    ui::Ui,
};

/// Check that every byte of a case is what was committed
///
/// Compares the log with its tree head, the catalogue with the log, native files with their hashes, and tables, keys,
/// kept mappings and derived tables with the hashes recorded when they were committed. Names each file that differs,
/// the place in it and how to put it right. Changes nothing.
///
/// Prints the tree head (size and root). Keep it somewhere else: a later check against it shows that everything up to
/// then is still there, unaltered.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi verify heron
  orochi verify heron --head 52:9b1c…")]
pub struct VerifyArgs {
    /// The case folder
    case: PathBuf,
    /// A tree head noted earlier that the log must agree with
    #[arg(long, value_name = "SIZE:ROOT")]
    head: Option<String>,
}

impl VerifyArgs {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        let noted = self.head.as_deref().map(str::parse::<Head>).transpose()?;
        let progress = Progress::new(ui, "verify");
        let report = verify(&self.case, noted.as_ref(), &|done, all| progress.at(done, all, 0))?;
        drop(progress);
        ui.mark(report.training.unwrap_or_default());
        if ui.json() {
            ui.document(document(&report))?
        } else {
            ui.print(&text(&report))?
        }
        if report.holds() { Ok(()) } else { Err(Stop::Reported(3)) }
    }
}

fn document(report: &Report) -> Value {
    let mut document = json!({ "verified": report.holds() });
    let mut faults: Vec<Value> = Vec::new();
    match &report.log {
        Ok(verified) => {
            document["head"] = json!(verified.head().to_string());
            document["log"] = json!(verified);
        }
        Err(found) => faults.extend(found.iter().map(|fault: &audit::Fault| {
            let mut value =
                json!({ "part": "log", "file": "audit.jsonl", "text": fault.to_string(), "mend": MEND_LOG });
            if let (Value::Object(value), Value::Object(fault)) = (&mut value, json!(fault)) {
                value.extend(fault);
            }
            value
        })),
    }
    faults.extend(report.faults.iter().map(|fault| {
        let mut value = json!(fault);
        value["text"] = json!(fault_text(fault));
        value
    }));
    document["parts"] = json!(report.counts);
    document["faults"] = Value::Array(faults);
    document["unvouched"] = json!(report.unvouched);
    document
}

/// An altered line has to come from somewhere.
const MEND_LOG: &str = "restore the case folder from a copy; no command can repair a log";

fn fault_text(fault: &Fault) -> String {
    let place = fault.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
    format!("{}{place}: {}", fault.file.display(), fault.reason)
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    match &report.log {
        Ok(verified) => {
            let entries = counted(verified.entries, "entry", "entries");
            text.push_str(&format!("The log is intact: {entries}, none altered, removed, reordered or cut off.\n"));
            if verified.pending > 0 {
                text.push_str(&format!("Of these, {} had not yet been written out.\n", verified.pending));
            }
        }
        Err(faults) => {
            text.push_str("The log is not intact:\n");
            for fault in faults {
                text.push_str(&format!("  {fault}\n"));
            }
            text.push_str(&format!("    to put it right: {MEND_LOG}\n"));
        }
    }
    for part in [Part::Catalogue, Part::Mappings, Part::Vault, Part::Tables, Part::Keys, Part::Derived] {
        let checked = report.counts.iter().find(|count| count.part == part).map(|count| count.checked);
        let faults: Vec<&Fault> = report.faults.iter().filter(|fault| fault.part == part).collect();
        let (name, files) = words(part, checked.unwrap_or_default());
        match (&faults[..], checked) {
            ([], None) => text.push_str(&format!("{name} were not checked: the catalogue cannot be read.\n")),
            ([], Some(0)) => text.push_str(&format!("{name}: there is nothing to compare.\n")),
            ([], Some(_)) => text.push_str(&format!("{name} {} intact: {files}.\n", verb(part))),
            (faults, _) => {
                let not = if part == Part::Catalogue || part == Part::Vault { "is" } else { "are" };
                text.push_str(&format!("{name} {not} not intact:\n"));
                for fault in faults {
                    text.push_str(&format!("  {}\n    to put it right: {}\n", fault_text(fault), fault.mend));
                }
            }
        }
    }
    if !report.unvouched.is_empty() {
        text.push_str("Nothing vouches for these:\n");
        for one in &report.unvouched {
            text.push_str(&format!("  {}: {}\n", one.file.display(), one.reason));
        }
    }
    if let Ok(verified) = &report.log {
        text.push_str(&format!("Head: {}\n", verified.head()));
    }
    text
}

fn verb(part: Part) -> &'static str {
    match part {
        Part::Catalogue | Part::Vault => "is",
        _ => "are",
    }
}

/// A part, and what was compared of it.
fn words(part: Part, checked: u64) -> (&'static str, String) {
    let files = counted(checked, "file", "files");
    match part {
        Part::Catalogue => ("The catalogue", "its rows are those that the log records".to_owned()),
        Part::Mappings => {
            ("The mappings", format!("how {} is as recorded", counted(checked, "file was read", "files were read")))
        }
        Part::Vault => ("The vault", format!("{files} as received")),
        Part::Tables => ("The tables", format!("{files} as committed")),
        Part::Keys => ("The keys", format!("{files} as committed")),
        Part::Derived => ("The derived tables", format!("{files} as derived")),
    }
}
