const headerBytes = 44;

/** Samples from -1 to 1 as whole numbers of 16 bits. */
export function int16(samples) {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767));
}

/** Blocks of 16-bit samples as one WAV file: PCM, mono (RIFF, WAVE_FORMAT_PCM). */
export function wav(blocks, sampleRateHz) {
  const byteCount = blocks.reduce((sum, block) => sum + block.byteLength, 0);
  const header = new DataView(new ArrayBuffer(headerBytes));
  const text = (offset, letters) => [...letters].forEach((letter, index) => header.setUint8(offset + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  header.setUint32(4, headerBytes - 8 + byteCount, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, sampleRateHz, true);
  header.setUint32(28, sampleRateHz * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, byteCount, true);
  return new Blob([header, ...blocks], { type: "audio/wav" });
}
