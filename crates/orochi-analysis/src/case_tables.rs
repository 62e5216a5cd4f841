//! The tables of a case, for methods.

use datafusion::prelude::SessionContext;
use orochi_case::{Block, Cancellation, Engine};
use orochi_model::problem::Problem;

use crate::tables::{EachBatch, Tables};
use crate::views;

impl Tables for Engine {
    fn stream(&self, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        for batch in Self::stream(self, sql)? {
            each(batch?)?;
        }
        Ok(())
    }

    fn blocks(&self) -> Result<Vec<Block>, Problem> {
        Self::blocks(self)
    }

    fn cancellation(&self) -> Cancellation {
        Self::cancellation(self).clone()
    }

    fn stream_in(&self, session: &SessionContext, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        let bug = |error| Problem::bug("presences of some records cannot be asked for").because(error);
        self.block_on(views::register_presences(session))?;
        let frame = self.block_on(session.sql(sql)).map_err(bug)?;
        for batch in self.run(frame)? {
            each(batch?)?;
        }
        Ok(())
    }
}
