//! Clauses: words between stops, and what rules see of them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::Class;
use super::token::Token;

/// A run of words that tells one thing. `codes` holds one character a word: its class, which is what rules read.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    pub plain: &'a str,
    pub tokens: Vec<Token>,
    codes: String,
    /// Whether a sentence ends with it.
    pub ends: bool,
    /// Whether a question mark ends it.
    pub asked: bool,
}

impl<'a> Clause<'a> {
    pub fn new(plain: &'a str, tokens: Vec<Token>) -> Self {
        let codes = tokens.iter().map(|token| token.class.code()).collect();
        Clause { plain, tokens, codes, ends: false, asked: false }
    }

    /// Where it stands in the plain form.
    pub fn range(&self) -> Range<usize> {
        self.tokens.first().map_or(0, |first| first.range.start)..self.tokens.last().map_or(0, |last| last.range.end)
    }

    pub fn text(&self) -> &'a str {
        &self.plain[self.range()]
    }

    pub fn has(&self, class: Class) -> bool {
        self.codes.contains(class.code())
    }

    pub fn has_any(&self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    pub fn word(&self, token: &Token) -> &'a str {
        &self.plain[token.range.clone()]
    }

    /// Whether a rule holds.
    pub fn is(&self, rule: &Rule) -> bool {
        rule.regex.is_match(&self.codes)
    }

    /// The same without the words of a class.
    pub fn without(&self, class: Class) -> Clause<'a> {
        self.filtered(|_, token| token.class != class)
    }

    /// The same with only the words that are kept, by their place.
    pub fn filtered(&self, keeps: impl Fn(usize, &Token) -> bool) -> Clause<'a> {
        let kept = self.tokens.iter().enumerate().filter(|(place, token)| keeps(*place, token));
        let tokens = kept.map(|(_, token)| token.clone()).collect();
        Clause { ends: self.ends, asked: self.asked, ..Clause::new(self.plain, tokens) }
    }
}

/// A regular expression over classes of words, written in their names: `"^own* already? done le*$"`.
pub struct Rule {
    /// By which the reading explains itself.
    pub name: &'static str,
    regex: Regex,
}

impl Rule {
    pub fn new(name: &'static str, text: &str) -> Self {
        static NAMES: LazyLock<Regex> = LazyLock::new(|| Regex::new("[a-z_]+").expect("a constant"));
        let codes = NAMES.replace_all(text, |found: &regex::Captures<'_>| {
            Class::of_name(&found[0]).unwrap_or_else(|| panic!("{name}: no class {}", &found[0])).code().to_string()
        });
        let regex = Regex::new(&codes.replace(' ', "")).expect("a constant");
        Rule { name, regex }
    }
}

/// The clauses of a run of words. Stops, commas and brackets part them; so do blanks between Chinese words, and the places
/// where somebody who dictates goes on without a stop.
pub fn clauses<'a>(plain: &'a str, tokens: &[Token]) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    let mut current: Vec<Token> = Vec::new();
    let close = |current: &mut Vec<Token>, ends: bool, asked: bool, clauses: &mut Vec<Clause<'a>>| {
        if current.is_empty() {
            if let Some(last) = clauses.last_mut() {
                last.ends |= ends;
                last.asked |= asked;
            }
            return;
        }
        let mut tokens = std::mem::take(current);
        // 好了辛苦你们 opens another matter.
        if tokens.len() > 1 && ["好了", "行了"].contains(&&plain[tokens[0].range.clone()]) {
            tokens[0].class = Class::Courtesy;
        }
        clauses.push(Clause { ends, asked, ..Clause::new(plain, tokens) });
    };
    for (at, token) in tokens.iter().enumerate() {
        match token.class {
            Class::Stop => close(&mut current, true, false, &mut clauses),
            Class::AskMark => close(&mut current, true, true, &mut clauses),
            Class::Comma | Class::Open | Class::Close | Class::Colon => close(&mut current, false, false, &mut clauses),
            Class::Blank if parts(plain, token) => close(&mut current, false, false, &mut clauses),
            Class::Blank | Class::Bullet => {}
            _ => {
                if goes_on_anew(plain, &current, token, tokens.get(at + 1)) {
                    close(&mut current, false, false, &mut clauses);
                }
                current.push(token.clone());
            }
        }
    }
    close(&mut current, true, false, &mut clauses);
    clauses
}

