//! Where a weight stands among the indicative quantities of the sentencing guideline.
//!
//! Source: Sentencing Council guideline on supplying or offering to supply a controlled drug, indicative quantities of
//! class A heroin and cocaine. Supply directly to users is not placed by quantity there ([`CAVEAT`]).

use serde::Serialize;

/// Indicative quantity in grams of each category of harm, the gravest first; of heroin and cocaine alike.
pub const INDICATIVE: [(u8, f64); 4] = [(1, 5_000.0), (2, 1_000.0), (3, 150.0), (4, 5.0)];

/// What must be said beside each placing.
pub const CAVEAT: &str = "Supply directly to users is not placed by quantity in the Sentencing Council's guideline. A \
                          category named here says only which indicative quantities of class A heroin or cocaine the \
                          weight lies between; placing an offence is a matter for the court.";

/// Where a weight stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Harm {
    /// The gravest category whose indicative quantity the weight reaches; none below that of category 4.
    pub category: Option<u8>,
    /// The same in words.
    pub words: String,
}

/// Places a weight in grams.
pub fn harm(grams: f64) -> Harm {
    let place = INDICATIVE.iter().position(|(_, least)| grams >= *least);
    let quantity = |grams: f64| if grams >= 1_000.0 { format!("{} kg", grams / 1_000.0) } else { format!("{grams} g") };
    let words = match place {
        Some(place) => {
            let (category, least) = INDICATIVE[place];
            let reached = format!("reaches the indicative quantity of category {category} ({})", quantity(least));
            match place.checked_sub(1).map(|graver| INDICATIVE[graver]) {
                Some((graver, more)) => format!("{reached}, below that of category {graver} ({})", quantity(more)),
                None => reached,
            }
        }
        None => "below the indicative quantity of category 4 (5 g)".to_owned(),
    };
    Harm { category: place.map(|place| INDICATIVE[place].0), words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_fall_between_indicative_quantities() {
        for (grams, category) in
            [(4.9, None), (5.0, Some(4)), (149.9, Some(4)), (150.0, Some(3)), (1_000.0, Some(2)), (5_000.0, Some(1))]
        {
            assert_eq!(harm(grams).category, category, "{grams}");
        }
        assert_eq!(
            harm(300.0).words,
            "reaches the indicative quantity of category 3 (150 g), below that of category 2 (1 kg)"
        );
    }
}
