//! 文字: one text in two guises, as printed and in simplified characters, with the same byte offsets in both.
//!
//! Rules are written once, in simplified characters; what they find is handed on as the document prints it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Traditional characters of the words that the rules look for, each followed by its simplified form. Both forms take
/// three bytes, so replacing one by the other moves nothing.
const TRADITIONAL: &str = "牽牵頭头負负責责單单職职務务構构門门關关無无為为協协參参與与級级縣县區区鄉乡鎮镇開开會会辦办廳厅總总屬属\
聯联個个內内從从長长續续實实時时間间進进機机團团網网業业農农電电國国發发號号於于結结報报應应擔担動动設设學学\
醫医監监議议處处項项減减萬万億亿畝亩戶户執执週周節节導导確确難难遲迟後后劃划規规見见決决組组織织銀银稅税財财\
資资檢检紀纪計计類类數数專专條条員员則则體体領领圖图標标慶庆據据爭争檔档備备產产廠厂館馆臺台隊队險险堅坚兩两黨党達达權权範范圍围園园試试點点現现註注繫系話话擬拟佈布啟启種种屆届\
還还沒没覆复誰谁麼么樣样嗎吗請请問问給给幫帮詢询尋寻歷历錄录過过經经審审覈核題题調调狀状態态匯汇滯滞測测須须\
該该這这裡里幾几論论讓让嚴严稱称陽阳龍龙劉刘張张陳陈東东華华漢汉湯汤馬马書书買买賣卖\
證证護护環环營营場场際际絡络樞枢紐纽輸输運运鐵铁橋桥勞劳賬账賦赋質质認认訴诉訟讼聽听\
築筑徵征額额優优壓压簡简製制訂订詳详細细極极齊齐補补償偿獎奖勵励懲惩罰罚驗验評评訪访談谈說说謝谢\
廢废氣气裝装熱热預预將将當当誤误顯显準准夠够願愿獲获復复雜杂歸归擾扰繳缴價价\
採采購购們们術术訓训練练終终緩缓廣广對对舉举轉转較较許许銷销餘余滿满圓圆順顺卻却剛刚閱阅錯错陸陆線线";

static SIMPLIFIED: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| TRADITIONAL.chars().step_by(2).zip(TRADITIONAL.chars().skip(1).step_by(2)).collect());

/// The brackets that pair with one another; documents mix their widths, so any closing one closes any opening one.
const OPENING: [char; 6] = ['（', '(', '【', '〔', '［', '['];
const CLOSING: [char; 6] = ['）', ')', '】', '〕', '］', ']'];

/// `printed` in simplified characters, as far as the rules need it, with every byte offset kept.
pub fn simplify(printed: &str) -> String {
    printed.chars().map(|character| SIMPLIFIED.get(&character).copied().unwrap_or(character)).collect()
}

/// A stretch of text in both guises.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    pub printed: &'a str,
    /// What the rules read.
    pub plain: &'a str,
}

impl<'a> Span<'a> {
    pub fn slice(self, range: Range<usize>) -> Span<'a> {
        Span { printed: &self.printed[range.clone()], plain: &self.plain[range] }
    }

    /// Without the characters that `outer` names and white space at both ends.
    pub fn trim(self, outer: &str) -> Span<'a> {
        let drop = |character: char| character.is_whitespace() || outer.contains(character);
        let start = self.plain.len() - self.plain.trim_start_matches(drop).len();
        let end = self.plain.trim_end_matches(drop).len();
        self.slice(start..end.max(start))
    }

    /// Without `prefix`, where it begins with it.
    pub fn without_prefix(self, prefix: &str) -> Span<'a> {
        if self.plain.starts_with(prefix) { self.slice(prefix.len()..self.plain.len()) } else { self }
    }

    /// The parts between the characters that `separators` names, those within brackets excepted.
    pub fn split(self, separators: &str) -> Vec<Span<'a>> {
        let pairs = brackets(self.plain);
        let mut parts = Vec::new();
        let mut start = 0;
        for (at, character) in self.plain.char_indices() {
            if separators.chars().any(|separator| separator == character) && !within(&pairs, at) {
                parts.push(self.slice(start..at));
                start = at + character.len_utf8();
            }
        }
        parts.push(self.slice(start..self.plain.len()));
        parts
    }
}

/// The outermost pairs of brackets with what they hold, in order. A bracket without its partner is passed over.
pub fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut open = Vec::new();
    let mut pairs: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices() {
        if OPENING.contains(&character) {
            open.push(at);
        } else if CLOSING.contains(&character)
            && let Some(start) = open.pop()
        {
            while pairs.pop_if(|inner| inner.start > start).is_some() {}
            pairs.push(start..at + character.len_utf8());
        }
    }
    pairs
}

/// Whether one of the outermost pairs holds the character at an offset.
pub fn within(pairs: &[Range<usize>], at: usize) -> bool {
    let following = pairs.partition_point(|pair| pair.end <= at);
    pairs.get(following).is_some_and(|pair| pair.start <= at)
}

/// What stands between the brackets of a pair.
pub fn inside(text: &str, pair: &Range<usize>) -> Range<usize> {
    let width = |character: Option<char>| character.map_or(0, char::len_utf8);
    let held = &text[pair.clone()];
    pair.start + width(held.chars().next())..pair.end - width(held.chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::{Span, TRADITIONAL, brackets, simplify};

    #[test]
    fn simplifying_keeps_offsets() {
        assert!(TRADITIONAL.chars().all(|character| character.len_utf8() == 3));
        assert_eq!(TRADITIONAL.chars().count() % 2, 0);
        assert_eq!(simplify("由財政廳牽頭（abc）"), "由财政厅牵头（abc）");
    }

    #[test]
    fn outermost_brackets_of_any_width() {
        let texts = |text: &'static str| brackets(text).into_iter().map(move |pair| &text[pair]).collect::<Vec<_>>();
        assert_eq!(texts("甲(乙（丙）丁）戊[己]"), ["(乙（丙）丁）", "[己]"]);
        assert_eq!(texts("甲（乙（丙）丁"), ["（丙）"]);
        assert!(texts("）甲（").is_empty());
    }

    #[test]
    fn splitting_passes_over_brackets() {
        let span = Span { printed: "甲、乙（丙、丁）、戊", plain: "甲、乙（丙、丁）、戊" };
        let parts: Vec<&str> = span.split("、").into_iter().map(|part| part.plain).collect();
        assert_eq!(parts, ["甲", "乙（丙、丁）", "戊"]);
    }
}
