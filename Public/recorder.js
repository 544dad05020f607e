import { wav } from "/wav.js";

/** Records the microphone without any processing. `onLevel(peak, seconds)` is called for every block. */
export class Recorder {
  blocks = [];

  async start(onLevel) {
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
    this.context = new AudioContext();
    await this.context.audioWorklet.addModule("/worklet.js");
    this.blocks = [];
    let count = 0;
    this.tap = new AudioWorkletNode(this.context, "tap");
    this.tap.port.onmessage = ({ data }) => {
      this.blocks.push(data);
      count += data.length;
      onLevel(data.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0), count / this.context.sampleRate);
    };
    this.context.createMediaStreamSource(this.stream).connect(this.tap);
  }

  async stop() {
    for (const track of this.stream.getTracks()) track.stop();
    this.tap.disconnect();
    const file = wav(this.blocks, this.context.sampleRate);
    await this.context.close();
    return file;
  }
}
