//! Average precision: the mean, over the lines' numbers, of the precision at the rank of each.
//!
//! As in information retrieval (Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, 2008, section
//! 8.4). Numbers with one score are one step: none of them comes before another.

use super::Tally;

/// Average precision, 0 to 1; none without a line.
pub fn average_precision(tally: &Tally) -> Option<f64> {
    let all = tally.lines();
    if all == 0 {
        return None;
    }
    let (mut found, mut listed, mut sum) = (0, 0, 0.0);
    for (_, others, lines) in tally.rising().rev() {
        found += lines;
        listed += others + lines;
        sum += lines as f64 * found as f64 / listed as f64;
    }
    Some(sum / all as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_worked_example() {
        let mut tally = Tally::default();
        for (score, line) in [(0.9, true), (0.8, false), (0.7, true), (0.1, false)] {
            tally.add(score, line, 1);
        }
        assert!((average_precision(&tally).unwrap() - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
        assert_eq!(average_precision(&Tally::default()), None);
    }

    proptest! {
        /// Oracle: go through the lines one by one and count who scores at least as much.
        #[test]
        fn it_is_the_mean_precision_over_the_lines(cases in prop::collection::vec((0..30usize, any::<bool>()), 1..60)) {
            let mut tally = Tally::default();
            cases.iter().for_each(|(score, line)| tally.add(*score as f64 / 100.0, *line, 1));
            let precisions: Vec<f64> = cases.iter().filter(|case| case.1).map(|(score, _)| {
                let listed = cases.iter().filter(|other| other.0 >= *score);
                listed.clone().filter(|other| other.1).count() as f64 / listed.count() as f64
            }).collect();
            match average_precision(&tally) {
                None => prop_assert!(precisions.is_empty()),
                Some(it) => prop_assert!((it - precisions.iter().sum::<f64>() / precisions.len() as f64).abs() < 1e-12),
            }
        }
    }
}
