//! Who acts on a case, and by which way: the audit log and each decision name both.

use serde::{Deserialize, Serialize};

/// By which way somebody acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// The command line.
    #[default]
    Terminal,
    /// A screen of the workbench.
    Workbench,
    /// The repetition of a disclosure, which asks again what somebody asked before.
    Replay,
}

impl Via {
    /// As the catalogue and the log write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Workbench => "workbench",
            Self::Replay => "replay",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Terminal, Self::Workbench, Self::Replay].into_iter().find(|via| via.name() == name)
    }
}

/// Who acts on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person's name: of the operating system's user, or of an account.
    pub name: String,
    /// By which way.
    pub via: Via,
}

impl Actor {
    /// The operating system's user that runs this process, at a terminal. The environment is asked last: anyone can
    /// set it.
    pub fn from_system() -> Self {
        let name = account().or_else(named).unwrap_or_else(|| "unknown".to_owned());
        Self { name, via: Via::Terminal }
    }
}

#[cfg(target_os = "linux")]
fn account() -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    // The owner of a process's entry is its effective user.
    let id = std::fs::metadata("/proc/self").ok()?.uid();
    let listed = std::fs::read_to_string("/etc/passwd").ok().and_then(|list| {
        list.lines().find_map(|line| {
            let mut parts = line.split(':');
            let name = parts.next()?;
            (parts.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
        })
    });
    // A user of a directory service is not listed; the number is what the system vouches for.
    Some(listed.unwrap_or_else(|| match named() {
        Some(name) => format!("{name} (user {id})"),
        None => format!("user {id}"),
    }))
}

#[cfg(not(target_os = "linux"))]
fn account() -> Option<String> {
    None
}

fn named() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}
