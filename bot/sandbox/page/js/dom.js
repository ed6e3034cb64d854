/** Building elements without ever parsing text as HTML. */

/**
 * Makes one element. `attributes` may hold `class`, `text`, `dataset`, `on` (listeners by
 * event name); anything else becomes an attribute, and null, undefined or false leaves it out.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") node.textContent = value;
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else node.setAttribute(name, value === true ? "" : value);
}

/** Gives a node a class for a while. */
export function flash(node, className, milliseconds) {
  node.classList.add(className);
  setTimeout(() => node.classList.remove(className), milliseconds);
}

/** Runs `action` once typing has paused for `milliseconds`. */
export function afterPause(action, milliseconds) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}
