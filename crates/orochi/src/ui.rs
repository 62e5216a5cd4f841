//! Everything the program says: data to standard output, all else to standard error.
//!
//! The two never mix, so that `orochi … | other-program` gets data and nothing but data. Colour appears only on a
//! terminal that has not asked for none (`NO_COLOR`, `TERM=dumb`).

use std::{
    cell::Cell,
    io::{self, IsTerminal, Write},
};

use orochi_casework::document;
use orochi_model::problem::{Kind, Problem};
use serde_json::{Map, Value, json};

use crate::exit::{Done, Stop, word};

/// The word on everything that comes out of a training case.
pub use orochi_casework::document::TRAINING;

/// The line above everything a person reads from a training case.
const TRAINING_LINE: &str = "TRAINING: an exercise; nothing below is evidence";

/// The way out of the program. Resolved once, before any work.
#[derive(Debug)]
pub struct Ui {
    json: bool,
    /// Whether messages are JSON; of a command that another one runs they are as the one who asked wants them.
    said_json: bool,
    /// Nothing is printed.
    silent: bool,
    colour_out: bool,
    colour_err: bool,
    stderr_is_terminal: bool,
    stdout_is_terminal: bool,
    training: Cell<bool>,
}

impl Ui {
    /// Looks at the terminal and the environment.
    pub fn new(json: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let stdout_is_terminal = io::stdout().is_terminal();
        let stderr_is_terminal = io::stderr().is_terminal();
        Self {
            json,
            said_json: json,
            silent: false,
            colour_out: stdout_is_terminal && !plain,
            colour_err: stderr_is_terminal && !plain,
            stderr_is_terminal,
            stdout_is_terminal,
            training: Cell::new(false),
        }
    }

    /// For a command that another one runs: nobody sees what it prints, and it shows no progress.
    pub fn to_nobody(&self) -> Self {
        Self {
            json: true,
            said_json: self.said_json,
            silent: true,
            colour_out: false,
            colour_err: self.colour_err,
            stderr_is_terminal: false,
            stdout_is_terminal: false,
            training: Cell::new(false),
        }
    }

    /// Hands the way out to `write`.
    fn put(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Done {
        if self.silent {
            return write(&mut io::sink()).map_err(|error| Stop::stdout(&error));
        }
        let mut out = io::stdout().lock();
        write(&mut out).and_then(|()| out.flush()).map_err(|error| Stop::stdout(&error))
    }

    /// Whether one JSON document is wanted on standard output.
    pub fn json(&self) -> bool {
        self.json
    }

    /// Whether a person looks at standard output.
    pub fn stdout_is_terminal(&self) -> bool {
        self.stdout_is_terminal
    }

    /// Whether a person looks at standard error.
    pub fn stderr_is_terminal(&self) -> bool {
        self.stderr_is_terminal
    }

    /// From now on everything is marked if the case is a training case.
    pub fn mark(&self, training: bool) {
        self.training.set(training);
    }

    /// Whether output is to be marked.
    pub fn training(&self) -> bool {
        self.training.get()
    }

    /// The marking, for outputs that carry it as a value.
    pub fn marking(&self) -> Option<&'static str> {
        self.training().then_some(TRAINING)
    }

    /// The heading line of a marked output, none for a live case.
    pub fn heading(&self) -> Option<String> {
        self.training().then(|| paint(self.colour_out, "1;33", TRAINING_LINE))
    }

    /// Prints text for a person on standard output, under the marking if there is one.
    pub fn print(&self, text: &str) -> Done {
        self.print_part(text, true)
    }

    /// Prints a part of a longer text; only the first is under the marking.
    pub fn print_part(&self, text: &str, first: bool) -> Done {
        self.put(|out| {
            if let Some(heading) = self.heading().filter(|_| first) {
                writeln!(out, "{heading}")?;
            }
            out.write_all(text.as_bytes())
        })
    }

