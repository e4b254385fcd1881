// The decision boundary: what the model says over the plane of its two inputs, and the data on it.
const rgb = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
const mixed = (a, b, t) => a.map((v, k) => Math.round(v + (b[k] - v) * t));
const MARKS = ["circle", "square", "triangle", "diamond"];

class Boundary {
  constructor(canvas, facts) {
    this.canvas = canvas;
    this.facts = facts;
    this.small = document.createElement("canvas");
    this.small.width = this.small.height = facts.side;
  }

  colours() {
    const classes = Array.from({ length: Math.max(2, this.facts.classes) }, (_, k) => rgb(styleOf(`series${k}`)));
    return { cold: rgb(styleOf("ground-cold")), zero: rgb(styleOf("ground-zero")), warm: rgb(styleOf("ground-warm")), ink: styleOf("ink"),
      card: styleOf("card"), marks: [styleOf("cold"), styleOf("warm")], classes, names: classes.map((_, k) => styleOf(`series${k}`)) };
  }

  ground(byte, colours) {
    if (this.facts.kind === "classes") {
      const sure = (byte % this.facts.levels) / (this.facts.levels - 1);
      return mixed(colours.zero, colours.classes[Math.min(Math.floor(byte / this.facts.levels), colours.classes.length - 1)], 0.12 + 0.4 * sure);
    }
    const t = byte / 127.5 - 1;
    return mixed(colours.zero, t < 0 ? colours.cold : colours.warm, Math.abs(t));
  }

  show(moment) {
    if (!moment.b) return;
    const grid = Uint8Array.from(atob(moment.b), (c) => c.charCodeAt(0)), side = this.facts.side, colours = this.colours();
    const context = this.small.getContext("2d"), image = context.createImageData(side, side);
    grid.forEach((byte, k) => {
      const at = 4 * ((side - 1 - Math.floor(k / side)) * side + (k % side));
      image.data.set([...this.ground(byte, colours), 255], at);
    });
    context.putImageData(image, 0, 0);
    this.paint(grid, colours);
  }

  paint(grid, colours) {
    const size = Math.round((this.canvas.clientWidth || 420) * (window.devicePixelRatio || 1)), side = this.facts.side;
    this.canvas.width = this.canvas.height = size;
    const context = this.canvas.getContext("2d"), cell = size / (side - 1);
    context.imageSmoothingQuality = "high";
    context.drawImage(this.small, -cell / 2, -cell / 2, size + cell, size + cell); // the points of the grid are the middles of its cells
    if (this.facts.kind === "probability") this.contour(context, grid, cell, size, colours);
    this.points(context, size, colours);
  }

  // Where the model is undecided: in each square of the grid the line between its corners above and below one half.
  contour(context, grid, cell, size, colours) {
    const side = this.facts.side, value = (i, j) => grid[j * side + i] - 127.5;
    context.beginPath();
    for (let j = 0; j < side - 1; j += 1) {
      for (let i = 0; i < side - 1; i += 1) {
        const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]], cuts = [];
        corners.forEach(([a, b], k) => {
          const [c, d] = corners[(k + 1) % 4], from = value(a, b), to = value(c, d);
          if (from < 0 !== to < 0) {
            const t = from / (from - to);
            cuts.push([(a + (c - a) * t) * cell, size - (b + (d - b) * t) * cell]);
          }
        });
        for (let k = 0; k + 1 < cuts.length; k += 2) {
          context.moveTo(...cuts[k]);
          context.lineTo(...cuts[k + 1]);
        }
      }
    }
    context.lineWidth = size / 170;
    context.lineCap = "round";
    context.strokeStyle = colours.ink;
    context.stroke();
  }

  points(context, size, colours) {
    const { low, high, points, kind, values } = this.facts, r = size / 100;
    context.lineWidth = size / 400;
    for (const [x, y, label] of points) {
      const at = [((x - low[0]) / (high[0] - low[0])) * size, size - ((y - low[1]) / (high[1] - low[1])) * size];
      const k = kind === "value" ? 0 : Math.round(label);
      const t = (2 * (label - values[0])) / (values[1] - values[0] || 1) - 1;
      context.fillStyle = kind === "value" ? `rgb(${mixed(colours.zero, t < 0 ? colours.cold : colours.warm, Math.abs(t))})` : kind === "probability" ? colours.marks[k] : colours.names[k];
      context.strokeStyle = kind === "value" ? colours.ink : colours.card;
      context.beginPath();
      trace(context, MARKS[k % MARKS.length], at[0], at[1], r);
      context.fill();
      context.stroke();
    }
  }
}

function trace(context, mark, x, y, r) {
  if (mark === "circle") return context.arc(x, y, r, 0, 2 * Math.PI);
  const corners = { square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], triangle: [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]], diamond: [[0, -1.3], [1.1, 0], [0, 1.3], [-1.1, 0]] }[mark];
  corners.forEach(([a, b], k) => (k ? context.lineTo(x + a * r, y + b * r) : context.moveTo(x + a * r, y + b * r)));
  return context.closePath();
}

function legendOf(facts, host) {
  const mark = (k, colour) => {
    const shapes = [["circle", { cx: 7, cy: 7, r: 5 }], ["rect", { x: 2, y: 2, width: 10, height: 10 }], ["path", { d: "M7 1l6 11H1z" }], ["path", { d: "M7 0l6 7-6 7-6-7z" }]];
    const [tag, attributes] = shapes[k % 4];
    const shape = svg(tag, attributes);
    shape.style.fill = `var(--${colour})`;
    return svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, shape);
  };
  const count = facts.kind === "classes" ? facts.classes : facts.kind === "probability" ? 2 : 0;
  const colour = (k) => (facts.kind === "classes" ? `series${k}` : k ? "warm" : "cold");
  host.replaceChildren(...Array.from({ length: count }, (_, k) => html("span", { class: "swatch" }, mark(k, colour(k)), html("span", { text: `class ${k}` }))));
  const words = { probability: "The line is where the model says one half.", classes: "The ground has the colour of the likeliest class.", value: `From ${said(facts.values[0])} (blue) to ${said(facts.values[1])} (brown).` };
  host.append(html("span", { text: words[facts.kind] }));
}
