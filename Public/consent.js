import { get, post, query } from "/api.js";
import { byId, make, show } from "/dom.js";
import { attempt } from "/problem.js";
import { purposes } from "/words.js";

const parts = { form: byId("consent-form"), box: byId("consent-problem"), button: byId("consent-button") };
const purposeNames = new Map(purposes.map(([purpose, name]) => [purpose, name]));
let text;

/** Lets people grant purposes and withdraw them; `next()` is called after each grant. */
export function startConsent(next) {
  byId("purposes").replaceChildren(...purposes.map(tick));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => grant(next), parts);
  });
  byId("consent-keep").addEventListener("click", next);
  byId("withdraw").addEventListener("click", () => attempt(withdraw, { ...parts, button: byId("withdraw") }));
}

/** Shows the text and the grants; answers whether one is in force. */
export async function showConsents() {
  const grants = await everyGrant();
  const inForce = grants.findLast((grant) => !grant.withdrawn_at);
  byId("consent-text").textContent = text.body;
  byId("consent-version").textContent = `Version ${text.version} · SHA-256 ${text.sha256}`;
  for (const box of ticks()) box.checked = inForce?.purposes.includes(box.value) ?? false;
  show(byId("consent-keep"), Boolean(inForce));
  show(byId("withdraw"), Boolean(inForce));
  show(byId("grants-part"), grants.length > 0);
  byId("grants").replaceChildren(...grants.toReversed().map((grant) => grantRow(grant, inForce)));
  return Boolean(inForce);
}

async function everyGrant() {
  const grants = [];
  for (let cursor = null, hasMore = true; hasMore;) {
    const page = await get(query("/v1/me/consents", { limit: 200, cursor }));
    grants.push(...page.data);
    ({ text, next_cursor: cursor, has_more: hasMore } = page);
  }
  return grants;
}

const ticks = () => [...byId("purposes").querySelectorAll("input")];

function tick([purpose, name, sentence]) {
  return make("label.tick", make("input", { type: "checkbox", id: `purpose-${purpose}`, value: purpose }),
    make("span", make("strong", name), make("span.sentence", sentence)));
}

async function grant(next) {
  const ticked = ticks().filter((box) => box.checked).map((box) => box.value);
  if (!ticked.length) throw new Error("Tick at least one purpose: without one, nobody may use what you record.");
  await post("/v1/me/consents", { purposes: ticked, text_version: text.version });
  await showConsents();
  await next();
}

/** Withdraws each grant that stands, the oldest first: the newest counts alone, and an older one must not come back. */
async function withdraw() {
  for (const grant of await everyGrant()) {
    if (!grant.withdrawn_at) await post(`/v1/me/consents/${grant.id}/withdrawal`, {});
  }
  await showConsents();
}

function grantRow(grant, inForce) {
  const names = grant.purposes.map((purpose) => purposeNames.get(purpose) ?? purpose).join(", ");
  const date = (time) => new Date(time).toLocaleString(navigator.language, { dateStyle: "medium", timeStyle: "short" });
  const end = grant.withdrawn_at ? `withdrawn ${date(grant.withdrawn_at)}` : grant === inForce ? "in force" : "replaced by a newer grant";
  return make("li", make("span", names, make("span.sentence", `granted ${date(grant.granted_at)} · text ${grant.text_version} · ${end}`)));
}
