import { call, post, session } from "/api.js";
import { showBalance } from "/balance.js";
import { byId, show } from "/dom.js";
import { languageField } from "/language-field.js";
import { attempt } from "/problem.js";
import { showMe } from "/progress.js";
import { showSecret } from "/secret.js";
import { endWork } from "/work.js";

/** Lets people sign up, in and out; `enter(me)` is called once it is known who is here. */
export function startAccount(enter) {
  languageField(byId("language"));
  on("sign-up", async () => {
    const key = await signUp();
    await open(key);
    show(byId("account-forms"), false);
    showSecret(key);
  });
  on("sign-in", async () => {
    await open(byId("key").value.trim());
    byId("key").value = "";
    await admit(enter);
  });
  const keep = { form: byId("new-key"), box: byId("sign-up-problem"), button: byId("key-kept") };
  byId("key-kept").addEventListener("click", () => attempt(() => admit(enter), keep));
  byId("sign-out").addEventListener("click", signOut);
}

/** Goes on where this tab's session is still open. */
export async function resume(enter) {
  if (!session.token) return;
  try {
    await admit(enter);
  } catch (error) {
    session.token = null;
    byId("sign-in-problem").textContent = error.status === 401 ? "Your session has ended. Sign in again." : error.message;
  }
}

function on(name, act) {
  const parts = { form: byId(`${name}-form`), box: byId(`${name}-problem`), button: byId(`${name}-button`) };
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(act, parts);
  });
}

async function signUp() {
  const accent = byId("accent").value.trim();
  const region = byId("region").value.trim().toUpperCase();
  const language = { language: byId("language").value.trim(), ...(accent && { accent }) };
  const { key } = await post("/v1/contributors", { languages: [language], ...(region && { region }) });
  return key.key;
}

async function open(key) {
  const opened = await post("/v1/sessions", { key });
  if (opened.role !== "contributor") throw new Error(`This key is a ${opened.role}'s; recording needs a contributor's.`);
  session.token = opened.csrf_token;
}

async function admit(enter) {
  const me = await showMe();
  await showBalance();
  show(byId("new-key"), false);
  byId("key-text").value = "";
  show(byId("who"));
  await enter(me);
}

async function signOut() {
  endWork();
  await call("DELETE", "/v1/sessions/current").catch(() => null);
  session.token = null;
  location.reload();
}
