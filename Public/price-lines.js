import { make, row } from "/dom.js";
import { money } from "/money.js";
import { lineNames } from "/words.js";

/** The lines of a price as rows: name and sentence, factor, running price; those with a code in `changed` are marked. */
export function priceLines(lines, changed = new Set()) {
  return lines.map((line) => {
    const isChanged = changed.has(line.code);
    const element = row(
      make("th", { scope: "row" }, lineNames[line.code] ?? line.code, make("span.sentence", line.sentence)),
      make("td.number", line.factor ? `× ${line.factor}` : "", isChanged ? make("span.visually-hidden", " (changed)") : null),
      make("td.number", money(line.per_finished_hour)));
    if (isChanged) element.className = "changed";
    else if (line.factor === "1") element.className = "even";
    return element;
  });
}

/** The lines that differ between two prices, each with the one before: those with another factor, or else other words. */
export function priceChanges(lines, earlier) {
  const known = new Map(earlier.map((line) => [line.code, line]));
  const pairs = lines.map((line) => ({ line, before: known.get(line.code) }));
  const refactored = pairs.filter(({ line, before }) => line.factor !== before?.factor);
  return refactored.length ? refactored : pairs.filter(({ line, before }) => line.sentence !== before?.sentence);
}
