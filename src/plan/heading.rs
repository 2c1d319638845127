//! 公文头: title, document number, issuer and date of issue, as GB/T 9704—2012 places them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::script::Span;
use super::text::{Line, dense};
use super::{ordinal, script, units};
use crate::chinese::numerals;
use crate::schedule::reach::reaches;

/// What a document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    pub title: Option<String>,
    pub document_number: Option<String>,
    pub issuer: Option<String>,
    pub issued_on: Option<NaiveDate>,
    /// The year that the plan is for, where its title or the line below names one: （2024年度）.
    pub plan_year: Option<i32>,
}

/// The words that titles of plans and of the notices around them end with.
const TITLE_ENDINGS: &str = "方案 通知 意见 措施 清单 要点 计划 指标表 分解表 分工表 任务表 责任表 工作表 一览表 分工 办法 规划 决定 通报 细则 规定 台账 安排";

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"[〔\[［（(【]\s*[0-9０-９]{4}\s*[〕\]］）)】]";
    Regex::new(&format!(r"(?:\p{{Han}}{{1,12}}|^)\s*{year}\s*第?\s*[0-9０-９]{{1,4}}\s*号")).expect("a constant")
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year = "(?P<year>[0-9０-９]{4}|[一二][〇○零一二三四五六七八九]{3})";
    let number = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}";
    Regex::new(&format!(r"{year}\s*年\s*(?P<month>{number})\s*月\s*(?P<day>{number})\s*日")).expect("a constant")
});
static ISSUED_BY_TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?P<issuer>[^《》，。]{2,40}?)关于").expect("a constant"));
static NAMED_PLAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("印发(?:.{0,2}《(?P<title>[^》]+)》|(?P<bare>[^《》]{6,}(?:方案|分工|清单|计划|措施|要点|意见|规定|办法|规划|安排|台账|[一-龥]表))的通知$)").expect("a constant")
});
static LABELLED_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:成文|印发|发布|发文|督办|下达|编制|制表|填报|填表|交办|制定)(?:日期|时间)\s*[:：]$|[\s\u{3000}]日期\s*[:：]$")
        .expect("a constant")
});

/// Reads the heading from all lines of the document.
pub fn read(lines: &[&Line]) -> Heading {
    let title = title(lines);
    let (signature, issued_on) = signature(lines);
    let issuer = signature.or_else(|| issuer_of_title(lines)).or_else(|| issuer_of_label(lines));
    let plan_year = title.as_deref().and_then(year_of).or_else(|| year_below_title(lines));
    let issued_on = issued_on.or_else(|| lines.iter().rev().find_map(|line| imprint(&line.text)));
    let plan_year = plan_year.or_else(|| year_of_meeting(lines).filter(|_| issued_on.is_none()));
    Heading { title, document_number: document_number(lines), issuer, issued_on, plan_year }
}

/// The year of a meeting, in minutes without a date of their own: （2024年第9期）, 时间：2024年6月13日上午, 2024年6月13日，…召开会议.
fn year_of_meeting(lines: &[&Line]) -> Option<i32> {
    static MEETING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:会议)?(?:时\s*间|日\s*期)\s*[：:]\s*(?P<labelled>[0-9]{4})年|^[（(]?(?P<issue>[0-9]{4})年?\s*第\s*[0-9一二三四五六七八九十]{1,3}\s*[期号次]|^(?P<told>[0-9]{4})年[0-9]{1,2}月[0-9]{1,2}日(?:[上下]午|晚)?，[^。]{0,60}(?:主持|召开|组织|研究)")
            .expect("a constant")
    });
    let year = |line: &&Line| {
        let found = MEETING.captures(&line.text)?;
        let year = found.name("labelled").or(found.name("issue")).or(found.name("told"))?;
        year.as_str().parse().ok()
    };
    head(lines).iter().find_map(year)
}

static ISSUER_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?:编制|制表|填报|填表|交办|发文|印发|制发|制定)(?:(?:单位|部门)(?:[（(](?:盖章|章|公章)[）)])?)?|^单位(?:名称)?[（(](?:盖章|章|公章)[）)])\s*[:：]\s*(?P<name>[^\s，。；]{2,40})")
            .expect("a constant")
});

