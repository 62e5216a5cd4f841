//! A case's log for somebody who has no case.

use std::path::Path;

use orochi_audit::copy::{Copy, copy as copy_entries};
use orochi_model::problem::Problem;

use super::{entries, sound};

/// Copies the log of the case in `dir`, once it is known to hold. `withhold` is asked of each entry's line.
///
/// # Errors
/// Data kind when the log was touched; what reading it gives.
pub fn copy(dir: &Path, withhold: &dyn Fn(&str) -> bool) -> Result<Copy, Problem> {
    let head = sound(dir, "nothing that rests on it is given out")?.head();
    copy_entries(&entries(dir)?, head, withhold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Action, Case,
        audit::{verify, verify_copy},
        testing::Bench,
    };

    fn logged() -> Bench {
        let bench = Bench::new();
        let case = bench.training();
        for number in 0..6 {
            case.log(Action::Consult, "records", serde_json::json!({ "number": number, "text": "é \u{1F600}" }))
                .unwrap();
        }
        drop(case);
        bench
    }

    #[test]
    fn a_copy_proves_itself_whatever_is_withheld() {
        let bench = logged();
        let verified = verify(&bench.folder(), None).unwrap();
        for nothing in [true, false] {
            let copied = copy(&bench.folder(), &|line| !nothing && line.contains("\"number\":3")).unwrap();
            assert_eq!((copied.head.size, &copied.head.root), (verified.entries, &verified.root));
            assert_eq!(copied.withheld, u64::from(!nothing));
            assert_eq!(copied.text.contains("\"number\":3"), nothing);
            assert_eq!(verify_copy(&copied.text, &copied.head).unwrap(), (7 - copied.withheld, copied.withheld));
        }
        assert_eq!(
            copy(&bench.folder(), &|_| false).unwrap().text,
            std::fs::read_to_string(bench.folder().join("audit.jsonl")).unwrap()
        );
        drop(Case::open(&bench.folder()).unwrap());
    }

    #[test]
    fn every_touch_of_a_copy_is_seen() {
        let bench = logged();
        let copied = copy(&bench.folder(), &|line| line.contains("\"number\":3")).unwrap();
        let lines: Vec<&str> = copied.text.lines().collect();
        let check = |lines: &[&str]| verify_copy(&lines.join("\n"), &copied.head);
        assert!(check(&lines).is_ok());
        for at in 0..lines.len() {
            let mut fewer = lines.clone();
            fewer.remove(at);
            assert!(check(&fewer).is_err());
            let mut twice = lines.clone();
            twice.insert(at, lines[at]);
            assert!(check(&twice).is_err());
            let other = lines[at].replacen('e', "f", 1);
            let mut altered = lines.clone();
            altered[at] = &other;
            assert!(check(&altered).is_err(), "{other}");
            if at > 0 {
                let mut swapped = lines.clone();
                swapped.swap(at - 1, at);
                assert!(check(&swapped).is_err());
            }
        }
        assert!(check(&[]).is_err());
    }
}
