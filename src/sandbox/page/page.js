// The chat page: shows what the store holds, and sends what the visitor does.

import { pick, say, translate } from "./language.js";
import { messageRow } from "./message.js";
import { $, avatar, make, size, snippet, toast } from "./parts.js";
import { addEntry, filesOf, isPlan, play, showEntries, showPending, showTrials, showTroubles } from "./room.js";
import { samples } from "./samples.js";
import { ask, listen } from "./server.js";
import {
  draft, dropDraft, isGroup, latestOfBot, markRead, messageOf, putMessage, reachesBot, removeMessage, replaceAll, room,
  setDraft, setSpeaker, speaker, store, unreadIn,
} from "./store.js";
import { day, flashClock, narrow, setClock, setZone, startClock, today, when } from "./time.js";

/** How near to the end of the conversation still counts as looking at the newest message, in pixels. */
const NEAR = 60;
/** Messages of one sender within so many seconds stand together. */
const TOGETHER = 600;
/** While the clock plays it goes on after so many milliseconds. */
const BEAT = 4000;
/** On a screen this wide the rehearsal room is open from the start. */
const wide = matchMedia("(min-width: 1180px)");

/** The rows of the conversation by what they stand for, each with what it was made from. */
const rows = new Map();
let isAtBottom = true;

function show() {
  const chat = room();
  document.body.classList.toggle("open", chat !== undefined);
  $("talk").hidden = !chat;
  $("nothing").hidden = Boolean(chat);
  if (chat) {
    showHead(chat);
    showConversation(chat);
    showComposer(chat);
  }
  showChats();
}

function open(id) {
  if (id !== Number(location.hash.slice(1))) location.hash = id ?? "";
  store.current = id;
  rows.clear();
  $("conversation").replaceChildren();
  show();
  toBottom();
  if (room() && !narrow.matches) $("input").focus();
}

/** The chat in the address, or on a wide screen the first one. */
function chatToOpen() {
  return Number(location.hash.slice(1)) || (narrow.matches ? null : (store.state.chats[0]?.id ?? null));
}

// The chats

