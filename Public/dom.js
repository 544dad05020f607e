export const byId = (id) => document.getElementById(id);

/** An element with text or children; class names behind a dot: "td.number". */
export function make(tag, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  element.className = classes.join(" ");
  element.append(...children);
  return element;
}

export const row = (...cells) => make("tr", ...cells);

/** Fills a select with words. */
export function fill(select, words, chosen) {
  select.replaceChildren(...words.map((word) => new Option(word, word, word === chosen, word === chosen)));
}
