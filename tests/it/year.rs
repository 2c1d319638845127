//! A year of the demonstration plan with every unit bound, day by day through the product's own flow, by a clock that the
//! test moves: all that was said is one file to read, and the same year with outages says the same, or less. And a year of
//! three units with everything in use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use duban::schedule::calendar::Calendar;
use duban::store::{Outcome, Store};
use duban::{flow, settings};
use sqlx::Row;
use sqlx::sqlite::SqlitePool;

use crate::office::{Office, at};
use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/year.txt");
/// Set to write the file anew; read the difference before it is kept.
const WRITE: &str = "DUBAN_WRITE_YEAR";
/// The hours and minutes of a day at which somebody looks at the schedule.
const LOOKS: [(i64, i64); 6] = [(7, 0), (9, 0), (9, 30), (14, 0), (17, 0), (21, 0)];

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 1, 10).expect("a date")
}

/// Every unit of the plan and the coordinators, each with a group.
async fn office() -> (Office, SqlitePool, Store) {
    let office = Office::new();
    office.furnish();
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    // Codes would be too old by then.
    sqlx::raw_sql(
        "insert into chat (telegram_id, kind, title, unit_id)
             select -id, 'group', name, id from unit where id in (select unit_id from duty);
         insert into chat (telegram_id, kind, title, coordinators) values (-900000, 'group', '督办员', 1);",
    )
    .execute(&pool)
    .await
    .expect("bound");
    let store = Store::open(&office.database()).await.expect("opened");
    (office, pool, store)
}

/// Looks at the schedule, and sends what it has to say.
async fn look(store: &Store, now: DateTime<Utc>) {
    flow::on_tick(store, now, None).await.expect("said");
    let mut tx = store.begin(now).await.expect("begun");
    let policy = settings::rows::policy::policy(&mut tx).await.expect("a policy");
    let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await.expect("a calendar");
    loop {
        let claimed = flow::on_claim(&mut tx, &policy, &calendar, 100, false).await.expect("claimed");
        if claimed.is_empty() {
            break;
        }
        for message in &claimed {
            let outcome = Outcome::Sent { message_id: Some(message.id) };
            duban::store::delivery::settle_delivery(&mut tx, message, &outcome).await.expect("noted");
        }
    }
    tx.commit().await.expect("committed");
}

/// Spans in which the bot is not running.
type Outages = Vec<(DateTime<Utc>, DateTime<Utc>)>;

fn instant(day: NaiveDate, (hour, minute): (i64, i64)) -> DateTime<Utc> {
    day.and_hms_opt(0, 0, 0).expect("midnight").and_utc() + TimeDelta::minutes((hour - 8) * 60 + minute)
}

/// Knuth's MMIX generator: its upper bits are random enough for this.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits") % below
    }
}

/// Some thirty outages of an hour to six days, the same each time.
fn outages() -> Outages {
    let mut chance = Chance(20_190_110);
    let mut random = |below: i64| chance.below(below);
    let mut outages = Vec::new();
    let mut at = instant(first(), (12, 0));
    while at < instant(first() + Days::new(365), (0, 0)) {
        at += TimeDelta::hours(24 + random(16 * 24));
        let until = at + TimeDelta::hours(if random(3) == 0 { 24 + random(120) } else { 1 + random(20) });
        outages.push((at, until));
        at = until;
    }
    outages
}

/// What was said on one day to one chat, as kept in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    at: DateTime<Utc>,
    day: NaiveDate,
    to: String,
    kind: String,
    late: bool,
    /// Task, reason, due date.
    items: Vec<(String, String, Option<NaiveDate>)>,
}

