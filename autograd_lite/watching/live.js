// While Python goes on training: a hidden frame opens this very file again and hands over what is newer.
// A page from file:// may not read files, but it may open one, and a page may send its opener a message.
const ASK_EVERY = 1000, PATIENCE = 4000, QUIET_AFTER = 30000;

function isMessenger() {
  return window.parent !== window && location.search.startsWith("?newer");
}

function deliver(text) {
  window.parent.postMessage({ record: text }, location.protocol === "file:" ? "*" : location.origin);
}

class Live {
  constructor(onNews, onQuiet, whileAway) {
    this.onNews = onNews;
    this.onQuiet = onQuiet;
    this.whileAway = whileAway;
    this.asked = 0;
    this.heard = Date.now();
    this.text = byId("record").textContent;
    window.addEventListener("message", (event) => this.hear(event));
    this.timer = setTimeout(() => this.ask(), ASK_EVERY);
  }

  ask() {
    this.asked += 1;
    if (this.frame) this.frame.remove();
    this.frame = html("iframe", { hidden: "", title: "What is new", "aria-hidden": "true", tabindex: "-1", src: `${location.pathname}?newer=${this.asked}` });
    document.body.append(this.frame);
    this.timer = setTimeout(() => this.unanswered(), PATIENCE);
  }

  // A browser that does not let a page open its own file: load the page anew instead. The address keeps the state.
  unanswered() {
    if (this.answered) return this.ask();
    this.whileAway();
    return location.reload();
  }

  hear(event) {
    if (!this.frame || event.source !== this.frame.contentWindow || typeof event.data?.record !== "string") return;
    this.answered = true;
    clearTimeout(this.timer);
    const text = event.data.record, isNew = text !== this.text;
    this.frame.remove();
    this.frame = null;
    if (isNew) {
      this.text = text;
      this.heard = Date.now();
    }
    const record = isNew ? JSON.parse(text) : null;
    if (record) this.onNews(record);
    const quiet = Date.now() - this.heard > QUIET_AFTER;
    if (quiet) this.onQuiet(this.heard);
    if (!record || record.live) this.timer = setTimeout(() => this.ask(), quiet ? 5 * ASK_EVERY : ASK_EVERY);
  }
}