/// 编制单位：某集团投资发展部
fn issuer_of_label(lines: &[&Line]) -> Option<String> {
    let found = head(lines).iter().find_map(|line| ISSUER_LABEL.captures(&line.text)?.name("name"))?;
    Some(found.as_str().to_owned()).filter(|name| is_unit(name))
}

/// The year that a title is about: 2024年…任务分解方案.
pub fn year_of(title: &str) -> Option<i32> {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("([0-9０-９]{4}|二[〇零一二三四五六七八九]{3})年").expect("a constant"));
    // 2023—2025年 is no one year.
    let ends_range =
        |year: &regex::Match| title[..year.start()].ends_with(['—', '–', '-', '－', '~', '～', '至', '到']);
    let year = YEAR.captures_iter(title).filter_map(|found| found.get(1)).find(|year| !ends_range(year))?;
    numerals::positional(year.as_str())?.try_into().ok()
}

fn year_below_title(lines: &[&Line]) -> Option<i32> {
    let text = |line: &&Line| line.text.trim_matches(['（', '）', '(', ')']).strip_suffix("年度").map(str::to_owned);
    numerals::positional(&head(lines).iter().find_map(text)?)?.try_into().ok()
}

/// The date of an imprint: 青山县人民政府办公室 2021年3月1日印发.
fn imprint(text: &str) -> Option<NaiveDate> {
    const LONGEST: usize = 60;
    let bare = text.strip_suffix("印发").filter(|bare| bare.chars().nth(LONGEST).is_none())?;
    date_in(bare).filter(|(range, _)| range.end == bare.trim_end().len()).map(|(_, date)| date)
}

/// The year in a document's own number: 青政发〔2021〕7号.
pub fn year_of_number(number: &str) -> Option<i32> {
    let year: String =
        number.chars().skip_while(|character| !"〔[［（(【".contains(*character)).skip(1).take(4).collect();
    numerals::positional(&year)?.try_into().ok()
}

/// The lines above the text itself: it begins with the first ordinal or with a sentence.
fn head<'a, 'b>(lines: &'a [&'b Line]) -> &'a [&'b Line] {
    const LONGEST: usize = 20;
    let text = |line: &&Line| ordinal::leading(&line.text).is_some();
    let end = lines.iter().take(LONGEST).position(text).unwrap_or(lines.len().min(LONGEST));
    &lines[..end]
}

/// The first title; where it is that of the notice around the plan, the plan's own name within it.
fn title(lines: &[&Line]) -> Option<String> {
    const MOST_LINES: usize = 4;
    const SHORTEST: usize = 6;
    const LONGEST: usize = 120;
    const LONGEST_SECOND_LINE: usize = 10;
    let candidates: Vec<&str> = head(lines).iter().map(|line| before_number(before_first_part(&line.text))).collect();
    let is_title_line = |text: &&str| {
        let beginning = ["附件", "（", "(", "各"].iter().any(|start| text.starts_with(start));
        let sentence = text.ends_with(['：', ':', '。']) || text.chars().nth(LONGEST).is_some();
        !text.is_empty() && !text.ends_with("文件") && !beginning && !sentence && !DATE.is_match(text)
    };
    // The office's name above a letter's number is no title where one follows.
    let titled = candidates.iter().any(|text| is_title_line(text) && ends_title(&script::simplify(text)));
    let letter_head = |text: &&str| {
        titled
            && !text.contains('《')
            && units::is_list(&script::simplify(text))
            && !ends_title(&script::simplify(text))
    };
    // 某市人民政府常务会议纪要 above 市政府第42次常务会议纪要 is the masthead.
    let minutes = |text: &&str| is_title_line(text) && dense(text).ends_with("纪要");
    let last_minutes =
        candidates.iter().rposition(&minutes).filter(|_| candidates.iter().filter(|text| minutes(text)).count() > 1);
    let first =
        last_minutes.or_else(|| candidates.iter().position(|text| is_title_line(text) && !letter_head(text)))?;
    let mut title = String::new();
    for line in candidates[first..].iter().take(MOST_LINES) {
        let opened = title.matches('《').count() > title.matches('》').count();
        if !(opened || is_title_line(line)) {
            break;
        }
        title.push_str(line);
        let plain = script::simplify(&title);
        // …反馈意见⏎整改方案 is one title on two lines; so is 关于印发《…方案⏎（2023—2025年）》的通知.
        let is_open = plain.matches('《').count() > plain.matches('》').count();
        let goes_on = is_open
            || plain.ends_with("意见")
                && candidates[first..].iter().any(|next| {
                    is_title_line(next)
                        && next.chars().count() <= LONGEST_SECOND_LINE
                        && ends_title(next)
                        && !plain.ends_with(next)
                });
        if ends_title(&plain) && !goes_on {
            let named = NAMED_PLAN.captures(&plain);
            let named = named.and_then(|named| named.name("title").or(named.name("bare"))).map(|named| named.range());
            let is_named = named.is_some();
            let own = named.map_or(title.clone(), |range| title[range].to_owned());
            // 中共青溪县水利局党组⏎关于…的整改方案, 云泽市⏎2024年…清单
            let above = first.checked_sub(1).map(|above| candidates[above]).filter(|above| letter_head(above));
            let belongs = !is_named && (title.starts_with("关于") || title.starts_with(char::is_numeric));
            return Some(above.filter(|_| belongs).map_or(own.clone(), |above| format!("{above}{own}")));
        }
    }
    let alone = candidates[first];
    Some(alone.to_owned()).filter(|title| (SHORTEST..LONGEST / 2).contains(&title.chars().count()))
}

