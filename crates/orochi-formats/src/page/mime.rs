//! Mails and web archives: the tables of each web page in them. Spreadsheets save workbooks so ("single file web
//! page"), and call them `.xls`.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use orochi_model::problem::Problem;

use super::{Page, html};

/// Whether a text begins with the heads of a mail that say what it holds.
pub(super) fn is_mime(begin: &str) -> bool {
    let mut lines = begin.lines().take(200).take_while(|line| !line.trim().is_empty()).peekable();
    let named = |line: &str| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    if !lines.peek().is_some_and(|line| named(line)) {
        return false;
    }
    let (mut version, mut content) = (false, false);
    for line in lines {
        if !named(line) && !line.starts_with([' ', '\t']) {
            return false;
        }
        let lower = line.to_ascii_lowercase();
        version |= lower.starts_with("mime-version:");
        content |= lower.starts_with("content-type:");
    }
    version && content
}

/// Reads the web pages in it.
///
/// # Errors
/// Data kind when it is broken; user kind when it holds no table, naming what it holds.
pub(super) fn read(bytes: &[u8], left: &mut u64) -> Result<Page, Problem> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Problem::data("the mail or web archive is broken").hint("get the file again from the sender"))?;
    let mut page = Page::default();
    let mut held = Vec::new();
    read_part(&message, &mut page, &mut held, left)?;
    if page.tables.is_empty() {
        let problem = Problem::user("the file is a mail or web archive (MIME) without a table in its text")
            .hint("save what is attached to it, and add those files");
        return Err(if held.is_empty() { problem } else { problem.because(format!("it holds {}", held.join(", "))) });
    }
    if !held.is_empty() {
        page.remarks.push(format!("not read in the mail or web archive: {}", held.join(", ")));
    }
    Ok(page)
}

fn read_part(message: &Message<'_>, page: &mut Page, held: &mut Vec<String>, left: &mut u64) -> Result<(), Problem> {
    for part in &message.parts {
        let name = part.attachment_name().or_else(|| part.content_location()).map(|name| {
            let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
            last.chars().take(80).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect::<String>()
        });
        match &part.body {
            PartType::Html(text) => match html::read(text, left) {
                Ok(read) => {
                    page.tables.extend(read.tables.into_iter().map(|mut table| {
                        table.name.clone_from(&name);
                        table
                    }));
                }
                Err(problem) if problem.kind == orochi_model::problem::Kind::User => {}
                Err(problem) => return Err(problem),
            },
            PartType::Binary(_) | PartType::InlineBinary(_) => held.push(name.unwrap_or_else(|| "a file".into())),
            PartType::Text(_) if part.attachment_name().is_some() => held.extend(name),
            PartType::Message(_) => held.push("a mail in the mail".into()),
            PartType::Text(_) | PartType::Multipart(_) => {}
        }
    }
    held.truncate(20);
    Ok(())
}
