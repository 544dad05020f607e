import { get, query } from "/api.js";
import { byId, show } from "/dom.js";
import { LevelMeter } from "/level.js";
import { forSeconds, money } from "/money.js";
import { attempt } from "/problem.js";
import { Recorder } from "/recorder.js";
import { follow, upload } from "/upload.js";
import { noteActivity, startWork } from "/work.js";

const studio = byId("studio");
const box = byId("studio-problem");
const statuses = {
  queued: "Received. It waits for its analysis…", analysing: "Measuring…", accepted: "Accepted.", rejected: "Decided.",
};
let secondsMax = 1800;
let recorder, meter, file, quote, scenario;

/** Lets people record and send takes; `finish(id)` is called with each recording that is decided. */
export function startStudio(finish) {
  const on = (id, act) => byId(id).addEventListener("click", () => attempt(act, { form: studio, box, button: byId(id) }));
  on("record", record);
  on("stop", stop);
  studio.addEventListener("leave", () => byId("stop").hidden || byId("stop").click());
  on("retake", () => { clearTake(); return record(); });
  on("upload", () => send(finish));
}

/** Prepares the studio for one quote. */
export async function openStudio(lockedQuote, chosenScenario) {
  [quote, scenario] = [lockedQuote, chosenScenario];
  const { register, setting, elicitation, emotion } = quote.request;
  startWork(elicitation);
  byId("prompt").textContent = scenario?.prompt ?? `Speak as to a ${register}: ${elicitation}, ${emotion}, ${setting}.`;
  byId("content-note").textContent = scenario?.content_note ?? "";
  show(byId("content-note"), Boolean(scenario?.content_note));
  byId("suggested").textContent = scenario
    ? `about ${scenario.suggested_seconds} s is a good length; at grade B that pays ${money(forSeconds(quote.per_finished_hour, scenario.suggested_seconds))}` : "";
  byId("studio-price").textContent = `${money(quote.per_finished_hour)} per finished hour, locked until ${new Date(quote.expires_at).toLocaleDateString(navigator.language, { dateStyle: "long" })}.`;
  clearTake();
  secondsMax = (await get("/v1/rate-card")).document.recording_seconds_max ?? secondsMax;
}

async function record() {
  meter = new LevelMeter();
  recorder = new Recorder();
  await recorder.start(tick);
  show(byId("record"), false);
  show(byId("stop"));
  studio.dataset.recording = "";
  byId("stop").focus();
}

function tick(peak, seconds) {
  noteActivity();
  meter.update(peak, seconds);
  byId("time").textContent = `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
  if (seconds >= secondsMax && !byId("stop").hidden) byId("stop").click();
}

async function stop() {
  show(byId("stop"), false);
  delete studio.dataset.recording;
  file = await recorder.stop();
  meter.clear();
  byId("playback").src = URL.createObjectURL(file);
  byId("take-note").textContent = `${recorder.seconds.toFixed(1)} s, ${recorder.context.sampleRate.toLocaleString()} Hz, `
    + `16 bit, ${(file.size / 1024).toLocaleString(undefined, { maximumFractionDigits: 0 })} KiB. Listen to it before you send it.`;
  show(byId("take"));
  byId("upload").focus();
}

function clearTake() {
  URL.revokeObjectURL(byId("playback").src);
  byId("playback").removeAttribute("src");
  byId("level-note").textContent = "";
  byId("time").textContent = "0:00.0";
  show(byId("record"));
  for (const id of ["stop", "take", "sending"]) show(byId(id), false);
}

async function send(finish) {
  byId("playback").pause();
  show(byId("take"), false);
  show(byId("sending"));
  byId("progress-note").textContent = "Sending…";
  try {
    const path = query("/v1/recordings", { quote: quote.id, scenario: scenario?.id });
    const recording = await upload(path, file, (share) => { byId("progress").value = share; });
    byId("progress").removeAttribute("value");
    await follow(recording.id, (status) => { byId("progress-note").textContent = statuses[status] ?? status; });
    await finish(recording.id);
    clearTake();
  } catch (error) {
    show(byId("take"));
    show(byId("sending"), false);
    throw error;
  }
}
