import { byId } from "/dom.js";

const floorDecibels = -60;
const holdSeconds = 1.5;
const fallDecibelsPerSecond = 20;
const clippedFrom = 0.999;
const quietBelowDecibels = -40;

/** Shows the level in decibels below full scale, holds the peak, and warns of clipping for the whole take. */
export class LevelMeter {
  heldDecibels = floorDecibels;
  heldAt = 0;
  loudestDecibels = floorDecibels;
  isClipped = false;

  update(peak, seconds) {
    const decibels = Math.max(floorDecibels, 20 * Math.log10(peak || 1e-9));
    this.hold(decibels, seconds);
    this.loudestDecibels = Math.max(this.loudestDecibels, decibels);
    this.isClipped ||= peak >= clippedFrom;
    this.draw(decibels);
    this.advise(seconds);
  }

  hold(decibels, seconds) {
    const fallen = this.heldDecibels - Math.max(0, seconds - this.heldAt - holdSeconds) * fallDecibelsPerSecond;
    if (decibels < fallen) return;
    this.heldDecibels = decibels;
    this.heldAt = seconds;
  }

  draw(decibels) {
    const share = (value) => 1 - value / floorDecibels;
    byId("meter-bar").style.clipPath = `inset(0 ${100 - 100 * share(decibels)}% 0 0)`;
    byId("meter-peak").style.left = `${100 * share(this.heldDecibels)}%`;
    byId("meter").setAttribute("aria-valuenow", decibels.toFixed(0));
    byId("meter").setAttribute("aria-valuetext", `${decibels.toFixed(0)} decibels`);
  }

  advise(seconds) {
    const isQuiet = seconds > 2 && this.loudestDecibels < quietBelowDecibels;
    const advice = this.isClipped ? "Too loud: it distorts. Step back or turn the level down, and record again."
      : isQuiet ? "Very quiet. Come closer to the microphone." : "";
    byId("level-note").dataset.kind = this.isClipped ? "clipped" : "quiet";
    if (byId("level-note").textContent !== advice) byId("level-note").textContent = advice;
  }

  clear() {
    this.heldDecibels = floorDecibels;
    this.draw(floorDecibels);
  }
}
