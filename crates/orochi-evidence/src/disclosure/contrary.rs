//! `contrary.csv`: everything that speaks against a finding, or limits what the data can carry, in one place.
//!
//! It holds every reason against, of every finding of every method (of `lines`, the numbers that are flagged); pairs
//! that `succession` did not link; what could not be read of the native files; and runs of methods with other settings.
//! It is a list to begin from: each row names where the whole stands.

use std::{fs::File, io::BufWriter, path::Path};

use orochi_case::{Engine, Exhibit};
use orochi_casework::SettingsBook;
use orochi_model::{
    problem::Problem,
    sentence::{Sentence, quoted},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    json_stream::{Piece, pieces},
    redaction::{Redaction, shown},
    runs::MethodRun,
};
use crate::atomic_output::WholeFolder;
use crate::exchange::{csv_escape::safe, marked_csv::MarkedCsv, notation::places};

/// The file in the making.
pub(super) struct Contrary {
    csv: MarkedCsv<BufWriter<File>>,
    rows: u64,
}

impl Contrary {
    pub(super) fn begin(folder: &WholeFolder, training: bool) -> Result<Self, Problem> {
        let head = ["source", "place", "about", "what", "text", "rows"];
        let csv = MarkedCsv::begin(folder.file("contrary.csv")?, training, head)?;
        Ok(Self { csv, rows: 0 })
    }

    fn row(&mut self, cells: [&str; 6]) -> Result<(), Problem> {
        self.rows += 1;
        self.csv.row(cells.map(safe))
    }

    /// Every reason against in a document of findings.
    pub(super) fn findings(&mut self, file: &Path, source: &str) -> Result<(), Problem> {
        let mut list = String::new();
        pieces(file, &mut |piece| {
            match piece {
                Piece::List(name) => list = name,
                Piece::Element(place, value) => {
                    let mut found = Vec::new();
                    search(&value, &format!("{list} {place}"), &about(&value), false, &mut found);
                    for one in found {
                        self.row([source, &one.place, &one.about, &one.what, &one.text, &one.rows])?;
                    }
                }
                Piece::Field(..) | Piece::End => {}
            }
            Ok(())
        })
    }

    /// What the native files could not give.
    pub(super) fn limits(
        &mut self,
        exhibits: &[Exhibit],
        engine: &Engine,
        redaction: Option<&Redaction>,
    ) -> Result<(), Problem> {
        let shown = |text: &str| shown(redaction, text);
        for one in exhibits {
            let tally = &one.tally;
            let counts = [
                (tally.rejects, "rows that could not be read", "tables/rejects"),
                (
                    tally.excess,
                    "rows quarantined as excess data when the file was taken in",
                    "authorities, releases in the log",
                ),
                (one.duplicates, "records whose content also occurs elsewhere", "tables/records"),
            ];
            for (count, what, place) in counts.into_iter().filter(|(count, ..)| *count > 0) {
                let text = Sentence::fact(format!("{count} of {} rows in {}: {what}", tally.rows, one.label))?;
                self.row([&one.label, place, &shown(&one.file), "limit of the data", text.as_str(), ""])?;
            }
            // A column's heading is quoted as it stands in the file.
            let unmapped = one.unmapped.iter().map(|column| format!("the column {column} was not used"));
            for remark in one.remarks.iter().cloned().chain(unmapped) {
                self.row([&one.label, "exhibits.csv", &shown(&one.file), "limit of the data", &shown(&remark), ""])?;
            }
        }
        let doubts = [
            ("start_alt", "communications begin in the repeated hour of October: their time may be an hour later"),
            ("doubt", "communications may be the forwarded leg of another call: they may be counted twice"),
        ];
        for (column, what) in doubts {
            let count = format!("SELECT count(*) AS n FROM events WHERE {column} IS NOT NULL");
            for batch in engine.stream(&count)? {
                let count = orochi_tables::columns::numbers::<arrow::datatypes::Int64Type>(&batch?, "n")?;
                if !count.is_empty() && count.value(0) > 0 {
                    let text = Sentence::limit(format!("{} {what}", count.value(0)))?;
                    let place = format!("tables/events, column {column}");
                    self.row(["events", &place, "", "limit of the data", text.as_str(), ""])?;
                }
            }
        }
        Ok(())
    }

    /// A file of which it was not kept how it was read.
    pub(super) fn unkept(&mut self, exhibit: &Exhibit, redaction: Option<&Redaction>) -> Result<(), Problem> {
        let text = "How the file was read was not kept, because an earlier version of the program took it in.";
        self.row([&exhibit.label, "findings", &shown(redaction, &exhibit.file), "limit of the data", text, ""])
    }

