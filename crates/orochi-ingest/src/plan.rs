//! The readings of a file's sheets as plans: which table reader takes the rows of which layout.

use orochi_formats::rows::Glimpse;
use orochi_layout::{Library, Reading, Received, field::Table, mapping::Mapping, readings};
use orochi_model::{authority::Scope, problem::Problem};

use crate::{
    review,
    rows::{Disposition, Review, TablePlan, TableReader},
    survey::Survey,
    tables::{cells, communications, handsets, postcodes, subscribers, topups},
};

/// Decides what to do with each sheet of a file; one disposition for each glimpse, in order.
///
/// # Errors
/// As [`readings`].
pub fn dispositions(file: Received<'_>, glimpses: &[Glimpse], library: &Library) -> Result<Vec<Disposition>, Problem> {
    Ok(readings(file, glimpses, library)?
        .into_iter()
        .map(|reading| match reading {
            Reading::Mapped(mapping) => Disposition::Take(mapping),
            Reading::Left(why) => Disposition::Leave(why),
        })
        .collect())
}

impl TablePlan for Mapping {
    fn profile(&self) -> String {
        self.profile.clone()
    }

    fn first_data_row(&self) -> u64 {
        self.first_data_row
    }

    fn reader<'a>(&'a self, scope: &'a Scope) -> Box<dyn TableReader + 'a> {
        match self.table {
            Table::Communications => Box::new(communications::Communications::new(self, scope)),
            Table::Cells => Box::new(cells::Cells::new(self)),
            Table::Subscribers => Box::new(subscribers::Subscribers::new(self, scope)),
            Table::Topups => Box::new(topups::Topups::new(self, scope)),
            Table::Handsets => Box::new(handsets::Handsets::new(self, scope)),
            Table::Postcodes => Box::new(postcodes::Postcodes::new(self)),
        }
    }

    fn targets(&self) -> Vec<String> {
        self.target.iter().chain(self.target_lines.iter().map(|line| &line.target)).cloned().collect()
    }

    fn mapping(&self) -> Option<&Mapping> {
        Some(self)
    }

    fn unmapped(&self) -> Vec<String> {
        self.unmapped.clone()
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.clone()
    }

    fn review(&self, survey: &Survey) -> Result<Option<Review>, Problem> {
        review::review(self, survey)
    }
}
