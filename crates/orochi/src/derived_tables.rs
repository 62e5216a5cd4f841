//! Tables derived from records, put beside those of the case when a command needs them.

use orochi_analysis::{events, views};
use orochi_case::Engine;
use orochi_model::problem::Problem;

use crate::{progress::Busy, ui::Ui};

/// What a view stands on besides the case's own tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// Events: built when first asked for and kept in the case.
    Events,
    /// Tenancies: likewise.
    Tenancies,
    /// Presences, a view over records: nothing is built.
    Presences,
}

/// Makes what is needed if it is not there yet, and registers it.
pub fn derive(ui: &Ui, engine: &Engine, derived: Derived) -> Result<(), Problem> {
    match derived {
        Derived::Events => {
            let _busy = Busy::new(ui, "events");
            views::register_events(engine, &events::Settings::default())
        }
        Derived::Tenancies => {
            let _busy = Busy::new(ui, "tenancies");
            views::register_tenancies(engine)
        }
        Derived::Presences => engine.block_on(views::register_presences(engine.context())),
    }
}
