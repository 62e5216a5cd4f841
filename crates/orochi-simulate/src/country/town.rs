//! A town, and the part of the country in which it lies.

use crate::ground::Spot;

/// Which part of the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Greater London.
    London,
    /// Norfolk.
    Norfolk,
    /// Suffolk.
    Suffolk,
    /// Cambridgeshire with Peterborough.
    Cambridgeshire,
}

impl Area {
    /// The area a local authority (names of the census of 2011) belongs to; none for the rest of the country.
    pub fn of_authority(name: &str) -> Option<Self> {
        const LONDON: &str = "City of London|Barking and \
                              Dagenham|Barnet|Bexley|Brent|Bromley|Camden|Croydon|Ealing|Enfield|Greenwich|Hackney|\
                              Hammersmith and Fulham|Haringey|Harrow|Havering|Hillingdon|Hounslow|Islington|Kensington \
                              and Chelsea|Kingston upon Thames|Lambeth|Lewisham|Merton|Newham|Redbridge|Richmond upon \
                              Thames|Southwark|Sutton|Tower Hamlets|Waltham Forest|Wandsworth|Westminster";
        const NORFOLK: &str =
            "Breckland|Broadland|Great Yarmouth|King's Lynn and West Norfolk|North Norfolk|Norwich|South Norfolk";
        const SUFFOLK: &str = "Babergh|Forest Heath|Ipswich|Mid Suffolk|St Edmundsbury|Suffolk Coastal|Waveney";
        const CAMBRIDGESHIRE: &str =
            "Cambridge|East Cambridgeshire|Fenland|Huntingdonshire|South Cambridgeshire|Peterborough";
        [
            (LONDON, Self::London),
            (NORFOLK, Self::Norfolk),
            (SUFFOLK, Self::Suffolk),
            (CAMBRIDGESHIRE, Self::Cambridgeshire),
        ]
        .into_iter()
        .find(|(names, _)| names.split('|').any(|known| known == name))
        .map(|(_, area)| area)
    }
}

/// A town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Town {
    /// Its name.
    pub name: &'static str,
    /// Its centre.
    pub centre: Spot,
    /// Residents.
    pub population: u32,
    /// Where it lies.
    pub area: Area,
}
