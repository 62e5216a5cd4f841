//! Groups of figures that several look-alikes have in common, and how an actor draws its own from them.
//!
//! The order of draws within each is part of what the output is a function of. A range whose ends
//! are equal takes no draw.

use super::diary;
use super::draw::{Hours as Drawn, several, whole};
use super::stage::{Client, Stage};
use crate::chance::Chance;
use crate::ground::{PersonId, Spot};
use crate::itinerary::Itinerary;
use crate::scenario::figure::figures;

figures! {
    /// How a number that people ring is answered.
    Manner {
        answered: Real,
        talk: Real,
        talk_spread: Real,
        rung_back: Real,
        back_after: Whole,
        retried: Real,
        voicemail: Real,
    }
}

impl Manner {
    /// An actor's own.
    pub(crate) fn draw(&self, stage: &mut Stage<'_>) -> diary::Manner {
        diary::Manner {
            answered: stage.real(self.answered),
            talk: (stage.real(self.talk), stage.real(self.talk_spread)),
            rung_back: stage.real(self.rung_back),
            back_after: self.back_after,
            retried: stage.real(self.retried),
            voicemail: stage.real(self.voicemail),
        }
    }
}

figures! {
    /// How a group is written to and answers.
    Round {
        pace: Real,
        batch: Whole,
        texted: Real,
        rang: Real,
        within: Count,
        again: Real,
    }
}

impl Round {
    /// An actor's own.
    pub(crate) fn draw(&self, stage: &mut Stage<'_>) -> super::group::Round {
        super::group::Round {
            pace: stage.real(self.pace),
            batch: stage.whole(self.batch) as usize,
            texted: stage.real(self.texted),
            rang: stage.real(self.rang),
            within: self.within,
            again: stage.real(self.again),
        }
    }
}

figures! {
    /// Who rings the actor, and how often.
    Clientele {
        number: Whole,
        contacts: Skewed,
        most: Number,
    }
}

impl Clientele {
    /// An actor's own.
    pub(crate) fn draw(&self, stage: &mut Stage<'_>) -> Vec<Client> {
        stage.clientele(self.number, self.contacts, self.most)
    }
}

figures! {
    /// When people ring.
    Hours {
        opens: Real,
        shuts: Real,
        peaks: Peaks,
    }
}

impl Hours {
    /// An actor's own.
    pub(crate) fn draw(&self, stage: &mut Stage<'_>) -> Drawn {
        let (opens, shuts) = (stage.real(self.opens), stage.real(self.shuts));
        self.between(opens, shuts)
    }

    /// An actor's own, when the closing time was drawn before and is put off by up to `later` hours.
    pub(crate) fn draw_later(&self, stage: &mut Stage<'_>, shuts: f64, later: f64) -> Drawn {
        let (opens, shuts) = (stage.real(self.opens), stage.real((shuts, shuts + later)));
        self.between(opens, shuts)
    }

    /// With opening and closing time known.
    pub(crate) fn between(&self, opens: f64, shuts: f64) -> Drawn {
        self.peaks
            .iter()
            .fold(Drawn::even(opens, shuts), |hours, (hour, spread, share)| hours.peak(*hour, *spread, *share))
    }
}

figures! {
    /// Somebody's hours at work.
    Work {
        hours: Span,
        days: Days,
    }
}

impl Work {
    /// Somebody who works so in the town.
    pub(crate) fn worker(&self, stage: &mut Stage<'_>) -> PersonId {
        stage.worker(self.hours, self.days)
    }
}

figures! {
    /// A day from door to door.
    Rounds {
        places: Count,
        stops: Count,
        begins: Whole,
        lasts: Count,
        stay: Whole,
        journey: Whole,
    }
}

impl Rounds {
    /// The places that an actor's people go to.
    pub(crate) fn spots(&self, stage: &mut Stage<'_>) -> Vec<Spot> {
        (0..self.places).map(|_| stage.spot()).collect()
    }

    /// A day at some of the places, none of them twice.
    pub(crate) fn some(&self, chance: &mut Chance, home: Spot, places: &[Spot]) -> Itinerary {
        let stops = several(places, self.stops as usize, chance);
        let begins = whole(chance, self.begins);
        self.day(chance, home, &stops, begins)
    }

    /// A day at these stops.
    pub(crate) fn day(&self, chance: &mut Chance, home: Spot, stops: &[Spot], begins: i64) -> Itinerary {
        super::rounds::rounds(chance, home, stops, begins, begins + self.lasts, self.stay, self.journey)
    }
}
