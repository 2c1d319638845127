//! The same figures in chat, exports and papers, with duties that are suspended, claimed, silent, late, unclear, stopped and
//! not reached side by side; and what else papers owe to whoever reads them.

use calamine::{Data, Reader, Xlsx, open_workbook};
use duban::filing;
use duban::intent::paper::{Paper, Sheet};
use duban::office::figures::Totals;
use duban::office::ids::PlanId;
use duban::office::moment::Moment;
use duban::paper::{Contents, board};
use duban::schedule::calendar::Calendar;
use duban::settings;
use duban::store::Store;
use serde_json::Value;

use crate::half_year::{COORDINATORS, UNITS, ZHOU, half_a_year, meeting, paper};
use crate::papers::text_of;
use crate::talk::Talk;

async fn say(talk: &mut Talk, unit: &str, words: &str) {
    let (chat, person, _) = UNITS.into_iter().find(|(.., name)| *name == unit).expect("the unit");
    talk.say(chat, person, words).await;
}

/// Half a year, and what counts in ways of its own.
async fn office() -> Talk {
    let mut talk = half_a_year(2).await;
    for words in ["24 省司法厅 机构改革未到位", "24 省委编办 机构改革未到位", "9 省司法厅 政策调整"]
    {
        talk.say(COORDINATORS, ZHOU, &format!("/suspend@duban_bot {words}")).await;
    }
    say(&mut talk, "省公安厅", "/done@duban_bot 10 已验收").await;
    say(&mut talk, "省财政厅", "/report@duban_bot 6 与我单位无关，请转省市场监管局").await;
    say(&mut talk, "省发展改革委", "/report@duban_bot 6 第6项：已开放接口。问题：1.经费不足\n2.人手不够").await;
    say(&mut talk, "省人力资源社会保障厅", "/tasks@duban_bot").await;
    let (chat, person, _) = UNITS[10];
    talk.reply(chat, person, "快了快了").await;
    let (chat, ..) = UNITS[11];
    talk.say(chat, ZHOU, "/stop@duban_bot").await;
    talk.take();
    talk
}

/// What the papers tell of, and the export of the same instant.
async fn held(talk: &Talk) -> (Contents, Value) {
    let store = Store::open(&talk.office.database()).await.expect("opened");
    let mut tx = store.read(meeting()).await.expect("read");
    let policy = settings::rows::policy::policy(&mut tx).await.expect("read");
    let moment = Moment::of(meeting(), &policy, &Calendar::china());
    let contents = filing::rows::contents(&mut tx, moment, &policy.letterhead, None).await.expect("read");
    let exported = filing::rows::export::export(&mut tx, moment, None).await.expect("read");
    drop(tx);
    store.close().await;
    (contents, serde_json::to_value(exported).expect("JSON"))
}

/// `已反馈 3，未反馈 2，未能通知 1，中止 1`, counted one by one.
fn by_hearing(exported: &Value, space: &str, measure: &str) -> String {
    let duties = exported["duties"].as_array().expect("duties");
    let units = exported["status"]["units"].as_array().expect("units");
    let unreached: Vec<&Value> =
        units.iter().filter(|unit| unit["reach"] != "reached").map(|unit| &unit["unit"]).collect();
    let silent = |duty: &&Value| {
        let open = ["not_started", "in_progress", "blocked"].iter().any(|open| duty["status"] == *open);
        open && duty["reports"]
            .as_array()
            .expect("reports")
            .iter()
            .all(|report| report["withdrawn"] == true || !report["aside"].is_null())
    };
    let suspended = duties.iter().filter(|duty| duty["status"] == "suspended").count();
    let (out, at_home): (Vec<&Value>, Vec<&Value>) =
        duties.iter().filter(silent).partition(|duty| unreached.contains(&&duty["unit"]));
    let heard = duties.len() - suspended - out.len() - at_home.len();
    let counted = [("已反馈", heard), ("未反馈", at_home.len()), ("未能通知", out.len()), ("中止", suspended)];
    assert!(counted.iter().all(|(_, count)| *count > 0), "{counted:?}");
    counted.map(|(label, count)| format!("{label}{space}{count}{measure}")).join("，")
}

fn adds_up(totals: &Totals) {
    let hearing = totals.duties.by_hearing().map(|(_, count)| count);
    assert_eq!(hearing.iter().sum::<usize>(), totals.duties.counts.total);
    for counts in [totals.tasks, totals.duties.counts] {
        let duban::office::figures::Counts { done, claimed_done, in_progress, blocked, not_started, suspended, .. } =
            counts;
        assert_eq!(done + claimed_done + in_progress + blocked + not_started + suspended, counts.total);
    }
    let of_units =
        |count: fn(&duban::office::figures::UnitFigures) -> usize| totals.units.iter().map(count).sum::<usize>();
    assert_eq!(of_units(|unit| unit.duties), totals.duties.counts.total);
    assert_eq!(of_units(|unit| unit.silent), totals.duties.silent);
}

