//! The rehearsal against a second reading of the rules, written from their words alone: day by day, without haste, and
//! without a line of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::Value;

use crate::office::Office;

const LADDER: [i64; 9] = [30, 14, 7, 3, 1, 0, -1, -3, -7];
/// Who is asked for progress on the 10th of a month; everybody else on the 25th.
const OTHER_CALL_DAYS: [&str; 2] = ["省公安厅", "省政务局"];
const COORDINATORS: &str = "督办员";
/// 2027 has no published holidays: only the weekend is off.
const SPANS: [(&str, &str); 3] =
    [("2018-12-01", "2020-03-31"), ("2023-12-01", "2024-02-29"), ("2026-09-01", "2027-03-31")];
/// Plans that only some places have.
const OTHER_PLANS: [&str; 5] = [
    "13-hubei2021-43-nongye",
    "17-SYN-county-ownline-labels",
    "18-SYN-halfwidth-inline-deadline",
    "19-SYN-table-cells-per-line",
    "20-DER-trad-of-05",
];

/// Which days are worked, from the published files.
struct Days2019To2026(BTreeMap<NaiveDate, bool>);

impl Days2019To2026 {
    fn read() -> Self {
        let mut off = BTreeMap::new();
        for year in 2019..=2026 {
            let file = format!("{}/seeds/holidays/{year}.json", env!("CARGO_MANIFEST_DIR"));
            let file: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
            for day in file["days"].as_array().unwrap() {
                off.insert(day["date"].as_str().unwrap().parse().unwrap(), day["isOffDay"].as_bool().unwrap());
            }
        }
        Days2019To2026(off)
    }

    fn worked(&self, day: NaiveDate) -> bool {
        match self.0.get(&day) {
            Some(off) => !off,
            None => day.weekday() != Weekday::Sat && day.weekday() != Weekday::Sun,
        }
    }

    fn before(&self, day: NaiveDate) -> NaiveDate {
        if self.worked(day) { day } else { self.before(day.pred_opt().unwrap()) }
    }

    fn after(&self, day: NaiveDate) -> NaiveDate {
        if self.worked(day) { day } else { self.after(day.succ_opt().unwrap()) }
    }
}

struct Duty {
    task: String,
    unit: String,
    lead: bool,
    /// On which day of the month progress is asked for.
    call_day: u32,
    /// The words and the due date of what binds this unit.
    milestones: Vec<(String, NaiveDate)>,
    /// The words and the rule of what comes round for this unit.
    recurring: Vec<(String, Value)>,
}

/// Whether a recurring date falls on this day.
fn comes_round(rule: &Value, day: NaiveDate) -> bool {
    let is_last = day.succ_opt().unwrap().day() == 1;
    let months = match rule["period"].as_str().unwrap() {
        "day" => return true,
        "week" => return u64::from(day.weekday().number_from_monday()) == rule["day"].as_u64().unwrap_or(7),
        "ten_days" => return [10, 20].contains(&day.day()) || is_last,
        "half_month" => return day.day() == 15 || is_last,
        "month" => 1,
        "two_months" => 2,
        "quarter" => 3,
        "half_year" => 6,
        "year" => 12,
        other => panic!("{other}"),
    };
    let month = u64::from((day.month() - 1) % months + 1);
    let on_day = match rule["day"].as_u64() {
        Some(on) => u64::from(day.day()) == on || (is_last && u64::from(day.day()) < on),
        None => is_last,
    };
    month == rule["month"].as_u64().unwrap_or(u64::from(months)) && on_day
}

/// Who has to do what by when, from what the import read and from whom the duties were given to.
fn duties(office: &Office, imported: &Value) -> Vec<Duty> {
    let file = office.path("all.json");
    office.ask(&["export", file.to_str().unwrap()]);
    let export: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let tasks = imported["tasks"].as_array().unwrap();
    let rows = export["duties"].as_array().unwrap().iter().map(|row| {
        let (unit, lead) = (row["unit"].as_str().unwrap(), row["role"] == "lead");
        let task = tasks.iter().find(|task| task["number"] == row["task"]).unwrap();
        let milestones = task["milestones"].as_array().unwrap().iter().filter_map(|milestone| {
            let for_all = milestone["scope"].is_null();
            let of_place = milestone["scope"].as_str().is_some_and(|scope| unit.starts_with(scope));
            // Windows and starting dates are no deadlines.
            let deadline = !["window", "start"].contains(&milestone["kind"].as_str().unwrap());
            let due = milestone["due"].as_str()?.parse().unwrap();
            (deadline && (for_all || of_place || lead)).then(|| (milestone["text"].as_str().unwrap().to_owned(), due))
        });
        let mut recurring: Vec<(String, Value)> = Vec::new();
        for milestone in task["milestones"].as_array().unwrap() {
            let (scope, rule) = (milestone["scope"].as_str(), &milestone["rule"]);
            let binds = scope.is_none_or(|scope| lead || unit.starts_with(scope));
            if binds && rule.is_object() && recurring.iter().all(|(_, known)| known != rule) {
                recurring.push((milestone["text"].as_str().unwrap().to_owned(), rule.clone()));
            }
        }
        Duty {
            recurring,
            task: row["task"].as_str().unwrap().to_owned(),
            unit: unit.to_owned(),
            lead,
            call_day: if OTHER_CALL_DAYS.contains(&unit) { 10 } else { 25 },
            milestones: milestones.collect(),
        }
    });
    rows.collect()
}

