//! One file for each command: what can be typed, and `run`.

pub mod case;
pub mod lab;
pub mod method;
pub mod output;
pub mod view;

use case::{add, audit, authority, folder, line, preview, profiles, reading, release, verify};
use lab::{evaluate, simulate};
use method::{applications, attribution, colocation, lines, quantity, roles, succession, tenancy};
use output::{completions, disclose, export, man, pack};
use view::{cells, events, excess, presences, records, rejects, row, sql, tenancies};

use crate::{exit::Done, ui::Ui};

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Add(add::AddArgs),
    #[command(alias = "next")]
    Applications(applications::ApplicationsArgs),
    #[command(alias = "attribute")]
    Attribution(attribution::AttributionArgs),
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    #[command(subcommand)]
    Authority(authority::AuthorityCommand),
    #[command(subcommand)]
    Case(folder::CaseCommand),
    Cells(cells::CellsArgs),
    #[command(alias = "colocate")]
    Colocation(colocation::ColocationArgs),
    Completions(completions::CompletionsArgs),
    Disclose(disclose::Disclose),
    Evaluate(evaluate::EvaluateArgs),
    Events(events::EventsArgs),
    Excess(excess::ExcessArgs),
    Export(export::ExportArgs),
    #[command(subcommand)]
    Line(line::LineCommand),
    Lines(lines::LinesArgs),
    Man(man::ManArgs),
    Pack(pack::PackArgs),
    Presences(presences::PresencesArgs),
    Preview(preview::PreviewArgs),
    #[command(subcommand)]
    Profiles(profiles::ProfilesCommand),
    Quantity(quantity::QuantityArgs),
    Reading(reading::ReadingArgs),
    Records(records::RecordsArgs),
    Rejects(rejects::RejectsArgs),
    Release(release::ReleaseArgs),
    Roles(roles::RolesArgs),
    Row(row::RowArgs),
    Simulate(simulate::SimulateArgs),
    Sql(sql::SqlArgs),
    Succession(succession::SuccessionArgs),
    Tenancies(tenancies::TenanciesArgs),
    Tenancy(tenancy::TenancyArgs),
    Verify(verify::VerifyArgs),
}

impl Command {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match self {
            Self::Add(args) => args.run(ui),
            Self::Applications(args) => args.run(ui),
            Self::Attribution(args) => args.run(ui),
            Self::Audit(audit) => audit.run(ui),
            Self::Authority(authority) => authority.run(ui),
            Self::Case(case) => case.run(ui),
            Self::Cells(args) => args.run(ui),
            Self::Colocation(args) => args.run(ui),
            Self::Completions(args) => args.run(ui),
            Self::Disclose(args) => args.run(ui),
            Self::Evaluate(args) => args.run(ui),
            Self::Events(args) => args.run(ui),
            Self::Excess(args) => args.run(ui),
            Self::Export(args) => args.run(ui),
            Self::Line(line) => line.run(ui),
            Self::Lines(args) => args.run(ui),
            Self::Man(args) => args.run(ui),
            Self::Pack(args) => args.run(ui),
            Self::Presences(args) => args.run(ui),
            Self::Preview(args) => args.run(ui),
            Self::Profiles(profiles) => profiles.run(ui),
            Self::Quantity(args) => args.run(ui),
            Self::Reading(args) => args.run(ui),
            Self::Records(args) => args.run(ui),
            Self::Rejects(args) => args.run(ui),
            Self::Release(args) => args.run(ui),
            Self::Roles(args) => args.run(ui),
            Self::Row(args) => args.run(ui),
            Self::Simulate(args) => args.run(ui),
            Self::Sql(args) => args.run(ui),
            Self::Succession(args) => args.run(ui),
            Self::Tenancies(args) => args.run(ui),
            Self::Tenancy(args) => args.run(ui),
            Self::Verify(args) => args.run(ui),
        }
    }
}
