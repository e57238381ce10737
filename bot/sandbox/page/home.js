// The bot's own pages: App Home, drawn from its view, and what the bot can be asked.
import { drawBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { createForm } from "./form.js";
import { avatar } from "./people.js";

/** App Home. Opening it tells the bot, as Slack does. */
export function createHome(app) {
  const card = el("div", { class: "home-card" });
  const node = el(
    "div",
    { class: "page-panel", role: "tabpanel", "aria-label": "Home", tabindex: "0", data: { testid: "home" } },
    card,
  );
  const home = { shown: null, form: createForm({ remembers: false }) };
  return { node, update: () => update(app, { node, card, home }) };
}

/** What this bot is and which words it knows. */
export function createAbout(app) {
  const node = el("div", {
    class: "page-panel",
    role: "tabpanel",
    "aria-label": "About",
    tabindex: "0",
    data: { testid: "about" },
  });
  return { node, update: () => app.place.tab === "about" && fill(node, aboutNodes(app.state)) };
}

function update(app, { node, card, home }) {
  const visible = app.place.tab === "home" ? app.state.me.id : null;
  const opened = visible && home.shown !== visible;
  home.shown = visible;
  if (opened) app.act("home");
  if (!visible) return card.replaceChildren();
  const view = app.state.home;
  node.setAttribute("aria-busy", String(!view));
  if (!view) return fill(card, el("p", { class: "empty" }, "Opening…"));
  return drawBlocks(card, view.blocks, contextOf(app, home, view));
}

function contextOf(app, home, view) {
  const where = (blockId, element) => ({ block_id: blockId, action_id: element.action_id });
  return {
    app,
    form: home.form,
    reader: app.reader,
    dispatch: (blockId, element, payload) =>
      app.act("home_action", {
        ...where(blockId, element),
        value: payload,
        state: { values: home.form.values(view.blocks) },
      }),
    options: (blockId, element, query) => app.act("options", { view_id: view.id, ...where(blockId, element), query }),
  };
}

function aboutNodes({ bots: [bot], commands, shortcuts }) {
  return el(
    "div",
    { class: "home-card about" },
    el(
      "div",
      { class: "about-head" },
      avatar(bot, "large"),
      el("div", {}, el("h2", {}, bot.real_name), el("p", {}, bot.title || "An app of this workspace")),
    ),
    el("h3", {}, "Commands"),
    el(
      "dl",
      { class: "about-list" },
      commands.map(({ command, usage_hint: hint, description }) => [
        el("dt", {}, el("code", { class: "code" }, `${command} ${hint ?? ""}`.trim())),
        el("dd", {}, description),
      ]),
    ),
    el("h3", {}, "Shortcuts"),
    el(
      "dl",
      { class: "about-list" },
      shortcuts.map(({ name, type }) => [
        el("dt", {}, name),
        el("dd", {}, type === "global" ? "Beside the message field, behind the bolt" : "In a message’s “More actions”"),
      ]),
    ),
  );
}
