//! What is true of a line, for `truth.json`.

use super::{Line, Role};
use crate::cast::stage::number;
use crate::cast::truth_values::{instant, own_number, person, sim_number, somebody};
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl Line {
    /// What is true of it. Days are lived again: counts are of what happened.
    pub(crate) fn truth(&self, world: &World) -> Value {
        let (mut days, mut transactions, mut grams) = (0, 0, 0.0);
        let mut bought = BTreeSet::new();
        for day in 0..world.calendar.days() {
            let lived = self.live(world, day);
            days += lived.contacts.iter().map(|(customer, _)| customer).collect::<BTreeSet<_>>().len();
            transactions += lived.deals.len();
            grams += lived.deals.iter().map(|(_, grams)| grams).sum::<f64>();
            bought.extend(lived.deals.iter().map(|(customer, _)| (day, *customer)));
        }
        let town = |place: u16| world.country.towns[usize::from(place)].name;
        json!({
            "id": self.name,
            "style": self.style.name(),
            "broadcasts": self.plan.broadcasts(),
            "size": self.plan.size(),
            "town": town(self.town),
            "origin": town(self.origin),
            "opened": instant(self.opened),
            "closed": instant(self.closed),
            "numbers": self.tenures.iter().map(|tenure| json!({
                "number": sim_number(world, tenure.sim),
                "imsi": world.sims[tenure.sim as usize].imsi.to_string(),
                "imei": world.handsets[tenure.handset as usize].imei.to_string(),
                "from": instant(tenure.from),
                "to": instant(tenure.to),
            })).collect::<Vec<_>>(),
            "spells": self.spells.iter().map(|spell| json!({
                "person": person(spell.person),
                "own_number": own_number(world, spell.person),
                "role": match spell.role { Role::Holder => "holder", Role::Runner => "runner" },
                "from": instant(spell.from),
                "to": instant(spell.to),
            })).collect::<Vec<_>>(),
            "controller": self.controller.map(|id| somebody(world, id)),
            "holder": somebody(world, self.holder_at(self.closed - 1)),
            "runners": self.runners.iter().map(|runner| number(world, runner.own)).collect::<Vec<_>>(),
            "children": self.runners.iter().filter(|r| r.child).map(|r| number(world, r.own)).collect::<Vec<_>>(),
            "work_phones": self.runners.iter().filter(|r| r.contact != r.own).map(|r| number(world, r.contact))
                .collect::<Vec<_>>(),
            "customers": self.customers.iter().map(|c| sim_number(world, c.sim)).collect::<Vec<_>>(),
            "announced": self.announced.name(),
            "continues": self.continues,
            "shares_customers_with": self.shares_customers_with,
            "customer_days": days,
            "buying_days": bought.len(),
            "transactions": transactions,
            "grams": libm::round(grams * 100.0) / 100.0,
        })
    }
}
