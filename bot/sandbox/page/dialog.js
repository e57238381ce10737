// A stack of dialogs: only the topmost can be reached, the rest of the page is inert, Escape closes.
import { rememberFocus } from "./dom.js";

const restores = new WeakMap();

/** Shows a dialog element above the page and focuses `focus`, or else the dialog. */
export function showDialog(node, { onEscape, focus }) {
  restores.set(node, rememberFocus());
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onEscape();
  });
  stack().append(node);
  settle();
  (focus?.() ?? node).focus({ preventScroll: true });
}

/** Takes a dialog away and gives the focus back. */
export function hideDialog(node) {
  const hadFocus = node.contains(document.activeElement) || document.activeElement === document.body;
  node.remove();
  settle();
  if (hadFocus) restores.get(node)?.();
}

function settle() {
  const dialogs = [...stack().children];
  document.getElementById("app").inert = dialogs.length > 0;
  dialogs.forEach((dialog, index) => (dialog.inert = index < dialogs.length - 1));
}

function stack() {
  return document.getElementById("dialogs");
}
