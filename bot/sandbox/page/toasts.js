// Notices that come and stay until they are dismissed: what the workspace reports, and what the page itself has to say.
import { el, freshId, reconcile } from "./dom.js";
import { icon } from "./icons.js";

const STAY_MS = 12000;

/** The corner for notices; `complain(text)` adds one of the page's own. */
export function createToasts() {
  const own = [];
  const toasts = { app: null, own };
  toasts.update = () => update(toasts);
  toasts.complain = (text) => {
    if (own.some((toast) => toast.text === text)) return;
    const toast = { id: freshId("toast"), text, own: true };
    own.push(toast);
    update(toasts);
    setTimeout(() => drop(toasts, toast), STAY_MS);
  };
  return toasts;
}

function update(toasts) {
  const alerts = toasts.app?.state?.alerts ?? [];
  const own = toasts.own.filter(({ text }) => !alerts.some((alert) => alert.text === text));
  reconcile(document.getElementById("toasts"), [...alerts, ...own], {
    key: ({ id }) => id,
    stamp: ({ text }) => text,
    build: (toast) => toastNode(toast, () => dismiss(toasts, toast)),
  });
}

function dismiss(toasts, toast) {
  if (toast.own) drop(toasts, toast);
  else toasts.app.act("dismiss", { alert: toast.id });
}

function drop(toasts, toast) {
  const at = toasts.own.indexOf(toast);
  if (at >= 0) toasts.own.splice(at, 1);
  update(toasts);
}

function toastNode({ text }, onDismiss) {
  return el(
    "div",
    { class: "toast", data: { testid: "toast" } },
    icon("alert"),
    el("p", {}, text),
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Dismiss",
        data: { testid: "toast-dismiss" },
        on: { click: onDismiss },
      },
      icon("close"),
    ),
  );
}
