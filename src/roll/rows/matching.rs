//! The names that a plan prints, matched with the roll before it is imported.

use std::collections::{BTreeMap, BTreeSet};

use crate::office::plan::{Draft, DraftTask};
use crate::roll::rows;
use crate::roll::rows::is_alike;
use crate::store::{Result, Tx};

/// A name that a plan prints and the roll has not, with the units that it may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelyMatch {
    pub name: String,
    pub candidates: Vec<String>,
}

/// The names in a draft that may be other forms of names on the roll, or short for names in the same draft. A person
/// is asked; likeness alone decides nothing.
pub async fn likely_matches(tx: &mut Tx, draft: &Draft) -> Result<Vec<LikelyMatch>> {
    const SHOWN: usize = 5;
    let on_roll = rows::names_on_roll(tx).await?;
    let prefixed = printed_once_prefixes(tx, draft).await?;
    let (mut new, mut known) = (BTreeSet::new(), BTreeSet::new());
    for name in draft.tasks.iter().flat_map(named_units) {
        let is_known = known.contains(name) || (!new.contains(name) && rows::find_unit(tx, name).await?.is_some());
        if is_known {
            known.insert(name)
        } else {
            new.insert(name)
        };
    }
    let matches = new.iter().filter(|name| !prefixed.contains_key(**name)).filter_map(|name| {
        let by_roll = on_roll.iter().filter(|(called, _)| may_be(called, name)).map(|(_, full)| full.as_str());
        let longer = |other: &&&str| other.chars().count() > name.chars().count() && may_be(other, name);
        let by_draft = new.iter().filter(longer).copied();
        let candidates: BTreeSet<&str> = by_roll.chain(by_draft).collect();
        let candidates: Vec<String> = candidates.into_iter().take(SHOWN).map(str::to_owned).collect();
        (!candidates.is_empty()).then(|| LikelyMatch { name: (*name).to_owned(), candidates })
    });
    Ok(matches.collect())
}

/// Puts a name on the roll as an alias of a unit, which is added where it is new.
pub async fn match_with(tx: &mut Tx, name: &str, unit: &str) -> Result<()> {
    rows::add_unit(tx, unit, false).await?;
    rows::add_aliases(tx, unit, &[name.to_owned()]).await
}

/// A list may print what all its units begin with only once: 省科技厅、工业和信息化厅. The names of a draft that leave it
/// out, each with its full name, where that is on the roll or elsewhere in the draft.
pub async fn printed_once_prefixes(tx: &mut Tx, draft: &Draft) -> Result<BTreeMap<String, String>> {
    let printed: BTreeSet<&str> = draft.tasks.iter().flat_map(named_units).collect();
    let mut found = BTreeMap::new();
    for (name, full) in draft.tasks.iter().flat_map(with_prefix_of_list) {
        let is_new = !found.contains_key(name) && rows::find_unit(tx, name).await?.is_none();
        if is_new && (printed.contains(full.as_str()) || rows::find_unit(tx, &full).await?.is_some()) {
            found.insert(name.to_owned(), full);
        }
    }
    Ok(found)
}

/// Whether two names may be those of one unit: alike, of one level where both say it, as 县税务局 and 省税务局 are two, and with
/// one ending, as 省政府 and 省政府办公厅 are.
fn may_be(one: &str, other: &str) -> bool {
    // 市场监管局 and 乡村振兴局 begin with no level.
    let level = |name: &str| {
        let mut characters = name.chars();
        let first = characters.next().filter(|first| "省市州盟县区旗镇乡".contains(*first));
        first.filter(|_| characters.next().is_none_or(|second| !"场政村域".contains(second)))
    };
    if let (Some(one), Some(other)) = (level(one), level(other))
        && one != other
    {
        return false;
    }
    let ending = |name: &str| name.strip_suffix("办公室").map_or(name.chars().next_back(), |_| Some('办'));
    ending(one) == ending(other) && is_alike(one, other)
}

fn named_units(task: &DraftTask) -> impl Iterator<Item = &str> {
    task.leads.iter().chain(&task.responsible).chain(&task.supporting).map(String::as_str)
}

/// The names in a task's lists that follow one with an administrative level, each with that level before it.
fn with_prefix_of_list(task: &DraftTask) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut level = None;
    for name in named_units(task) {
        match name.chars().next().filter(|first| "省市州盟县区旗".contains(*first)) {
            Some(first) => level = Some(first),
            None => found.extend(level.map(|level| (name, format!("{level}{name}")))),
        }
    }
    found
}
