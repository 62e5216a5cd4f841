//! A sealed room: an empty home, an empty working folder, no environment, and everything that differs
//! between two runs replaced.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The room. Gone with everything in it when dropped.
pub struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    /// An empty room.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("orochi-room-").tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        fs::create_dir(folder.path().join("work")).unwrap();
        Self { folder }
    }

    /// The working folder.
    pub fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// Writes a file into the working folder.
    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.work().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path
    }

    /// The program, ready to run here.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orochi"));
        command.args(args);
        self.seal(&mut command);
        command
    }

    /// Puts any process into the room.
    pub fn seal(&self, command: &mut Command) {
        command
            .current_dir(self.work())
            .env_clear()
            .env("HOME", self.folder.path().join("home"))
            .env("PATH", "/usr/bin:/bin")
            .env("COLUMNS", "120")
            .stdin(Stdio::null());
    }

    /// Runs the program.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs the program; exit code, standard output and standard error in one text.
    pub fn show(&self, args: &[&str]) -> String {
        self.told(&self.run(args))
    }

    /// A run as one text, with what differs between runs replaced.
    pub fn told(&self, output: &Output) -> String {
        let out = self.fixed(&String::from_utf8_lossy(&output.stdout));
        let err = self.fixed(&String::from_utf8_lossy(&output.stderr));
        let code = output.status.code().map_or_else(|| output.status.to_string(), |code| code.to_string());
        let mut text = format!("exit code {code}\n");
        for (name, part) in [("stdout", out), ("stderr", err)] {
            if !part.is_empty() {
                text.push_str(&format!("----- {name}\n{part}"));
            }
        }
        text
    }

    /// Runs the program, which must succeed, and reads its JSON document.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", self.told(&output));
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{args:?}: {error}: {}", self.told(&output)))
    }

    /// Runs the program, which must succeed, and gives its standard output.
    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", self.told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Who runs this, as the audit log has it.
    pub fn user() -> String {
        let told = Command::new("id").arg("-un").output();
        told.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
    }

    fn fixed(&self, text: &str) -> String {
        let text = text.replace(&*self.folder.path().to_string_lossy(), "$ROOM");
        let user = Self::user();
        let text = text.replace(&format!("\"{user}\""), "\"[user]\"").replace(&format!("({user})"), "([user])");
        let mut fixed = String::new();
        for line in text.split_inclusive('\n') {
            fixed.push_str(&blank_clock(line));
        }
        fixed
    }
}

/// Times with a fraction of a second come from the clock and not from the data: `2026-01-02T03:04:05.123456Z`.
pub fn blank_clock(line: &str) -> String {
    let bytes = line.as_bytes();
    let mut out = String::new();
    let mut from = 0;
    let mut at = 0;
    while at + 21 <= bytes.len() {
        let shape = |offset: usize, expected: u8| bytes[at + offset] == expected;
        let time = shape(4, b'-')
            && shape(7, b'-')
            && shape(10, b'T')
            && shape(13, b':')
            && shape(16, b':')
            && shape(19, b'.');
        if time && let Some(end) = line[at..].find('Z') {
            out.push_str(&line[from..at]);
            out.push_str("[now]");
            at += end + 1;
            from = at;
        } else {
            at += 1;
        }
    }
    out.push_str(&line[from..]);
    out
}

/// The shared sample files, none when they are not there.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("OROCHI_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    folder.join("samples").is_dir().then(|| folder.join("samples"))
}