    /// Runs of a method with settings, its own or of one that it rests on, other than those disclosed.
    pub(super) fn other_runs(
        &mut self,
        runs: &[MethodRun],
        disclosed: &SettingsBook,
        redaction: Option<&Redaction>,
    ) -> Result<(), Problem> {
        for run in runs {
            let mut other = differences("", &run.settings, &disclosed.values(&run.method));
            for (below, noted) in &run.rests_on {
                let empty = Map::new();
                let ran = noted["settings"].as_object().unwrap_or(&empty);
                other.extend(differences(&format!(" of {below}"), ran, &disclosed.values(below)));
            }
            if !other.is_empty() {
                let text = Sentence::fact(format!(
                    "{} was run on {} with {}",
                    run.method,
                    run.time,
                    quoted(&other.join(", "))
                ))?;
                let asked = shown(redaction, &Value::Object(run.asked.clone()).to_string());
                let place = format!("entry {}", run.entry);
                self.row(["runs.csv", &place, &asked, "run with other settings", text.as_str(), ""])?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<u64, Problem> {
        self.csv.finish()?;
        Ok(self.rows)
    }
}

/// The values with which a method ran in place of those disclosed, each with whose it is.
fn differences(whose: &str, ran: &Map<String, Value>, disclosed: &Map<String, Value>) -> Vec<String> {
    let different = |(name, value): (&String, &Value)| {
        let (ran, now) = (value.as_f64()?, disclosed.get(name)?.as_f64()?);
        (ran.to_bits() != now.to_bits()).then(|| format!("{name}{whose} {ran} in place of {now}"))
    };
    ran.iter().filter_map(different).collect()
}

struct Against {
    place: String,
    about: String,
    what: String,
    text: String,
    rows: String,
}

/// Whom an element is about, as far as its own fields say.
fn about(value: &Value) -> String {
    let parts = ["line", "from", "to", "number", "role"].into_iter().filter_map(|name| {
        let text = value[name].as_str()?;
        Some(format!("{name} {text}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// Reasons are objects with a text and rows; which side they are on their own field `for` says,
/// or the list they stand in.
fn search(value: &Value, place: &str, whom: &str, against: bool, found: &mut Vec<Against>) {
    let Value::Object(fields) = value else { return };
    if fields.get("linked") == Some(&Value::Bool(false)) {
        let text = "Not linked: the method does not take one number to be a continuation of the other.".to_owned();
        let (place, about) = (place.to_owned(), whom.to_owned());
        found.push(Against { place, about, what: "pair not linked".to_owned(), text, rows: String::new() });
        return;
    }
    // What speaks against a number that is not flagged speaks against nothing that was found.
    if fields.get("flagged") == Some(&Value::Bool(false)) {
        return;
    }
    let side = fields.get("for").and_then(Value::as_bool).map_or(against, |supports| !supports);
    if let (Some(text), true) = (fields.get("text").and_then(Value::as_str), side) {
        let strand = fields.get("strand").and_then(Value::as_str);
        found.push(Against {
            place: place.to_owned(),
            about: whom.to_owned(),
            what: strand.map_or_else(|| "against".to_owned(), |strand| format!("against: {strand}")),
            text: text.to_owned(),
            rows: places(&fields.get("evidence").map(Vec::deserialize).and_then(Result::ok).unwrap_or_default()),
        });
    }
    for (name, inner) in fields {
        match inner {
            Value::Array(elements) => {
                for (number, element) in (1..).zip(elements).filter(|(_, element)| element.is_object()) {
                    let own = about(element);
                    let whom = if own.is_empty() { whom.to_owned() } else { format!("{whom}; {own}") };
                    let against = name == "against" || (against && name != "for");
                    search(element, &format!("{place}, {name} {number}"), &whom, against, found);
                }
            }
            Value::Object(_) => search(inner, &format!("{place}, {name}"), whom, against, found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_reason_against_is_found_wherever_it_stands() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        std::fs::write(
            &file,
            r#"{"method":{"name":"m","settings":[{"name":"t","value":2.0}]},"findings":[
                {"number":"+1","reasons":[{"text":"yes","for":true,"evidence":[]},
                    {"text":"no","for":false,"evidence":[{"exhibit":"EX0001","row":3},{"exhibit":"EX0002","sheet":"S","row":4}]}]},
                {"line":"+2","candidates":[{"number":"+3","for":[{"strand":"a","text":"good","evidence":[]}],
                    "against":[{"strand":"b","text":"bad","evidence":[]}]}]},
                {"from":"+4","to":"+5","linked":false,"reasons":[]},
                {"number":"+6","flagged":false,"reasons":[{"text":"no","for":false,"evidence":[]}]}]}"#,
        )
        .unwrap();
        let folder = WholeFolder::begin(&dir.path().join("out")).unwrap();
        let mut contrary = Contrary::begin(&folder, false).unwrap();
        contrary.findings(&file, "m").unwrap();
        let run = |own: f64, below: f64| MethodRun {
            entry: 4,
            time: "2026-01-01T00:00:00Z".into(),
            who: "x".into(),
            method: "roles".into(),
            version: "1".into(),
            settings: serde_json::from_value(json!({ "holder_ratio": own })).unwrap(),
            rests_on: serde_json::from_value(json!({ "lines": { "settings": { "flag_score": below } } })).unwrap(),
            asked: Map::new(),
        };
        let mut disclosed = SettingsBook::default();
        disclosed.take("lines", serde_json::from_value(json!({ "flag_score": 0.75 })).unwrap()).unwrap();
        let own = disclosed.values("roles")["holder_ratio"].as_f64().unwrap();
        contrary.other_runs(&[run(own, 0.75), run(2.0, 0.75), run(own, 0.5)], &disclosed, None).unwrap();
        assert_eq!(contrary.finish().unwrap(), 5);
        folder.finish().unwrap();
        let text = std::fs::read_to_string(dir.path().join("out/contrary.csv")).unwrap();
        assert_eq!(
            text,
            "source,place,about,what,text,rows\n\
             m,\"findings 1, reasons 2\",number +1,against,no,EX0001:3; EX0002/S:4\n\
             m,\"findings 2, candidates 1, against 1\",line +2; number +3,against: b,bad,\n\
             m,findings 3,\"from +4, to +5\",pair not linked,Not linked: the method does not take one number to be \
             a continuation of the other.,\n\
             runs.csv,entry 4,{},run with other settings,roles was run on 2026-01-01T00:00:00Z with \
             \u{201c}holder_ratio 2 in place of OWN\u{201d},\n\
             runs.csv,entry 4,{},run with other settings,roles was run on 2026-01-01T00:00:00Z with \
             \u{201c}flag_score of lines 0.5 in place of 0.75\u{201d},\n"
                .replace("OWN", &own.to_string())
        );
    }
}
