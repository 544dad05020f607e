import { get } from "/api.js";
import { byId, make } from "/dom.js";
import { operationView } from "/operation.js";
import { schemaView } from "/schema.js";

const methods = ["get", "head", "post", "put", "patch", "delete"];
const operations = byId("operations");

function group(tag, contract) {
  const views = Object.entries(contract.paths).flatMap(([path, item]) => methods
    .filter((method) => (item[method]?.tags ?? ["other"]).includes(tag.name) && item[method])
    .map((method) => operationView(method, path, item[method], contract)));
  return section(tag.name, tag.description, views);
}

function section(name, description, views) {
  return make("section.group", { id: name, "aria-labelledby": `${name}-title` },
    make("h2", { id: `${name}-title` }, name), make("p.under", description ?? ""), ...views);
}

function schemas(contract) {
  const views = Object.entries(contract.components?.schemas ?? {}).map(([name, schema]) =>
    make("details.operation", { id: `schema-${name}` }, make("summary", make("code", name)), schemaView(schema)));
  return section("schemas", "The shapes that the operations share.", views);
}

/** Leaves only what holds every word. */
function filter() {
  const words = byId("docs-filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const view of operations.querySelectorAll(".operation")) {
    const text = view.firstChild.textContent.toLowerCase();
    view.hidden = !words.every((word) => text.includes(word));
    if (!view.hidden) count += 1;
  }
  for (const one of operations.children) one.hidden = !one.querySelector(".operation:not([hidden])");
  byId("docs-count").textContent = words.length ? `${count} found` : "";
}

/** Opens what the address names. */
function openNamed() {
  const view = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!view) return;
  if (view.matches("details")) view.open = true;
  view.scrollIntoView();
}

try {
  const contract = await get("/openapi.json");
  byId("version").textContent = `${contract.info.title} ${contract.info.version}.`;
  operations.append(...(contract.tags ?? []).map((tag) => group(tag, contract)), schemas(contract));
  byId("docs-tags").append(...[...operations.children].map((one) =>
    make("a", { href: `#${one.id}` }, one.id, make("span.hint", ` ${one.querySelectorAll(".operation").length}`))));
  byId("docs-filter").addEventListener("input", filter);
  addEventListener("hashchange", openNamed);
  openNamed();
} catch (error) {
  byId("docs-problem").textContent = error.message;
}
