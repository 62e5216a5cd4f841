//! `orochi profiles`

use std::path::PathBuf;

use orochi_layout::Library;
use orochi_model::problem::Problem;
use serde_json::json;

use crate::{exit::Done, export::aligned, ui::Ui};

/// List the known layouts, or print one
#[derive(Debug, clap::Subcommand)]
pub enum ProfilesCommand {
    List(ProfileListArgs),
    Show(ProfileShowArgs),
}

/// List the profiles
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi profiles list --profiles our-profiles")]
pub struct ProfileListArgs {
    /// A folder of your own layout profiles
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
}

/// Print a profile as TOML, for example to start your own from it
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi profiles show uk-call-data > our-profiles/new-operator.toml")]
pub struct ProfileShowArgs {
    /// The profile's name
    name: String,
    /// A folder of your own layout profiles
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
}

impl ProfilesCommand {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match self {
            Self::List(args) => args.run(ui),
            Self::Show(args) => args.run(ui),
        }
    }
}

impl ProfileListArgs {
    fn run(self, ui: &Ui) -> Done {
        let library = Library::open(self.profiles.as_deref())?;
        let table = |profile: &orochi_layout::profile::Profile| profile.table.map(|table| table.as_str());
        if ui.json() {
            let profiles: Vec<_> = library
                .profiles()
                .iter()
                .map(|profile| {
                    json!({
                        "name": profile.name,
                        "version": profile.version,
                        "title": profile.title,
                        "table": table(profile),
                        "source": profile.source,
                    })
                })
                .collect();
            return ui.document(json!({ "profiles": profiles }));
        }
        let rows = library
            .profiles()
            .iter()
            .map(|profile| {
                let table = table(profile).unwrap_or_default().to_owned();
                vec![profile.name.clone(), profile.version.to_string(), table, profile.title.clone()]
            })
            .collect();
        ui.print(&aligned(&["name", "version", "table", "title"], &[false, true], rows))
    }
}

impl ProfileShowArgs {
    fn run(self, ui: &Ui) -> Done {
        let library = Library::open(self.profiles.as_deref())?;
        let profile = library.profiles().iter().find(|profile| profile.name == self.name).ok_or_else(|| {
            Problem::user(format!("there is no profile {}", self.name)).hint("`orochi profiles list` names them all")
        })?;
        if ui.json() {
            return ui.document(json!({ "profile": profile }));
        }
        let text = toml::to_string_pretty(profile)
            .map_err(|error| Problem::bug("a profile cannot be written as TOML").because(error))?;
        ui.print(&text)
    }
}
