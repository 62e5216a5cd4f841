//! `README.txt`: what a disclosure holds, how it is checked, and what must not be taken from it.

use super::{redaction::Redaction, replay::DisclosureAbout};

pub(super) fn text(about: &DisclosureAbout, redaction: Option<&Redaction>) -> String {
    let marking =
        about.marking.as_deref().map(|_| "TRAINING: an exercise; nothing here is evidence\n\n").unwrap_or_default();
    let whole = match redaction {
        None => WHOLE.to_owned(),
        Some(redaction) => REDACTED
            .replace("{roles}", &redaction.roles().join(", "))
            .replace("{count}", &redaction.count().to_string()),
    };
    format!(
        "{marking}Disclosure of the case {}, reference {}\nMade by {}. Head of the audit log: {}\n\n{whole}\n{EVERY}",
        about.case,
        if about.reference.is_empty() { "none" } else { &about.reference },
        about.tool,
        about.head,
    )
}

const WHOLE: &str = "\
TO CHECK IT
  sha256sum --check MANIFEST.sha256    every file is what it was
  orochi disclose verify .             the same, the audit log against its head, and every finding made again
  ./rerun.sh PATH-TO-OROCHI            every finding made again from the native files, compared byte by byte
No network is needed, and nothing of the case but this folder. Use the version of orochi named above: another may hold \
newer
versions of a method, and then says other things.

natives/     the native files as received, one folder an exhibit
inputs/      what a person entered: authorities, settings, layout profiles, event anchors, a model
";

const REDACTED: &str = "\
REDACTED. {count} identifiers of these roles are replaced by pseudonyms: {roles}. Roles are hypotheses of the method \
roles and not
findings of fact. Names and addresses of those numbers' users and the cells their phones used are withheld, and so are \
rows that
could not be read, excess data, and entries of the log that hold a replaced identifier. A pseudonym stands for the \
same identifier
wherever it stands, and in other disclosures made with the same ledger.

TO CHECK IT
  sha256sum --check MANIFEST.sha256    every file is what it was
  orochi disclose verify .             the same, and the audit log against its head: withheld entries count by their \
  hashes
Native files cannot be redacted and are not here, so it cannot be run again; exhibits.csv has their hashes.
";

const EVERY: &str = "\
findings/    each method's document (JSON), its version and every setting inside; csv/ and parquet/ hold the same as \
tables, joined
             by the columns of places (findings, reasons, …). Each reason says whether it is for or against and names \
             its rows.
             reading-EX0001 says how that file was read: each column, what was mended, doubted, rejected and passed over
contrary.csv everything that speaks against a finding, and what limits the data, in one place
tables/      records as disclosed by operators, and events, tenancies and presences derived from them; times are UTC
exhibits.csv the native files: hash, rows, what could not be read
runs.csv     every run of a method that the audit log tells of, with its settings
audit/       the log, one entry a line, and the tree head (RFC 6962) that proves it

WHAT THIS IS NOT
A record shows what a phone or SIM did, never who used it. A cell is not a place: a phone is often outside the area \
its mast is
drawn with. A score ranks and is not a probability. Findings are a method's opinion, for a person to judge.
";
