// A list to choose from while the focus stays in a text field (ARIA's listbox pattern).
import { el, fill, freshId } from "./dom.js";

/** A listbox driven from `input`. Options: {key, content, testid, selected, onPick}. */
export function createListbox({ input, label, multiple = false }) {
  const id = freshId("listbox");
  const keepInput = (event) => event.preventDefault();
  const node = el("div", {
    id,
    role: "listbox",
    class: "listbox",
    "aria-label": label,
    "aria-multiselectable": multiple ? "true" : null,
    on: { mousedown: keepInput },
  });
  input.setAttribute("aria-controls", id);
  const list = { node, input, options: [], active: -1 };
  list.show = (groups, empty) => show(list, groups, empty);
  list.note = (text) => show(list, [], text);
  list.keys = (event) => handleKeys(list, event);
  list.clear = () => activate(list, -1);
  return list;
}

function show(list, groups, empty = "Nothing fits.") {
  list.options = [];
  const parts = groups.filter((group) => group.options.length).map((group) => groupNode(list, group));
  fill(list.node, parts.length ? parts : el("p", { class: "listbox-empty", role: "status" }, empty));
  const chosen = list.options.findIndex(({ option }) => option.selected);
  activate(list, Math.max(chosen, list.options.length ? 0 : -1));
}

function groupNode(list, { label, options }) {
  const nodes = options.map((option) => optionNode(list, option));
  if (!label) return nodes;
  const id = freshId("group");
  return el(
    "div",
    { role: "group", "aria-labelledby": id, class: "listbox-group" },
    el("div", { id, class: "listbox-label", role: "presentation" }, label),
    nodes,
  );
}

function optionNode(list, option) {
  const index = list.options.length;
  const node = el(
    "div",
    {
      id: freshId("option"),
      role: "option",
      class: "option",
      "aria-selected": String(Boolean(option.selected)),
      data: { testid: option.testid, value: option.key },
      on: {
        pointermove: () => list.active !== index && activate(list, index, { scroll: false }),
        click: () => option.onPick(),
      },
    },
    option.content,
  );
  list.options.push({ node, option });
  return node;
}

function activate(list, index, { scroll = true } = {}) {
  list.options[list.active]?.node.classList.remove("option-active");
  list.active = index;
  const target = list.options[index]?.node;
  target?.classList.add("option-active");
  if (scroll) target?.scrollIntoView({ block: "nearest" });
  if (target) list.input.setAttribute("aria-activedescendant", target.id);
  else list.input.removeAttribute("aria-activedescendant");
}

function handleKeys(list, event) {
  const last = list.options.length - 1;
  const moves = {
    ArrowDown: list.active >= last ? 0 : list.active + 1,
    ArrowUp: list.active <= 0 ? last : list.active - 1,
  };
  if (event.key in moves && last >= 0) activate(list, moves[event.key]);
  else if (event.key === "Enter" && list.active >= 0) list.options[list.active].option.onPick();
  else return false;
  event.preventDefault();
  return true;
}
