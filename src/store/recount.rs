//! Tests that the figures are those that the ledger alone gives: a recount that reads nothing but its entries.

mod dates;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::Value;

use crate::chat::incoming::{ChatKind, Event, Incoming, IncomingChat, Sender, Standing};
use crate::office::ids::{ChatId, DutyId, PersonId};
use crate::office::milestone::MilestoneStatus;
use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::office::rows::Which;
use crate::office::standing::Ruling;
use crate::office::status::Status;
use crate::office::{figures, rows};
use crate::problems::{Ending, sameness};
use crate::reporting::Record;
use crate::schedule::calendar::Calendar;
use crate::store::{Store, Tx, ledger, people, verify};
use crate::understanding::Item;
use crate::{importing, problems, reporting, review};

const PLAN: &str = "1.甲任务，2019年6月底前完成试点，2019年12月底前全面完成。（省公安厅牵头，省财政厅、省司法厅配合）\n2.乙任务。（省财政厅负责）\n3.丙任务，2019年9月底前完成。（省司法厅、省公安厅负责）";

/// What happens: to the duty in this place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Say {
        duty: usize,
        message: i64,
        status: Option<Status>,
        problem: Option<&'static str>,
        over: bool,
    },
    /// The first date is claimed, where there is one.
    ClaimDate {
        duty: usize,
        message: i64,
    },
    Withdraw {
        duty: usize,
        message: i64,
    },
    /// Of one that is open, if any.
    EndProblem {
        duty: usize,
        how: Ending,
    },
    /// Only where it fits how the duty stands, as decided by `decide`.
    Rule {
        duty: usize,
        ruling: Ruling,
    },
    /// On the first date, where it waits.
    RuleDate {
        duty: usize,
        accepted: bool,
    },
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let status = prop::sample::select(vec![
        None,
        Some(Status::InProgress),
        Some(Status::Blocked),
        Some(Status::ClaimedDone),
        Some(Status::ClaimedDone),
        Some(Status::Suspended),
    ]);
    let problem = prop::sample::select(vec![None, Some("数据未打通"), Some("数据仍未打通。"), Some("经费未到位")]);
    let step = prop_oneof![
        4 => (0..6_usize, 1..5_i64, status, problem, prop::bool::weighted(0.2))
            .prop_map(|(duty, message, status, problem, over)| Step::Say { duty, message, status, problem, over }),
        2 => (0..6_usize, 1..5_i64).prop_map(|(duty, message)| Step::ClaimDate { duty, message }),
        2 => (0..6_usize, prop::bool::ANY).prop_map(|(duty, accepted)| Step::RuleDate { duty, accepted }),
        2 => (0..6_usize, prop::sample::select(Ending::ALL.to_vec()))
            .prop_map(|(duty, how)| Step::EndProblem { duty, how }),
        1 => (0..6_usize, 1..5_i64).prop_map(|(duty, message)| Step::Withdraw { duty, message }),
        3 => (0..6_usize, prop::sample::select(Ruling::ALL.to_vec()))
            .prop_map(|(duty, ruling)| Step::Rule { duty, ruling }),
    ];
    prop::collection::vec(step, 0..30)
}

/// A message's report on a duty, as the ledger tells of it.
#[derive(Default)]
struct Told {
    /// Where in the ledger it became known.
    seq: i64,
    status: Option<String>,
    /// The date that it claims.
    claims: Option<i64>,
    /// What it names as problems, each with the entry since which it does; an empty one says that none is left.
    problems: BTreeMap<String, i64>,
    live: bool,
}

#[derive(Default)]
pub(super) struct Recount {
    reports: BTreeMap<(i64, i64), Told>,
    /// Decisions on duties: where in the ledger, and what.
    decisions: Vec<(i64, i64, String)>,
    /// Decisions on dates: where in the ledger, of which duty, which date, and what.
    on_dates: Vec<(i64, i64, i64, String)>,
    /// Problems that somebody ended: where in the ledger, of which duty, and what.
    ended: Vec<(i64, i64, String)>,
}

