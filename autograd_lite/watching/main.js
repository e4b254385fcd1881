// The page: reads the record, builds the parts that it has data for, shows one moment in all of them.
class Page {
  constructor(record) {
    this.record = record;
    this.theme(fragment().theme);
    this.tall = record.boundary ? 45 : 0; // as high as the other column
    this.loss = this.chart({ title: "loss", switchable: true, log: fragment().log === "1", height: 170 + this.tall });
    this.metrics = null;
    this.gradients = this.chart({ title: "gradients, log scale", log: true, height: 170 + this.tall });
    this.graph = new Graph(byId("graph"), record.shades);
    this.sizes = new Sizes(byId("sizes").tBodies[0], record.weights, record.limits);
    if (record.neurons) this.setNeurons();
    if (record.maps) this.setMaps();
    if (record.boundary) this.setBoundary();
    this.player = new Player(record.moments.length, (at, playing) => this.show(at, playing));
    this.listen();
    this.fill();
    const wanted = fragment().epoch;
    this.player.go(wanted === undefined ? record.moments.length - 1 : this.placeOf(Number(wanted)));
    this.sayState();
    if (record.live) this.live = new Live((news) => this.take(news), (since) => this.sayQuiet(since), () => this.keep());
  }

  chart(options) {
    return new Chart(byId("charts"), { ...options, onPick: (epoch) => this.player.go(this.placeOf(epoch)) });
  }

  setNeurons() {
    byId("neurons-section").hidden = false;
    this.neurons = new Neurons(byId("neurons"), this.record.neurons);
    ["show-weights", "show-gradients"].forEach((id, which) => byId(id).addEventListener("click", () => {
      this.neurons.which = which;
      press(byId("show-weights"), !which);
      press(byId("show-gradients"), Boolean(which));
      this.show(this.player.at, true);
    }));
  }

  setMaps() {
    byId("maps-section").hidden = false;
    this.maps = new Maps(byId("maps"), this.record.maps);
  }

  setBoundary() {
    byId("boundary-section").hidden = false;
    document.querySelector(".over-time").after(document.querySelector(".sizes")); // the other column is full
    if (this.record.boundary.kind === "value") byId("boundary-title").textContent = "What the model says";
    this.boundary = new Boundary(byId("boundary"), this.record.boundary);
    legendOf(this.record.boundary, byId("boundary-legend"));
  }

  placeOf(epoch) {
    return nearest(this.record.moments.map((m) => m.e), epoch);
  }

  get limit() {
    return this.record.running ? this.record.planned : Math.max(this.record.done, this.record.moments.at(-1).e, 1);
  }

  // Everything that depends on the whole record.
  fill() {
    const { curves, epochs, moments, weights, kernels } = this.record;
    const isLoss = (curve) => curve.name === "loss" || curve.name === "val_loss";
    const series = (found) => found.map((c) => ({ name: c.name, xs: epochs, ys: c.values, dashed: c.name.startsWith("val_") }));
    this.loss.show(coloured(series(curves.filter(isLoss)), 3), this.limit);
    const others = curves.filter((c) => !isLoss(c));
    if (others.length && !this.metrics) {
      this.metrics = this.chart({ title: "metrics", height: 140 + this.tall });
      byId("charts").insertBefore(byId("charts").lastChild, this.gradients.plot.parentNode);
    }
    if (this.metrics) this.metrics.show(coloured(series(others), 0), this.limit);
    const shown = (kernels.length ? kernels : weights.map((_, i) => i)).slice(0, 8);
    const xs = moments.map((m) => m.e);
    this.gradients.show(shown.map((i, k) => ({ name: weights[i], xs, ys: moments.map((m) => m.g[i]), colour: k })), this.limit);
    this.sizes.measure(moments);
    for (const part of [this.neurons, this.maps]) if (part) part.measure(moments);
    this.sayNotes();
  }

  show(at, playing) {
    const moment = this.record.moments[at];
    for (const chart of [this.loss, this.metrics, this.gradients]) if (chart) chart.point(moment.e);
    byId("alarms").textContent = this.graph.show(moment, this.record.cards).join(" · ");
    this.sizes.show(moment);
    if (this.neurons) this.sayLines(this.neurons.show(moment));
    if (this.maps) this.maps.show(moment);
    if (this.boundary) this.boundary.show(moment);
    const words = epochWords(moment.e, this.record.planned);
    byId("where").textContent = `${words} · cost now ${said(moment.cost)}`;
    byId("slider").setAttribute("aria-valuetext", `${words}, cost ${said(moment.cost)}`);
    byId("boundary").setAttribute("aria-label", `What the model says over the plane of its two inputs, ${words}`);
    if (!playing) {
      byId("spoken").textContent = `${words}, cost ${said(moment.cost)}`;
      this.keep();
    }
  }

  // News of a training that goes on.
  take(news) {
    const epoch = this.record.moments[this.player.at].e;
    this.record = news;
    this.fill();
    this.player.grow(news.moments.length, this.placeOf(epoch));
    this.sayState();
    this.keep();
  }

