import { byId, make, show } from "/dom.js";
import { money, times } from "/money.js";
import { priceLines } from "/price-lines.js";

const percent = (share) => `${Math.round(share * 100)} %`;

/** Shows a locked price: its lines, its terms and its signature. */
export function showQuote(quote) {
  const days = Math.round((new Date(quote.expires_at) - new Date(quote.issued_at)) / 86_400_000);
  const policy = quote.royalty_policy;
  byId("quote-finished").textContent = money(quote.per_finished_hour);
  byId("quote-worked").textContent = money(quote.per_worked_hour);
  byId("quote-terms").textContent = `Holds ${days} days, until ${new Date(quote.expires_at).toLocaleString(navigator.language, { dateStyle: "long", timeStyle: "short" })}, for up to `
    + `${(quote.seconds_max / 3600).toLocaleString()} finished hours, whatever happens to prices. `
    + `${quote.worked_hours_per_finished_hour} hours of work are reckoned for one finished hour.`;
  byId("quote-lines").replaceChildren(...priceLines(quote.lines));
  byId("quote-grades").replaceChildren(...["A", "B", "C"].map((grade) => make("li",
    make("span.grade", { "data-grade": grade }, grade),
    make("span", money(times(quote.per_finished_hour, quote.grade_factors[grade]))))));
  byId("quote-royalty").textContent = `And again with every licence: ${percent(policy.royalties)} of the fee goes to those who spoke, `
    + `${percent(policy.reviewers)} to reviewers, ${percent(policy.acquisition_fund)} to new recordings, `
    + `${percent(policy.operations)} to operations.`;
  byId("jws").textContent = quote.jws;
  show(byId("quote"));
  byId("quote").focus({ preventScroll: true });
  byId("quote").scrollIntoView({ behavior: "smooth", block: "start" });
}
