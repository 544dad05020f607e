import { make } from "/dom.js";

const limits = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"];

/** A schema as nested lists: each property with its type, limits and description. */
export function schemaView(schema, required = false) {
  if (!schema) return make("span.type", "any bytes");
  const parts = [typeName(schema), required ? make("span.required", "required") : null, limitText(schema), description(schema)];
  const properties = Object.entries((schema.items ?? schema).properties ?? {});
  const names = new Set((schema.items ?? schema).required ?? []);
  if (properties.length) parts.push(make("ul.properties", ...properties.map(([name, one]) => make("li", make("code.name", name), " ", schemaView(one, names.has(name))))));
  for (const one of schema.oneOf ?? schema.anyOf ?? []) if (one.properties) parts.push(schemaView(one));
  return make("span.schema", ...parts);
}

/** "Money", "array of string", "string or null". */
function typeName(schema) {
  if (schema.$ref) return reference(schema.$ref);
  if (schema.items) return make("span", make("span.type", "array of "), typeName(schema.items));
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return make("span", ...choices.flatMap((one, index) => [index ? " or " : "", typeName(one)]));
  return make("span.type", [schema.type ?? "any"].flat().join(" or "));
}

function reference(path) {
  const name = path.split("/").at(-1);
  return make("a.type", { href: `#schema-${name}` }, name);
}

function limitText(schema) {
  const found = limits.filter((name) => schema[name] !== undefined).map((name) => `${name} ${schema[name]}`);
  if (schema.enum) found.unshift(schema.enum.map((value) => JSON.stringify(value)).join(" | "));
  return found.length ? make("span.limits", found.join(" · ")) : null;
}

const description = (schema) => (schema.description ? make("span.sentence", schema.description) : null);
