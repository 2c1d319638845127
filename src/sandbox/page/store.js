// What the page knows: everything the server told it, and what this visitor has open, read and begun to write.

export const store = {
  /** The bot, the chats with their messages, hints and commands; null before the first event. */
  state: null,
  /** The id of the open chat. */
  current: null,
};

/** By chat: the last message that was read, what is being written, who speaks. */
const read = new Map();
const drafts = new Map();
const speakers = new Map();

const EMPTY = { text: "", reply: null, edit: null, files: [] };

const chatOf = (id) => store.state?.chats.find((chat) => chat.id === id);

/** The open chat. */
export const room = () => chatOf(store.current);
export const isGroup = (chat) => chat.kind !== "private";
export const messageOf = (chat, id) => chat.messages.find((message) => message.id === id);
export const latestOfBot = (chat) => chat.messages.findLast((message) => message.from.is_bot);

/** What is being written in the open chat: a text, which message it answers or corrects, files. */
export const draft = () => drafts.get(store.current) ?? EMPTY;
export const setDraft = (change) => drafts.set(store.current, { ...draft(), ...change });
export const dropDraft = (chat) => drafts.delete(chat.id);

export function speaker(chat) {
  const chosen = speakers.get(chat.id);
  return chat.members.find((member) => member.id === chosen) ?? chat.members[0];
}

export const setSpeaker = (chat, person) => speakers.set(chat.id, person);
export const markRead = (chat) => read.set(chat.id, chat.messages.at(-1)?.id ?? 0);

export function unreadIn(chat) {
  const last = read.get(chat.id) ?? 0;
  return chat.messages.filter((message) => message.from.is_bot && message.id > last).length;
}

/** Whether the bot of a group would see the text even when it answers nothing. */
export function reachesBot(text) {
  return text.trimStart().startsWith("/") || text.toLowerCase().includes(`@${store.state.username.toLowerCase()}`);
}

export function replaceAll(state) {
  store.state = state;
  forgetWhatIsGone();
}

/** Adds a message, or puts it in the place of its older self; true when it is new. */
export function putMessage(message) {
  const chat = chatOf(message.chat);
  const at = chat?.messages.findIndex((known) => known.id === message.id);
  if (at >= 0) chat.messages[at] = message;
  else chat?.messages.push(message);
  return at === -1;
}

export function removeMessage({ chat: id, message }) {
  const chat = chatOf(id);
  if (chat) chat.messages = chat.messages.filter((known) => known.id !== message);
  forgetWhatIsGone();
}

/** A message may be deleted, and after a restart of the server messages are numbered anew. */
function forgetWhatIsGone() {
  for (const chat of store.state.chats) {
    if ((read.get(chat.id) ?? 0) > (chat.messages.at(-1)?.id ?? 0)) read.delete(chat.id);
    const kept = drafts.get(chat.id);
    if (kept && !messageOf(chat, kept.reply)) kept.reply = null;
    if (kept && !messageOf(chat, kept.edit)) kept.edit = null;
  }
}