impl Said {
    /// `2019-06-27 09:00 省公安厅：今日到期 5；临近到期 26(3天)`
    fn line(&self) -> String {
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        for (task, reason, due) in &self.items {
            let left = due.map(|due| (due - self.day).num_days()).filter(|left| *left != 0);
            let left = left.map(|left| format!("({left})")).unwrap_or_default();
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, tasks)) => tasks.push(format!("{task}{left}")),
                None => reasons.push((reason, vec![format!("{task}{left}")])),
            }
        }
        let reasons = reasons.into_iter().map(|(reason, tasks)| format!("{} {}", word(reason), tasks.join(" ")));
        let what = if self.kind == "briefing" { "周报".to_owned() } else { reasons.collect::<Vec<_>>().join("；") };
        let mark = if self.late { "（补发）" } else { "" };
        let at = (self.at + TimeDelta::hours(8)).format("%m-%d %H:%M");
        format!("{at} {}{mark}：{what}", self.to)
    }
}

fn word(reason: &str) -> &'static str {
    match reason {
        "due_soon" => "临近",
        "due_today" => "今日",
        "overdue" => "逾期",
        "escalation" => "告知",
        "progress_call" => "问进展",
        other => panic!("{other} is no reason"),
    }
}

/// Lives through the year and returns what was said in it.
async fn live(outages: &Outages) -> Vec<Said> {
    let (office, pool, store) = office().await;
    for day in first().iter_days().take(365) {
        for time in LOOKS {
            let now = instant(day, time);
            if outages.iter().all(|(from, to)| now < *from || *to <= now) {
                look(&store, now).await;
            }
        }
    }
    store.close().await;
    let rows = sqlx::query(
        "select outbox.sent_at, reminder.day, coalesce(unit.name, '督办员') as called, reminder.kind,
                reminder.planned_for, reminder.id
         from reminder left join unit on unit.id = reminder.unit_id
         join outbox on outbox.reminder_id = reminder.id and outbox.state = 'sent'
         group by reminder.id order by outbox.sent_at, reminder.kind, reminder.id",
    );
    let mut said = Vec::new();
    for row in rows.fetch_all(&pool).await.expect("read") {
        let items = sqlx::query_as(
            "select task.number, reason, due from reminder_item join task on task.id = reminder_item.task_id
             left join milestone on milestone.id = milestone_id where reminder_id = ? order by reminder_item.rowid",
        );
        let (at, planned_for): (DateTime<Utc>, DateTime<Utc>) = (row.get("sent_at"), row.get("planned_for"));
        said.push(Said {
            at,
            day: row.get("day"),
            to: row.get("called"),
            kind: row.get("kind"),
            late: at - planned_for > TimeDelta::minutes(10),
            items: items.bind(row.get::<i64, _>("id")).fetch_all(&pool).await.expect("read"),
        });
    }
    let everything = "select count(*) from outbox where state <> 'sent' or (kind <> 'digest' and kind <> 'briefing')";
    let other: i64 = sqlx::query_scalar(everything).fetch_one(&pool).await.expect("read");
    assert_eq!(other, 0, "nothing else was said, and nothing waits");
    pool.close().await;
    assert_eq!(office.verified()["ledger"]["ok"], true);
    said
}

/// One digest a chat and day, on working days, within the sending hours.
fn is_no_nuisance(said: &[Said]) {
    let calendar = Calendar::china();
    let mut told = BTreeSet::new();
    for message in said {
        let local = (message.at + TimeDelta::hours(8)).naive_utc();
        assert!(told.insert((&message.to, &message.kind, local.date())), "twice on a day: {message:?}");
        assert!(calendar.is_working_day(local.date()), "on a day off: {message:?}");
        assert!(("08:00".."20:00").contains(&local.format("%H:%M").to_string().as_str()), "{message:?}");
    }
}

/// How often each chat was told of each date of each task, or asked about it.
fn counted(said: &[Said]) -> BTreeMap<(String, String, Option<NaiveDate>, bool), usize> {
    let mut counted = BTreeMap::new();
    for message in said {
        for (task, reason, due) in &message.items {
            let what = (message.to.clone(), task.clone(), *due, reason == "escalation");
            *counted.entry(what).or_default() += 1;
        }
    }
    counted
}

