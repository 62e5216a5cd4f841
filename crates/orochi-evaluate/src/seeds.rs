//! Seeds as typed: `50` (1 to 50), `101..120`, `3,7,20..25`.

use std::{collections::BTreeSet, str::FromStr};

/// Seeds, rising, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeds(pub Vec<u64>);

/// More are a slip of the keyboard.
const MOST: u64 = 100_000;

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is no list of seeds: write 50 for 1 to 50, or 101..120, or 3,7,20..25");
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
        if let Ok(last) = text.trim().parse::<u64>() {
            return if (1..=MOST).contains(&last) { Ok(Self((1..=last).collect())) } else { Err(wrong()) };
        }
        let mut seeds = BTreeSet::new();
        for part in text.split(',') {
            let (from, to) = match part.split_once("..") {
                Some((from, to)) => (number(from)?, number(to.trim_start_matches('='))?),
                None => (number(part)?, number(part)?),
            };
            if from > to || to - from >= MOST {
                return Err(wrong());
            }
            seeds.extend(from..=to);
        }
        Ok(Self(seeds.into_iter().collect()))
    }
}

impl std::fmt::Display for Seeds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let [one] = self.0[..] {
            // One number alone would mean all seeds up to it.
            return write!(f, "{one}..{one}");
        }
        let all: BTreeSet<u64> = self.0.iter().copied().collect();
        f.write_str(&crate::summary::ranges(&all).replace(" to ", "..").replace(", ", ","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges_are_read() {
        for (text, seeds) in [
            ("3", vec![1, 2, 3]),
            ("7..9", vec![7, 8, 9]),
            ("9, 2,4..5", vec![2, 4, 5, 9]),
            ("4..4", vec![4]),
            ("8,", vec![]),
        ] {
            match Seeds::from_str(text) {
                Ok(read) => {
                    assert_eq!(read.0, seeds, "{text}");
                    assert_eq!(Seeds::from_str(&read.to_string()), Ok(read), "{text}");
                }
                Err(words) => assert!(seeds.is_empty() && words.contains(text), "{words}"),
            }
        }
        for text in ["0", "", "a", "9..3", "1..9999999"] {
            assert!(Seeds::from_str(text).is_err(), "{text}");
        }
    }
}
