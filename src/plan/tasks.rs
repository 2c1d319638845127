//! 任务: the parts of a document → its sections, and its tasks with their numbers, units, dates and figures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use crate::office::plan::{AsidePlace, DraftMilestone, DraftTask, MilestoneKind, Section, SetAside};
use crate::plan::clause::Deadline;
use crate::plan::heading::Heading;
use crate::plan::ordinal::Style;
use crate::plan::outline::{Item, Outline};
use crate::plan::part::Part;
use crate::plan::responsibility::Reading;
use crate::plan::text::Line;
use crate::plan::{begun, heading, part, responsibility, script, target};
use crate::schedule::deadline;
use crate::schedule::deadline::{Context, Place};

/// The sections and tasks of a document.
#[derive(Debug, Default)]
pub struct Tasks {
    pub sections: Vec<Section>,
    pub tasks: Vec<Task>,
    /// What belongs to no task.
    pub set_aside: Vec<SetAside>,
}

/// A task with what its checking needs to know of the document.
#[derive(Debug)]
pub struct Task {
    pub draft: DraftTask,
    pub line: usize,
    pub style: Style,
    pub value: u32,
    /// It has a number of its own, and does not share one.
    pub is_numbered: bool,
    /// What its responsibility says of other tasks.
    pub said_of_others: Option<String>,
    /// The index of the item that it stands below.
    pub parent: Option<usize>,
    pub has_children: bool,
}

pub fn read(outline: Outline, heading: &Heading) -> Tasks {
    let titled = heading.title.as_deref().and_then(responsibility::declared_leads);
    let outside = outline.outside.iter().find_map(|line| responsibility::declared_leads(&line.text));
    let parts = part::parts(outline.items, titled.or(outside).is_some());
    let set_aside = set_aside(&parts, outline.outside, outline.heads);
    let opening = set_aside.iter().filter(|aside| aside.place == AsidePlace::Opening);
    let told: Vec<String> = opening.map(|aside| script::simplify(&aside.text)).collect();
    Tasks { sections: sections(&parts), tasks: tasks(parts, heading, &told), set_aside }
}

/// The lines outside of all items, the items that are no tasks, and what headings and heads of tables say beside.
fn set_aside(parts: &[Part], outside: Vec<Line>, heads: Vec<Line>) -> Vec<SetAside> {
    let lines = || task_indexes(parts).map(|index| parts[index].item.line);
    let (first, last) = (lines().min().unwrap_or(0), lines().max().unwrap_or(0));
    let place = |line: usize| match line {
        _ if line < first => AsidePlace::Opening,
        _ if line <= last => AsidePlace::Between,
        _ => AsidePlace::Closing,
    };
    let outside =
        outside.into_iter().map(|Line { number, text }| SetAside { line: number, place: place(number), text });
    let heads =
        heads.into_iter().map(|Line { number, text }| SetAside { line: number, place: AsidePlace::Heading, text });
    let above_tasks: BTreeSet<usize> = task_indexes(parts).flat_map(|index| headings(parts, index)).collect();
    let sections = section_indexes(parts);
    let of_part = |(index, part): (usize, &Part)| {
        let Item { line, ordinal, body, .. } = &part.item;
        let fields = || part.item.fields.iter().map(|(_, text)| text.trim()).filter(|text| !text.is_empty());
        let whole = || fields().fold(format!("{}{body}", ordinal.printed), |whole, field| format!("{whole}　{field}"));
        let beside_title = || {
            let rest = body.trim_start().strip_prefix(part.title()).unwrap_or(body);
            let rest = rest.trim_start_matches(['。', '：', ':', '\n', '.', ' ']);
            (!rest.is_empty()).then(|| (AsidePlace::Heading, rest.to_owned()))
        };
        let (place, text) = match (part.is_task, above_tasks.contains(&index)) {
            (true, _) => return None,
            (false, true) if sections.contains(&index) => beside_title()?,
            (false, true) => (AsidePlace::Heading, whole()),
            (false, false) => (AsidePlace::Part, whole()),
        };
        Some(SetAside { line: *line, text, place })
    };
    let mut aside: Vec<SetAside> = outside.chain(heads).chain(parts.iter().enumerate().filter_map(of_part)).collect();
    aside.sort_by_key(|aside| aside.line);
    aside
}

