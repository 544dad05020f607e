export const byId = (id) => document.getElementById(id);

/** An element: "td.number#total", then attributes if any, then text and children; null children are left out. */
export function make(selector, ...rest) {
  const [, name, id, classes] = selector.match(/^([a-z0-9]+)(?:#([\w-]+))?((?:\.[\w-]+)*)$/);
  const element = document.createElement(name);
  if (id) element.id = id;
  if (classes) element.className = classes.slice(1).replaceAll(".", " ");
  const [first, ...others] = rest;
  const hasAttributes = first !== null && typeof first === "object" && !(first instanceof Node);
  for (const [key, value] of Object.entries(hasAttributes ? first : {})) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  const children = hasAttributes ? others : rest;
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const row = (...cells) => make("tr", ...cells);

/** Options of a select: [value, label] each. */
export function fill(select, options, chosen) {
  select.replaceChildren(...options.map(([value, label]) => new Option(label, value, value === chosen, value === chosen)));
}

/** Shows an element or hides it. */
export function show(element, isShown = true) {
  element.hidden = !isShown;
}
