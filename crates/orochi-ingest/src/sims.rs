//! Which number all rows of one SIM or handset share, in files that do not say whose record a row is.
//!
//! The head of a file shows its first subjects only; a file of several goes on with others. Counted per block for the
//! rows whose side nothing tells, added up in the order of the blocks, and bounded: the same for any number of threads.

use std::collections::{BTreeSet, HashMap};

/// Most SIMs and handsets that are kept of a block, and of a file: a return of subjects has few, and a list of
/// everybody on a mast is not read for owners.
const MOST: usize = 4_096;

/// Rows of a SIM needed before the number in all of them is taken for its own.
const LEAST_ROWS: u64 = 3;

/// The numbers that rows of one SIM or handset share.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shared {
    /// Both parties of the first row.
    first: [String; 2],
    /// Which of them were in every row since.
    stayed: [bool; 2],
    /// Whether some row had another pair.
    varied: bool,
    rows: u64,
}

impl Shared {
    fn between(a: &str, b: &str) -> Self {
        Self { first: [a.to_owned(), b.to_owned()], stayed: [!a.is_empty(), !b.is_empty()], varied: false, rows: 1 }
    }

    fn take(&mut self, a: &str, b: &str) {
        self.rows += 1;
        if self.stayed == [false, false] && self.varied {
            return;
        }
        for (stayed, number) in self.stayed.iter_mut().zip(&self.first) {
            *stayed = *stayed && (number == a || number == b);
        }
        let [one, two] = &self.first;
        self.varied = self.varied || !((one == a && two == b) || (one == b && two == a));
    }

    fn add(&mut self, later: &Self) {
        let [a, b] = &later.first;
        let rows = self.rows + later.rows;
        self.take(a, b);
        for (stayed, number) in self.stayed.iter_mut().zip(&self.first) {
            let kept = later.first.iter().zip(later.stayed).any(|(other, kept)| kept && other == number);
            *stayed &= kept;
        }
        self.varied |= later.varied;
        self.rows = rows;
    }

    fn own(&self) -> Option<&str> {
        match self.stayed {
            [true, false] if self.varied && self.rows >= LEAST_ROWS => Some(&self.first[0]),
            [false, true] if self.varied && self.rows >= LEAST_ROWS => Some(&self.first[1]),
            _ => None,
        }
    }
}

/// What the rows of each SIM or handset share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sims {
    by_sim: HashMap<String, Shared>,
    /// More than are kept: a list of everybody, of which no more is counted.
    everybody: bool,
}

impl Sims {
    /// Takes a row of a SIM or handset, with both its parties in canonical text.
    pub fn take(&mut self, sim: &str, a: &str, b: &str) {
        if self.everybody {
            return;
        }
        match self.by_sim.get_mut(sim) {
            Some(shared) => shared.take(a, b),
            None => {
                self.by_sim.insert(sim.to_owned(), Shared::between(a, b));
                self.limit();
            }
        }
    }

    /// Forgets all once there are too many.
    fn limit(&mut self) {
        if self.by_sim.len() >= MOST {
            *self = Self { by_sim: HashMap::new(), everybody: true };
        }
    }

    /// Adds the rows of a later block.
    pub fn add(&mut self, later: &Self) {
        if self.everybody || later.everybody {
            *self = Self { by_sim: HashMap::new(), everybody: true };
            return;
        }
        for (sim, shared) in &later.by_sim {
            match self.by_sim.get_mut(sim) {
                Some(known) => known.add(shared),
                None => {
                    self.by_sim.insert(sim.clone(), shared.clone());
                }
            }
        }
        self.limit();
    }

    /// The own numbers of those that show one; none of a list of everybody: read again with the owners of some of its
    /// SIMs it would show others, and others again.
    pub fn owners(&self) -> impl Iterator<Item = &str> {
        let owners: BTreeSet<&str> = self.by_sim.values().filter_map(Shared::own).collect();
        owners.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_in_all_rows_of_a_sim_is_its_own() {
        let rows = [
            ("s1", "1", "2"),
            ("s1", "3", "1"),
            ("s2", "9", "4"),
            ("s1", "1", "4"),
            ("s2", "9", "4"),
            ("s2", "9", "4"),
        ];
        let mut whole = Sims::default();
        rows.iter().for_each(|(sim, a, b)| whole.take(sim, a, b));
        assert_eq!(
            whole.owners().collect::<Vec<_>>(),
            ["1"],
            "s2 has one other number only: which is whose, nobody can tell"
        );
        for cut in 0..rows.len() {
            let (mut first, mut second) = (Sims::default(), Sims::default());
            rows[..cut].iter().for_each(|(sim, a, b)| first.take(sim, a, b));
            rows[cut..].iter().for_each(|(sim, a, b)| second.take(sim, a, b));
            first.add(&second);
            assert_eq!(first.owners().collect::<Vec<_>>(), ["1"], "{cut}");
        }
    }

    #[test]
    fn a_list_of_everybody_has_no_owners() {
        let owners = |sims: usize| {
            let mut all = Sims::default();
            for sim in 0..sims {
                let own = format!("own {sim}");
                ["x", "y", "z"].iter().for_each(|other| all.take(&sim.to_string(), &own, other));
            }
            all.owners().count()
        };
        assert_eq!((owners(MOST - 1), owners(MOST), owners(MOST + 9)), (MOST - 1, 0, 0));
    }

    #[test]
    fn a_sim_whose_rows_share_no_number_has_none() {
        let mut sims = Sims::default();
        for (a, b) in [("1", "2"), ("3", "4"), ("1", "4")] {
            sims.take("s", a, b);
        }
        assert_eq!(sims.owners().count(), 0);
    }
}