/// The days on which a milestone is named: those of the ladder, then every seven days after the last of them.
fn ladder_days(due: NaiveDate, calendar: &Days2019To2026) -> BTreeSet<NaiveDate> {
    let steps = LADDER.into_iter().chain((1..700).map(|more| -7 - 7 * more));
    let days = steps.map(|step| {
        let nominal = due - chrono::TimeDelta::days(step);
        // After the due date a day off moves on, else back.
        if step < 0 { calendar.after(nominal) } else { calendar.before(nominal) }
    });
    days.collect()
}

/// The day of the first digest after the import.
fn first_digest(office: &Office, calendar: &Days2019To2026) -> NaiveDate {
    let plans = office.ask_json(&["plan", "list", "--json"]);
    let (day, time) = plans[0]["imported_at"].as_str().unwrap().split_once('T').unwrap();
    let day: NaiveDate = day.parse().unwrap();
    calendar.after(if time <= "09:00:00" { day } else { day.succ_opt().unwrap() })
}

/// What is said on `day`, one line an item: to whom, about what, why. `first` is the day of the first digest.
fn said_on(
    (day, first): (NaiveDate, NaiveDate),
    duties: &[Duty],
    ladders: &BTreeMap<NaiveDate, BTreeSet<NaiveDate>>,
    calendar: &Days2019To2026,
) -> Vec<String> {
    let mut said = Vec::new();
    if !calendar.worked(day) {
        return said;
    }
    let is_call_day = |call_day: u32| {
        let mut later = (0..40).map(|ahead| day + Days::new(ahead));
        later.any(|named| named.day() == call_day && calendar.before(named) == day)
    };
    let mut silent: BTreeMap<(String, String, NaiveDate), BTreeSet<String>> = BTreeMap::new();
    for duty in duties {
        let mut named = false;
        for (text, due) in &duty.milestones {
            let left = (*due - day).num_days();
            let reason = if left < 0 {
                "overdue"
            } else if left == 0 {
                "due_today"
            } else {
                "due_soon"
            };
            if ladders[due].contains(&day) {
                said.push(format!("{day} {} {} {reason} {text} {due} {left}", duty.unit, duty.task));
                named = true;
            }
            let past = (1..=-left).take(31).map(|past| *due + Days::new(past.unsigned_abs()));
            let worked = past.filter(|past| calendar.worked(*past)).count();
            if worked == 3 && left > -31 || worked > 3 && day == first {
                let overdue = silent.entry((duty.task.clone(), text.clone(), *due)).or_default();
                overdue.insert(duty.unit.clone());
            }
        }
        for (text, rule) in &duty.recurring {
            // Three days, one and none before it, and the day after; of several periods the first is named.
            let around = (day - Days::new(40)).iter_days().take(80).filter(|due| comes_round(rule, *due));
            let is_named = |due: &NaiveDate| {
                let before = |days| calendar.before(*due - Days::new(days)) == day;
                match rule["period"] == "day" {
                    true => before(0),
                    false => [3, 1, 0].into_iter().any(before) || calendar.after(*due + Days::new(1)) == day,
                }
            };
            if let Some(due) = around.into_iter().find(is_named) {
                said.push(format!(
                    "{day} {} {} recurring {text} {due} {}",
                    duty.unit,
                    duty.task,
                    (due - day).num_days()
                ));
                named = true;
            }
        }
        let comes_near = |rule: &Value| day.iter_days().take(32).any(|due| comes_round(rule, due));
        let near = duty.milestones.iter().any(|(_, due)| (0..=31).contains(&(*due - day).num_days()))
            || duty.recurring.iter().any(|(_, rule)| comes_near(rule));
        // Who is asked about a task already is not asked twice in one message.
        if is_call_day(duty.call_day) && !near && !named {
            said.push(format!("{day} {} {} progress_call   ", duty.unit, duty.task));
        }
    }
    for ((task, text, due), units) in silent {
        let leads = duties.iter().filter(|duty| duty.lead && duty.task == task).map(|duty| duty.unit.as_str());
        let left = (due - day).num_days();
        let units = units.into_iter().collect::<Vec<_>>().join("、");
        for told in leads.chain([COORDINATORS]) {
            said.push(format!("{day} {told} {task} escalation {text} {due} {left} {units}"));
        }
    }
    said
}