/// The indexes of the headings above a part, outermost first.
fn headings(parts: &[Part], index: usize) -> Vec<usize> {
    let above = std::iter::successors(parts[index].item.parent, |above| parts[*above].item.parent);
    let mut headings: Vec<usize> = above.filter(|above| !parts[*above].is_task).collect();
    headings.reverse();
    headings
}

/// The headings right above tasks, in order.
fn sections(parts: &[Part]) -> Vec<Section> {
    let section = |index: usize| {
        let part = &parts[index];
        Section { ordinal: part.item.ordinal.printed.clone(), title: part.title().to_owned() }
    };
    section_indexes(parts).into_iter().map(section).collect()
}

fn section_indexes(parts: &[Part]) -> BTreeSet<usize> {
    task_indexes(parts).filter_map(|index| headings(parts, index).last().copied()).collect()
}

fn task_indexes(parts: &[Part]) -> impl Iterator<Item = usize> {
    (0..parts.len()).filter(|index| parts[*index].is_task)
}

/// A task's place among the others.
struct Placed {
    number: String,
    section: Option<String>,
    /// The span of time that a heading above it gives.
    span: Option<String>,
    parent: Option<usize>,
    has_children: bool,
}

/// The tasks, which take what their parts hold: a document has it once. `told` is what the document says before them.
fn tasks(parts: Vec<Part>, heading: &Heading, told: &[String]) -> Vec<Task> {
    let year_of_number = heading.document_number.as_deref().and_then(heading::year_of_number);
    // A list of what was found in 2024 is worked off in the year of its issue.
    let to_come = |year: &i32| heading.issued_on.is_none_or(|issued| *year >= issued.year());
    let plan_year = heading.plan_year.filter(to_come).or(year_of_number.filter(|_| heading.issued_on.is_none()));
    let context = Context { issued_on: heading.issued_on, plan_year, counted_from: None };
    let places = places(&parts);
    let task = |(mut part, placed): (Part, Placed)| Task {
        line: part.item.line,
        style: part.item.ordinal.style,
        value: part.item.ordinal.value,
        is_numbered: part.item.shares_number_of.is_none(),
        said_of_others: part.reading.said_of_others.take(),
        parent: placed.parent,
        has_children: placed.has_children,
        draft: draft(part.reading, placed, context, told),
    };
    parts.into_iter().filter(|part| part.is_task).zip(places).map(task).collect()
}

fn places(parts: &[Part]) -> Vec<Placed> {
    let paths: BTreeMap<usize, Vec<usize>> = task_indexes(parts).map(|index| (index, headings(parts, index))).collect();
    let common = common_headings(paths.values());
    let first_of_sections = |index: &&usize| {
        let Item { ordinal, shares_number_of, .. } = &parts[**index].item;
        let begins = ordinal.value == 1 && shares_number_of.is_none() && !ordinal.style.is_complete();
        begins && top_level(parts, **index)
    };
    let mut firsts: BTreeMap<Style, usize> = BTreeMap::new();
    for index in paths.keys().filter(first_of_sections) {
        *firsts.entry(parts[*index].item.ordinal.style).or_default() += 1;
    }
    let restarts = firsts.values().any(|count| *count > 1);
    let depth = if restarts { depth_of_prefix(parts, &paths) } else { 0 };
    let spans = spans_of_time(parts, &paths);
    let placed = |(index, path): (&usize, &Vec<usize>)| {
        let Part { item, children, .. } = &parts[*index];
        let above = &path[common.min(path.len())..];
        let section: String = above.iter().map(|above| parts[*above].item.ordinal.printed.as_str()).collect();
        let stands_below = restarts || item.ordinal.style.is_complete() || !top_level(parts, *index);
        Placed {
            number: full_number(parts, *index, path, depth),
            section: Some(section).filter(|section| !section.is_empty()),
            span: path.iter().rev().find_map(|above| spans.get(above)).map(|span| (*span).to_owned()),
            parent: item.parent.filter(|_| stands_below),
            has_children: children.iter().any(|child| parts[*child].is_task),
        }
    };
    paths.iter().map(placed).collect()
}

