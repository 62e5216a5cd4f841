//! One file: a clean table of a layout, and the same hurt one to three times.

use super::{
    damage::{Damage, damages},
    draft::Draft,
    draw::Draw,
    form::Form,
    layouts::LAYOUTS,
};

/// A clean table and the hurt one.
pub struct ReadingTrial {
    pub clean: Draft,
    pub hurt: Draft,
    pub damages: Vec<&'static Damage>,
}

/// Tries at finding damages that all apply to one table.
const TRIES: usize = 80;

impl ReadingTrial {
    /// The file of a seed with this index.
    pub fn draw(seed: u64, index: u64) -> Self {
        let mut draw = Draw::new(seed, "reading", index);
        let layout = draw.pick(LAYOUTS);
        let rows = match draw.below(10) {
            // Beyond the rows that a layout is judged by.
            0 | 1 => draw.between(201, 400),
            2..=4 => draw.between(8, 15),
            _ => draw.between(16, 80),
        };
        let mut clean = layout.draft(&mut draw, usize::try_from(rows).unwrap_or(8));
        // A layout without a heading is one of published text files.
        if clean.headed && draw.percent(25) {
            clean.form = Form::workbook();
        }
        let count = 1 + draw.below(3);
        let all = damages();
        for _ in 0..TRIES {
            let mut chosen: Vec<&'static Damage> = Vec::new();
            while chosen.len() < count {
                let damage = *draw.pick(&all);
                if chosen.iter().all(|known| known.family != damage.family) {
                    chosen.push(damage);
                }
            }
            chosen.sort_by_key(|damage| damage.stage);
            let mut hurt = clean.clone();
            if chosen.iter().all(|damage| (damage.apply)(&mut hurt, &mut draw, layout.spec())) {
                return Self { clean, hurt, damages: chosen };
            }
        }
        Self { hurt: clean.clone(), clean, damages: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::reading::writer::bytes;

    #[test]
    fn a_file_is_the_same_each_time_and_holds_no_number_but_made_up_ones() {
        for index in 0..40 {
            let (one, two) = (ReadingTrial::draw(7, index), ReadingTrial::draw(7, index));
            assert_eq!(bytes(&one.hurt).unwrap(), bytes(&two.hurt).unwrap());
            for fact in &one.clean.facts {
                for number in ["a", "b", "c", "number"].iter().filter_map(|column| fact.values.get(column)) {
                    let drama = number.starts_with("+447700900") || number.starts_with("+1202555");
                    assert!(drama || !number.starts_with('+'), "{number}");
                }
            }
        }
    }

    #[test]
    fn there_are_as_many_kinds_as_are_promised() {
        let all = damages();
        let names: BTreeSet<&str> = all.iter().map(|damage| damage.name).collect();
        assert_eq!(names.len(), all.len(), "two kinds of one name");
        assert!(all.len() >= 60, "{}", all.len());
        let library = orochi_layout::Library::open(None).unwrap();
        for profile in library.profiles() {
            assert!(LAYOUTS.iter().any(|layout| layout.profile && layout.name == profile.name), "{}", profile.name);
        }
        assert!(LAYOUTS.iter().filter(|layout| !layout.profile).count() >= 8);
    }

    #[test]
    fn every_kind_applies_to_some_table() {
        let met: BTreeSet<&str> = (0..1500)
            .flat_map(|index| ReadingTrial::draw(3, index).damages.into_iter().map(|damage| damage.name))
            .collect();
        for damage in damages() {
            assert!(met.contains(damage.name), "{}", damage.name);
        }
    }
}
