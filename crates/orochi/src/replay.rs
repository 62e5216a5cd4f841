//! Runs a command line of a disclosure within another command: one that makes the case again.

use clap::Parser;
use orochi_model::problem::Problem;

use crate::{Cli, exit::Stop, ui::Ui};

/// Runs `args`, the command's name first; what it prints is nobody's.
///
/// # Errors
/// What the command stops with; user kind for a line that is no call of this program.
pub fn run_step(ui: &Ui, args: &[String]) -> Result<(), Problem> {
    let line = || args.join(" ");
    let words = ["orochi"].into_iter().chain(args.iter().map(String::as_str)).chain(["--json"]);
    let cli = Cli::try_parse_from(words).map_err(|error| {
        let said = error.render().to_string();
        let said = said.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        Problem::user("the disclosure contains a command that this version of orochi cannot run")
            .at(line())
            .because(said)
    })?;
    match cli.command.run(&ui.to_nobody()) {
        Ok(()) | Err(Stop::ReaderGone) => Ok(()),
        Err(Stop::Problem(problem)) => Err(if problem.place.is_none() { problem.at(line()) } else { problem }),
        Err(Stop::Usage(said)) => Err(Problem::user(said).at(line())),
        Err(Stop::Reported(_)) => {
            Err(Problem::data("a command in the disclosure did not complete all of its work").at(line()))
        }
    }
}
