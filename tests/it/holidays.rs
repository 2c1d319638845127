//! A year of holidays that the office reads in, and weekends that are not everybody's.

use serde_json::{Value, json};

use crate::office::Office;

/// The days of October 2027 on which something would be said.
fn said_on(office: &Office) -> Vec<String> {
    let planned = office.ask_json(&["preview", "--from", "2027-10-01", "--to", "2027-10-31", "--json"]);
    let days = planned.as_array().expect("a list").iter().filter(|message| message["kind"] == "digest");
    days.map(|message| message["at"].as_str().expect("an instant")[5..10].to_owned()).collect()
}

#[test]
fn a_year_is_read_in_once_its_notice_is_out() {
    let office = Office::new();
    let plan = office.path("plan.txt");
    std::fs::write(&plan, "1.建成审批系统，2027年10月5日前完成。（省公安厅牵头）").expect("written");
    office.ask(&["plan", "import", plan.to_str().expect("UTF-8")]);
    assert_eq!(
        said_on(&office),
        ["10-01", "10-04", "10-05", "10-06", "10-08", "10-08", "10-12", "10-19", "10-25", "10-26"]
    );
    let preview = office.ask(&["preview", "--from", "2027-10-01", "--to", "2027-10-31"]);
    assert!(preview.contains("没有 2027 年的节假日安排"), "{preview}");

    let file = office.path("2027.json");
    let read = |days: Vec<Value>| {
        std::fs::write(&file, json!({ "year": 2027, "days": days }).to_string()).expect("written");
        office.run(&["policy", "holidays", file.to_str().expect("UTF-8")])
    };
    let day = |date: String, off: bool| json!({ "name": "国庆节", "date": date, "isOffDay": off });
    let week = |last: u32| (1..=last).map(|of| day(format!("2027-10-0{of}"), true)).collect::<Vec<_>>();

    let refused = read(vec![day("2026-10-01".to_owned(), true)]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("却列有 2026-10-01"));
    assert_eq!(said_on(&office).len(), 10, "a refused file changes nothing");

    assert!(read(week(9)).status.success());
    assert_eq!(said_on(&office), ["10-11", "10-12", "10-13", "10-13", "10-19", "10-25", "10-26"]);
    // The later notice takes the place of the earlier one.
    let mut days = week(7);
    days.push(day("2027-10-09".to_owned(), false));
    assert!(read(days).status.success());
    assert_eq!(said_on(&office), ["10-08", "10-11", "10-11", "10-12", "10-19", "10-25", "10-26"]);
    let known = office.ask(&["policy", "holidays"]);
    assert!(known.contains("2027：") && known.contains("放假 7 天，调休上班 1 天"), "{known}");
    let planned = office.ask_json(&["preview", "--from", "2027-10-01", "--to", "2027-10-31", "--json"]);
    assert!(planned.as_array().expect("a list").iter().all(|message| message["holidays_known"] == true));
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);

    // An office that rests on Friday and Saturday: the 8th is off, the 9th is worked as the notice says.
    office.ask(&["policy", "weekend", "5,6"]);
    assert_eq!(said_on(&office), ["10-09", "10-11", "10-11", "10-12", "10-19", "10-25", "10-26"]);
}
