//! 正文: the article of a page, without what the site prints around it.
//!
//! The article is the smallest box that holds most of what is written in sentences and every line that names a task and
//! its units. The title, the number and the marks of the document above it and the date below it
//! belong to it.

use std::borrow::Cow;

use super::page::Page;
use super::{Content, Item};
use crate::plan::table::TableRow;
use crate::plan::{marking, ordinal};

/// Words of tasks and of tables of tasks.
const UNITS: [&str; 8] = ["负责", "牵头", "责任", "配合", "主办", "协办", "負責", "牽頭"];
/// How much of an article a box holds.
#[derive(Clone, Copy, Default)]
struct Weight {
    characters: usize,
    tasks: usize,
}

/// The items of the article; all of them where none names a task.
pub fn of(page: Page) -> Vec<Item> {
    let Page { items, places, title, article_title } = page;
    let mut weights = vec![Weight::default(); places.len()];
    for item in &items {
        let weight = weight(item);
        weights[item.place].characters += weight.characters;
        weights[item.place].tasks += weight.tasks;
    }
    // A box comes after the one that it stands in.
    for place in (1..places.len()).rev() {
        let Weight { characters, tasks } = weights[place];
        let outer = &mut weights[places[place]];
        outer.characters += characters;
        outer.tasks += tasks;
    }
    let all = weights[0];
    if all.tasks == 0 {
        return items;
    }
    let holds_article = |weight: &Weight| weight.tasks == all.tasks && weight.characters * 20 >= all.characters * 17;
    // The boxes that hold it stand within one another, so the last is the smallest.
    let article = weights.iter().rposition(holds_article).unwrap_or(0);
    let is_inside = inside(&places, article);
    let holds = |item: &Item| is_inside[item.place];
    let first = items.iter().position(holds).unwrap_or(0);
    let end = items.iter().rposition(holds).map_or(items.len(), |last| last + 1);
    let names = [article_title.as_deref().unwrap_or_default(), title.as_str()];
    let first = beginning(&items[..first], &items[first..end], &names);
    let end = end + date_after(&items[end..]);
    let number = number_before(&items[..first], &items[first..end]);
    let stays = |(index, item): (usize, Item)| {
        let is_mark = index < first && marking::is_mark(&text(&item));
        (is_mark || Some(index) == number || (first..end).contains(&index)).then_some(item)
    };
    items.into_iter().enumerate().filter_map(stays).collect()
}

/// Which boxes are that box or stand in it.
fn inside(places: &[usize], article: usize) -> Vec<bool> {
    let mut inside = vec![false; places.len()];
    for place in article..places.len() {
        inside[place] = place == article || inside[places[place]];
    }
    inside
}

fn weight(item: &Item) -> Weight {
    const SHORTEST: usize = 15;
    match &item.content {
        _ if item.linked => Weight::default(),
        Content::Paragraph(text) => {
            let characters = text.chars().count();
            let numbered = ordinal::leading(text).is_some();
            let counts = numbered || characters >= SHORTEST || text.contains(['。', '；', '：', '，']);
            let names_units = UNITS.iter().any(|word| text.contains(word));
            let labelled = text.contains(['：', ':']) && text.contains("单位");
            Weight {
                characters: if counts { characters } else { 0 },
                tasks: usize::from(names_units && (numbered || labelled)),
            }
        }
        Content::Rows(rows) => {
            let characters = rows.iter().map(|row| row.text().chars().count()).sum();
            let tasks =
                rows.iter().filter(|row| row.has_several() && UNITS.iter().any(|word| row.text().contains(word)));
            Weight { characters, tasks: tasks.count() }
        }
    }
}

/// How far above an article its title or number may stand.
const FARTHEST: usize = 40;
/// How far within an article they stand.
const NEAR: usize = 8;

fn text(item: &Item) -> Cow<'_, str> {
    match &item.content {
        Content::Paragraph(text) => Cow::Borrowed(text),
        Content::Rows(rows) => Cow::Owned(rows.iter().map(TableRow::text).collect::<Vec<_>>().join("\n")),
    }
}

/// Where the article begins: at its title not far above, where it does not hold one itself.
fn beginning(before: &[Item], article: &[Item], names: &[&str]) -> usize {
    const SHORTEST: usize = 6;
    let is_title = |item: &Item| {
        let text = text(item);
        let is_name = text.chars().nth(SHORTEST).is_some() && names.iter().any(|name| name.starts_with(text.as_ref()));
        !item.linked && (item.heading || is_name)
    };
    let from = before.len().saturating_sub(FARTHEST);
    let has_title = article.iter().take(NEAR).any(is_title);
    let title = before[from..].iter().rposition(is_title).filter(|_| !has_title);
    title.map_or(before.len(), |index| from + index)
}

/// What a site says above the article about the number of the document, where the article does not.
fn number_before(before: &[Item], article: &[Item]) -> Option<usize> {
    let has_number = |item: &Item| {
        let text = text(item);
        !item.linked && text.contains(['〔', '［', '[']) && text.contains('号')
    };
    let from = before.len().saturating_sub(FARTHEST);
    let number = before[from..].iter().rposition(has_number).map(|index| from + index);
    number.filter(|_| !article.iter().take(NEAR).any(has_number))
}

/// How many items right after the article end with the date that it is signed with.
fn date_after(after: &[Item]) -> usize {
    const FARTHEST: usize = 4;
    let is_date = |item: &Item| match &item.content {
        Content::Paragraph(text) => {
            text.ends_with('日') && text.contains('年') && text.contains('月') && text.chars().count() < 30
        }
        Content::Rows(_) => false,
    };
    let near = after.iter().take(FARTHEST).take_while(|item| !item.linked);
    near.enumerate().filter(|(_, item)| is_date(item)).map(|(index, _)| index + 1).next().unwrap_or(0)
}
