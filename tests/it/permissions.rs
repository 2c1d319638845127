//! Who may do what: every kind of sender × every action, each on the same office, with what was recorded and answered.
//!
//! The product's own flow runs on updates as Telegram sends them; a cell of the matrix is a database of its own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use duban::clock::Clock;
use duban::intent::menu;
use duban::intent::seal::Seal;
use duban::schedule::calendar::Calendar;
use duban::store::{Outcome, Store, Tx, Update};
use duban::telegram::Me;
use duban::{flow, settings};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::office::{Office, at};

const POLICE: i64 = -500;
const FINANCE: i64 = -600;
const COORDINATORS: i64 = -900;
const UNBOUND: i64 = -700;

const CONTACT: i64 = 11;
const COLLEAGUE: i64 = 12;
const APPLICANT: i64 = 13;
const OTHER_CONTACT: i64 = 21;
const COORDINATOR: i64 = 91;
const STRANGER: i64 = 99;
/// Telegram's account for admins who hide their names.
const ANONYMOUS: i64 = 1_087_968_824;

/// Who speaks, and where.
#[derive(Clone, Copy)]
struct Sender {
    name: &'static str,
    chat: i64,
    person: i64,
    /// As a channel or as the group itself.
    as_chat: bool,
}

const fn sender(name: &'static str, chat: i64, person: i64) -> Sender {
    Sender { name, chat, person, as_chat: false }
}

const SENDERS: [Sender; 14] = [
    sender("联络员@本单位群", POLICE, CONTACT),
    sender("同事@本单位群", POLICE, COLLEAGUE),
    sender("申请人@本单位群", POLICE, APPLICANT),
    sender("外单位联络员@本单位群", POLICE, OTHER_CONTACT),
    sender("督办员@本单位群", POLICE, COORDINATOR),
    Sender { as_chat: true, ..sender("匿名管理员@本单位群", POLICE, ANONYMOUS) },
    Sender { as_chat: true, ..sender("频道@本单位群", POLICE, 136_817_688) },
    sender("外单位联络员@外单位群", FINANCE, OTHER_CONTACT),
    sender("督办员@督办群", COORDINATORS, COORDINATOR),
    sender("路人@督办群", COORDINATORS, STRANGER),
    sender("路人@未绑定群", UNBOUND, STRANGER),
    sender("联络员@私聊", CONTACT, CONTACT),
    sender("督办员@私聊", COORDINATOR, COORDINATOR),
    sender("路人@私聊", STRANGER, STRANGER),
];