#[tokio::test]
async fn a_year_of_the_plan_with_and_without_outages() {
    let (undisturbed, outages) = (Outages::new(), outages());
    let (calm, disturbed) = tokio::join!(live(&undisturbed), live(&outages));
    is_no_nuisance(&calm);
    is_no_nuisance(&disturbed);

    // Nothing is said that would not have been said, nor more often.
    let (most, less) = (counted(&calm), counted(&disturbed));
    for (what, times) in &less {
        assert!(Some(times) <= most.get(what), "{what:?} {times} times, without outages {:?}", most.get(what));
    }
    assert!(disturbed.iter().any(|message| message.late) && less.values().sum::<usize>() < most.values().sum());
    // Days that no outage is near are like those of the other year.
    let is_near = |day: NaiveDate| {
        let (begin, end) = (instant(day - Days::new(14), (0, 0)), instant(day + Days::new(1), (0, 0)));
        outages.iter().any(|(from, to)| *from < end && begin < *to)
    };
    let far = |said: &[Said]| -> Vec<Said> { said.iter().filter(|message| !is_near(message.day)).cloned().collect() };
    assert_eq!(far(&disturbed), far(&calm));

    let lines: Vec<String> = calm.iter().map(Said::line).collect();
    let year = lines.join("\n") + "\n";
    assert!(year.len() < 300_000, "{} bytes", year.len());
    if std::env::var_os(WRITE).is_some() {
        fs::write(FILE, &year).expect("written");
    }
    let kept = fs::read_to_string(FILE).unwrap_or_default();
    let different = kept.lines().zip(&lines).find(|(kept, line)| kept != line);
    assert!(kept == year, "the year is not that of {FILE}, first {different:?}; {WRITE}=1 writes it anew");
}

const POLICE: i64 = -500;
const WANG: i64 = 12;
/// The unit of this contact has no group.
const QIAN: i64 = 13;
const RECURRING: &str = "2019年深化改革重点工作分工方案\n\
    一、重点任务\n\
    1.每月5日前报送新开工项目审批情况，持续压缩审批时间。（省住房城乡建设厅负责）\n\
    2.每季度末通报拖欠工程款清理情况。（省住房城乡建设厅、省税务局负责）\n\
    3.每周五前报送工地扬尘检查情况。（省公安厅负责）\n";

/// Three units, one of them without a group, two contacts with private copies, and every name called every day.
async fn busy_office() -> Talk {
    let names = [
        (GROUP, "住建厅群"),
        (POLICE, "公安厅群"),
        (COORDINATORS, "督办群"),
        (LI, "李明"),
        (WANG, "王芳"),
        (QIAN, "钱进"),
        (ZHOU, "周敏"),
    ];
    let mut talk = Talk::begin("01-10 06:00:00", &names).await;
    let file = talk.office.path("recurring.txt");
    fs::write(&file, RECURRING).expect("written");
    talk.office.ask(&["plan", "import", file.to_str().expect("UTF-8")]);
    talk.office.ask(&["policy", "mention", "always"]);
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.bind(POLICE, WANG, "省公安厅").await;
    talk.bind(QIAN, QIAN, "省税务局").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 10%").await;
    talk.say(POLICE, WANG, "/report@duban_bot 5 10%").await;
    talk.say(LI, LI, "/private").await;
    talk.say(WANG, WANG, "/private").await;
    talk
}

