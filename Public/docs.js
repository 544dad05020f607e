import { get } from "/api.js";
import { byId, make, row } from "/dom.js";

const methods = ["get", "post", "put", "patch", "delete"];

function operation(method, path, detail) {
  const parameters = (detail.parameters ?? []).map((one) => row(make("td", make("code", one.name)), make("td", one.in + (one.required ? ", required" : "")), make("td", one.description ?? "")));
  const answers = Object.entries(detail.responses).map(([status, answer]) => row(make("td", make("code", status)), make("td", answer.description ?? answer.$ref?.split("/").at(-1) ?? "")));
  const parts = [make("summary", make("code", `${method.toUpperCase()} ${path}`), ` — ${detail.summary}`), make("p", detail.description ?? "")];
  if (parameters.length) parts.push(make("div.scroll", make("table", make("tbody", ...parameters))));
  for (const [type, body] of Object.entries(detail.requestBody?.content ?? {})) parts.push(make("p", "Body: ", make("code", type)), make("pre", JSON.stringify(body.schema ?? {}, null, 2)));
  parts.push(make("div.scroll", make("table", make("tbody", ...answers))));
  return make("details.card", ...parts);
}

try {
  const contract = await get("/openapi.json");
  for (const tag of contract.tags) {
    const found = Object.entries(contract.paths).flatMap(([path, item]) => methods.filter((method) => item[method]?.tags.includes(tag.name)).map((method) => operation(method, path, item[method])));
    byId("operations").append(make("h2", tag.name), make("p.note", tag.description), ...found);
  }
  byId("operations").append(make("h2", "Shapes"), ...Object.entries(contract.components.schemas).map(([name, schema]) => make("details.card", make("summary", make("code", name)), make("pre", JSON.stringify(schema, null, 2)))));
} catch (error) {
  byId("problem").textContent = error.message;
}
