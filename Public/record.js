import { resume, startAccount } from "/account.js";
import { showConsents, startConsent } from "/consent.js";
import { byId } from "/dom.js";
import { showOffer, startOffer } from "/offer.js";
import { showMe } from "/progress.js";
import { showReceipt } from "/receipt.js";
import { goTo, startSteps } from "/steps.js";
import { openStudio, startStudio } from "/studio.js";

let me;

async function enter(person) {
  me = person;
  byId("account-forms").hidden = true;
  byId("account-title").textContent = "You are signed in";
  byId("account-note").textContent = "Sign out to come back with another key.";
  const isGranted = await showConsents();
  goTo("consent");
  if (isGranted) await offer();
}

async function offer() {
  await showOffer(me);
  goTo("offer");
}

startSteps();
startAccount(enter);
startConsent(offer);
startOffer(async (quote, scenario) => {
  goTo("studio");
  await openStudio(quote, scenario);
});
startStudio(async (id) => {
  await showReceipt(id);
  await showMe();
  goTo("receipt");
});
byId("again").addEventListener("click", () => goTo("studio"));
byId("another").addEventListener("click", () => goTo("offer"));
goTo("account");
resume(enter);
