//! 读方案: bytes of an issued plan document → [`Draft`], with every doubt about it.
//!
//! bytes → `text` (lines) → `table` (paragraphs and rows) → `outline` (numbered items) → `tasks` (sections and tasks, with
//! `duty`, `units`, `target` and `schedule::deadline` for their parts) → `doubts`. Every format of document meets the
//! others as blocks.

mod doubts;
mod duty;
mod heading;
mod ordinal;
mod outline;
mod script;
mod table;
mod target;
mod tasks;
mod text;
mod units;

use crate::domain::plan::Draft;

/// Why a document cannot be read. Each says what is wrong and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("文件是空的，请检查后重新发送。")]
    Empty,
    #[error("文件不是UTF-8、UTF-16或GB18030编码的文本，请用文本编辑器另存为UTF-8编码的 .txt 文件。")]
    NotText,
    #[error("本版本还不能读取 .{0} 文件，请另存为 .txt 文件。")]
    NotYet(String),
    #[error("不支持 .{0} 文件，请另存为 .docx 或 .txt 文件。")]
    Unsupported(String),
    #[error("文件名没有扩展名，不知道是什么格式，请另存为 .txt 文件。")]
    NoExtension,
    #[error("没有读到写明责任单位的编号任务，请检查文件是不是分工方案、任务前有没有序号。")]
    NoTasks,
}

/// Reads a plan document; the format is the extension of its name.
///
/// # Errors
/// Where the format is not supported, the bytes are no text, or the text holds no numbered task with a unit.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Draft, Unreadable> {
    let (_, extension) = file_name.rsplit_once('.').ok_or(Unreadable::NoExtension)?;
    let extension = extension.to_ascii_lowercase();
    let lines = match extension.as_str() {
        "txt" => text::lines(bytes)?,
        "md" | "markdown" => text::lines(bytes)?.into_iter().map(text::without_markdown).collect(),
        "docx" | "xlsx" | "csv" => return Err(Unreadable::NotYet(extension)),
        _ => return Err(Unreadable::Unsupported(extension)),
    };
    let heading = heading::read(&lines);
    let plan = tasks::read(outline::outline(table::blocks(&lines)), &heading);
    if plan.tasks.is_empty() {
        return Err(Unreadable::NoTasks);
    }
    let problems = doubts::find(&plan, &heading);
    Ok(Draft {
        title: heading.title,
        document_number: heading.document_number,
        issuer: heading.issuer,
        issued_on: heading.issued_on,
        sections: plan.sections,
        tasks: plan.tasks.into_iter().map(|task| task.draft).collect(),
        problems,
    })
}