#[tokio::test]
async fn figures_are_the_same_in_chat_and_papers() {
    let mut talk = office().await;
    let (contents, exported) = held(&talk).await;
    let totals = contents.figures().totals;
    adds_up(&totals);
    assert_eq!(serde_json::to_value(&totals).expect("JSON"), exported["status"]);
    let (chat, printed) = (by_hearing(&exported, " ", ""), by_hearing(&exported, "", "项"));

    for (words, expected) in [
        ("/brief@duban_bot", chat.clone()),
        ("/status@duban_bot", format!("{} 条责任中 {} 条已反馈", totals.duties.counts.total, totals.duties.heard)),
    ] {
        talk.say(COORDINATORS, ZHOU, words).await;
        let said = talk.take();
        assert!(said.contains(&expected), "{expected}: {said}");
    }
    let bulletin = text_of(&paper(&talk, Paper::Bulletin, "figures.docx").await);
    let papers = [text_of(&paper(&talk, Paper::Meeting, "figures-meeting.docx").await), bulletin.clone()];
    assert!(papers.iter().all(|words| words.contains(&printed)), "{printed}: {papers:?}");
    for (hearing, count) in totals.duties.by_hearing() {
        let bar = format!("{}　{count}", hearing.label());
        assert!(bulletin.contains(&bar), "{bar}: {bulletin}");
    }

    let file = paper(&talk, Paper::Workbook, "figures.xlsx").await;
    let mut workbook: Xlsx<_> = open_workbook(file).expect("a workbook");
    let mut rows = |sheet: &str| -> Vec<Vec<Data>> {
        workbook.worksheet_range(sheet).expect("a sheet").rows().map(<[Data]>::to_vec).collect()
    };
    let overview = rows("概览");
    let figure = |label: &str| overview.iter().find(|row| row[0] == label).expect("a row")[1].to_string();
    let units = rows("单位");
    let sum = |heading: &str| {
        let column = units[0].iter().position(|cell| *cell == heading).expect("a column");
        units[1..].iter().map(|row| row[column].to_string().parse::<usize>().expect("a number")).sum::<usize>()
    };
    for (hearing, count) in totals.duties.by_hearing() {
        assert_eq!(figure(&format!("责任：{}", hearing.label())), count.to_string());
        if hearing.label() != "已反馈" {
            assert_eq!(sum(hearing.label()), count, "{}", hearing.label());
        }
    }
    assert_eq!(sum("责任数"), totals.duties.counts.total);
    let duties = rows("责任");
    let lights = |label: &str| duties.iter().filter(|row| row[6] == label).count();
    assert_eq!((lights("中止"), lights("逾期")), (totals.duties.counts.suspended, totals.duties.counts.overdue));

    for (what, name) in [(Paper::Board, "figures-board.png"), (Paper::Timeline, "figures-timeline.png")] {
        paper(&talk, what, name).await;
    }
    let shown = board::words(&contents);
    let page = duban::paper::page::html(&contents);
    let tasks = totals.tasks;
    let cards = [
        ("任务", tasks.total),
        ("已办结", tasks.done),
        ("提请办结", tasks.claimed_done),
        ("推进中", tasks.in_progress),
        ("受阻", tasks.blocked),
        ("未启动", tasks.not_started),
        ("中止", tasks.suspended),
        ("逾期", tasks.overdue),
    ];
    for (label, count) in cards {
        assert!(shown.windows(2).any(|words| words == [count.to_string(), label.to_owned()]), "{label}: {shown:?}");
        assert!(page.contains(&format!("<dt>{label}</dt><dd")) && tasks.suspended > 0, "{label}");
    }
}

#[tokio::test]
async fn what_nobody_reported_on_has_no_green_light() {
    let talk = office().await;
    let (contents, exported) = held(&talk).await;
    let light = |task: &str, unit: &str| {
        let duties = exported["duties"].as_array().expect("duties").iter();
        let mut found = duties.filter(|duty| duty["task"] == task && duty["unit"] == unit);
        found.next().expect("the duty")["light"].as_str().expect("a light").to_owned()
    };
    // Suspended; and with one unclear line of its unit, which is about none of its tasks.
    assert_eq!([light("24", "省司法厅"), light("7", "省人力资源社会保障厅")], ["grey", "grey"]);
    let stopped = contents.figures().tasks.into_iter().find(|task| task.task.number == "9").expect("the task");
    assert_eq!(stopped.light.label(), "中止", "a task of one unit, which is suspended");
}

