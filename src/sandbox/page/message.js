// One message as a row of the conversation: face, bubble, buttons.

import { english, say } from "./language.js";
import { avatar, icon, make, size, snippet } from "./parts.js";
import { day, hour } from "./time.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/**
 * The view holds the message, the one it replies to, and how it stands among the others; the acts say what its buttons
 * do: reply, edit, press, command, jump, loaded.
 */
export function messageRow(view, acts) {
  const { message, first, last, own, chosen, goesOn } = view;
  const marks = { first, last, own, chosen, "goes-on": goesOn, album: message.album !== null, bot: message.from.is_bot, wanted: message.force_reply };
  const names = Object.keys(marks).filter((name) => marks[name]);
  return make("li", { class: ["row", ...names].join(" "), "data-message": message.id },
    last ? avatar(message.from.id, message.from.name, message.from.is_bot) : make("span"),
    make("div", { class: "body" }, bubble(view, acts), gloss(message), keyboard(message, acts), unseen(message)));
}

function bubble({ message, first, own, inGroup, repliedTo }, acts) {
  return make("div", { class: "bubble" },
    first && !own && inGroup ? sender(message.from) : null,
    repliedTo ? quote(repliedTo, acts) : null,
    attachment(message, acts),
    words(message, acts),
    reactions(message),
    foot(message, own, acts));
}

function sender(from) {
  return make("div", { class: "sender" }, from.name, from.is_bot ? make("small", {}, say("机器人", "bot")) : null);
}

function quote(message, acts) {
  const label = say(`回复的是${message.from.name}：${snippet(message)}`, `In reply to ${message.from.name}: ${snippet(message)}`);
  return make("button", { type: "button", class: "quote", "aria-label": label, onclick: () => acts.jump(message.id) },
    make("b", {}, message.from.name), make("span", {}, snippet(message)));
}

function attachment({ attachment: file }, acts) {
  if (!file) return null;
  const href = `attachment/${encodeURIComponent(file.file_id)}`;
  if (file.kind === "photo") {
    const picture = make("img", { src: href, alt: file.name || say("图片", "picture"), onload: acts.loaded });
    return make("a", { class: "photo", href, target: "_blank" }, picture);
  }
  if (file.kind === "voice") return make("div", { class: "document" }, icon("voice"), make("b", {}, say("语音消息", "Voice message")));
  return make("a", { class: "document", href, download: file.name }, icon("file"),
    make("span", {}, make("b", {}, file.name || say("文件", "file")), make("small", {}, size(file.size))));
}

/** What the message says, for those who do not read Chinese. */
function gloss({ gloss }) {
  return english && gloss ? make("p", { class: "gloss", lang: "en" }, gloss) : null;
}

function words({ text, entities }, acts) {
  if (!text) return null;
  const element = make("div", { class: "words" });
  write({ parent: element, text, acts }, entities, 0, text.length);
  return element;
}

/** Puts a stretch of text into an element. Offsets count UTF-16 units, as those of JavaScript do. */
function write({ parent, text, acts }, entities, start, end) {
  let at = start;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    const element = marked(entity, text.slice(entity.offset, stop), acts);
    write({ parent: element, text, acts }, entities.slice(index + 1, next), entity.offset, stop);
    parent.append(text.slice(at, entity.offset), element);
    // A block breaks the line by itself.
    const isBlock = element.tagName === "BLOCKQUOTE" || element.tagName === "PRE";
    at = isBlock && text[stop] === "\n" ? stop + 1 : stop;
    index = next;
  }
  parent.append(text.slice(at, end));
}

function marked(entity, stretch, acts) {
  if (entity.type === "spoiler") return make("span", { class: "spoiler", tabindex: "0" });
  if (entity.type === "text_link" && isLink(entity.url)) {
    return make("a", { href: entity.url, target: "_blank", rel: "noopener noreferrer" });
  }
  if (entity.type === "url") return make("a", { href: stretch, target: "_blank", rel: "noopener noreferrer" });
  if (entity.type === "bot_command") {
    return make("button", { type: "button", class: "link", onclick: () => acts.command(stretch) });
  }
  if (entity.type === "date_time") return make("time", { title: `${day(entity.unix_time)} ${hour(entity.unix_time)}` });
  const tag = TAGS[entity.type];
  return tag ? make(tag) : make("span", { class: "link" });
}

/** Nothing that would run as a script of this page. */
function isLink(url) {
  return /^(https?|tg):/iu.test(url);
}

function reactions({ reactions }) {
  if (reactions.length === 0) return null;
  return make("div", { class: "reactions", "aria-label": say("机器人的回应", "The bot's reactions") }, ...reactions.map((emoji) => make("span", {}, emoji)));
}

function foot(message, own, acts) {
  return make("div", { class: "foot" },
    action("reply", say("回复", "Reply"), () => acts.reply(message)),
    own ? action("edit", say("修改", "Edit"), () => acts.edit(message)) : null,
    make("span", { class: "when" },
      message.silent ? make("span", { title: say("静音发送", "sent without a sound") }, icon("silent")) : null,
      message.edited ? say("已修改", "edited") : null,
      hour(message.date)));
}

function action(name, label, run) {
  const attributes = { type: "button", class: "act", "data-action": name, "aria-label": say(`${label}这条消息`, `${label}: this message`), onclick: run };
  return make("button", attributes, icon(name), label);
}

function keyboard(message, acts) {
  if (message.buttons.length === 0) return null;
  const rows = message.buttons.map((row) => make("div", {}, ...row.map((button) => inlineButton(message, button, acts))));
  return make("div", { class: "buttons", role: "group", "aria-label": say("消息按钮", "Buttons") }, ...rows);
}

function inlineButton(message, button, acts) {
  if (button.data === null) {
    const href = isLink(button.url) ? button.url : null;
    return make("a", { class: "button", href, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("open"));
  }
  const press = (event) => acts.press(message, button, event.currentTarget);
  return make("button", { type: "button", class: "button", onclick: press }, button.text);
}

function unseen(message) {
  if (!message.hidden_from_bot) return null;
  return make("div", { class: "unseen" }, icon("hidden"), say("机器人看不到（未回复机器人消息）", "The bot does not see this: it is no reply to it"));
}
