// What the page knows: the newest snapshot, the place, and the questions the other modules ask about them.
import { act, fetchState, listen, runControl } from "./api.js";
import { format } from "./format.js";
import { closePopup } from "./popup.js";
import { partnerOf, readPlace, settlePlace, writePlace } from "./place.js";

const PAUSE_MS = 80;
const REMEMBERED = "sandbox.person";

/** The application: `state` (snapshot), `place`, `reader` (names, clock and zone for texts), acts, and `changed`. */
export function createApp({ render, complain }) {
  const app = { state: null, place: firstPlace(), connected: true, reader: null };
  const refresh = refresher(app, render, complain);
  app.refresh = refresh;
  app.act = (kind, body) => perform(app, complain, () => act(app.state.me.id, kind, body));
  app.control = (id) => perform(app, complain, () => runControl(id));
  app.go = (change) => go(app, change, { render, refresh });
  app.complain = complain;
  app.start = () => start(app, { render, refresh });
  return app;
}

/** The channel that is shown. */
export function currentChannel(app) {
  return app.state.channels.find((channel) => channel.id === app.place.channel);
}

/** Messages of a channel that stand in it, without the answers in threads. */
export function topMessages(state, channel) {
  const all = state.messages[channel] ?? [];
  return all.filter((message) => !isReply(message) || message.subtype === "thread_broadcast");
}

/** A thread: its first message and the answers to it. */
export function threadMessages(state, channel, ts) {
  const all = state.messages[channel] ?? [];
  return all.filter((message) => message.ts === ts || (isReply(message) && message.thread_ts === ts));
}

/** Who wrote a message: a person, a bot, or a stand-in for somebody unknown. */
export function authorOf(message, state) {
  const id = message.user ?? message.bot_id;
  const known = [...state.users, ...state.bots].find((user) => user.id === id || (id && user.bot_id === id));
  return (
    known ?? (message.bot_id && state.bots[0]) ?? { id, real_name: message.username ?? "Somebody", color: "#6b7780" }
  );
}

/** What a channel is called where it is listed. */
export function channelTitle(channel, state) {
  return partnerOf(channel, state)?.real_name ?? channel.name;
}

function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

function firstPlace() {
  const place = readPlace(location.hash);
  return { ...place, user: place.user ?? localStorage.getItem(REMEMBERED) };
}

function start(app, { render, refresh }) {
  window.addEventListener("hashchange", () => {
    if (location.hash !== writePlace(app.place)) app.go(readPlace(location.hash));
  });
  listen({
    onVersion: (version) => version !== app.state?.version && refresh(),
    onConnected: (connected) => {
      app.connected = connected;
      if (connected) refresh();
      else if (app.state) render();
    },
  });
}

/** One fetch at a time; calls that come while it runs are joined into one more. */
function refresher(app, render, complain) {
  let running = null;
  let again = false;
  const once = async () => {
    const state = await loadState(app.place.user);
    if (app.place.user && app.place.user !== state.me.id && state.users.some((user) => user.id === app.place.user))
      return;
    adopt(app, state);
    render();
  };
  const loop = async () => {
    do {
      again = false;
      await once().catch((error) => app.state && complain(error.message));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    } while (again);
    running = null;
  };
  return () => {
    if (running) again = true;
    else running = loop();
    return running;
  };
}

async function loadState(user) {
  const state = await fetchState(user).catch((error) => {
    if (!user) throw error;
    return fetchState(null);
  });
  return state.me ? state : fetchState(null);
}

function adopt(app, state) {
  app.state = state;
  app.place = settlePlace(app.place, state);
  app.reader = readerOf(state);
  localStorage.setItem(REMEMBERED, state.me.id);
  const address = writePlace(app.place);
  if (location.hash !== address) history.replaceState(null, "", address);
}

function readerOf(state) {
  const people = new Map([...state.users, ...state.bots].map((user) => [user.id, user]));
  const channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  const { me, now } = state;
  return {
    me,
    now,
    tz: me.tz,
    stamp: `${me.id}|${format("key", now, me.tz)}`,
    person: (id) => people.get(id),
    channel: (id) => channels.get(id),
  };
}

function go(app, change, { render, refresh }) {
  closePopup();
  const elsewhere = change.channel && change.channel !== app.place.channel;
  const person = change.user && change.user !== app.place.user;
  app.place = { ...app.place, ...(elsewhere ? { tab: "messages", thread: null } : {}), ...change };
  if (person) return refresh();
  app.place = settlePlace(app.place, app.state);
  if (location.hash !== writePlace(app.place)) history.pushState(null, "", writePlace(app.place));
  render();
  return null;
}

async function perform(app, complain, work) {
  const answer = await work().catch((error) => ({ ok: false, error: error.message }));
  if (!answer.ok && answer.error) complain(answer.error);
  app.refresh();
  return answer;
}
