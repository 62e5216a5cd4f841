//! How lines are made: people first, then phones, shifts, spells and holds, then customers among the town's people.

use super::customers::{Customer, scale_rates};
use super::numbers::{learn, numbers, slip, tenures};
use super::style::LinePlan;
use super::supply::{Runner, shifts, spells};
use super::window::Window;
use super::{Line, Places, Shift, Spell, Tenure};
use crate::calendar::At;
use crate::cast::draw::{coin, one, real, several, weighted, whole};
use crate::cast::stage::towns_by_distance;
use crate::chance::{Chance, Seed};
use crate::communication::Party;
use crate::country::Area;
use crate::ground::{PersonId, Routine};
use crate::scenario::cast::{LineSection as Section, Movement, Ranges};
use crate::scenario::cast_sections::CastSections;
use crate::world::build::Builder;
use orochi_model::problem::Problem;
use std::sync::Arc;

/// All lines of a scenario.
///
/// # Errors
/// A user's, naming the key, when a town is not on the map or has nobody to sell to.
pub fn lines(sections: CastSections<'_>, builder: &mut Builder, seed: Seed) -> Result<Vec<Arc<Line>>, Problem> {
    let mut made: Vec<Line> = Vec::new();
    for (place, section) in sections.line.iter().enumerate() {
        let key = format!("line[{place}]");
        let towns = towns(builder, &section.towns, &format!("{key}.towns"))?;
        let origins = towns_or(builder, section, &format!("{key}.origins"))?;
        let ranges = sections.figures(section)?;
        for _ in 0..section.count.value {
            let chance = seed.stream("line", &[made.len() as u64]);
            let mut maker = Maker { builder, chance, section, ranges: &ranges, key: &key, made: &mut made };
            maker.make(&towns, &origins)?;
        }
    }
    Ok(made.into_iter().map(Arc::new).collect())
}

/// Places of towns by name.
fn towns(builder: &Builder, names: &[String], key: &str) -> Result<Vec<u16>, Problem> {
    names
        .iter()
        .map(|name| {
            builder.town(name).ok_or_else(|| {
                let known: Vec<&str> = builder.country().towns.iter().map(|town| town.name).collect();
                Problem::user(format!("the scenario's key `{key}` names a town that is not on the map"))
                    .because(format!("`{name}`"))
                    .hint(format!("the map has {}", known.join(", ")))
            })
        })
        .collect()
}

/// Where lines are controlled from: as stated, else London.
fn towns_or(builder: &Builder, section: &Section, key: &str) -> Result<Vec<u16>, Problem> {
    let stated = towns(builder, &section.origins, key)?;
    if !stated.is_empty() {
        return Ok(stated);
    }
    let london = |place: &usize| builder.country().towns[*place].area == Area::London;
    Ok((0..builder.country().towns.len()).filter(london).map(|place| place as u16).collect())
}

struct Maker<'a> {
    builder: &'a mut Builder,
    chance: Chance,
    section: &'a Section,
    ranges: &'a Ranges,
    key: &'a str,
    made: &'a mut Vec<Line>,
}

/// A line before its people.
struct LineDraft {
    id: u32,
    town: u16,
    origin: u16,
    window: Window,
    plan: LinePlan,
    /// The line whose handset, people and days it has.
    with: Option<Line>,
    /// The line with which it has customers in common.
    shares: Option<usize>,
    /// The line that it continues.
    continues: Option<usize>,
}

struct LinePeople {
    holders: Vec<(PersonId, At)>,
    controller: Option<PersonId>,
    runners: Vec<Runner>,
}

struct LinePhone {
    shifts: Vec<Shift>,
    spells: Vec<Spell>,
    tenures: Vec<Tenure>,
}

