//! In tests only: cuts an operation off at a named step, as a full disk or a killed process would.

use std::sync::{Arc, Mutex};

use orochi_model::problem::Problem;

type Hook = Arc<dyn Fn(&'static str) -> Result<(), Problem> + Send + Sync>;

#[derive(Clone, Default)]
pub(crate) struct Probe(Arc<Mutex<Option<Hook>>>);

impl Probe {
    pub(crate) fn set(&self, hook: impl Fn(&'static str) -> Result<(), Problem> + Send + Sync + 'static) {
        *self.0.lock().unwrap() = Some(Arc::new(hook));
    }

    pub(crate) fn clear(&self) {
        *self.0.lock().unwrap() = None;
    }

    pub(crate) fn pass(&self, name: &'static str) -> Result<(), Problem> {
        let hook = self.0.lock().unwrap().clone();
        hook.map_or(Ok(()), |hook| hook(name))
    }
}

impl std::fmt::Debug for Probe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Probe")
    }
}
