import { get, post } from "/api.js";
import { byId, fill, make, row } from "/dom.js";
import { money } from "/money.js";
import { Recorder } from "/recorder.js";
import { showReceipt } from "/receipt.js";
import { follow, upload } from "/upload.js";
import * as words from "/words.js";

const recorder = new Recorder();
let scenarios = [];
let quote;
let file;

/** Runs a step of the page and shows what goes wrong. */
function step(act) {
  return async (event) => {
    event?.preventDefault();
    byId("problem").textContent = "";
    try {
      await act();
    } catch (error) {
      byId("problem").textContent = error.message;
      byId("problem").scrollIntoView();
    }
  };
}

async function signIn(key) {
  const session = await post("/v1/sessions", { key });
  sessionStorage.setItem("csrf", session.csrf_token);
  byId("sign-up").hidden = true;
  const { data, text } = await get("/v1/me/consents");
  byId("consent-text").textContent = text.body;
  byId("consent-version").textContent = `Version ${text.version}, SHA-256 ${text.sha256}`;
  byId("purposes").replaceChildren(...words.purposes.map((purpose) => {
    const tick = make("input");
    tick.type = "checkbox";
    tick.value = purpose;
    tick.id = `purpose-${purpose}`;
    return make("label.tick", tick, purpose.replaceAll("-", " "));
  }));
  if (data.some((consent) => !consent.withdrawn_at)) await showOffer();
  else byId("consent").hidden = false;
}

async function showOffer() {
  const me = await get("/v1/me");
  byId("language").value = me.languages[0].language;
  scenarios = (await get(`/v1/scenarios?language=${me.languages[0].language}`)).data;
  byId("scenario").replaceChildren(new Option("Something of my own", ""), ...scenarios.map((one) => new Option(`${one.title}, ${money(one.per_finished_hour)} an hour`, one.id)));
  byId("consent").hidden = true;
  byId("offer").hidden = false;
}

function showScenario() {
  const scenario = scenarios.find((one) => one.id === byId("scenario").value);
  for (const name of ["register", "setting", "elicitation", "emotion"]) {
    byId(name).disabled = Boolean(scenario);
    if (scenario) byId(name).value = scenario[name];
  }
  byId("prompt").textContent = scenario ? scenario.prompt : "";
}

async function lockQuote() {
  const scenario = byId("scenario").value;
  const kind = Object.fromEntries(["language", "register", "setting", "elicitation", "emotion"].map((name) => [name, byId(name).value]));
  quote = await post("/v1/quotes", scenario ? { scenario } : kind);
  byId("hourly").textContent = money(quote.per_finished_hour);
  byId("expires").textContent = new Date(quote.expires_at).toLocaleDateString();
  byId("quote-lines").replaceChildren(...quote.lines.map((line) => row(make("td", line.sentence), make("td.number", line.factor ? `× ${line.factor}` : ""), make("td.number", money(line.per_finished_hour)))));
  byId("jws").textContent = quote.jws;
  byId("quote").hidden = byId("recorder").hidden = false;
}

function showLevel(peak, seconds) {
  byId("level").value = peak;
  byId("time").textContent = `${seconds.toFixed(1)} s`;
  if (peak >= 0.999) byId("clip").textContent = "Too loud: it distorts. Step back or turn the level down.";
}

byId("sign-up-form").addEventListener("submit", step(async () => {
  const accent = byId("accent").value;
  const { key } = await post("/v1/contributors", { languages: [{ language: byId("language").value, ...(accent && { accent }) }] });
  byId("key-text").textContent = key.key;
  byId("new-key").hidden = false;
  await signIn(key.key);
}));
byId("sign-in-form").addEventListener("submit", step(() => signIn(byId("key").value)));
byId("copy-key").addEventListener("click", () => navigator.clipboard.writeText(byId("key-text").textContent));
byId("consent-form").addEventListener("submit", step(async () => {
  const purposes = [...document.querySelectorAll("#purposes input:checked")].map((tick) => tick.value);
  if (!purposes.length) throw new Error("Tick at least one purpose, or nobody may use what you record.");
  await post("/v1/me/consents", { purposes });
  await showOffer();
}));
byId("scenario").addEventListener("change", showScenario);
byId("offer-form").addEventListener("submit", step(lockQuote));
byId("start").addEventListener("click", step(async () => {
  byId("clip").textContent = "";
  await recorder.start(showLevel);
  byId("start").disabled = true;
  byId("stop").disabled = false;
}));
byId("stop").addEventListener("click", step(async () => {
  file = await recorder.stop();
  byId("playback").src = URL.createObjectURL(file);
  byId("playback").hidden = false;
  byId("start").disabled = byId("upload").disabled = false;
  byId("start").textContent = "Record again";
  byId("stop").disabled = true;
}));
byId("upload").addEventListener("click", step(async () => {
  byId("upload").disabled = true;
  byId("progress-label").hidden = false;
  const scenario = byId("scenario").value;
  const path = `/v1/recordings?quote=${quote.id}${scenario ? `&scenario=${scenario}` : ""}`;
  const recording = await upload(path, file, (share) => { byId("progress").value = share; });
  await follow(recording.id, (status) => { byId("status").textContent = status; });
  await showReceipt(recording.id);
}));

for (const [name, list] of [["register", words.registers], ["setting", words.settings], ["elicitation", words.elicitations], ["emotion", words.emotions]]) fill(byId(name), list, list[0]);
