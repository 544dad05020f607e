import { call, post, session } from "/api.js";

const beatMilliseconds = 30_000;
let work, isActive = false;

for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, noteActivity, { capture: true, passive: true });
addEventListener("pagehide", endWork);
setInterval(() => { if (isActive) beat(); }, beatMilliseconds);

/** Says that somebody is at work, such as by speaking; the server hears of it at the next beat. */
export function noteActivity() { isActive = true; }

/** Runs the meter of worked minutes, from which the pay floor is reckoned. Nothing else waits for it or fails with it. */
export async function startWork(elicitation) {
  noteActivity();
  if (work?.elicitation === elicitation) return;
  endWork();
  const started = { elicitation };
  work = started;
  try {
    started.id = (await post("/v1/work-sessions", { kind: "recording", elicitation })).id;
  } catch {
    if (work === started) work = null;
  }
}

function beat() {
  isActive = false;
  if (work?.id) call("PATCH", `/v1/work-sessions/${work.id}`, {}).catch(() => null);
}

/** Ends the meter; also while the page goes away. */
export function endWork() {
  if (work?.id) {
    fetch(`/v1/work-sessions/${work.id}`, {
      method: "PATCH", keepalive: true, body: JSON.stringify({ ended: true }),
      headers: { "Content-Type": "application/json", "X-CSRF-Token": session.token ?? "" },
    }).catch(() => null);
  }
  work = null;
}
