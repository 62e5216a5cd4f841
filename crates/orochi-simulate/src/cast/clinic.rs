//! A dentist, doctor or other clinic: reminders to dozens each morning under a name or a mobile number, a rush of short calls at
//! eight, engaged tones and tries again.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, count, several, whole};
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

#[derive(Debug)]
struct Clinic {
    desk: Desk,
    /// Where reminders come from: a name, or a mobile number.
    sender: Party,
    patients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    reminders: (i64, i64),
    reminds: i64,
    pace: f64,
    replied: f64,
    /// Results and recalls rung out a day.
    rings_out: f64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((8.0, 18.3), 0b0001_1111);
    let desk = stage.desk(owner, [0.0, 0.25, 0.75]);
    let name = ["SurgeryTxt", "DentalCare", "GPSurgery", "ClinicSMS", "NHSNoReply"][stage.whole((0, 4)) as usize];
    let by_name = !matches!(desk.party, Party::Sim(_)) && coin(&mut stage.chance, 0.7);
    let sender = match desk.party {
        Party::Sim(_) => desk.party,
        Party::Outside(_) if by_name => stage.outside(name),
        // A mobile in a drawer that a computer texts from.
        Party::Outside(_) => stage.work_phone(owner),
    };
    let patients = stage.clientele((200, 900), (0.012, 0.8), 0.3);
    let few = stage.whole((15, 60));
    Box::new(Clinic {
        hours: stage.hours((7.9, 8.4), (17.0, 18.5)).peak(8.2, 0.4, 0.4).peak(14.0, 1.0, 0.1),
        manner: Manner {
            answered: stage.real((0.35, 0.75)),
            talk: (stage.real((70.0, 160.0)), 0.7),
            rung_back: stage.real((0.02, 0.2)),
            back_after: (600, 10_000),
            retried: stage.real((0.5, 0.85)),
            voicemail: stage.real((0.0, 0.5)),
        },
        reminders: (few, few + stage.whole((10, 90))),
        reminds: stage.whole((28_800, 61_200)),
        pace: stage.real((1.0, 20.0)),
        replied: stage.real((0.02, 0.25)),
        rings_out: stage.real((4.0, 30.0)),
        desk,
        sender,
        patients,
    })
}

impl Actor for Clinic {
    fn kind(&self) -> &'static str {
        "clinic"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let weekday = world.calendar.weekday(day);
        if weekday >= 5 {
            return;
        }
        let desk = self.desk.party;
        let mut diary = Diary::new(world, day);
        let everyone: Vec<Party> = self.patients.iter().map(|c| c.party).collect();
        for (second, patient) in contacts(chance, &self.patients, if weekday == 0 { 1.5 } else { 1.0 }, &self.hours) {
            self.manner.ring(&mut diary, second, patient, desk, chance);
        }
        let reminded = several(&everyone, whole(chance, self.reminders) as usize, chance);
        let end = diary.broadcast(self.reminds, self.sender, &reminded, (self.pace, 1000), chance);
        for patient in reminded {
            if coin(chance, self.replied) {
                let second = end + whole(chance, (20, 9000));
                if matches!(self.sender, Party::Sim(_)) && coin(chance, 0.7) {
                    diary.text(second, patient, self.sender);
                } else {
                    self.manner.ring(&mut diary, second, patient, desk, chance);
                }
            }
        }
        for patient in several(&everyone, count(chance, self.rings_out) as usize, chance) {
            let second = self.hours.second(chance);
            Manner { answered: 0.6, retried: 0.3, rung_back: 0.3, ..self.manner.clone() }
                .ring(&mut diary, second, desk, patient, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        let mut parties = self.desk.parties();
        if self.sender != self.desk.party {
            parties.push(self.sender);
        }
        innocent(world, self, &parties)
    }
}
