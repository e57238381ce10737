// Every interactive element by its type: `initial` is its value before anybody touches it, `draw` its node.
import { el } from "../dom.js";
import { button, overflow, image } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datepicker, datetimepicker, timepicker } from "./dates.js";
import { fileInput } from "./file.js";
import { select } from "./select.js";
import { emailInput, numberInput, textInput, urlInput } from "./text.js";

const SELECT = /^(?:multi_)?(?:static|external|users|conversations|channels)_select$/;
const TYPED = new Set(["plain_text_input", "number_input", "email_text_input", "url_text_input"]);

const KINDS = {
  button,
  overflow,
  image,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker,
  timepicker,
  datetimepicker,
  file_input: fileInput,
  plain_text_input: textInput,
  number_input: numberInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
};

/** The node of an element in `block`: `names` are the ARIA attributes that name it, `sends`: a change is an action. */
export function drawElement(element, block, ctx, { names, sends = true, optional = false }) {
  const kind = SELECT.test(element.type) ? select : KINDS[element.type];
  if (!kind) return el("span", { class: "unknown" }, `An element of type “${element.type}” is not drawn here.`);
  const field = fieldOf(element, block, ctx, { sends: sends && sendsOnChange(element) });
  const payload =
    kind.initial && (ctx.form.get(field.blockId, element.action_id, element.type) ?? kind.initial(element));
  if (payload) ctx.form.set(field.blockId, element.action_id, { type: element.type, ...payload });
  return kind.draw(element, { ...field, payload, names, optional });
}

/** What is typed becomes an action with each character only where the element asks for that. */
function sendsOnChange({ type, dispatch_action_config: config }) {
  return !TYPED.has(type) || Boolean(config?.trigger_actions_on?.includes("on_character_entered"));
}

function fieldOf(element, block, ctx, { sends }) {
  const blockId = block.block_id;
  const send = (payload) => ctx.dispatch(blockId, element, payload);
  return {
    blockId,
    send,
    reader: ctx.reader,
    app: ctx.app,
    data: { blockId, actionId: element.action_id },
    options: (query) => ctx.options(blockId, element, query),
    change: (payload) => {
      ctx.form.set(blockId, element.action_id, { type: element.type, ...payload });
      ctx.touched?.(blockId);
      if (sends) send(payload);
    },
  };
}
