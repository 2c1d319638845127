// What the page asks of the server, and what it hears from it.

import { say } from "./language.js";
import { $, toast } from "./parts.js";

/** Posts fields, as a form when they hold files. The answer, or null after the visitor was told what went wrong. */
export async function ask(path, fields) {
  const request = fields.files ? { body: form(fields) } : { body: JSON.stringify(fields), headers: { "Content-Type": "application/json" } };
  try {
    const response = await fetch(path, { method: "POST", ...request });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    toast(answer.error ?? say(`服务器没有接受（${response.status}）`, `The server did not accept it (${response.status})`));
  } catch {
    toast(say("连接不上服务器，请稍后再试", "The server cannot be reached; please try again"));
  }
  return null;
}

function form(fields) {
  const form = new FormData();
  const { files, ...others } = fields;
  for (const [name, value] of Object.entries(others)) if (value !== null) form.append(name, value);
  for (const file of files) form.append("file", file);
  return form;
}

/** Calls the handlers by the names of the events, and comes back whenever the connection was lost. */
export function listen(handlers) {
  const source = new EventSource("events");
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => ($("offline").hidden = true));
  source.addEventListener("error", () => {
    $("offline").hidden = false;
    // The browser itself retries after a lost connection, but not after an error page.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000, handlers);
  });
}
