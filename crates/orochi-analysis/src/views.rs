//! Puts everything derived beside the case's tables: `events`, `event_records`, `tenancies`, `presences`.
//!
//! Events and tenancies are built on first use and kept in the case; presences are a view, computed when read.

use datafusion::prelude::SessionContext;
use orochi_case::engine::Engine;
use orochi_model::problem::Problem;
use serde_json::Value;

use crate::settings::Settable;
use crate::{events, presences, tenancies};

/// Registers all derived tables.
///
/// # Errors
/// When a table cannot be built or registered.
pub fn register(engine: &Engine, settings: &events::Settings) -> Result<(), Problem> {
    register_events(engine, settings)?;
    register_tenancies(engine)?;
    engine.block_on(register_presences(engine.context()))
}

/// Registers `events` and `event_records`.
///
/// # Errors
/// When they cannot be built or registered.
pub fn register_events(engine: &Engine, settings: &events::Settings) -> Result<(), Problem> {
    let method = events::METHOD;
    let folder = engine.derived(
        method.name,
        method.version,
        &Value::Object(settings.values()).to_string(),
        |engine, folder| events::build(engine, settings, folder).map(drop),
    )?;
    engine.register_parquet("events", &folder.join(events::EVENTS_FILE))?;
    engine.register_parquet("event_records", &folder.join(events::LINKS_FILE))
}

/// Registers `tenancies`.
///
/// # Errors
/// When it cannot be built or registered.
pub fn register_tenancies(engine: &Engine) -> Result<(), Problem> {
    let method = tenancies::METHOD;
    let folder =
        engine.derived(method.name, method.version, "{}", |engine, folder| tenancies::build(engine, folder))?;
    engine.register_parquet(method.name, &folder.join(tenancies::FILE))
}

/// Registers the view `presences`.
///
/// # Errors
/// When `records` is missing or has other columns.
pub async fn register_presences(context: &SessionContext) -> Result<(), Problem> {
    let name = presences::METHOD.name;
    let bug = |e| Problem::bug(format!("cannot make the view {name}")).because(e);
    let view = context.sql(presences::SQL).await.map_err(bug)?.into_view();
    context.deregister_table(name).map_err(bug)?;
    context.register_table(name, view).map_err(bug).map(drop)
}
