//! `orochi authority`

use std::path::PathBuf;

use orochi_model::{authority::Authority as Authorised, identifier};
use orochi_tables::cell_text::time_text;
use serde_json::{Value, json};

use crate::{
    authorities, case_session,
    exit::{Done, Stop},
    export::aligned,
    period,
    text::counted,
    ui::Ui,
};

/// State what a live case may hold: identifiers and periods
#[derive(Debug, clap::Subcommand)]
pub enum AuthorityCommand {
    Add(AuthorityAddArgs),
    List(AuthorityListArgs),
}

/// Add an authority, or all authorities in a file
///
/// Rows of later files outside every authority's identifiers or period are quarantined as excess data. The file is CSV
/// with a header line: reference, identifiers (separated by ; or |), from, to.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi authority add heron --reference A-17 --identifier +447700900123 --from 2024-03-01 --to 2024-03-31
  orochi authority add heron --file authorities.csv")]
pub struct AuthorityAddArgs {
    /// The case folder
    case: PathBuf,
    /// The authority's reference
    #[arg(long, required_unless_present = "file")]
    reference: Option<String>,
    /// An authorised identifier: a number, an IMSI or an IMEI (imsi:… or imei:… where the digits could
    /// be both); repeat for more
    #[arg(long, value_name = "ID", value_parser = identifier::read, required_unless_present = "file")]
    identifier: Vec<String>,
    /// First day (or time) covered; British civil time unless an offset is given
    #[arg(long, value_name = "DATE", required_unless_present = "file")]
    from: Option<period::From>,
    /// Last day covered, that day included (or the time at which it ends)
    #[arg(long, value_name = "DATE", required_unless_present = "file")]
    to: Option<period::To>,
    /// Take the authorities from this CSV file
    #[arg(long, value_name = "CSV", conflicts_with_all = ["reference", "identifier", "from", "to"])]
    file: Option<PathBuf>,
}

/// List the authorities of a case
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi authority list heron")]
pub struct AuthorityListArgs {
    /// The case folder
    case: PathBuf,
}

impl AuthorityCommand {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match self {
            Self::Add(args) => args.run(ui),
            Self::List(args) => args.run(ui),
        }
    }
}

impl AuthorityAddArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        let authorities = match (self.file, self.reference, self.from, self.to) {
            (Some(file), ..) => authorities::read(&file)?,
            (None, Some(reference), Some(from), Some(to)) => {
                let identifiers = self.identifier.into_iter().collect();
                vec![Authorised { reference, identifiers, from_us: from.0, to_us: to.0 }]
            }
            _ => {
                return Err(Stop::Usage(
                    "an authority needs --reference, --identifier, --from and --to, or --file".into(),
                ));
            }
        };
        let added = case.add_authorities(&authorities)?;
        if ui.json() {
            let authorities: Vec<_> = authorities.iter().map(authority_value).collect();
            return ui.document(json!({ "added": added, "authorities": authorities }));
        }
        let known = authorities.len() - added;
        let known = if known > 0 { format!("; {known} already there") } else { String::new() };
        ui.print(&format!(
            "{} added{known}\n{}",
            counted(added as u64, "authority", "authorities"),
            authority_table(&authorities)
        ))?;
        if case.exhibits()?.iter().any(|exhibit| exhibit.tally.excess > 0) {
            ui.note("Excess data already quarantined stays quarantined; `orochi release` releases it, with a reason.");
        }
        Ok(())
    }
}

impl AuthorityListArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        case_session::consult(&case, "authority list", json!({}))?;
        let authorities = case.authorities()?;
        if ui.json() {
            let authorities: Vec<_> = authorities.iter().map(authority_value).collect();
            return ui.document(json!({ "authorities": authorities }));
        }
        ui.print(&authority_table(&authorities))
    }
}

/// An authority as JSON; `to` is the first instant no longer covered.
pub fn authority_value(authority: &Authorised) -> Value {
    json!({
        "reference": authority.reference,
        "identifiers": authority.identifiers,
        "from": time_text(authority.from_us),
        "to": time_text(authority.to_us),
    })
}

/// Authorities for a person.
pub fn authority_table(authorities: &[Authorised]) -> String {
    let rows = authorities
        .iter()
        .map(|authority| {
            let identifiers: Vec<_> = authority.identifiers.iter().map(String::as_str).collect();
            vec![
                authority.reference.clone(),
                time_text(authority.from_us),
                time_text(authority.to_us),
                identifiers.join(" "),
            ]
        })
        .collect();
    aligned(&["reference", "from", "before", "identifiers"], &[], rows)
}
