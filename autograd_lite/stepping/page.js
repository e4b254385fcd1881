// Plays the steps of a page: goes back to the first one, and from there wherever the reader wants.

const MOST_STOPS = 24; // cards up to which each is a stop of the Tab key
const MOST_MOVING = 80; // cards up to which colours change slowly
const LEAST_SIZE = 13; // pixels that a formula needs to be read
const PAUSE = 2600; // milliseconds a step, at speed 1
const last = steps.length - 1;
const panels = [...element("steps").children];
const dots = [...document.querySelectorAll(".dot")];
const slider = element("slider");
const still = matchMedia("(prefers-reduced-motion: reduce)");
let timer = 0;
let frame = 0;
let whole = false;

// ------------------------------------------------------------------ going

function go(to, quietly) {
  const from = now;
  now = Math.max(0, Math.min(last, to));
  const [low, high] = from < now ? [from + 1, now] : [now + 1, from];
  const slots = new Set();
  for (let k = low; k <= high; k++) {
    for (const slot of slotsOf[k]) slots.add(slot);
    for (const arrow of chipsOf[k]) item(`s${arrow}`).classList.toggle("later", k > now);
  }
  if ((steps[from].phase === "update") !== updates()) for (const card of cards) for (const slot of card.slots) slots.add(slot);
  for (const slot of slots) show(slot);
  for (const card of new Set([...slots].map((slot) => slot.card))) showCard(card);
  arrive(from);
  if (!quietly) remember();
}

function arrive(from) {
  const step = steps[now];
  root.dataset.phase = step.phase;
  lightStep(step);
  panels[from].classList.remove("current");
  panels[now].classList.add("current");
  dots.forEach((dot, k) => {
    dot.classList.toggle("done", k <= now);
    if (k === now) dot.setAttribute("aria-current", "step");
    else dot.removeAttribute("aria-current");
  });
  if (slider) {
    slider.value = now + 1;
    slider.setAttribute("aria-valuetext", `Step ${now + 1}: ${panels[now].querySelector("h2").textContent}`);
  }
  element("where").textContent = `Step ${now + 1} of ${steps.length}`;
  for (const name of ["first", "back"]) dim(name, now === 0);
  for (const name of ["next", "last"]) dim(name, now === last);
  const words = [...panels[now].querySelectorAll(".phase, h2, .sentence")].map((part) => part.textContent);
  element("said").textContent = `Step ${now + 1} of ${steps.length}. ${words.join(". ")}`;
  stops();
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => {
    fit();
    follow();
  }); // to measure at once would cost a layout a key
}

// A button that is switched off would lose the focus: it is only said to be.
const dim = (name, off) => element(name).setAttribute("aria-disabled", off);

function stops() {
  if (cards.length <= MOST_STOPS) return;
  const first = steps[now].targets[0] || 0;
  for (const card of cards) {
    if (card.i === first) card.mark.setAttribute("tabindex", 0);
    else if (card.mark.hasAttribute("tabindex")) card.mark.setAttribute("tabindex", -1);
  }
}

// ------------------------------------------------------------------ what is in view

function resize() {
  const { width, height } = graph.viewBox.baseVal;
  const room = Math.min(1, pane.clientWidth / width);
  const most = parseFloat(getComputedStyle(pane).maxHeight) || height;
  const all = Math.min(room, most / height);
  const scale = whole ? all : room >= 0.7 ? room : 0.85;
  graph.style.width = `${width * scale}px`;
  graph.style.height = `${height * scale}px`;
  element("whole").hidden = !whole && all >= scale - 0.01;
  const label = whole ? "Larger graph" : "Whole graph";
  element("whole").setAttribute("aria-label", label);
  element("whole").title = label;
  pane.dataset.scale = scale;
  fit();
  follow(true);
}

// A formula that is too wide is made smaller, as far as it can be read; after that it is scrolled, and has a shadow.
function fit() {
  const boxes = [...panels[now].querySelectorAll(".formula"), ...document.querySelectorAll(".whole")];
  for (const box of boxes) box.style.fontSize = "";
  const sizes = boxes.map((box) => parseFloat(getComputedStyle(box).fontSize));
  const parts = boxes.map((box) => box.clientWidth / box.scrollWidth);
  boxes.forEach((box, i) => {
    if (parts[i] < 1) box.style.fontSize = `${Math.max(Math.min(LEAST_SIZE, sizes[i]), sizes[i] * parts[i] * 0.985)}px`;
  });
  for (const box of boxes) {
    const wide = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle("sideways", wide);
    if (wide) box.setAttribute("tabindex", 0);
    else box.removeAttribute("tabindex");
  }
}

function follow(at_once) {
  const behavior = at_once || still.matches ? "instant" : "smooth";
  const scale = Number(pane.dataset.scale) || 1;
  const { targets, sources } = steps[now];
  const seen = [...targets, ...(targets.length < 4 ? sources : [])].slice(0, 8).map((i) => cards[i]).filter(Boolean);
  if (seen.length && (pane.scrollWidth > pane.clientWidth + 1 || pane.scrollHeight > pane.clientHeight + 1)) {
    const middle = (start, size) => {
      const low = Math.min(...seen.map(({ place }) => place[start]));
      const high = Math.max(...seen.map(({ place }) => place[start] + place[size]));
      const own = seen[0].place; // where they are too far apart, the first one counts
      const room = size === "width" ? pane.clientWidth : pane.clientHeight;
      return scale * ((high - low) * scale < room ? (low + high) / 2 : own[start] + own[size] / 2) - room / 2;
    };
    pane.scrollTo({ left: middle("x", "width"), top: middle("y", "height"), behavior });
  }
  inside(element("code"), lines[steps[now].lines[0]], behavior);
  inside(element("numbers"), seen[0] && seen[0].row, behavior);
}

