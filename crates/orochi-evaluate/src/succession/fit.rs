//! Fits the weights of the score to simulated folders (`orochi evaluate --method succession --fit`).
//!
//! A case is a pair that the method scores, under a condition. z is fitted by logistic regression in which a part keeps
//! the sign of its meaning and is held near what was assumed of it ([`SuccessionWeights::assumed`]). Pairs count as
//! often as they are met: a link should be right as often as not where the score is a half.

use orochi_analysis::{
    succession::{SuccessionWeights, parts::PARTS},
    weights::WeightsOrigin,
};
use orochi_model::{problem::Problem, program};

use super::study::SuccessionRow;
use crate::{fit::logistic, study::Plan};

/// Weights for the rows of a plan; `penalty` as in [`crate::fit::FitOptions`].
///
/// # Errors
/// User kind when there is no step among the pairs, or nothing else.
pub fn fit(plan: &Plan, rows: &[SuccessionRow], penalty: f64, command: &str) -> Result<SuccessionWeights, Problem> {
    let cases: Vec<_> = rows
        .iter()
        .flat_map(|row| &row.cases)
        .map(|case| logistic::Case { parts: case.parts, line: case.right, weight: 1.0 })
        .collect();
    let steps = cases.iter().filter(|case| case.line).count();
    let others = cases.len() - steps;
    if steps == 0 || others == 0 {
        return Err(Problem::user("to fit weights, pairs that are steps and other pairs are needed")
            .hint("name folders or scenarios that hold both"));
    }
    let signs = PARTS.each_ref().map(|part| part.supports);
    let fitted = logistic::fit(&cases, &signs, &SuccessionWeights::assumed()?.parts, penalty).rounded();
    let how = format!(
        "fitted to synthetic operations by logistic regression that keeps each part's sign and holds it near \
         succession-assumed.toml (penalty {penalty}); {steps} pairs that are steps and {others} others, over all \
         conditions"
    );
    let made = WeightsOrigin {
        how,
        command: command.into(),
        scenario: plan.names(),
        seeds: plan.seeds(),
        tool: program::name().to_owned(),
    };
    Ok(SuccessionWeights { start: fitted.start, parts: fitted.weights, made })
}
