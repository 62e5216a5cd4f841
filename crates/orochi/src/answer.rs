//! Runs a command line within another command, its JSON document into a file: exactly what the command would print.

use std::{fs::File, path::Path};

use clap::Parser;
use orochi_model::problem::Problem;

use crate::{Cli, stop::Stop, ui::Ui};

/// Runs `args`, the command's name first, without `--json`.
///
/// # Errors
/// What the command stops with; user kind for a line that is no call of this program.
pub fn answer(ui: &Ui, args: &[String], file: &Path) -> Result<(), Problem> {
    let line = || args.join(" ");
    let words = ["orochi"].into_iter().chain(args.iter().map(String::as_str)).chain(["--json"]);
    let cli = Cli::try_parse_from(words).map_err(|error| {
        let said = error.render().to_string();
        let said = said.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        Problem::user("this program does not take a command line of the disclosure").at(line()).because(said)
    })?;
    let out = File::create(file).map_err(|error| Problem::io("write", file, &error))?;
    match cli.command.run(&ui.to_file(out)) {
        Ok(()) | Err(Stop::ReaderGone) => Ok(()),
        Err(Stop::Problem(problem)) => Err(if problem.place.is_none() { problem.at(line()) } else { problem }),
        Err(Stop::Usage(said)) => Err(Problem::user(said).at(line())),
        Err(Stop::Reported(_)) => {
            Err(Problem::data("a command of the disclosure did not do all of its work").at(line()))
        }
    }
}
