// Small parts that every corner of the page uses.

import { say } from "./language.js";

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A round face with the first character that tells a name from others: 公 for 省公安厅. */
export function avatar(id, name, isBot) {
  const initial = [...name.replace(/^[省市区县](?=..)/u, "")][0] ?? "?";
  return make("span", { class: `avatar hue-${isBot ? "bot" : Math.abs(id) % 7}`, "aria-hidden": "true" }, initial);
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One line that stands for a message. */
export function snippet(message) {
  const kind = {
    photo: say("[图片] ", "[picture] "),
    voice: say("[语音] ", "[voice] "),
    document: `${say("[文件]", "[file]")} ${message.attachment?.name} `,
  }[message.attachment?.kind] ?? "";
  return kind + message.text.replace(/\s+/gu, " ");
}

let hiding;
/** Shows a line for as long as it takes to read it. */
export function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => $("toast").classList.remove("shown"), Math.min(8000, 2500 + text.length * 80));
}
