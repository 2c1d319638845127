//! 隐藏文字: text that a document holds and does not show. It is not read, and that is said.

use crate::office::plan::Problem;

/// Shown of the first hidden text.
const SHOWN: usize = 40;

#[derive(Default)]
pub struct Hidden {
    /// Of the first hidden text, and of the last.
    line: usize,
    last: usize,
    text: String,
    characters: usize,
}

impl Hidden {
    pub fn add(&mut self, line: usize, text: &str) {
        if self.characters == 0 {
            self.line = line;
        } else if self.last != line {
            self.text.push(' ');
        }
        self.last = line;
        let room = SHOWN.saturating_sub(self.characters);
        let shown = text.chars().filter(|character| !character.is_control());
        self.text.extend(shown.clone().take(room));
        self.characters += shown.count();
    }

    pub fn problem(&self) -> Option<Problem> {
        let (text, rest) = (self.text.trim(), self.characters > SHOWN);
        let message = format!("文件中有隐藏文字，没有读取：“{text}{}”。", if rest { "……" } else { "" });
        let hint = "需要读取的，请在 Word 或 WPS 中取消隐藏，保存后重新导入。".to_owned();
        (!text.is_empty()).then_some(Problem { line: self.line, message, hint })
    }
}
