//! `[lookalike.…]`: the figures of every innocent kind, and who makes an actor of them.

use super::stage::Stage;
use crate::actor::Actor;
use crate::scenario::cast::InnocentKind;
use orochi_model::problem::Problem;
use serde::Deserialize;

macro_rules! lookalikes {
    ($($kind:ident, $key:ident: $module:ident, $file:literal;)*) => {
        /// The figures of every kind.
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub(crate) struct LookalikeFigures {
            $($key: super::$module::Figures,)*
        }

        /// What the sections say when a scenario does not: one file for each kind.
        const DEFAULTS: &[&str] = &[$(include_str!(concat!("../scenario/lookalikes/", $file, ".toml")),)*];

        /// Makes an actor of a kind.
        pub(crate) fn make(kind: InnocentKind, figures: &LookalikeFigures, stage: &mut Stage<'_>) -> Box<dyn Actor> {
            match kind {
                $(InnocentKind::$kind => super::$module::cast(stage, &figures.$key),)*
            }
        }
    };
}

lookalikes! {
    Taxi, taxi: taxi, "taxi";
    Takeaway, takeaway: takeaway, "takeaway";
    Hairdresser, hairdresser: hairdresser, "hairdresser";
    Clinic, clinic: clinic, "clinic";
    Courier, courier: courier, "courier";
    Carer, carer: carer, "carer";
    Plumber, plumber: plumber, "plumber";
    Club, club: club, "club";
    ShiftCoordinator, shift_coordinator: shift, "shift-coordinator";
    SchoolParents, school_parents: school, "school-parents";
    Marketing, marketing: marketing, "marketing";
    Helpline, helpline: helpline, "helpline";
    Shop, shop: shop, "shop";
    FootballCaptain, football_captain: football, "football-captain";
    Childminder, childminder: childminder, "childminder";
    ChurchGroup, church_group: church, "church-group";
    DrivingInstructor, driving_instructor: instructor, "driving-instructor";
    PubLandlord, pub_landlord: publican, "pub-landlord";
    MarketTrader, market_trader: market, "market-trader";
    OnCall, on_call: oncall, "on-call";
}

/// The defaults as one table with the key `lookalike`.
///
/// # Errors
/// A bug, when they do not read.
pub(crate) fn defaults() -> Result<toml::Table, Problem> {
    let mut kinds = toml::Table::new();
    for text in DEFAULTS {
        let table: toml::Table =
            toml::from_str(text).map_err(|e| Problem::bug("a look-alike's defaults cannot be read").because(e))?;
        if let Some(toml::Value::Table(of)) = table.get("lookalike") {
            kinds.extend(of.clone());
        }
    }
    Ok(toml::Table::from_iter([("lookalike".to_owned(), toml::Value::Table(kinds))]))
}
