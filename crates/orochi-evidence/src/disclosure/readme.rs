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
  sha256sum --check MANIFEST.sha256    checks that no file was altered
  orochi disclose verify .             does the same, checks the audit log against its head, and makes every finding
                                       again
  ./rerun.sh PATH-TO-OROCHI            makes every finding again from the native files and compares it byte by byte
This folder is all that is needed: neither the network nor anything else of the case. Use the version of orochi named
above: another version may hold newer versions of a method, and its findings may then differ.

natives/     the native files as received, one folder for each exhibit
inputs/      what a person entered: authorities, settings, layout profiles, event anchors, a model
";

const REDACTED: &str = "\
REDACTED. {count} identifiers of these roles are replaced by pseudonyms: {roles}. Roles are hypotheses of the method
roles and not findings of fact. The names and addresses of those numbers' users and the cells their phones used are
withheld. So are rows that could not be read, excess data, and entries of the log that hold a replaced identifier. A
pseudonym stands for the same identifier throughout, and in other disclosures made with the same ledger.

TO CHECK IT
  sha256sum --check MANIFEST.sha256    checks that no file was altered
  orochi disclose verify .             does the same, and checks the audit log against its head; withheld entries are
                                       represented by their hashes
Native files cannot be redacted and are left out, so the findings cannot be made again from this folder. exhibits.csv
has the hashes of the native files.
";

const EVERY: &str = "\
findings/    the document of each method (JSON), with its version and every setting; csv/ and parquet/ hold the same as
             tables, joined by columns that give the position in the document (findings, reasons, …). Each reason says
             whether it is for or against, and names its rows. reading-EX0001 says how that file was read: each column,
             and what was corrected, doubted, rejected and passed over
contrary.csv everything that counts against a finding, and everything that limits the data, in one place
tables/      records as disclosed by operators, and events, tenancies and presences derived from them; times are UTC
exhibits.csv the native files: hash, rows, what could not be read
runs.csv     every run of a method that the audit log records, with its settings
audit/       the log, one entry on each line, and the tree head (RFC 6962) that proves it

WHAT THIS DOES NOT SHOW
A record shows what a phone or SIM did, never who used it. A cell is not a place: a phone is often outside the area that
is drawn for its mast. A score is a ranking, not a probability. Findings are the opinion of a method, for a person to
judge.
";
