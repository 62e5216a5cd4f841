//! The towns: name, centre on the British National Grid, residents, area.
//!
//! Written down by hand from public knowledge: centres are the market place or main station to about 500 metres,
//! populations are of the built-up area at the 2021 census, rounded (Office for National Statistics, Open Government
//! Licence v3). They weigh draws and name places; homes are drawn from the census's own small areas (`homes`).

use super::town::Area::{self, Cambridgeshire, London, Norfolk, Suffolk};

/// Name, easting, northing, residents, area.
pub(super) const TOWNS: &[(&str, i32, i32, u32, Area)] = &[
    ("London", 530_000, 180_400, 8_800_000, London),
    ("Norwich", 623_100, 308_500, 196_000, Norfolk),
    ("King's Lynn", 562_000, 320_200, 48_000, Norfolk),
    ("Great Yarmouth", 652_300, 307_500, 62_000, Norfolk),
    ("Thetford", 587_100, 283_200, 25_000, Norfolk),
    ("Dereham", 598_900, 313_300, 20_000, Norfolk),
    ("Wymondham", 611_000, 301_500, 16_000, Norfolk),
    ("Attleborough", 604_900, 295_300, 11_000, Norfolk),
    ("Diss", 611_700, 280_000, 8_000, Norfolk),
    ("Swaffham", 581_900, 308_900, 8_000, Norfolk),
    ("Downham Market", 561_000, 303_200, 11_000, Norfolk),
    ("Fakenham", 591_900, 329_800, 8_000, Norfolk),
    ("Cromer", 621_900, 342_100, 8_000, Norfolk),
    ("North Walsham", 628_200, 330_300, 12_500, Norfolk),
    ("Sheringham", 615_600, 343_300, 7_500, Norfolk),
    ("Hunstanton", 567_400, 340_900, 7_500, Norfolk),
    ("Watton", 591_600, 300_800, 8_000, Norfolk),
    ("Ipswich", 616_400, 244_600, 151_000, Suffolk),
    ("Lowestoft", 654_800, 292_900, 71_000, Suffolk),
    ("Bury St Edmunds", 585_300, 264_300, 42_000, Suffolk),
    ("Felixstowe", 630_300, 234_600, 24_500, Suffolk),
    ("Haverhill", 567_200, 245_400, 26_500, Suffolk),
    ("Sudbury", 587_400, 241_300, 23_000, Suffolk),
    ("Stowmarket", 604_900, 258_600, 21_500, Suffolk),
    ("Newmarket", 564_400, 263_400, 17_500, Suffolk),
    ("Mildenhall", 571_100, 274_600, 10_500, Suffolk),
    ("Brandon", 578_400, 286_500, 10_000, Suffolk),
    ("Beccles", 642_300, 290_300, 14_000, Suffolk),
    ("Woodbridge", 627_300, 249_000, 11_500, Suffolk),
    ("Hadleigh", 602_700, 242_500, 8_500, Suffolk),
    ("Leiston", 644_500, 262_500, 6_000, Suffolk),
    ("Cambridge", 545_600, 258_400, 146_000, Cambridgeshire),
    ("Peterborough", 519_200, 298_700, 200_000, Cambridgeshire),
    ("Ely", 554_000, 280_300, 20_000, Cambridgeshire),
    ("Wisbech", 546_300, 309_600, 33_000, Cambridgeshire),
    ("March", 541_700, 296_900, 22_500, Cambridgeshire),
    ("Huntingdon", 523_900, 271_800, 26_000, Cambridgeshire),
    ("St Neots", 518_400, 260_300, 34_000, Cambridgeshire),
    ("St Ives", 531_300, 271_300, 17_000, Cambridgeshire),
    ("Whittlesey", 527_000, 297_100, 16_500, Cambridgeshire),
    ("Royston", 535_700, 240_700, 17_000, Cambridgeshire),
    ("Soham", 559_300, 273_200, 13_000, Cambridgeshire),
    ("Chatteris", 539_300, 286_000, 11_000, Cambridgeshire),
];