/// The title that a document without line breaks begins with: 2024年任务分工 一、重点工作….
fn before_first_part(line: &str) -> &str {
    const LONGEST_TITLE: usize = 120;
    let beginning: usize = line.chars().take(LONGEST_TITLE).map(char::len_utf8).sum();
    let first = ordinal::markers(&line[..beginning]).find(|marker| marker.ordinal.style.heads_sections());
    let title = first.map(|first| &line[..first.start]).filter(|title| ends_title(&script::simplify(title)));
    title.unwrap_or(line)
}

/// 政办函, before the year of a document's own number; 督办函 ends a title.
fn is_kind_of_number(bare: &str) -> bool {
    const LONGEST: usize = 8;
    bare.ends_with("办函") && bare.chars().nth(LONGEST).is_none()
}

/// The part of a line before the document's own number.
fn before_number(line: &str) -> &str {
    own_number(line).map_or(line, |number| &line[..number.start]).trim()
}

/// Whether a text ends like the title of a document or of a table in it.
pub fn ends_title(plain: &str) -> bool {
    let bare = plain.trim_end_matches(['）', ')']);
    let bare = if bare.len() < plain.len() { &bare[..bare.rfind(['（', '(']).unwrap_or(bare.len())] } else { plain };
    let letters = ["函", "纪要", "任务书"].iter().any(|ending| bare.ends_with(ending)) && !is_kind_of_number(bare);
    letters || TITLE_ENDINGS.split(' ').any(|ending| bare.ends_with(ending))
}

fn document_number(lines: &[&Line]) -> Option<String> {
    let number = head(lines).iter().find_map(|line| own_number(&line.text).map(|range| &line.text[range]))?;
    Some(dense(number))
}

/// Where a line prints a number of its own: it begins with it, or the number follows the end of a title.
fn own_number(line: &str) -> Option<std::ops::Range<usize>> {
    const LONGEST_TITLE: usize = 120;
    let beginning: usize = line.chars().take(LONGEST_TITLE).map(char::len_utf8).sum();
    let plain = script::simplify(&line[..beginning]);
    let found = NUMBER.find(&plain)?;
    let after_title =
        TITLE_ENDINGS.split(' ').filter_map(|ending| Some(found.as_str().rfind(ending)? + ending.len())).max();
    let start = found.start() + after_title.unwrap_or(0);
    let apart = start == 0 || after_title.is_some() || line[..start].ends_with([' ', '\u{3000}', '\t', '（', '(']);
    apart.then(|| start..found.end())
}

