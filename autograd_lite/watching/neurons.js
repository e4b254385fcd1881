// A small network, neuron by neuron: each weight is a line, as wide as it is large, its colour says its sign.
const COLUMN = 230, RADIUS = 15, TALLEST = 400;

class Neurons {
  constructor(host, facts) {
    this.facts = facts;
    this.which = 0;
    const most = Math.max(...facts.units);
    this.row = Math.min(62, Math.max(27, TALLEST / most));
    this.height = most * this.row + 44;
    const width = (facts.units.length - 1) * COLUMN + 120;
    this.root = svg("svg", { viewBox: `0 0 ${width} ${this.height}`, role: "img" });
    host.replaceChildren(this.root);
    this.lines = facts.units.slice(1).map((units, layer) => this.weights(layer, facts.units[layer], units));
    this.circles = facts.units.map((units, column) => this.column(column, units));
  }

  place(column, unit) {
    const units = this.facts.units[column];
    return [60 + column * COLUMN, 34 + (this.height - 44) / 2 + (unit - (units - 1) / 2) * this.row];
  }

  weights(layer, inputs, units) {
    const lines = [];
    for (let i = 0; i < inputs; i += 1) {
      for (let j = 0; j < units; j += 1) {
        const [x1, y1] = this.place(layer, i), [x2, y2] = this.place(layer + 1, j), half = (x1 + x2) / 2;
        const line = svg("path", { class: "weight", d: `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}` }, svg("title"));
        this.root.append(line);
        lines.push(line);
      }
    }
    return lines;
  }

  column(column, units) {
    const title = column ? this.facts.layers[column] : "inputs";
    this.root.append(svg("text", { class: "layer", x: 60 + column * COLUMN, y: 14, "text-anchor": "middle", text: title }));
    return Array.from({ length: units }, (_, unit) => {
      const [x, y] = this.place(column, unit), r = Math.min(RADIUS, this.row * 0.4);
      const circle = svg("circle", { class: `neuron ${column ? "" : "input"}`, cx: x, cy: y, r }, svg("title"));
      this.root.append(circle);
      if (!column) this.root.append(svg("text", { x, y: y + 4, "text-anchor": "middle", text: `x${unit + 1}` }));
      return circle;
    });
  }

  // The largest number of each kind in the whole record: widths can be compared between moments.
  measure(moments) {
    this.largest = [0, 1].map((which) => {
      let most = 0;
      for (const moment of moments) {
        for (const layer of moment.n || []) for (const x of [...layer[which], ...layer[which + 2]]) most = Math.max(most, Math.abs(x || 0));
      }
      return most || 1;
    });
  }

  show(moment) {
    const most = this.which ? Math.max(...(moment.n || []).flatMap((l) => [...l[1], ...l[3]]).map((x) => Math.abs(x || 0)), 1e-30) : this.largest[0];
    (moment.n || []).forEach((layer, l) => {
      const units = this.facts.units[l + 1];
      this.lines[l].forEach((line, k) => {
        const x = layer[this.which][k];
        this.paint(line, x, 0.6 + (6.4 * Math.abs(x || 0)) / most);
        line.firstChild.textContent = `from ${Math.floor(k / units) + 1} to ${(k % units) + 1}: weight ${said(layer[0][k])}, gradient ${said(layer[1][k])}`;
      });
      this.circles[l + 1].forEach((circle, k) => {
        this.paint(circle, layer[2 + this.which][k] || 0, 2.5);
        circle.firstChild.textContent = layer[2].length ? `bias ${said(layer[2][k])}, gradient ${said(layer[3][k])}` : "no bias";
      });
    });
    const what = this.which ? "gradients" : "weights";
    this.root.setAttribute("aria-label", `The network with ${this.facts.units.join(", ")} neurons; lines show ${what}, the largest is ${said(most)}.`);
    return most;
  }

  paint(element, x, width) {
    element.classList.toggle("bad", x === null);
    element.classList.toggle("above", x > 0);
    element.classList.toggle("below", x < 0);
    element.classList.toggle("neither", !x);
    element.setAttribute("stroke-width", width.toFixed(2));
    if (element.tagName === "path") element.style.opacity = (0.35 + Math.min(0.65, (width - 0.6) / 5)).toFixed(2);
  }
}
