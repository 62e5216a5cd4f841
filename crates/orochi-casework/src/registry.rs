//! Every method that is asked of a case, once, with the methods that it rests on.

use orochi_analysis::{applications, attribution, colocation, lines, quantity, roles, succession, tenancy};
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
    MethodEntry { method: applications::METHOD, rests_on: &["lines"] },
    MethodEntry { method: succession::METHOD, rests_on: &[] },
    MethodEntry { method: tenancy::METHOD, rests_on: &[] },
    MethodEntry {
        method: roles::METHOD,
        rests_on: &["lines", "succession", "applications", "attribution", "colocation", "tenancy"],
    },
    MethodEntry { method: attribution::METHOD, rests_on: &["lines", "succession", "colocation", "tenancy"] },
    MethodEntry {
        method: quantity::METHOD,
        rests_on: &["lines", "succession", "roles", "applications", "attribution", "colocation", "tenancy"],
    },
    MethodEntry { method: colocation::METHOD, rests_on: &[] },
];

/// The name of a method that an earlier program called otherwise: in its log, its disclosures, and names of settings
/// files.
pub fn current_name(name: &str) -> &str {
    match name {
        "attribute" => "attribution",
        "colocate" => "colocation",
        "next" => "applications",
        name => name,
    }
}

/// The entry of a method, by its name or the one that it had.
pub fn find(name: &str) -> Option<&'static MethodEntry> {
    let name = current_name(name);
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
                    let known =
                        entry.rests_on.contains(one) || (entry.method.name == "applications" && **one == "succession");
                    !known
                });
                assert_eq!(missing, None, "{} rests on {name}", entry.method.name);
            }
        }
    }
}
