//! A parcel courier: dozens of short calls and texts a day to people who are never met again, some shops every day.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, several, whole};
use super::figures;
use super::stage::{Desk, Stage, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::ground::{PersonId, Spot};
use crate::itinerary::Itinerary;
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.courier]`.
    Figures {
        number: Weights,
        round: Whole,
        shops: Count,
        shop_share: Number,
        parcels: Whole,
        parcels_more: Count,
        rung: Real,
        texted: Real,
        texted_back: Number,
        back_after: Whole,
        rang: Number,
        announcing: Number,
        announced_at: Whole,
        announced_pace: Number,
        announced_batch: Count,
        saturdays: Number,
        opens: Number,
        shuts: Number,
        depot_calls: Number,
        depot_talk: Skewed,
    } with {
        manner: figures::Manner,
        rounds: figures::Rounds,
    }
}

#[derive(Debug)]
struct Courier {
    of: Figures,
    desk: Desk,
    depot: Party,
    /// People of the round; a different part of them gets a parcel each day.
    addressees: Vec<Party>,
    shops: Vec<Party>,
    parcels: (i64, i64),
    rung: f64,
    texted: f64,
    /// Share of addressees texted together in the morning.
    announced: bool,
    manner: Manner,
    days: u8,
    spots: Vec<Spot>,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = stage.cast_member();
    let desk = stage.desk(owner, of.number);
    let round = stage.whole(of.round) as usize;
    let few = stage.whole(of.parcels);
    Box::new(Courier {
        of: of.clone(),
        depot: stage.landline(),
        addressees: stage.public(round),
        shops: stage.public(of.shops as usize),
        parcels: (few, few + of.parcels_more),
        rung: stage.real(of.rung),
        texted: stage.real(of.texted),
        announced: coin(&mut stage.chance, of.announcing),
        manner: of.manner.draw(stage),
        days: if coin(&mut stage.chance, of.saturdays) { 0b0011_1111 } else { 0b0111_1110 },
        spots: of.rounds.spots(stage),
        desk,
    })
}

impl Courier {
    fn works(&self, world: &World, day: u32) -> bool {
        self.days >> world.calendar.weekday(day) & 1 == 1
    }
}

impl Actor for Courier {
    fn kind(&self) -> &'static str {
        "courier"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        if !self.works(world, day) {
            return;
        }
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let (desk, hours) = (self.desk.party, Hours::even(of.opens, of.shuts));
        let mut today = several(&self.addressees, whole(chance, self.parcels) as usize, chance);
        today.extend(self.shops.iter().copied().filter(|_| coin(chance, of.shop_share)));
        if self.announced {
            let (pace, batch) = (of.announced_pace, of.announced_batch as usize);
            diary.broadcast(whole(chance, of.announced_at), desk, &today, pace, batch, chance);
        }
        for addressee in today {
            let second = hours.second(chance);
            if coin(chance, self.rung) {
                self.manner.ring(&mut diary, second, desk, addressee, chance);
            } else if coin(chance, self.texted) {
                diary.text(second, desk, addressee);
                if coin(chance, of.texted_back) {
                    diary.text(second + whole(chance, of.back_after), addressee, desk);
                }
            } else if coin(chance, of.rang) {
                self.manner.ring(&mut diary, second, addressee, desk, chance);
            }
        }
        for _ in 0..count(chance, of.depot_calls) {
            diary.call(hours.second(chance), desk, self.depot, 9, talk(chance, of.depot_talk));
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let home = world.people[person as usize].home;
        if !self.works(world, day) {
            return Itinerary::at(home);
        }
        let mut chance = world.seed.stream("courier rounds", &[u64::from(person), u64::from(day)]);
        self.of.rounds.some(&mut chance, home, &self.spots)
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
