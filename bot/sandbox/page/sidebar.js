// The list of places: the bot first, then channels, then direct messages. A drawer where the window is narrow.
import { el, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./people.js";
import { isBotChannel, partnerOf, writePlace } from "./place.js";
import { channelTitle } from "./state.js";

/** The navigation; `openJump` opens the search. */
export function createSidebar(app, { openJump }) {
  const list = el("div", { class: "sidebar-groups" });
  const keys = navigator.platform.startsWith("Mac") ? "⌘ K" : "Ctrl K";
  const jump = el(
    "button",
    { type: "button", class: "jump-button", data: { testid: "jump-button" }, on: { click: openJump } },
    icon("search"),
    el("span", {}, "Jump to…"),
    el("kbd", { "aria-hidden": "true" }, keys),
  );
  const node = el(
    "nav",
    { class: "sidebar", id: "sidebar", "aria-label": "Channels and direct messages" },
    jump,
    list,
    el("p", { class: "sidebar-foot" }, "Everything here stays on this computer."),
  );
  node.addEventListener("click", (event) => event.target.closest("a, button") && toggleDrawer(false));
  node.addEventListener("keydown", (event) => event.key === "Escape" && toggleDrawer(false));
  return { node, update: () => update(app, list) };
}

/** The button that opens the drawer. */
export function createDrawerButton() {
  return el(
    "button",
    {
      type: "button",
      class: "icon-button drawer-button",
      "aria-label": "Channels",
      "aria-controls": "sidebar",
      "aria-expanded": "false",
      data: { testid: "drawer" },
      on: { click: () => toggleDrawer() },
    },
    icon("menu"),
    el("span", { class: "drawer-dot", hidden: true }),
  );
}

/** Opens or closes the drawer. */
export function toggleDrawer(wanted) {
  const open = document.body.classList.toggle("drawer-open", wanted);
  const button = document.querySelector(".drawer-button");
  button.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector(".sidebar a").focus();
  else if (document.activeElement?.closest(".sidebar")) button.focus();
}

function update(app, list) {
  const { channels } = app.state;
  const groups = [
    { name: "Apps", items: channels.filter((channel) => isBotChannel(channel, app.state)) },
    { name: "Channels", items: channels.filter((channel) => channel.kind === "channel") },
    {
      name: "Direct messages",
      items: channels.filter((channel) => channel.kind !== "channel" && !isBotChannel(channel, app.state)),
    },
  ].filter((group) => group.items.length);
  reconcile(list, groups, { key: (group) => group.name, stamp: () => "", build: groupNode });
  groups.forEach((group, index) =>
    reconcile(list.children[index].querySelector("ul"), group.items, {
      key: (channel) => channel.id,
      stamp: (channel) => JSON.stringify([channel, channel.id === app.place.channel, app.state.me.id]),
      build: (channel) => itemNode(channel, app),
    }),
  );
  document
    .querySelector(".drawer-dot")
    ?.toggleAttribute("hidden", !channels.some((channel) => channel.unread && channel.id !== app.place.channel));
}

function groupNode(group) {
  return el(
    "section",
    { class: "sidebar-group", "aria-label": group.name },
    el("h2", { class: "sidebar-title" }, group.name),
    el("ul", { class: "sidebar-list" }),
  );
}

function itemNode(channel, app) {
  const here = channel.id === app.place.channel;
  const title = channelTitle(channel, app.state);
  const link = el(
    "a",
    {
      class: itemClass(channel),
      href: writePlace({ user: app.state.me.id, channel: channel.id, tab: "messages", thread: null }),
      "aria-current": here ? "page" : null,
      data: { testid: `channel-${channel.id}`, key: `link-${channel.id}` },
    },
    signOf(channel, app),
    el("span", { class: "sidebar-name" }, title),
  );
  if (channel.unread) fillBadge(link, channel.unread);
  return el("li", {}, link);
}

function itemClass({ kind, member, unread }) {
  const outside = kind === "channel" && !member;
  return ["sidebar-item", unread && "sidebar-unread", outside && "sidebar-outside"].filter(Boolean).join(" ");
}

function fillBadge(link, count) {
  link.append(el("span", { class: "unread-count" }, String(count), el("span", { class: "sr-only" }, " unread")));
}

function signOf(channel, app) {
  if (channel.kind === "channel") return icon("hash");
  const other = partnerOf(channel, app.state);
  return other ? avatar(other, "tiny") : icon("people");
}
