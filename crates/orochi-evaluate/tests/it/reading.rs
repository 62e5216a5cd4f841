//! Files of a fixed seed, clean and hurt, through the real reader.

use orochi_evaluate::reading::{
    figures::ReadingFigures,
    study::{Read, Study, in_words, run},
    verdict::ReadingOutcome,
};

fn study(files: u64, seed: u64, threads: usize) -> Vec<Read> {
    run(&Study { files, seed, first: 0, threads, keep: None, progress: &|_| () }).unwrap()
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    let (one, three) = (study(6, 5, 1), study(6, 5, 3));
    assert_eq!(one, three);
    assert_eq!(ReadingFigures::from_reads(5, 0, &one), ReadingFigures::from_reads(5, 0, &three));
}

/// The same files each time; the aims stand in docs/validation/reading.md. A change that makes one of these counts grow
/// has made the reader worse, and one that makes it shrink says so here.
#[test]
fn files_of_a_fixed_seed_are_read_as_their_rows_say() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let reads = study(150, 1, threads);
    let of =
        |outcome: ReadingOutcome| -> Vec<&Read> { reads.iter().filter(|read| read.hurt.outcome == outcome).collect() };
    for (outcome, most) in [
        (ReadingOutcome::Wrong, 0),
        (ReadingOutcome::Lost, 0),
        (ReadingOutcome::Unread, 0),
        (ReadingOutcome::Refused, 1),
    ] {
        let found = of(outcome);
        let told: String = found.iter().map(|read| in_words(read)).collect();
        assert!(found.len() <= most, "{} {} of 150, at most {most}:\n{told}", found.len(), outcome.words());
    }
}
