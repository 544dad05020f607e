import { get, query } from "/api.js";
import { byId, fill, make } from "/dom.js";
import { languageField } from "/language-field.js";
import { difference, money } from "/money.js";
import { priceChanges, priceLines } from "/price-lines.js";
import { clearProblem, showProblem } from "/problem.js";
import * as words from "/words.js";

const form = byId("estimate-form");
const fields = ["language", "accent", "register", "setting", "elicitation", "emotion", "tier"];
let shown;
let running;

/** Keeps the price on the page that of the form. */
export function startEstimator() {
  fill(form.register, words.registers, "friend");
  fill(form.setting, words.settings, "quiet");
  fill(form.elicitation, words.elicitations, "acted");
  fill(form.emotion, words.emotions, "neutral");
  fill(form.tier, words.tiers, "novice");
  languageField(form.language);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", estimate);
  estimate();
}

/** Prices another kind of speech; fields that it leaves open stay. */
export function choose(kind) {
  for (const field of fields) if (kind[field]) form[field].value = kind[field];
  form.accent.value = kind.accent ?? "";
  form.dispatchEvent(new Event("input"));
  form.language.dispatchEvent(new Event("input"));
}

async function estimate() {
  running?.abort();
  running = new AbortController();
  const request = Object.fromEntries(fields.map((field) => [field, form[field].value.trim()]));
  try {
    const answer = await get(query("/v1/estimate", request), { signal: running.signal });
    clearProblem(form, byId("estimate-problem"));
    present(answer);
  } catch (error) {
    if (error.name !== "AbortError") {
      clearProblem(form, byId("estimate-problem"));
      showProblem(error, form, byId("estimate-problem"), { goes: false });
    }
  }
}

function present(price) {
  const changes = shown ? priceChanges(price.lines, shown.lines) : [];
  byId("finished").textContent = money(price.per_finished_hour);
  byId("worked").textContent = money(price.per_worked_hour);
  byId("overhead").textContent = `${price.worked_hours_per_finished_hour} hours of work are reckoned for one finished hour.`;
  byId("totals").replaceChildren(...Object.entries(price.total_by_grade).map(([grade, total]) => make("li",
    make("span.grade", { "data-grade": grade }, grade), make("span", money(total)))));
  byId("totals-title").textContent = `${price.seconds} seconds earn`;
  byId("lines").replaceChildren(...priceLines(price.lines, new Set(changes.map(({ line }) => line.code))));
  byId("rate-card").textContent = `Rate card ${price.rate_card.number}`;
  if (changes.length) explain(price, changes);
  shown = price;
}

/** Says what changed against the price before, by how much, and why. */
function explain(price, changes) {
  const gap = difference(price.per_finished_hour, shown.per_finished_hour);
  const reasons = changes.map(({ line, before }) => {
    const factors = !line.factor ? "new words" : before?.factor === line.factor ? `still × ${line.factor}` : `× ${before?.factor ?? "1"} is now × ${line.factor}`;
    return make("li", make("strong", `${words.lineNames[line.code] ?? line.code}: ${factors}. `), line.sentence);
  });
  byId("change").replaceChildren(make("p", make("strong", gap), gap === "no change" ? "" : " per finished hour"), make("ul", ...reasons));
}