impl Recount {
    pub(super) fn read(entries: &[(i64, String, Value)]) -> Recount {
        let mut recount = Recount::default();
        for (seq, kind, body) in entries {
            let duty = body["duty"].as_i64().unwrap_or_default();
            let message = body["message"].as_i64().unwrap_or_default();
            match kind.as_str() {
                "report_recorded" | "report_revised" => {
                    let told = recount.reports.entry((duty, message)).or_default();
                    let of_duty = recount.decisions.iter().map(|(at, of, _)| (at, of));
                    let mut of_duty = of_duty.chain(recount.on_dates.iter().map(|(at, of, ..)| (at, of)));
                    let decided = of_duty.any(|(at, of)| *of == duty && *at > told.seq);
                    if !told.live || !decided {
                        told.seq = *seq;
                    }
                    let item = &body["item"];
                    let named = item["problems"].as_array().into_iter().flatten().filter_map(Value::as_str);
                    let over = item["problems_over"] == true;
                    let said = named.map(sameness).chain(over.then(String::new));
                    let before = if told.live { std::mem::take(&mut told.problems) } else { BTreeMap::new() };
                    told.problems =
                        said.map(|what| (what.clone(), before.get(&what).copied().unwrap_or(*seq))).collect();
                    told.live = true;
                    told.status = body["item"]["status"].as_str().map(str::to_owned);
                    told.claims = body["item"]["claims"].as_i64();
                }
                "report_withdrawn" => {
                    if let Some(told) = recount.reports.get_mut(&(duty, message)) {
                        told.live = false;
                    }
                }
                "problem_ended" => {
                    recount.ended.push((*seq, duty, sameness(body["what"].as_str().unwrap_or_default())));
                }
                "claim_decided" if body["milestone"].is_i64() => {
                    let date = body["milestone"].as_i64().unwrap_or_default();
                    let decision = body["decision"].as_str().unwrap_or_default().to_owned();
                    recount.on_dates.push((*seq, duty, date, decision));
                }
                "claim_decided" | "duty_suspended" | "duty_resumed" | "duty_reopened" => {
                    recount.decisions.push((*seq, duty, body["decision"].as_str().unwrap_or_default().to_owned()));
                }
                _ => {}
            }
        }
        recount
    }

    fn live(&self, duty: i64) -> Vec<&Told> {
        self.reports.iter().filter(|((of, _), told)| *of == duty && told.live).map(|(_, told)| told).collect()
    }

    /// How a duty stands, in the words of the contract.
    pub(super) fn status(&self, duty: i64) -> &str {
        let said = self.live(duty).into_iter().filter_map(|told| Some((told.seq, told.status.as_deref()?)));
        let decided = self.decisions.iter().filter(|(_, of, _)| *of == duty);
        let decided = decided.map(|(seq, _, what)| (*seq, true, what.as_str()));
        let mut happened: Vec<(i64, bool, &str)> = said.map(|(seq, what)| (seq, false, what)).chain(decided).collect();
        happened.sort_unstable();
        let happened = happened.into_iter().map(|(_, decided, what)| (decided, what));
        let (mut status, mut before, mut interrupted) = ("not_started", "not_started", None);
        for (decided, what) in happened {
            if status != "claimed_done" && status != "done" && interrupted.is_none() {
                before = status;
            }
            match what {
                "suspended" if decided && status != "done" && interrupted.is_none() => interrupted = Some(status),
                "resumed" => status = interrupted.take().unwrap_or(status),
                "reopened" if status == "done" => status = "in_progress",
                "accepted" => (status, interrupted) = ("done", None),
                "returned" => {
                    (status, interrupted) = (if before == "not_started" { "in_progress" } else { before }, None);
                }
                _ if decided || status == "done" || interrupted.is_some() => {}
                // What a unit calls suspended only stands still.
                "suspended" => status = "blocked",
                said => status = said,
            }
        }
        if interrupted.is_some() { "suspended" } else { status }
    }

    /// The problems of a duty that wait for an answer.
    fn open_problems(&self, duty: i64) -> BTreeSet<String> {
        let said = self.live(duty).into_iter().flat_map(|told| told.problems.iter());
        let said = said.map(|(what, seq)| (*seq, what.clone(), false));
        let ended = self.ended.iter().filter(|(_, of, _)| *of == duty);
        let mut happened: Vec<_> = said.chain(ended.map(|(seq, _, what)| (*seq, what.clone(), true))).collect();
        happened.sort_unstable();
        let mut open = BTreeSet::new();
        for (_, what, ends) in happened {
            match (what.is_empty(), ends) {
                (true, _) => open.clear(),
                (false, true) => {
                    open.remove(&what);
                }
                (false, false) => {
                    open.insert(what);
                }
            }
        }
        open
    }
}

