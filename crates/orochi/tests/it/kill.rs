//! A file is in the case whole or not at all: after a kill at any moment, with several adds at
//! once, and on a full disk.
//!
//! Every process is a real one. Moments are drawn from a seed, but what the kernel schedules is not, so a failure names
//! the round and leaves no more to go by than the state of the case; the checks therefore look at
//! everything after every round.
//!
//! A round takes some seconds: up to three processes that each force their writes to the disk, and as many that look.
//! So there are few of them here; `OROCHI_KILL_ROUNDS=64` tries more moments. That a kill at any *step* leaves a case
//! whole is tested beside the code (`crates/orochi-case/src/add/tests.rs`).

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{made, room::Room};

/// Rows of each file; one in ten cannot be read.
const ROWS: usize = 300;
/// Rounds for each of the seeds below.
fn rounds_of_a_seed() -> usize {
    std::env::var("OROCHI_KILL_ROUNDS").map_or(20, |rounds| rounds.parse().unwrap())
}

/// A small generator (xorshift), so that moments can be drawn again.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

/// The names of the files in the case, after checking that each is whole.
fn whole(room: &Room, round: &str) -> BTreeSet<String> {
    let shown = room.json(&["case", "show", "case", "--json"]);
    let mut names = BTreeSet::new();
    for exhibit in shown["exhibits"].as_array().unwrap() {
        let count = |name: &str| exhibit[name].as_u64().unwrap();
        assert_eq!(count("rows"), ROWS as u64, "{round}: {exhibit}");
        assert_eq!(count("records") + count("rejects") + count("excess"), ROWS as u64, "{round}: {exhibit}");
        assert_eq!(count("rejects"), ROWS as u64 / 10, "{round}: {exhibit}");
        assert!(names.insert(exhibit["file"].as_str().unwrap().to_owned()), "{round}: a file is in twice: {shown:#}");
    }
    names
}

/// Counts in the views against the catalogue, the log, and every native file's hash.
fn sound(room: &Room, round: &str) {
    let names = whole(room, round);
    for (view, rows) in [("records", ROWS - ROWS / 10), ("rejects", ROWS / 10)] {
        let counted = room.json(&["sql", "case", &format!("select count(*) as n from {view}"), "--json"]);
        assert_eq!(counted["rows"][0]["n"], rows * names.len(), "{round}: {view}");
    }
    let verified = room.run(&["verify", "case", "--json"]);
    assert_eq!(verified.status.code(), Some(0), "{round}: {}", room.told(&verified));
    let vault = fs::read_dir(room.work().join("case/vault")).unwrap().count();
    assert!(vault >= names.len(), "{round}: {vault} native files for {} exhibits", names.len());
}

