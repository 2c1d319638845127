//! 任务: numbered items → sections and tasks.
//!
//! An item with units is a task. One without is a heading where tasks stand below it, a task where its like around it
//! are tasks, and else no part of the plan, such as 工作要求.

use std::collections::{BTreeMap, BTreeSet};

use super::heading::{self, Heading};
use super::ordinal::{Ordinal, Style};
use super::outline::{self, Item, Outline};
use super::responsibility::{self, FirstLeads, Reading};
use super::{script, target};
use crate::domain::plan::{DraftMilestone, DraftTask, Section};
use crate::schedule::deadline::{self, Context, Place};

/// The sections and tasks of a document.
#[derive(Debug, Default)]
pub struct Tasks {
    pub sections: Vec<Section>,
    pub tasks: Vec<Task>,
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

/// Parts of a document that are about the work as a whole.
const NO_TASKS: [&str; 22] = [
    "指导思想",
    "总体要求",
    "基本原则",
    "工作目标",
    "总体目标",
    "主要目标",
    "组织领导",
    "组织实施",
    "组织保障",
    "工作要求",
    "有关要求",
    "保障措施",
    "工作保障",
    "附则",
    "督促检查",
    "督导考核",
    "宣传引导",
    "考核评价",
    "职责分工",
    "部门职责",
    "单位职责",
    "工作职责",
];

/// An item with what its words say.
struct Part {
    item: Item,
    reading: Reading,
    children: Vec<usize>,
    is_task: bool,
}

impl Part {
    /// A heading's words: up to the end of its first sentence.
    fn title(&self) -> &str {
        let text = &self.reading.text;
        text.split(['。', '：', ':', '\n']).next().unwrap_or_default().trim().trim_end_matches('.')
    }

    fn is_about_the_whole(&self) -> bool {
        let title = script::simplify(self.title());
        NO_TASKS.iter().any(|words| title.contains(words))
    }
}

/// Whether a part or one above it is about the work as a whole.
fn about_the_whole(parts: &[Part], index: usize) -> bool {
    std::iter::successors(Some(index), |part| parts[*part].item.parent).any(|part| parts[part].is_about_the_whole())
}

pub fn read(outline: Outline, heading: &Heading) -> Tasks {
    let titled = heading.title.as_deref().and_then(responsibility::declared_leads);
    let outside = outline.outside.iter().find_map(|line| responsibility::declared_leads(&line.text));
    let mut parts = parts(outline.items);
    give_units_of_headings(&mut parts);
    fold_steps(&mut parts);
    mark_tasks(&mut parts);
    let_first_lead(&mut parts, titled.or(outside).is_some());
    Tasks { sections: sections(&parts), tasks: tasks(&parts, heading) }
}

fn parts(items: Vec<Item>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        if let Some(parent) = item.parent {
            parts[parent].children.push(index);
        }
        let reading = responsibility::read(&item.body, &item.fields);
        parts.push(Part { item, reading, children: Vec::new(), is_task: false });
    }
    parts
}

/// A plan that is grouped by unit has their names for headings: what stands below is theirs where it names nobody else.
fn give_units_of_headings(parts: &mut [Part]) {
    let mut kinds: BTreeMap<Kind, Option<usize>> = BTreeMap::new();
    for part in parts.iter().filter(|part| !part.children.is_empty()) {
        let count = kinds.entry(kind(part)).or_insert(Some(0));
        *count = count.filter(|_| responsibility::is_bare_list(&part.item.body)).map(|count| count + 1);
    }
    for index in 0..parts.len() {
        let heading = parts[index].item.parent.filter(|parent| matches!(kinds[&kind(&parts[*parent])], Some(2..)));
        let Some(heading) = heading.filter(|_| parts[index].children.is_empty()) else { continue };
        let names = responsibility::read(&format!("责任单位：{}", parts[heading].item.body), &[]).duties.responsible;
        let duties = &mut parts[index].reading.duties;
        if duties.leads.is_empty() && duties.responsible.is_empty() {
            duties.responsible = names;
        }
    }
}

/// Numbered steps are part of the task that they belong to, where none has units of its own, or where the units stand
/// once, after the last of them. Units after the last may be those of the last alone: the other items of that kind show
/// which of the two a document means, and below a heading one such case shows nothing.
fn fold_steps(parts: &mut Vec<Part>) {
    let mut closed_by_last: BTreeMap<Style, i32> = BTreeMap::new();
    for part in parts.iter() {
        if let Some(style) = part.children.first().map(|child| parts[*child].item.ordinal.style) {
            *closed_by_last.entry(style).or_default() += match units_of_children(parts, part) {
                Units::Last => 1,
                Units::None => 0,
                Units::Several => -1,
            };
        }
    }
    let mut folded = BTreeSet::new();
    for index in (0..parts.len()).rev() {
        let part = &parts[index];
        let Some(style) = part.children.first().map(|child| parts[*child].item.ordinal.style) else { continue };
        let leaves = part.children.iter().all(|child| parts[*child].children.iter().all(|step| folded.contains(step)));
        let folds = match units_of_children(parts, part) {
            Units::None => !part.reading.duties.is_empty(),
            Units::Last => {
                let needed = if part.item.ordinal.style.heads_sections() { 2 } else { 1 };
                closed_by_last.get(&style).is_some_and(|balance| *balance >= needed)
            }
            Units::Several => false,
        };
        if leaves && folds {
            let children = std::mem::take(&mut parts[index].children);
            let mut body = std::mem::take(&mut parts[index].item.body);
            let mut line = parts[index].item.line;
            for child in &children {
                let step = &parts[*child].item;
                body.push_str(if step.line == line { "" } else { "\n" });
                body.push_str(&step.ordinal.printed);
                body.push_str(&step.body);
                line = step.line;
            }
            parts[index].reading = responsibility::read(&body, &parts[index].item.fields);
            parts[index].item.body = body;
            folded.extend(children);
        }
    }
    forget(parts, &folded);
}

