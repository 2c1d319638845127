//! 部分: numbered items, each with what its words say → which of them are tasks.
//!
//! An item with units is a task. One without is a heading where tasks stand below it, a task where its like around it
//! are tasks, and else no part of the plan, such as 工作要求.

use std::collections::{BTreeMap, BTreeSet};

use super::duty::Duties;
use super::ordinal::{Ordinal, Style};
use super::outline::Item;
use super::responsibility::{FirstLeads, Reading};
use super::{outline, responsibility, script};

/// Parts of a document that are about the work as a whole.
const NO_TASKS: [&str; 31] = [
    "总则",
    "编制目的",
    "编制依据",
    "适用范围",
    "工作原则",
    "负责解释",
    "日起施行",
    "日起实施",
    "日起执行",
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
pub struct Part {
    pub item: Item,
    pub reading: Reading,
    /// The indexes of the items below it.
    pub children: Vec<usize>,
    pub is_task: bool,
}

impl Part {
    /// A heading's words: up to the end of its first sentence.
    pub fn title(&self) -> &str {
        let text = &self.reading.text;
        text.split(['。', '：', ':', '\n']).next().unwrap_or_default().trim().trim_end_matches('.')
    }

    fn is_about_the_whole(&self) -> bool {
        const LONGEST: usize = 20;
        let title = script::simplify(self.title());
        // 请甲局抓紧组织实施, and 甲局、乙局按职责分工…, charge somebody.
        let charges = title.starts_with('请') || title.contains("按职责") || title.contains("按照职责");
        let title = title.split('，').next().unwrap_or_default();
        !charges && title.chars().nth(LONGEST).is_none() && NO_TASKS.iter().any(|words| title.contains(words))
    }

    /// 综合协调组, 工作专班: what stands below it are its tasks.
    fn is_group(&self) -> bool {
        const LONGEST: usize = 16;
        let title = self.title();
        title.ends_with(['组', '班']) && title.chars().nth(LONGEST).is_none()
    }
}

/// Whether a part or one above it is about the work as a whole.
fn about_the_whole(parts: &[Part], index: usize) -> bool {
    std::iter::successors(Some(index), |part| parts[*part].item.parent).any(|part| parts[part].is_about_the_whole())
}

/// What a document says outside of its items about whether the first unit of a list leads.
#[derive(Clone, Copy)]
pub struct FirstLeading {
    pub declared: bool,
    /// But not where each does its own part: 注明按职责分工的除外.
    pub save_by_duty: bool,
}

/// Which of the items are tasks, and who answers for each.
pub fn parts(items: Vec<Item>, first_leads: FirstLeading) -> Vec<Part> {
    let mut parts = begin(items);
    give_units_of_headings(&mut parts);
    give_units_of_groups(&mut parts);
    fold_steps(&mut parts);
    mark_tasks(&mut parts);
    give_collectives(&mut parts);
    let_first_lead(&mut parts, first_leads);
    parts
}

fn begin(items: Vec<Item>) -> Vec<Part> {
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
        *count = count.filter(|_| responsibility::is_list_of_units(&part.item.body)).map(|count| count + 1);
    }
    for index in 0..parts.len() {
        let heading = parts[index].item.parent.filter(|parent| matches!(kinds[&kind(&parts[*parent])], Some(2..)));
        let Some(heading) = heading.filter(|_| parts[index].children.is_empty()) else { continue };
        let of_heading = responsibility::read(&format!("责任单位：{}", parts[heading].item.body), &[]).duties;
        let duties = &mut parts[index].reading.duties;
        if duties.leads.is_empty() && duties.responsible.iter().all(|(_, collective)| *collective) {
            duties.add_first(of_heading);
        }
    }
}

/// The tasks of a group are those of its units, where they name nobody else.
fn give_units_of_groups(parts: &mut [Part]) {
    let mut gave = BTreeSet::new();
    for index in 0..parts.len() {
        let group = parts[index].item.parent.filter(|group| parts[*group].is_group());
        let Some(group) = group.filter(|group| !parts[*group].reading.duties.is_empty()) else { continue };
        if parts[index].reading.duties.is_empty() && parts[index].children.is_empty() {
            parts[index].reading.duties = parts[group].reading.duties.clone();
            gave.insert(group);
        }
    }
    for group in gave {
        parts[group].reading.duties = Duties::default();
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
                let inline = part.children.iter().all(|child| parts[*child].item.line == part.item.line);
                let needed = if part.item.ordinal.style.heads_sections() && !inline { 2 } else { 1 };
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
                for (_, words) in step.fields.iter().filter(|(_, words)| !words.trim().is_empty()) {
                    body.push('　');
                    body.push_str(words);
                }
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

/// Which items go on with the numbers of tasks in a part that is else about the whole: 三、单位职责 with 7. after 6.
fn numbered_on(parts: &[Part]) -> Vec<bool> {
    let mut last: BTreeMap<Style, u32> = BTreeMap::new();
    let goes_on = |(index, part): (usize, &Part)| {
        let Ordinal { style, value, .. } = part.item.ordinal;
        let goes_on = last.remove(&style).is_some_and(|last| value == last + 1);
        if !part.reading.duties.is_empty() && (goes_on || !about_the_whole(parts, index)) {
            last.insert(style, value);
        }
        goes_on
    };
    parts.iter().enumerate().map(goes_on).collect()
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
    let names_units = |(index, part): &(usize, &Part)| {
        !(part.reading.duties.is_empty() || part.reading.in_prose && about_the_whole(parts, *index))
    };
    let with_units: BTreeSet<_> = parts.iter().enumerate().filter(names_units).map(|(_, part)| kind(part)).collect();
    let heading_kinds = heading_kinds(parts);
    let (runs_on, numbered_on) = (run_on(parts), numbered_on(parts));
    let mut above_tasks = vec![false; parts.len()];
    for index in (0..parts.len()).rev() {
        let part = &parts[index];
        let among_tasks = with_units.contains(&kind(part));
        let is_task = match () {
            () if part.reading.in_prose && about_the_whole(parts, index) && !numbered_on[index] => false,
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

/// A task that names nobody else may ask all of a kind: 各企业每月5日前报送.
fn give_collectives(parts: &mut [Part]) {
    let nobody = |part: &&mut Part| part.is_task && part.children.is_empty() && part.reading.duties.is_empty();
    for part in parts.iter_mut().filter(nobody) {
        part.reading.duties = responsibility::of_many(&part.reading.text);
    }
}

/// The first unit leads where the document has said so: for all tasks in a part that is none itself, such as 工作要求, and
/// from a task or heading on that adds 下同 or 以下, until 不分先后 ends it.
fn let_first_lead(parts: &mut [Part], FirstLeading { declared, save_by_duty }: FirstLeading) {
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
        let excepted = save_by_duty && part.reading.duties.by_duty;
        if !excepted && leads != Some(FirstLeads::NotHere) && (for_all || leads == Some(FirstLeads::Here)) {
            part.reading.duties.let_first_lead();
        }
    }
}
