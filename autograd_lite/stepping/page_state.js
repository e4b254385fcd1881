// What a page shows at a step: the numbers on the cards and in the table, and what is lit. The markup holds the end.
// Only what differs between two steps is touched, so that a thousand steps are as quick as ten.
// page.py writes this and page.js below each other into one block of one script.

const UNKNOWN = "·";
const SVG = "http://www.w3.org/2000/svg";

const lesson = JSON.parse(document.getElementById("lesson").textContent);
const steps = lesson.steps;
const root = document.documentElement;
const element = (id) => document.getElementById(id);
const pane = element("pane");
const graph = pane.querySelector("svg");
const items = new Map([...graph.querySelectorAll("[data-item]")].map((mark) => [mark.dataset.item, mark]));
const item = (id) => items.get(id);
const lines = element("code") ? [...element("code").children] : [];

let now = 0;

// ------------------------------------------------------------------ what changes, and when

function sizeOf(card) {
  const border = card.querySelector("[data-part=border]");
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(border.getAttribute(name)));
  card.append(border); // above the line below the name, which would cut into a thick one
  return { x, y, width, height };
}

// Texts are squeezed where a font could be wider than was thought; here it is known, and none need be stretched.
function measure() {
  const texts = [...graph.querySelectorAll("text[textLength]")].map((mark) => [mark, mark.getAttribute("textLength")]);
  for (const [mark] of texts) mark.removeAttribute("textLength");
  const wide = texts.filter(([mark, most]) => mark.getComputedTextLength() > Number(most) + 0.5);
  for (const [mark, most] of wide) mark.setAttribute("textLength", most);
}
measure();

const cards = lesson.cards.map((name, i) => {
  const mark = item(`n${i}`);
  const row = document.querySelector(`tr[data-card="${i}"]`);
  const own = { i, name, mark, row, slots: [], done: 0, place: sizeOf(mark), tooltip: mark.querySelector("title") };
  own.words = own.tooltip ? own.tooltip.textContent : name;
  const found = [...mark.querySelectorAll("[data-part=total],[data-part=alarm]")];
  own.ofValue = found.filter((text) => text.matches("[data-part=alarm]") && /^(nan|inf|\d)/.test(text.textContent));
  own.later = found.filter((text) => !own.ofValue.includes(text));
  own.arrows = [];
  own.entries = row && row.querySelector("details");
  return own;
});

lesson.heads.forEach((head, k) => cards[head].arrows.push(item(`e${k}`)));

// A slot is where a number stands: on a card its value or its gradient, and the same in the table.
function newSlot(card, what) {
  const marks = [...card.mark.querySelectorAll(`[data-part=${what}]`)];
  const texts = marks.map((mark) => ({
    mark,
    length: mark.textContent.length,
    squeezed: mark.getAttribute("textLength"),
  }));
  const cells = [];
  for (const mark of card.mark.querySelectorAll(`[data-part=heat-${what}]`)) {
    if (mark.tagName === "rect") cells.push({ mark, sign: null });
    else cells[cells.length - 1].sign = mark;
  }
  const column = card.row && card.row.children[what === "value" ? 2 : 3];
  const slot = { card, what, texts, cells, column, history: [] };
  card.slots.push(slot);
  return slot;
}

const slotsOf = steps.map(() => []);
steps.forEach((step, k) => {
  for (const change of step.changes) {
    const card = cards[change.card];
    if (!card) continue;
    const slot = card.slots.find((other) => other.what === change.what) || newSlot(card, change.what);
    slot.history.push({ step: k, rows: change.rows, heat: change.heat });
    slotsOf[k].push(slot);
    if (step.phase !== "update") card.done = k;
  }
});

// A slope is seen from the step on in which a gradient goes through it.
const chipsOf = steps.map(() => []);
const chips = new Map();
steps.forEach((step, k) => {
  if (step.phase !== "backward") return;
  for (const arrow of step.arrows) {
    if (chips.has(arrow) || !item(`s${arrow}`)) continue;
    chips.set(arrow, k);
    chipsOf[k].push(arrow);
  }
});

const isKnown = (rows) => !rows.length || rows.some((text) => text !== UNKNOWN);

function latest(slot) {
  for (let i = slot.history.length - 1; i >= 0; i--) {
    if (slot.history[i].step <= now) return isKnown(slot.history[i].rows) ? slot.history[i] : null;
  }
  return null;
}

// ------------------------------------------------------------------ numbers

function write(text, content) {
  text.mark.textContent = content;
  text.mark.classList.toggle("quiet", content === UNKNOWN);
  if (!text.squeezed) return;
  if (content.length >= text.length) text.mark.setAttribute("textLength", text.squeezed);
  else text.mark.removeAttribute("textLength"); // a short text would be stretched
}

function newSign(cell) {
  const [x, y] = ["x", "y"].map((name) => Number(cell.mark.getAttribute(name)));
  cell.sign = document.createElementNS(SVG, "text");
  const looks = { x: x + 4.5, y: y + 7.8, "font-size": 8.5, "text-anchor": "middle", fill: lesson.infinite[1] };
  for (const [name, value] of Object.entries(looks)) cell.sign.setAttribute(name, value);
  cell.mark.after(cell.sign);
}