/// What somebody does.
enum Action {
    Say(&'static str),
    /// In answer to the reminder in the police's group, or to a message of that number elsewhere.
    Reply(&'static str),
    /// In answer to the message that asks for an inspection.
    Answer(&'static str),
    /// A button whose data is known, wherever it was drawn.
    Press(&'static str),
    Edit(&'static str),
}

use Action::{Answer, Edit, Press, Reply, Say};

/// Messages of the base office, by their numbers in their chats.
const REMINDER: i64 = 1_000;
const INSPECTION: i64 = 1_001;
const REPORT: i64 = 50;
const CLAIM: i64 = 51;

const ACTIONS: &[(&str, Action)] = &[
    ("回复提醒：5 进度60%", Reply("5 进度60%")),
    ("回复提醒：5 已完成", Reply("5 已完成")),
    ("不回复而说：5 已完成", Say("5 已完成")),
    ("/report 5 70%", Say("/report 5 70%")),
    ("/extend 5 2019-12-30 未到货", Say("/extend 5 2019-12-30 未到货")),
    ("改动联络员的反馈", Edit("/report 5 90% 系统已上线")),
    ("按撤回", Press("v1:undo:50")),
    ("/undo", Say("/undo")),
    ("/tasks", Say("/tasks")),
    ("/task 5", Say("/task 5")),
    ("/status", Say("/status")),
    ("/pending", Say("/pending")),
    ("说：谁还没反馈", Reply("谁还没反馈")),
    ("回复提醒：5 进展如何", Reply("5 进展如何")),
    ("回复提醒：心里有数", Reply("心里有数")),
    ("/start", Say("/start")),
    ("按含义：推进中", Press("v1:mean:progress:53:{task}")),
    ("按不登记", Press("v1:mean:nothing:53:0")),
    ("按登记（待确认）", Press("v1:yes:48:1560387630")),
    ("按选定任务", Press("v1:pick:53:{task}")),
    ("按以上全部", Press("v1:all:53")),
    ("按选定时限", Press("v1:date:53:0")),
    ("按申请登记", Press("v1:ask:{unit}")),
    ("按确认登记", Press("v1:contact:{unit}:{applicant}")),
    ("按同意办结", Press("v1:accept:{claim}:51")),
    ("按整项办结", Press("v1:whole:{claim}:51")),
    ("按退回", Press("v1:return:{claim}:51")),
    ("按同意延期", Press("v1:grant:{claim}:51:737332")),
    ("按不同意延期", Press("v1:refuse:{claim}:51:737332")),
    ("按仅该单位（延期）", Press("v1:only:{claim}:51:737332")),
    ("按全部责任单位（延期）", Press("v1:every:{claim}:51:737332")),
    ("按同意中止", Press("v1:suspend:{claim}:51")),
    ("按不同意中止", Press("v1:keep:{claim}:51")),
    ("按不是理由", Press("v1:noreason:51")),
    ("/handover", Say("/handover")),
    ("按移交申请人", Press("v1:h:{unit}:{contact}:{applicant}")),
    ("按接受移交", Press("v1:t:{unit}:{contact}:{applicant}")),
    ("/leave", Say("/leave")),
    ("/contacts", Say("/contacts")),
    ("/contacts 省公安厅", Say("/contacts 省公安厅")),
    ("按移除联络员", Press("v1:dismiss:{unit}:{contact}:1560387630")),
    ("/step 5 9月15日 联调", Say("/step 5 9月15日 联调")),
    ("回复提醒：5分解：9月15日 联调", Reply("5分解：9月15日 联调")),
    ("按完成步骤", Press("v1:step:1:1:1")),
    ("按移除步骤", Press("v1:step:1:3:2")),
    ("按查看步骤", Press("v1:steps:{task}")),
    ("按催办省财政厅第5项", Press("v1:nudge:{other}")),
    ("/remind 5 省教育厅", Say("/remind 5 省教育厅")),
    ("/problems", Say("/problems")),
    ("按答复（问题）", Press("v1:answer:{problem}:1147175367")),
    ("按直接关闭（问题）", Press("v1:close:{problem}:1147175367")),
    ("按已解决（问题）", Press("v1:solved:{problem}:1147175367")),
    ("/practices", Say("/practices")),
    ("按推荐（经验）", Press("v1:recommend:{problem}:1:1")),
    ("/commend", Say("/commend")),
    ("/notice 约谈 省公安厅 逾期", Say("/notice 约谈 省公安厅 逾期")),
    ("按确认（表扬）", Press("v1:cite:60")),
    ("按通知该单位（表扬）", Press("v1:cited:1")),
    ("按撤销（表扬）", Press("v1:uncite:1")),
    ("/board", Say("/board")),
    ("/brief", Say("/brief")),
    ("按逾期（简报）", Press("v1:look:1")),
    ("按会议材料（简报）", Press("v1:meeting")),
    ("/bulletin 第3期", Say("/bulletin 第3期")),
    ("/timeline", Say("/timeline")),
    ("/export", Say("/export")),
    ("/bulletin", Say("/bulletin")),
    ("/units", Say("/units")),
    ("/invite 省教育厅", Say("/invite 省教育厅")),
    ("/coordinators", Say("/coordinators")),
    ("按移除督办员", Press("v1:expel:{boss}:1560387630")),
    ("按确认移除督办员", Press("v1:expelled:{boss}:1560387630")),
    ("按保留资格", Press("v1:readmit:{boss}:1560387630")),
    ("/unbind 省公安厅", Say("/unbind 省公安厅")),
    ("按确认解除绑定", Press("v1:unbind:{unit}:{group}")),
    ("/plans", Say("/plans")),
    ("/plans 1 简称 放管服", Say("/plans 1 简称 放管服")),
    ("/plans 1 结束", Say("/plans 1 结束")),
    ("按确认结束（方案）", Press("v1:endplan:1")),
    ("/board 放管服", Say("/board 放管服")),
    ("/status 放管服", Say("/status 放管服")),
    ("/policy", Say("/policy")),
    ("/policy ladder 7,0", Say("/policy ladder 7,0")),
    ("按确认（设置）", Press("v1:set:ladder=7,0")),
    ("/preview 6月", Say("/preview 6月")),
    ("按下一页（预演）", Press("v1:preview:737223:737240:1")),
    ("按下一页（答复）", Press("v1:page:1")),
    ("按导入", Press("v1:import:1")),
    ("按不导入", Press("v1:drop:1")),
    ("按时钟无误", Press("v1:clock:1560387630")),
    ("/accept 10 省公安厅", Say("/accept 10 省公安厅")),
    ("/suspend 10 省公安厅 机构改革", Say("/suspend 10 省公安厅 机构改革")),
    ("/reopen 10 省公安厅 材料有误", Say("/reopen 10 省公安厅 材料有误")),
    ("按选定中止的单位", Press("v1:order-suspended:0:{claim}:0")),
    ("/stop", Say("/stop")),
    ("按恢复提醒", Press("v1:unmute:{group}:1560387630")),
    ("/inspect", Say("/inspect")),
    ("/inspect 1", Say("/inspect 1")),
    ("/inspect 省公安厅 9月20日前 自查", Say("/inspect 省公安厅 9月20日前 自查")),
    ("按确认（专项督查）", Press("v1:inspect:62")),
    ("按催办（专项督查）", Press("v1:inspnudge:1")),
    ("按关闭（专项督查）", Press("v1:inspclose:1")),
    ("按导出（专项督查）", Press("v1:inspfile:1")),
    ("回复专项督查：已自查", Answer("已自查")),
];

struct Scene {
    office: Office,
    seal: Seal,
    next: i64,
    now: DateTime<Utc>,
}

impl Scene {
    /// The police with a contact, an applicant, a reminder, a report, a problem with a practice and a claim; the finance
    /// department with a contact; a commendation on record, and one that waits for its confirmation.
    async fn furnished() -> Scene {
        let office = Office::new();
        office.furnish();
        let seal = office.seal().await;
        let mut scene = Scene { office, seal, next: 1, now: at("06-13 09:00:30").to_utc() };
        let codes = ["省公安厅", "省财政厅", "--coordinator", "--coordinator"].map(|unit| scene.office.code_for(unit));
        let database = scene.office.database();
        for (code, (chat, person)) in codes.iter().zip([
            (POLICE, CONTACT),
            (FINANCE, OTHER_CONTACT),
            (COORDINATOR, COORDINATOR),
            (COORDINATORS, COORDINATOR),
        ]) {
            let update = scene.message(sender("", chat, person), &format!("/bind {code}"), None, false);
            hear(&database, &update, scene.now).await;
        }
        scene.remind().await;
        for (message, person, text) in [
            (49, CONTACT, "/report 6 10% 问题：数据未打通。经验：一窗受理"),
            (REPORT, CONTACT, "/report 5 60% 系统已上线"),
            (CLAIM, CONTACT, "/done 10 已验收"),
            (52, OTHER_CONTACT, "/report 5 10% 刚启动"),
            (53, CONTACT, "/step 10 9月15日 培训"),
            (59, COORDINATOR, "/commend 省公安厅 工作得力"),
            (60, COORDINATOR, "/commend 省财政厅 工作得力"),
            (61, COORDINATOR, "/inspect 省公安厅 9月20日前 自查"),
            (62, COORDINATOR, "/inspect 省财政厅 9月20日前 自查"),
        ] {
            let chat = match person {
                CONTACT => POLICE,
                COORDINATOR => COORDINATORS,
                _ => FINANCE,
            };
            let mut update = scene.message(sender("", chat, person), text, None, false);
            update["message"]["message_id"] = json!(message);
            hear(&database, &update, scene.now).await;
        }
        let mut update = scene.message(sender("", POLICE, CONTACT), "你懂的", Some(REMINDER), false);
        update["message"]["message_id"] = json!(53);
        hear(&database, &update, scene.now).await;
        // A reading that waits to be confirmed.
        scene.office.ask(&["policy", "confirm", "all"]);
        let mut update = scene.message(sender("", POLICE, CONTACT), "/report 8 20%", None, false);
        update["message"]["message_id"] = json!(48);
        hear(&database, &update, scene.now).await;
        scene.office.ask(&["policy", "confirm", "doubtful"]);
        let update = scene.press(sender("", COORDINATORS, COORDINATOR), "v1:cite:59");
        hear(&database, &update, scene.now).await;
        let update = scene.press(sender("", COORDINATORS, COORDINATOR), "v1:inspect:61");
        hear(&database, &update, scene.now).await;
        scene.deliver_inspection().await;
        let unit = scene.id("select id from unit where name = '省公安厅'").await;
        let update = scene.press(sender("", POLICE, APPLICANT), &format!("v1:ask:{unit}"));
        hear(&database, &update, scene.now).await;
        scene
    }

    /// The day's reminders, each sent under the same number.
    async fn remind(&self) {
        let store = Store::open(&self.office.database()).await.expect("opened");
        for before in [TimeDelta::days(1), TimeDelta::zero()] {
            let clock = Clock::started_at(self.now - before);
            duban::app::tick(&store, &clock, None).await.expect("looked");
        }
        let mut tx = store.begin(self.now).await.expect("begun");
        for claimed in duban::store::delivery::claim_deliveries(&mut tx, 100, false).await.expect("claimed") {
            duban::store::delivery::settle_delivery(&mut tx, &claimed, &Outcome::Sent { message_id: Some(REMINDER) })
                .await
                .expect("noted");
        }
        tx.commit().await.expect("committed");
        store.close().await;
    }

    /// What asks the police for an inspection is in their group.
    async fn deliver_inspection(&self) {
        let options = SqliteConnectOptions::new().filename(self.office.path("duban.db"));
        let pool = SqlitePool::connect_with(options).await.expect("opened");
        let deliver = sqlx::query(
            "update outbox set state = 'sent', message_id = ? where json_extract(awaits, '$.inspection') is not null",
        );
        let delivered = deliver.bind(INSPECTION).execute(&pool).await.expect("noted");
        assert_eq!(delivered.rows_affected(), 1);
        pool.close().await;
    }

    async fn id(&self, query: &'static str) -> i64 {
        let pool = SqlitePool::connect(&self.office.database()).await.expect("opened");
        let id = sqlx::query_scalar(query).fetch_one(&pool).await.expect("a row");
        pool.close().await;
        id
    }

    fn message(&mut self, sender: Sender, text: &str, reply_to: Option<i64>, edited: bool) -> Value {
        self.next += 1;
        let mut message = json!({
            "message_id": if edited { REPORT } else { 2_000 + self.next },
            "date": self.now.timestamp(),
            "chat": chat(sender.chat),
            "from": {"id": sender.person, "is_bot": sender.as_chat, "first_name": format!("某{}", sender.person)},
            "text": text,
        });
        if sender.as_chat {
            message["sender_chat"] = json!({"id": sender.chat, "type": "channel"});
        }
        if let Some(reply_to) = reply_to {
            message["reply_to_message"] =
                json!({"message_id": reply_to, "from": {"id": 1, "is_bot": true, "first_name": "督办"}});
        }
        json!({"update_id": self.next, if edited { "edited_message" } else { "message" }: message})
    }

    fn press(&mut self, sender: Sender, data: &str) -> Value {
        self.next += 1;
        json!({"update_id": self.next, "callback_query": {
            "id": "1",
            "from": {"id": sender.person, "is_bot": sender.as_chat, "first_name": format!("某{}", sender.person)},
            "message": {"message_id": REMINDER, "date": self.now.timestamp(), "chat": chat(sender.chat)},
            "data": self.seal.close(sender.chat, data),
        }})
    }

    fn update(&mut self, sender: Sender, action: &Action, ids: &BTreeMap<&str, i64>) -> Value {
        match action {
            Say(text) => self.message(sender, text, None, false),
            Reply(text) => self.message(sender, text, Some(REMINDER), false),
            Answer(text) => self.message(sender, text, Some(INSPECTION), false),
            Edit(text) => self.message(sender, text, None, true),
            Press(data) => {
                let filled =
                    ids.iter().fold((*data).to_owned(), |data, (name, id)| data.replace(name, &id.to_string()));
                self.press(sender, &filled)
            }
        }
    }
}

fn chat(id: i64) -> Value {
    match id {
        id if id > 0 => json!({"id": id, "type": "private", "first_name": format!("某{id}")}),
        id => json!({"id": id, "type": "supergroup", "title": format!("群{id}")}),
    }
}

/// What came of an update: the kinds of ledger entries, the toast, and the first line of each answer in the same chat.
async fn hear(database: &str, update: &Value, now: DateTime<Utc>) -> String {
    let store = Store::open(database).await.expect("opened");
    let outcome = hear_for_good(&store, update, now).await;
    store.close().await;
    outcome
}

/// The same in a database that stays open.
async fn hear_for_good(store: &Store, update: &Value, now: DateTime<Utc>) -> String {
    let mut tx = store.begin(now).await.expect("begun");
    let outcome = hear_in(&mut tx, update).await;
    tx.commit().await.expect("committed");
    outcome
}

/// The same in a change that may be given up.
async fn hear_in(tx: &mut Tx, update: &Value) -> String {
    let last = "select (select ifnull(max(seq), 0) from ledger), (select ifnull(max(id), 0) from outbox)";
    let (entry, message): (i64, i64) = sqlx::query_as(last).fetch_one(tx.connection()).await.expect("read");

    let me = Me { id: 1, username: "duban_bot".to_owned(), can_read_all_group_messages: false };
    let update = Update { update_id: update["update_id"].as_i64().expect("an id"), raw: update.to_string() };
    let policy = settings::rows::policy::policy(tx).await.expect("read");
    flow::on_update(tx, &update, &me, &policy, &Calendar::china()).await.expect("heard");

    let recorded = "select kind from ledger where seq > ? and kind <> 'rows_changed' order by seq";
    let recorded: Vec<String> =
        sqlx::query_scalar(recorded).bind(entry).fetch_all(tx.connection()).await.expect("read");
    let said = "select body from outbox where id > ? and kind in ('answer', 'toast') order by id";
    let said: Vec<String> = sqlx::query_scalar(said).bind(message).fetch_all(tx.connection()).await.expect("read");
    let recorded = recorded.into_iter().map(|kind| format!("[{kind}]"));
    let parts: Vec<String> = recorded.chain(said.iter().filter_map(|body| first_line(body))).collect();
    if parts.is_empty() { "无声".to_owned() } else { parts.join(" ") }
}

/// The beginning of what a row of the outbox says, without markup, or the paper that it sends; an empty toast says nothing.
fn first_line(body: &str) -> Option<String> {
    let body: Value = serde_json::from_str(body).expect("JSON");
    let paper = &body["paper"]["paper"];
    let kind = paper.as_str().or_else(|| paper.as_object()?.keys().next().map(String::as_str));
    if let Some(kind) = kind {
        return Some(format!("〈{kind}〉"));
    }
    let words = body["message"]["html"].as_str().or(body["toast"]["text"].as_str()).unwrap_or_default();
    let plain = words.replace("<b>", "").replace("</b>", "");
    let line: String = plain.lines().next()?.chars().take(28).collect();
    (!line.is_empty()).then(|| format!("“{line}”"))
}

/// No button is left out of the matrix.
#[test]
fn every_button_is_in_the_matrix() {
    let source = include_str!("../../src/intent/button/mod.rs");
    let drawn = source.split("format!(\"v1:").skip(1).filter_map(|rest| rest.split([':', '{']).next());
    let drawn = drawn.chain(["grant", "refuse", "only", "every"]).filter(|action| !action.is_empty());
    for action in drawn {
        let is_this = |name: &str| name == action || (action.ends_with('-') && name.starts_with(action));
        let is_pressed = |one: &Action| matches!(one, Press(data) if data.split(':').nth(1).is_some_and(is_this));
        assert!(ACTIONS.iter().any(|(_, one)| is_pressed(one)), "{action}");
    }
}

/// Whatever somebody with a right passes on, of all commands and of all that is said in the matrix, nothing comes of it:
/// at most words are kept that a button may record.
#[tokio::test]
async fn nothing_that_is_passed_on_acts() {
    let mut scene = Scene::furnished().await;
    let codes = ["省教育厅", "--coordinator"].map(|invitee| format!("/bind {}", scene.office.code_for(invitee)));
    let menus = menu::GROUP.iter().chain(&menu::PRIVATE).chain(&menu::COORDINATORS);
    let commands = menus.flat_map(|(name, _)| [format!("/{name}"), format!("/{name} 10")]);
    let mut said: Vec<(String, Option<i64>)> = codes.into_iter().chain(commands).map(|words| (words, None)).collect();
    said.extend(
        ["/done 10", "/link", "10 已完成", "撤回", "帮我催一下住建厅", "同意"].map(|words| (words.to_owned(), None)),
    );
    for (_, action) in ACTIONS {
        match action {
            Say(words) => said.push(((*words).to_owned(), None)),
            Reply(words) => said.push(((*words).to_owned(), Some(REMINDER))),
            Answer(words) => said.push(((*words).to_owned(), Some(INSPECTION))),
            Press(_) | Edit(_) => {}
        }
    }
    let marks = [
        json!({"forward_origin": {"type": "user", "date": 1, "sender_user": {"id": 5, "first_name": "路人"}}}),
        json!({"forward_origin": {"type": "channel", "date": 1, "chat": {"id": -5, "type": "channel"}, "message_id": 1}}),
        json!({"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "路人"}}),
        json!({"forward_from": {"id": 5, "first_name": "路人"}, "forward_date": 1}),
        json!({"forward_sender_name": "路人"}),
        json!({"via_bot": {"id": 6, "is_bot": true, "first_name": "词典", "username": "dictionary_bot"}}),
    ];
    let senders = SENDERS.into_iter().filter(|sender| {
        [
            (POLICE, CONTACT),
            (POLICE, COORDINATOR),
            (COORDINATORS, COORDINATOR),
            (CONTACT, CONTACT),
            (COORDINATOR, COORDINATOR),
        ]
        .contains(&(sender.chat, sender.person))
    });
    let mut outcomes: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let database = scene.office.database();
    let store = Store::open(&database).await.expect("opened");
    let mut marks = marks.iter().cycle();
    for sender in senders {
        for (words, reply_to) in &said {
            let mut update = scene.message(sender, words, *reply_to, false);
            for (field, value) in marks.next().and_then(Value::as_object).into_iter().flatten() {
                update["message"][field] = value.clone();
            }
            let outcome = hear_for_good(&store, &update, scene.now).await;
            outcomes.entry(outcome).or_default().insert(sender.name);
        }
    }
    let lines = outcomes
        .iter()
        .map(|(outcome, senders)| format!("{outcome} ← {}", senders.iter().copied().collect::<Vec<_>>().join("，")));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    [meaning_asked] “转发的内容不作为本人意见，原话已留存，尚未登记。请点选说” ← 联络员@本单位群，联络员@私聊
    [meaning_asked] “转发的内容不作为本人意见，原话已留存，尚未登记。请点选这” ← 联络员@本单位群，联络员@私聊
    “消息较多，将合并答复。已收到的反馈照常登记，请稍候。” “合并答复：” ← 督办员@私聊，联络员@私聊
    “转发的内容不作为本人意见，未作处理。如需办理，请亲自输入” ← 督办员@本单位群，督办员@督办群，督办员@私聊，联络员@本单位群，联络员@私聊
    无声 ← 督办员@本单位群，督办员@督办群，督办员@私聊，联络员@本单位群，联络员@私聊
    ");
}

#[tokio::test]
async fn who_may_do_what() {
    let mut scene = Scene::furnished().await;
    let unit = scene.id("select id from unit where name = '省公安厅'").await;
    let applicant = scene.id("select id from person where telegram_id = 13").await;
    let contact = scene.id("select id from person where telegram_id = 11").await;
    let boss = scene.id("select person_id from coordinator").await;
    let group = scene.id("select id from chat where telegram_id = -500").await;
    let claim = scene
        .id("select duty.id from duty join task on task.id = task_id join unit on unit.id = unit_id
        where number = '10' and unit.name = '省公安厅'")
        .await;
    let other = scene
        .id("select duty.id from duty join task on task.id = task_id join unit on unit.id = unit_id
        where number = '5' and unit.name = '省财政厅'")
        .await;
    let task = scene.id("select id from task where number = '5'").await;
    let problem = scene.id("select duty_id from problem").await;
    let ids = BTreeMap::from([
        ("{unit}", unit),
        ("{applicant}", applicant),
        ("{contact}", contact),
        ("{boss}", boss),
        ("{group}", group),
        ("{claim}", claim),
        ("{other}", other),
        ("{task}", task),
        ("{problem}", problem),
    ]);
    let store = Store::open(&scene.office.database()).await.expect("opened");
    let mut matrix = String::new();
    for (name, action) in ACTIONS {
        let mut outcomes: Vec<(String, Vec<&str>)> = Vec::new();
        for sender in SENDERS {
            let update = scene.update(sender, action, &ids);
            // Given up after each cell, so that each begins with the same office.
            let mut tx = store.begin(scene.now).await.expect("begun");
            let outcome = hear_in(&mut tx, &update).await;
            drop(tx);
            match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
                Some((_, names)) => names.push(sender.name),
                None => outcomes.push((outcome, vec![sender.name])),
            }
        }
        matrix.push_str(&format!("{name}\n"));
        for (outcome, names) in outcomes {
            matrix.push_str(&format!("  {outcome} ← {}\n", names.join("，")));
        }
    }
    insta::assert_snapshot!(matrix, @"
    回复提醒：5 进度60%
      [report_recorded] “已登记 第5项 压缩工程项目审批时间：推进中60%” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      [words_kept_unheard] “某12 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 同事@本单位群
      [words_kept_unheard] “某13 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 申请人@本单位群
      [words_kept_unheard] “某21 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “第5项｜推进中（截至2019年6月13日（周四）09:0” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    回复提醒：5 已完成
      [report_recorded] “已登记 第5项 压缩工程项目审批时间：提请办结” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      [words_kept_unheard] “某12 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 同事@本单位群
      [words_kept_unheard] “某13 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 申请人@本单位群
      [words_kept_unheard] “某21 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “总体情况（截至2019年6月13日（周四）09:00）” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    不回复而说：5 已完成
      无声 ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，匿名管理员@本单位群，频道@本单位群，外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群
      [report_recorded] “已登记 第5项 压缩工程项目审批时间：提请办结” ← 联络员@私聊
      “总体情况（截至2019年6月13日（周四）09:00）” ← 督办员@私聊
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    /report 5 70%
      [report_recorded] “已登记 第5项 压缩工程项目审批时间：推进中70%” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      [words_kept_unheard] “某12 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 同事@本单位群
      [words_kept_unheard] “某13 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 申请人@本单位群
      [words_kept_unheard] “某21 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “此项供单位联络员使用，请在该单位的群里操作。” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    /extend 5 2019-12-30 未到货
      [report_recorded] “已登记 第5项 压缩工程项目审批时间：申请延期至12月3” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      [words_kept_unheard] “某12 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 同事@本单位群
      [words_kept_unheard] “某13 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 申请人@本单位群
      [words_kept_unheard] “某21 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “此项供单位联络员使用，请在该单位的群里操作。” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    改动联络员的反馈
      [report_revised] “已按修改后的内容更新。” ← 联络员@本单位群
      [words_kept_unheard] “某12 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 同事@本单位群
      [words_kept_unheard] “某13 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 申请人@本单位群
      [words_kept_unheard] “某21 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [report_recorded] “已登记 第5项 压缩工程项目审批时间：推进中90%” ← 外单位联络员@外单位群，联络员@私聊
      “此项供单位联络员使用，请在该单位的群里操作。” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    按撤回
      [report_withdrawn] “已撤回第5项的这次反馈，现为未启动。” ← 联络员@本单位群
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “没有可以撤回的反馈。” ← 外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
    /undo
      [question_closed] “已撤回“你懂的”，未登记，原话留存备查。” ← 联络员@本单位群
      “没有可以撤回的反馈。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [report_withdrawn] “已撤回第5项的这次反馈，现为未启动。” ← 外单位联络员@外单位群
    /tasks
      “省公安厅 任务 20 项，未办结 19 项：” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，联络员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “省财政厅 任务 19 项，未办结 19 项：” ← 外单位联络员@外单位群
      “总体情况（截至2019年6月13日（周四）09:00）” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    /task 5
      “第5项” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，联络员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “第5项｜推进中（截至2019年6月13日（周四）09:0” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    /status
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “总体情况（截至2019年6月13日（周四）09:00）” ← 督办员@督办群，路人@督办群，督办员@私聊
    /pending
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “待核定：提请办结 1 项（截至2019年6月13日（周四” ← 督办员@督办群，路人@督办群，督办员@私聊
    说：谁还没反馈
      “省公安厅联络员：某11。联络员的反馈即时登记，其他同事请” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，联络员@私聊
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “省财政厅联络员：某21。联络员的反馈即时登记，其他同事请” ← 外单位联络员@外单位群
      “尚有任务未反馈的单位 2 个，未能通知的单位 32 个（” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    回复提醒：5 进展如何
      “第5项 压缩工程项目审批时间” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “第5项｜推进中（截至2019年6月13日（周四）09:0” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    回复提醒：心里有数
      [meaning_asked] “没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      [words_kept_unheard] “某12 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 同事@本单位群
      [words_kept_unheard] “某13 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 申请人@本单位群
      [words_kept_unheard] “某21 尚未登记为省公安厅联络员，反馈已留存，尚未登记。” ← 外单位联络员@本单位群
      无声 ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “没有看懂。是不是想问：” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    /start
      “您好，我是督办助手。本群已绑定省公安厅。发送 /task” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “您好，我是督办助手。本群已绑定省财政厅。发送 /task” ← 外单位联络员@外单位群
      “您好，我是督办助手。本群是督办员群。发送 /status” ← 督办员@督办群，路人@督办群
      “您好，我是督办助手。请向督办员索取邀请码，在本群发送 /” ← 路人@未绑定群
      “您好，我是督办助手。您是省公安厅联络员。发送 /task” ← 联络员@私聊
      “您好，我是督办助手。您是督办员，可直接发问，例如“第5项” ← 督办员@私聊
      “您好，我是督办助手。您尚未登记为联络员或督办员。请在本单” ← 路人@私聊
    按含义：推进中
      [question_closed] [report_recorded] “已登记 第5项 压缩工程项目审批时间：推进中” ← 联络员@本单位群
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
    按不登记
      [question_closed] “未登记，原话留存备查。” ← 联络员@本单位群
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
    按登记（待确认）
      [question_closed] [report_recorded] “已登记 第8项 落实市场准入负面清单：推进中20%” ← 联络员@本单位群
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
    按选定任务
      无声 ← 联络员@本单位群
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
    按以上全部
      “情况已有变化，此按钮不再有效。” ← 联络员@本单位群，外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按选定时限
      “情况已有变化，此按钮不再有效。” ← 联络员@本单位群，外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按申请登记
      “已是联络员。” ← 联络员@本单位群，联络员@私聊
      [contact_asked] “某12 申请登记为省公安厅联络员，请现有联络员或督办员确” “已提出申请。” ← 同事@本单位群
      “已提出申请。” ← 申请人@本单位群
      [contact_asked] “某21 申请登记为省公安厅联络员，请现有联络员或督办员确” “已提出申请。” ← 外单位联络员@本单位群
      [contact_asked] “某91 申请登记为省公安厅联络员，请现有联络员或督办员确” “已提出申请。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，督办员@私聊，路人@私聊
    按确认登记
      [contact_registered] “已登记。” ← 联络员@本单位群，督办员@本单位群，督办员@督办群，联络员@私聊，督办员@私聊
      “仅本单位联络员或督办员可以确认。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按同意办结
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [claim_decided] “某91 同意办结：第10项 规范职业资格许可认定（省公安” “已同意办结。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按整项办结
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [claim_decided] “某91 同意办结：第10项 规范职业资格许可认定（省公安” “已同意办结。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按退回
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [claim_decided] “某91 退回办结申请：第10项 规范职业资格许可认定（省” “已退回。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按同意延期
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按不同意延期
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按仅该单位（延期）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按全部责任单位（延期）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按同意中止
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按不同意中止
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按不是理由
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /handover
      “请点选接手的同事，或回复该同事的消息发送 /handov” ← 联络员@本单位群，联络员@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “还不认识接手的同事。请回复该同事的消息发送 /hando” ← 外单位联络员@外单位群
      “此项供单位联络员使用，请在该单位的群里操作。” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    按移交申请人
      “某11 拟将省公安厅联络员工作移交 某13，请 某13 ” “已请该同事确认。” ← 联络员@本单位群
      “仅提出移交的联络员本人可以点按。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，督办员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “已在本单位群里请 某13 确认，确认前仍由您反馈。” “已请该同事确认。” ← 联络员@私聊
    按接受移交
      “仅接手的同事本人可以点按。” ← 联络员@本单位群，同事@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，联络员@私聊，督办员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 申请人@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /leave
      [contact_removed] “某11 不再担任省公安厅联络员。本单位暂无联络员，首位反” ← 联络员@本单位群，联络员@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [contact_removed] “某21 不再担任省财政厅联络员。本单位暂无联络员，首位反” ← 外单位联络员@外单位群
      “此项供单位联络员使用，请在该单位的群里操作。” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    /contacts
      “省公安厅联络员：某11。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，联络员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “省财政厅联络员：某21。” ← 外单位联络员@外单位群
      “请写明单位，例如 /contacts 省公安厅。” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    /contacts 省公安厅
      “省公安厅联络员：某11。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，督办员@督办群，路人@督办群，联络员@私聊，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “省财政厅联络员：某21。” ← 外单位联络员@外单位群
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    按移除联络员
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [contact_removed] “某11 经督办员调整，不再担任省公安厅联络员。本单位暂无” “已移除。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /step 5 9月15日 联调
      [step_planned] “已登记步骤 1 个，到期前提醒。” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      “某12 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 同事@本单位群
      “某13 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 申请人@本单位群
      “某21 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “此项供单位联络员使用，请在该单位的群里操作。” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    回复提醒：5分解：9月15日 联调
      [step_planned] “已登记步骤 1 个，到期前提醒。” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      “某12 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 同事@本单位群
      “某13 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 申请人@本单位群
      “某21 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “没有看懂。是不是想问：” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    按完成步骤
      [step_done] “已标记完成。” ← 联络员@本单位群，联络员@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，督办员@督办群，路人@督办群，路人@未绑定群，督办员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 外单位联络员@外单位群
    按移除步骤
      [step_removed] “已移除。需要时请重新登记。” ← 联络员@本单位群，联络员@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，督办员@督办群，路人@督办群，路人@未绑定群，督办员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 外单位联络员@外单位群
    按查看步骤
      “第5项 压缩工程项目审批时间：尚未分解步骤。例如：/st” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，联络员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 督办员@督办群，路人@督办群，路人@未绑定群，督办员@私聊，路人@私聊
    按催办省财政厅第5项
      “情况已有变化，此按钮不再有效。” ← 联络员@本单位群，外单位联络员@外单位群，联络员@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，督办员@督办群，路人@督办群，路人@未绑定群，督办员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /remind 5 省教育厅
      “仅督办员和该项任务的牵头单位可以催办。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “尚未绑定群，未能送达：省教育厅。” ← 督办员@督办群，督办员@私聊
    /problems
      “省公安厅 待答复的问题 1 个：” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，联络员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “省财政厅没有待答复的问题。” ← 外单位联络员@外单位群
      “待答复的问题 1 个（截至2019年6月13日（周四）0” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    按答复（问题）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “第6项 清理妨碍公平竞争的文件（省公安厅）：数据未打通” “某91，请回复本条写明答复，将转告省公安厅。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按直接关闭（问题）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [problem_ended] “某91 关闭问题：第6项 清理妨碍公平竞争的文件（省公安” “已关闭。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按已解决（问题）
      [problem_ended] “某11 标记问题已解决：第6项 清理妨碍公平竞争的文件“” “已标记为解决。” ← 联络员@本单位群，联络员@私聊
      “仅本单位联络员可以操作。” ← 同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，督办员@督办群，路人@督办群，路人@未绑定群，督办员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /practices
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “经验做法 1 条（截至2019年6月13日（周四）09:” ← 督办员@督办群，路人@督办群，督办员@私聊
    按推荐（经验）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [practice_recommended] “某91 推荐经验：第6项 清理妨碍公平竞争的文件（省公安” “已推荐。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /commend
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “表扬 1 条（用法：/commend 省公安厅 理由）” ← 督办员@督办群，路人@督办群，督办员@私聊
    /notice 约谈 省公安厅 逾期
      “表扬、提醒和约谈仅督办员可以记录，请在督办员群或私聊中发” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “拟记录【约谈】省公安厅：逾期” ← 督办员@督办群，督办员@私聊
    按确认（表扬）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [citation_recorded] “已记录【表扬】省财政厅：工作得力” “已记录。” ← 督办员@督办群
    按通知该单位（表扬）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [citation_told] “已通知省公安厅：表扬。” “已通知。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按撤销（表扬）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请回复本条说明撤销理由：【表扬】省公安厅：工作得力” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /board
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈board〉 〈board〉 ← 督办员@督办群，路人@督办群，督办员@私聊
    /brief
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “【督办简报】截至2019年6月13日（周四）09:00” ← 督办员@督办群，路人@督办群，督办员@私聊
    按逾期（简报）
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “目前没有逾期任务。（截至2019年6月13日（周四）09” ← 督办员@督办群，路人@督办群，督办员@私聊
    按会议材料（简报）
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈meeting〉 ← 督办员@督办群，路人@督办群，督办员@私聊
    /bulletin 第3期
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈bulletin_of〉 ← 督办员@督办群，路人@督办群，督办员@私聊
    /timeline
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈timeline〉 ← 督办员@督办群，路人@督办群，督办员@私聊
    /export
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈workbook〉 ← 督办员@督办群，路人@督办群，督办员@私聊
    /bulletin
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈bulletin〉 ← 督办员@督办群，路人@督办群，督办员@私聊
    /units
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “承担任务的单位 34 个：已绑定群 2 个，其中有过反馈” ← 督办员@督办群，路人@督办群，督办员@私聊
    /invite 省教育厅
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [invited] “省教育厅 的邀请，请转给该单位，点按后选择本单位的群：” ← 督办员@督办群，督办员@私聊
    /coordinators
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “督办员 1 人：” ← 督办员@督办群，路人@督办群，督办员@私聊
    按移除督办员
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “这是唯一的督办员，不能在聊天中移除。请先邀请其他督办员，” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按确认移除督办员
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “这是唯一的督办员，不能在聊天中移除。请先邀请其他督办员，” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    按保留资格
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /unbind 省公安厅
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “将解除省公安厅与“群-500”的绑定：那里不再收到提醒，” ← 督办员@督办群，督办员@私聊
    按确认解除绑定
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [unit_unbound] [contact_removed] “某91 已解除省公安厅与“群-500”的绑定。在那里登记” “已解除绑定。” ← 督办员@本单位群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [unit_unbound] [contact_removed] “已解除绑定。” ← 督办员@督办群
    /plans
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “方案 1 个（编号、简称）：” ← 督办员@督办群，路人@督办群，督办员@私聊
    /plans 1 简称 放管服
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [plan_named] ← 督办员@督办群
      “仅督办员可以操作。” ← 路人@督办群
      [plan_named] “某91 将《湖南省深化“放管服”改革转变政府职能重点任务” ← 督办员@私聊
    /plans 1 结束
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “结束《湖南省深化“放管服”改革转变政府职能重点任务分工方” ← 督办员@督办群，督办员@私聊
      “仅督办员可以操作。” ← 路人@督办群
    按确认结束（方案）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [plan_closed] “已结束。” ← 督办员@本单位群，督办员@督办群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [plan_closed] “某91 已结束《湖南省深化“放管服”改革转变政府职能重点” “已结束。” ← 督办员@私聊
    /board 放管服
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈of_plan〉 〈of_plan〉 ← 督办员@督办群，路人@督办群，督办员@私聊
    /status 放管服
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “总体情况（截至2019年6月13日（周四）09:00）” ← 督办员@督办群，路人@督办群，督办员@私聊
    /policy
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “当前设置” ← 督办员@督办群，路人@督办群，督办员@私聊
    /policy ladder 7,0
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “拟将“到期前（负数为到期后）几天提醒”改为 <code>” ← 督办员@督办群，督办员@私聊
      “仅督办员可以操作。” ← 路人@督办群
    按确认（设置）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [policy_changed] “已修改。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /preview 6月
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “预演　6月13日至6月30日，共 101 条，按目前情况” ← 督办员@督办群，路人@督办群，督办员@私聊
    按下一页（预演）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      无声 ← 督办员@督办群，路人@督办群，督办员@私聊
    按下一页（答复）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 督办员@督办群，路人@督办群，督办员@私聊
    按导入
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 督办员@督办群，督办员@私聊
    按不导入
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “情况已有变化，此按钮不再有效。” ← 督办员@督办群，督办员@私聊
    按时钟无误
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /accept 10 省公安厅
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [claim_decided] “某91 同意办结：第10项 规范职业资格许可认定（省公安” ← 督办员@督办群，督办员@私聊
    /suspend 10 省公安厅 机构改革
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [duty_suspended] “某91 中止：第10项 规范职业资格许可认定（省公安厅）” ← 督办员@督办群，督办员@私聊
    /reopen 10 省公安厅 材料有误
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “第10项：省公安厅目前为提请办结，只有已办结的才能撤销办” ← 督办员@督办群，督办员@私聊
    按选定中止的单位
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “第10项 规范职业资格许可认定：请回复本条说明中止的理由” ← 督办员@督办群，督办员@私聊
    /stop
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      [reminders_stopped] “本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “请在单位的群里发送 /stop，即停止向该群发送提醒和通” ← 督办员@督办群，督办员@私聊
    按恢复提醒
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “情况已有变化，此按钮不再有效。” ← 督办员@本单位群，督办员@督办群，督办员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
    /inspect
      “专项督查1 自查：9月20日｜未答复” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，联络员@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “本单位没有待答复的专项督查。” ← 外单位联络员@外单位群
      “进行中的专项督查（1 次）” ← 督办员@督办群，路人@督办群，督办员@私聊
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 路人@未绑定群，路人@私聊
    /inspect 1
      “跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “专项督查1 自查：9月20日｜已答复 0/1” ← 督办员@督办群，路人@督办群，督办员@私聊
    /inspect 省公安厅 9月20日前 自查
      “仅督办员可以发起专项督查，请在督办员群或私聊中发送。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，督办员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “拟发起专项督查” ← 督办员@督办群，督办员@私聊
    按确认（专项督查）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [inspection_started] “专项督查2已发起，通知 1 个单位。” “已发起。” ← 督办员@督办群
      “情况已有变化，此按钮不再有效。” ← 督办员@私聊
    按催办（专项督查）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      “今日已通知或已催办，未重复催办。” ← 督办员@督办群，督办员@私聊
    按关闭（专项督查）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [inspection_closed] “专项督查1 自查：9月20日｜已答复 0/1，6月13日” “已关闭。” ← 督办员@督办群，督办员@私聊
    按导出（专项督查）
      “仅督办员可以操作。” ← 联络员@本单位群，同事@本单位群，申请人@本单位群，外单位联络员@本单位群，外单位联络员@外单位群，路人@督办群，路人@未绑定群，联络员@私聊，路人@私聊
      “请在督办员群或与机器人的私聊中操作。” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      〈inspection〉 “正在生成文件。” ← 督办员@督办群，督办员@私聊
    回复专项督查：已自查
      [inspection_answered] “已登记专项督查1的答复。” ← 联络员@本单位群
      “某12 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 同事@本单位群
      “某13 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 申请人@本单位群
      “某21 尚未登记为省公安厅联络员，以上内容没有登记。如由” ← 外单位联络员@本单位群
      “督办员不代单位反馈，以上内容没有登记。查询请在督办员群或” ← 督办员@本单位群
      “匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换” ← 匿名管理员@本单位群，频道@本单位群
      [task_asked] “请问这是哪一项的进展？点选后即登记。” ← 外单位联络员@外单位群，联络员@私聊
      “没有看懂。是不是想问：” ← 督办员@督办群，路人@督办群，督办员@私聊
      “本群尚未绑定单位。请向督办员索取邀请码，发送 /bind” ← 路人@未绑定群
      “您尚未登记为联络员或督办员。请在本单位的群里回复机器人的” ← 路人@私聊
    ");
}
