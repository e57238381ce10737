// The head of the shown place: its name and topic, and the three tabs of a bot.
import { el, fill, keepFocus } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./people.js";
import { isBotChannel, partnerOf } from "./place.js";
import { channelTitle, currentChannel } from "./state.js";

const TABS = [
  ["home", "Home"],
  ["messages", "Messages"],
  ["about", "About"],
];

/** The bar above the messages. */
export function createPlacebar(app) {
  const node = el("header", { class: "placebar" });
  return { node, update: () => update(app, node) };
}

function update(app, node) {
  const channel = currentChannel(app);
  const stamp = JSON.stringify([channel, app.place.tab, app.state.me.id]);
  if (node.dataset.stamp === stamp) return;
  node.dataset.stamp = stamp;
  keepFocus(node, () =>
    fill(node, channel ? [titleNode(channel, app), isBotChannel(channel, app.state) ? tabsNode(app) : null] : null),
  );
}

function titleNode(channel, app) {
  const other = partnerOf(channel, app.state);
  const sign = channel.kind === "channel" ? icon("hash") : other ? avatar(other, "small") : icon("people");
  return el(
    "div",
    { class: "placebar-title" },
    sign,
    el("h1", {}, channelTitle(channel, app.state)),
    other?.is_bot ? el("span", { class: "badge" }, "App") : null,
    channel.topic
      ? el("p", { class: "topic" }, channel.topic)
      : other?.title && !other.is_bot
        ? el("p", { class: "topic" }, other.title)
        : null,
  );
}

function tabsNode(app) {
  const tabs = TABS.map(([id, name]) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        class: "tab",
        "aria-selected": String(app.place.tab === id),
        tabindex: app.place.tab === id ? "0" : "-1",
        data: { testid: `tab-${id}`, key: `tab-${id}` },
        on: { click: () => app.go({ tab: id, thread: null }), keydown: (event) => moveTab(event, app, id) },
      },
      name,
    ),
  );
  return el("div", { class: "tabs", role: "tablist", "aria-label": "Pages of the app" }, tabs);
}

function moveTab(event, app, id) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = TABS.findIndex(([name]) => name === id);
  const [next] = TABS[(at + step + TABS.length) % TABS.length];
  app.go({ tab: next, thread: null });
  document.querySelector(`[data-key="tab-${next}"]`).focus();
}
