// One floating panel at a time, beside what opened it, above everything else.

let current = null;

/** Opens `node` beside `anchor`. `focus` is focused first; `onClose` runs when it closes, by whatever way. */
export function openPopup(anchor, node, { onClose, focus, matchWidth = false, align = "start" } = {}) {
  closePopup();
  const home = anchor.closest('[role="dialog"]') ?? document.body;
  node.setAttribute("popover", "manual");
  node.classList.add("popup");
  home.append(node);
  node.showPopover?.();
  current = { anchor, node, onClose, matchWidth, align };
  place();
  watch();
  focus?.focus();
}

/** Closes the open panel; with `node`, only if it is that one. */
export function closePopup(node) {
  if (!current || (node && current.node !== node)) return;
  const { node: panel, anchor, onClose } = current;
  const hadFocus = panel.contains(document.activeElement);
  current = null;
  unwatch();
  panel.remove();
  onClose?.();
  if (hadFocus) anchor.focus({ preventScroll: true });
}

/** Whether this panel is the open one. */
export function isOpen(node) {
  return current?.node === node;
}

/** Puts the open panel back beside its anchor; closes it where the anchor has gone. */
export function place() {
  if (!current) return;
  const { anchor, node, matchWidth, align } = current;
  if (!anchor.isConnected) return closePopup();
  const box = anchor.getBoundingClientRect();
  if (matchWidth) node.style.setProperty("min-width", `${box.width}px`);
  const { offsetWidth: width, offsetHeight: height } = node;
  const left = align === "end" ? box.right - width : box.left;
  const below = innerHeight - box.bottom >= height + 8 || box.top < height + 8;
  const top = below ? box.bottom + 4 : box.top - height - 4;
  node.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
  node.style.setProperty("top", `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`);
}

function watch() {
  document.addEventListener("pointerdown", closeFromOutside, true);
  document.addEventListener("keydown", closeByEscape, true);
  addEventListener("scroll", followScroll, true);
  addEventListener("resize", place);
}

function unwatch() {
  document.removeEventListener("pointerdown", closeFromOutside, true);
  document.removeEventListener("keydown", closeByEscape, true);
  removeEventListener("scroll", followScroll, true);
  removeEventListener("resize", place);
}

function closeFromOutside(event) {
  if (!current.node.contains(event.target) && !current.anchor.contains(event.target)) closePopup();
}

function closeByEscape(event) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  closePopup();
}

function followScroll(event) {
  if (!current.node.contains(event.target)) place();
}
