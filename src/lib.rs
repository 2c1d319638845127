//! `duban` (督办) reads an issued plan, reminds each department in its Telegram group, takes progress as plain replies,
//! records everything in one SQLite file with a tamper-evident ledger, and answers coordinators.
//!
//! # The map
//!
//! ```text
//! Telegram ─ poll ─▶ inbox ─▶ intent ─▶ decide ─▶ ONE TRANSACTION: state + ledger + outbox ─▶ deliver ─▶ Telegram
//! clock ─── cron ─▶ tick ─▶ remind ─────────────▶ ONE TRANSACTION: what was said + outbox ─▶ deliver ─▶ Telegram
//! ```
//!
//! Data goes to the right only. Deciding is a pure function of an intent (or a tick), facts and the moment. Nothing on
//! the left waits for the network on the right; the outbox is where they meet.
//!
//! ```text
//! main.rs        parse, hand over, print one error
//! lib.rs         this map
//! cli/           the commands, as people type them
//! config.rs      the token and Telegram's address, validated
//! network.rs     the way to Telegram: server, proxy, certificates
//! app/           the running bot: its loops, and how they stop; one works off the inbox
//! rounds.rs      what the schedule says: prepared beside the writer, written in pieces
//! overtaken.rs   a digest that has waited says only what is still true
//! lock.rs        one running bot a database
//! flow.rs        THE STORY: on_update and on_tick; read this first
//! handling.rs    an update is handled wholly or not at all, and none ends the process
//! holding.rs     reminders are held while the clock may be wrong
//! clock.rs       the only door to the time
//! log.rs         the log, without secrets
//! files.rs       files that somebody names: what they may be, and who else may read them
//! door.rs        HTTP for whoever comes: under bounds, and for its own pages only
//! disk.rs        how much room there is
//! doctor/        what a set-up lacks, with the remedy
//! demo/          the whole bot on the sandbox, with a plan and a few departments
//! chinese/       PURE  numerals and days, as every Chinese text writes them
//! understanding/ PURE  what people's words mean: words → clauses → facts → one judgement
//! schedule/      PURE  working days, deadlines (6月底前 → a date), cron lines
//! plan/          PURE  a document's bytes → a draft with its doubts
//! paper/         PURE  what is filed and shown: workbook, bulletin, board
//! office/        what all rooms share: ids, units, tasks, duties, places, moments, policy, figures
//! chat/          PURE  what arrives in a chat and what is said there
//! intent/        PURE  what an update wants
//! deciding/      what follows: an intent goes to its room; facts are gathered for it, changes carried out
//!
//! reporting/     反馈: what contacts tell of their duties
//! review/        claims and wishes are decided on
//! steps/         a duty is split into steps
//! problems/      what waits for an answer
//! practices/     what others may learn from
//! inspections/   专项督查
//! citations/     表扬, 提醒, 约谈
//! contacts/      联络员
//! copies/        私聊抄送: digests in private as well
//! coordinators/  督办员
//! plans/         方案: what they are called, and how they end
//! areas/         分工: who of them is asked first
//! binding/       a chat speaks for a unit, or no longer
//! transfers/     转办, 退回: what a unit says is another's
//! unheard/       补: what somebody reported before being registered
//! instructions/  批示 under a unit's report, and its answer
//! later/         稍后反馈: reminded once more
//! nudges/        催办 beside the schedule
//! receipts/      签收: who has read what was sent
//! evidence/      佐证: what the files of reports hold, and whether they are kept
//! quiet/         how much is said, and to whom nothing
//! importing/     a document becomes a plan
//! assigning/     交办: items without a document, and tasks changed by word
//! roll/          名册: units, names, members
//! settings/      the policy and the holidays
//! questions/     what is asked, and the answers
//! history/       what happened to a task
//! reminding/     what the schedule says
//! briefing/      what is brought to the meeting
//! awaiting/      words that answer what was asked for
//! filing/        the papers, made from what is held
//!
//! board.rs       the board as a page, behind a signed link
//! store/         a Tx is one change at one instant; ledger, inbox, outbox and delivery live here
//! telegram/      the only teloxide: poll, read, send, and what a refusal means
//! room.rs        a full disk is waited out
//! safekeeping.rs a copy of the database each day
//! deliver.rs     claim, send, record: the only place that sends
//! monitor.rs     health and numbers over HTTP
//! tally.rs       what has happened since the process began, in numbers
//! sandbox/       a Bot API on localhost with its chat page; knows nothing of the rest
//! ```
//!
//! # The rules
//!
//! A room is a folder for one thing that the bot can do. `mod.rs` has its nouns, among them what is `Wanted` of it, what is
//! `Known` that bears on it alone, and each `Change` that it makes; `rules` has what follows, beginning with `decide`, one
//! arm a want; `sentences` what is said; `rows` its SQL as functions that take the transaction, among them `carry_out`, one
//! arm a change. All but the rows is pure: no SQL, network, async or clock. Only rows and `store` have SQL, only `telegram` has teloxide, only `deliver` sends, only
//! `clock` reads the time. Every file opens by saying what it is and stays under 400 lines without its tests.
//! No files need each other in a circle; but a folder hands over to its parts, which may use its nouns.
//! `tests/it/architecture.rs` and `tests/it/circles.rs` read the sources and hold them to this.
#![forbid(unsafe_code)]

pub mod app;
pub mod areas;
pub mod assigning;
pub mod awaiting;
pub mod binding;
pub mod board;
pub mod briefing;
pub mod chat;
pub mod chinese;
pub mod citations;
pub mod cli;
pub mod clock;
pub mod config;
pub mod contacts;
pub mod coordinators;
pub mod copies;
pub mod deciding;
pub mod deliver;
pub mod demo;
pub mod disk;
pub mod doctor;
pub mod door;
pub mod evidence;
pub mod files;
pub mod filing;
pub mod flow;
pub mod handling;
pub mod history;
pub mod holding;
pub mod importing;
pub mod inspections;
pub mod instructions;
pub mod intent;
pub mod later;
pub mod lock;
pub mod log;
pub mod monitor;
pub mod network;
pub mod nudges;
pub mod office;
mod overtaken;
pub mod paper;
pub mod plan;
pub mod plans;
pub mod practices;
pub mod problems;
pub mod questions;
pub mod quiet;
pub mod receipts;
pub mod reminding;
pub mod reporting;
pub mod review;
pub mod roll;
pub mod room;
pub mod rounds;
pub mod safekeeping;
pub mod sandbox;
pub mod schedule;
pub mod settings;
pub mod steps;
pub mod store;
pub mod tally;
pub mod telegram;
pub mod transfers;
pub mod understanding;
pub mod unheard;