  // The state stands in the address: links lead to a moment, and a page that is loaded anew goes on where it was.
  keep() {
    const parts = [];
    if (!this.player.atEnd) parts.push(`epoch=${this.record.moments[this.player.at].e}`);
    if (this.loss.log) parts.push("log=1");
    const theme = document.documentElement.dataset.theme;
    if (theme) parts.push(`theme=${theme}`);
    try {
      history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : location.pathname + location.search);
    } catch {
      // a frame in a notebook has no address of its own
    }
  }

  theme(name) {
    if (name === "dark" || name === "light") document.documentElement.dataset.theme = name;
  }

  changeTheme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    this.theme(dark ? "light" : "dark");
    this.show(this.player.at, false);
  }

  changeLog() {
    this.loss.setLog(!this.loss.log);
    this.keep();
  }

  setFit(fit) {
    byId("graph").classList.toggle("fit", fit);
    press(byId("graph-fit"), fit);
    press(byId("graph-full"), !fit);
  }

  listen() {
    byId("theme").addEventListener("click", () => this.changeTheme());
    byId("graph-fit").addEventListener("click", () => this.setFit(true));
    byId("graph-full").addEventListener("click", () => this.setFit(false));
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("hashchange", () => this.player.go(this.placeOf(Number(fragment().epoch ?? Infinity))));
    window.addEventListener("beforeprint", () => this.print(true));
    window.addEventListener("afterprint", () => this.print(false));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.show(this.player.at, true));
    let width = 0;
    new ResizeObserver(() => {
      if (byId("charts").clientWidth === width) return;
      width = byId("charts").clientWidth;
      for (const chart of [this.loss, this.metrics, this.gradients]) if (chart) chart.draw();
      if (this.boundary) this.boundary.show(this.record.moments[this.player.at]);
    }).observe(byId("charts"));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest?.("button") && event.key === " ";
    const scrolling = event.target === byId("graph") && event.key.startsWith("Arrow");
    const action = { " ": () => this.player.toggle(), ArrowLeft: () => this.player.go(this.player.at - 1), ArrowRight: () => this.player.go(this.player.at + 1),
      Home: () => this.player.go(0), End: () => this.player.go(this.player.count - 1), d: () => this.changeTheme(), D: () => this.changeTheme(), l: () => this.changeLog(), L: () => this.changeLog() }[event.key];
    if (!action || onButton || scrolling) return;
    event.preventDefault();
    action();
  }

  // On paper stands the last moment, in light colours: what is painted on canvases as well.
  print(begin) {
    const root = document.documentElement;
    if (begin) this.before = { at: this.player.at, theme: root.dataset.theme };
    if (begin) root.dataset.theme = "light";
    else if (this.before.theme) root.dataset.theme = this.before.theme;
    else delete root.dataset.theme;
    this.player.go(begin ? this.player.count - 1 : this.before.at);
  }

  sayState() {
    const { running, done, planned } = this.record, badge = byId("state");
    const cut = this.record.moments.at(-1).e % 1 > 0;
    badge.className = running ? "badge live" : cut ? "badge quiet" : "badge";
    badge.textContent = running ? `training: epoch ${done} of ${planned}` : done < planned ? `ended after ${done} of ${planned} epochs` : `finished: ${done} epochs`;
  }

  sayQuiet(since) {
    byId("state").className = "badge quiet";
    byId("state").textContent = `no news since ${new Date(since).toLocaleTimeString()}: is Python still running?`;
  }

  sayLines(most) {
    const what = this.neurons.which ? "gradient" : "weight";
    byId("neurons-legend").replaceChildren(
      html("span", { class: "swatch" }, svg("svg", { width: 26, height: 8, "aria-hidden": "true" }, svg("line", { x1: 0, x2: 26, y1: 4, y2: 4, class: "below", "stroke-width": 5 })), html("span", { text: "below 0" })),
      html("span", { class: "swatch" }, svg("svg", { width: 26, height: 8, "aria-hidden": "true" }, svg("line", { x1: 0, x2: 26, y1: 4, y2: 4, class: "above", "stroke-width": 5 })), html("span", { text: "above 0" })),
      html("span", { text: `The widest line is a ${what} of ${said(most)}${this.neurons.which ? " now" : ""}; circles show the sign of the ${this.neurons.which ? "bias's gradient" : "bias"}.` }));
  }

  sayNotes() {
    const [some, all] = this.record.examples, [spent, elapsed] = this.record.watching;
    const which = some === all ? `all ${all}` : `${some} of the ${all}`;
    byId("loss-note").textContent = `The loss is what fit reports: the mean over the batches of an epoch, while the weights change. The cost now, above, is that of ${which} examples with the weights of this moment: two numbers.`;
    byId("sizes-note").textContent = `The length of each gradient (root of the sum of squares), for ${which} examples. Below ${powerOfTen(this.record.limits[0])} of the largest it vanishes, above ${said(this.record.limits[1])} it explodes.`;
    const folded = this.record.folded ? "There are too many layers for the numbers of each: their gradients stand in the table above. " : "";
    byId("graph-note").textContent = `${folded}Values and gradients of ${which} examples, the same ones at each moment. Cells are blue below 0, brown above.`;
    byId("cost-of-watching").textContent = `${this.record.moments.length} moments. Watching took ${spent.toFixed(2)} s of ${elapsed.toFixed(2)} s.`;
  }
}

// A colour for each quantity: what is measured on validation data has that of the same on training data, and dashes.
function coloured(series, from) {
  const names = [...new Set(series.map((s) => s.name.replace(/^val_/, "")))];
  return series.map((s) => ({ ...s, colour: (from + names.indexOf(s.name.replace(/^val_/, ""))) % 10 }));
}

function fragment() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

if (isMessenger()) deliver(byId("record").textContent);
else new Page(JSON.parse(byId("record").textContent));
