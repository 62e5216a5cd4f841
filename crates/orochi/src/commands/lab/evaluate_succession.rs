//! `orochi evaluate --method succession`

use orochi_analysis::succession::SuccessionWeights;
use orochi_casework::{SettingsBook, Watch};
use orochi_evaluate::{
    report::{document, tables::SYNTHETIC},
    study::Plan,
    succession::{
        figures::SuccessionFigures,
        fit,
        study::{SuccessionOptions, SuccessionRow, head, rows},
        tables,
    },
};
use orochi_model::problem::Problem;
use serde_json::json;

use super::evaluate::{EvaluateArgs, fitted};
use crate::{exit::Done, export::aligned, progress::Steps, ui::Ui};

/// Faults in the text; `--json` has all.
const LISTED: usize = 60;

/// Scores, or fits.
pub(super) fn run(ui: &Ui, args: &EvaluateArgs, plan: &Plan) -> Done {
    if args.plots.is_some() {
        return Err(Problem::user("--plots does not apply to the method succession")
            .hint("leave out --plots, or leave out --method succession")
            .into());
    }
    let settings = SettingsBook::read("succession", args.settings.as_deref())?.succession;
    let weights = match &args.weights {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| Problem::io("read the weights", path, &error))?;
            SuccessionWeights::read(&text).map_err(|problem| problem.at(path.display()))?
        }
        None => SuccessionWeights::shipped()?.clone(),
    };
    let options = SuccessionOptions { settings, weights, threads: args.threads() };
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    }
    let steps = Steps::new(ui);
    let telling = |step: &str| steps.begin(step);
    let rows = rows(plan, &options, args.out.as_deref(), &telling)?;
    drop(steps);
    if let Some(path) = &args.fit {
        let weights = fit::fit(plan, &rows, args.how()?.penalty, &args.command())?;
        return fitted(ui, path, &weights.write()?, &weights.made.how);
    }
    let figures = SuccessionFigures::from_rows(head(plan, &options)?, &rows);
    let written = match &args.report {
        Some(document) => document::write_tables(document, &tables::tables(&figures), &figures, &args.command())?,
        None => Vec::new(),
    };
    if ui.json() {
        let outcomes: Vec<_> =
            rows.iter().map(|row| json!({ "source": row.folder.source, "outcomes": row.outcomes })).collect();
        return ui.document(json!({ "note": SYNTHETIC, "figures": figures, "rows": outcomes, "written": written }));
    }
    let names: String = written.iter().map(|path| format!("written: {}\n", path.display())).collect();
    ui.print(&format!("{}\n{}{names}", tables::tables(&figures), listed(&rows)))
}

/// What was missed and what was linked wrongly.
fn listed(rows: &[SuccessionRow]) -> String {
    let mut all = Vec::new();
    for row in rows {
        for outcome in &row.outcomes {
            for fault in &outcome.faults {
                all.push(vec![
                    format!("{} {}", row.folder.scenario, row.folder.seed),
                    outcome.held.words().to_owned(),
                    outcome.days.to_string(),
                    outcome.asked.clone().unwrap_or_default(),
                    fault.what.clone(),
                    fault.which.map_or_else(String::new, |which| format!("{which:?}").to_lowercase()),
                    fault.from.clone(),
                    fault.to.clone(),
                    format!("{:.2}", fault.score),
                ]);
            }
        }
    }
    if all.is_empty() {
        return "Every step that was seen was linked, and nothing else was.\n".to_owned();
    }
    let more = all.len().saturating_sub(LISTED);
    all.truncate(LISTED);
    let header = ["folder", "held", "days", "asked", "what", "which", "from", "to", "score"];
    let right = [false, false, true, false, false, false, false, false, true];
    let more = if more > 0 { format!("({more} more; --json lists them)\n") } else { String::new() };
    format!("{}{more}", aligned(&header, &right, all))
}
