//! Every method that is asked of a case, once, with the methods that it rests on.

use orochi_analysis::{attribution, colocation, lines, next, quantity, roles, succession, tenancy};
use orochi_model::method::Method;

/// A method and what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct MethodEntry {
    /// Name and version; the name is also the command's and that of the statement under `docs/methods/`.
    pub method: Method,
    /// The methods whose findings or rules it takes, directly or through others.
    pub rests_on: &'static [&'static str],
}

/// All methods, in the order in which a disclosure asks them.
pub const METHODS: &[MethodEntry] = &[
    MethodEntry { method: lines::METHOD, rests_on: &["succession"] },
    MethodEntry { method: next::METHOD, rests_on: &["lines"] },
    MethodEntry { method: succession::METHOD, rests_on: &[] },
    MethodEntry { method: tenancy::METHOD, rests_on: &[] },
    MethodEntry {
        method: roles::METHOD,
        rests_on: &["lines", "succession", "next", "attribute", "colocate", "tenancy"],
    },
    MethodEntry { method: attribution::METHOD, rests_on: &["lines", "succession", "colocate", "tenancy"] },
    MethodEntry {
        method: quantity::METHOD,
        rests_on: &["lines", "succession", "roles", "next", "attribute", "colocate", "tenancy"],
    },
    MethodEntry { method: colocation::METHOD, rests_on: &[] },
];

/// The entry of a method.
pub fn find(name: &str) -> Option<&'static MethodEntry> {
    METHODS.iter().find(|entry| entry.method.name == name)
}

/// Names of all methods.
pub fn names() -> Vec<&'static str> {
    METHODS.iter().map(|entry| entry.method.name).collect()
}

/// The methods that one rests on; none for a name that is no method's.
pub fn rests_on(name: &str) -> &'static [&'static str] {
    find(name).map_or(&[], |entry| entry.rests_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_method_rests_on_is_told_whole() {
        for entry in METHODS {
            for name in entry.rests_on {
                let below = find(name).unwrap();
                // `lines` names the chains that succession links; nothing else of it rests on succession.
                let missing = below.rests_on.iter().find(|one| {
                    let known = entry.rests_on.contains(one) || (entry.method.name == "next" && **one == "succession");
                    !known
                });
                assert_eq!(missing, None, "{} rests on {name}", entry.method.name);
            }
        }
    }
}
