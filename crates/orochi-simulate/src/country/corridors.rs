//! Main roads and railways as a graph of places: enough for a phone to be seen along the way.
//!
//! Places that are no town of the list are junctions and stations on the way (M11 and A11, A12, A14, A10, A47, A140,
//! A134, A1 and the lines from London to Norwich, King's Lynn and Ipswich), written down by hand to about a kilometre.

use crate::ground::Spot;

/// Places on the way that are no town of the list: name, easting, northing.
const PLACES: &[(&str, i32, i32)] = &[
    ("Stratford", 538_700, 184_400),
    ("Redbridge", 541_800, 188_500),
    ("Loughton", 543_800, 195_500),
    ("Harlow", 546_500, 208_500),
    ("Bishop's Stortford", 550_500, 221_000),
    ("Great Chesterford", 551_000, 242_500),
    ("Six Mile Bottom", 557_500, 256_500),
    ("Barton Mills", 571_800, 273_700),
    ("Acle", 640_200, 310_300),
    ("Narborough", 574_600, 312_900),
    ("Guyhirn", 540_000, 303_500),
    ("Romford", 551_200, 188_800),
    ("Brentwood", 559_500, 193_800),
    ("Chelmsford", 570_800, 206_800),
    ("Witham", 581_800, 214_500),
    ("Colchester", 599_600, 225_200),
    ("Saxmundham", 638_600, 263_200),
    ("Scole", 614_900, 279_000),
    ("Finsbury Park", 531_400, 186_700),
    ("Hatfield", 522_900, 208_600),
    ("Stevenage", 523_600, 224_200),
    ("Norman Cross", 516_000, 290_500),
    ("Bar Hill", 538_500, 263_500),
];

/// Stretches between places or towns.
const STRETCHES: &[(&str, &str)] = &[
    ("London", "Stratford"),
    ("Stratford", "Redbridge"),
    ("Redbridge", "Loughton"),
    ("Loughton", "Harlow"),
    ("Harlow", "Bishop's Stortford"),
    ("Bishop's Stortford", "Great Chesterford"),
    ("Great Chesterford", "Cambridge"),
    ("Great Chesterford", "Six Mile Bottom"),
    ("Cambridge", "Six Mile Bottom"),
    ("Six Mile Bottom", "Newmarket"),
    ("Newmarket", "Barton Mills"),
    ("Barton Mills", "Mildenhall"),
    ("Barton Mills", "Thetford"),
    ("Thetford", "Attleborough"),
    ("Attleborough", "Wymondham"),
    ("Wymondham", "Norwich"),
    ("Norwich", "Acle"),
    ("Acle", "Great Yarmouth"),
    ("Great Yarmouth", "Lowestoft"),
    ("Norwich", "Dereham"),
    ("Dereham", "Swaffham"),
    ("Swaffham", "Narborough"),
    ("Narborough", "King's Lynn"),
    ("King's Lynn", "Wisbech"),
    ("Wisbech", "Guyhirn"),
    ("Guyhirn", "March"),
    ("Guyhirn", "Peterborough"),
    ("Whittlesey", "Peterborough"),
    ("Whittlesey", "March"),
    ("March", "Chatteris"),
    ("Chatteris", "St Ives"),
    ("March", "Ely"),
    ("Redbridge", "Romford"),
    ("Romford", "Brentwood"),
    ("Brentwood", "Chelmsford"),
    ("Chelmsford", "Witham"),
    ("Witham", "Colchester"),
    ("Colchester", "Ipswich"),
    ("Ipswich", "Woodbridge"),
    ("Woodbridge", "Saxmundham"),
    ("Saxmundham", "Leiston"),
    ("Saxmundham", "Lowestoft"),
    ("Lowestoft", "Beccles"),
    ("Beccles", "Norwich"),
    ("Ipswich", "Felixstowe"),
    ("Ipswich", "Hadleigh"),
    ("Ipswich", "Stowmarket"),
    ("Stowmarket", "Bury St Edmunds"),
    ("Bury St Edmunds", "Newmarket"),
    ("Stowmarket", "Diss"),
    ("Diss", "Scole"),
    ("Scole", "Norwich"),
    ("Diss", "Thetford"),
    ("Thetford", "Bury St Edmunds"),
    ("Bury St Edmunds", "Sudbury"),
    ("Sudbury", "Colchester"),
    ("Sudbury", "Haverhill"),
    ("Haverhill", "Cambridge"),
    ("Mildenhall", "Brandon"),
    ("Brandon", "Thetford"),
    ("Brandon", "Swaffham"),
    ("Swaffham", "Fakenham"),
    ("Thetford", "Watton"),
    ("Watton", "Dereham"),
    ("Watton", "Swaffham"),
    ("Fakenham", "King's Lynn"),
    ("Fakenham", "Sheringham"),
    ("Fakenham", "Dereham"),
    ("Sheringham", "Cromer"),
    ("Cromer", "North Walsham"),
    ("North Walsham", "Norwich"),
    ("King's Lynn", "Hunstanton"),
    ("King's Lynn", "Downham Market"),
    ("Downham Market", "Ely"),
    ("Downham Market", "Swaffham"),
    ("Ely", "Cambridge"),
    ("Ely", "Soham"),
    ("Soham", "Newmarket"),
    ("Ely", "Brandon"),
    ("Cambridge", "Royston"),
    ("Royston", "Stevenage"),
    ("Stevenage", "Hatfield"),
    ("Hatfield", "Finsbury Park"),
    ("Finsbury Park", "London"),
    ("Cambridge", "Bar Hill"),
    ("Bar Hill", "St Ives"),
    ("St Ives", "Huntingdon"),
    ("Bar Hill", "Huntingdon"),
    ("Huntingdon", "Norman Cross"),
    ("Norman Cross", "Peterborough"),
    ("Stevenage", "St Neots"),
    ("St Neots", "Huntingdon"),
    ("St Neots", "Cambridge"),
];

