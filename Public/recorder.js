import { int16, wav } from "/wav.js";

const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** One take from the microphone, without any processing. `onBlock(peak, seconds)` is called about 20 times a second. */
export class Recorder {
  blocks = [];
  sampleCount = 0;

  async start(onBlock) {
    if (!navigator.mediaDevices) throw new Error("Browsers give pages the microphone only over HTTPS or on the machine itself.");
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: { ...asItIs, channelCount: 1 } }).catch(refused);
    try {
      await this.listen(onBlock);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  async listen(onBlock) {
    this.context = new AudioContext();
    await this.context.resume();
    await this.context.audioWorklet.addModule("/worklet.js");
    this.tap = new AudioWorkletNode(this.context, "tap", { numberOfOutputs: 0 });
    this.ended = new Promise((resolve) => {
      this.tap.port.onmessage = ({ data }) => (data ? this.keep(data, onBlock) : resolve());
    });
    this.context.createMediaStreamSource(this.stream).connect(this.tap);
  }

  keep(samples, onBlock) {
    this.blocks.push(int16(samples));
    this.sampleCount += samples.length;
    onBlock(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0), this.seconds);
  }

  /** Gives the microphone back, so that the browser's sign for it goes out. */
  release() {
    for (const track of this.stream.getTracks()) track.stop();
  }

  get seconds() { return this.sampleCount / this.context.sampleRate; }

  /** The take as a file, at the context's own rate. */
  async stop() {
    this.tap.port.postMessage("stop");
    await this.ended;
    this.release();
    await this.context.close();
    return wav(this.blocks, this.context.sampleRate);
  }
}

function refused(error) {
  const reasons = {
    NotAllowedError: "The microphone was not allowed. Allow it for this page in the browser's address bar, then try again.",
    NotFoundError: "No microphone was found. Connect one, then try again.",
    NotReadableError: "The microphone is in use by another program. Close it there, then try again.",
  };
  throw new Error(reasons[error.name] ?? error.message);
}
