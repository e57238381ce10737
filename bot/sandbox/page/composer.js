// Writing: Enter sends, Shift+Enter breaks the line, "/" offers the bot's commands.
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { createListbox } from "./listbox.js";
import { attachMenu } from "./menu.js";
import { closePopup, isOpen, openPopup, place } from "./popup.js";

const MAX_HEIGHT = 180;

/** A composer. `target()` says where it writes: {channel, thread_ts?, title}. Drafts are kept for each place. */
export function createComposer(app, { testid, target }) {
  const input = el("textarea", {
    class: "composer-input",
    rows: "1",
    autocomplete: "off",
    "aria-autocomplete": "list",
    data: { testid },
  });
  const box = {
    app,
    input,
    target,
    drafts: new Map(),
    draft: null,
    hint: el("p", { class: "composer-hint", role: "status" }),
  };
  box.list = createListbox({ input, label: "Commands" });
  box.send = el(
    "button",
    { type: "submit", class: "icon-button composer-send", "aria-label": "Send", data: { testid: `${testid}-send` } },
    icon("send"),
  );
  box.frame = el("div", { class: "composer-frame" }, shortcutButton(app, testid), input, box.send);
  const node = el("form", { class: "composer" }, box.frame, box.hint);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send(box);
  });
  input.addEventListener("input", () => changed(box));
  input.addEventListener("keydown", (event) => keys(box, event));
  input.addEventListener("blur", () => closePopup(box.list.node));
  return { node, update: () => update(box) };
}

function update(box) {
  const { channel, thread_ts: thread, title } = box.target();
  const draft = [box.app.state.me.id, channel, thread].join("|");
  box.input.placeholder = thread ? "Reply…" : `Message ${title}`;
  box.input.setAttribute("aria-label", thread ? "Reply in thread" : `Message ${title}`);
  if (draft === box.draft) return;
  if (box.draft) box.drafts.set(box.draft, box.input.value);
  box.draft = draft;
  write(box, box.drafts.get(draft) ?? "");
}

function write(box, text) {
  box.input.value = text;
  changed(box, { quiet: true });
}

function changed(box, { quiet = false } = {}) {
  const { input } = box;
  input.style.setProperty("height", "auto");
  input.style.setProperty("height", `${Math.min(input.scrollHeight, MAX_HEIGHT)}px`);
  box.send.disabled = !input.value.trim();
  const command = commandOf(box);
  fill(
    box.hint,
    command
      ? [
          el("code", {}, command.command),
          ` ${command.usage_hint ?? ""}`,
          el("span", { class: "composer-about" }, command.description ?? ""),
        ]
      : null,
  );
  if (!quiet) offer(box, command);
}

function commandOf({ app, input }) {
  const word = input.value.split(/\s/)[0];
  return word.startsWith("/") ? app.state?.commands.find(({ command }) => command === word) : undefined;
}

function offer(box, command) {
  const { app, input, list } = box;
  const fitting =
    /^\/\S*$/.test(input.value) && !command
      ? app.state.commands.filter((each) => each.command.startsWith(input.value))
      : [];
  if (!fitting.length) return closePopup(list.node);
  if (!isOpen(list.node)) openPopup(box.frame, list.node, { matchWidth: true, onClose: () => list.clear() });
  list.show([{ label: "Commands", options: fitting.map((each) => commandOption(box, each)) }]);
  return place();
}

function commandOption(box, { command, description, usage_hint: hint }) {
  const onPick = () => {
    closePopup(box.list.node);
    write(box, `${command} `);
    box.input.focus();
  };
  const content = el(
    "span",
    { class: "option-text" },
    el("span", {}, el("strong", {}, command), hint ? el("span", { class: "option-usage" }, ` ${hint}`) : null),
    el("span", { class: "option-detail" }, description),
  );
  return { key: command, testid: `command-${command.slice(1)}`, content, onPick };
}

function keys(box, event) {
  if (event.isComposing) return;
  const open = isOpen(box.list.node);
  if (open && event.key === "Tab")
    return box.list.keys(new KeyboardEvent("keydown", { key: "Enter" })) && event.preventDefault();
  if (open && box.list.keys(event)) return;
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  send(box);
}

async function send(box) {
  const text = box.input.value.trim();
  const { channel, thread_ts: thread } = box.target();
  if (!text) return;
  closePopup(box.list.node);
  if (thread && text.startsWith("/"))
    return box.app.complain("Commands do not work in threads. Type it in the channel.");
  const draft = box.draft;
  write(box, "");
  const answer = await box.app.act(text.startsWith("/") ? "command" : "write", {
    channel,
    text,
    ...(thread ? { thread_ts: thread } : {}),
  });
  if (answer.ok || box.input.value) return;
  if (box.draft === draft) write(box, text);
  else box.drafts.set(draft, text);
}

function shortcutButton(app, testid) {
  const button = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Shortcuts", data: { testid: `${testid}-shortcuts` } },
    icon("bolt"),
  );
  attachMenu(button, { label: "Shortcuts", align: "start", items: () => globalShortcuts(app) });
  return button;
}

function globalShortcuts(app) {
  return app.state.shortcuts
    .filter(({ type }) => type === "global")
    .map(({ callback_id: id, name }) => ({
      label: name,
      testid: `shortcut-${id}`,
      onPick: () => app.act("shortcut", { callback_id: id }),
    }));
}
