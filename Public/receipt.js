import { get } from "/api.js";
import { showAppeal } from "/appeal.js";
import { showBalance } from "/balance.js";
import { byId, make, row, show } from "/dom.js";
import { measured, measureName } from "/measures.js";
import { exactMoney, money } from "/money.js";

const verdicts = {
  A: "Accepted, with the highest grade.", B: "Accepted, at the full quoted price.", C: "Accepted, at a reduced price.",
};

/** Shows what was measured, decided and paid for a recording, and the balance after it. */
export async function showReceipt(id) {
  const recording = await get(`/v1/recordings/${id}`);
  const isAccepted = recording.status === "accepted";
  byId("receipt").dataset.status = recording.status;
  byId("grade").textContent = isAccepted ? recording.grade : "–";
  byId("grade").dataset.grade = recording.grade ?? "";
  byId("verdict").textContent = verdict(recording, isAccepted);
  byId("verdict-note").textContent = (recording.reasons ?? []).map(measureName).join(", ");
  byId("fix").textContent = recording.fix ? `One thing to do better: ${recording.fix}` : "";
  show(byId("fix"), Boolean(recording.fix));
  byId("flags").replaceChildren(...(recording.flags ?? []).map((flag) => make("li", flag.sentence)));
  show(byId("flags"), Boolean(recording.flags?.length));
  byId("checks").replaceChildren(...(recording.checks ?? []).map(checkRow));
  showPay(recording.pay);
  showFacts(recording);
  showPicture(id);
  showAppeal(recording, () => showReceipt(id));
  await showBalance();
}

function verdict(recording, isAccepted) {
  if (recording.error) return recording.error.sentence;
  if (isAccepted) return verdicts[recording.grade] ?? "Accepted.";
  return recording.status === "rejected" ? "Not accepted: it misses a published threshold." : `It is ${recording.status}.`;
}

function checkRow(check) {
  const sign = check.better === "larger" ? "≥" : "≤";
  const threshold = (grade) => make(check.grade === grade ? "td.number.threshold.reached" : "td.number.threshold",
    make("span.of-grade", { "aria-hidden": "true" }, grade), ` ${sign} ${measured(check.measure, check[grade])}`);
  return row(make("th", { scope: "row" }, measureName(check.measure)),
    make("td.number", make("strong", measured(check.measure, check.value))), ...["A", "B", "C"].map(threshold),
    make("td", make("span.grade", { "data-grade": check.grade }, check.grade)));
}

function showPay(pay) {
  const line = ({ sentence, amount }) => row(
    make("th", { scope: "row" }, make("span.sentence", sentence)), make("td.number", exactMoney(amount)));
  byId("pay-lines").replaceChildren(...(pay?.lines ?? []).map(line));
  byId("pay-total").textContent = pay ? exactMoney(pay.total) : "nothing";
  byId("pay-note").textContent = pay
    ? `${money(pay.total)} was booked at once. What licences earn later comes on top.`
    : "A rejected recording pays nothing and costs nothing; record again under the same price.";
}

/** The picture hides its part where there is none, such as of what can't be decoded. */
function showPicture(id) {
  const picture = byId("picture");
  show(byId("picture-part"));
  picture.onerror = () => show(byId("picture-part"), false);
  picture.src = `/v1/recordings/${id}/picture`;
}

function showFacts(recording) {
  const { measurements, emotion_score: score } = recording;
  const facts = [
    ["Recording", recording.id], ["SHA-256", recording.sha256], ["Analyser", recording.analyser],
    ["Sound", measurements?.sample_rate_hz && `${measured("duration_seconds", measurements.duration_seconds)} at ${measurements.sample_rate_hz.toLocaleString()} Hz`],
    ["Booked as", recording.pay?.transaction],
    ["A model hears", score && `${score.label} (${Math.round(score.confidence * 100)} %). It never changes your pay.`],
  ];
  byId("facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", name), make("dd", value)]));
}
