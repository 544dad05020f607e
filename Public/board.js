import { get } from "/api.js";
import { byId, make, row } from "/dom.js";
import { choose } from "/estimator.js";
import { languageName } from "/words.js";

const hours = (value) => value.toLocaleString(navigator.language, { maximumFractionDigits: 1 });

/** Shows which speech is missing, and what is paid on top for it now. */
export async function showBoard() {
  try {
    const { data } = await get("/v1/scarcity");
    byId("board").replaceChildren(...data.map(gap));
    byId("board-note").textContent = data.length
      ? data[0].valid : "No hours are asked for at the moment, so no price carries a premium for scarcity.";
    byId("board-table").hidden = !data.length;
  } catch (error) {
    byId("board-note").textContent = error.message;
  }
}

function gap(one) {
  const kind = [one.accent, one.register && `to a ${one.register}`, one.setting, one.emotion].filter(Boolean);
  const name = languageName(one.language) || one.language;
  const button = make("button.quiet", { type: "button" }, "Price it", make("span.visually-hidden", `: ${name}, ${kind.join(", ")}`));
  button.addEventListener("click", () => {
    choose(one);
    byId("prices").scrollIntoView({ behavior: "smooth" });
    byId("language").focus({ preventScroll: true });
  });
  return row(
    make("th", { scope: "row" }, name, make("span.sentence", kind.join(" · ") || "any kind")),
    make("td.coverage", make("progress", { value: one.hours_accepted, max: one.hours_wanted, "aria-label": "Hours accepted" }),
      make("span.sentence", `${hours(one.hours_accepted)} of ${hours(one.hours_wanted)} h`)),
    make("td.number", make("span.premium", `× ${one.premium}`)),
    make("td.number", button));
}
