//! Words in a row: figures and dates by their form, other words by the lexicon, the rest as unknown.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon;
use super::lexicon::Class;
use crate::chinese::numerals;

/// A word and where it stands in the plain form, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub class: Class,
    pub range: Range<usize>,
}

/// What is found by its form. Of two that begin at the same place the earlier family counts.
static FORMS: LazyLock<Vec<(Class, Regex)>> = LazyLock::new(|| {
    let numeral = format!("[{}]+", numerals::CHARACTERS);
    let chinese = format!("[{}]+", numerals::CHINESE);
    let number = format!(r"(?:\d+(?:\.\d+)?|{chinese})");
    let share = format!(
        r"\d+(?:\.\d+)?\s*(?:%|个?百分点|个点|趴)|百分之{numeral}(?:点{numeral})?|百分之?百|[一二两三四五六七八九1-9]成半|[一二两三四五六七八九1-9]成[一二三四五六七八九1-9]?|[二三四五六七八九十\d]分之[一二两三四五六七八九\d]|二分之一|[1-9]/[2-9]"
    );
    let measure = "个|项|家|户|件|条|台|套|人次|人|次|批|处|种|类|名|座|公里|亩|吨|米|辆|份|张|栋|篇|本|册|期|轮|场|所|片|块|笔|起|宗|单|例|款|亿元?|万元?|万|千|元|页|小时|分钟|市州|县市区|乡镇|街道|村|县|部门|单位|多|余";
    let families = [
        (Class::Period, format!(
            r"第?[一二三四1-4]季度|[上下前后]半年|(?:第{numeral}|首|前{numeral}?|头{numeral}?|后{numeral}?)(?:批次?|期|阶段|轮|步|季度|个?季度|部分|年|个月|标段|子项)|{numeral}(?:期|阶段|批次)|[上下]半场"
        )),
        (Class::Dated, r"(?:(?:\d{4}|\d{2}|二〇[一二][〇一二三四五六七八九])年(?:度|全年|底前?|末)?|年(?:底|末)前?|(?:[一二三四五六七八九十]|\d{1,2})月(?:份|底前?|末前?)?)(?:的|这个|那个|要求的|应完成的|阶段性?)*(?:那条|那个|那部分|那段|任务|工作|目标|节点|计划|内容|部分|时限|指标)+".to_owned()),
        (Class::Vague, format!(
            r"刚?过了?一半|过半|大半|超半|多半|一大半|一半(?:以上|多|不到)|(?:小|近|不到|一多)半|不到一半|(?:{share})\s*(?:-|~|至|到)\s*(?:{share})|\d+\s*(?:-|~|至|到)\s*\d+(?:\.\d+)?\s*%|[一二三四五六七八九]到?[一二三四五六七八九]成|[多余来几]成|[一二三四五六七八九]成多|百分之{chinese}?几十?|(?:近|超过?|不到|不足|将近|接近|大于|高于|低于)\s*(?:{share})|(?:{share})(?:以上|以下|多|不到)"
        )),
        (Class::Share, format!("{share}|一半|半数|两成半")),
        (Class::Deadline, format!(
            r"(?:(?:\d{{4}}|[今明本后])年)?(?:{numeral}月(?:份|底|末|初|中旬|上旬|下旬)?(?:{numeral}[日号]?)?|年(?:底|末|中|内)|{numeral}[日号]|[一二三四1-4]季度末?|[上下]半年)(?:之前|以前|前)|\d{{4}}年(?:底|末|中|内)?(?:之前|以前|前)|(?:\d{{4}}[-./年]\d{{1,2}}(?:[-./月]\d{{1,2}}[日号]?)?)(?:之前|以前|前)|(?:[本下]个?(?:周|月|星期|季度)[一二三四五六日天末底内]?|[本这下]?周[一二三四五六日天末]|下班|周末|年|月|春节|国庆|元旦|中秋|五一)(?:之前|以前|前)"
        )),
        (Class::Date, format!(
            r"\d{{4}}[-./年]\d{{1,2}}[-./月]\d{{1,2}}[日号]?|(?:1[0-2]|0?[1-9])[-.](?:3[01]|[12]\d|0?[1-9])[日号]?|(?:(?:\d{{4}}|[今明去本])年)?{numeral}月(?:份|底|末|初|中旬|上旬|下旬)?(?:{numeral}[日号]?)?|\d{{1,2}}[日号](?:上午|下午)?|上个?(?:周|星期|礼拜|月)[一二三四五六日天末初中底]|上上?个?(?:星期|礼拜)|\d{{4}}年(?:底|末|初|中)?|年(?:底|末)"
        )),
        (Class::Duration, format!(
            r"{number}(?:个?工作日|个月|个半月|个(?:星期|礼拜|季度)|天|周|年|日)(?:以内|之内|内|左右|时间)?|半(?:个月|年)|一段时间|(?:几|两三|三五|十几|十来)(?:天|个月|个星期|周)"
        )),
        (Class::Count, format!(r"(?:第)?{number}(?:多|余|来)?\s*(?:{measure})|[几两](?:个|项|家|件|条|批|处)|全部\d+(?:个|项|家)")),
        (Class::Manner, r"经过?[^，。；已]{0,12}努力|经[^，。；已]{1,10}(?:协作|配合|攻坚|奋战)|历时[^，。；已]{1,8}".to_owned()),
        (Class::Courtesy, r"@[^\s，：。]+".to_owned()),
        // 该归档的也都归档了
        (Class::Thing, r"该[^，。；：的该]{1,6}的".to_owned()),
        // 31 of 40, which is no day
        (Class::Count, r"(?:1[3-9]|[2-9]\d|\d{3,4})/\d{2,4}".to_owned()),
        (Class::Bullet, r"[①-⑳⑴-⒇]".to_owned()),
        (Class::Number, r"\d+(?:\.\d+)?".to_owned()),
        (Class::Place, r"(?:长沙|株洲|湘潭|衡阳|邵阳|岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|湘西|吉首|浏阳|宁乡|醴陵|耒阳|汨罗|冷水江|涟源|资兴|洪江|武冈|韶山|湘乡|临湘)(?:市|州|县)?|[省市县区州]本级|[省市县区州](?:[^，。；：、 已未没的了和与等里\d\p{P}]){1,8}?(?:厅|局|委员会|委|办公室|政府|法院|检察院)".to_owned()),
    ];
    families.map(|(class, form)| (class, Regex::new(&form).expect("a constant"))).into()
});