/// The same lines from the program's rehearsal.
fn rehearsed(office: &Office, (from, to): (&str, &str)) -> (Vec<String>, Vec<String>) {
    let planned = office.ask_json(&["preview", "--from", from, "--to", to, "--json"]);
    let (mut said, mut briefings) = (Vec::new(), Vec::new());
    let mut told = BTreeSet::new();
    for message in planned.as_array().unwrap() {
        let (at, unit) = (message["at"].as_str().unwrap(), message["unit"].as_str().unwrap());
        let (day, time) = at.split_once('T').unwrap();
        if message["kind"] == "briefing" {
            assert_eq!((time, unit), ("17:00:00+08:00", COORDINATORS));
            briefings.push(day.to_owned());
            continue;
        }
        assert_eq!(time, "09:00:00+08:00");
        assert!(told.insert((day, unit)), "{unit} has two digests on {day}");
        for item in message["items"].as_array().unwrap() {
            let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
            let left = item["days_left"].as_i64().map(|left| left.to_string()).unwrap_or_default();
            let silent = item["silent"].as_array().into_iter().flatten();
            let mut units: Vec<_> = silent.map(|unit| unit.as_str().unwrap()).collect();
            units.sort_unstable();
            let units = if units.is_empty() { String::new() } else { format!(" {}", units.join("、")) };
            let (task, reason, milestone, due) = (text("task"), text("reason"), text("milestone"), text("due"));
            said.push(format!("{day} {unit} {task} {reason} {milestone} {due} {left}{units}"));
        }
    }
    (said, briefings)
}

fn compare(name: &str, office: &Office, file: &str) {
    let imported = office.ask_json(&["plan", "import", file, "--json"]);
    for unit in OTHER_CALL_DAYS {
        // Who is on no roll has no exception either.
        office.run(&["policy", "progress_call", "0 9 10 * *", "--unit", unit]);
    }
    let (duties, calendar) = (duties(office, &imported), Days2019To2026::read());
    let first = first_digest(office, &calendar);
    let dues = duties.iter().flat_map(|duty| &duty.milestones).map(|(_, due)| *due);
    let ladders = dues.map(|due| (due, ladder_days(due, &calendar))).collect();
    let mut lines = 0;
    for span in SPANS {
        let (mut said, briefings) = rehearsed(office, span);
        let (from, to): (NaiveDate, NaiveDate) = (span.0.parse().unwrap(), span.1.parse().unwrap());
        let days = || from.iter_days().take_while(|day| *day <= to);
        let mut expected: Vec<_> = days().flat_map(|day| said_on((day, first), &duties, &ladders, &calendar)).collect();
        said.sort();
        expected.sort();
        if said != expected {
            let (said, expected): (BTreeSet<_>, BTreeSet<_>) = (said.iter().collect(), expected.iter().collect());
            let missing: Vec<_> = expected.difference(&said).take(20).collect();
            let surplus: Vec<_> = said.difference(&expected).take(20).collect();
            panic!("{name}: missing {missing:#?}, surplus {surplus:#?}");
        }
        // On the working day before, where Friday is a day off; with the next week's Friday still to come.
        let fridays =
            days().chain((1..10).map(|past| to + Days::new(past))).filter(|day| day.weekday() == Weekday::Fri);
        let mut expected: Vec<_> =
            fridays.map(|day| calendar.before(day)).filter(|day| (from..=to).contains(day)).collect();
        expected.dedup();
        assert_eq!(briefings, expected.iter().map(NaiveDate::to_string).collect::<Vec<_>>(), "{name}");
        lines += said.len();
    }
    println!("{name}: {} duties, {lines} lines, all alike", duties.len());
}

#[test]
fn the_rehearsal_of_the_demo_plan_is_what_the_rules_say() {
    let office = Office::new();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    office.ask(&["unit", "load", &format!("{seeds}/hunan-roll.json")]);
    compare("demo-plan", &office, &format!("{seeds}/demo-plan.txt"));
}

#[test]
fn the_rehearsals_of_other_plans_are_what_the_rules_say() {
    for name in OTHER_PLANS {
        let file = format!("{}/../shared/plans/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        if fs::exists(&file).unwrap() {
            compare(name, &Office::new(), &file);
        } else {
            println!("skipped: no plan at {file}");
        }
    }
}

#[test]
fn the_rehearsal_of_dates_that_come_round_is_what_the_rules_say() {
    let office = Office::new();
    let file = office.path("recurring.txt");
    let plan = "2019年重点工作分工方案\n一、重点任务\n\
        1.每月5日前报送进展情况。（省公安厅负责）\n\
        2.每季度末通报清理情况。（省财政厅牵头，省公安厅、省政务局配合）\n\
        3.每周五前报送检查情况。（省政务局负责）\n\
        4.每半年开展一次评估。（省财政厅负责）\n\
        5.每年6月底前报送总结，2019年12月底前全部完成。（省教育厅牵头，省财政厅配合）\n\
        6.每季度首月15日前报送台账。（省教育厅负责）\n\
        7.每天巡查并做好记录。（省教育厅负责）\n\
        8.按月调度，每月上旬通报。（省财政厅负责）\n";
    fs::write(&file, plan).unwrap();
    compare("recurring", &office, file.to_str().unwrap());
}
