import { call, get, post, query, session } from "/api.js";
import { byId, fill, make, show } from "/dom.js";
import { exactMoney, money } from "/money.js";
import { attempt } from "/problem.js";
import { emotions, languageName, reviewReasons } from "/words.js";

const form = byId("review-form");
const player = byId("listen");
let assignment = null;

const parts = (button, box) => ({ form, box: byId(box), button: byId(button) });
const isUsable = () => form.elements.usable.value === "yes";

byId("emotions").replaceChildren(...emotions.map(([value, label], index) => make("div.field",
  make("label", make("input", { type: "checkbox", name: "emotion", value }), ` ${index + 1}. ${label}`),
  make("input", { type: "range", min: 1, max: 10, value: 5, name: `${value}-weight`, "aria-label": `Weight of ${label}`, hidden: true }))));
byId("reasons").replaceChildren(...reviewReasons.map(([value, label]) =>
  make("label", make("input", { type: "checkbox", name: "reason", value }), ` ${label}`)));

const chosen = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);

/** Shows a weight for each chosen emotion once there are several. */
function showWeights() {
  const names = chosen("emotion");
  for (const [name] of emotions) show(form.elements[`${name}-weight`], names.length > 1 && names.includes(name));
}

/** Shares of three decimals that add up to 1. */
function shares() {
  const names = chosen("emotion");
  const weights = names.map((name) => Number(form.elements[`${name}-weight`].value));
  const sum = weights.reduce((one, other) => one + other, 0);
  const thousandths = weights.map((weight) => Math.round((1000 * weight) / sum));
  if (names.length) thousandths[0] += 1000 - thousandths.reduce((one, other) => one + other, 0);
  return Object.fromEntries(names.map((name, index) => [name, thousandths[index] / 1000]));
}

function judgement() {
  if (!isUsable()) {
    const reasons = chosen("reason");
    if (!reasons.length) throw new Error("Say why it can't be used.");
    return { assignment: assignment.id, usable: false, reasons };
  }
  if (!chosen("emotion").length) throw new Error("Choose what you hear; “neutral” is an answer too.");
  const rating = (name) => Number(byId(name).value);
  return {
    assignment: assignment.id, usable: true, emotions: shares(), arousal: rating("arousal"), valence: rating("valence"),
    dominance: rating("dominance"),
  };
}

async function showBalance() {
  const { available } = await get("/v1/me/balance");
  byId("balance-now").textContent = money(available);
}

async function next() {
  player.pause();
  assignment = await get(query("/v1/reviews/next", { language: byId("review-language").value }));
  show(form, Boolean(assignment));
  show(byId("nothing"), !assignment);
  if (!assignment) return;
  form.reset();
  toggle();
  player.src = assignment.audio;
  byId("review-pay").textContent = exactMoney(assignment.pay);
  byId("review-length").textContent = `${assignment.duration_seconds.toFixed(1)} s`;
  byId("review-until").textContent = new Date(assignment.expires_at).toLocaleTimeString(navigator.language, { timeStyle: "short" });
  player.focus();
}

async function send() {
  const { pay } = await post("/v1/reviews", judgement());
  byId("paid").textContent = `${exactMoney(pay)} was credited.`;
  await showBalance();
  await next();
}

async function skip() {
  await call("DELETE", `/v1/reviews/assignments/${assignment.id}`);
  byId("paid").textContent = "Handed back; it will not come to you again.";
  await next();
}

function toggle() {
  show(byId("heard"), isUsable());
  show(byId("reasons-part"), !isUsable());
  showWeights();
}

async function enter() {
  const me = await get("/v1/me");
  fill(byId("review-language"), me.languages.map(({ language }) => [language, languageName(language) || language]));
  byId("who-text").textContent = me.display_name ?? "You are signed in.";
  await showBalance();
  show(byId("sign-in-form"), false);
  show(byId("who"));
  show(byId("work"));
  await take();
}

const take = () => attempt(next, { form: byId("work"), box: byId("next-problem") });

async function signIn() {
  const opened = await post("/v1/sessions", { key: byId("key").value.trim() });
  if (opened.role !== "contributor") throw new Error(`This key is a ${opened.role}'s; reviewing needs a contributor's.`);
  session.token = opened.csrf_token;
  byId("key").value = "";
  await enter();
}

byId("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(signIn, { form: byId("sign-in-form"), box: byId("sign-in-problem"), button: byId("sign-in-button") });
});
byId("sign-out").addEventListener("click", async () => {
  await call("DELETE", "/v1/sessions/current").catch(() => null);
  session.token = null;
  location.reload();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(send, parts("review-button", "review-problem"));
});
form.addEventListener("change", toggle);
byId("skip").addEventListener("click", () => attempt(skip, parts("skip", "review-problem")));
byId("review-language").addEventListener("change", take);
document.addEventListener("keydown", (event) => {
  if (form.hidden || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, #key")) return;
  const index = Number(event.key) - 1;
  if (event.key === "p") player.paused ? player.play() : player.pause();
  else if (event.key === "Enter" && event.target.type === "checkbox") form.requestSubmit();
  else if (index >= 0 && index < emotions.length && isUsable()) form.querySelectorAll('[name="emotion"]')[index].click();
});

if (session.token) attempt(enter, { form: byId("sign-in-form"), box: byId("sign-in-problem") });
