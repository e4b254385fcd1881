// Which moment is shown: buttons, slider, keys, the address. At the newest moment it follows the training.
const PACE = 90; // milliseconds from one moment to the next; a record of 200 moments plays in 18 seconds

class Player {
  constructor(count, onShow) {
    this.count = count;
    this.onShow = onShow;
    this.at = count - 1;
    this.timer = null;
    this.slider = byId("slider");
    for (const [id, action] of Object.entries({ first: () => this.go(0), back: () => this.go(this.at - 1), next: () => this.go(this.at + 1), last: () => this.go(this.count - 1), play: () => this.toggle() })) {
      byId(id).addEventListener("click", action);
    }
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
  }

  get atEnd() {
    return this.at >= this.count - 1;
  }

  go(index, { playing = false } = {}) {
    if (!playing) this.stop();
    this.at = Math.max(0, Math.min(this.count - 1, index));
    this.slider.max = this.count - 1;
    this.slider.value = this.at;
    byId("first").disabled = byId("back").disabled = this.at === 0;
    byId("last").disabled = byId("next").disabled = this.atEnd;
    this.onShow(this.at, playing);
  }

  // There are more moments, or others: stay where the reader is, at the newest moment if that was shown.
  grow(count, sameMoment) {
    const follow = this.atEnd && !this.timer;
    this.count = count;
    this.go(follow ? count - 1 : sameMoment, { playing: true });
  }

  toggle() {
    if (this.timer) return this.stop();
    if (this.atEnd) this.go(0, { playing: true });
    this.timer = setInterval(() => (this.atEnd ? this.stop() : this.go(this.at + 1, { playing: true })), Math.max(PACE, 2500 / this.count));
    return this.showState();
  }

  stop() {
    const was = this.timer;
    clearInterval(this.timer);
    this.timer = null;
    this.showState();
    if (was) this.onShow(this.at, false);
  }

  showState() {
    press(byId("play"), Boolean(this.timer));
    byId("play-word").textContent = this.timer ? "Pause" : "Play";
  }
}
