//! The words of headings and what they stand for.

macro_rules! concepts {
    ($($name:ident = $bit:expr;)*) => { $(pub(super) const $name: u128 = 1 << $bit;)* };
}

// What a word stands for, one bit each: a heading is the set of its words' meanings.
concepts! {
    A = 0; B = 1; C = 2; OWN = 3; OTHER = 4; NUM = 5; DATE = 6; TIME = 7; START = 8; END = 9; DUR = 10; RING = 11;
    TYPE = 12; DIR = 13;
    OUTC = 14; IMEI = 15; IMSI = 16; ICCID = 17; CELL = 18; AREA = 19; NODE = 20; SECTOR = 21; RADIO = 22; SITE = 23;
    ADDR = 24;
    POST = 25; EAST = 26; NORTH = 27; GRID = 28; LAT = 29; LON = 30; AZ = 31; MCC = 32; MNC = 33; NET = 34; APN = 35;
    UP = 36;
    DOWN = 37; VOL = 38; NAME = 39; BORN = 40; ACCT = 41; AMOUNT = 42; METHOD = 43; PLACE = 44; MAKE = 45; RANGE = 46;
    FROM = 47;
    TO = 48; SEEN = 49; VALID = 50; ID = 51; CALL = 52; NOT = 53; ANSWER = 54; TARGET = 55; DEVICE = 56; SIM = 57;
    EVENT = 58;
    OPEN = 59; CLOSE = 60; SUB = 61; DATA = 62; QUALITY = 63; PLANT = 64; ROAM = 65; LEDGER = 66; REFER = 67;
    PHONE = 68; LINK = 69; ADMIN = 70;
}

