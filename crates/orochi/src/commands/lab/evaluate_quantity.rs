//! `orochi evaluate --method quantity`

use orochi_casework::{SettingsBook, Watch};
use orochi_evaluate::{
    quantity::{
        figures::QuantityFigures,
        study::{QuantityOptions, head, rows},
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
        return Err(Problem::user("--plots, --fit and --weights do not apply to the method quantity")
            .hint("leave out these options, or leave out --method quantity")
            .into());
    }
    let SettingsBook { quantity: settings, sources, .. } = SettingsBook::read("quantity", args.settings.as_deref())?;
    orochi_analysis::quantity::check(&settings, &sources)?;
    let options = QuantityOptions { settings, sources, threads: args.threads() };
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    }
    let steps = Steps::new(ui);
    let telling = |step: &str| steps.begin(step);
    let rows = rows(plan, &options, args.out.as_deref(), &telling)?;
    drop(steps);
    let figures = QuantityFigures::from_rows(head(plan, &options), &rows);
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