fn said(duty: DutyId, person: PersonId, message_id: i64, reported_at: DateTime<Utc>, item: Item) -> Record {
    let text = format!("{item:?}");
    Record {
        duty,
        person,
        message_id,
        reported_at,
        text,
        whole: None,
        item,
        late: false,
        made_up: false,
        edited: false,
        overtaken: false,
        on_behalf: false,
        attachments: Vec::new(),
        puts_off: None,
    }
}

pub(super) async fn take(tx: &mut Tx, steps: &[Step], (chat, person): (ChatId, PersonId)) {
    for step in steps {
        let duties = rows::duties(tx, Which::All).await.unwrap();
        let at = |place: usize| &duties[place % duties.len()];
        match *step {
            Step::Say { duty, message, status, problem, over } => {
                let problems = problem.map(str::to_owned).into_iter().collect();
                let item = Item { status, problems, problems_over: over, ..Item::default() };
                let whole = (message % 2 == 0).then(|| format!("{message}：{item:?}"));
                let record = Record { whole, ..said(at(duty).id, person, message, tx.now, item) };
                reporting::rows::record(tx, &record, chat, person).await.unwrap();
            }
            Step::ClaimDate { duty, message } => {
                let Some(date) = at(duty).milestones.first().map(|date| date.id) else { continue };
                let item = Item { status: Some(Status::InProgress), claims: Some(date), ..Item::default() };
                reporting::rows::record(tx, &said(at(duty).id, person, message, tx.now, item), chat, person)
                    .await
                    .unwrap();
            }
            Step::RuleDate { duty, accepted } => {
                let Some(of) = at(duty).waiting.claims.iter().find_map(|claim| claim.of) else { continue };
                let ruling = if accepted { Ruling::Accepted } else { Ruling::Returned };
                review::rows::rule(tx, at(duty).id, (ruling, Some(of)), (None, None), person).await.unwrap();
            }
            Step::Withdraw { duty, message } => {
                let by = super::ledger::Actor::Person(person);
                reporting::rows::withdraw(tx, chat, message, &[at(duty).id], by).await.unwrap();
            }
            Step::EndProblem { duty, how } => {
                if let Some(problem) = at(duty).problems.first() {
                    problems::rows::end_problem(tx, at(duty).id, problem.id, how, None, person).await.unwrap();
                }
            }
            Step::Rule { duty, ruling } if ruling.fits(at(duty).status) => {
                review::rows::rule(tx, at(duty).id, (ruling, None), (None, Some("理由")), person).await.unwrap();
            }
            Step::Rule { .. } => {}
        }
    }
}

pub(super) async fn somebody(tx: &mut Tx) -> (ChatId, PersonId) {
    let incoming = Incoming {
        chat: IncomingChat { telegram_id: -1, topic: None, kind: ChatKind::Group, title: "群".into() },
        sender: Sender::Person { telegram_id: 1, name: "某人".into() },
        event: Event::Membership { was: Standing::Absent, is: Standing::Member },
    };
    let (place, _) = people::place(tx, &incoming).await.unwrap();
    (place.chat.id, place.speaker.unwrap().id)
}

pub(super) async fn entries(tx: &mut Tx) -> Vec<(i64, String, Value)> {
    let exported = ledger::ledger_entries(tx, 0, 10_000).await.unwrap();
    exported.into_iter().map(|entry| (entry.seq, entry.kind, serde_json::from_str(&entry.body).unwrap())).collect()
}

