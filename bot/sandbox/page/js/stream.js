/**
 * The server's events. After every (new) connection the whole state is fetched again, and
 * events that came in between are kept until it is there: nothing is missed, nothing doubled.
 */

import { api } from "./api.js";

const RETRY_MS = 1500;

/** Follows the server for ever: `onState(state)`, `onEvent(event)`, `onLost()`. */
export function follow({ onState, onEvent, onLost }) {
  let waiting = null;
  let turn = 0;

  async function refetch() {
    const mine = ++turn;
    waiting = [];
    try {
      const state = await api.state();
      if (mine !== turn) return;
      onState(state);
      const late = waiting;
      waiting = null;
      late.forEach(take);
    } catch {
      if (mine !== turn) return;
      onLost();
      setTimeout(refetch, RETRY_MS);
    }
  }

  function take(event) {
    if (event.type === "reload") refetch();
    else if (waiting) waiting.push(event);
    else onEvent(event);
  }

  function connect() {
    const source = new EventSource("/api/events");
    source.addEventListener("open", refetch);
    source.addEventListener("message", ({ data }) => take(JSON.parse(data)));
    source.addEventListener("error", () => {
      onLost();
      if (source.readyState !== EventSource.CLOSED) return;
      source.close();
      setTimeout(connect, RETRY_MS);
    });
  }
  connect();
}
