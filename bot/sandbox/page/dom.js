// Building and updating elements. Text always becomes a text node, so nothing a user wrote can turn into markup.

const SVG = "http://www.w3.org/2000/svg";
const stamps = new WeakMap();
let counter = 0;

/** Builds an element: attributes, `on` (listeners), `data` (data-*), then nodes, strings, lists of them or null. */
export function el(tag, { on = {}, data = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  for (const [name, value] of Object.entries(data)) if (value != null) node.dataset[name] = value;
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  node.append(...flat(children));
  return node;
}

/** Sets attributes; null, undefined and false remove them, true sets an empty one. */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : value);
  }
}

/** Builds an SVG drawing of paths on a 24 by 24 grid. */
export function svg(paths, attributes = {}) {
  const node = document.createElementNS(SVG, "svg");
  setAttributes(node, { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", ...attributes });
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    node.append(path);
  }
  return node;
}

/** Replaces what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** An id no other element of the page has. */
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Makes the children of `container` match `items`; a child stays as it is while its key and stamp stay the same. */
export function reconcile(container, items, { key, stamp, build }) {
  const wanted = new Set(items.map((item) => String(key(item))));
  const known = new Map();
  for (const node of [...container.children]) {
    if (wanted.has(node.dataset.key)) known.set(node.dataset.key, node);
    else node.remove();
  }
  let place = container.firstElementChild;
  for (const item of items) {
    const old = known.get(String(key(item)));
    const node = currentNode(old, item, { key, stamp, build });
    if (old && old !== node) {
      old.replaceWith(node);
      if (place === old) place = node;
    }
    if (place === node) place = node.nextElementSibling;
    else container.insertBefore(node, place);
  }
}

/** Runs `work`, which may rebuild parts of `container`, and puts the focus back where it was or close to it. */
export function keepFocus(container, work) {
  const before = document.activeElement;
  if (!before || before === document.body || !container.contains(before)) return work();
  const restore = rememberFocus();
  const result = work();
  if (!before.isConnected && document.activeElement === document.body) restore();
  return result;
}

/** Returns a function that focuses what is focused now, or what has since been built in its place. */
export function rememberFocus() {
  const before = document.activeElement;
  const paths = focusPaths(before);
  const caret = before?.selectionStart == null ? null : [before.selectionStart, before.selectionEnd];
  return () => {
    const target = before?.isConnected ? before : paths.map((path) => document.querySelector(path)).find(Boolean);
    if (!target || target === document.body) return;
    if (!target.matches("a[href], button, input, select, textarea, [tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    if (caret && "setSelectionRange" in target) target.setSelectionRange(...caret);
  };
}

function currentNode(node, item, { key, stamp, build }) {
  const mark = stamp(item);
  if (node && stamps.get(node) === mark) return node;
  const fresh = build(item);
  fresh.dataset.key = key(item);
  stamps.set(fresh, mark);
  return fresh;
}

function focusPaths(node) {
  const steps = [];
  for (let at = node; at; at = at.parentElement) {
    const { key, blockId, actionId, value } = at.dataset;
    if (key) steps.unshift(selector({ key }));
    if (actionId) steps.unshift(selector({ "block-id": blockId, "action-id": actionId, value }));
  }
  const [exact, ...around] = steps.map((_, index) => steps.slice(0, steps.length - index).join(" "));
  return [exact, movedPath(node, steps), ...around].filter(Boolean);
}

/** Where a button is found whose block has come back under another id. */
function movedPath(node, steps) {
  const { actionId, value } = node.dataset;
  return actionId && value && [...steps.slice(0, -2), selector({ "action-id": actionId, value })].join(" ");
}

function selector(data) {
  return Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`)
    .join("");
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child != null && child !== false);
}
