import { get, post, query } from "/api.js";
import { byId, fill, make, show } from "/dom.js";
import { money } from "/money.js";
import { attempt } from "/problem.js";
import { showQuote } from "/quote.js";
import * as words from "/words.js";

const kind = ["register", "setting", "elicitation", "emotion"];
const parts = { form: byId("offer-form"), box: byId("offer-problem"), button: byId("quote-button") };
let scenarios = [];

/** Lets people choose what to say and lock its price; `record(quote, scenario)` is called when they go on. */
export function startOffer(record) {
  fill(byId("register"), words.registers, "friend");
  fill(byId("setting"), words.settings, "quiet");
  fill(byId("elicitation"), words.elicitations, "acted");
  fill(byId("emotion"), words.emotions, "neutral");
  let locked;
  parts.form.addEventListener("change", (event) => {
    if (event.target.id === "my-language") attempt(showScenarios, parts);
    show(byId("own-kind"), !chosen());
    show(byId("quote"), false);
  });
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(async () => { locked = await lock(); }, parts);
  });
  byId("to-studio").addEventListener("click", () => record(locked.quote, locked.scenario));
}

/** Offers what a contributor can record next. */
export async function showOffer(me) {
  const options = me.languages.map(({ language }) => [language, words.languageName(language) || language]);
  fill(byId("my-language"), options, options[0][0]);
  show(byId("my-language-field"), options.length > 1);
  show(byId("quote"), false);
  await showScenarios();
}

async function showScenarios() {
  const { data } = await get(query("/v1/scenarios", { language: byId("my-language").value, limit: 200 }));
  scenarios = data;
  byId("scenarios").replaceChildren(...data.map(card), ownCard());
  byId("scenarios").querySelector("input").checked = true;
  show(byId("own-kind"), !data.length);
}

function card(scenario) {
  const context = [`to a ${scenario.register}`, scenario.setting, scenario.elicitation, scenario.emotion].join(" · ");
  return make("label.scenario",
    make("input", { type: "radio", name: "scenario", value: scenario.id }),
    make("span.scenario-text", make("strong", scenario.title), make("span", scenario.prompt), make("span.sentence", context),
      scenario.content_note && make("span.content-note", scenario.content_note)),
    scenario.per_finished_hour && make("span.scenario-price", money(scenario.per_finished_hour), make("span.sentence", "a finished hour")));
}

function ownCard() {
  return make("label.scenario", make("input", { type: "radio", name: "scenario", value: "", id: "scenario-own" }),
    make("span.scenario-text", make("strong", "Something of my own"), make("span", "Say what you like, in a kind of speech that you name.")));
}

const chosen = () => scenarios.find(({ id }) => id === parts.form.querySelector("[name=scenario]:checked")?.value);

async function lock() {
  const scenario = chosen();
  const own = Object.fromEntries([["language", byId("my-language").value], ...kind.map((name) => [name, byId(name).value])]);
  const quote = await post("/v1/quotes", scenario ? { scenario: scenario.id } : own);
  showQuote(quote);
  return { quote, scenario };
}
