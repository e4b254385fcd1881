// Curves on one shared axis of epochs, each chart with the same cursor. Drawn anew when there is more to show.
const SIDES = { left: 62, right: 16, top: 8, bottom: 24 };
const DASHES = ["", "7 4", "2 3", "9 3 2 3"];

const LARGEST = 1e307, SMALLEST = 1e-300; // twice as much is still a number, and half as little
const MOST_TICKS = 50;

// Round numbers from low to high, about so many. Numbers that floats can hardly tell apart have none between them.
function ticks(low, high, about) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const rough = high / about - low / about;
  if (!(rough > size * 1e-11) || rough < SMALLEST) return low < high ? [low, high] : [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => power * factor >= rough * 0.999) || 10);
  if (!Number.isFinite(step)) return [low, high];
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  const found = [];
  for (let i = 0; i <= Math.min(last - first, MOST_TICKS); i += 1) found.push(Number(((first + i) * step).toPrecision(12)));
  return found;
}

function decades(low, high) {
  const found = [];
  const from = Math.floor(Math.log10(low)), to = Math.ceil(Math.log10(high));
  const step = Math.max(1, Math.ceil((to - from) / 5));
  if (high / low < 60) return [...Array(to - from + 1).keys()].flatMap((k) => [1, 2, 5].map((digit) => digit * 10 ** (from + k)));
  for (let power = from; power <= to; power += step) found.push(10 ** power);
  return found;
}

// As narrow as the room beside an axis: 2.3e276.
function short(x) {
  return said(x).replace(/\.?0*e\+?/, "e");
}

function powerOfTen(x) {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const power = Math.round(Math.log10(x));
  if (power >= -2 && power <= 3) return said(x);
  if (Math.abs(x / 10 ** power - 1) > 1e-6) return short(x);
  return "10" + (power < 0 ? "⁻" : "") + [...String(Math.abs(power))].map((d) => digits[d]).join("");
}

class Chart {
  constructor(host, { title, log = false, switchable = false, height = 170, onPick }) {
    this.log = log;
    this.height = height;
    this.series = [];
    this.limit = 1;
    this.keys = html("span", { class: "keys" });
    this.head = html("div", { class: "chart-head" }, html("h3", { text: title }));
    if (switchable) this.head.append((this.button = this.logButton()));
    this.plot = svg("svg", { class: "plot", role: "img" });
    this.title = title;
    host.append(html("div", { class: "chart" }, this.head, this.plot));
    this.listen(onPick);
  }

  logButton() {
    const button = html("button", { type: "button", "aria-pressed": String(this.log), title: "Log scale (L)", text: "log" });
    button.addEventListener("click", () => this.setLog(!this.log));
    return button;
  }

  setLog(on) {
    this.log = on;
    press(this.button, on);
    this.draw();
  }

  listen(onPick) {
    const pick = (event) => onPick((event.clientX - this.plot.getBoundingClientRect().left - SIDES.left) / this.scaleX);
    this.plot.addEventListener("pointerdown", (event) => { this.plot.setPointerCapture(event.pointerId); pick(event); });
    this.plot.addEventListener("pointermove", (event) => { if (event.buttons & 1) pick(event); });
  }

  // series: [{ name, xs, ys }]
  show(series, limit) {
    const names = series.map((s) => s.name).join("\n");
    if (names !== this.names) this.setKeys(series);
    this.names = names;
    this.series = series;
    this.limit = limit;
    this.draw();
  }

  setKeys(series) {
    this.head.querySelectorAll(".key").forEach((key) => key.remove());
    this.numbers = series.map(() => html("b"));
    series.forEach((s, i) => {
      const line = svg("line", { x1: 0, x2: 22, y1: 5, y2: 5, class: "stroke", "stroke-width": 2.5, "stroke-dasharray": DASHES[Math.floor(i / 8) + (s.dashed ? 1 : 0)] });
      const key = html("span", { class: `key c${s.colour}` }, svg("svg", { width: 22, height: 10, "aria-hidden": "true" }, line), html("span", { text: s.name }), this.numbers[i]);
      this.head.insertBefore(key, this.button || null);
    });
  }

  visible(y) {
    return y !== null && y !== undefined && (!this.log || y > 0);
  }

  within(y) {
    return Math.max(this.log ? SMALLEST : -LARGEST, Math.min(LARGEST, y));
  }

