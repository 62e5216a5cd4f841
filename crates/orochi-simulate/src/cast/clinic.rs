//! A dentist, doctor or other clinic: reminders to dozens each morning under a name or a mobile number, a rush of short
//! calls at eight, engaged tones and tries again.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, count, several, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.clinic]`.
    Figures {
        number: Weights,
        by_name: Number,
        monday: Number,
        reminders: Whole,
        reminders_more: Whole,
        reminds: Whole,
        pace: Real,
        batch: Count,
        replied: Real,
        replied_after: Whole,
        replied_by_text: Number,
        rings_out: Real,
        out_answered: Number,
        out_retried: Number,
        out_rung_back: Number,
    } with {
        owner: figures::Work,
        clients: figures::Clientele,
        hours: figures::Hours,
        manner: figures::Manner,
    }
}

#[derive(Debug)]
struct Clinic {
    of: Figures,
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
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let desk = stage.desk(owner, of.number);
    let name = ["SurgeryTxt", "DentalCare", "GPSurgery", "ClinicSMS", "NHSNoReply"][stage.whole((0, 4)) as usize];
    let by_name = !matches!(desk.party, Party::Sim(_)) && coin(&mut stage.chance, of.by_name);
    let sender = match desk.party {
        Party::Sim(_) => desk.party,
        Party::Outside(_) if by_name => stage.outside(name),
        // A mobile in a drawer that a computer texts from.
        Party::Outside(_) => stage.work_phone(owner),
    };
    let patients = of.clients.draw(stage);
    let few = stage.whole(of.reminders);
    Box::new(Clinic {
        of: of.clone(),
        hours: of.hours.draw(stage),
        manner: of.manner.draw(stage),
        reminders: (few, few + stage.whole(of.reminders_more)),
        reminds: stage.whole(of.reminds),
        pace: stage.real(of.pace),
        replied: stage.real(of.replied),
        rings_out: stage.real(of.rings_out),
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
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let everyone: Vec<Party> = self.patients.iter().map(|c| c.party).collect();
        for (second, patient) in
            contacts(chance, &self.patients, if weekday == 0 { of.monday } else { 1.0 }, &self.hours)
        {
            self.manner.ring(&mut diary, second, patient, desk, chance);
        }
        let reminded = several(&everyone, whole(chance, self.reminders) as usize, chance);
        let end = diary.broadcast(self.reminds, self.sender, &reminded, self.pace, of.batch as usize, chance);
        for patient in reminded {
            if coin(chance, self.replied) {
                let second = end + whole(chance, of.replied_after);
                if matches!(self.sender, Party::Sim(_)) && coin(chance, of.replied_by_text) {
                    diary.text(second, patient, self.sender);
                } else {
                    self.manner.ring(&mut diary, second, patient, desk, chance);
                }
            }
        }
        for patient in several(&everyone, count(chance, self.rings_out) as usize, chance) {
            let second = self.hours.second(chance);
            let (answered, retried, rung_back) = (of.out_answered, of.out_retried, of.out_rung_back);
            let out = Manner { answered, retried, rung_back, ..self.manner.clone() };
            out.ring(&mut diary, second, desk, patient, chance);
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