/// The graph with the shortest way between any two places.
#[derive(Clone, Debug)]
pub struct Corridors {
    places: Vec<Spot>,
    /// Next place on the way from the first to the second, row by row.
    next: Vec<u8>,
}

impl Corridors {
    /// The graph over the towns and the places on the way.
    pub(super) fn new<'a>(towns: impl Iterator<Item = (&'a str, Spot)>) -> Self {
        let mut names = Vec::new();
        let mut places = Vec::new();
        let between =
            PLACES.iter().map(|(name, easting, northing)| (*name, Spot { easting: *easting, northing: *northing }));
        for (name, spot) in towns.chain(between) {
            names.push(name);
            places.push(spot);
        }
        let count = places.len();
        let mut length = vec![u32::MAX / 4; count * count];
        let mut next: Vec<u8> = (0..count * count).map(|cell| (cell % count) as u8).collect();
        for (a, b) in STRETCHES {
            let place = |name: &str| names.iter().position(|known| *known == name);
            let (Some(a), Some(b)) = (place(a), place(b)) else { continue };
            let metres = places[a].metres(places[b]) as u32;
            length[a * count + b] = metres;
            length[b * count + a] = metres;
        }
        for middle in 0..count {
            for from in 0..count {
                for to in 0..count {
                    let over = length[from * count + middle] + length[middle * count + to];
                    if over < length[from * count + to] {
                        length[from * count + to] = over;
                        next[from * count + to] = next[from * count + middle];
                    }
                }
            }
        }
        Self { places, next }
    }

    /// Places passed between two spots, without the spots; none when both are nearest to one place.
    pub fn between(&self, from: Spot, to: Spot) -> Vec<Spot> {
        let (mut here, goal) = (self.nearest(from), self.nearest(to));
        if here == goal {
            return Vec::new();
        }
        let mut passed = vec![self.places[here]];
        while here != goal {
            here = usize::from(self.next[here * self.places.len() + goal]);
            passed.push(self.places[here]);
        }
        passed
    }

    /// All stretches, end to end.
    pub fn stretches(&self) -> impl Iterator<Item = (Spot, Spot)> + '_ {
        let count = self.places.len();
        (0..count * count).filter_map(move |cell| {
            let (from, to) = (cell / count, cell % count);
            (from < to && usize::from(self.next[cell]) == to).then(|| (self.places[from], self.places[to]))
        })
    }

    fn nearest(&self, spot: Spot) -> usize {
        let near = |place: &usize| self.places[*place].square(spot);
        (0..self.places.len()).min_by_key(near).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use crate::country::Country;

    #[test]
    fn the_way_from_london_to_norwich_follows_the_m11_and_a11() {
        let country = Country::load().unwrap();
        let centre = |name: &str| country.towns[usize::from(country.town(name).unwrap())].centre;
        let way = country.route(centre("London"), centre("Norwich"));
        assert!(way.contains(&centre("Thetford")), "{way:?}");
        assert!(way.len() > 8, "{way:?}");
        let metres: f64 = way.windows(2).map(|pair| pair[0].metres(pair[1])).sum();
        assert!((150_000.0..190_000.0).contains(&metres), "{metres}");
    }

    #[test]
    fn every_town_can_be_reached() {
        let country = Country::load().unwrap();
        for town in &country.towns[1..] {
            let way = country.route(country.towns[0].centre, town.centre);
            let longest = way.windows(2).map(|pair| pair[0].metres(pair[1]) as u32).max().unwrap();
            assert!(longest < 45_000, "{} {longest}", town.name);
        }
    }
}