fn add(room: &Room, file: &str) -> Child {
    let mut command = room.command(&["add", "case", file, "--threads", "2"]);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Rounds of one to three adds, each killed at a drawn moment or left to finish.
fn rounds(seed: u64) {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Kill", "--reference", "K-1", "--training"]);
    let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    room.file("first.csv", made::calls(1, ROWS, 0));
    let started = Instant::now();
    room.ok(&["add", "case", "first.csv"]);
    let usual = started.elapsed();
    let mut files = 0;
    let mut killed = 0;
    let rounds = rounds_of_a_seed();
    for round in 0..rounds {
        let mut running = Vec::new();
        for _ in 0..=draw.below(3) {
            // Sometimes the same file twice at once: one of them must be turned away.
            if files == 0 || draw.below(4) > 0 {
                files += 1;
                room.file(&format!("{files}.csv"), made::calls(1, ROWS, files));
            }
            running.push((add(&room, &format!("{files}.csv")), draw.below(5) > 0));
        }
        let step = u64::try_from(usual.as_micros()).unwrap() * running.len() as u64;
        for (child, kill) in &mut running {
            if *kill {
                std::thread::sleep(Duration::from_micros(draw.below(step)));
                child.kill().unwrap();
                killed += 1;
            }
        }
        for (child, kill) in running {
            let output = child.wait_with_output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            let code = output.status.code();
            // None: killed. 1: the same file is in already. Anything else is a fault.
            assert!(
                matches!(code, Some(0 | 1)) || (kill && code.is_none()),
                "seed {seed} round {round}: {code:?} {told}"
            );
        }
        let round = format!("seed {seed} round {round}");
        if draw.below(8) == 0 {
            sound(&room, &round);
        } else {
            whole(&room, &round);
        }
    }
    assert!(killed > rounds / 2);
    // What was cut off can be taken in now, and then everything is there.
    let inside = whole(&room, "end");
    for file in 1..=files {
        let name = format!("{file}.csv");
        if !inside.contains(&name) {
            room.ok(&["add", "case", &name]);
        }
    }
    assert_eq!(whole(&room, "end").len(), 1 + files as usize, "every file is in once");
    sound(&room, "end");
    let staging = fs::read_dir(room.work().join("case/staging")).map(Iterator::count).unwrap_or_default();
    assert_eq!(staging, 0, "work in progress is swept");
    let native: u64 = files_below(&room.work().join("case/vault"));
    assert_eq!(native, 1 + u64::from(files), "no native file without its exhibit is left in the vault");
}

fn files_below(folder: &Path) -> u64 {
    fs::read_dir(folder).unwrap().map(|entry| if entry.unwrap().path().is_dir() { 0 } else { 1 }).sum()
}

#[test]
fn killed_at_any_moment_seed_1() {
    rounds(1);
}

#[test]
fn killed_at_any_moment_seed_2() {
    rounds(2);
}

#[test]
fn killed_at_any_moment_seed_3() {
    rounds(3);
}

#[test]
fn killed_at_any_moment_seed_4() {
    rounds(4);
}

/// No file may grow past a limit that rises from nothing, so that each write of an add fails in turn: with an error
/// (`trap`), or by the signal that ends the process on the spot.
#[test]
fn no_room_left_for_any_of_its_writes() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Full", "--reference", "F-1", "--training"]);
    let mut done = 0;
    for limit in (0..).map(|step| step * 6) {
        assert!(limit < 4096, "an add of a small file should fit into 2 MB");
        for trap in ["trap '' XFSZ; ", ""] {
            let name = format!("{limit}{}.csv", if trap.is_empty() { "s" } else { "e" });
            room.file(&name, made::calls(1, ROWS, limit + u32::from(trap.is_empty())));
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("{trap}ulimit -f {limit}; exec \"$0\" add case {name}"));
            shell.arg(env!("CARGO_BIN_EXE_orochi"));
            room.seal(&mut shell);
            let output = shell.output().unwrap();
            let code = output.status.code();
            if trap.is_empty() {
                assert!(matches!(code, None | Some(0 | 1)), "limit {limit}: {}", room.told(&output));
            } else {
                assert!(matches!(code, Some(0 | 1)), "limit {limit}: {}", room.told(&output));
            }
            let inside = whole(&room, &name);
            assert_eq!(inside.contains(&name), code == Some(0), "limit {limit}: {}", room.told(&output));
            done += usize::from(code == Some(0));
        }
        if limit % 96 == 0 {
            sound(&room, &format!("limit {limit}"));
        }
        if done >= 4 {
            break;
        }
    }
    sound(&room, "end");
}

/// A disk of its own, filled to the brim but for a little: the add fails with the disk named, and
/// works once there is room.
#[test]
fn a_disk_that_is_full() {
    let room = Room::new();
    room.file("a.csv", made::calls(1, ROWS, 1));
    let script = r#"
        mkdir disk && mount -t tmpfs -o size=2m tmpfs disk || exit 77
        set -e
        "$0" case new disk/case --name Full --reference F-2 --training >&2
        for free in 0 4 16 32 64 96 128; do
            rm -f disk/filler
            used=$(df -k --output=avail disk | tail -1)
            keep=$((used - free))
            dd if=/dev/zero of=disk/filler bs=1024 count=$keep 2>/dev/null
            code=0; "$0" add disk/case a.csv --json >out 2>err || code=$?
            echo "free $free code $code"
            [ $code -le 1 ] || { cat err; exit 1; }
            # A look that cannot be logged is refused, so there has to be room again before the case is read.
            rm disk/filler
            [ $code -eq 0 ] && break
            [ "$("$0" sql disk/case 'select count(*) as n from records' --json | grep -c '"n":0')" = 1 ] || exit 2
        done
        [ $code -eq 0 ] || "$0" add disk/case a.csv >&2
        "$0" verify disk/case >&2
        "$0" case show disk/case --json >shown
        echo done
    "#;
    let mut shell = Command::new("unshare");
    shell.args(["-Urm", "sh", "-c", script, env!("CARGO_BIN_EXE_orochi")]);
    room.seal(&mut shell);
    let Ok(output) = shell.output() else {
        eprintln!("skipped: unshare is not installed");
        return;
    };
    let told = room.told(&output);
    if output.status.code() == Some(77) || told.contains("unshare:") {
        eprintln!("skipped: mounting a small disk is not permitted here");
        return;
    }
    assert!(output.status.success() && told.contains("done"), "{told}");
    assert!(told.contains("code 1"), "at least the fullest disk must fail: {told}");
    let shown: serde_json::Value = serde_json::from_slice(&fs::read(room.work().join("shown")).unwrap()).unwrap();
    assert_eq!(shown["exhibits"][0]["rows"], ROWS);
}
