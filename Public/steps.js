import { byId } from "/dom.js";

const names = ["account", "consent", "offer", "studio", "receipt"];
const reached = new Set();
const button = (name) => document.querySelector(`[data-step="${name}"] button`);

/** Shows one step, tells the one before with a "leave" event, and lets people go back to those that they have reached. */
export function goTo(name) {
  const left = names.find((one) => one !== name && !byId(one).hidden);
  if (left) byId(left).dispatchEvent(new Event("leave"));
  reached.add(name);
  for (const one of names) {
    byId(one).hidden = one !== name;
    button(one).disabled = !reached.has(one);
    button(one).ariaCurrent = one === name ? "step" : null;
    button(one).classList.toggle("done", reached.has(one) && names.indexOf(one) < names.indexOf(name));
  }
  byId(name).focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

export function startSteps() {
  for (const name of names) button(name).addEventListener("click", () => goTo(name));
}
