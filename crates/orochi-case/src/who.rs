//! Who is at the keyboard, for the audit log.

/// The name of the operating system's user that runs this process. The environment is asked last: anyone can set it.
pub(crate) fn user() -> String {
    account().or_else(named).unwrap_or_else(|| "unknown".to_owned())
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
