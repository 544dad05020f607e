import { make, row } from "/dom.js";
import { schemaView } from "/schema.js";

/** One operation, folded: what it takes and what it answers. */
export function operationView(method, path, operation, contract) {
  const takes = (operation.parameters ?? []).map((one) => resolved(one, contract));
  return make("details.operation", { id: operation.operationId },
    make("summary", make("span.method", { "data-method": method }, method), make("code", path), make("span.summary", operation.summary ?? "")),
    operation.description ? make("p", operation.description) : null,
    takes.length ? part("Parameters", parameterTable(takes)) : null,
    operation.requestBody ? part("Body", ...content(resolved(operation.requestBody, contract).content)) : null,
    part("Answers", ...Object.entries(operation.responses ?? {}).map(([status, answer]) => answerView(status, answer, contract))));
}

const part = (title, ...children) => make("section.part", make("h4", title), ...children);

function parameterTable(parameters) {
  return make("div.scroll", make("table", make("tbody", ...parameters.map((one) => row(
    make("th", { scope: "row" }, make("code", one.name), make("span.sentence", `in ${one.in}${one.required ? ", required" : ""}`)),
    make("td", one.description ?? "", " ", schemaView(one.schema)))))));
}

function content(types = {}) {
  return Object.entries(types).map(([type, { schema }]) => make("div.content", make("code.media", type), schemaView(schema)));
}

function answerView(status, answer, contract) {
  const isShared = Boolean(answer.$ref);
  const found = resolved(answer, contract);
  const line = [make("code.status", { "data-class": status[0] }, status), " ", found.description ?? ""];
  return isShared || !found.content ? make("p.answer", ...line) : make("div.answer", make("p", ...line), ...content(found.content));
}

/** What a `$ref` into the document points at. */
function resolved(value, contract) {
  if (!value.$ref) return value;
  return value.$ref.slice(2).split("/").reduce((part, name) => part[name.replaceAll("~1", "/").replaceAll("~0", "~")], contract);
}
