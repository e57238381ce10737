// The panel with one thread.
import { createComposer } from "./composer.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { createMessageList } from "./messages.js";
import { channelTitle, currentChannel, threadMessages } from "./state.js";

/** The panel; hidden while no thread is open. */
export function createThread(app) {
  const place = el("p", { class: "thread-place" });
  const cross = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close thread",
      data: { testid: "thread-close" },
      on: { click: () => close(app) },
    },
    icon("close"),
  );
  const list = createMessageList(app, { label: "Thread", testid: "thread-list", inThread: true });
  const composer = createComposer(app, {
    testid: "thread-composer",
    target: () => ({ channel: app.place.channel, thread_ts: app.place.thread }),
  });
  const node = el(
    "aside",
    { class: "thread", "aria-label": "Thread", data: { testid: "thread" }, hidden: true },
    el("header", { class: "thread-head" }, el("div", {}, el("h2", {}, "Thread"), place), cross),
    list.node,
    composer.node,
  );
  node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close(app));
  return { node, update: () => update(app, { node, place, list, composer }) };
}

function close(app) {
  const { thread } = app.place;
  app.go({ thread: null });
  document.querySelector(`[data-testid="thread-link-${CSS.escape(thread)}"]`)?.focus();
}

function update(app, { node, place, list, composer }) {
  const channel = currentChannel(app);
  const ts = app.place.tab === "messages" ? app.place.thread : null;
  const messages = ts && channel ? threadMessages(app.state, channel.id, ts) : [];
  const opened = node.hidden && messages.length > 0;
  node.hidden = !messages.length;
  if (node.hidden) return list.clear();
  fill(place, channel.kind === "channel" ? `#${channel.name}` : channelTitle(channel, app.state));
  list.update({ channel: channel.id, messages, place: `${app.state.me.id}|${channel.id}|${ts}`, unread: 0, empty: "" });
  composer.update();
  return opened && node.querySelector("textarea").focus({ preventScroll: true });
}