/// Which of a part's children name units.
enum Units {
    None,
    /// The last of several.
    Last,
    Several,
}

fn units_of_children(parts: &[Part], part: &Part) -> Units {
    let named = |child: &&usize| !parts[**child].reading.duties.is_empty();
    match part.children.split_last() {
        _ if !part.children.iter().any(|child| named(&child)) => Units::None,
        Some((_, others)) if !others.is_empty() && !others.iter().any(|child| named(&child)) => Units::Last,
        _ => Units::Several,
    }
}

/// Removes parts and renumbers those that remain.
fn forget(parts: &mut Vec<Part>, folded: &BTreeSet<usize>) {
    let mut kept = 0;
    let new_index: Vec<usize> = (0..parts.len())
        .map(|index| {
            kept += usize::from(!folded.contains(&index));
            kept.saturating_sub(1)
        })
        .collect();
    let mut index = 0;
    parts.retain_mut(|part| {
        part.item.parent = part.item.parent.map(|parent| new_index[parent]);
        part.children.iter_mut().for_each(|child| *child = new_index[*child]);
        index += 1;
        !folded.contains(&(index - 1))
    });
}

/// What makes items each other's like: the item above them, how they are numbered, and whether they are rows of a table.
type Kind = (Option<usize>, Style, bool);

fn kind(part: &Part) -> Kind {
    (part.item.parent, part.item.ordinal.style, !part.item.fields.is_empty())
}

/// The kinds of which several items are headings, whatever their numbers: a few words each with items below.
fn heading_kinds(parts: &[Part]) -> BTreeSet<Kind> {
    let mut kinds: BTreeMap<Kind, (usize, bool)> = BTreeMap::new();
    for part in parts {
        let (count, all) = kinds.entry(kind(part)).or_insert((0, true));
        *count += 1;
        *all &= outline::is_heading(part.item.body.trim_end_matches('。')) && !part.children.is_empty();
    }
    kinds.into_iter().filter(|(_, (count, all))| *count > 1 && *all).map(|(kind, _)| kind).collect()
}

/// Which items without units have a number that goes on from the last task's, in a document whose tasks are numbered
/// through: 二、 begins with 12.
fn run_on(parts: &[Part]) -> Vec<bool> {
    let mut last: BTreeMap<Style, u32> = BTreeMap::new();
    let runs_on = |(index, part): (usize, &Part)| {
        let Ordinal { style, value, .. } = part.item.ordinal;
        let goes_on = value > 1 && last.get(&style).is_some_and(|last| value == last + 1);
        let may_be_task = !style.heads_sections() && part.children.is_empty() && !about_the_whole(parts, index);
        let is_task = !part.reading.duties.is_empty() || (goes_on && may_be_task);
        if is_task {
            last.insert(style, value);
        }
        is_task
    };
    parts.iter().enumerate().map(runs_on).collect()
}

fn mark_tasks(parts: &mut [Part]) {
    let with_units: BTreeSet<_> = parts.iter().filter(|part| !part.reading.duties.is_empty()).map(kind).collect();
    let heading_kinds = heading_kinds(parts);
    let runs_on = run_on(parts);
    let mut above_tasks = vec![false; parts.len()];
    for index in (0..parts.len()).rev() {
        let part = &parts[index];
        let among_tasks = with_units.contains(&kind(part));
        let is_task = match () {
            () if part.reading.in_prose && about_the_whole(parts, index) => false,
            () if !part.reading.duties.is_empty() || runs_on[index] => true,
            () if above_tasks[index] => {
                among_tasks || !(part.item.ordinal.style.heads_sections() || heading_kinds.contains(&kind(part)))
            }
            () => among_tasks && !about_the_whole(parts, index),
        };
        if let Some(parent) = part.item.parent {
            above_tasks[parent] |= is_task || above_tasks[index];
        }
        parts[index].is_task = is_task;
    }
}

