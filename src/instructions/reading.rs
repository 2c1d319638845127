//! Whether a coordinator's reply under a unit's report is for the unit, or asks the bot.

use std::sync::LazyLock;

use regex::Regex;

use crate::chat::incoming::Message;
use crate::office::place::Place;
use crate::questions;
use crate::understanding::{self as words, Intent, Query, QueryKind};

/// Words that ask nothing are a question only where they are this short beside the unit that they name: 逾期任务, 省公安厅进展.
const LONGEST_BARE: usize = 6;

/// What is asked of a unit and tells it to do something.
static URGES: LazyLock<Regex> = LazyLock::new(|| {
    let urges = "请[^问]|尽快|抓紧|加快|加紧|加强|务必|确保|按[期时]|落实|配合|对接|参照|一并|补充|报送|核实";
    Regex::new(urges).expect("a constant")
});
/// Speaks to the unit.
static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| Regex::new("你们|[你贵][厅局委办单部]").expect("a constant"));
/// Asks about more than one unit.
static OF_ALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("哪些|谁|多少|几[项个家]|总体|整体|全部|所有|各(?:单位|部门)|全[省市]").expect("a constant")
});

/// Says that the work is not over, or takes a claim back.
static NOT_OVER: LazyLock<Regex> = LazyLock::new(|| {
    let not_over = "大部分|余下|剩余?|还差|基本|初稿|一半|预计|计划|力争|推进|进行中|在办|撤[回销]|尚[未在需]|[还仍][在差没未需有]|仍然|[未没](?:能|有)?(?:完成|办结|做完|结束|到位|通过|验收)";
    Regex::new(not_over).expect("a constant")
});

/// Whether what a unit answers says how its work stands, and does not only bring what was asked for.
pub fn says_how_it_stands(words: &str) -> bool {
    NOT_OVER.is_match(words)
}

/// Whether a reply to a message about a unit's report goes to that unit. All does, but for thanks, a decision, what tells the bot to
/// do something, and a question about another task, a unit or the whole office.
pub fn is_for_unit(message: &Message, place: &Place) -> bool {
    let text = message.text.trim();
    if text.is_empty() || questions::reading::is_ruling(text) {
        return false;
    }
    let understood = words::understand_coordinator(text, &place.roll, message.at.date_naive());
    let urges = URGES.is_match(text) || ADDRESSES.is_match(text);
    match (understood.intent, understood.query) {
        (Intent::Chatter, _) => false,
        (Intent::Order, _) => urges,
        (_, Some(query)) => urges || !asks_the_bot(text, &query, place),
        _ => true,
    }
}

fn asks_the_bot(text: &str, query: &Query, place: &Place) -> bool {
    let named = place.roll.iter().filter(|(name, _)| text.contains(name.as_str()));
    let named = named.map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let bare = text.chars().count() <= LONGEST_BARE + named;
    let asks = bare || words::is_question(text);
    let told_of = |number: &String| place.named.iter().any(|task| task.number == *number);
    let on_roll = |unit: &String| place.roll.iter().any(|(_, full)| full == unit);
    match (&query.task, &query.unit) {
        // Why and until when is for the unit to say.
        (Some(number), _) if told_of(number) => asks && matches!(query.kind, QueryKind::Task | QueryKind::History),
        (Some(_), _) => asks,
        (None, Some(unit)) if on_roll(unit) => asks,
        (None, _) => is_of_office(query.kind) && (OF_ALL.is_match(text) || bare && query.kind != QueryKind::Status),
    }
}

/// What is asked about all units together.
fn is_of_office(kind: QueryKind) -> bool {
    matches!(
        kind,
        QueryKind::Status
            | QueryKind::Overdue
            | QueryKind::Due
            | QueryKind::Silent
            | QueryKind::Pending
            | QueryKind::Changes
            | QueryKind::Today
            | QueryKind::Read
            | QueryKind::Reminder
            | QueryKind::Unbound
    )
}
