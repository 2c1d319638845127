//! What was typed, and the one form in which it is read: simplified, half width, without blanks inside numbers.
//!
//! The plain form stands beside the typed one. Each of its characters knows where it was typed, so that whatever is found
//! is told in positions of the text as typed.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::plan::simplify;

/// A text as typed with its plain form. Rules read `plain`; what they find is handed on as typed.
#[derive(Clone, Debug)]
pub struct Typed {
    typed: Vec<char>,
    pub plain: String,
    /// Where each byte of the plain form that begins a character was typed, in characters; one more for the end.
    places: Vec<u32>,
}

impl Typed {
    pub fn new(text: &str) -> Self {
        let typed: Vec<char> = text.chars().collect();
        let characters = without_inner_blanks(characters(&typed));
        let plain = without_slips(&characters.iter().map(|(character, _)| *character).collect::<String>());
        let mut places = Vec::with_capacity(plain.len() + 1);
        for (character, (_, place)) in plain.chars().zip(&characters) {
            places.extend(std::iter::repeat_n(*place, character.len_utf8()));
        }
        places.push(u32::try_from(typed.len()).unwrap_or(u32::MAX));
        Typed { typed, plain, places }
    }

    /// The same without these ranges of bytes of the plain form, which do not overlap.
    pub fn without(mut self, ranges: &[Range<usize>]) -> Typed {
        for range in ranges.iter().rev() {
            self.plain.replace_range(range.clone(), "");
            self.places.drain(range.clone());
        }
        self
    }

    /// The rest of it from a byte of the plain form on.
    pub fn from(self, byte: usize) -> Typed {
        Typed { plain: self.plain[byte..].to_owned(), places: self.places[byte..].to_vec(), ..self }
    }

    /// The positions in characters as typed, of a range of bytes of the plain form.
    pub fn positions(&self, range: &Range<usize>) -> Range<usize> {
        let place = |byte: usize| self.places.get(byte).map_or(self.typed.len(), |place| *place as usize);
        let last = self.plain[..range.end].char_indices().next_back().map_or(0, |(at, _)| place(at) + 1);
        place(range.start)..last.max(place(range.start))
    }

    /// Whether a range holds words: more than signs and Latin letters, and more than a line's own ordinal.
    pub fn says_something(&self, range: &Range<usize>) -> bool {
        let words = self.plain[range.clone()].chars().filter(|character| *character >= '\u{3400}');
        words.filter(|character| !"一二三四五六七八九十".contains(*character)).count() > 1
    }

    /// The words of a range of bytes of the plain form, as typed, without the signs around them.
    pub fn words(&self, range: &Range<usize>) -> String {
        let positions = self.positions(range);
        let words: String = self.typed[positions].iter().collect();
        words.trim_matches(EDGES).to_owned()
    }
}

/// Signs that part words and belong to none of them.
pub const EDGES: &[char] = &[
    ' ', '\u{3000}', '\n', '\t', '，', ',', '。', '；', ';', '：', ':', '、', '.', '|', '/', '！', '!', '·', '-', '—',
];

/// Each character in its plain form with its place; what nobody sees is left out, and signs that were repeated stand once.
fn characters(typed: &[char]) -> Vec<(char, u32)> {
    let mut plain: Vec<(char, u32)> = Vec::with_capacity(typed.len());
    for (place, character) in typed.iter().enumerate() {
        let Some(character) = plain_form(*character) else { continue };
        let before = plain.last().map(|(before, _)| *before);
        let folds = match character {
            '，' => matches!(before, Some('，' | '、' | '。')),
            '。' => matches!(before, Some('。')),
            '：' => matches!(before, Some('：')),
            ' ' => matches!(before, Some(' ' | '\n') | None),
            _ => false,
        };
        if !folds {
            plain.push((character, u32::try_from(place).unwrap_or(u32::MAX)));
        }
    }
    plain
}

fn plain_form(character: char) -> Option<char> {
    let simplified = || {
        let mut buffer = [0; 4];
        simplify(character.encode_utf8(&mut buffer)).chars().next()
    };
    match character {
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\r' => None,
        '\u{3000}' | '\t' | '\u{a0}' => Some(' '),
        '，' | ',' => Some('，'),
        '；' | ';' => Some('；'),
        '：' | ':' => Some('：'),
        '！' | '!' | '…' => Some('。'),
        '？' | '?' => Some('？'),
        '（' => Some('('),
        '）' => Some(')'),
        '【' | '［' => Some('['),
        '】' | '］' => Some(']'),
        '～' => Some('~'),
        '—' | '–' | '―' => Some('-'),
        '✅' | '✔' | '✓' | '☐' | '☑' | '√' | '❌' | '✗' | '✘' | '×' | '⏳' | '⌛' => Some(character),
        '\u{23e9}'..='\u{23fa}' | '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => Some(' '),
        '！'..='～' => char::from_u32(character as u32 - 0xfee0),
        '\u{3400}'..='\u{9fff}' => simplified(),
        _ => Some(character),
    }
}

