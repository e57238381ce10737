// What the workspace itself checks before a form is sent: Slack's own rules, not the bot's.

const MISSING = "Please complete this required field.";

const RULES = {
  plain_text_input: lengthProblem,
  number_input: numberProblem,
  email_text_input: ({ value }) => (/^\S+@\S+\.\S+$/.test(value) ? null : "Please enter an e-mail address."),
  url_text_input: ({ value }) =>
    URL.canParse(value) ? null : "Please enter a full address, such as https://example.org.",
};

/** Problems by block id, in the order of the blocks. */
export function problems(blocks, form) {
  const found = blocks
    .filter((block) => block.type === "input")
    .map((block) => [block.block_id, problemOf(block, form)]);
  return Object.fromEntries(found.filter(([, problem]) => problem));
}

function problemOf(block, form) {
  const value = form.value(block.block_id, block.element.action_id);
  if (isEmpty(value)) return block.optional ? null : MISSING;
  return RULES[block.element.type]?.(value, block.element) ?? null;
}

function isEmpty(value) {
  const entered = Object.entries(value ?? {}).find(([name]) => name !== "type")?.[1];
  return entered == null || entered.length === 0 || (typeof entered === "string" && !entered.trim());
}

function lengthProblem({ value }, { min_length: min = 0, max_length: max = 3000 }) {
  if (value.length < min) return `Please write at least ${min} characters.`;
  return value.length > max ? `Please shorten this to ${max} characters; it has ${value.length}.` : null;
}

function numberProblem({ value }, element) {
  const number = Number(value);
  if (Number.isNaN(number)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
  if (element.min_value != null && number < Number(element.min_value))
    return `Please enter ${element.min_value} or more.`;
  if (element.max_value != null && number > Number(element.max_value))
    return `Please enter ${element.max_value} or less.`;
  return null;
}
