//! Silence is shown as such: a duty of which nothing was heard is grey, and 无变化 is no silence.

use chrono::NaiveDate;
use duban::office::moment::Moment;
use duban::schedule::calendar::Calendar;
use duban::store::Store;
use duban::{filing, settings};
use serde_json::Value;

use crate::office::at;
use crate::talk::{GROUP, LI, Talk};

/// What is held at an instant, as the export has it.
async fn held(talk: &Talk, instant: &str) -> Value {
    let store = Store::open(&talk.office.database()).await.expect("opened");
    let now = at(instant).to_utc();
    let mut tx = store.read(now).await.expect("read");
    let policy = settings::rows::policy::policy(&mut tx).await.expect("read");
    let moment = Moment::of(now, &policy, &Calendar::china());
    let held =
        serde_json::to_value(filing::rows::export::export(&mut tx, moment, None).await.expect("read")).expect("JSON");
    drop(tx);
    store.close().await;
    held
}

/// `grey 3/28`: the light of a unit's part in a task, and how many of its duties are grey.
async fn light(talk: &Talk, task: &str, instant: &str) -> String {
    let held = held(talk, instant).await;
    let duties = held["duties"].as_array().expect("duties");
    let own = || duties.iter().filter(|duty| duty["unit"] == "省住房城乡建设厅");
    let duty = own().find(|duty| duty["task"] == task).expect("the duty");
    let grey = own().filter(|duty| duty["light"] == "grey").count();
    let units = held["status"]["units"].as_array().expect("units");
    let unit = units.iter().find(|unit| unit["unit"] == "省住房城乡建设厅").expect("the unit");
    assert_eq!(unit["lights"]["grey"], grey, "the figures agree");
    format!("{} {grey}/{}", duty["light"].as_str().expect("a light"), own().count())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duty_of_which_nothing_was_heard_is_grey() {
    let mut talk = Talk::with_unit().await;
    assert_eq!(light(&talk, "26", "06-03 11:00:00").await, "grey 20/20");
    talk.say(GROUP, LI, "/tasks@duban_bot").await;
    talk.reply(GROUP, LI, "收到").await;
    assert_eq!(light(&talk, "26", "06-03 11:00:00").await, "grey 20/20", "read is not heard");
    talk.say(GROUP, LI, "/report@duban_bot 26 无变化").await;
    assert_eq!(light(&talk, "26", "06-03 11:00:00").await, "green 19/20");
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    assert_eq!(light(&talk, "26", "06-03 11:00:00").await, "grey 20/20");
    // Urgent and late are said before silent.
    assert_eq!(light(&talk, "5", "06-24 11:00:00").await, "yellow 18/20");
    assert_eq!(light(&talk, "5", "07-01 11:00:00").await, "red 18/20");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_was_signed_off_is_done_on_the_offices_day() {
    let mut talk = Talk::with_unit().await;
    talk.bind(crate::talk::COORDINATORS, crate::talk::ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/done@duban_bot 26").await;
    // It is still the day before in UTC.
    talk.go_on(chrono::TimeDelta::hours(15));
    talk.press(crate::talk::COORDINATORS, crate::talk::ZHOU, "第26项 同意（该时限）").await;
    let held = held(&talk, "06-04 02:00:00").await;
    let duties = held["duties"].as_array().expect("duties");
    let own = |duty: &&Value| duty["unit"] == "省住房城乡建设厅" && duty["task"] == "26";
    let first = &duties.iter().find(own).expect("the duty")["milestones"][0];
    assert_eq!(first["done_on"], NaiveDate::from_ymd_opt(2019, 6, 4).expect("a day").to_string());
    assert_eq!((&first["status"], &first["scope"]), (&"done".into(), &"长沙市".into()));
}
