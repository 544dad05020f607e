const batch = 2048;

/** Hands the microphone's first channel on as it is, in batches; "stop" flushes the rest and ends with null. */
class Tap extends AudioWorkletProcessor {
  samples = new Float32Array(batch);
  count = 0;
  isRunning = true;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.flush();
      this.isRunning = false;
      this.port.postMessage(null);
    };
  }

  process([input]) {
    if (this.isRunning && input.length) for (const sample of input[0]) this.keep(sample);
    return this.isRunning;
  }

  keep(sample) {
    this.samples[this.count++] = sample;
    if (this.count === batch) this.flush();
  }

  flush() {
    if (this.count) this.port.postMessage(this.samples.slice(0, this.count));
    this.count = 0;
  }
}

registerProcessor("tap", Tap);
