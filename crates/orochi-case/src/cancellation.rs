//! Ending an answer before its end.
//!
//! A person who waits for an answer holds the same [`Cancellation`] as the engine that works on it, and may raise it
//! from any thread. Queries end at once; passes in plain Rust look at it for each block, batch, number or pair.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use orochi_model::problem::Problem;
use tokio::sync::Notify;

/// A flag that is raised once and never lowered. Clones are the same flag.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    raised: AtomicBool,
    bell: Notify,
}

impl Cancellation {
    /// Nobody waits any longer.
    pub fn cancel(&self) {
        self.0.raised.store(true, Ordering::SeqCst);
        self.0.bell.notify_waiters();
    }

    /// Whether it was raised.
    pub fn is_raised(&self) -> bool {
        self.0.raised.load(Ordering::Relaxed)
    }

    /// Goes on unless it was raised.
    ///
    /// # Errors
    /// User kind when it was.
    pub fn check(&self) -> Result<(), Problem> {
        if self.is_raised() { Err(Self::problem()) } else { Ok(()) }
    }

    /// The answer to a question that was cancelled.
    fn problem() -> Problem {
        Problem::user("the work was cancelled before it was done")
            .hint("nothing was written; ask again when you need it")
    }

    /// Returns when it is raised.
    async fn raised(&self) {
        loop {
            // Made before the look at the flag, so that no ring is missed in between.
            let ring = self.0.bell.notified();
            if self.0.raised.load(Ordering::SeqCst) {
                return;
            }
            ring.await;
        }
    }

    /// The future's result, or an error as soon as the flag is raised.
    pub(crate) async fn guard<T>(&self, future: impl Future<Output = T>) -> Result<T, Problem> {
        use futures::future::{Either, select};

        self.check()?;
        match select(std::pin::pin!(future), std::pin::pin!(self.raised())).await {
            Either::Left((value, _)) => Ok(value),
            Either::Right(_) => Err(Self::problem()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_future_that_never_ends_is_left_as_soon_as_the_flag_is_raised() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let cancellation = Cancellation::default();
        assert_eq!(runtime.block_on(cancellation.guard(async { 7 })).unwrap(), 7);
        let raised = cancellation.clone();
        let other = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(20));
            raised.cancel();
        });
        let problem = runtime.block_on(cancellation.guard(std::future::pending::<()>())).unwrap_err();
        assert!(problem.message.contains("cancelled"), "{problem}");
        other.join().unwrap();
        assert!(cancellation.check().is_err() && cancellation.clone().is_raised());
        assert!(runtime.block_on(cancellation.guard(async { 7 })).is_err());
    }
}
