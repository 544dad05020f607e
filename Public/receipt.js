import { get } from "/api.js";
import { byId, make, row } from "/dom.js";
import { money } from "/money.js";

const number = (value) => (value === null ? "–" : Number(value.toPrecision(4)).toLocaleString("en"));

/** Shows what was measured, decided and paid, and the balance. */
export async function showReceipt(id) {
  const recording = await get(`/v1/recordings/${id}`);
  byId("grade").textContent = recording.grade;
  byId("outcome").textContent = recording.error ? recording.error.sentence : `${recording.status}, ${number(recording.duration_seconds)} s`;
  byId("fix").textContent = recording.fix ? `To do better: ${recording.fix}` : "";
  byId("checks").replaceChildren(...recording.checks.map((check) => row(
    make("td", check.measure.replaceAll("_", " ")), make("td.number", number(check.value)),
    ...["A", "B", "C"].map((grade) => make("td.number", (check.better === "larger" ? "≥ " : "≤ ") + number(check[grade]))), make("td", check.grade))));
  byId("pay").replaceChildren(...(recording.pay ? [
    ...recording.pay.lines.map((line) => row(make("td", line.sentence), make("td.number", money(line.amount)))),
    row(make("td", make("strong", "Together")), make("td.number", make("strong", money(recording.pay.total)))),
  ] : []));
  byId("balance").textContent = money((await get("/v1/me/balance")).available);
  byId("receipt").hidden = false;
  byId("receipt").scrollIntoView({ behavior: "smooth" });
}
