//! `orochi man`

use std::path::PathBuf;

use clap::CommandFactory;
use orochi_model::problem::Problem;

use crate::{exit::Done, ui::Ui};

/// Write manual pages, one for each command, into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi man ~/.local/share/man/man1 && man orochi-lines")]
pub struct ManArgs {
    /// The folder; it is made if it does not exist
    folder: PathBuf,
}

impl ManArgs {
    /// Writes the pages.
    pub fn run(self, ui: &Ui) -> Done {
        let wrong = |error: std::io::Error| Problem::io("write the manual pages", &self.folder, &error);
        std::fs::create_dir_all(&self.folder).map_err(wrong)?;
        clap_mangen::generate_to(crate::Cli::command(), &self.folder).map_err(wrong)?;
        if ui.json() {
            return ui.document(serde_json::json!({ "folder": self.folder }));
        }
        ui.print(&format!("Manual pages are in {}.\n", self.folder.display()))
    }
}
