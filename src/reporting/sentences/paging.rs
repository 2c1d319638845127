//! A digest that shows its tasks one after the other, and what it says at the end.

use chrono::NaiveDate;

use crate::chat::words::{Button, LONGEST_TEXT, Words};
use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::moment::Moment;
use crate::office::status::Status;
use crate::reporting::sentences::tap::{ONE_BY_ONE, TROUBLE};
use crate::reporting::sentences::tasks_listed;
use crate::reporting::tapped;
use crate::reporting::tapped::{Told, Turn};

/// Of a task whose difficulty is to be told in words.
pub const WORDS_WANTED: &str = "待说明困难";
/// Of a task of which it is asked which date is done.
pub const DATE_WANTED: &str = "待选定时限";
pub const NOTHING_LEFT: &str = "各项均已反馈，无需再填。";

/// Nothing that people type is bold, so only a page begins so.
const BEGINS: &str = "\n<b>逐项填报</b>";
/// How much of an answer is repeated above the next task.
const LONGEST_ANSWER: usize = 1_000;

/// A task that is shown by itself.
pub struct Page<'a> {
    pub duty: &'a Duty,
    /// The latest of which something was told that can be taken back, and whether it is the one before.
    pub back: Option<(&'a Duty, bool)>,
    /// Its place among how many.
    pub place: (usize, usize),
    /// How what was told before was answered.
    pub said: Option<&'a str>,
    /// Whether that takes back what was told of this very task.
    pub taken_back: bool,
    pub since: NaiveDate,
}

/// The digest, and the page below it, which is empty where none is shown.
pub fn split(html: &str) -> (&str, &str) {
    html.rfind(BEGINS).map_or((html, ""), |at| html.split_at(at))
}

/// How a task stands after what was told of it was taken back.
pub fn taken_back((status, percent): (Status, Option<u8>)) -> String {
    format!("已撤回，现为{}。", phrases::state(status, percent))
}

pub fn page(shown: &Words, page: &Page<'_>, at: Moment) -> Words {
    let Page { duty, back, place: (number, of), said, taken_back, since } = page;
    let said = said.filter(|said| text::utf16_length(said) <= LONGEST_ANSWER).map(|said| format!("\n{said}"));
    let due = duty.open_milestones().next().map(|date| phrases::deadline(date.due, at.today, at.zone));
    let due = due.map(|due| format!("；时限：{due}")).unwrap_or_default();
    let heard = match duty.heard() {
        Some(heard) => {
            let on = phrases::day(at.day_of(heard.at), at.today);
            format!("上次：{}，{on}", phrases::heard(&heard))
        }
        None => "上次：尚无反馈".to_owned(),
    };
    // What was taken back is told by that.
    let heard = if *taken_back { String::new() } else { format!("\n{heard}") };
    let said = said.unwrap_or_default();
    let shows = format!("{BEGINS}（{number}/{of}）{said}\n<b>{}</b>{heard}{due}", phrases::task_line(duty));
    let button = |text: &str, task: &Duty, turn: Turn| Button {
        text: text.to_owned(),
        data: tapped::turn(task.task.id, turn, *since),
    };
    let tell = |told: Told| button(told.label(), duty, Turn::Tell(told));
    let mut last = vec![button("跳过", duty, Turn::Skip)];
    last.extend(back.map(|(back, is_before)| {
        let number = format!("撤回第{}项", back.task.number);
        button(if is_before { "撤回上一项" } else { &number }, back, Turn::Back)
    }));
    let mut buttons = vec![
        vec![tell(Told::Unchanged), tell(Told::InProgress)],
        vec![button(TROUBLE, duty, Turn::Trouble), tell(Told::Done)],
        last,
    ];
    buttons.extend(others(&shown.buttons));
    Words { buttons, ..Words::plain(below(split(&shown.html).0, &shows)) }
}

/// `undo`: takes all of it back; `left`: since when nothing was said of some.
pub fn ended(shown: &Words, line: &str, undo: Option<String>, left: Option<NaiveDate>) -> Words {
    let again = left.map(|since| Button { text: ONE_BY_ONE.to_owned(), data: tapped::one_by_one(since) });
    let undo = undo.map(|data| Button { text: "撤回".to_owned(), data });
    let row: Vec<Button> = again.into_iter().chain(undo).collect();
    let of_all = |button: &Button| !tapped::is_of_all(&button.data);
    let others = others(&shown.buttons).into_iter().map(|row| row.into_iter().filter(of_all).collect::<Vec<_>>());
    let rows = std::iter::once(row).chain(others).filter(|row| !row.is_empty());
    Words { buttons: rows.collect(), ..Words::plain(below(split(&shown.html).0, &format!("\n{line}"))) }
}

/// `逐项填报：第4、6项无变化，第5项推进中；未填报第26项`
pub fn summary(said: &[(&Duty, &str)], left: &[&Duty]) -> String {
    let mut alike: Vec<(&str, Vec<&Duty>)> = Vec::new();
    for (duty, said) in said {
        match alike.iter_mut().find(|(known, _)| known == said) {
            Some((_, duties)) => duties.push(duty),
            None => alike.push((said, vec![*duty])),
        }
    }
    let told: Vec<String> =
        alike.iter().map(|(said, duties)| format!("{}{}", tasks_listed(duties), text::escape(said))).collect();
    let left = (!left.is_empty()).then(|| format!("未填报{}", tasks_listed(left)));
    let told = (!told.is_empty()).then(|| told.join("，"));
    let all = told.into_iter().chain(left).collect::<Vec<_>>().join("；");
    format!("{ONE_BY_ONE}：{}", if all.is_empty() { "另行反馈" } else { &all })
}

/// The buttons that are not of the page; what tells the same of all tells it of the rest.
fn others(buttons: &[Vec<Button>]) -> Vec<Vec<Button>> {
    let other =
        |button: &&Button| !tapped::is_of_page(&button.data) && crate::intent::button::undone(&button.data).is_none();
    let named = |button: &Button| match tapped::is_of_all(&button.data) {
        true => Button { text: "其余无变化".to_owned(), ..button.clone() },
        false => button.clone(),
    };
    let rows = buttons.iter().map(|row| row.iter().filter(other).map(named).collect::<Vec<_>>());
    rows.filter(|row| !row.is_empty()).collect()
}

/// A digest that leaves no room is cut between its lines.
fn below(digest: &str, what: &str) -> String {
    let mut kept = digest;
    while text::utf16_length(kept) + text::utf16_length(what) > LONGEST_TEXT {
        let Some((before, _)) = kept.rsplit_once('\n') else { break };
        kept = before;
    }
    format!("{kept}{what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_goes_below_a_digest_and_comes_off_again() {
        let told = below("提醒\n第5项", &format!("{BEGINS}（1/2）\n第5项"));
        assert_eq!(split(&told), ("提醒\n第5项", "\n<b>逐项填报</b>（1/2）\n第5项"));
        assert_eq!(split("提醒"), ("提醒", ""));
        let long = format!("头\n{}\n{}", "字".repeat(2_000), "字".repeat(2_000));
        let told = below(&long, &"页".repeat(500));
        assert!(text::utf16_length(&told) <= LONGEST_TEXT && told.starts_with("头\n字") && told.ends_with('页'));
    }
}
