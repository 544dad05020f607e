import { byId, make } from "/dom.js";
import { languageName, languages } from "/words.js";

/** Offers language tags for an input and says their names below it. */
export function languageField(input) {
  if (!byId("languages")) {
    const options = languages.map((tag) => make("option", { value: tag, label: languageName(tag) }));
    document.body.append(make("datalist#languages", ...options));
  }
  input.setAttribute("list", "languages");
  const hint = byId(`${input.id}-name`);
  const say = () => { hint.textContent = languageName(input.value.trim()) || "a tag such as de or pt-BR"; };
  input.addEventListener("input", say);
  say();
}