/// The headings of a plan by months or quarters, of which it has several, each with its span of time.
fn spans_of_time<'a>(parts: &'a [Part], paths: &BTreeMap<usize, Vec<usize>>) -> BTreeMap<usize, &'a str> {
    let above: BTreeSet<usize> = paths.values().flatten().copied().collect();
    let spans: BTreeMap<usize, &str> =
        above.into_iter().filter_map(|index| Some((index, parts[index].span_of_time()?))).collect();
    if spans.len() > 1 { spans } else { BTreeMap::new() }
}

/// How many of the headings above its tasks a document needs to tell their numbers apart.
fn depth_of_prefix(parts: &[Part], paths: &BTreeMap<usize, Vec<usize>>) -> usize {
    let deepest = paths.values().map(Vec::len).max().unwrap_or_default();
    let tells_apart = |depth: &usize| {
        let numbers = paths.iter().map(|(index, path)| full_number(parts, *index, path, *depth));
        numbers.collect::<BTreeSet<String>>().len() == paths.len()
    };
    (1..deepest).find(tells_apart).unwrap_or(deepest)
}

/// A task's number with that many of the headings above it: `（一）1`.
fn full_number(parts: &[Part], index: usize, path: &[usize], depth: usize) -> String {
    let depth = if parts[index].item.ordinal.style.is_complete() { 0 } else { depth };
    let above = &path[path.len().saturating_sub(depth)..];
    let prefix: String = above.iter().map(|above| parts[*above].item.ordinal.as_prefix()).collect();
    prefix + &number(parts, index)
}

/// How many outermost headings all tasks share; the innermost heading of each stays.
fn common_headings<'a>(mut paths: impl Iterator<Item = &'a Vec<usize>>) -> usize {
    let Some(first) = paths.next() else { return 0 };
    let shared = |common: usize, path: &Vec<usize>| {
        first
            .iter()
            .zip(path)
            .take(common.min(path.len().saturating_sub(1)))
            .take_while(|(one, other)| one == other)
            .count()
    };
    paths.fold(first.len().saturating_sub(1), shared)
}

fn top_level(parts: &[Part], index: usize) -> bool {
    parts[index].item.parent.is_none_or(|parent| !parts[parent].is_task)
}

/// `5`, or `5（1）` for a child.
fn number(parts: &[Part], index: usize) -> String {
    let own = parts[index].item.ordinal.number();
    let is_complete = parts[index].item.ordinal.style.is_complete();
    match parts[index].item.parent.filter(|_| !is_complete && !top_level(parts, index)) {
        Some(parent) => number(parts, parent) + own,
        None => own.to_owned(),
    }
}

