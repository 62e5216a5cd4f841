//! The command line: parse, call, print; nothing else.
//!
//! `main` is this page. A command is a file under `commands`, with what can be typed (`XArgs`, whose doc comment is the
//! help) and `run`. Data goes to standard output and everything else to standard error ([`ui`]); why a command stops
//! early and with which exit code is in [`exit`]; rows leave through [`export`].

mod authorities;
mod case_session;
mod commands;
mod consultation;
mod exit;
mod export;
mod period;
mod progress;
#[cfg(test)]
mod reference_docs;
mod replay;
mod text;
mod ui;
mod view;

use std::process::ExitCode;

use clap::Parser;
use orochi_model::program;

use crate::{exit::Stop, ui::Ui};

// Tables are read and pages set on all processors at once, in many pieces that are soon freed; the system's allocator
// gives their memory back each time only to ask for it again: see docs/benchmarks.md.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Analyses communications data in county lines cases: takes in disclosures, ties every figure to its rows, ranks deal
/// lines.
///
/// Data goes to standard output, messages to standard error. With --json, standard output holds exactly one JSON
/// document; it is empty when there is no result, and each error is one line on standard error: {"error": {"kind",
/// "message", "place", "cause", "hint"}}, kind being user, usage, data or bug. Exit codes: 0 done, 1 an error that you
/// can correct, 2 wrong usage, 3 damaged data, 101 a mistake in the program.
#[derive(Debug, Parser)]
#[command(name = "orochi", version = program::version(), max_term_width = 120, arg_required_else_help = true)]
struct Cli {
    /// Print exactly one JSON document on standard output, and errors as JSON on standard error
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    program::built_from(env!("OROCHI_BUILD"));
    ui::hook_panics();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error),
    };
    #[cfg(debug_assertions)]
    assert!(std::env::var_os("OROCHI_TEST_PANIC").is_none(), "asked for by a test");
    let ui = Ui::new(cli.json);
    let Err(stop) = cli.command.run(&ui) else { return ExitCode::SUCCESS };
    match &stop {
        Stop::Problem(problem) => ui.problem(problem),
        Stop::Usage(message) => ui.usage(message),
        Stop::ReaderGone | Stop::Reported(_) => {}
    }
    ExitCode::from(stop.code())
}

/// Help, version, or a call that cannot be read.
fn unparsed(error: &clap::Error) -> ExitCode {
    if error.use_stderr() && std::env::args_os().any(|arg| arg == "--json") {
        let text = error.render().to_string();
        let said =
            text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
        let message = said.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        Ui::new(true).usage(message.strip_prefix("error: ").unwrap_or(&message));
    } else {
        // A closed standard output is no error here either.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
