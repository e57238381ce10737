// Ctrl/Cmd+K: jump to a channel, a person or a shortcut.
import { hideDialog, showDialog } from "./dialog.js";
import { el } from "./dom.js";
import { createFinder } from "./finder.js";
import { icon } from "./icons.js";
import { avatar, personFits, personLine } from "./people.js";
import { partnerOf } from "./place.js";
import { channelTitle } from "./state.js";

/** Installs the key; returns `open` for buttons that do the same. */
export function createJump(app) {
  let shade = null;
  const close = () => {
    hideDialog(shade);
    shade = null;
  };
  const open = () => {
    if (shade || !app.state || document.getElementById("app").inert) return;
    const finder = createFinder({
      label: "Jump to a channel or person",
      placeholder: "Channel, person or shortcut",
      testid: "jump-search",
      groups: (words) => places(app, words, close),
    });
    shade = el(
      "div",
      { class: "shade shade-top", on: { pointerdown: (event) => event.target === shade && close() } },
      el(
        "div",
        {
          role: "dialog",
          "aria-modal": "true",
          "aria-label": "Jump to",
          class: "dialog jump",
          data: { testid: "jump" },
        },
        finder.nodes,
      ),
    );
    showDialog(shade, { onEscape: close, focus: () => finder.input });
    finder.start();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    open();
  });
  return { open };
}

function places(app, words, close) {
  const { channels, users, me, shortcuts } = app.state;
  const here = channels.filter((channel) =>
    words.every((word) => channelTitle(channel, app.state).toLowerCase().includes(word)),
  );
  const people = words.length
    ? users.filter((user) => user.id !== me.id && !user.is_bot && !user.deleted && personFits(user, words))
    : [];
  const actions = shortcuts.filter(
    (shortcut) => shortcut.type === "global" && words.every((word) => shortcut.name.toLowerCase().includes(word)),
  );
  const then = (work) => () => {
    close();
    work();
  };
  return [
    { label: "Go to", options: here.map((channel) => channelOption(channel, app, then)) },
    { label: "Do", options: actions.map((shortcut) => shortcutOption(shortcut, app, then)) },
    {
      label: "Act as",
      options: people.map((user) => ({
        key: user.id,
        testid: `jump-person-${user.id}`,
        content: personLine(user, [user.title, user.team].filter(Boolean).join(" · ")),
        onPick: then(() => app.go({ user: user.id })),
      })),
    },
  ];
}

function channelOption(channel, app, then) {
  const title = channelTitle(channel, app.state);
  const other = partnerOf(channel, app.state);
  const content = [
    other ? avatar(other) : el("span", { class: "option-sign" }, icon(channel.kind === "channel" ? "hash" : "people")),
    el("span", { class: "option-text" }, title),
  ];
  return {
    key: channel.id,
    testid: `jump-channel-${channel.id}`,
    content,
    onPick: then(() => {
      app.go({ channel: channel.id, tab: "messages", thread: null });
      document.getElementById("main").focus();
    }),
  };
}

function shortcutOption(shortcut, app, then) {
  const content = [
    el("span", { class: "option-sign" }, icon("bolt")),
    el("span", { class: "option-text" }, shortcut.name),
  ];
  return {
    key: shortcut.callback_id,
    testid: `jump-shortcut-${shortcut.callback_id}`,
    content,
    onPick: then(() => app.act("shortcut", { callback_id: shortcut.callback_id })),
  };
}