/// Somebody does something, at whatever hour.
async fn act(talk: &mut Talk, chance: &mut Chance, day: NaiveDate) {
    let (chat, person) = [(GROUP, LI), (LI, LI), (POLICE, WANG), (WANG, WANG), (QIAN, QIAN)][chance.below(5) as usize];
    let reminded = talk.has_said(chat, "【工作提醒】");
    let taps = ["全部无变化", "逐项填报", "推进中", "无变化", "跳过", "有困难", "其余无变化", "撤回上一项", "撤回"];
    match chance.below(12) {
        0 if reminded => talk.reply_to("【工作提醒】", chat, person, "明天再提醒我").await,
        1 if reminded => talk.reply_to("【工作提醒】", chat, person, "稍后反馈").await,
        2 if reminded => talk.reply_to("【工作提醒】", chat, person, "收到").await,
        3 if reminded => talk.reply_to("【工作提醒】", chat, person, "均在推进中，资金没到位").await,
        4 => talk.say(COORDINATORS, ZHOU, "/status@duban_bot").await,
        5 => {
            let due = day + Days::new(u64::try_from(chance.below(40)).expect("days") + 3);
            let due = due.format("%Y年%-m月%-d日");
            talk.say(COORDINATORS, ZHOU, &format!("/assign@duban_bot 省公安厅、省税务局 {due}前 报送自查情况")).await;
            talk.press(COORDINATORS, ZHOU, "确认").await;
        }
        6 if talk.has_said(COORDINATORS, "反馈：") => {
            talk.reply_to("反馈：", COORDINATORS, ZHOU, "请补充验收报告和照片").await;
        }
        7 if talk.has_said(chat, "批示") => talk.reply_to("批示", chat, person, "材料在路上").await,
        8 => talk.say(chat, person, "/private@duban_bot").await,
        _ => {
            let shown: Vec<&str> = taps.into_iter().filter(|tap| talk.shows(chat, tap)).collect();
            let tap = shown.get(chance.below(taps.len() as i64) as usize);
            if let Some(tap) = tap {
                talk.press(chat, person, tap).await;
            }
        }
    }
}

/// The promise over everything: one message a chat and working day that nobody there has asked for, in the sending hours.
#[tokio::test]
async fn a_year_with_everything_in_use_is_no_nuisance() {
    let mut talk = busy_office().await;
    let mut chance = Chance(21);
    let mut now = at("01-10 06:00:00").to_utc();
    for day in first().iter_days().take(365) {
        for time in [(7, 30), (9, 0), (10, 15), (15, 0), (19, 59), (22, 10)] {
            let then = instant(day, time);
            talk.go_on(then - now);
            now = then;
            talk.tick().await;
            if chance.below(2) == 0 {
                act(&mut talk, &mut chance, day).await;
            }
        }
        talk.take();
    }
    let said = "select chat.telegram_id || '|' || outbox.kind || '|' || sent_at || '|' || (body ->> '$.message.html')
                from outbox join chat on chat.id = chat_id
                where sent_at is not null and body ->> '$.message.html' is not null
                  and outbox.kind not in ('answer', 'toast') order by outbox.id";
    let calendar = Calendar::china();
    let (mut told, mut of_kind) = (BTreeSet::new(), BTreeMap::<&str, usize>::new());
    let rows = talk.rows(said).await;
    for row in &rows {
        let [chat, kind, sent_at, html] = row.splitn(4, '|').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let sent_at: DateTime<Utc> = sent_at.parse().expect("an instant");
        let local = (sent_at + TimeDelta::hours(8)).naive_utc();
        assert!(calendar.is_working_day(local.date()), "on a day off: {row}");
        assert!(("08:00".."20:00").contains(&local.format("%H:%M").to_string().as_str()), "{row}");
        let marks = ["新交办", "定期反馈", "再次提醒", "tg://user", "（抄送，", "批示"];
        for mark in marks.into_iter().filter(|mark| html.contains(mark)) {
            *of_kind.entry(mark).or_default() += 1;
        }
        // 批示 goes below what the unit itself has reported; the coordinators hear of what waits for them.
        let is_asked = html.starts_with("<b>批示</b>") || (chat == COORDINATORS.to_string() && kind == "notice");
        assert!(is_asked || told.insert((chat, kind == "briefing", local.date())), "twice on a day: {row}");
    }
    let used = |mark: &str, least: usize| {
        let times = of_kind.get(mark).copied().unwrap_or_default();
        assert!(times >= least, "{mark} {times} times of {}: {of_kind:?}", rows.len());
    };
    [("新交办", 10), ("定期反馈", 20), ("再次提醒", 5), ("tg://user", 100), ("（抄送，", 50), ("批示", 10)]
        .into_iter()
        .for_each(|(mark, least)| used(mark, least));
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}
