// The messages of a channel or a thread: days, new ones, and staying at the end while new ones come.
import { el, reconcile } from "./dom.js";
import { dayLabel, format } from "./format.js";
import { icon } from "./icons.js";
import { messageNode } from "./message.js";
import { authorOf, threadMessages } from "./state.js";

const JOIN_S = 300;
const NEAR_PX = 90;

/** A scrolling list of messages. `update` takes the channel, its messages, and a key that changes with the place. */
export function createMessageList(app, { label, testid, inThread = false }) {
  const items = el("div", { class: "message-items" });
  const node = el(
    "div",
    { class: "messages", role: "log", "aria-label": label, tabindex: "0", data: { testid } },
    items,
  );
  const latest = el(
    "button",
    { type: "button", class: "latest", hidden: true, on: { click: () => toEnd(list) } },
    icon("down"),
    "New messages",
  );
  const list = { app, items, node, latest, inThread, place: null, newFrom: null, count: 0, atEnd: true, rest: 0 };
  node.addEventListener("scroll", () => noteScroll(list));
  items.addEventListener("load", () => list.atEnd && toEnd(list), true);
  new ResizeObserver(() => list.atEnd && toEnd(list)).observe(node);
  return {
    node: el("div", { class: "messages-frame" }, node, latest),
    update: (view) => update(list, view),
    clear: () => clear(list),
  };
}

function update(list, { channel, messages, place, unread, empty }) {
  const moved = place !== list.place;
  if (moved) list.newFrom = unread ? firstNew(list.app.state, { channel, messages, unread }) : null;
  const grew = messages.length > list.count;
  Object.assign(list, { place, count: messages.length });
  list.node.setAttribute("aria-live", moved ? "off" : "polite");
  drawEntries(list, entriesOf(list, { channel, messages, empty }));
  if (moved || list.atEnd || (grew && isOwn(messages.at(-1), list.app.state.me))) toEnd(list);
  else if (grew) list.latest.hidden = false;
}

/** Whether a message came of what the reader did: their own, or an answer to a command. */
function isOwn(message, me) {
  return message.ephemeral || message.user === me.id;
}

/** The first unread message of a list: the snapshot counts what others wrote, answers in threads included. */
function firstNew({ messages: all, me }, { channel, messages, unread }) {
  const since = all[channel].filter((message) => message.user !== me.id).at(-unread)?.ts;
  return messages.find((message) => message.ts >= since && message.user !== me.id)?.ts;
}

function clear(list) {
  list.items.replaceChildren();
  list.place = null;
}

function drawEntries(list, entries) {
  reconcile(list.items, entries, {
    key: (entry) => entry.key,
    stamp: (entry) => entry.stamp,
    build: (entry) => entry.build(),
  });
}

function entriesOf(list, { channel, messages, empty }) {
  const { reader } = list.app;
  if (!messages.length) return [{ key: "empty", stamp: empty, build: () => el("p", { class: "empty" }, empty) }];
  const days = messages.map(({ ts }) => format("key", Number(ts), reader.tz));
  return messages.flatMap((message, index) => {
    const newDay = !list.inThread && days[index] !== days[index - 1];
    const isNew = message.ts === list.newFrom;
    const joined = !newDay && !isNew && joins(messages[index - 1], message, list.app.state);
    return [
      newDay && dayEntry(message, days[index], reader),
      isNew && newEntry(),
      messageEntry(list, { message, channel, joined }),
    ].filter(Boolean);
  });
}

function dayEntry({ ts }, day, reader) {
  const label = dayLabel(Number(ts), reader.now, reader.tz);
  return {
    key: `day-${day}`,
    stamp: label,
    build: () => el("div", { class: "day", role: "separator", "aria-label": label }, el("span", {}, label)),
  };
}

function newEntry() {
  return {
    key: "new",
    stamp: "",
    build: () => el("div", { class: "new-line", role: "separator", "aria-label": "New" }, el("span", {}, "New")),
  };
}

function messageEntry(list, { message, channel, joined }) {
  const { app, inThread } = list;
  const replies = inThread ? [] : threadMessages(app.state, channel, message.ts).slice(1);
  return {
    key: message.ts,
    stamp: JSON.stringify([
      message,
      joined,
      app.reader.stamp,
      channel,
      replies.map(({ user, bot_id: bot }) => user ?? bot),
    ]),
    build: () => messageNode(app, { message, channel, joined, inThread, replies }),
  };
}

function joins(before, message, state) {
  if (
    !before ||
    before.ephemeral ||
    message.ephemeral ||
    before.blocks?.length ||
    message.blocks?.length ||
    before.reply_count
  )
    return false;
  return authorOf(before, state).id === authorOf(message, state).id && Number(message.ts) - Number(before.ts) < JOIN_S;
}

function noteScroll(list) {
  const { node, latest } = list;
  const left = node.scrollHeight - node.scrollTop - node.clientHeight;
  list.atEnd = left < NEAR_PX || Math.abs(node.scrollTop - list.rest) < 2;
  if (list.atEnd) latest.hidden = true;
}

/** Goes to the end, or to the start of the last message where it is longer than the window. */
function toEnd(list) {
  const { node, items } = list;
  const last = items.lastElementChild;
  const long = last && last.offsetHeight > node.clientHeight;
  node.scrollTop = long ? last.offsetTop - items.offsetTop : node.scrollHeight;
  list.rest = node.scrollTop;
  list.latest.hidden = true;
  list.atEnd = true;
}
