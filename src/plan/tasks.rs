//! 任务: the parts of a document → its sections, and its tasks with their numbers, units, dates and figures.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use crate::office::plan::{AsidePlace, DraftTask, Section, SetAside};
use crate::plan::heading::Heading;
use crate::plan::ordinal::Style;
use crate::plan::outline::{Item, Outline};
use crate::plan::part::{FirstLeading, Part};
use crate::plan::responsibility::Reading;
use crate::plan::text::Line;
use crate::plan::times::{Around, Times};
use crate::plan::{heading, part, responsibility, script, span, times};
use crate::schedule::deadline::Context;

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
    /// What it says of time without a date that could be read.
    pub unread: Vec<String>,
    /// The index of the item that it stands below.
    pub parent: Option<usize>,
    pub has_children: bool,
}

pub fn read(outline: Outline, heading: &Heading) -> Tasks {
    let titled = heading.title.as_deref().and_then(responsibility::declared_leads);
    let outside = outline.outside.iter().find_map(|line| responsibility::declared_leads(&line.text));
    let first_leads = FirstLeading {
        declared: titled.or(outside).is_some(),
        save_by_duty: outline.outside.iter().any(|line| responsibility::excepts_by_duty(&line.text)),
    };
    let parts = part::parts(outline.items, first_leads);
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
    let task = |(mut part, placed): (Part, Placed)| {
        let Reading { text, deadlines, duties, others, .. } = &part.reading;
        let around = Around { context, told, span: placed.span.as_deref() };
        let mut times = times::read(text, deadlines, duties, others, around);
        Task {
            line: part.item.line,
            style: part.item.ordinal.style,
            value: part.item.ordinal.value,
            is_numbered: part.item.shares_number_of.is_none(),
            said_of_others: part.reading.said_of_others.take(),
            parent: placed.parent,
            has_children: placed.has_children,
            unread: std::mem::take(&mut times.unread),
            draft: draft(part.reading, placed, times),
        }
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
    let by_span =
        paths.keys().filter_map(|index| parts[*index].item.span.as_deref()).collect::<BTreeSet<_>>().len() > 1;
    let placed = |(index, path): (&usize, &Vec<usize>)| {
        let Part { item, children, .. } = &parts[*index];
        let above = &path[common.min(path.len())..];
        let section: String = above.iter().map(|above| parts[*above].item.ordinal.printed.as_str()).collect();
        let unnumbered = item.span.clone().filter(|_| by_span);
        let stands_below = restarts || item.ordinal.style.is_complete() || !top_level(parts, *index);
        Placed {
            number: full_number(parts, *index, path, depth),
            section: Some(section).filter(|section| !section.is_empty()),
            span: path.iter().rev().find_map(|above| spans.get(above)).map(|span| (*span).to_owned()).or(unnumbered),
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
        above.into_iter().filter_map(|index| Some((index, span::opening(&parts[index].item.body)?))).collect();
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

fn draft(reading: Reading, placed: Placed, times: Times) -> DraftTask {
    let Reading { text, duties, mut others, .. } = reading;
    let Times { mut milestones, mut targets, others: of_dates, .. } = times;
    others.extend(of_dates);
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
    fn lines_that_give_a_span_of_time_to_the_tasks_below() {
        let draft = read(
            "2024年工作安排\n一季度\n1.甲。（县档案局负责）\n二季度：\n2.乙。（县财政局负责）\n3.丙，5月10日前完成。（县财政局负责）",
        );
        let dates: Vec<_> = draft.tasks.iter().map(|task| task.milestones[0].due.unwrap().to_string()).collect();
        assert_eq!(dates, ["2024-03-31", "2024-06-30", "2024-05-10"]);
        assert!(draft.tasks[0].milestones[0].doubt.is_some() && draft.problems.is_empty());
    }

    #[test]
    fn problems_and_topics_with_names_for_numbers() {
        let draft = read(
            "问题一：库房漏雨。\n整改措施：（1）修缮；（2）通风。\n责任单位：县档案局。\n问题二：目录不全。\n责任单位：县图书馆。",
        );
        assert_eq!(numbers(&draft), [("问题一", None), ("问题二", None)]);
        let draft = read(
            "议题一：关于库房\n决定：（1）由县档案局负责修缮；（2）县财政局拨款，6月底前到位。\n议题二：关于目录\n决定：县财政局6月28日前兑付到位。",
        );
        assert_eq!(numbers(&draft), [("议题一", None), ("议题一（1）", None), ("议题一（2）", None), ("议题二", None)]);
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
