//! Headings inside a reply: what stands under 问题：, 下一步： and 经验：.

use std::ops::Range;

use super::lexicon::Class;
use super::token::Token;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    None,
    Problem,
    /// 原因：
    Reason,
    Practice,
    Next,
    /// 责任单位：
    Other,
}

/// Words under one heading, as places among the tokens; the heading itself is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub heading: Heading,
    pub tokens: Range<usize>,
}

/// The words of a reply by their headings, in order.
pub fn sections(plain: &str, tokens: &[Token]) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut current = Section { heading: Heading::None, tokens: 0..0 };
    let mut at = 0;
    while at < tokens.len() {
        let (heading, end) = match heading_at(plain, tokens, at, current.heading) {
            Some(found) => found,
            None => {
                at += 1;
                continue;
            }
        };
        // 存在三个问题： is one heading.
        let leads = |before: &usize| {
            matches!(tokens[*before].class, Class::Count | Class::Number | Class::Plain | Class::Unknown | Class::Now)
        };
        let begins = match heading {
            Heading::Problem | Heading::Reason => (0..at).rev().take_while(leads).last().unwrap_or(at),
            _ => at,
        };
        current.tokens.end = begins.max(current.tokens.start);
        sections.push(std::mem::replace(&mut current, Section { heading, tokens: end..end }));
        at = end.max(at + 1);
    }
    current.tokens.end = tokens.len();
    sections.push(current);
    sections.retain(|section| !section.tokens.is_empty());
    sections
}

/// The heading that begins at a token, and where the words under it begin.
fn heading_at(plain: &str, tokens: &[Token], at: usize, within: Heading) -> Option<(Heading, usize)> {
    let word = |place: usize| tokens.get(place).map_or("", |token| &plain[token.range.clone()]);
    let class = |place: usize| tokens.get(place).map(|token| token.class);
    let before = at.checked_sub(1).and_then(class);
    let opens = before.is_none_or(|class| {
        matches!(
            class,
            Class::Stop
                | Class::Comma
                | Class::Blank
                | Class::Bullet
                | Class::Colon
                | Class::Now
                | Class::Courtesy
                | Class::Link
                | Class::Open
                | Class::Contrast
                | Class::Own
                | Class::Number
                | Class::It
                | Class::Count
                | Class::Pause
        )
    });
    let label = match class(at)? {
        Class::LabelProblem if word(at).contains("原因") => Heading::Reason,
        Class::LabelProblem => Heading::Problem,
        Class::Trouble
            if ["困难", "难点", "堵点", "瓶颈", "短板", "障碍", "痛点", "卡点", "阻力"].contains(&word(at)) =>
        {
            Heading::Problem
        }
        Class::LabelNext => Heading::Next,
        Class::LabelOther => Heading::Other,
        Class::LabelPractice => Heading::Practice,
        Class::LabelProgress => Heading::None,
        // What follows a problem and tells how much is done is about the work again.
        Class::Now | Class::Already
            if matches!(within, Heading::Problem | Heading::Reason) && before == Some(Class::Stop) =>
        {
            let told = tokens[at..]
                .iter()
                .take_while(|token| token.class != Class::Stop)
                .any(|token| token.class == Class::Share);
            return told.then_some((Heading::None, at));
        }
        _ => return None,
    };
    let is_problem = matches!(label, Heading::Problem | Heading::Reason);
    // 困难：, 问题有三个：, 主要问题是
    let mut end = at + 1;
    if class(end) == Some(Class::Link) || class(end) == Some(Class::Blank) || word(end) == "主要" {
        end += 1;
    }
    let verb = |text: &str| ["是", "为", "有", "在于", "就是", "还是"].contains(&text);
    let is_verb = verb(word(end)) || word(at).ends_with(['是', '于', '在']);
    let counted = |end: usize| {
        class(end) == Some(Class::Count)
            || class(end) == Some(Class::Number)
            || ["如下", "两点", "三点", "几点"].contains(&word(end))
            || word(end) == "以下"
    };
    let mut next = end;
    while verb(word(next)) || counted(next) || class(next) == Some(Class::Blank) {
        next += 1;
    }
    // 基层反映较为集中的困难有两点：
    let announces = is_problem && class(next) == Some(Class::Colon) && counted(next.wrapping_sub(1));
    if !opens && !announces {
        return None;
    }
    if class(next) == Some(Class::Colon) {
        return Some((label, next + 1));
    }
    // 两个问题。一、…
    if is_problem && next == at + 1 && class(next) == Some(Class::Stop) && before == Some(Class::Count) && at == 1 {
        return Some((label, next + 1));
    }
    // 有两个困难需要报告：
    let colon = (next..next + 3).find(|place| class(*place) == Some(Class::Colon));
    let says = |place: usize| {
        matches!(class(place), Some(Class::Will | Class::Courtesy | Class::Manner | Class::Act | Class::Request))
    };
    if let Some(colon) = colon.filter(|colon| is_problem && (next..*colon).all(says)) {
        return Some((label, colon + 1));
    }
    // 问题两个一是…
    // 有两个问题啊一个是…再一个就是…
    let first = next + usize::from(word(next) == "啊");
    let opens_list = |place: usize| {
        tokens.get(place).is_some_and(|token| {
            ["一是", "一个是", "一个就是"].iter().any(|mark| plain[token.range.start..].starts_with(mark))
        })
    };
    if is_problem && (next > at + 1 || counted(at.wrapping_sub(1))) && opens_list(first) {
        return Some((label, first));
    }
    let announced = is_problem
        && class(next) == Some(Class::Comma)
        // 存在两个困难，一是…
        && (counted(next.wrapping_sub(1))
            || word(at).starts_with('有')
            || counted(at.wrapping_sub(1)) && opens_list(next + 1));
    if announced {
        return Some((label, next + 1));
    }
    // 进度60% after a problem is a heading of its own, with nothing between.
    if label == Heading::None {
        return (within != Heading::None).then_some((label, at));
    }
    (is_problem && is_verb && next > end
        || is_problem && word(at).ends_with(['是', '于', '在'])
        || label == Heading::Next && within != Heading::Next)
        .then_some((label, next))
}
