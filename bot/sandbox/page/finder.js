// A search field over a list: the body of the person menu and of "Jump to".
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { createListbox } from "./listbox.js";

/** `groups(words)` gives what fits. Returns nodes to place, the input to focus, and `start`, which shows the list. */
export function createFinder({ label, placeholder, testid, groups }) {
  const input = el("input", {
    type: "text",
    role: "combobox",
    class: "finder-input",
    placeholder,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": label,
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    data: { testid },
  });
  const list = createListbox({ input, label });
  const show = () =>
    list.show(groups(input.value.toLowerCase().split(/\s+/).filter(Boolean)), "Nobody and nothing by that name.");
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => list.keys(event));
  const start = () => {
    input.value = "";
    show();
  };
  return { nodes: [el("div", { class: "finder-field" }, icon("search"), input), list.node], input, start };
}