/// A sign, where the character is one.
fn sign(character: char) -> Option<Class> {
    Some(match character {
        '。' | '；' | '\n' => Class::Stop,
        '，' | '|' | '/' | '~' => Class::Comma,
        '、' => Class::Pause,
        '：' | '-' | '=' => Class::Colon,
        '？' => Class::AskMark,
        '(' | '[' => Class::Open,
        ')' | ']' => Class::Close,
        '“' | '”' | '"' | '「' | '」' | '《' | '》' | '‘' | '’' => Class::Quote,
        ' ' => Class::Blank,
        _ => return None,
    })
}

/// The words of these parts of a text in its plain form; a comma stands between two parts. `numbered`: where the last part
/// begins a number stood, which names the task as 该项 does.
pub fn within(plain: &str, parts: &[Range<usize>], numbered: bool) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        // 谁说|第9项已经完成了 says nothing itself.
        let says = tokens
            .last()
            .is_some_and(|last| matches!(last.class, Class::Hearsay | Class::Will | Class::Cond | Class::Not));
        if place > 0 && !says {
            tokens.push(Token { class: Class::Comma, range: part.start..part.start });
        }
        if numbered && place + 1 == parts.len() {
            tokens.push(Token { class: Class::It, range: part.start..part.start });
        }
        let shifted =
            |token: Token| Token { range: token.range.start + part.start..token.range.end + part.start, ..token };
        tokens.extend(of(&plain[part.clone()]).into_iter().map(shifted));
    }
    tokens
}

/// Says that the words which begin at these places are about the task, as 该项 does.
pub fn point_at(places: &[usize], tokens: &mut Vec<Token>) {
    for place in places {
        if let Some(at) = tokens.iter().position(|token| token.range.start == *place && !token.range.is_empty()) {
            tokens.insert(at, Token { class: Class::It, range: *place..*place });
        }
    }
}

fn of(plain: &str) -> Vec<Token> {
    let formed = formed(plain);
    let mut formed = formed.into_iter().peekable();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(character) = plain[at..].chars().next() {
        while formed.next_if(|token| token.range.start < at).is_some() {}
        let found = formed.peek().filter(|token| token.range.start == at).cloned();
        let known = lexicon::longest(&plain[at..]);
        // A word that is longer than the figure it begins with holds it: 一是, 三项都.
        let token = match (found, known) {
            (Some(found), Some((length, _))) if found.range.len() >= length => found,
            (_, Some((length, class))) => Token { class, range: at..at + length },
            (Some(found), None) => found,
            (None, None) => {
                let class = sign(character).unwrap_or(Class::Unknown);
                Token { class, range: at..at + character.len_utf8() }
            }
        };
        at = token.range.end;
        match tokens.last_mut() {
            Some(last) if last.class == Class::Unknown && token.class == Class::Unknown => last.range.end = at,
            _ => tokens.push(token),
        }
    }
    tokens
}

/// What is found by its form, without overlaps, in the order of the text.
fn formed(plain: &str) -> Vec<Token> {
    let mut found: Vec<(usize, Token)> = Vec::new();
    for (family, (class, form)) in FORMS.iter().enumerate() {
        let is_it =
            |found: &regex::Match<'_>| !is_other_word(found.as_str(), &plain[..found.start()], &plain[found.end()..]);
        let found_here = form.find_iter(plain).filter(is_it);
        found.extend(found_here.map(|found| (family, Token { class: *class, range: found.range() })));
    }
    found.sort_by_key(|(family, token)| (token.range.start, *family));
    let mut kept: Vec<Token> = Vec::new();
    for (_, token) in found {
        if kept.last().is_none_or(|last| last.range.end <= token.range.start) {
            kept.push(token);
        }
    }
    kept
}

/// 10-31, which is a day only where it is said until when: 延到10-31.
fn is_day_of_month(form: &str) -> bool {
    let sign = |character: char| matches!(character, '-' | '.');
    form.split(sign).count() == 2
        && form.trim_end_matches(['日', '号']).chars().all(|it| it.is_ascii_digit() || sign(it))
}

/// 三成员单位 and 一成不变 hold no share, nor does 9/30.
fn is_other_word(form: &str, before: &str, after: &str) -> bool {
    let digit = |character: char| character.is_ascii_digit();
    ["该做的", "该办的", "该干的", "该完成的"].contains(&form)
        || form.ends_with('成') && after.starts_with(|next: char| "为员功立果绩本都不长品型熟".contains(next))
        || form.starts_with('前') && before.ends_with('提')
        || is_day_of_month(form) && !["到", "至", "延", "前"].iter().any(|leads| before.ends_with(leads))
        || form.contains('/') && form.len() == 3 && (before.ends_with(digit) || after.starts_with(digit))
}
