//! What the method `quantity` is asked of a line in a case: its numbers, who answers for it, and under which
//! authorities data of it is held.

use std::collections::BTreeMap;

use orochi_analysis::{
    quantity::{Associate, AuthorisedPeriod, QuantityRequest},
    roles::{Role, RolesReport},
};
use orochi_case::Case;
use orochi_model::problem::Problem;

/// Puts it together. `numbers` are the line's, `sources` those of the figures entered; `named` answer for the line by
/// the user's word, and those that the method `roles` suggests as well.
///
/// # Errors
/// When the catalogue cannot be read.
pub fn asked(
    case: &Case,
    numbers: Vec<String>,
    named: &[String],
    roles: Option<&RolesReport>,
    sources: BTreeMap<String, String>,
) -> Result<QuantityRequest, Problem> {
    let mut associates: Vec<Associate> =
        named.iter().map(|number| Associate { number: number.clone(), because: "named".to_owned() }).collect();
    if let Some(report) = roles {
        for one in report.findings.iter().filter(|one| numbers.contains(&one.line) && one.role.works()) {
            let role = match one.role {
                Role::Holder => "possible holder",
                Role::Controller => "possible controller",
                Role::Supplier => "possible supplier",
                Role::Runner | Role::Customer | Role::RepeatContact => "possible runner",
            };
            associates.push(Associate { number: one.number.clone(), because: format!("{role}, by the method roles") });
        }
    }
    associates.retain(|one| !numbers.contains(&one.number));
    associates.sort_by(|x, y| x.number.cmp(&y.number));
    associates.dedup_by(|next, kept| next.number == kept.number);
    Ok(QuantityRequest { periods: authorised(case, &numbers)?, numbers, associates, sources, no_sensitivity: false })
}

/// Periods of the authorities that name a number of the line.
fn authorised(case: &Case, numbers: &[String]) -> Result<Vec<AuthorisedPeriod>, Problem> {
    let mut all = Vec::new();
    for authority in case.authorities()? {
        for number in numbers.iter().filter(|number| authority.identifiers.contains(*number)) {
            all.push(AuthorisedPeriod {
                number: number.clone(),
                reference: authority.reference.clone(),
                from_us: authority.from_us,
                to_us: authority.to_us,
            });
        }
    }
    Ok(all)
}
