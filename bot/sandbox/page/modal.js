// The forms of the bot: the person's stack of views, the topmost in front, with what was typed kept through updates.
import { drawBlocks, showErrors } from "./blocks.js";
import { hideDialog, showDialog } from "./dialog.js";
import { el, fill, freshId } from "./dom.js";
import { createForm } from "./form.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { problems } from "./validate.js";

/** The stack; `update` draws what the snapshot holds. */
export function createModals(app) {
  const open = new Map();
  return { update: () => update(app, open) };
}

function update(app, open) {
  const views = app.state.views;
  for (const view of views) {
    const modal = open.get(view.id);
    if (modal) modal.shade.hidden = view !== views.at(-1);
    showView(modal ?? openModal(app, open, view), view);
    open.get(view.id).node.dataset.testid = view === views.at(-1) ? "modal" : "modal-below";
  }
  for (const [id, modal] of open) if (!views.some((view) => view.id === id)) closeModal(open, id, modal);
}

function openModal(app, open, view) {
  const modal = buildModal(app, view);
  open.set(view.id, modal);
  showView(modal, view);
  showDialog(modal.shade, { onEscape: () => close(modal), focus: () => firstField(modal) });
  return modal;
}

function closeModal(open, id, modal) {
  open.delete(id);
  hideDialog(modal.shade);
}

function buildModal(app, view) {
  const titleId = freshId("title");
  const modal = { app, view, form: createForm({ remembers: true }), local: null, busy: false };
  modal.title = el("h2", { class: "modal-title", id: titleId });
  modal.body = el("div", { class: "modal-body" });
  modal.foot = el("div", { class: "modal-foot" });
  const cross = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close",
      data: { testid: "modal-close" },
      on: { click: () => close(modal) },
    },
    icon("close"),
  );
  modal.node = el(
    "form",
    {
      class: "dialog modal",
      role: "dialog",
      "aria-modal": "true",
      "aria-labelledby": titleId,
      novalidate: true,
      tabindex: "-1",
    },
    el("header", { class: "modal-head" }, modal.title, cross),
    modal.body,
    modal.foot,
  );
  modal.node.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(modal);
  });
  modal.shade = el("div", { class: "shade" }, modal.node);
  return modal;
}

function showView(modal, view) {
  if (modal.view.hash !== view.hash) modal.local = null;
  modal.view = view;
  fill(modal.title, plain(view.title));
  modal.node.classList.toggle("modal-loading", Boolean(view.loading));
  modal.node.setAttribute("aria-busy", String(Boolean(view.loading || modal.busy)));
  drawBlocks(modal.body, view.blocks, contextOf(modal));
  showFoot(modal, view);
  refuse(modal, modal.local ?? view.errors ?? {});
}

function showFoot(modal, { submit: word, close: deny, hash }) {
  const stamp = JSON.stringify([word, deny, hash, modal.busy]);
  if (modal.foot.dataset.stamp === stamp) return;
  modal.foot.dataset.stamp = stamp;
  modal.foot.hidden = !word && !deny;
  fill(
    modal.foot,
    deny
      ? el(
          "button",
          { type: "button", class: "button", data: { testid: "modal-cancel" }, on: { click: () => close(modal) } },
          plain(deny),
        )
      : null,
    word
      ? el(
          "button",
          {
            type: "submit",
            class: "button button-primary",
            "aria-busy": modal.busy ? "true" : null,
            data: { testid: "modal-submit", actionId: "submit" },
          },
          el("span", { class: "button-text" }, plain(word)),
        )
      : null,
  );
}

function contextOf(modal) {
  const { app, form } = modal;
  const where = (blockId, element) => ({ view_id: modal.view.id, block_id: blockId, action_id: element.action_id });
  return {
    app,
    form,
    reader: app.reader,
    touched: (blockId) => forget(modal, blockId),
    dispatch: (blockId, element, payload) =>
      app.act("view_action", { ...where(blockId, element), value: payload, state: stateOf(modal) }),
    options: (blockId, element, query) => app.act("options", { ...where(blockId, element), query }),
  };
}

function stateOf({ form, view }) {
  return { values: form.values(view.blocks) };
}

async function submit(modal) {
  if (modal.busy) return;
  const found = problems(modal.view.blocks, modal.form);
  if (Object.keys(found).length) return refuseAndFocus(modal, found);
  modal.local = {};
  refuse(modal, modal.local);
  setBusy(modal, true);
  const answer = await modal.app.act("submit", { view_id: modal.view.id, state: stateOf(modal) });
  setBusy(modal, false);
  if (answer.errors) refuseAndFocus(modal, answer.errors);
}

function setBusy(modal, busy) {
  modal.busy = busy;
  showFoot(modal, modal.view);
}

function close(modal) {
  modal.app.act("close_view", { view_id: modal.view.id });
}

function forget(modal, blockId) {
  const { [blockId]: gone, ...rest } = modal.local ?? modal.view.errors ?? {};
  if (gone) refuse(modal, (modal.local = rest));
}

function refuse(modal, errors) {
  showErrors(modal.body, errors);
}

function refuseAndFocus(modal, errors) {
  modal.local = errors;
  refuse(modal, errors);
  modal.body.querySelector('[aria-invalid="true"]')?.focus();
}

function firstField({ node, body }) {
  return body.querySelector("[data-focus]") ?? body.querySelector("input:not([type=file]), textarea, select") ?? node;
}
