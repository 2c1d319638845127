// The rehearsal room beside the chats: what may be tried, what goes wrong on purpose, the ledger as it grows, another plan.

import { pick, say } from "./language.js";
import { $, make } from "./parts.js";
import { ask } from "./server.js";
import { when } from "./time.js";

/** What may go wrong: the server's word, ours, and what is to be seen then. */
const TROUBLES = [
  ["none", say("正常", "None"), say("收发如常。", "All goes as usual.")],
  ["too_many", say("限速（429）", "Limit (429)"), say("Telegram 让机器人过几秒再来：消息晚到，一条不少。", "Telegram tells the bot to come again later: messages are late, none is lost.")],
  ["no_answer", say("断网", "No network"), say("Telegram 没有回音：来信和待发的消息都等着，恢复后补上。没有把握是否已发出的，补发时注明可能重复。", "Telegram does not answer: what people write and what the bot has to say waits, and goes out afterwards. What may have gone out already is marked as a possible repetition.")],
  ["stopped", say("停掉程序", "Kill the bot"), say("机器人的程序已被强行结束。照常发消息、拨时钟；再选“正常”，它在原来的数据库上重新启动，把漏下的补齐。", "The bot's program was killed. Go on writing and moving the clock; choose None, and it starts again on the same database and makes up for everything.")],
];
/** Documents that may be plans, by how their names end. */
const PLAN = /\.(docx?|wps|pdf|ofd|xlsx?|et|ods|csv|html?|rtf|txt|md)$/iu;
/** A pasted text of so many lines is a document. */
const LINES = 8;

export const isPlan = (file) => PLAN.test(file.name);

export function showTrials(trials, lead) {
  $("trials").replaceChildren(...trials.map((trial) =>
    make("li", {}, make("button", { type: "button", onclick: () => lead(trial.lead) }, pick(trial.words)))));
}

export function showTroubles(now) {
  const buttons = TROUBLES.map(([name, label]) => {
    const change = () => ask("trouble", { trouble: name });
    return make("button", { type: "button", "data-trouble": name, "aria-pressed": String(name === now), onclick: change }, label);
  });
  const focused = document.activeElement?.dataset.trouble;
  $("troubles").replaceChildren(...buttons);
  if (focused) $("troubles").querySelector(`[data-trouble=${focused}]`).focus();
  $("trouble-words").textContent = TROUBLES.find(([name]) => name === now)[2];
  $("troubles").classList.toggle("on", now !== "none");
}

export function showPending({ received, unsent }) {
  $("pending").textContent = say(`未处理的来信 ${received}，待发的消息 ${unsent}`, `${received} received and not yet handled, ${unsent} not yet sent`);
}

export function showEntries(entries) {
  $("entries").replaceChildren();
  entries.forEach(addEntry);
}

/** The newest one stands first. */
export function addEntry({ number, at, who, what, mark }) {
  $("entries").prepend(make("li", {},
    make("span", { class: "number" }, String(number)),
    make("span", { class: "what" }, pick(what)),
    make("code", {}, mark),
    make("span", { class: "who" }, pick(who)),
    make("span", { class: "when" }, when(at))));
}

/** Plays a document in place of the present plan. */
export const play = (file) => ask("play", { files: [file] });

/** The files that are dropped or pasted; a long text that is pasted is one. */
export function filesOf(transfer) {
  const files = [...(transfer?.files ?? [])];
  const text = transfer?.getData("text/plain") ?? "";
  const isLong = files.length === 0 && text.trim().split("\n").length >= LINES;
  return isLong ? [new File([text], say("粘贴的方案.txt", "pasted.txt"), { type: "text/plain" })] : files;
}