function paint(cell, shade) {
  const unknown = shade === undefined;
  const finite = !unknown && shade !== null && Math.abs(shade) <= (lesson.shades.length - 1) / 2;
  cell.mark.classList.toggle("unknown", unknown);
  if (finite) cell.mark.setAttribute("fill", lesson.shades[shade + (lesson.shades.length - 1) / 2]);
  if (!unknown && !finite) {
    if (!cell.sign) newSign(cell);
    cell.mark.setAttribute("fill", lesson.infinite[0]);
    cell.sign.textContent = shade === null ? "×" : shade > 0 ? "▲" : "▼";
  }
  if (cell.sign) cell.sign.classList.toggle("later", unknown || finite);
}

const updates = () => steps[now].phase === "update";

// An update gives new numbers to what is learnt; those that were computed with the old ones stay, and are pale.
function isBefore(slot, step) {
  return updates() && steps[step].phase !== "update" && (slot.what === "gradient" || slot.card.arrows.length > 0);
}

function show(slot) {
  const found = latest(slot);
  slot.text = found ? (slot.cells.length ? found.rows[0] : found.rows.join(" ")) : UNKNOWN;
  slot.before = Boolean(found) && isBefore(slot, found.step);
  slot.texts.forEach((text, i) => write(text, found ? found.rows[i] || "" : UNKNOWN));
  for (const { mark } of [...slot.texts, ...slot.cells]) mark.classList.toggle("before", slot.before);
  slot.cells.forEach((cell, i) => paint(cell, found && found.heat ? found.heat[i] : found ? null : undefined));
  if (!slot.column) return;
  slot.column.textContent = slot.text;
  slot.column.classList.toggle("quiet", !found);
  slot.column.classList.toggle("before", slot.before);
}

function showCard(card) {
  const done = now >= card.done;
  const numbers = card.slots.map((slot) => `${slot.what} ${slot.text === UNKNOWN ? "not yet computed" : slot.text}${slot.before ? " before the step" : ""}`);
  const value = card.slots.find((slot) => slot.what === "value");
  const waits = Boolean(value) && value.text === UNKNOWN;
  for (const mark of [card.mark, ...card.arrows]) mark.classList.toggle("waits", waits);
  for (const mark of card.ofValue) mark.classList.toggle("later", waits);
  card.mark.setAttribute("aria-label", [card.name, ...numbers].join(", "));
  if (card.tooltip) card.tooltip.textContent = done && !updates() ? card.words : [card.name, ...numbers].join(", ");
  for (const mark of card.later) mark.classList.toggle("later", !done);
  if (!card.entries) return;
  card.entries.classList.toggle("closed", waits);
  card.entries.classList.toggle("halfway", !done);
  card.entries.classList.toggle("old", updates());
}

// ------------------------------------------------------------------ what is lit

const flows = graph.insertBefore(document.createElementNS(SVG, "g"), graph.querySelector(".card"));
let lit = []; // [element, class] pairs, to be taken back at the next step

function light(mark, name) {
  if (!mark) return;
  mark.classList.add(name);
  lit.push([mark, name]);
}

function drawn(tag, kind, attributes) {
  const made = document.createElementNS(SVG, tag);
  made.setAttribute("class", kind);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// The points of an arrow, its tip included, in the direction in which numbers travel.
function course(arrow, backward) {
  const numbersIn = (text) => text.match(/-?\d+(\.\d+)?/g).map(Number);
  const all = numbersIn(arrow.querySelector("path").getAttribute("d"));
  const points = [];
  for (let i = 0; i < all.length; i += 2) points.push([all[i], all[i + 1]]);
  points[points.length - 1] = numbersIn(arrow.querySelector("polygon").getAttribute("points")).slice(0, 2);
  return backward ? points.reverse() : points;
}

function flowOf(arrow, backward) {
  const points = course(arrow, backward);
  const [x, y] = points[points.length - 1];
  const [fx, fy] = points.slice(0, -1).reverse().find(([a, b]) => Math.hypot(x - a, y - b) > 0.01) || [x - 1, y];
  const length = Math.hypot(x - fx, y - fy);
  const [dx, dy] = [(x - fx) / length, (y - fy) / length];
  const corner = (side) => `${x - 15 * dx - side * dy},${y - 15 * dy + side * dx}`;
  points[points.length - 1] = [x - 9 * dx, y - 9 * dy];
  const said = points.map((point) => point.join(" "));
  const d = `M${said[0]}C${said.slice(1).join(" ")}`;
  return [
    drawn("path", "halo", { d }),
    drawn("path", "stream", { d, pathLength: 1 }),
    drawn("polygon", "point", { points: `${x},${y} ${corner(6)} ${corner(-6)}` }),
  ];
}

function lightStep(step) {
  for (const [mark, name] of lit) mark.classList.remove(name);
  lit = [];
  const backward = step.phase === "backward";
  const made = [];
  for (const k of step.arrows) {
    const arrow = item(`e${k}`);
    if (!arrow) continue;
    light(arrow, "covered");
    if (backward) light(item(`s${k}`), "lit");
    made.push(...flowOf(arrow, backward));
  }
  flows.replaceChildren(...made);
  for (const i of step.sources) light(cards[i] && cards[i].mark, "source");
  for (const i of step.targets) {
    if (!cards[i]) continue;
    light(cards[i].mark, "target");
    light(cards[i].row, "here");
  }
  for (const i of step.lines) light(lines[i], "here");
  if (lines.length) element("unmarked").hidden = step.lines.length > 0;
}
