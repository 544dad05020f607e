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
  hum_db: ["Hum of the mains", number(1, "dB")],
  dropout_share: ["Lost sound", percent],
  true_peak_db: ["True peak", number(1, "dBTP")],
  dc_offset: ["Constant offset", percent],
  leading_silence_seconds: ["Silence at the start", number(1, "s")],
  longest_pause_seconds: ["Longest pause", number(1, "s")],
  trailing_silence_seconds: ["Silence at the end", number(1, "s")],
  channel_cancellation_db: ["Channels cancel", number(1, "dB")],
  brick_wall_hz: ["Spectrum breaks off at", number(0, "Hz")],
  digital_zero_share: ["Digital silence", percent],
  truncated: ["File breaks off", (value) => value ? "yes" : "no"],
  duplicate: ["The same as an earlier recording", number(0, "")],
  "near-duplicate": ["Nearly the same as an earlier recording", number(0, "")],
};

export const measureName = (measure) => measures[measure]?.[0] ?? measure.replaceAll("_", " ");

/** A value with its unit; a dash where it could not be taken. */
export function measured(measure, value) {
  if (value === null || value === undefined) return "–";
  return (measures[measure]?.[1] ?? number(3, ""))(value);
}