/// Words and what they stand for.
pub(super) const WORDS: &[(u128, &str)] = &[
    (
        A,
        "a calling caller originating originator originated origination orig origin source src sender initiating \
         initiator init cli ano clg cgpn cgn",
    ),
    (
        B,
        "b called callee terminating terminator terminated termination term destination dest dst recipient receiver \
         receiving recv rcpt dialled dialed bno cld cdpn cdn dialing",
    ),
    (C, "c forwarded forwarding forward fwd redirected redirect redirecting diverted divert third cfw fow transferred"),
    (OWN, "own our user served charged monitored my self local home handling mdn"),
    (TARGET, "target tgt subject requested searched"),
    (SUB, "subscriber customer subs sub account holder"),
    (PHONE, "msisdn msisdns tel telephone phone mobile ctn mdn party pty phoneno dialled dialed"),
    (
        OTHER,
        "other their corresponding correspondent contact counterparty partner remote opposite distant far peer \
         otherparty associated",
    ),
    (
        NUM,
        "number no num nbr nr nos msisdn party tel telephone phone mobile ctn digits address identity numero msisdns \
         pty phoneno line ident",
    ),
    (DATE, "date day dt datum dated"),
    (TIME, "time tm timestamp when datetime hour clock hrs moment ts occurred"),
    (
        START,
        "start started starts starting begin begins began beg first commence commenced initial seizure setup connect \
         connected conn 1st st",
    ),
    (
        END,
        "end ended ends ending finish finished fin last final stop stopped release released disconnect disconnected \
         terminate clear until",
    ),
    (ANSWER, "answer answered answering"),
    (
        DUR,
        "duration dur length elapsed talk talktime billsec seconds secs sec ms msec msecs milliseconds conversation \
         durn dura holding minutes mins min",
    ),
    (RING, "ring ringing alerting"),
    (
        TYPE,
        "type kind category cdr usage class service svc product activity feature medium ct rectype recordtype calltype",
    ),
    (DIR, "direction dir inout out way flow inbound outbound io mo mt"),
    (OUTC, "outcome result status disposition completion cause"),
    (EVENT, "event record communication comms comm transaction session leg interaction"),
    (IMEI, "imei imeisv tac"),
    (IMSI, "imsi"),
    (ICCID, "iccid"),
    (SIM, "sim"),
    (DEVICE, "handset device equipment terminal"),
    (CELL, "cell cgi ecgi ncgi ci eci nci cellid cid sac sai utrancell bts cells gci"),
    (AREA, "lac tac area tai lai lacid"),
    (NODE, "enb enodeb enodebid gnb gnodeb nodeb node"),
    (SECTOR, "sector face"),
    (RADIO, "radio rat generation technology tech gen bearer"),
    (SITE, "site mast antenna tower location basestation station"),
    (ADDR, "address addr street line1 town city"),
    (POST, "postcode post pcode postal pc pcd postcodes zip"),
    (EAST, "easting east eastings x bnge"),
    (NORTH, "northing north northings y bngn"),
    (GRID, "grid ngr osgr gridref bng osgb"),
    (LAT, "latitude lat"),
    (LON, "longitude lon long lng"),
    (AZ, "azimuth bearing orientation az boresight heading azi"),
    (MCC, "mcc country"),
    (MNC, "mnc net"),
    (NET, "operator network provider carrier csp mno plmn netname brand"),
    (APN, "apn accesspoint"),
    (UP, "up upload uploaded uplink ul sent tx upstream ulink outgoing"),
    (DOWN, "down download downloaded downlink dl received rx downstream dlink incoming"),
    (VOL, "volume bytes kb mb octets kbytes byte vol megabytes kilobytes gb kib mib gib mbytes gbytes gigabytes"),
    (DATA, "data gprs"),
    (NAME, "name forename surname fullname firstname lastname"),
    (BORN, "dob birth born"),
    (ACCT, "prepay postpay contract tariff plan prepaid"),
    (AMOUNT, "amount value credit sum topup voucher payment paid gbp topups recharge"),
    (METHOD, "method channel medium paymenttype"),
    (PLACE, "retailer shop store outlet merchant vendor"),
    (MAKE, "make model manufacturer brandname"),
    (RANGE, "range radius"),
    (FROM, "from"),
    (TO, "to"),
    (SEEN, "seen used observed use"),
    (VALID, "valid effective live active activation activated connection registered registration opened installed on"),
    (CLOSE, "expiry expired expires disconnection deactivation deactivated closed ceased decommissioned off removed"),
    (ID, "id ref reference key identifier serial"),
    (CALL, "call calls voice sms text message msg"),
    (QUALITY, "quality positional"),
    (
        NOT,
        "cost costs price charge charges fee ip ipv4 ipv6 port url item seq sequence row rowno lineno index count \
         crime offence offences dealer invoice balance",
    ),
    // When and by whom the file was made, not the call.
    (
        ADMIN,
        "imported exported processed created report printed billed billing version updated modified loaded inserted \
         generated extracted",
    ),
    // Pieces of a network, whose numbers are written like telephones' and are nobody's.
    (
        PLANT,
        "switch switches sw msc mscs mscid mss msrn smsc smscs smscid smscentre smscenter vlr vlrs vlrid hlr hss lrn \
         lrns mgw mgcf ggsn sgsn pgw sgw mme trunk trunks trunkgroup tg tgs tgn route routes routing routeing gateway \
         gateways gw gmsc exchange sccp opc dpc pointcode globaltitle gt tsp lsa centre center",
    ),
    (ROAM, "roam roaming roamer visited visiting"),
    // What an operator keeps books by.
    (LEDGER, "account accounts acct acc"),
    (REFER, "ref refs reference references key serial correlation ticket seq sequence index rowno lineno"),
    (LINK, "connection"),
];

/// Words that say nothing about the field.
pub(super) const NOISE: &[&str] = &[
    "of",
    "the",
    "in",
    "at",
    "and",
    "or",
    "is",
    "for",
    "as",
    "by",
    "hh",
    "mm",
    "ss",
    "dd",
    "yyyy",
    "yy",
    "utc",
    "gmt",
    "bst",
    "uk",
    "hhmmss",
    "full",
    "raw",
    "normalised",
    "standardised",
    "e",
    "164",
    "e164",
    "code",
    "value",
    "global",
    "degrees",
    "deg",
    "metres",
    "m",
    "wgs",
    "84",
    "wgs84",
    "n",
    "s",
    "national",
    "ref",
    "format",
    "approx",
    "local",
    "z",
    "event",
    "based",
    "serving",
    "party1",
    "0",
    "1",
    "2",
    "info",
    "details",
];