/// Issuer and date from the signature: a date at the end of a line, below the issuer's name or after it.
fn signature(lines: &[&Line]) -> (Option<String>, Option<NaiveDate>) {
    const LONGEST: usize = 60;
    for (index, line) in lines.iter().enumerate() {
        let printed = &line.text[last_sentence(&line.text)..];
        let plain = script::simplify(printed);
        let line = Span { printed, plain: &plain }.trim("（(）)");
        let says = line.plain.chars().filter(|character| !character.is_whitespace()).count();
        let date = Some(line.plain).filter(|_| says <= LONGEST).and_then(date_in);
        let Some((range, date)) = date.filter(|(range, _)| range.end == line.plain.len()) else { continue };
        let before = line.slice(0..range.start).trim("");
        let above = index.checked_sub(1).map(|above| lines[above].text.as_str()).filter(|_| before.plain.is_empty());
        // 编制单位：某集团　　2024年3月15日
        let named = before.printed.rsplit(['：', ':']).next().unwrap_or(before.printed).trim();
        let before_date = if ISSUER_LABEL.is_match(before.plain) { named } else { before.printed };
        let issuer = Some(above.unwrap_or(before_date)).filter(|name| is_unit(name));
        // 县信访联席会议办公室　　交办日期：2024年7月3日
        let labelled = LABELLED_DATE.find(before.plain).map(|label| before.slice(0..label.start()).trim("").printed);
        let issuer = issuer.or(labelled.filter(|name| is_unit(name)));
        let numbered = own_number(before.plain).is_some_and(|number| number.end == before.plain.len());
        if issuer.is_some() || before.plain.is_empty() || labelled.is_some() || numbered {
            return (issuer.map(str::to_owned), Some(date));
        }
    }
    (None, lines.iter().find_map(|line| date_before_note(&line.text)))
}

/// Where a text ends with a signature, which belongs to the document and not to its last task: name and date, and maybe a
/// note in brackets, in one line.
pub fn signature_at(text: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    let start = last_sentence(text);
    let signature = Some(&text[start..]).filter(|signature| signature.chars().nth(LONGEST).is_none())?;
    let (date, _) = date_in(signature)?;
    let after = signature[date.end..].trim();
    (is_unit(signature[..date.start].trim()) && (after.is_empty() || after.starts_with(['（', '(']))).then_some(start)
}

/// Where the words after the last sentence begin, or after the brackets that end it.
fn last_sentence(plain: &str) -> usize {
    let bare = plain.trim_end_matches(['）', ')', ' ']);
    let ends = bare.char_indices().rev().find(|(_, character)| "。）)".contains(*character));
    ends.map_or(0, |(at, character)| at + character.len_utf8())
}

/// A date right before （此件公开发布）, at the end of a document that comes as one line.
fn date_before_note(text: &str) -> Option<NaiveDate> {
    let note = text.rfind("此件")?;
    let before = text[..note].trim_end_matches(['（', '(']).trim_end();
    let beginning = before.char_indices().rev().take(20).last()?.0;
    let (range, date) = date_in(&before[beginning..])?;
    (beginning + range.end == before.len()).then_some(date)
}

fn date_in(text: &str) -> Option<(std::ops::Range<usize>, NaiveDate)> {
    let found = DATE.captures(text)?;
    let year = numerals::positional(&found["year"].replace('○', "〇"))?.try_into().ok()?;
    let date = NaiveDate::from_ymd_opt(year, numerals::parse(&found["month"])?, numerals::parse(&found["day"])?)?;
    reaches(date).then_some((found.get(0)?.range(), date))
}

fn issuer_of_title(lines: &[&Line]) -> Option<String> {
    let issuer = |line: &&Line| {
        let issuer = ISSUED_BY_TITLE.captures(&script::simplify(&line.text))?.name("issuer")?.range();
        Some(line.text[issuer].to_owned()).filter(|name| is_unit(name))
    };
    head(lines).iter().find_map(issuer)
}

fn is_unit(name: &str) -> bool {
    const LONGEST: usize = 40;
    let plain = script::simplify(name);
    name.chars().nth(LONGEST).is_none()
        && !name.contains(['，', '。', '、', '：', '了', '的'])
        && units::ends_like_unit(&plain)
}

#[cfg(test)]
mod tests {
    use super::{Heading, read, year_of};
    use crate::plan::text::Line;

