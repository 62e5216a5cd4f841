//! What engines over any number of cases share: one set of threads and one limit of memory.

use std::sync::Arc;

use datafusion::execution::memory_pool::{FairSpillPool, MemoryPool, TrackConsumersPool};
use orochi_model::problem::Problem;

use crate::{Case, Engine, EngineOptions};

/// Threads and memory for engines. Clones are the same host.
#[derive(Clone)]
pub struct EngineHost(Arc<HostParts>);

struct HostParts {
    runtime: tokio::runtime::Runtime,
    pool: Arc<dyn MemoryPool>,
    threads: usize,
}

impl EngineHost {
    /// Starts the threads. `options.memory_bytes` is for the queries of all engines together.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(options: &EngineOptions) -> Result<Self, Problem> {
        let threads = options.threads.max(1);
        let top = std::num::NonZeroUsize::MIN.saturating_add(2);
        let pool = Arc::new(TrackConsumersPool::new(FairSpillPool::new(options.memory_bytes), top));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads)
            .thread_name("orochi-query")
            // Deeply nested expressions recurse; the default of 2 MiB is tight in debug builds.
            .thread_stack_size(8 << 20)
            .build()
            .map_err(|error| Problem::user("cannot start the query threads").because(error))?;
        Ok(Self(Arc::new(HostParts { runtime, pool, threads })))
    }

    /// Opens an engine over a case, as the case is now.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open(&self, case: &Case) -> Result<Engine, Problem> {
        Engine::open_on(self, case)
    }

    pub(crate) fn runtime(&self) -> &tokio::runtime::Runtime {
        &self.0.runtime
    }

    pub(crate) fn pool(&self) -> Arc<dyn MemoryPool> {
        self.0.pool.clone()
    }

    pub(crate) fn threads(&self) -> usize {
        self.0.threads
    }

    /// Memory that queries of all its engines hold at this moment, in bytes.
    pub fn reserved_bytes(&self) -> usize {
        self.0.pool.reserved()
    }
}

impl std::fmt::Debug for EngineHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EngineHost").field("threads", &self.0.threads).finish_non_exhaustive()
    }
}