fn draft(reading: Reading, placed: Placed, context: Context, told: &[String]) -> DraftTask {
    let Reading { text, duties, deadlines, mut others, .. } = reading;
    let mut milestones = Vec::new();
    let mut targets = Vec::new();
    read_times(&text, context, Place::Prose, &mut milestones, &mut targets);
    let in_prose = milestones.len();
    for Deadline { text: field, of } in &deadlines {
        if TELLS_DONE.is_match(&script::simplify(field)) {
            others.push(format!("时限：{field}"));
            continue;
        }
        let known = milestones.len();
        let counted_from = begun::on(field, &text, &others, context).or_else(|| begun::told(field, told, context));
        let context = Context { counted_from, ..context };
        read_times(field, context, Place::Field, &mut milestones, &mut targets);
        let refers = field.starts_with(['按', '见', '同']) && !milestones.is_empty();
        if milestones.len() == known && says_when(field) && !refers {
            let doubt = Some("这个时限没有读出日期，需要人工核定截止日期。".to_owned());
            let kind = if begun::counts_days(field) { MilestoneKind::WithinDays } else { MilestoneKind::ByDate };
            milestones.push(DraftMilestone { text: field.clone(), kind, due: None, rule: None, scope: None, doubt });
        } else if says_more(field, &milestones[known..]) && field.contains(char::is_alphanumeric) {
            others.push(format!("时限：{field}"));
        }
        if !of.is_empty() && duties.named().any(|name| !of.iter().any(|own| own == name)) {
            milestones[known..].iter_mut().for_each(|milestone| milestone.scope = Some(of.join("、")));
        }
    }
    let in_fields = milestones.split_off(in_prose);
    milestones.retain(|prose| !deadlines.iter().any(|field| field.text.contains(&prose.text)));
    milestones.extend(in_fields);
    leave_out_spans(&text, &mut milestones);
    if let Some(span) = placed.span.as_deref().filter(|_| milestones.is_empty()) {
        read_times(span, context, Place::Field, &mut milestones, &mut targets);
        let doubt = "文件按时间分段列任务，这一项按所在时段的最后一天计算。";
        milestones.iter_mut().filter(|milestone| milestone.text == span).for_each(|milestone| {
            milestone.doubt.get_or_insert_with(|| doubt.to_owned());
        });
    }
    let mut seen = BTreeSet::new();
    targets.retain(|target| seen.insert(target.clone()));
    // Large documents have many of these, and most hold one.
    milestones.shrink_to_fit();
    targets.shrink_to_fit();
    let mode = duties.mode();
    let named = duties.responsible.into_iter().filter(|(_, collective)| !collective);
    DraftTask {
        number: placed.number,
        section: placed.section,
        text,
        leads: duties.leads,
        responsible: named.map(|(name, _)| name).collect(),
        supporting: duties.supporting,
        collectives: duties.collectives,
        mode,
        milestones,
        targets,
        others,
    }
}

/// 已于3月16日完成整改: nothing is due any more.
static TELLS_DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[（(]?已(?:经|于|在)?[^，；]*(?:完成|办结|到位|整改|开工|销号)").expect("a constant")
});

/// The quarter, half year or month of a row (阶段：一季度) dates nothing where the row names a day within it.
fn leave_out_spans(text: &str, milestones: &mut Vec<DraftMilestone>) {
    static SPAN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:(?P<quarter>第?[一二三四1-4]季度)|(?P<half>[上下]半年)|[0-9一二三四五六七八九十]{1,2}月份?|(?P<year>全年))$")
            .expect("a constant")
    });
    let labelled = |line: &str, span: &str| line.strip_suffix(span).is_some_and(|label| label.ends_with(['：', ':']));
    let stands_alone = |span: &str| text.lines().any(|line| labelled(line, span));
    // The last day of a span, and how many months it has.
    let span = |milestone: &DraftMilestone| {
        let plain = script::simplify(&milestone.text);
        let found = SPAN.captures(&plain).filter(|_| stands_alone(&milestone.text))?;
        let months = match () {
            () if found.name("quarter").is_some() => 3,
            () if found.name("half").is_some() => 6,
            () if found.name("year").is_some() => 12,
            () => 1,
        };
        Some((milestone.due?, months))
    };
    let spans: Vec<Option<(NaiveDate, u32)>> = milestones.iter().map(span).collect();
    let [Some((last, months))] = spans.iter().filter(|span| span.is_some()).collect::<Vec<_>>()[..] else { return };
    let within = |day: NaiveDate| day <= *last && day.year() == last.year() && day.month() + months > last.month();
    let own = milestones.iter().zip(&spans).any(|(other, span)| span.is_none() && other.due.is_some_and(within));
    if own {
        let mut spans = spans.iter();
        milestones.retain(|_| spans.next().is_some_and(Option::is_none));
    }
}

