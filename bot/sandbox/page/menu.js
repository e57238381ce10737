// Menus behind a button: arrow keys move, Enter chooses, Escape closes.
import { el } from "./dom.js";
import { closePopup, isOpen, openPopup } from "./popup.js";

/** Makes `button` open a menu of the items {label, detail, testid, value, onPick, href} which `items()` gives. */
export function attachMenu(button, { label, items, align = "end" }) {
  let panel = null;
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (panel && isOpen(panel)) return closePopup(panel);
    panel = menuNode(label, items());
    button.setAttribute("aria-expanded", "true");
    const onClose = () => button.setAttribute("aria-expanded", "false");
    return openPopup(button, panel, { align, onClose, focus: panel.querySelector('[role="menuitem"]') });
  });
}

function menuNode(label, items) {
  const keys = (event) => moveFocus(event, panel);
  const panel = el(
    "div",
    { role: "menu", class: "menu", "aria-label": label, on: { keydown: keys } },
    items.map((item) => itemNode(item, () => closePopup(panel))),
    items.length ? null : el("p", { class: "listbox-empty" }, "Nothing to choose here."),
  );
  return panel;
}

function itemNode(item, close) {
  const pick = () => {
    close();
    item.onPick?.();
  };
  const link = item.href ? { href: item.href, target: "_blank", rel: "noopener noreferrer" } : { type: "button" };
  return el(
    item.href ? "a" : "button",
    {
      ...link,
      role: "menuitem",
      tabindex: "-1",
      class: "menu-item",
      data: { testid: item.testid, value: item.value },
      on: { click: pick },
    },
    el("span", { class: "menu-label" }, item.label),
    item.detail ? el("span", { class: "menu-detail" }, item.detail) : null,
  );
}

function moveFocus(event, panel) {
  const items = [...panel.querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const targets = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  if (event.key === "Tab") return closePopup(panel);
  if (!(event.key in targets)) return undefined;
  event.preventDefault();
  return items[targets[event.key]]?.focus();
}