// Scrolls a list and nothing else: the page stays where it is.
function inside(list, line, behavior) {
  if (!list || !line || list.scrollHeight <= list.clientHeight) return;
  const shift = line.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const room = list.clientHeight - line.clientHeight;
  if (shift < room * 0.15 || shift > room * 0.85) list.scrollBy({ top: shift - room / 2, behavior });
}

// ------------------------------------------------------------------ playing

function pause() {
  clearTimeout(timer);
  timer = 0;
  playing(false);
}

function playing(on) {
  root.classList.toggle("playing", on);
  element("play").setAttribute("aria-label", on ? "Pause" : "Play");
  element("play").title = on ? "Pause" : "Play";
  element("play").querySelector("span").textContent = on ? "Pause" : "Play";
}

function tick() {
  timer = setTimeout(() => {
    go(now + 1);
    if (now === last) pause();
    else tick();
  }, PAUSE / Number(element("speed").value));
}

function play() {
  if (timer) return pause();
  if (now === last) go(0);
  playing(true);
  return tick();
}

const jump = (to) => {
  pause();
  go(to);
};

// ------------------------------------------------------------------ the address, and the theme

function asked() {
  const said = new URLSearchParams(location.hash.slice(1));
  const theme = said.get("theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  return /^\d{1,9}$/.test(said.get("step") || "") ? Number(said.get("step")) - 1 : 0;
}

function remember() {
  const said = new URLSearchParams({ step: now + 1 });
  if (root.dataset.theme) said.set("theme", root.dataset.theme);
  try {
    history.replaceState(null, "", `#${said}`);
  } catch {
    // in a frame without an address of its own, and where a browser counts how often this is done
  }
}

function turn() {
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remember();
}

// ------------------------------------------------------------------ hands

const keys = {
  ArrowLeft: () => jump(now - 1),
  ArrowRight: () => jump(now + 1),
  Home: () => jump(0),
  End: () => jump(last),
  " ": play,
  d: turn,
  D: turn,
};

// Never a key that the control in focus needs for itself.
function pressed(event) {
  const act = keys[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.matches("input, select, textarea, .scrolls, .sideways")) return;
  if (event.key === " " && event.target.closest("button, summary, a, .card")) return;
  event.preventDefault();
  act();
}

// The next step that finds a number of the card; from the last one round to the first.
function visitCard(i) {
  for (let k = 1; k <= steps.length; k++) {
    const to = (now + k) % steps.length;
    if (to && steps[to].targets.includes(i)) return jump(to);
  }
  return jump(0);
}

function listen() {
  element("first").onclick = () => jump(0);
  element("last").onclick = () => jump(last);
  element("back").onclick = () => jump(now - 1);
  element("next").onclick = () => jump(now + 1);
  element("play").onclick = play;
  element("theme").onclick = turn;
  element("whole").onclick = () => {
    whole = !whole;
    resize();
  };
  dots.forEach((dot, k) => dot.addEventListener("click", () => jump(k)));
  if (slider) slider.oninput = () => jump(Number(slider.value) - 1);
  for (const card of cards) {
    card.mark.addEventListener("click", () => visitCard(card.i));
    card.mark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      visitCard(card.i);
    });
  }
  document.addEventListener("keydown", pressed);
  addEventListener("hashchange", () => jump(asked()));
  addEventListener("resize", resize);
  print();
}

// On paper the graph is that of the end.
function print() {
  let before = null;
  const begin = () => {
    if (before !== null) return;
    before = now;
    pause();
    go(last, true);
  };
  const end = () => {
    if (before !== null) go(before, true);
    before = null;
  };
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  matchMedia("print").addEventListener("change", (event) => (event.matches ? begin() : end()));
}

function colourSlider() {
  if (!slider) return;
  const names = { start: "line", forward: "forward", backward: "gradient", update: "parameter" };
  const bands = [];
  steps.forEach((step, k) => {
    if (!k || steps[k - 1].phase !== step.phase) bands.push({ from: k, name: names[step.phase] });
  });
  const at = (k) => `${(100 * k) / steps.length}%`;
  const parts = bands.map(
    ({ from, name }, i) => `var(--${name}) ${at(from)} ${at(i + 1 < bands.length ? bands[i + 1].from : steps.length)}`
  );
  slider.style.setProperty("--bands", `linear-gradient(90deg, ${parts.join(", ")})`);
}

function begin() {
  root.classList.add("plays");
  root.classList.toggle("few", cards.length <= MOST_MOVING);
  graph.setAttribute("role", "group");
  graph.querySelector("title").remove(); // a tooltip over all of the graph
  graph.setAttribute("aria-label", "The graph, a button a card");
  for (const card of cards) {
    card.mark.setAttribute("role", "button");
    card.mark.setAttribute("tabindex", cards.length <= MOST_STOPS ? 0 : -1);
  }
  colourSlider();
  listen();
  now = Math.max(0, Math.min(last, asked()));
  for (const card of cards) {
    card.slots.forEach(show);
    showCard(card);
  }
  for (const [arrow, k] of chips) item(`s${arrow}`).classList.toggle("later", k > now);
  for (const chip of graph.querySelectorAll(".slope")) {
    if (!chips.has(Number(chip.dataset.item.slice(1)))) chip.classList.add("later");
  }
  arrive(now);
  resize();
}

begin();
