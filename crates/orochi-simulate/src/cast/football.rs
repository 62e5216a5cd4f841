//! A football captain: a text to the team twice a week, who can play, where are you on Sunday morning.

use super::diary::{Diary, Manner};
use super::draw::{coin, several, whole};
use super::figures;
use super::group::Round;
use super::stage::{Desk, Stage, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.football-captain]`.
    Figures {
        number: Weights,
        squad: Whole,
        training: Whole,
        game: Whole,
        extra: Number,
        at: Whole,
        game_calls: Whole,
        game_at: Whole,
        game_in: Number,
        callers: Count,
        called: Number,
        called_at: Whole,
    } with {
        owner: figures::Work,
        manner: figures::Manner,
        round: figures::Round,
    }
}

#[derive(Debug)]
struct Football {
    of: Figures,
    desk: Desk,
    team: Vec<Party>,
    manner: Manner,
    round: Round,
    training: u32,
    game: u32,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let desk = stage.desk(owner, of.number);
    let squad = stage.whole(of.squad) as usize;
    Box::new(Football {
        of: of.clone(),
        team: stage.public(squad),
        manner: of.manner.draw(stage),
        round: of.round.draw(stage),
        training: stage.whole(of.training) as u32,
        game: stage.whole(of.game) as u32,
        desk,
    })
}

impl Actor for Football {
    fn kind(&self) -> &'static str {
        "football captain"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let (desk, weekday) = (self.desk.party, world.calendar.weekday(day));
        if weekday == self.training || weekday + 1 == self.game || coin(chance, of.extra) {
            let at = whole(chance, of.at);
            self.round.send(&mut diary, at, desk, &self.team, &self.manner, chance);
        }
        if weekday == self.game {
            for player in several(&self.team, whole(chance, of.game_calls) as usize, chance) {
                let second = whole(chance, of.game_at);
                let (from, to) = if coin(chance, of.game_in) { (player, desk) } else { (desk, player) };
                self.manner.ring(&mut diary, second, from, to, chance);
            }
        }
        for player in several(&self.team, of.callers as usize, chance) {
            if coin(chance, of.called) {
                self.manner.ring(&mut diary, whole(chance, of.called_at), player, desk, chance);
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
