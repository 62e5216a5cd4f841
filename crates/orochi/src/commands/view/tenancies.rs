//! `orochi tenancies`

use std::path::PathBuf;

use crate::{
    derived_tables::Derived,
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs, View},
};

/// Print the tenancies: which SIM and number were used in which handset, from when to when
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi tenancies heron --number 07700900123 --from 2024-03-01 --to 2024-03-31\
                        \n  orochi tenancies heron --format csv --out tenancies.csv")]
pub struct TenanciesArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const VIEW: View = View {
    name: "tenancies",
    shown: &["number", "imsi", "imei", "from", "to", "records", "exhibit", "row"],
    numbers: &["number"],
    times: Some(("from", "to")),
    derived: Some(Derived::Tenancies),
    order: &["number", "from", "to", "imsi", "imei"],
};

impl TenanciesArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &VIEW, &self.case, &self.filter, &self.output)
    }
}
