//! 密级: the marks at the head of a document that say who may see it (GB/T 9704—2012, 7.2.2).

use std::sync::LazyLock;

use regex::Regex;

use crate::office::plan::Problem;
use crate::plan::script;
use crate::plan::text::Line;
use crate::plan::unreadable::Unreadable;

/// Marks stand above the text, after a few lines of a letterhead at most.
const HEAD_LINES: usize = 12;

/// `机密★1年`: nothing else is written so.
static STARRED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆]").expect("a constant"));

/// `绝密`, `密级：秘密`, `000001 机密 特急`: on a line of its own.
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    let copy = r"(?:(?:份\s*号\s*[:：]?\s*)?(?:No\.?|№)?\s*\d{1,8}\s*(?:号|份)?\s+)?";
    let term = r"(?:\s*[★☆*＊])?(?:\s*(?:长期|\d{1,2}\s*(?:年|个月|月|天|日)))?";
    let urgency = r"(?:\s*(?:紧急程度\s*[:：]?\s*)?(?:特急|加急|特提|平急|急件))?";
    let secret = r"(?:密\s*级\s*[:：]?\s*)?(?:绝\s*密|机\s*密|秘\s*密)";
    Regex::new(&format!(r"^[【\[（(〔]?{copy}{secret}{term}{urgency}[】\]）)〕]?$")).expect("a constant")
});

/// `内部资料 注意保存`
static INTERNAL: LazyLock<Regex> = LazyLock::new(|| {
    let kind = "内部(?:资料|文件|材料|使用|参考|传阅|发行|情况)?";
    let care = "(?:请?注意|妥善)(?:保存|保管|保密)";
    let apart = r"[\s，,、·：:]*";
    Regex::new(&format!(r"^(?:密级[:：])?[【\[（(〔]?(?:{kind}{apart}(?:{care})?|{care})[】\]）)〕]?[！!。]?$"))
        .expect("a constant")
});

/// Refuses a document that is marked as a state secret: near its top, or, as in an annex, on a line of its own with a star.
pub fn refuse_secret(lines: &[&Line]) -> Result<(), Unreadable> {
    let is_marked = |(index, line): (usize, &&Line)| {
        let text = plain(&line.text);
        let starred = STARRED.is_match(&text);
        let in_head = index < HEAD_LINES;
        in_head && starred || (in_head || starred) && MARKED.is_match(&text)
    };
    if lines.iter().enumerate().any(is_marked) { Err(Unreadable::Secret) } else { Ok(()) }
}

/// What the marks in the head or foot of pages say of who may see the document.
///
/// # Errors
/// `Secret` where they mark it as a state secret.
pub fn of_pages(paragraphs: Vec<String>) -> Result<Option<Problem>, Unreadable> {
    let lines: Vec<Line> = paragraphs.into_iter().map(|text| Line { number: 1, text }).collect();
    let mut lines: Vec<&Line> = lines.iter().filter(|line| !line.text.trim().is_empty()).collect();
    refuse_secret(&lines)?;
    Ok(take_internal(&mut lines))
}

/// Whether a line says who may see the document, and nothing else.
pub fn is_mark(line: &str) -> bool {
    let text = plain(line);
    MARKED.is_match(&text) || INTERNAL.is_match(&text)
}

/// Warns of a document that is for internal use. The line that says so is no part of its heading.
pub fn take_internal(lines: &mut Vec<&Line>) -> Option<Problem> {
    let line = lines.iter().take(HEAD_LINES).position(|line| INTERNAL.is_match(&plain(&line.text)))?;
    let line = lines.remove(line);
    Some(Problem {
        line: line.number,
        message: format!("文件标有“{}”。", line.text),
        hint: "请确认可以在此处理并转发各单位，注意知悉范围；不可以的，请不要导入，并删除文件。".to_owned(),
    })
}

/// A line in simplified characters; of a long one the beginning, which is all that a mark could be.
fn plain(line: &str) -> String {
    const LONGEST: usize = 400;
    let line = line.trim();
    script::simplify(line.char_indices().nth(LONGEST).map_or(line, |(end, _)| &line[..end]))
}

#[cfg(test)]
mod tests {
    use crate::plan::unreadable::Unreadable;

    fn with(head: &str) -> Result<Vec<String>, Unreadable> {
        let text = format!(
            "{head}\n档案工作任务分工方案\n青山县档案局\n2021年3月1日\n1.修缮库房。（县档案局负责）\n2.管好商业秘密。（县档案局负责）"
        );
        crate::plan::read("plan.txt", text.as_bytes())
            .map(|draft| draft.problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn secrets_are_refused() {
        for head in [
            "机密★1年",
            "秘密★",
            "绝密",
            "绝  密",
            "机密☆长期",
            "000001 机密★1年 特急",
            "000012\n秘密\n特急",
            "密级：秘密",
            "【機密】",
            "份号：000003 机密",
            "秘密 5年",
            "青政办〔2021〕3号　　秘密★3年",
            "份号 000001 密级 机密 紧急程度 特急",
        ] {
            assert_eq!(with(head), Err(Unreadable::Secret), "{head}");
        }
        assert_eq!(with(&format!("{}机密★1年", "甲\n".repeat(40))), Err(Unreadable::Secret));
        let quoting = format!("{}密级标注为“机密★1年”的文件", "甲\n".repeat(40));
        assert!(with(&quoting).is_ok());
    }

    #[test]
    fn words_are_no_marks() {
        for head in
            ["商业秘密保护工作领导小组", "关于保守国家秘密的通知", "密级：公开", "秘密战线", "不涉及国家秘密", "特急"]
        {
            assert_eq!(with(head).map(|problems| problems.len()), Ok(0), "{head}");
        }
    }

    #[test]
    fn internal_papers_are_warned_of() {
        for head in ["内部资料 注意保存", "内部文件", "（内部资料，注意保管）", "【内部】", "注意保存", "密级：内部"]
        {
            let expected = format!("文件标有“{head}”。");
            assert_eq!(with(head), Ok(vec![expected]), "{head}");
        }
        assert_eq!(with("内部审计工作").map(|problems| problems.len()), Ok(0));
    }
}