/// Whether a field of dates holds more than a sign that there is none.
fn says_when(field: &str) -> bool {
    // 开工：已开工
    let value = field.rsplit(['：', ':']).next().unwrap_or(field);
    let words: String = value.chars().filter(|character| character.is_alphanumeric()).collect();
    !words.starts_with('已')
        && !words.is_empty()
        && !["无", "暂无", "略", "同上", "按要求", "待定"].contains(&words.as_str())
}

/// Whether a field of dates says more than the dates that were read: 5月底前全部开工.
fn says_more(field: &str, read: &[DraftMilestone]) -> bool {
    static STRUCTURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("预计|计划|力争|确保|争取|完成|办结|落实|推进|达到|到位|时间|时限|期限|[于在并和及与至到前内底须应由之以为拟]|[^\\p{L}\\p{N}]")
            .expect("a constant")
    });
    let rest = read.iter().fold(field.to_owned(), |rest, milestone| rest.replacen(&milestone.text, "", 1));
    !STRUCTURE.replace_all(&script::simplify(&rest), "").is_empty()
}

/// Whether a place is in a line that tells what was found: 反馈问题：年末结转资金1260万元.
fn is_found(text: &str, at: usize) -> bool {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^[^：，。]{0,10}(?:问题|隐患|情况|进展|现状|描述|依据|缺陷|不足)[^：，。]{0,4}：")
            .expect("a constant")
    });
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    FOUND.is_match(&text[line..])
}

/// Adds the dates that a text names and, between them, the figures.
fn read_times(
    text: &str,
    context: Context,
    place: Place,
    milestones: &mut Vec<DraftMilestone>,
    targets: &mut Vec<String>,
) {
    let plain = script::simplify(text);
    let phrases = deadline::find(&plain, context, place);
    let mut at = 0;
    for phrase in &phrases {
        // 二季度：完成招标 in a row of a table: the head of a column, which a field names.
        let opens_line = plain[..phrase.range.start].is_empty() || plain[..phrase.range.start].ends_with('\n');
        let heads =
            opens_line && plain[phrase.range.end..].starts_with('：') && !plain[phrase.range.clone()].contains('前');
        if place == Place::Prose && (heads || is_found(&plain, phrase.range.start)) {
            continue;
        }
        targets.extend(target::find(&text[at..phrase.range.start]));
        at = phrase.range.end;
        milestones.push(DraftMilestone {
            text: text[phrase.range.clone()].to_owned(),
            kind: phrase.kind,
            due: phrase.due,
            rule: phrase.rule,
            scope: phrase.scope.clone().map(|scope| text[scope].to_owned()),
            doubt: phrase.doubt.clone(),
        });
    }
    targets.extend(target::find(&text[at..]));
}

#[cfg(test)]
mod tests {
    use crate::office::plan::{Draft, Mode};

    fn read(text: &str) -> Draft {
        crate::plan::read("plan.txt", text.as_bytes()).unwrap()
    }

    fn numbers(draft: &Draft) -> Vec<(&str, Option<&str>)> {
        draft.tasks.iter().map(|task| (task.number.as_str(), task.section.as_deref())).collect()
    }

    #[test]
    fn parts_without_units_are_no_tasks() {
        let draft = read(
            "一、任务\n（一）保管\n1.甲。（县档案局负责）\n（二）利用\n2.乙。（县档案局负责）\n二、要求\n（一）领导。\n（二）督查。",
        );
        assert_eq!(numbers(&draft), [("1", Some("（一）")), ("2", Some("（二）"))]);
        let sections: Vec<&str> = draft.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(sections, ["保管", "利用"]);
    }

    #[test]
    fn numbers_that_begin_anew_carry_their_section() {
        let draft = read("（一）保管\n1.甲。（县档案局负责）\n（二）利用\n1.乙。（县档案局负责）");
        assert_eq!(numbers(&draft), [("（一）1", Some("（一）")), ("（二）1", Some("（二）"))]);
    }

