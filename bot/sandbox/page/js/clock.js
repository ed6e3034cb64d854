/** The sandbox's clock as the server last told it, ticking on by itself in between. */

export class Clock {
  constructor() {
    this.zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.playing = false;
    this.target = null;
    this.base = Date.now();
    this.at = performance.now();
  }

  /** Takes the server's `clock`; without a zone in it, times are shown in the browser's. */
  set(told) {
    const begins = told.playing && !this.playing;
    this.base = Date.parse(told.now);
    this.at = performance.now();
    this.playing = told.playing;
    this.target = told.target ? new Date(told.target) : null;
    if (begins) this.origin = this.base;
    if (told.zone) this.zone = told.zone;
  }

  /** Now, as a Date. */
  now() {
    return new Date(this.base + performance.now() - this.at);
  }

  /** How much of the way to the target has been played, 0 to 1; null when unknown. */
  progress() {
    if (!this.playing || !this.target || this.target <= this.origin) return null;
    return Math.min(1, (this.base - this.origin) / (this.target - this.origin));
  }
}
