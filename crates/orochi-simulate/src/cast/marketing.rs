//! A marketing sender: hundreds of texts in minutes from a name, a short code or a mobile number; a
//! few reply STOP, fewer ring.

use super::diary::Diary;
use super::draw::{coin, several, whole};
use super::stage::{Stage, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::ground::Routine;
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.marketing]`.
    Figures {
        list: Whole,
        campaigns: Real,
        at: Whole,
        reach: Real,
        pace: Real,
        batch: Count,
        stopped: Real,
        rang: Real,
        reacted: Whole,
        greeting: Whole,
    }
}

#[derive(Debug)]
struct Marketing {
    of: Figures,
    sender: Party,
    list: Vec<Party>,
    /// Share of days with a campaign, and share of the list each reaches.
    campaigns: f64,
    reach: f64,
    pace: f64,
    stopped: f64,
    rang: f64,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let sender = match stage.whole((0, 3)) {
        0 => stage.outside(["MegaDeals", "SaveNow", "CarCheck", "GymFit"][(stage.id % 4) as usize]),
        1 => {
            let code = format!("6{:04}", stage.whole((1000, 9999)));
            stage.outside(&code)
        }
        _ => {
            let owner = stage.somebody(Routine::Home);
            stage.work_phone(owner)
        }
    };
    let list = stage.whole(of.list) as usize;
    Box::new(Marketing {
        of: of.clone(),
        sender,
        list: stage.public(list),
        campaigns: stage.real(of.campaigns),
        reach: stage.real(of.reach),
        pace: stage.real(of.pace),
        stopped: stage.real(of.stopped),
        rang: stage.real(of.rang),
    })
}

impl Actor for Marketing {
    fn kind(&self) -> &'static str {
        "marketing"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        if !coin(chance, self.campaigns) {
            return;
        }
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let reached = several(&self.list, (self.list.len() as f64 * self.reach) as usize, chance);
        let end = diary.broadcast(whole(chance, of.at), self.sender, &reached, self.pace, of.batch as usize, chance);
        for recipient in reached {
            let second = end + whole(chance, of.reacted);
            if coin(chance, self.stopped) {
                diary.text(second, recipient, self.sender);
            } else if coin(chance, self.rang) && matches!(self.sender, Party::Sim(_)) {
                diary.voicemail(second, recipient, self.sender, 1, whole(chance, of.greeting) as u32);
            }
        }
        diary.finish(self.sender, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &[self.sender])
    }
}
