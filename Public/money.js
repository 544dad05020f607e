/** Amounts stay whole numbers of micros; only what is printed is rounded. */
export function micros({ amount }) {
  const [, sign, whole, part = ""] = amount.match(/^(-?)(\d+)(?:\.(\d+))?$/);
  return BigInt(sign + whole + part.padEnd(6, "0").slice(0, 6));
}

/** A decimal factor such as "1.25" of an amount, to the micro. */
export function times(money, factor) {
  const product = micros(money) * micros({ amount: factor });
  return { amount: decimal((product + 500_000n) / 1_000_000n), currency: money.currency };
}

/** What whole seconds earn at an hourly price, to the micro. */
export function forSeconds(hourly, seconds) {
  return { amount: decimal((micros(hourly) * BigInt(seconds) + 1800n) / 3600n), currency: hourly.currency };
}

function decimal(value) {
  const digits = String(value < 0n ? -value : value).padStart(7, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const smallBelowMicros = 100_000n;

/** As people read it; sums below a tenth keep four digits. */
export function money(value) {
  const size = micros(value) < 0n ? -micros(value) : micros(value);
  return printed(value, size > 0n && size < smallBelowMicros ? 4 : 2);
}

/** To the last micro. */
export const exactMoney = (value) => printed(value, 6);

/** What one amount is above another, with its sign. */
export function difference(later, earlier) {
  const gap = micros(later) - micros(earlier);
  const text = money({ amount: decimal(gap < 0n ? -gap : gap), currency: later.currency });
  return gap === 0n ? "no change" : `${gap > 0n ? "+" : "−"}${text}`;
}

function printed({ amount, currency }, digits) {
  const options = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(navigator.language, options).format(amount);
}
