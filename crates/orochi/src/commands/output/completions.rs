//! `orochi completions`

use clap::CommandFactory;

use crate::{exit::Done, ui::Ui};

/// Print a script that completes commands and options in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi completions bash > ~/.local/share/bash-completion/completions/orochi")]
pub struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

impl CompletionsArgs {
    /// Prints the script; with `--json` as the value of `script`.
    pub fn run(self, ui: &Ui) -> Done {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::Cli::command(), "orochi", &mut script);
        let script = String::from_utf8_lossy(&script);
        if ui.json() {
            return ui.document(serde_json::json!({ "shell": self.shell.to_string(), "script": script }));
        }
        ui.print(&script)
    }
}
