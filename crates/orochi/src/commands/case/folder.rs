//! `orochi case`

use std::path::PathBuf;

use orochi_case::Exhibit;
use serde_json::json;

use super::authority::{authority_table, authority_value};
use crate::{
    case_session,
    exit::Done,
    export::aligned,
    text::{counted, fields},
    ui::Ui,
};

/// Make a case, or show what it holds
#[derive(Debug, clap::Subcommand)]
pub enum CaseCommand {
    New(CaseNewArgs),
    Show(CaseShowArgs),
}

/// Make a new case in a new folder
///
/// A live case takes in only what an authority covers (see `orochi authority add`); the rest is excess data. A training
/// case needs no authority, and everything it prints or exports says TRAINING.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi case new operation-heron --name 'Operation Heron' --reference HN-2024-0117
  orochi case new exercise --name Exercise --reference EX-1 --training")]
pub struct CaseNewArgs {
    /// The folder to make
    dir: PathBuf,
    /// The case's name
    #[arg(long)]
    name: String,
    /// The case's reference, for example its URN
    #[arg(long, value_name = "URN")]
    reference: String,
    /// Make a training case
    #[arg(long)]
    training: bool,
}

/// Show a case: its exhibits, authorities and counts
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi case show operation-heron")]
pub struct CaseShowArgs {
    /// The case folder
    case: PathBuf,
}

impl CaseCommand {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match self {
            Self::New(args) => args.run(ui),
            Self::Show(args) => args.run(ui),
        }
    }
}

impl CaseNewArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = orochi_case::Case::create(&self.dir, &self.name, &self.reference, self.training)?;
        ui.mark(case.about().training);
        if ui.json() {
            return ui.document(json!({ "case": case.about(), "folder": case.dir() }));
        }
        ui.print(&fields(&[
            ("case", case.about().name.clone()),
            ("reference", case.about().reference.clone()),
            ("folder", self.dir.display().to_string()),
        ]))?;
        let dir = self.dir.display();
        ui.note(&if self.training {
            format!("Next: orochi add {dir} FILE…")
        } else {
            format!("Next: orochi authority add {dir} …, then orochi add {dir} FILE…")
        });
        Ok(())
    }
}

impl CaseShowArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        case_session::consult(&case, "case show", json!({}))?;
        let (about, exhibits, authorities) = (case.about(), case.exhibits()?, case.authorities()?);
        let releases = case.releases()?;
        let sum = |part: fn(&Exhibit) -> u64| exhibits.iter().map(part).sum::<u64>();
        let totals = [
            ("rows", sum(|exhibit| exhibit.tally.rows)),
            ("records", sum(|exhibit| exhibit.tally.records)),
            ("rejects", sum(|exhibit| exhibit.tally.rejects)),
            ("excess", sum(|exhibit| exhibit.tally.excess)),
            ("duplicates", sum(|exhibit| exhibit.duplicates)),
        ];
        if ui.json() {
            return ui.document(json!({
                "case": about,
                "exhibits": exhibits,
                "authorities": authorities.iter().map(authority_value).collect::<Vec<_>>(),
                "releases": releases,
                "totals": totals.iter().map(|(name, count)| ((*name).to_owned(), json!(count)))
                    .collect::<serde_json::Map<_, _>>(),
            }));
        }
        let mut text = fields(&[
            ("case", about.name.clone()),
            ("reference", about.reference.clone()),
            ("kind", if about.training { "training" } else { "live" }.to_owned()),
            ("made", about.created.clone()),
        ]);
        text.push_str(&format!("\n{}\n", ui.bold(&counted(exhibits.len() as u64, "exhibit", "exhibits"))));
        if !exhibits.is_empty() {
            text.push_str(&exhibit_table(&exhibits, &totals));
        }
        for exhibit in exhibits.iter().filter(|exhibit| !exhibit.unmapped.is_empty() || !exhibit.remarks.is_empty()) {
            text.push_str(&format!("\n{} {}\n", exhibit.label, exhibit.file));
            if !exhibit.unmapped.is_empty() {
                text.push_str(&format!("  columns not used: {}\n", exhibit.unmapped.join(", ")));
            }
            for remark in &exhibit.remarks {
                text.push_str(&format!("  {remark}\n"));
            }
        }
        if !about.training || !authorities.is_empty() {
            let count = counted(authorities.len() as u64, "authority", "authorities");
            text.push_str(&format!("\n{}\n", ui.bold(&count)));
            if !authorities.is_empty() {
                text.push_str(&authority_table(&authorities));
            }
        }
        if !releases.is_empty() {
            text.push_str(&format!("\n{}\n", ui.bold(&counted(releases.len() as u64, "release", "releases"))));
            for release in &releases {
                let rows = match (release.first_row, release.last_row) {
                    (0, _) => "all excess rows".to_owned(),
                    (first, last) => format!("rows {first} to {last}"),
                };
                text.push_str(&format!("{} {rows}: {} ({})\n", release.exhibit, release.reason, release.released_by));
            }
        }
        ui.print(&text)
    }
}

fn exhibit_table(exhibits: &[Exhibit], totals: &[(&str, u64)]) -> String {
    let header = ["exhibit", "file", "profile", "rows", "records", "rejects", "excess", "duplicates"];
    let right = [false, false, false, true, true, true, true, true];
    let mut rows: Vec<Vec<String>> = exhibits
        .iter()
        .map(|exhibit| {
            let tally = &exhibit.tally;
            let counts = [tally.rows, tally.records, tally.rejects, tally.excess, exhibit.duplicates];
            [exhibit.label.clone(), exhibit.file.clone(), exhibit.profile.clone()]
                .into_iter()
                .chain(counts.into_iter().map(crate::text::count))
                .collect()
        })
        .collect();
    if exhibits.len() > 1 {
        let counts = totals.iter().map(|(_, count)| crate::text::count(*count));
        rows.push(["all".to_owned(), String::new(), String::new()].into_iter().chain(counts).collect());
    }
    aligned(&header, &right, rows)
}