async fn figures_are_those_of_the_ledger(store: &Store, now: DateTime<Utc>, steps: &[Step]) {
    // Never committed: the next case begins with the plan alone.
    let mut tx = store.begin(now).await.unwrap();
    let somebody = somebody(&mut tx).await;
    take(&mut tx, steps, somebody).await;
    let recount = Recount::read(&entries(&mut tx).await);
    let (duties, unassigned) =
        (rows::duties(&mut tx, Which::All).await.unwrap(), rows::unassigned_tasks(&mut tx).await.unwrap());
    let figures = figures::of(&duties, &unassigned, Moment::of(now, &Policy::default(), &Calendar::china()));

    let ids: Vec<DutyId> = duties.iter().map(|duty| duty.id).collect();
    let standing = |wanted: &str| ids.iter().filter(|id| recount.status(id.0) == wanted).count();
    let open = |id: &&DutyId| !matches!(recount.status(id.0), "claimed_done" | "done" | "suspended");
    let counts = figures.totals.duties.counts;
    assert_eq!(counts.total, ids.len());
    assert_eq!(counts.done, standing("done"), "{steps:?}");
    assert_eq!(counts.claimed_done, standing("claimed_done"), "{steps:?}");
    assert_eq!(counts.in_progress, standing("in_progress"), "{steps:?}");
    assert_eq!(counts.blocked, standing("blocked"), "{steps:?}");
    assert_eq!(counts.not_started, standing("not_started"), "{steps:?}");
    assert_eq!(counts.suspended, standing("suspended"), "{steps:?}");
    assert_eq!(figures.claims.len(), standing("claimed_done"));
    for duty in &duties {
        let (claimed, done) = recount.dates(duty.id.0);
        let whole = recount.status(duty.id.0);
        let stand = |date: i64| match whole {
            _ if done.contains(&date) => MilestoneStatus::Done,
            "done" => MilestoneStatus::Done,
            "claimed_done" => MilestoneStatus::ClaimedDone,
            _ if claimed.contains(&date) => MilestoneStatus::ClaimedDone,
            _ => MilestoneStatus::Open,
        };
        for date in &duty.milestones {
            assert_eq!(date.stands, stand(date.id.0), "{steps:?}");
        }
    }
    let verified = verify::verify(&mut tx).await.unwrap();
    assert!(verified.holds(), "{verified:?}: {steps:?}");
    let heard = |id: &&DutyId| !open(id) || !recount.live(id.0).is_empty();
    let heard = ids.iter().filter(heard).count() - standing("suspended");
    assert_eq!(figures.totals.duties.heard, heard, "{steps:?}");
    let by_hearing = figures.totals.duties.by_hearing().map(|(_, count)| count);
    assert_eq!(by_hearing.iter().sum::<usize>(), counts.total, "they add up: {steps:?}");
    let silent = ids.iter().filter(open).filter(|id| recount.live(id.0).is_empty()).count();
    assert_eq!(figures.totals.duties.silent, silent, "{steps:?}");
    for duty in &duties {
        let held: BTreeSet<String> = duty.problems.iter().map(|problem| sameness(&problem.what)).collect();
        assert_eq!(held, recount.open_problems(duty.id.0), "{steps:?}");
    }
    let open: usize = ids.iter().map(|id| recount.open_problems(id.0).len()).sum();
    assert_eq!((figures.totals.problems, figures.problems.len()), (open, open), "{steps:?}");
    assert_eq!(problems::rows::problems_unlike_what_was_said(&mut tx).await.unwrap(), 0, "{steps:?}");
    let blocked = |id: &&DutyId| recount.status(id.0) == "blocked" && recount.open_problems(id.0).is_empty();
    assert_eq!(figures.blocked.len(), ids.iter().filter(blocked).count(), "{steps:?}");
    let by_unit: usize = figures.totals.units.iter().map(|unit| unit.counts.done).sum();
    assert_eq!(by_unit, counts.done, "the units add up");
    let lights = counts.lights;
    assert_eq!(
        lights.green + lights.yellow + lights.red + lights.grey + lights.suspended + lights.done,
        counts.total,
        "each has one light"
    );
    let by_section: usize = figures.totals.sections.iter().map(|section| section.tasks.total).sum();
    assert_eq!(by_section, figures.totals.tasks.total, "the sections add up");
}

/// A store in this folder that has held the plan for ninety days.
pub async fn store_with_plan(folder: &Path, now: DateTime<Utc>) -> Store {
    let store = Store::open_or_create(&format!("sqlite://{}/duban.db", folder.display())).await.unwrap();
    let mut tx = store.begin(now - TimeDelta::days(90)).await.unwrap();
    let draft = crate::plan::read("plan.txt", PLAN.as_bytes()).unwrap();
    importing::rows::plans::import(&mut tx, &draft, &[7; 32], "plan.txt", None).await.unwrap();
    tx.commit().await.unwrap();
    store
}

#[test]
fn figures_are_counted_as_the_ledger_has_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let now: DateTime<Utc> = "2019-07-04T02:00:00Z".parse().unwrap();
    let store = runtime.block_on(store_with_plan(folder.path(), now));
    proptest!(ProptestConfig::with_cases(64), |(steps in steps())| {
        runtime.block_on(figures_are_those_of_the_ledger(&store, now, &steps));
    });
}
