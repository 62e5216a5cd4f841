//! A childminder: the same few families every weekday, short calls at drop-off and pick-up, a text to
//! all when something changes.

use super::diary::{Diary, Manner};
use super::draw::{coin, whole};
use super::figures;
use super::group::Round;
use super::stage::{Desk, Stage, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::ground::Routine;
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.childminder]`.
    Figures {
        number: Weights,
        families: Whole,
        daily: Real,
        mornings: Number,
        morning: Whole,
        afternoon: Whole,
        by_text: Number,
        text_answered: Whole,
        news: Number,
        news_at: Whole,
        to_all: Real,
        to_all_at: Whole,
    } with {
        manner: figures::Manner,
        round: figures::Round,
    }
}

#[derive(Debug)]
struct Childminder {
    of: Figures,
    desk: Desk,
    families: Vec<Party>,
    manner: Manner,
    round: Round,
    daily: f64,
    to_all: f64,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = stage.somebody(Routine::Home);
    let desk = stage.desk(owner, of.number);
    let families = stage.whole(of.families) as usize;
    Box::new(Childminder {
        of: of.clone(),
        families: stage.public(families),
        manner: of.manner.draw(stage),
        round: of.round.draw(stage),
        daily: stage.real(of.daily),
        to_all: stage.real(of.to_all),
        desk,
    })
}

impl Actor for Childminder {
    fn kind(&self) -> &'static str {
        "childminder"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        if world.calendar.weekday(day) >= 5 {
            return;
        }
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let desk = self.desk.party;
        for family in &self.families {
            if coin(chance, self.daily) {
                let second =
                    if coin(chance, of.mornings) { whole(chance, of.morning) } else { whole(chance, of.afternoon) };
                if coin(chance, of.by_text) {
                    diary.text(second, *family, desk);
                    diary.text(second + whole(chance, of.text_answered), desk, *family);
                } else {
                    self.manner.ring(&mut diary, second, *family, desk, chance);
                }
            }
            if coin(chance, of.news) {
                diary.text(whole(chance, of.news_at), desk, *family);
            }
        }
        if coin(chance, self.to_all) {
            let at = whole(chance, of.to_all_at);
            self.round.send(&mut diary, at, desk, &self.families, &self.manner, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
