// Every kind of select menu as one combobox: type to search, arrow keys, several choices as chips.
import { confirmed } from "../confirm.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { createListbox } from "../listbox.js";
import { plain } from "../mrkdwn.js";
import { closePopup, isOpen, openPopup, place } from "../popup.js";
import { choiceOf, describe, lettersNeeded, search } from "./sources.js";

const DEBOUNCE_MS = 180;

export const select = {
  initial: (element) => {
    const { multiple, selected, initial } = describe(element.type);
    return { [selected]: element[initial] ?? (multiple ? [] : null) };
  },
  draw,
};

function draw(element, field) {
  const kind = describe(element.type);
  const chosen = [field.payload[kind.selected] ?? []].flat().map((raw) => choiceOf(raw, field));
  const menu = { element, field, kind, chosen, asked: 0, timer: null };
  buildNodes(menu);
  listen(menu);
  showChosen(menu);
  return menu.node;
}

function buildNodes(menu) {
  const { element, field, kind } = menu;
  const hint = plain(element.placeholder) || "Choose…";
  menu.hint = hint;
  menu.chips = el("span", { class: "chips" });
  menu.input = el("input", {
    type: "text",
    role: "combobox",
    class: "select-input",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: hint,
    "aria-expanded": "false",
    "aria-haspopup": "listbox",
    "aria-autocomplete": "list",
    ...field.names,
    data: field.data,
  });
  menu.clear = el(
    "button",
    {
      type: "button",
      class: "select-clear",
      "aria-label": "Clear the choice",
      tabindex: "-1",
      on: { click: () => choose(menu, []) },
    },
    icon("close"),
  );
  menu.node = el(
    "div",
    { class: kind.multiple ? "select select-multiple" : "select" },
    menu.chips,
    menu.input,
    menu.clear,
    icon("chevron"),
  );
  menu.list = createListbox({ input: menu.input, label: hint, multiple: kind.multiple });
}

function listen(menu) {
  menu.node.addEventListener(
    "click",
    (event) => !menu.clear.contains(event.target) && !event.target.closest(".chip") && open(menu),
  );
  menu.input.addEventListener("input", () => {
    open(menu, { search: false });
    look(menu, menu.input.value);
  });
  menu.input.addEventListener("keydown", (event) => keys(menu, event));
  menu.input.addEventListener("blur", () => closePopup(menu.list.node));
}

function keys(menu, event) {
  const shown = isOpen(menu.list.node);
  if (shown && menu.list.keys(event)) return;
  if (!shown && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    open(menu);
  }
  if (event.key === "Backspace" && menu.kind.multiple && !menu.input.value && menu.chosen.length)
    choose(menu, menu.chosen.slice(0, -1));
}

function open(menu, { search: first = true } = {}) {
  if (isOpen(menu.list.node)) return;
  menu.input.setAttribute("aria-expanded", "true");
  openPopup(menu.node, menu.list.node, { matchWidth: true, focus: menu.input, onClose: () => closed(menu) });
  menu.input.select();
  if (first) look(menu, "");
}

function closed(menu) {
  menu.input.setAttribute("aria-expanded", "false");
  menu.list.clear();
  clearTimeout(menu.timer);
  showChosen(menu);
}

function look(menu, query) {
  const missing = lettersNeeded(menu.element) - query.trim().length;
  clearTimeout(menu.timer);
  menu.asked += 1;
  if (missing > 0) return menu.list.note(missing === 1 ? "Type one more letter." : `Type ${missing} more letters.`);
  if (menu.kind.family !== "external") return find(menu, query);
  menu.list.note("Searching…");
  menu.timer = setTimeout(() => find(menu, query), query ? DEBOUNCE_MS : 0);
  return null;
}

async function find(menu, query) {
  const turn = menu.asked;
  const groups = await search(menu.element, menu.field, query).catch(() => null);
  if (turn !== menu.asked || !isOpen(menu.list.node)) return;
  if (groups)
    menu.list.show(
      groups.map((group) => ({ ...group, options: group.options.map((choice) => optionOf(menu, choice)) })),
    );
  else menu.list.note("The bot did not answer.");
  place();
}

function optionOf(menu, choice) {
  const selected = menu.chosen.some(({ value }) => value === choice.value);
  const content = [
    icon("check"),
    el(
      "span",
      { class: "option-text" },
      choice.label,
      choice.detail ? el("span", { class: "option-detail" }, choice.detail) : null,
    ),
  ];
  return {
    key: choice.value,
    testid: `option-${choice.value}`,
    selected,
    content,
    onPick: () => pick(menu, choice, selected),
  };
}

function pick(menu, choice, selected) {
  if (!menu.kind.multiple) {
    closePopup(menu.list.node);
    return choose(menu, [choice]);
  }
  const others = menu.chosen.filter(({ value }) => value !== choice.value);
  const limit = menu.element.max_selected_items ?? Infinity;
  if (!selected && others.length >= limit) return menu.list.note(`At most ${limit} can be chosen.`);
  choose(menu, selected ? others : [...others, choice]);
  return look(menu, "");
}

async function choose(menu, chosen) {
  if (!(await confirmed(menu.element.confirm, menu.field.reader))) return showChosen(menu);
  menu.chosen = chosen;
  showChosen(menu);
  const raw = chosen.map((choice) => choice.raw);
  return menu.field.change({ [menu.kind.selected]: menu.kind.multiple ? raw : (raw[0] ?? null) });
}

function showChosen(menu) {
  const { input, chosen, kind } = menu;
  input.value = kind.multiple ? "" : (chosen[0]?.label ?? "");
  input.title = kind.multiple ? "" : input.value;
  input.placeholder = kind.multiple && chosen.length ? "" : menu.hint;
  menu.clear.hidden = kind.multiple || !chosen.length || !menu.field.optional;
  fill(menu.chips, kind.multiple ? chosen.map((choice) => chip(menu, choice)) : null);
  place();
}

function chip(menu, choice) {
  const remove = () => {
    choose(
      menu,
      menu.chosen.filter(({ value }) => value !== choice.value),
    );
    menu.input.focus();
  };
  return el(
    "span",
    { class: "chip" },
    choice.label,
    el(
      "button",
      { type: "button", class: "chip-remove", "aria-label": `Remove ${choice.label}`, on: { click: remove } },
      icon("close"),
    ),
  );
}