impl Maker<'_> {
    /// One line; two when it closes and comes back.
    fn make(&mut self, towns: &[u16], origins: &[u16]) -> Result<(), Problem> {
        let (opened, end) = self.builder.calendar().span();
        let days = self.builder.calendar().days();
        let town = one(&mut self.chance, towns).unwrap_or_else(|| self.market_town());
        let origin = one(&mut self.chance, origins).unwrap_or(town);
        let before = self.section.shares_customers.then(|| self.made.len() - 1);
        if !self.section.reemerges {
            return self.line(town, origin, Window { opened, closed: end }, before, None);
        }
        let close = (f64::from(days) * real(&mut self.chance, (0.35, 0.55))) as u32;
        let closed = self.builder.calendar().at(close.min(days - 1), whole(&mut self.chance, (28_000, 72_000)));
        self.line(town, origin, Window { opened, closed }, before, None)?;
        let again = (closed + (real(&mut self.chance, (0.8, 4.0)) * 86_400.0) as i64).min(end - 86_400);
        let first = self.made.len() - 1;
        let window = Window { opened: again.max(closed + 3600), closed: end };
        self.line(town, origin, window, None, Some(first))
    }

    /// A town outside London by its residents.
    fn market_town(&mut self) -> u16 {
        let towns = &self.builder.country().towns;
        let weights: Vec<f64> = towns
            .iter()
            .enumerate()
            .map(|(place, town)| match town.area {
                Area::London => 0.0,
                _ => self.builder.residents(place as u16).len() as f64,
            })
            .collect();
        weighted(&mut self.chance, &weights) as u16
    }

    fn line(
        &mut self,
        town: u16,
        origin: u16,
        window: Window,
        shares: Option<usize>,
        continues: Option<usize>,
    ) -> Result<(), Problem> {
        let plan = LinePlan::draw(self.section, self.ranges, &mut self.chance);
        let origin = if plan.movement == Movement::InForce { self.neighbour(town) } else { origin };
        let with = if self.section.same_handset { self.made.last().cloned() } else { None };
        let window = with.as_ref().map_or(window, |other| Window { opened: other.opened, closed: other.closed });
        let draft = LineDraft { id: self.made.len() as u32, town, origin, window, plan, with, shares, continues };
        let LinePeople { holders, controller, runners } = self.line_people(&draft);
        let LinePhone { shifts, spells, tenures } = self.line_phone(&draft, &runners, &holders);
        for tenure in &tenures {
            for spell in &spells {
                let (from, to) = (tenure.from.max(spell.from), tenure.to.min(spell.to));
                self.builder.hold(tenure.sim, tenure.handset, spell.person, from, to);
            }
        }
        let numbers = numbers(&tenures, draft.plan.announced, &mut self.chance);
        let customers = self.base(&draft, &numbers)?;
        let days = self.builder.calendar().days();
        let days_off = (0..days).map(|_| coin(&mut self.chance, draft.plan.days_off)).collect();
        let kin: Vec<Party> = several(self.builder.residents(origin), 5, &mut self.chance)
            .into_iter()
            .map(|person| Party::Sim(self.builder.people()[person as usize].sim))
            .collect();
        let services = (0..3)
            .map(|place| {
                let last = 900 + (u32::from(town) * 7 + place) % 100;
                Party::Outside(self.builder.outside(format!("+441632960{last}")))
            })
            .collect();
        let name = |place: usize| format!("L{:02}", place + 1);
        let places = self.places(town, origin);
        let LineDraft { id, plan, .. } = draft;
        self.made.push(Line {
            id,
            name: name(id as usize),
            style: self.section.style,
            town,
            origin,
            opened: window.opened,
            closed: window.closed,
            announced: plan.announced,
            plan,
            tenures,
            numbers,
            spells,
            holders,
            controller,
            runners,
            shifts,
            customers,
            days_off,
            kin,
            services,
            places,
            continues: continues.map(name),
            shares_customers_with: shares.map(name).into_iter().collect(),
        });
        if let Some(other) = shares {
            self.made[other].shares_customers_with.push(name(id as usize));
        }
        Ok(())
    }

    fn line_people(&mut self, draft: &LineDraft) -> LinePeople {
        let LineDraft { id, town, origin, window, .. } = *draft;
        let holders = match (&draft.with, draft.continues) {
            (Some(other), _) => other.holders.clone(),
            (None, Some(first)) => vec![(self.made[first].holder_at(window.closed), At::MIN)],
            (None, None) => self.holders(id, origin, &draft.plan, window),
        };
        let controller = match &draft.with {
            Some(other) => other.controller,
            None => coin(&mut self.chance, 0.6).then(|| self.careful(id, origin)),
        };
        let runners = match &draft.with {
            Some(other) => other.runners.clone(),
            None => self.runners(id, town, origin),
        };
        LinePeople { holders, controller, runners }
    }

    fn line_phone(&mut self, draft: &LineDraft, runners: &[Runner], holders: &[(PersonId, At)]) -> LinePhone {
        let (plan, window) = (&draft.plan, draft.window);
        if let Some(other) = &draft.with {
            let sim = self.builder.sim(self.builder.network(&mut self.chance), true);
            let tenures = other.tenures.iter().map(|tenure| super::Tenure { sim, ..*tenure }).collect();
            return LinePhone { shifts: other.shifts.clone(), spells: other.spells.clone(), tenures };
        }
        let centre = self.builder.country().towns[usize::from(draft.town)].centre;
        let calendar = self.builder.calendar().clone();
        let shifts = shifts(&calendar, &mut self.chance, plan, self.ranges, runners, centre, window);
        let spells = spells(&shifts, runners, holders, window, plan.brought_back);
        let mut tenures = tenures(self.builder, &mut self.chance, plan, self.ranges, window, self.made.is_empty());
        self.slip(&mut tenures, &spells);
        LinePhone { shifts, spells, tenures }
    }

    /// The customers, and what each knows of the line's numbers.
    fn base(&mut self, draft: &LineDraft, numbers: &[super::Number]) -> Result<Vec<Customer>, Problem> {
        let LineDraft { plan, shares, continues, .. } = draft;
        let days = self.builder.calendar().days();
        let mut customers = self.customers(draft.town, plan, days, shares.or(*continues))?;
        scale_rates(&mut customers, plan, days, &mut self.chance);
        if let Some(other) = *shares {
            split(&mut customers, &mut self.made[other]);
        }
        learn(&mut customers, numbers, plan, &mut self.chance);
        if continues.is_some() {
            self.hear_again(&mut customers, draft.window.opened);
        }
        Ok(customers)
    }

    /// In some lines that the phone travels with, its SIM once sits in a runner's own handset for some hours.
    fn slip(&mut self, tenures: &mut Vec<super::Tenure>, spells: &[super::Spell]) {
        let long: Vec<super::Spell> = spells
            .iter()
            .copied()
            .filter(|spell| spell.role == super::Role::Runner && spell.to - spell.from > 50_000)
            .collect();
        if !coin(&mut self.chance, 0.4) {
            return;
        }
        if let Some(spell) = one(&mut self.chance, &long) {
            let sim = self.builder.people()[spell.person as usize].sim;
            let Some(own) = self.builder.holds(sim).first().map(|hold| hold.handset) else { return };
            let from = spell.from + whole(&mut self.chance, (7200, 20_000));
            slip(tenures, own, from, from + whole(&mut self.chance, (3600, 21_600)));
        }
    }

    /// The town itself, or one next to it: in-force lines travel little.
    fn neighbour(&mut self, town: u16) -> u16 {
        if coin(&mut self.chance, 0.6) {
            return town;
        }
        let area = self.builder.country().towns[usize::from(town)].area;
        towns_by_distance(self.builder, town)
            .into_iter()
            .skip(1)
            .find(|other| self.builder.country().towns[usize::from(*other)].area == area)
            .unwrap_or(town)
    }

    /// The holder, and another one after a hand-over.
    fn holders(&mut self, id: u32, origin: u16, plan: &LinePlan, window: Window) -> Vec<(PersonId, At)> {
        let Window { opened, closed } = window;
        let mut all = vec![(self.member(id, origin), At::MIN)];
        if plan.hand_over {
            let at = opened + ((closed - opened) as f64 * real(&mut self.chance, (0.3, 0.7))) as i64;
            all.push((self.member(id, origin), at));
        }
        all
    }

    /// Somebody of the line with an own smart phone, used like anybody's.
    fn member(&mut self, id: u32, town: u16) -> PersonId {
        let home = self.builder.home_in(town, &mut self.chance);
        let person = self.builder.person(home, town, Routine::Cast(id));
        let activity = real(&mut self.chance, (0.5, 1.2));
        self.builder.activity(person, activity);
        person
    }

    /// The controller: a basic handset, few contacts.
    fn careful(&mut self, id: u32, town: u16) -> PersonId {
        let person = self.member(id, town);
        self.builder.activity(person, 0.12);
        let sim = self.builder.people()[person as usize].sim;
        let (from, to) = self.builder.calendar().span();
        let handset = self.builder.handset(false);
        self.builder.release(sim);
        self.builder.hold(sim, handset, person, from, to);
        person
    }

    fn runners(&mut self, id: u32, town: u16, origin: u16) -> Vec<Runner> {
        let n = real(&mut self.chance, self.ranges.runners).round() as usize;
        let (local_share, child_share) =
            (real(&mut self.chance, self.ranges.local_runners), real(&mut self.chance, self.ranges.children));
        (0..n.max(1))
            .map(|_| {
                let local = coin(&mut self.chance, local_share);
                let child = coin(&mut self.chance, child_share) && !local;
                let person = self.member(id, if local { town } else { origin });
                let activity = real(&mut self.chance, if child { (1.2, 2.2) } else { (0.8, 1.6) });
                self.builder.activity(person, activity);
                let own = Party::Sim(self.builder.people()[person as usize].sim);
                let contact = if coin(&mut self.chance, 0.25) { self.work_phone(person) } else { own };
                let home = self.builder.people()[person as usize].home;
                Runner { person, own, contact, local, child, home }
            })
            .collect()
    }

    /// A second, basic phone of a runner, for the line to ring.
    fn work_phone(&mut self, person: PersonId) -> Party {
        let network = self.builder.network(&mut self.chance);
        let (sim, handset) = (self.builder.sim(network, true), self.builder.handset(false));
        let (from, to) = self.builder.calendar().span();
        self.builder.hold(sim, handset, person, from, to);
        Party::Sim(sim)
    }

    /// The base: part of another line's customers first, then people of the town and, when it has not
    /// enough, of those around it.
    fn customers(
        &mut self,
        town: u16,
        plan: &LinePlan,
        days: u32,
        other: Option<usize>,
    ) -> Result<Vec<Customer>, Problem> {
        let mut pool: Vec<PersonId> = Vec::new();
        for place in towns_by_distance(self.builder, town) {
            pool.extend_from_slice(self.builder.residents(place));
            // Some come from the villages and the next town even when the town has enough.
            if pool.len() as f64 >= plan.customers as f64 * 2.5 {
                break;
            }
        }
        if pool.len() < 5 {
            return Err(Problem::user(format!("the scenario's key `{}.towns` has nobody to sell to", self.key))
                .because(format!("{} people live there and around it", pool.len()))
                .hint("raise `people.count`, or name the town in `country.towns`"));
        }
        let mut people: Vec<PersonId> = Vec::new();
        if let Some(other) = other {
            let theirs: Vec<PersonId> = self.made[other].customers.iter().map(|c| c.person).collect();
            let n = (theirs.len() as f64 * plan.returning) as usize;
            people = several(&theirs, n.min(plan.customers), &mut self.chance);
        }
        let taken: std::collections::BTreeSet<PersonId> = people.iter().copied().collect();
        let free: Vec<PersonId> = pool.into_iter().filter(|person| !taken.contains(person)).collect();
        let more = plan.customers.saturating_sub(people.len());
        people.extend(several(&free, more, &mut self.chance));
        Ok(people
            .into_iter()
            .map(|person| {
                let sim = self.builder.people()[person as usize].sim;
                Customer::draw(person, sim, plan, days, &mut self.chance)
            })
            .collect())
    }

    /// Customers of a line that comes back hear of it over its first days.
    fn hear_again(&mut self, customers: &mut [Customer], opened: At) {
        for customer in customers {
            if let Some(first) = customer.knows.first_mut() {
                *first = opened
                    + (real(&mut self.chance, (0.0, 2.0)) * real(&mut self.chance, (0.0, 1.0)) * 86_400.0) as i64;
            }
        }
    }

    fn places(&mut self, town: u16, origin: u16) -> Places {
        let spots = |n: i64, town: u16, maker: &mut Self| {
            (0..n).map(|_| maker.builder.home_in(town, &mut maker.chance)).collect::<Vec<_>>()
        };
        let bases = whole(&mut self.chance, (1, 3));
        Places {
            bases: spots(bases, town, self),
            deals: spots(12, town, self),
            haunts: spots(4, origin, self),
            school: self.builder.home_in(origin, &mut self.chance),
        }
    }
}

/// Customers of two lines divide what they buy between them.
fn split(customers: &mut [Customer], other: &mut Line) {
    for customer in customers {
        if let Some(theirs) = other.customers.iter_mut().find(|c| c.person == customer.person) {
            theirs.rate *= 0.55;
            customer.rate *= 0.6;
        }
    }
}