function showChats() {
  const focused = document.activeElement.dataset.chat;
  $("chats").replaceChildren(...store.state.chats.map(chatButton));
  if (focused) $("chats").querySelector(`[data-chat="${focused}"]`)?.focus();
  const unread = store.state.chats.reduce((sum, chat) => sum + unreadIn(chat), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${store.state.bot.name} · ${say("演示", "rehearsal")}`;
}

function chatButton(chat) {
  const last = chat.messages.at(-1);
  const unread = unreadIn(chat);
  const attributes = { type: "button", "data-chat": chat.id, "aria-current": chat.id === store.current };
  return make("button", { ...attributes, onclick: () => open(chat.id) },
    avatar(chat.id, chat.title, false),
    make("span", { class: "name" }, isGroup(chat) ? chat.title : say(`${chat.title}（私聊）`, `${chat.title} (private)`)),
    make("span", { class: "when" }, last ? when(last.date) : ""),
    lastLine(chat, last),
    unread ? make("span", { class: "unread", "aria-label": say(`${unread} 条未读`, `${unread} unread`) }, String(unread)) : make("span"));
}

function lastLine(chat, last) {
  if (!last) return make("span", { class: "last" }, chat.bot_present ? say("还没有消息", "No messages yet") : say("机器人不在群里", "The bot is not there"));
  const isObvious = !isGroup(chat) && last.from.is_bot;
  return make("span", { class: "last" }, make("b", {}, isObvious ? "" : `${last.from.name}：`), snippet(last));
}

// The conversation

function showHead(chat) {
  $("face").replaceChildren(avatar(chat.id, chat.title, false));
  $("title").textContent = chat.title;
  const names = [...chat.members.map((member) => member.name), ...(chat.bot_present ? [store.state.bot.name] : [])];
  const people = isGroup(chat) ? names.join(say("、", ", ")) : say(`与${store.state.bot.name}的私聊`, `private chat with ${store.state.bot.name}`);
  $("about").textContent = chat.bot_present ? people : `${people}${say("（机器人不在）", " (without the bot)")}`;
}

/** Keeps the rows that have not changed, so that focus stays and screen readers hear only what is new. */
function showConversation(chat) {
  const list = $("conversation");
  list.classList.toggle("private", !isGroup(chat));
  const isFirstLook = rows.size === 0;
  const wanted = chat.messages.flatMap((message, at) => {
    const row = rowOf(chat, at, isFirstLook);
    const previous = chat.messages[at - 1];
    const isSameDay = previous && day(previous.date) === day(message.date);
    return isSameDay ? [row] : [dayRow(message), row];
  });
  const kept = new Set(wanted);
  for (const element of [...list.children]) if (!kept.has(element)) element.remove();
  wanted.forEach((element, at) => {
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
  });
  markRead(chat);
  keepBottom();
}

function dayRow(message) {
  const text = day(message.date);
  return remembered(`day of ${message.id}`, text, () => make("li", { class: "date" }, text));
}

function rowOf(chat, at, isFirstLook) {
  const message = chat.messages[at];
  const isTogether = (other) => other?.from.id === message.from.id && Math.abs(other.date - message.date) < TOGETHER;
  const view = {
    message,
    first: !isTogether(chat.messages[at - 1]),
    last: !isTogether(chat.messages[at + 1]),
    goesOn: isSameAlbum(message, chat.messages[at + 1]),
    own: message.from.id === speaker(chat)?.id,
    inGroup: isGroup(chat),
    chosen: [draft().reply, draft().edit].includes(message.id),
    // The parts of an album answer the same message.
    repliedTo: isSameAlbum(chat.messages[at - 1], message) ? null : (messageOf(chat, message.reply_to) ?? null),
  };
  const isNew = !isFirstLook && !rows.has(message.id);
  const row = remembered(message.id, JSON.stringify(view), () => messageRow(view, acts));
  if (isNew) row.classList.add("fresh");
  return row;
}

function isSameAlbum(one, next) {
  return one?.album != null && one.album === next?.album;
}

/** The element that was made from the same before, or a new one. */
function remembered(key, from, build) {
  if (rows.get(key)?.from !== from) rows.set(key, { from, element: build() });
  return rows.get(key).element;
}

/** What the buttons of a message do. */
const acts = {
  reply: (message) => write({ reply: message.id, edit: null }),
  edit: (message) => write({ edit: message.id, reply: null, files: [], text: message.text }),
  press: (message, button, element) => (pressing = Promise.all([pressing, press(message, button, element)])),
  command: sendCommand,
  jump,
  loaded: keepBottom,
};

/** As in Telegram, a command that is clicked is sent. */
function sendCommand(command) {
  const chat = room();
  const isAddressed = !isGroup(chat) || command.includes("@");
  const text = isAddressed ? command : `${command}@${store.state.username}`;
  return ask("say", { chat: chat.id, person: speaker(chat)?.id, text, reply_to: null });
}

function jump(id) {
  const row = rows.get(id)?.element;
  row?.scrollIntoView({ block: "center", behavior: "smooth" });
  row?.classList.remove("flash");
  requestAnimationFrame(() => row?.classList.add("flash"));
}

function toBottom() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  scrolled();
}

/** What grows above or below must not push the newest message out of sight. */
function keepBottom() {
  if (isAtBottom) toBottom();
}

function scrolled() {
  const { scrollHeight, scrollTop, clientHeight } = $("scroll");
  isAtBottom = scrollHeight - scrollTop - clientHeight < NEAR;
  $("to-bottom").hidden = isAtBottom;
}

// Writing

/** Changes what is being written, and lets the visitor go on with it. */
function write(change) {
  revise(change);
  const end = $("input").value.length;
  $("input").focus();
  $("input").setSelectionRange(end, end);
}

function revise(change) {
  setDraft(change);
  showConversation(room());
  showComposer(room());
}

function showComposer(chat) {
  const { text, reply, edit } = draft();
  if ($("input").value !== text) $("input").value = text;
  $("input").style.height = "auto";
  $("input").style.height = `${$("input").scrollHeight}px`;
  showSpeakers(chat);
  showContext(chat);
  $("commands").hidden = chat.commands.length === 0;
  $("hints").replaceChildren(...(edit === null ? chat.hints : []).map(hintButton));
  $("tip").hidden = !isGroup(chat) || reply !== null || edit !== null || reachesBot(text);
  $("answer-latest").hidden = !latestOfBot(chat);
}

function showSpeakers(chat) {
  const options = chat.members.map((member) => make("option", { value: member.id }, member.name));
  const isSame = options.length === $("speaker").length && options.every((option, at) => option.isEqualNode($("speaker")[at]));
  // An open list would close.
  if (!isSame) $("speaker").replaceChildren(...options);
  $("speaker").value = speaker(chat)?.id;
  $("speaker-label").hidden = options.length < 2;
}

/** The bar above the input: which message is answered or corrected, and the file. */
function showContext(chat) {
  const { reply, edit, files } = draft();
  const message = messageOf(chat, edit ?? reply);
  const [symbol, title] =
    edit !== null ? ["edit", say("修改消息", "Edit")]
    : message ? ["reply", say(`回复 ${message.from.name}`, `Reply to ${message.from.name}`)]
    : ["attach", say("附件", "Attachment")];
  const lines = [attached(files), message && snippet(message)];
  $("context").hidden = !message && files.length === 0;
  $("context").querySelector("use").setAttribute("href", `#icon-${symbol}`);
  $("context").querySelector("b").textContent = title;
  $("context").querySelector("span").textContent = lines.filter(Boolean).join(" · ");
  $("as-plan").hidden = !(files.length === 1 && isPlan(files[0]));
}

function attached(files) {
  if (files.length > 1) return say(`[相册] ${files.length} 个文件`, `[album] ${files.length} files`);
  return files[0] && say(`[附件] ${files[0].name}（${size(files[0].size)}）`, `[file] ${files[0].name} (${size(files[0].size)})`);
}

function hintButton(hint) {
  return make("button", { type: "button", onclick: () => write({ text: hint, ...replyFor(hint) }) }, hint);
}

/** In a group a phrase answers the bot's latest message, unless another one was chosen. */
function replyFor(text) {
  const chat = room();
  if (!isGroup(chat) || draft().reply !== null || reachesBot(text)) return {};
  return { reply: latestOfBot(chat)?.id ?? null };
}

/** Shows all commands when asked to, and those that fit while one is being typed. */
function showMenu(isAsked) {
  const typed = draft().text;
  const isTyping = /^\/\w*$/u.test(typed);
  const fitting = room().commands.filter(({ command }) => isAsked || (isTyping && `/${command}`.startsWith(typed)));
  $("menu").replaceChildren(...fitting.map(commandButton));
  $("menu").hidden = fitting.length === 0;
  $("commands").setAttribute("aria-expanded", fitting.length > 0);
}

function closeMenu() {
  $("menu").hidden = true;
  $("commands").setAttribute("aria-expanded", "false");
  $("input").focus();
}

/** Shows what can be attached. */
function showFiles() {
  const sample = ([label, make]) => fileButton(label, async () => write({ files: await make(), edit: null }));
  const own = fileButton(say("选择本机文件…", "A file of your own…"), () => $("file").click());
  $("menu").replaceChildren(...samples.map(sample), own);
  $("menu").hidden = false;
}

function fileButton(label, take) {
  const choose = () => {
    showMenu(false);
    take();
  };
  return make("button", { type: "button", onclick: choose }, label);
}

function commandButton({ command, description }) {
  const text = isGroup(room()) ? `/${command}@${store.state.username} ` : `/${command} `;
  const take = () => {
    write({ text });
    showMenu(false);
  };
  return make("button", { type: "button", onclick: take }, make("b", {}, `/${command}`), description);
}

function cancel() {
  const isEdit = draft().edit !== null;
  write({ reply: null, edit: null, files: [], ...(isEdit ? { text: "" } : {}) });
  showMenu(false);
}

function typed(event) {
  // While an input method composes, Enter takes its suggestion.
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  }
}

