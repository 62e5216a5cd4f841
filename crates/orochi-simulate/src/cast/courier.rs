//! A parcel courier: dozens of short calls and texts a day to people who are never met again, some shops every day.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, several, whole};
use super::rounds::rounds;
use super::stage::{Desk, Stage, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::itinerary::Itinerary;
use crate::world::{PersonId, Spot, World};

#[derive(Debug)]
struct Courier {
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
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.cast_member();
    let desk = stage.desk(owner, [0.5, 0.5, 0.0]);
    let round = stage.whole((300, 900)) as usize;
    let few = stage.whole((40, 90));
    Box::new(Courier {
        depot: stage.landline(),
        addressees: stage.public(round),
        shops: stage.public(8),
        parcels: (few, few + 50),
        rung: stage.real((0.15, 0.5)),
        texted: stage.real((0.05, 0.4)),
        announced: coin(&mut stage.chance, 0.4),
        manner: Manner {
            answered: 0.62,
            talk: (stage.real((10.0, 24.0)), 0.6),
            rung_back: 0.35,
            back_after: (20, 1800),
            retried: 0.25,
            voicemail: 0.45,
        },
        days: if coin(&mut stage.chance, 0.5) { 0b0011_1111 } else { 0b0111_1110 },
        spots: (0..90).map(|_| stage.spot()).collect(),
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
        let mut diary = Diary::new(world, day);
        let (desk, hours) = (self.desk.party, Hours::even(8.5, 18.5));
        let mut today = several(&self.addressees, whole(chance, self.parcels) as usize, chance);
        today.extend(self.shops.iter().copied().filter(|_| coin(chance, 0.5)));
        if self.announced {
            diary.broadcast(whole(chance, (25_000, 30_000)), desk, &today, (1.0, 40), chance);
        }
        for addressee in today {
            let second = hours.second(chance);
            if coin(chance, self.rung) {
                self.manner.ring(&mut diary, second, desk, addressee, chance);
            } else if coin(chance, self.texted) {
                diary.text(second, desk, addressee);
                if coin(chance, 0.2) {
                    diary.text(second + whole(chance, (20, 900)), addressee, desk);
                }
            } else if coin(chance, 0.06) {
                self.manner.ring(&mut diary, second, addressee, desk, chance);
            }
        }
        for _ in 0..count(chance, 2.0) {
            diary.call(hours.second(chance), desk, self.depot, 9, talk(chance, (60.0, 0.8)));
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let home = world.people[person as usize].home;
        if !self.works(world, day) {
            return Itinerary::at(home);
        }
        let mut chance = world.seed.stream("courier rounds", &[u64::from(person), u64::from(day)]);
        let stops = several(&self.spots, 70, &mut chance);
        rounds(&mut chance, home, &stops, (26_000, 66_000), (90, 300), (120, 500))
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