    #[track_caller]
    fn check(text: &str, title: &str, number: &str, issuer: &str, issued_on: &str) {
        let line = |(index, text): (usize, &str)| Line { number: index + 1, text: text.to_owned() };
        let lines: Vec<Line> = text.lines().enumerate().map(line).collect();
        let found = read(&lines.iter().collect::<Vec<_>>());
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let issued_on = issued_on.parse().ok();
        assert_eq!(
            found,
            Heading {
                title: some(title),
                document_number: some(number),
                issuer: some(issuer),
                issued_on,
                plan_year: year_of(title)
            }
        );
    }

    #[test]
    fn notice_around_a_plan() {
        let head = "青山县人民政府文件\n青政发〔2021〕7号\n青山县人民政府关于印发\n《2021年档案工作任务分解表》的通知";
        let letter = "各乡镇：\n依据省档发〔2020〕3号文件。\n青山县人民政府\n2021年3月1日\n一、保管";
        let text = format!("{head}\n{letter}");
        check(&text, "2021年档案工作任务分解表", "青政发〔2021〕7号", "青山县人民政府", "2021-03-01");
    }

    #[test]
    fn signature_at_the_end_and_chinese_digits() {
        let text = "青山县档案工作若干措施\n青档发[2021] 7号\n一、保管。\n青山县档案局  二〇二一年十二月三日";
        check(text, "青山县档案工作若干措施", "青档发[2021]7号", "青山县档案局", "2021-12-03");
    }

    #[test]
    fn one_line() {
        let text = "青山县人民政府关于档案工作的意见青政发〔2021〕7号各乡镇：一、保管。二、利用。青山县人民政府2021年3月1日（此件公开发布）";
        check(text, "青山县人民政府关于档案工作的意见", "青政发〔2021〕7号", "青山县人民政府", "2021-03-01");
    }

    #[test]
    fn signature_right_after_a_task() {
        let text = "青山区档案工作分工方案青政办发〔2021〕3号各街道：一、保管1.修缮。（区档案局负责）青山区人民政府2021年1月8日";
        check(text, "青山区档案工作分工方案", "青政办发〔2021〕3号", "青山区人民政府", "2021-01-08");
    }

    #[test]
    fn a_title_right_before_the_first_part() {
        let line = Line {
            number: 1, text: "2024年任务分工 一、重点工作 1.修缮库房（县档案局负责）。".to_owned()
        };
        let heading = read(&[&line]);
        assert_eq!((heading.title.as_deref(), heading.plan_year), (Some("2024年任务分工"), Some(2024)));
    }

    #[test]
    fn the_year_of_a_meeting() {
        let year = |line: &str| {
            let lines = ["青山县人民政府专题会议纪要", line, "1.修缮库房。"]
                .map(|text| Line { number: 1, text: text.to_owned() });
            read(&lines.each_ref()).plan_year
        };
        assert_eq!(year("（2024年第9期）"), Some(2024));
        assert_eq!(year("时间：2024年6月13日上午"), Some(2024));
        assert_eq!(year("2024年6月13日上午，李某主持召开会议。"), Some(2024));
        assert_eq!(year("2024年6月13日暴雨，库房漏水。"), None);
    }

    #[test]
    fn year_and_date_elsewhere() {
        let line = |(index, text): (usize, &str)| Line { number: index + 1, text: text.to_owned() };
        let text = "青山县档案工作任务清单\n（2021年度）\n1.修缮。\n青山县人民政府办公室　2021年3月1日印发";
        let lines: Vec<Line> = text.lines().enumerate().map(line).collect();
        let found = read(&lines.iter().collect::<Vec<_>>());
        assert_eq!((found.plan_year, found.issued_on), (Some(2021), "2021-03-01".parse().ok()));
    }

    #[test]
    fn nothing_known() {
        check("1.修缮库房。", "", "", "", "");
        assert_eq!((year_of("2024年工作要点"), year_of("三年行动方案")), (Some(2024), None));
        assert_eq!(year_of("三年行动计划（2023—2025年）"), None);
        assert_eq!(year_of("三年行动计划（2022—2024年）2022年度任务清单"), Some(2022));
    }
}