    #[test]
    fn sections_of_several_parts_are_told_apart() {
        let draft = read("一、保管\n1.甲。（县档案局负责）\n二、利用\n（一）展览\n2.乙。（县档案局负责）");
        assert_eq!(numbers(&draft), [("1", Some("一、")), ("2", Some("二、（一）"))]);
    }

    #[test]
    fn children_with_units_and_steps_without() {
        let draft = read("1.甲。（1）子。（县档案局负责）（2）丑。（县财政局负责）\n2.乙：①子；②丑。（县档案局负责）");
        assert_eq!(numbers(&draft), [("1", None), ("1（1）", None), ("1（2）", None), ("2", None)]);
        assert_eq!((draft.tasks[0].mode, draft.tasks[3].text.as_str()), (Mode::None, "乙：①子；②丑。"));
        let draft = read("1.甲。\n（1）子；\n（2）丑。\n责任单位：县档案局");
        assert_eq!((draft.tasks.len(), draft.tasks[0].text.as_str()), (1, "甲。\n（1）子；\n（2）丑。"));
    }

    #[test]
    fn units_after_the_last_of_several_steps() {
        let draft = read("一、保管\n1.甲。\n2.乙。（县档案局负责）");
        assert_eq!(numbers(&draft), [("1", Some("一、")), ("2", Some("一、"))]);
        let draft = read("（一）保管\n1.甲。\n2.乙。（县档案局负责）\n（二）利用\n1.丙。\n2.丁。（县图书馆负责）");
        assert_eq!(numbers(&draft), [("（一）", None), ("（二）", None)]);
        assert_eq!(draft.tasks[0].text, "保管\n1.甲。\n2.乙。");
    }

    #[test]
    fn the_first_leads_from_where_it_is_said() {
        let draft = read(
            "1.甲。（县档案局、县财政局负责）\n2.乙。（县档案局、县财政局负责，排在首位的为牵头单位，下同）\n3.丙。（县财政局、县档案局负责）\n4.丁。（县财政局负责）",
        );
        let modes: Vec<Mode> = draft.tasks.iter().map(|task| task.mode).collect();
        assert_eq!(modes, [Mode::Joint, Mode::Lead, Mode::Lead, Mode::Sole]);
    }

    #[test]
    fn what_overrides_that_the_first_leads() {
        let units = "县档案局、县财政局";
        let draft = read(&format!(
            "1.甲。（{units}负责，列首位的为牵头单位，下同）\n2.乙。（{units}按职责分工负责）\n3.丙。（县财政局牵头，县档案局负责）\n4.丁。（{units}负责，排名不分先后，下同）\n5.戊。（{units}负责）"
        ));
        let modes: Vec<Mode> = draft.tasks.iter().map(|task| task.mode).collect();
        assert_eq!(modes, [Mode::Lead, Mode::Lead, Mode::Lead, Mode::Joint, Mode::Joint]);
        assert_eq!(draft.tasks[2].leads, ["县财政局"]);
    }

    #[test]
    fn a_rule_said_outside_of_the_tasks_is_for_all() {
        let draft = read("一、任务\n1.甲。（县档案局、县财政局负责）\n二、有关要求\n列首位的为牵头单位。");
        assert_eq!(draft.tasks[0].leads, ["县档案局"]);
    }

    #[test]
    fn sentences_about_the_whole_are_no_tasks() {
        let draft = read(
            "一、任务\n1.甲。由县档案局负责。\n二、工作要求\n（一）督查。由县政府督查室牵头。\n（二）保障。（县财政局负责）",
        );
        assert_eq!(numbers(&draft).len(), 2);
    }

    #[test]
    fn a_field_says_it_better_than_the_text() {
        let draft = read("1.每季度开展检查。\n责任单位：县档案局\n完成时限：每季度末前");
        assert_eq!(draft.tasks[0].milestones.len(), 1);
    }
}
