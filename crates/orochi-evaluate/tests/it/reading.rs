//! Files of a fixed seed, clean and hurt, through the real reader.

use orochi_evaluate::reading::{
    figures::Figures,
    study::{Read, Study, run, told},
    verdict::Outcome,
};

fn study(files: u64, seed: u64, threads: usize) -> Vec<Read> {
    run(&Study { files, seed, first: 0, threads, keep: None, progress: &|_| () }).unwrap()
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    let (one, three) = (study(6, 5, 1), study(6, 5, 3));
    assert_eq!(one, three);
    assert_eq!(Figures::of(5, 0, &one), Figures::of(5, 0, &three));
}
