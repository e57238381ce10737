// Puts the page together and draws it again whenever something has changed.
import { createControls } from "./controls.js";
import { el, fill, keepFocus } from "./dom.js";
import { createHint } from "./hint.js";
import { createAbout, createHome } from "./home.js";
import { mark } from "./icons.js";
import { createJump } from "./jump.js";
import { createModals } from "./modal.js";
import { createPersonPicker } from "./people.js";
import { createPlacebar } from "./placebar.js";
import { place as placePopup } from "./popup.js";
import { createDrawerButton, createSidebar, toggleDrawer } from "./sidebar.js";
import { createStage } from "./stage.js";
import { channelTitle, createApp, currentChannel } from "./state.js";
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
  document.addEventListener("visibilitychange", () => app.state && render());
  app.start();
}

function buildPage(app) {
  const jump = createJump(app);
  const regions = {
    picker: createPersonPicker(app),
    controls: createControls(app),
    sidebar: createSidebar(app, { openJump: jump.open }),
    placebar: createPlacebar(app),
    home: createHome(app),
    about: createAbout(app),
    thread: createThread(app),
    stage: createStage(app),
    modals: createModals(app),
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
    el(
      "header",
      { class: "topbar" },
      createDrawerButton(),
      el(
        "div",
        { class: "brand" },
        mark(),
        el("span", { class: "brand-words" }, name, el("span", { class: "brand-kind" }, "Local workspace")),
      ),
      controls.node,
      picker.node,
    ),
    connection,
    el(
      "div",
      { class: "columns" },
      sidebar.node,
      el("div", { class: "drawer-shade", on: { click: () => toggleDrawer(false) } }),
      el(
        "main",
        { class: "main", id: "main", tabindex: "-1" },
        placebar.node,
        createHint(app),
        stage.node,
        home.node,
        about.node,
      ),
      thread.node,
    ),
  );
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
}

function updatePage(app, regions, { name, connection }) {
  const { workspace } = app.state;
  if (name.textContent !== workspace.name) fill(name, workspace.name);
  const note = app.connected ? "" : "Connection lost. Reconnecting…";
  if (connection.textContent !== note) fill(connection, note);
  for (const [tab, region] of [
    ["messages", regions.stage],
    ["home", regions.home],
    ["about", regions.about],
  ]) {
    region.node.hidden = app.place.tab !== tab;
  }
  for (const region of Object.values(regions)) region.update();
  document.title = titleOf(app);
}

function titleOf(app) {
  const { channels, workspace } = app.state;
  const unread = channels.reduce((sum, channel) => sum + channel.unread, 0);
  const here = currentChannel(app);
  const place = here ? `${channelTitle(here, app.state)} · ${workspace.name}` : workspace.name;
  return unread ? `(${unread}) ${place}` : place;
}

main();