/// A blank between Chinese words parts them as a comma does.
fn parts(plain: &str, blank: &Token) -> bool {
    let is_chinese = |character: char| character >= '\u{3400}' || character == '%';
    let before = plain[..blank.range.start].chars().next_back();
    let after = plain[blank.range.end..].chars().next();
    // 34 进度 are two things, 34 家 is one.
    let figure = before.is_some_and(|before| before.is_ascii_alphanumeric());
    let measures =
        after.is_some_and(|after| "个家户件条台套人次批处种类名座天月年日号项份张万千元亩吨米".contains(after));
    (before.is_some_and(is_chinese) || figure && !measures) && after.is_some_and(is_chinese)
        || before.is_some_and(is_chinese) && after.is_some_and(|after| after.is_ascii_digit())
}

/// Whether somebody who dictates begins another clause with this word: 弄好了|昨天验收通过的|整个任务都弄好了.
fn goes_on_anew(plain: &str, current: &[Token], next: &Token, after: Option<&Token>) -> bool {
    let tells = |token: &Token| {
        matches!(
            token.class,
            Class::Le
                | Class::Done
                | Class::Share
                | Class::Unbegun
                | Class::Left
                | Class::Stuck
                | Class::Trouble
                | Class::Unchanged
                | Class::Extend
        )
    };
    let joins =
        |token: &Token| matches!(token.class, Class::Not | Class::Will | Class::Already | Class::De | Class::Link);
    let Some(last) = current.last() else { return false };
    // 我们从来没报过|这一项已办结 would take what is denied for told.
    if current
        .iter()
        .rfind(|token| token.class != Class::Le)
        .is_some_and(|last| matches!(last.class, Class::Hearsay | Class::Will))
    {
        return false;
    }
    // 全部搞完了啊|可以销号了
    const PARTICLES: [&str; 8] = ["啊", "呢", "嘛", "哈", "呀", "哦", "啦", "哎"];
    if PARTICLES.contains(&&plain[last.range.clone()]) && next.class != Class::Courtesy && current.iter().any(tells) {
        return true;
    }
    let begins = !(next.class == Class::Now && next.range.len() <= 3)
        && matches!(
            next.class,
            Class::Contrast | Class::Own | Class::Now | Class::It | Class::Left | Class::NoProblem | Class::Correct
        )
        || next.class == Class::All && last.class == Class::Courtesy;
    // 窗口人员还在培训|整体进度算75%; 问题主要是没有档案|另外几家银行不肯接
    let at_ease = last.class == Class::NoProblem
        && (matches!(next.class, Class::Going | Class::Will | Class::Now | Class::Already)
            || &plain[next.range.clone()] == "在");
    let sums_up = ["整体进度", "总体进度", "总进度", "总的", "另外", "还有就是", "再就是", "再有", "再一个"]
        .contains(&&plain[next.range.clone()])
        && current.len() > 3
        && !joins(last);
    // 压到三天了|进度算85%; 全部完成了|可以销号了
    let goes_on =
        last.class == Class::Le && matches!(next.class, Class::LabelProgress | Class::SignOff) && after.is_some();
    // Whatever follows the whole task that was told as done is another clause.
    let whole = last.class == Class::Le
        && matches!(current.iter().rev().nth(1).map(|token| token.class), Some(Class::Done | Class::Closed))
        && current.iter().any(|token| matches!(token.class, Class::It | Class::Task | Class::All))
        && matches!(
            next.class,
            Class::Stage | Class::Thing | Class::Unknown | Class::Act | Class::Plain | Class::SignOff
        );
    let contrasts = next.class == Class::Contrast && next.range.len() > 3 && !joins(last);
    // 刚才说错了|不是百分之八十|是百分之六十
    let corrects = last.class == Class::Correct
        && matches!(next.class, Class::Not | Class::Manner | Class::Share | Class::It)
        || last.class == Class::Share
            && next.class == Class::Manner
            && current.iter().any(|token| token.class == Class::Not);
    if whole || contrasts || corrects || sums_up || at_ease || goes_on {
        return true;
    }
    let completes = after.is_none() && matches!(next.class, Class::Now | Class::It);
    begins && !completes && current.iter().any(tells) && !joins(last)
}
