//! `orochi evaluate --method attribution`

use orochi_casework::{SettingsBook, Watch, inputs::model};
use orochi_evaluate::{
    attribution::{
        figures::AttributionFigures,
        study::{AttributionOptions, head, rows},
        tables,
    },
    report::{document, tables::SYNTHETIC},
    study::Plan,
};
use orochi_model::problem::Problem;
use serde_json::json;

use super::evaluate::EvaluateArgs;
use crate::{exit::Done, progress::Steps, ui::Ui};

/// Scores.
pub(super) fn run(ui: &Ui, args: &EvaluateArgs, plan: &Plan) -> Done {
    if args.plots.is_some() || args.fit.is_some() || args.weights.is_some() {
        return Err(Problem::user("--plots, --fit and --weights do not apply to the method attribution")
            .hint("leave out these options, or leave out --method attribution")
            .into());
    }
    let settings = SettingsBook::read("attribution", args.settings.as_deref())?.attribution;
    let options = AttributionOptions { settings, model: model(None)?, threads: args.threads() };
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    }
    let steps = Steps::new(ui);
    let telling = |step: &str| steps.begin(step);
    let rows = rows(plan, &options, args.out.as_deref(), &telling)?;
    drop(steps);
    let figures = AttributionFigures::from_rows(head(plan, &options)?, &rows);
    let written = match &args.report {
        Some(document) => document::write_tables(document, &tables::tables(&figures), &figures, &args.command())?,
        None => Vec::new(),
    };
    if ui.json() {
        return ui.document(json!({ "note": SYNTHETIC, "figures": figures, "rows": rows, "written": written }));
    }
    let names: String = written.iter().map(|path| format!("written: {}\n", path.display())).collect();
    ui.print(&format!("{}\n{names}", tables::tables(&figures)))
}