    /// Prints the one JSON document of a `--json` call, marked if it is to be. `document` is an object.
    pub fn document(&self, document: Value) -> Done {
        let mut marked = Map::new();
        if let Some(marking) = self.marking() {
            marked.insert("marking".into(), marking.into());
        }
        match document {
            Value::Object(fields) => marked.extend(fields),
            other => {
                marked.insert("value".into(), other);
            }
        }
        self.put(|out| {
            let mut out = io::BufWriter::new(out);
            serde_json::to_writer_pretty(&mut out, &Value::Object(marked)).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
            out.flush()
        })
    }

    /// Prints a document that is too long to be held as a value. It serialises as an object.
    pub fn stream_document(&self, document: &impl serde::Serialize) -> Done {
        self.put(|out| document::write(out, self.marking(), document))
    }

    /// Bold text for standard output.
    pub fn bold(&self, text: &str) -> String {
        paint(self.colour_out, "1", text)
    }

    /// A message for the person, on standard error. Silent with `--json` unless something is odd (see [`Ui::warn`]).
    pub fn note(&self, message: &str) {
        if !self.json {
            self.say(message);
        }
    }

    /// Something the person should know before relying on the result.
    pub fn warn(&self, message: &str) {
        if self.said_json {
            return self.say(&json!({ "warning": message }).to_string());
        }
        let heading = paint(self.colour_err, "1;33", "warning:");
        self.say(&format!("{heading} {message}"));
    }

    /// Reports a problem: heading, place, cause, hint; with `--json` one JSON line instead.
    pub fn problem(&self, problem: &Problem) {
        if self.said_json {
            self.say(&json!({ "error": error_value(problem) }).to_string());
            return;
        }
        let (heading, colour) = match problem.kind {
            Kind::User => ("error:", "1;31"),
            Kind::Data => ("damaged data:", "1;31"),
            Kind::Bug => ("bug:", "1;35"),
        };
        let mut text = format!("{} {}", paint(self.colour_err, colour, heading), problem.message);
        for (label, part) in [("at", &problem.place), ("because", &problem.cause), ("hint", &problem.hint)] {
            if let Some(part) = part {
                let label = paint(self.colour_err, "36", &format!("  {label}:"));
                text.push_str(&format!("\n{label} {}", part.replace('\n', "\n    ")));
            }
        }
        if problem.kind == Kind::Bug {
            text.push_str("\n  This is a mistake in Orochi, not yours. Please report it with the text above.");
        }
        self.say(&text);
    }

    /// A wrong call that the parser could not know to be wrong.
    pub fn usage(&self, message: &str) {
        if self.said_json {
            let error =
                json!({ "kind": "usage", "message": message, "place": null, "cause": null, "hint": "see --help" });
            self.say(&json!({ "error": error }).to_string());
        } else {
            let heading = paint(self.colour_err, "1;31", "error:");
            self.say(&format!("{heading} {message}\n\nFor more information, try '--help'."));
        }
    }

    /// One write for one message, so that messages of several threads or processes do not mix. A standard error that is
    /// gone is not worth failing for.
    fn say(&self, message: &str) {
        let _ = io::stderr().lock().write_all(format!("{message}\n").as_bytes());
    }
}

/// A problem as the value of `error` in JSON.
pub fn error_value(problem: &Problem) -> Value {
    json!({
        "kind": word(problem.kind),
        "message": problem.message,
        "place": problem.place,
        "cause": problem.cause,
        "hint": problem.hint,
    })
}

fn paint(colour: bool, code: &str, text: &str) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Replaces the panic report: a calm message with what is needed to report it. The exit code of a
/// panic is 101 as it stands.
pub fn hook_panics() {
    std::panic::set_hook(Box::new(|info| {
        let what = info
            .payload()
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| info.payload().downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".into());
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let backtrace = std::backtrace::Backtrace::capture();
        let mut text = format!(
            "bug: Orochi stopped because of a mistake in the program\n  at: {place}\n  because: {what}\
             \n  The case is as it was before this command, apart from what was reported as done.\
             \n  Please report it with the text above, the command and `orochi --version`; do not send case data.\n"
        );
        if backtrace.status() == std::backtrace::BacktraceStatus::Captured {
            text.push_str(&format!("{backtrace}\n"));
        }
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }));
}