async function send() {
  const chat = room();
  const { text, reply, edit, files } = draft();
  if (!text.trim() && files.length === 0) return;
  const from = { chat: chat.id, person: speaker(chat)?.id, reply_to: reply };
  const done =
    edit !== null ? await ask("edit", { chat: chat.id, message_id: edit, text })
    : files.length > 0 ? await ask("attach", { ...from, caption: text, files })
    : await ask("say", { ...from, text });
  if (!done) return;
  dropDraft(chat);
  if (store.current !== chat.id) return;
  write({});
  showMenu(false);
  toBottom();
}

// Pressing buttons

/** Done when the server has told the ids of all presses. */
let pressing = Promise.resolve();
/** What to do at the answer, by the id of the press. */
const awaited = new Map();

async function press(message, button, element) {
  element.setAttribute("aria-busy", "true");
  const free = () => element.removeAttribute("aria-busy");
  const person = speaker(room())?.id;
  const done = await ask("press", { chat: message.chat, message_id: message.id, person, data: button.data });
  if (!done) return free();
  awaited.set(done.query, free);
  // As in Telegram, a button does not wait for ever.
  setTimeout(free, 15000);
}

/** Only the page where a button was pressed shows the bot's answer to it. */
async function answered({ query, text, alert }) {
  await pressing;
  const free = awaited.get(query);
  if (!free) return;
  awaited.delete(query);
  free();
  if (alert) {
    $("alert").querySelector("p").textContent = text;
    $("alert").showModal();
  } else if (text) {
    toast(text);
  }
}

async function moveClock(button, wish) {
  button.disabled = true;
  await ask("clock", wish);
  button.disabled = false;
}

// The rehearsal room

let playing = null;
/** Whether the clock has moved since the last beat: where nothing is left to remind of, it stops. */
let hasMoved = true;

function setPlaying(isOn) {
  clearInterval(playing);
  playing = isOn ? setInterval(beat, BEAT) : null;
  $("play").setAttribute("aria-pressed", String(isOn));
  hasMoved = true;
  if (isOn) beat();
}

