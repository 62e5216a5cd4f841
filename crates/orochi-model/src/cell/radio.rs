//! Names of radio generations and of host networks.

/// The radio a word names, as in canonical texts; none for words that name none.
pub fn radio_of(word: &str) -> Option<&'static str> {
    // Most rows hold one of these as it is.
    match word {
        "4G" | "LTE" => return Some("LTE"),
        "5G" | "NR" => return Some("NR"),
        "3G" | "UMTS" => return Some("UMTS"),
        "2G" | "GSM" => return Some("GSM"),
        _ => {}
    }
    let squashed: String =
        word.chars().filter(char::is_ascii_alphanumeric).take(24).map(|c| c.to_ascii_uppercase()).collect();
    Some(match squashed.as_str() {
        "GSM" | "2G" | "GERAN" | "GPRS" | "EDGE" => "GSM",
        "UMTS" | "3G" | "UTRAN" | "WCDMA" | "HSPA" | "HSDPA" => "UMTS",
        // Non-standalone 5G is controlled, and identified, by an LTE cell.
        "LTE" | "4G" | "EUTRAN" | "VOLTE" | "LTEM" | "NBIOT" | "ENDC" | "5GNSA" | "4GLTE" => "LTE",
        "NR" | "5G" | "5GNR" | "5GSA" | "NGRAN" => "NR",
        "CDMA" => "CDMA",
        "WIFI" | "WLAN" | "VOWIFI" | "WIFICALLING" | "IWLAN" => "WIFI",
        _ => return None,
    })
}

/// The mobile country and network code under which a network's cells are broadcast in Great Britain. Virtual operators
/// have no row on purpose: whose cells they use has changed more than once.
pub fn mnc_of(network: &str) -> Option<(&'static str, &'static str)> {
    const MNC: &[(&str, &str)] = &[
        ("ee", "30"),
        ("everything", "30"),
        ("h3g", "20"),
        ("hutchison", "20"),
        ("o2", "10"),
        ("telefonica", "10"),
        ("telefónica", "10"),
        ("three", "20"),
        ("3", "20"),
        ("vodafone", "15"),
    ];
    let first = network.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
    let (_, mnc) = MNC.iter().find(|(name, _)| name.eq_ignore_ascii_case(first))?;
    Some(("234", mnc))
}