  range() {
    const ys = this.series.flatMap((s) => s.ys).filter((y) => this.visible(y));
    if (!ys.length) return this.log ? [0.1, 1] : [0, 1];
    const low = this.within(ys.reduce((a, b) => Math.min(a, b))), high = this.within(ys.reduce((a, b) => Math.max(a, b)));
    if (this.log) return low === high ? [low / 2, high * 2] : [low / 1.1, high * 1.1];
    const size = Math.max(Math.abs(low), Math.abs(high));
    if (high - low <= size * 1e-9) { // a constant, but for rounding
      const around = Math.max(0.5, size * 0.1);
      return [low - around, high + around];
    }
    const room = (high - low) * 0.06;
    return [low >= 0 && low < high * 0.3 ? 0 : low - room, high + room];
  }

  draw() {
    const width = this.plot.clientWidth || 600;
    this.inner = width - SIDES.left - SIDES.right;
    this.depth = this.height - SIDES.top - SIDES.bottom;
    this.scaleX = this.inner / Math.max(this.limit, 1);
    const [low, high] = this.range();
    const place = (y) => (this.log ? Math.log(this.within(y)) : this.within(y));
    this.yOf = (y) => SIDES.top + this.depth * (1 - (place(y) - place(low)) / (place(high) - place(low)));
    this.xOf = (x) => SIDES.left + x * this.scaleX;
    this.plot.setAttribute("height", this.height);
    this.plot.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
    this.plot.replaceChildren(...this.axes(low, high), ...this.series.map((s, i) => this.curve(s, i)));
    this.cursor = svg("line", { class: "cursor", y1: SIDES.top, y2: SIDES.top + this.depth });
    this.dots = this.series.map((s) => svg("circle", { class: `dot fill c${s.colour}`, r: 4 }));
    this.plot.append(this.cursor, ...this.dots);
    if (!this.series.length) this.plot.append(svg("text", { x: width / 2, y: this.height / 2, "text-anchor": "middle", text: "no epoch is over yet" }));
    if (this.at !== undefined) this.point(this.at);
  }

  axes(low, high) {
    const bottom = SIDES.top + this.depth, right = SIDES.left + this.inner, parts = [];
    const values = this.log && high / low > 4 ? decades(low, high) : ticks(low, high, 4);
    for (const value of values.filter((v) => this.visible(v) && v >= low * (low < 0 ? 1.0001 : 0.9999) && v <= high)) {
      const y = this.yOf(value);
      parts.push(svg("line", { class: "grid", x1: SIDES.left, x2: right, y1: y, y2: y }));
      parts.push(svg("text", { x: SIDES.left - 8, y: y + 4, "text-anchor": "end", text: this.log ? powerOfTen(value) : short(value) }));
    }
    parts.push(svg("line", { class: "axis", x1: SIDES.left, x2: right, y1: bottom, y2: bottom }));
    for (const value of ticks(0, this.limit, Math.max(2, Math.floor(this.inner / 90))).filter((v) => v % 1 === 0)) {
      parts.push(svg("text", { x: this.xOf(value), y: bottom + 16, "text-anchor": "middle", text: value ? String(value) : "0" }));
    }
    return parts;
  }

  curve(s, i) {
    let path = "", pen = "M";
    s.xs.forEach((x, k) => {
      if (!this.visible(s.ys[k])) pen = "M";
      else {
        path += `${pen}${this.xOf(x).toFixed(1)} ${this.yOf(s.ys[k]).toFixed(1)}${pen === "M" ? "h.01" : ""}`;
        pen = "L";
      }
    });
    return svg("path", { class: `curve stroke c${s.colour}`, d: path || "M0 0", "stroke-dasharray": DASHES[Math.floor(i / 8) + (s.dashed ? 1 : 0)] });
  }

  // Move the cursor to an epoch, and say what the curves are there.
  point(epoch) {
    this.at = epoch;
    if (!this.cursor) return;
    this.cursor.setAttribute("x1", this.xOf(epoch));
    this.cursor.setAttribute("x2", this.xOf(epoch));
    const words = this.series.map((s, i) => {
      const k = nearest(s.xs, epoch), y = s.ys[k];
      const known = k >= 0 && Math.abs(s.xs[k] - epoch) <= 1;
      this.dots[i].toggleAttribute("hidden", !known || !this.visible(y));
      if (known && this.visible(y)) {
        this.dots[i].setAttribute("cx", this.xOf(s.xs[k]));
        this.dots[i].setAttribute("cy", this.yOf(y));
      }
      this.numbers[i].textContent = known ? said(y) : "·";
      return `${s.name} ${known ? said(y) : "not yet known"}`;
    });
    this.plot.setAttribute("aria-label", `${this.title} over the epochs. At epoch ${epoch}: ${words.join(", ")}.`);
  }
}

// The place in a rising list of what lies nearest.
function nearest(xs, x) {
  let low = 0, high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && x - xs[low - 1] <= xs[low] - x ? low - 1 : low;
}
