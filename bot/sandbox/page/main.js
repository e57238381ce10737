// Puts the page together and draws it again whenever something has changed.
import { createComposer } from "./composer.js";
import { createControls } from "./controls.js";
import { el, fill, keepFocus } from "./dom.js";
import { createHint } from "./hint.js";
import { createAbout, createHome } from "./home.js";
import { mark } from "./icons.js";
import { createJump } from "./jump.js";
import { createMessageList } from "./messages.js";
import { createModals } from "./modal.js";
import { createPersonPicker } from "./people.js";
import { isBotChannel } from "./place.js";
import { createPlacebar } from "./placebar.js";
import { place as placePopup } from "./popup.js";
import { createDrawerButton, createSidebar, toggleDrawer } from "./sidebar.js";
import { channelTitle, createApp, currentChannel, topMessages } from "./state.js";
import { createThread } from "./thread.js";
import { createToasts } from "./toasts.js";

function main() {
  const toasts = createToasts();
  let page = null;
  const render = () => {
    page ??= buildPage(app);
    keepFocus(document.body, () => page.update());
    toasts.update();
    placePopup();
  };
  const app = createApp({ render, complain: toasts.complain });
  toasts.app = app;
  document.getElementById("app").append(el("p", { class: "boot", role: "status" }, mark(), "Opening the workspace…"));
  app.start();
}

function buildPage(app) {
  const jump = createJump(app);
  const regions = {
    picker: createPersonPicker(app), controls: createControls(app), sidebar: createSidebar(app, { openJump: jump.open }), placebar: createPlacebar(app),
    home: createHome(app), about: createAbout(app), thread: createThread(app), modals: createModals(app), stage: createStage(app),
  };
  const name = el("span", { class: "brand-name" });
  const connection = el("p", { class: "connection", role: "status", data: { testid: "connection" } });
  layOut(app, { ...regions, name, connection });
  return { update: () => updatePage(app, regions, { name, connection }) };
}

function layOut(app, { picker, controls, sidebar, placebar, home, about, thread, stage, name, connection }) {
  const root = document.getElementById("app");
  root.querySelector(".boot")?.remove();
  root.append(
    el("header", { class: "topbar" }, createDrawerButton(), el("div", { class: "brand" }, mark(), el("span", { class: "brand-words" }, name, el("span", { class: "brand-kind" }, "Local workspace"))), controls.node, picker.node),
    connection,
    el("div", { class: "columns" }, sidebar.node, el("div", { class: "drawer-shade", on: { click: () => toggleDrawer(false) } }),
      el("main", { class: "main", id: "main", tabindex: "-1" }, placebar.node, createHint(app), stage.node, home.node, about.node), thread.node));
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
}

/** The messages of the chosen channel with their composer. */
function createStage(app) {
  const list = createMessageList(app, { label: "Messages", testid: "message-list" });
  const composer = createComposer(app, { testid: "composer", target: () => composerTarget(app) });
  const node = el("section", { class: "stage", "aria-label": "Conversation" }, list.node, composer.node);
  const seen = { place: null };
  return { node, update: () => updateStage(app, { list, composer, seen }) };
}

function updateStage(app, { list, composer, seen }) {
  const channel = currentChannel(app);
  if (!channel || app.place.tab !== "messages") return;
  const messages = topMessages(app.state, channel.id);
  list.update({ channel: channel.id, messages, place: `${app.state.me.id}|${channel.id}`, unread: channel.unread, empty: "Nothing has been said here yet." });
  composer.update();
  const state = `${app.state.me.id}|${channel.id}|${app.state.messages[channel.id]?.at(-1)?.ts}`;
  if (!channel.unread || document.hidden || seen.place === state) return;
  seen.place = state;
  app.act("read", { channel: channel.id });
}

function composerTarget(app) {
  const channel = currentChannel(app);
  const title = channel && (channel.kind === "channel" ? `#${channel.name}` : channelTitle(channel, app.state));
  return { channel: channel?.id, title };
}

function updatePage(app, regions, { name, connection }) {
  const { state, place } = app;
  const channel = currentChannel(app);
  if (name.textContent !== state.workspace.name) fill(name, state.workspace.name);
  const note = app.connected ? "" : "Connection lost. Reconnecting…";
  if (connection.textContent !== note) fill(connection, note);
  const tab = isBotChannel(channel, state) ? place.tab : (place.tab = "messages");
  regions.stage.node.hidden = tab !== "messages";
  regions.home.node.hidden = tab !== "home";
  regions.about.node.hidden = tab !== "about";
  Object.values(regions).forEach((region) => region.update());
  const unread = state.channels.reduce((sum, each) => sum + each.unread, 0);
  document.title = [unread ? `(${unread})` : "", channel ? channelTitle(channel, state) : "", "·", state.workspace.name].filter(Boolean).join(" ");
}

main();