/// The first unit leads where the document has said so: for all tasks in a part that is none itself, such as 工作要求, and
/// from a task or heading on that adds 下同 or 以下, until 不分先后 ends it.
fn let_first_lead(parts: &mut [Part], declared: bool) {
    let declarations: Vec<Option<FirstLeads>> = parts
        .iter()
        .map(
            |part| {
                if part.is_task { part.reading.first_leads } else { responsibility::declared_leads(&part.item.body) }
            },
        )
        .collect();
    let whole = |(part, leads): (&Part, &Option<FirstLeads>)| !part.is_task && *leads == Some(FirstLeads::Here);
    let mut for_all = declared || parts.iter().zip(&declarations).any(whole);
    for (part, leads) in parts.iter_mut().zip(declarations) {
        for_all = match leads {
            Some(FirstLeads::FromHere) => true,
            Some(FirstLeads::NoMore) => false,
            Some(FirstLeads::Here | FirstLeads::NotHere) | None => for_all,
        };
        if leads != Some(FirstLeads::NotHere) && (for_all || leads == Some(FirstLeads::Here)) {
            part.reading.duties.let_first_lead();
        }
    }
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
    let above_tasks: BTreeSet<usize> =
        task_indexes(parts).filter_map(|index| headings(parts, index).last().copied()).collect();
    let section = |index: usize| {
        let part = &parts[index];
        Section { ordinal: part.item.ordinal.printed.clone(), title: part.title().to_owned() }
    };
    above_tasks.into_iter().map(section).collect()
}

fn task_indexes(parts: &[Part]) -> impl Iterator<Item = usize> {
    (0..parts.len()).filter(|index| parts[*index].is_task)
}

fn tasks(parts: &[Part], heading: &Heading) -> Vec<Task> {
    let paths: BTreeMap<usize, Vec<usize>> = task_indexes(parts).map(|index| (index, headings(parts, index))).collect();
    let common = common_headings(paths.values());
    let first_of_sections = |index: &&usize| {
        let Item { ordinal, shares_number_of, .. } = &parts[**index].item;
        let begins = ordinal.value == 1 && shares_number_of.is_none() && !ordinal.style.is_complete();
        begins && top_level(parts, **index)
    };
    let restarts = paths.keys().filter(first_of_sections).count() > 1;
    let depth = if restarts { depth_of_prefix(parts, &paths) } else { 0 };
    let year_of_number = heading.document_number.as_deref().and_then(heading::year_of_number);
    let plan_year = heading.title.as_deref().and_then(heading::year_of);
    let plan_year = plan_year.or(year_of_number.filter(|_| heading.issued_on.is_none()));
    let context = Context { issued_on: heading.issued_on, plan_year };
    let task = |(index, path): (&usize, &Vec<usize>)| {
        let part = &parts[*index];
        let above = &path[common.min(path.len())..];
        let section: String = above.iter().map(|above| parts[*above].item.ordinal.printed.as_str()).collect();
        Task {
            draft: draft(
                part,
                full_number(parts, *index, path, depth),
                Some(section.clone()).filter(|section| !section.is_empty()),
                context,
            ),
            line: part.item.line,
            style: part.item.ordinal.style,
            value: part.item.ordinal.value,
            is_numbered: part.item.shares_number_of.is_none(),
            said_of_others: part.reading.said_of_others.clone(),
            parent: part
                .item
                .parent
                .filter(|_| restarts || part.item.ordinal.style.is_complete() || !top_level(parts, *index)),
            has_children: part.children.iter().any(|child| parts[*child].is_task),
        }
    };
    paths.iter().map(task).collect()
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

fn draft(part: &Part, number: String, section: Option<String>, context: Context) -> DraftTask {
    let Reading { text, duties, deadlines, .. } = &part.reading;
    let mut milestones = Vec::new();
    let mut targets = Vec::new();
    read_times(text, context, Place::Prose, &mut milestones, &mut targets);
    let in_prose = milestones.len();
    for deadline in deadlines {
        read_times(deadline, context, Place::Field, &mut milestones, &mut targets);
    }
    let in_fields = milestones.split_off(in_prose);
    milestones.retain(|prose| !in_fields.iter().any(|field| field.text.starts_with(&prose.text)));
    milestones.extend(in_fields);
    let mut seen = BTreeSet::new();
    targets.retain(|target| seen.insert(target.clone()));
    let named = duties.responsible.iter().filter(|(_, collective)| !collective);
    DraftTask {
        number,
        section,
        text: text.clone(),
        leads: duties.leads.clone(),
        responsible: named.map(|(name, _)| name.clone()).collect(),
        supporting: duties.supporting.clone(),
        collectives: duties.collectives.clone(),
        mode: duties.mode(),
        milestones,
        targets,
    }
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
        targets.extend(target::find(&text[at..phrase.range.start]));
        at = phrase.range.end;
        milestones.push(DraftMilestone {
            text: text[phrase.range.clone()].to_owned(),
            kind: phrase.kind,
            due: phrase.due,
            scope: phrase.scope.clone().map(|scope| text[scope].to_owned()),
            doubt: phrase.doubt.clone(),
        });
    }
    targets.extend(target::find(&text[at..]));
}

#[cfg(test)]
mod tests {
    use crate::domain::plan::{Draft, Mode};

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