#[tokio::test]
async fn a_group_that_a_coordinator_stopped_is_not_blamed() {
    let talk = office().await;
    let words = text_of(&paper(&talk, Paper::Bulletin, "stopped.docx").await);
    let (_, silent) = words.split_once("尚有责任未反馈：").expect("the silent");
    let (silent, rest) = silent.split_once('。').expect("a sentence");
    assert!(!silent.contains("省教育厅") && silent.contains("省人力资源社会保障厅"), "{silent}");
    let (_, unreached) = rest.rsplit_once("未能通知的单位").expect("the attachment");
    let (_, stopped) = unreached.split_once("省教育厅").expect("told apart");
    assert!(stopped.split("省").next().is_some_and(|row| row.contains("已停止提醒")), "{stopped}");
}

#[tokio::test]
async fn a_bulletin_says_clauses_and_problems_once() {
    let talk = office().await;
    let words = text_of(&paper(&talk, Paper::Bulletin, "clauses.docx").await);
    assert!(
        words.contains("省发展改革委：进度30%，已开放接口") || words.contains("省发展改革委：已开放接口"),
        "{words}"
    );
    assert!(words.contains("省发展改革委：经费不足，人手不够"), "{words}");
    let workbook = paper(&talk, Paper::Workbook, "clauses.xlsx").await;
    let mut workbook: Xlsx<_> = open_workbook(workbook).expect("a workbook");
    let tasks = workbook.worksheet_range("任务").expect("the sheet");
    let sixth = tasks.rows().find(|row| row[0] == "6").expect("the task");
    assert_eq!(sixth[7].to_string(), "省发展改革委：经费不足，人手不够");
    assert!(!sixth[6].to_string().contains("第6项") && !sixth[6].to_string().contains("1"), "{}", sixth[6]);
}

#[tokio::test]
async fn all_that_waits_is_told_with_its_age() {
    let mut talk = office().await;
    talk.say(COORDINATORS, ZHOU, "/brief@duban_bot").await;
    let said = talk.take();
    for words in [
        "第6项省财政厅转办退回（0天）",
        "［待核定 4］",
        "待单位确认 1 条：省人力资源社会保障厅（0天）",
        "［未反馈单位 ",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    talk.press(COORDINATORS, ZHOU, "待核定 4").await;
    let list = talk.take();
    assert!(list.contains("／4. ") && !list.contains("／5. "), "{list}");
    let words = text_of(&paper(&talk, Paper::Meeting, "waiting.docx").await);
    assert!(words.contains("待核定事项（4件）") && words.contains("省财政厅转办退回"), "{words}");
    assert!(words.contains("另有待单位确认的反馈1条：省人力资源社会保障厅（"), "{words}");
}

#[tokio::test]
async fn a_paper_of_one_plan_tells_of_no_other() {
    let mut talk = half_a_year(2).await;
    talk.say(COORDINATORS, ZHOU, "/notice@duban_bot 提醒 省公安厅 第19项推进迟缓").await;
    for button in ["确认", "通知该单位"] {
        let label = talk.label(COORDINATORS, button);
        talk.press(COORDINATORS, ZHOU, &label).await;
    }
    talk.say(COORDINATORS, ZHOU, "/inspect@duban_bot 省教育厅、省公安厅 7月12日前 报送窗口服务自查情况").await;
    let label = talk.label(COORDINATORS, "确认");
    talk.press(COORDINATORS, ZHOU, &label).await;
    let both = text_of(&paper(&talk, Paper::Bulletin, "both-plans.docx").await);
    assert!(both.contains("第19项推进迟缓") && both.contains("要求2个单位答复"), "{both}");
    let of_other = Paper::BulletinOf { plan: Some(PlanId(2)), issue: Some(3) };
    let one = text_of(&paper(&talk, of_other, "one-plan.docx").await);
    assert!(!one.contains("第19项") && !one.contains("省教育厅") && one.contains("要求1个单位答复"), "{one}");

    let store = Store::open(&talk.office.database()).await.expect("opened");
    let mut tx = store.read(meeting()).await.expect("read");
    let mut called = Vec::new();
    for paper in [of_other, Paper::OfPlan { sheet: Sheet::Board, plan: PlanId(2) }, Paper::Board] {
        let made = filing::making::file(&mut tx, paper, 0, meeting()).await.expect("made").expect("a page");
        called.push(format!("{} {}", made.name, made.caption));
    }
    insta::assert_snapshot!(called.join("\n"), @"
    《优化营商环境》督查通报第3期2019-07-04.docx 《优化营商环境》督查通报第3期（截至2019年7月4日（周四）17:00）
    《优化营商环境》督办看板2019-07-04.png 《优化营商环境》督办看板（截至2019年7月4日（周四）17:00）
    督办看板2019-07-04.png 督办看板（截至2019年7月4日（周四）17:00）
    ");
}
