//! The scenarios that come with the program (`scenarios/` of the repository).

/// Name and text of each, in the order of their names.
pub const SHIPPED: &[(&str, &str)] = &[
    ("crossing", include_str!("../../../../scenarios/crossing.toml")),
    ("mixed", include_str!("../../../../scenarios/mixed.toml")),
    ("registrations", include_str!("../../../../scenarios/registrations.toml")),
    ("small", include_str!("../../../../scenarios/small.toml")),
    ("thetford", include_str!("../../../../scenarios/thetford.toml")),
];

/// The text of a shipped scenario.
pub fn text(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_is_shipped_and_reads() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
            .collect();
        files.sort();
        let shipped: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        assert_eq!(shipped, files);
        for (name, text) in SHIPPED {
            assert_eq!(crate::scenario::read(text, name).unwrap().name, *name);
        }
    }
}
