/** The requests this page makes of the sandbox server; each refusal is an error to show. */

import { desk } from "./strings.js";

/** What the server refused, in its own words. */
export class Refused extends Error {}

async function ask(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(desk.lost);
  }
  return read(response);
}

async function read(response) {
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(answer?.error ?? desk.failed);
  return answer;
}

export const api = {
  state: () => ask("GET", "/api/state"),
  roster: (query) => ask("GET", `/api/roster?q=${encodeURIComponent(query)}`),
  addPhone: (person) => ask("POST", "/api/phones", person),
  removePhone: (id) => ask("DELETE", `/api/phones/${id}`),
  crowd: () => ask("POST", "/api/crowd"),
  clock: (change) => ask("POST", "/api/clock", change),
  faults: () => ask("GET", "/api/faults"),
  planFault: (fault) => ask("POST", "/api/faults", fault),
  endFault: (number) => ask("DELETE", `/api/faults/${number}`),
  endFaults: () => ask("DELETE", "/api/faults"),
  rollcall: (action) => ask("POST", "/api/rollcall", { action }),
};

/** What the owner of one phone can do. */
export function phoneApi(id) {
  const post = (what, body) => ask("POST", `/api/phones/${id}/${what}`, body);
  return {
    text: (text, replyTo = null) => post("text", { text, reply_to: replyTo }),
    press: (messageId, data) => post("press", { message_id: messageId, data }),
    forge: (messageId, data) => post("press", { message_id: messageId, data, forged: true }),
    contact: (other = {}) => post("contact", other),
    offline: (offline) => post("offline", { offline }),
    block: (blocked) => post("block", { blocked }),
    language: (language) => post("language", { language }),
    file: (file, caption) => {
      const form = new FormData();
      if (caption) form.append("caption", caption);
      form.append("file", file);
      return post("file", form);
    },
  };
}
