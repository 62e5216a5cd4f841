//! How far a long step has come, on standard error.
//!
//! A bar on a terminal, from the second second on; a plain line every ten seconds when standard error is a file or a
//! pipe, so that logs of unattended runs show life without filling up.

use std::{
    cell::RefCell,
    io::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use orochi_casework::Watch;

use crate::ui::Ui;

/// Nothing is shown for steps shorter than this.
const QUIET: Duration = Duration::from_secs(1);
/// Distance of plain lines.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Shows one step. Dropping it removes the bar.
#[derive(Debug)]
pub struct Progress {
    name: String,
    started: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Bar(Option<ProgressBar>),
    Lines { last: Instant },
}

impl Progress {
    /// A step named `name`.
    pub fn new(ui: &Ui, name: &str) -> Self {
        let started = Instant::now();
        let state = if ui.stderr_is_terminal() { State::Bar(None) } else { State::Lines { last: started } };
        Self { name: name.to_owned(), started, state: Mutex::new(state) }
    }

    /// `bytes` of `of` are read, holding `rows` rows. May be called from any thread.
    pub fn at(&self, bytes: u64, of: u64, rows: u64) {
        let rows = HumanCount(rows);
        let line = || format!("{} of {}, {rows} rows", HumanBytes(bytes), HumanBytes(of));
        self.show("{prefix} {bar:30} {bytes}/{total_bytes} {msg} {eta}", bytes, of, &format!("{rows} rows"), &line);
    }

    /// `done` of `of` days are done. May be called from any thread.
    pub fn days(&self, done: u64, of: u64) {
        self.show("{prefix} {bar:30} {pos}/{len} {msg} {eta}", done, of, "days", &|| format!("day {done} of {of}"));
    }

    /// `done` of `of` files are done. May be called from any thread.
    pub fn files(&self, done: u64, of: u64) {
        self.show("{prefix} {bar:30} {pos}/{len} {msg} {eta}", done, of, "files", &|| format!("file {done} of {of}"));
    }

    fn show(&self, template: &str, done: u64, of: u64, message: &str, line: &dyn Fn() -> String) {
        if self.started.elapsed() < QUIET {
            return;
        }
        let Ok(mut state) = self.state.lock() else { return };
        match &mut *state {
            State::Bar(bar) => {
                let bar = bar.get_or_insert_with(|| self.bar(template, of));
                bar.set_length(of);
                bar.set_position(done);
                bar.set_message(message.to_owned());
            }
            State::Lines { last } => {
                if last.elapsed() >= LINE_EVERY {
                    *last = Instant::now();
                    let line = format!("{}: {}\n", self.name, line());
                    let _ = std::io::stderr().lock().write_all(line.as_bytes());
                }
            }
        }
    }

    fn bar(&self, template: &str, of: u64) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(of), ProgressDrawTarget::stderr_with_hz(8));
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_prefix(self.name.clone());
        bar
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Ok(State::Bar(Some(bar))) = self.state.get_mut().map(|state| &*state) {
            bar.finish_and_clear();
        }
    }
}

/// Shows steps of unknown length, one after the other.
#[derive(Debug)]
pub struct Steps<'a> {
    ui: &'a Ui,
    busy: RefCell<Option<Busy>>,
}

impl<'a> Steps<'a> {
    /// None so far.
    pub fn new(ui: &'a Ui) -> Self {
        Self { ui, busy: RefCell::new(None) }
    }

    /// The last step has ended: what comes now is the result.
    pub fn end(&self) {
        drop(self.busy.take());
    }
}

impl Watch for Steps<'_> {
    fn begin(&self, step: &str) {
        // The one before goes first, or two would write at once.
        drop(self.busy.take());
        *self.busy.borrow_mut() = Some(Busy::new(self.ui, step));
    }
}

/// Shows that a step of unknown length is at work, and the rows it has given so far. Dropping it ends it.
#[derive(Debug)]
pub struct Busy {
    rows: Arc<AtomicU64>,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Busy {
    /// A step named `name`.
    pub fn new(ui: &Ui, name: &str) -> Self {
        let rows = Arc::new(AtomicU64::new(0));
        let (end, ended) = mpsc::channel();
        let (name, terminal, counted) = (name.to_owned(), ui.stderr_is_terminal(), Arc::clone(&rows));
        let show = move || {
            let started = Instant::now();
            if ended.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let told = || match counted.load(Ordering::Relaxed) {
                0 => format!("{name}: {} s", started.elapsed().as_secs()),
                rows => format!("{name}: {} s, {} rows", started.elapsed().as_secs(), HumanCount(rows)),
            };
            let bar = terminal.then(|| {
                ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8)).with_style(spinner())
            });
            let mut last = started;
            while ended.recv_timeout(Duration::from_millis(125)) == Err(RecvTimeoutError::Timeout) {
                if let Some(bar) = &bar {
                    bar.set_message(told());
                    bar.tick();
                } else if last.elapsed() >= LINE_EVERY {
                    last = Instant::now();
                    let _ = std::io::stderr().lock().write_all(format!("{}\n", told()).as_bytes());
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        };
        // Without a thread there is no bar, and nothing else is missing.
        let thread = std::thread::Builder::new().name("progress".into()).spawn(show).ok();
        Self { rows, end: Some(end), thread }
    }

    /// So many rows have come out.
    pub fn rows(&self, rows: u64) {
        self.rows.store(rows, Ordering::Relaxed);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn spinner() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner())
}