function beat() {
  if (!hasMoved) return setPlaying(false);
  hasMoved = false;
  ask("clock", { action: "next_reminder" });
}

/** A visitor who is choosing a day is left alone. */
function showDay() {
  $("day").min = today();
  if (document.activeElement !== $("day")) $("day").value = today();
}

function showRoom(isOpen) {
  $("room").hidden = !isOpen;
  $("room-switch").setAttribute("aria-expanded", String(isOpen));
  document.body.classList.toggle("with-room", isOpen);
}

/** Leads to something that may be tried. */
function lead({ to, chat, person, text }) {
  if (!wide.matches) showRoom(false);
  if (to === "next_reminder") return moveClock($("next-reminder"), { action: "next_reminder" });
  open(chat);
  if (!room()) return;
  setSpeaker(room(), person);
  write({ text, edit: null, reply: null, files: [] });
  write(replyFor(text));
}

function take(files) {
  if (!room() && isPlan(files[0])) play(files[0]);
  else if (room()) write({ files, edit: null });
}

async function playPlan(file) {
  if (file && (await play(file)) && room()) dropDraft(room());
}

// What the server tells

function begin(state) {
  const isFirst = store.state === null;
  replaceAll(state);
  setZone(state.time_zone);
  if (isFirst) startClock(state.now);
  else setClock(state.now);
  showDay();
  if (state.notice.zh) $("notice").textContent = pick(state.notice);
  $("notice").hidden = !state.notice.zh;
  showTrials(state.trials, lead);
  showTroubles(state.trouble);
  showPending(state.pending);
  showEntries(state.entries);
  if (room()) show();
  else open(chatToOpen());
}

function arrived(message) {
  const isNew = putMessage(message);
  const isFree = draft().text === "" && draft().reply === null;
  // As in Telegram, the bot's wish for a reply begins one.
  if (isNew && message.force_reply && message.chat === store.current && isFree) setDraft({ reply: message.id });
  show();
}

function removed(message) {
  removeMessage(message);
  show();
}

function clockMoved({ now }) {
  setClock(now);
  showDay();
  hasMoved = true;
  flashClock();
  showChats();
}

const on = (id, event, handle) => $(id).addEventListener(event, handle);
translate();
showRoom(wide.matches);
on("composer", "submit", (event) => {
  event.preventDefault();
  send();
});
on("input", "input", () => {
  revise({ text: $("input").value });
  showMenu(false);
});
on("input", "keydown", typed);
on("cancel", "click", cancel);
on("answer-latest", "click", () => write({ reply: latestOfBot(room()).id }));
on("commands", "click", () => showMenu($("menu").hidden));
on("speaker", "change", () => {
  setSpeaker(room(), Number($("speaker").value));
  show();
});
on("attach", "click", () => ($("menu").hidden ? showFiles() : showMenu(false)));
on("file", "change", () => {
  write({ files: [...$("file").files], edit: null });
  $("file").value = "";
});
on("as-plan", "click", () => playPlan(draft().files[0]));
on("choose-plan", "click", () => $("plan").click());
on("plan", "change", () => {
  playPlan($("plan").files[0]);
  $("plan").value = "";
});
on("back", "click", () => open(null));
on("to-bottom", "click", toBottom);
on("scroll", "scroll", scrolled);
on("next-reminder", "click", (event) => moveClock(event.currentTarget, { action: "next_reminder" }));
on("plus-one-day", "click", (event) => moveClock(event.currentTarget, { action: "advance", days: 1 }));
on("go-to", "submit", (event) => {
  event.preventDefault();
  ask("clock", { action: "go_to", day: $("day").value });
});
on("play", "click", () => setPlaying(playing === null));
on("reset", "click", (event) => {
  setPlaying(false);
  moveClock(event.currentTarget, { action: "reset" });
});
on("room-switch", "click", () => showRoom($("room").hidden));
on("skip", "click", (event) => {
  event.preventDefault();
  if (!room()) open(store.state?.chats[0]?.id ?? null);
  $("input").focus();
});
/** Closes what is open, wherever the focus is. */
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || $("alert").open) return;
  if (!$("room").hidden && !wide.matches) return showRoom(false);
  if (!$("menu").hidden) return closeMenu();
  if (room()) cancel();
});
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const files = filesOf(event.dataTransfer);
  if (files.length > 0) take(files);
});
addEventListener("paste", (event) => {
  const files = filesOf(event.clipboardData);
  if (files.length === 0) return;
  event.preventDefault();
  take(files);
});
addEventListener("hashchange", () => {
  if (store.state && chatToOpen() !== store.current) open(chatToOpen());
});
new ResizeObserver(keepBottom).observe($("scroll"));
listen({ state: begin, message: arrived, removed, answered, clock: clockMoved, entry: addEntry, pending: showPending });
