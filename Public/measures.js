const local = (value, options) => value.toLocaleString(navigator.language, options).replace("-", "−");
const number = (digits, unit) => (value) => `${local(value, { maximumFractionDigits: digits })} ${unit}`.trim();
const percent = (value) => `${local(value * 100, { maximumSignificantDigits: 3 })} %`;

/** What each measure is called, and how its values are printed. */
const measures = {
  duration_seconds: ["Duration", number(2, "s")],
  snr_db: ["Speech above noise", number(1, "dB")],
  clipped_share: ["Clipped samples", percent],
  speech_share: ["Share of speech", percent],
  bandwidth_hz: ["Real bandwidth", number(0, "Hz")],
  noise_floor_db: ["Noise floor", number(1, "dB")],
  loudness_lufs: ["Loudness", number(1, "LUFS")],
};

export const measureName = (measure) => measures[measure]?.[0] ?? measure.replaceAll("_", " ");

/** A value with its unit; a dash where it could not be taken. */
export function measured(measure, value) {
  if (value === null || value === undefined) return "–";
  return (measures[measure]?.[1] ?? number(3, ""))(value);
}
