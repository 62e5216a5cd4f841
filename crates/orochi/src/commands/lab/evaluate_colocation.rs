//! `orochi evaluate --method colocation`

use std::path::Path;

use orochi_casework::{Watch, inputs::model};
use orochi_evaluate::{
    colocation::{
        figures::ColocationFigures,
        plots,
        study::{head, rows},
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
    if args.settings.is_some() || args.fit.is_some() || args.weights.is_some() {
        return Err(Problem::user("--settings, --fit and --weights do not apply to the method colocation")
            .hint("leave out these options; orochi colocation --registrations --fit fits a model")
            .into());
    }
    let model = model(None)?;
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    }
    let steps = Steps::new(ui);
    let telling = |step: &str| steps.begin(step);
    let rows = rows(plan, &model, args.out.as_deref(), &telling)?;
    drop(steps);
    let figures = ColocationFigures::from_rows(head(plan, &model)?, &rows);
    let mut text = tables::tables(&figures);
    let mut written = Vec::new();
    if let Some(folder) = &args.plots {
        written.extend(plots::write(folder, "colocation-", &rows)?.0);
    }
    if let Some(document) = &args.report {
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        let (files, words) = plots::write(document.parent().unwrap_or(Path::new(".")), &format!("{name}-"), &rows)?;
        written.extend(files);
        text.push_str(&words);
        written.extend(document::write_tables(document, &text, &figures, &args.command())?);
    }
    if ui.json() {
        return ui.document(json!({ "note": SYNTHETIC, "figures": figures, "written": written }));
    }
    let names: String = written.iter().map(|path| format!("written: {}\n", path.display())).collect();
    ui.print(&format!("{text}\n{names}"))
}