/// Blanks within numbers, dates and shares are no blanks: `第 5 项`, `2019 年 9 月 30 日`, `60 %`.
fn without_inner_blanks(characters: Vec<(char, u32)>) -> Vec<(char, u32)> {
    let is_measure = |character: char| "年月日号%项成个".contains(character);
    let inner = |at: usize| {
        let (Some((before, _)), Some((after, _))) = (characters.get(at.wrapping_sub(1)), characters.get(at + 1)) else {
            return false;
        };
        let further = characters.get(at + 2).map(|(character, _)| *character);
        // 上月 21项 is a month and a task.
        let of_task = || {
            let number = characters[at + 1..].iter().find(|(character, _)| !character.is_ascii_digit());
            "上本下".contains(characters.get(at.wrapping_sub(2)).map_or(' ', |(character, _)| *character))
                && number.is_some_and(|(character, _)| *character == '项')
        };
        let joins = before.is_ascii_digit() && is_measure(*after)
            || "第年月至到".contains(*before) && after.is_ascii_digit() && !of_task();
        // 未 完 成
        let han = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(|(it, _)| *it >= '\u{3400}');
        let alone = |at: usize| !han(at.checked_sub(1)) && !han(Some(at + 1));
        let spaced =
            han(Some(at - 1)) && alone(at - 1) && ("未没".contains(*before) || han(Some(at + 1)) && alone(at + 1));
        // 5 月份 is a month, 5 个市州 counts; 5 项目 names a thing.
        spaced || joins && !(*after == '项' && further == Some('目'))
    };
    // 1,500万元 is one figure.
    let digit = |at: usize| characters.get(at).is_some_and(|(character, _)| character.is_ascii_digit());
    let groups = |at: usize| digit(at.wrapping_sub(1)) && (1..=3).all(|next| digit(at + next)) && !digit(at + 4);
    let kept = |at: usize, character: char| match character {
        ' ' => !inner(at),
        // 未⏎办结
        '\n' => !characters.get(at.wrapping_sub(1)).is_some_and(|(before, _)| "未没".contains(*before)),
        '，' => !groups(at),
        _ => true,
    };
    let kept: Vec<(char, u32)> = characters
        .iter()
        .enumerate()
        .filter(|(at, (character, _))| kept(*at, *character))
        .map(|(_, kept)| *kept)
        .collect();
    kept
}

/// Slips of the input method and of dictation, and dialect, with what was meant in as many characters.
static SLIPS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let pairs = [
        // Somebody who writes by hand: 己办结, 末挂牌.
        (r"(^|[^自利律知克异体舍为私])[己巳]([\p{Han}--[见任方所身]])", "${1}已$2"),
        (r"(^|[，。；：\s\d务作项])以(完成|办结|经)", "${1}已$2"),
        (
            r"(^|[^月年周期季旬世岁学本始粉毕])末([完启开办落达挂获获接能通见报建到列签收部发纳拨付结确明得予经按设有解对联录批审交进入上动做实曾出下公验整配参取提印制涉安归清改动])",
            "${1}未$2",
        ),
        (r"([尚仍还均暂并])末(\p{Han})", "${1}未$2"),
        (r"部暑", "部署"),
        (r"拔(付|款)", "拨$1"),
        (r"(完|玩)(?:城|程|成)", "完成"),
        (r"(做|搞|弄|办|整|忙)玩", "$1完"),
        (r"[近进](?:度|渡)", "进度"),
        (r"办节", "办结"),
        (r"消号", "销号"),
        (r"百份之", "百分之"),
        (r"月低", "月底"),
        (r"咯个", "这个"),
        (r"么子", "什么"),
        (r"冇", "没"),
        (r"咗", "了"),
        (r"嘅", "的"),
        (r"唔", "不"),
        (r"(做|搞|弄|办|整)晒", "$1完"),
        (r"搞掂晒", "搞掂了"),
        (r"仲(未|没|在|有|要|系|差|剩|不)", "还$1"),
        (r"冒(搞|做|办|弄|开|动|完|启|落|推|报|问|得|有|通|到|拉|批|下|钱|人|来|给|回|接|建|装|签|交|变)", "没$1"),
        (r"(\p{Han})[哒咯喽嘞啦咧]", "${1}了"),
    ];
    pairs.map(|(written, meant)| (Regex::new(written).expect("a constant"), meant)).into()
});

/// Every slip is replaced by as many characters, so that places stay.
fn without_slips(plain: &str) -> String {
    SLIPS.iter().fold(plain.to_owned(), |text, (written, meant)| {
        if written.is_match(&text) { written.replace_all(&text, *meant).into_owned() } else { text }
    })
}

#[cfg(test)]
mod tests {
    use super::Typed;

    #[test]
    fn the_plain_form_knows_where_it_was_typed() {
        let typed = Typed::new("第 5 项：進度６０ %。。");
        assert_eq!(typed.plain, "第5项：进度60%。");
        let share = typed.plain.find("60%").unwrap();
        assert_eq!(typed.positions(&(share..share + 3)), 8..12);
        assert_eq!(typed.words(&(share..typed.plain.len())), "６０ %");
    }

    #[test]
    fn slips_are_read_as_meant() {
        for (written, meant) in [
            ("己完成", "已完成"),
            ("自己完成情况", "自己完成情况"),
            ("系统己接入，11个站末挂牌", "系统已接入，11个站未挂牌"),
            ("尚末验收，末端配送年末启动", "尚未验收，末端配送年末启动"),
            ("以此为己任", "以此为己任"),
            ("还冒搞完", "还没搞完"),
            ("2️⃣6️⃣ 推进中", "26 推进中"),
            ("近度百分之八十", "进度百分之八十"),
            ("搞完啦", "搞完了"),
            ("2019 年 9 月 30 日", "2019年9月30日"),
            ("同上月 21项", "同上月 21项"),
            ("5 已完成", "5 已完成"),
            ("5 项目已开工", "5 项目已开工"),
        ] {
            assert_eq!(Typed::new(written).plain, meant, "{written}");
        }
    }
}
