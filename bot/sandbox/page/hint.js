// What to try first, shown until it is put away for good.
import { el } from "./dom.js";
import { icon } from "./icons.js";

const SEEN = "sandbox.hint-seen";

/** The welcome of a first visit, or nothing. */
export function createHint(app) {
  if (localStorage.getItem(SEEN)) return null;
  const bot = app.state.bots[0]?.real_name ?? "The bot";
  const node = el(
    "section",
    { class: "hint", "aria-label": "What to try first", data: { testid: "hint" } },
    el(
      "ol",
      {},
      el(
        "li",
        {},
        el("strong", {}, "Be somebody."),
        " Choose a person at the top right; each sees their own messages.",
      ),
      el(
        "li",
        {},
        el("strong", {}, "Answer."),
        ` ${bot} asks in its direct messages what the work was for. One click is enough; `,
        el("code", { class: "code" }, "/goals"),
        " and the Home tab show more.",
      ),
      el(
        "li",
        {},
        el("strong", {}, "Move time on."),
        " Next day and Next digest play the colleagues’ answers; the digest comes to its channel.",
      ),
    ),
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Put this hint away",
        data: { testid: "hint-dismiss" },
        on: { click: dismiss },
      },
      icon("close"),
    ),
  );
  function dismiss() {
    localStorage.setItem(SEEN, "yes");
    node.remove();
  }
  return node;
}
