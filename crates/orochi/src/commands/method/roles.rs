//! `orochi roles`

use std::path::PathBuf;

use orochi_analysis::roles::{self, Referral, Role, RoleFinding, RolesReport};
use orochi_casework::{Inputs, Question, SettingsBook};
use serde_json::json;

use super::colocation::reasons;
use crate::{
    consultation::Consultation,
    exit::Done,
    progress::Steps,
    text::{counted, printable},
    ui::Ui,
};

/// Customers and repeat contacts of a line whose reasons the text gives.
const LISTED: usize = 5;

/// Suggest who does what for a line, with reasons, and who may need protection
///
/// For every flagged line, the method asks whose phone moves with the line's phone, whom the line calls repeatedly, who
/// is in contact with several of these people and with hardly anyone else around the line, who received its bulk texts,
/// and who contacts it repeatedly. Each answer is a hypothesis with reasons for and against. Where a number shows signs
/// of exploitation, a safeguarding referral is suggested, without a rank.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi roles heron
  orochi roles heron --json")]
pub struct RolesArgs {
    /// The case folder
    case: PathBuf,
    /// TOML file of thresholds to change (name = value), or a folder with one such file for each method (lines.toml,
    /// …); the names are listed under `settings` in the JSON output
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
    /// A fitted model of co-location (JSON) to use in place of the shipped one
    #[arg(long, value_name = "JSON")]
    model: Option<PathBuf>,
}

impl RolesArgs {
    /// Suggests.
    pub fn run(self, ui: &Ui) -> Done {
        let book = SettingsBook::read("roles", self.settings.as_deref())?;
        let inputs = Inputs::new(book)?.with_model(self.model.as_deref())?;
        let asked = json!({ "model": self.model });
        let consultation = Consultation::open(ui, &self.case, roles::METHOD, inputs, asked)?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        let report = investigation.roles()?;
        steps.end();
        if ui.json() {
            return ui.stream_document(&investigation.answer(&Question::Roles)?);
        }
        ui.print(&text(ui, report))
    }
}

fn text(ui: &Ui, report: &RolesReport) -> String {
    let method = &report.method;
    let mut text = format!("Method {} {}. Each role is a hypothesis; a person decides.\n", method.name, method.version);
    if report.lines.is_empty() {
        text.push_str("\nNo number is flagged as a line.\n");
    }
    if !report.safeguarding.is_empty() {
        text.push_str(&format!("\n{}\n", ui.bold("People who may need protection")));
        text.push_str(&report.safeguarding.iter().map(referral).collect::<String>());
    }
    for line in &report.lines {
        let first = line.first().map(String::as_str).unwrap_or_default();
        text.push_str(&format!("\n{}\n", ui.bold(&format!("Line {}", line.join(", ")))));
        for role in [Role::Holder, Role::Controller, Role::Runner, Role::Supplier, Role::Customer, Role::RepeatContact]
        {
            let all: Vec<&RoleFinding> =
                report.findings.iter().filter(|one| one.line == first && one.role == role).collect();
            text.push_str(&of_role(role, &all));
        }
    }
    text
}

fn of_role(role: Role, all: &[&RoleFinding]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let (one, many) = match role {
        Role::Holder => ("possible holder", "possible holders"),
        Role::Controller => ("possible controller", "possible controllers"),
        Role::Runner => ("possible runner", "possible runners"),
        Role::Supplier => ("possible supplier", "possible suppliers"),
        Role::Customer => ("possible customer", "possible customers"),
        Role::RepeatContact => ("repeat contact", "repeat contacts"),
    };
    let shown = if role.works() { all.len() } else { LISTED };
    let mut text = format!(" {}\n", counted(all.len() as u64, one, many));
    for finding in all.iter().take(shown) {
        text.push_str(&format!("  {}\n{}", printable(&finding.number), indented(&reasons(&finding.reasons))));
    }
    if all.len() > shown {
        text.push_str(&format!("  and {} more; --json has all\n", all.len() - shown));
    }
    text
}

fn referral(one: &Referral) -> String {
    format!(
        "  {}\n    {}\n{}",
        printable(&one.number),
        printable(one.statement.as_str()),
        indented(&reasons(&one.reasons))
    )
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}
