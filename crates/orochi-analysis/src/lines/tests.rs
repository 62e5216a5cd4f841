//! What only shows from inside: reading in several passes changes nothing.

use super::*;

#[path = "../../tests/it/scenario/mod.rs"]
mod scenario;

#[test]
fn holding_few_events_at_once_gives_the_same_bytes() {
    use scenario::{Random, cast, tables};
    let mut random = Random::new(3);
    let mut world = scenario::World { days: 7, ..Default::default() };
    world.people(&mut random, 60);
    let line = cast::any_line(&mut random, 1, 20, false);
    let customers = cast::base(&mut random, &world, 20, 70);
    world.line(&mut random, &line, &customers);
    let memory = tables::events(&world.happenings, None);
    let json = |held| {
        serde_json::to_string(
            &lines_holding(&memory, &Settings::default(), LineWeights::shipped().unwrap(), held).unwrap(),
        )
        .unwrap()
    };
    assert_eq!(json(EVENTS_IN_MEMORY), json(500));
}
