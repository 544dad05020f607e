import { get } from "/api.js";
import { byId, fill, make, row } from "/dom.js";
import { money } from "/money.js";
import * as words from "/words.js";

const form = byId("prices");
fill(form.register, words.registers, "friend");
fill(form.setting, words.settings, "quiet");
fill(form.elicitation, words.elicitations, "acted");
fill(form.emotion, words.emotions, "neutral");
fill(form.tier, words.tiers, "novice");

let known = new Map();
let asked = 0;

async function showPrice() {
  const turn = ++asked;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  try {
    const estimate = await get(`/v1/estimate?${query}`);
    if (turn === asked) show(estimate);
  } catch (error) {
    byId("price-problem").textContent = error.message;
  }
}

function show(estimate) {
  byId("price-problem").textContent = "";
  byId("finished").textContent = money(estimate.per_finished_hour);
  byId("worked").textContent = `${money(estimate.per_worked_hour)} per worked hour, at ${estimate.worked_hours_per_finished_hour} worked hours for each finished one. Grade A earns × ${estimate.grade_factors.A}, grade C × ${estimate.grade_factors.C}.`;
  const changed = estimate.lines.filter((line) => known.size && known.get(line.code) !== (line.factor ?? ""));
  byId("why").textContent = changed.map((line) => `${line.sentence} × ${line.factor}`).join(" ");
  byId("lines").replaceChildren(...estimate.lines.map((line) => {
    const element = row(make("td", line.sentence), make("td.number", line.factor ? `× ${line.factor}` : ""), make("td.number", money(line.per_finished_hour)));
    if (changed.includes(line)) element.className = "changed";
    return element;
  }));
  known = new Map(estimate.lines.map((line) => [line.code, line.factor ?? ""]));
}

async function showBoard() {
  const { data } = await get("/v1/scarcity");
  const rows = data.map((gap) => row(
    make("td", [gap.language, gap.accent, gap.register, gap.setting, gap.emotion].filter(Boolean).join(", ")),
    make("td.number", gap.hours_wanted.toFixed(1)), make("td.number", gap.hours_accepted.toFixed(2)), make("td.number", `× ${gap.premium}`)));
  byId("board").replaceChildren(...(rows.length ? rows : [row(make("td", "No hours are asked for yet."))]));
}

form.addEventListener("input", showPrice);
form.addEventListener("submit", (event) => event.preventDefault());
showPrice();
showBoard();
