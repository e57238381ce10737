// "Are you sure?" before a click that asks for it (Slack's confirmation object).
import { hideDialog, showDialog } from "./dialog.js";
import { el, freshId } from "./dom.js";
import { plain, textNodes } from "./mrkdwn.js";

/** Resolves to whether the person said yes; at once where there is nothing to confirm. */
export function confirmed(confirm, reader) {
  return confirm ? new Promise((resolve) => ask(confirm, reader, resolve)) : Promise.resolve(true);
}

function ask(confirm, reader, resolve) {
  const titleId = freshId("title");
  const textId = freshId("text");
  const answer = (yes) => {
    hideDialog(shade);
    resolve(yes);
  };
  const style = confirm.style === "danger" ? "button button-danger" : "button button-primary";
  const deny = el(
    "button",
    { type: "button", class: "button", data: { testid: "confirm-no" }, on: { click: () => answer(false) } },
    plain(confirm.deny),
  );
  const shade = el(
    "div",
    { class: "shade" },
    el(
      "div",
      {
        role: "alertdialog",
        "aria-modal": "true",
        "aria-labelledby": titleId,
        "aria-describedby": textId,
        class: "dialog confirm",
        data: { testid: "confirm" },
      },
      el("h2", { id: titleId, class: "confirm-title" }, plain(confirm.title)),
      el("div", { id: textId }, textNodes(confirm.text, reader)),
      el(
        "div",
        { class: "dialog-buttons" },
        deny,
        el(
          "button",
          { type: "button", class: style, data: { testid: "confirm-yes" }, on: { click: () => answer(true) } },
          plain(confirm.confirm),
        ),
      ),
    ),
  );
  showDialog(shade, { onEscape: () => answer(false), focus: () => deny });
}
