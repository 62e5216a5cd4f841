//! `orochi evaluate --method applications`

use orochi_analysis::lines::{self, LineWeights};
use orochi_casework::{SettingsBook, Watch};
use orochi_evaluate::{
    applications::investigation::Methods,
    applications::{
        figures::ApplicationsFigures,
        investigation::{Goal, MOST, Order, Played},
        study::{ApplicationsRow, rows},
        tables,
    },
    conditions::LinesOptions,
    report::{document, tables::SYNTHETIC},
    study::Plan,
};
use orochi_model::problem::Problem;
use serde_json::json;

use super::evaluate::EvaluateArgs;
use crate::{exit::Done, export::aligned, progress::Steps, ui::Ui};

/// Investigations in the text; `--json` has all.
const LISTED: usize = 60;

/// Plays and counts.
pub(super) fn run(ui: &Ui, args: &EvaluateArgs, plan: &Plan) -> Done {
    for (given, name) in
        [(&args.weights, "--weights"), (&args.plots, "--plots"), (&args.fit, "--fit")].map(|(o, n)| (o.is_some(), n))
    {
        if given {
            return Err(Problem::user(format!("{name} applies to the method lines only"))
                .hint(format!("leave out {name}, or leave out --method applications"))
                .into());
        }
    }
    let settings = SettingsBook::read("applications", args.settings.as_deref())?.applications;
    let methods = Methods { applications: settings, lines: lines::Settings::default() };
    let options = LinesOptions {
        settings: methods.lines.clone(),
        weights: LineWeights::shipped()?.clone(),
        threads: args.threads(),
    };
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    }
    let steps = Steps::new(ui);
    let telling = |step: &str| steps.begin(step);
    let rows = rows(plan, &methods, &options, args.out.as_deref(), &telling)?;
    steps.end();
    let Some(figures) = ApplicationsFigures::from_rows(&rows) else {
        return Err(Problem::user("there is nothing to score").into());
    };
    let written = match &args.report {
        Some(document) => document::write_tables(document, &tables::tables(&figures), &figures, &args.command())?,
        None => Vec::new(),
    };
    if ui.json() {
        let played: Vec<_> =
            rows.iter().map(|row| json!({ "source": row.folder.source, "investigations": row.played })).collect();
        return ui.document(json!({ "note": SYNTHETIC, "figures": figures, "played": played, "written": written }));
    }
    let names: String = written.iter().map(|path| format!("written: {}\n", path.display())).collect();
    ui.print(&format!("{}\n{}{names}", tables::tables(&figures), listed(&rows)))
}

/// How the investigations by the method went, one in a row.
fn listed(rows: &[ApplicationsRow]) -> String {
    let all = rows.iter().flat_map(|row| row.played.iter().map(move |played| (row, played)));
    let all: Vec<(&ApplicationsRow, &Played)> = all.filter(|(_, played)| played.order == Order::Next).collect();
    let cells = all.iter().take(LISTED).map(|(row, played)| {
        let after = |goal: Goal| played.reached.get(&goal).map_or_else(|| "-".to_owned(), u32::to_string);
        let mut cells =
            vec![row.folder.scenario.clone(), row.folder.seed.to_string(), played.line.clone(), played.style.clone()];
        cells.extend(Goal::ALL.map(after));
        cells.push(played.steps.len().to_string());
        cells.push(if played.ran_out { "nothing left" } else { "" }.to_owned());
        cells
    });
    let header =
        ["scenario", "seed", "line", "style", "named", "data", "crew", "holder", "applications (at most 12)", "end"];
    debug_assert_eq!(MOST, 12);
    let right = [false, true, false, false, true, true, true, true, true];
    let more = all.len().saturating_sub(LISTED);
    let more = if more > 0 { format!("({more} more; --json lists them)\n") } else { String::new() };
    format!("{}{more}", aligned(&header, &right, cells.collect()))
}
