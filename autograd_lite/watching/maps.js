// The weights of a larger network, and their gradients, as cells: a row for each unit, a column for each input.
class Maps {
  constructor(host, facts) {
    this.facts = facts;
    this.canvases = facts.map((fact) => [this.canvas(fact), this.canvas(fact)]);
    const heads = ["", "weights", "gradients"].map((text) => html("span", { class: "head", text }));
    host.replaceChildren(...heads, ...facts.flatMap((fact, i) => [this.caption(fact), ...this.canvases[i]]));
  }

  canvas(fact) {
    const canvas = html("canvas", { role: "img", width: fact.columns, height: fact.rows });
    canvas.style.width = `min(100%, ${fact.columns * 13}px)`;
    canvas.style.aspectRatio = `${fact.columns} / ${Math.max(fact.rows, fact.columns / 16)}`;
    return canvas;
  }

  caption(fact) {
    return html("span", { class: "name" }, html("b", { text: fact.name }), html("small", { text: `${fact.units} × ${fact.inputs}` }));
  }

  // The scales of the whole record: of weights the largest, so that they grow to be seen; gradients have each moment's own.
  measure(moments) {
    this.largest = this.facts.map((_, i) => Math.max(...moments.map((m) => (m.k ? m.k[i][1] : 0)), 1e-30));
  }

  show(moment) {
    if (!moment.k) return;
    const colours = { cold: rgb(styleOf("cold")), zero: rgb(styleOf("ground-zero")), warm: rgb(styleOf("warm")) };
    moment.k.forEach(([weights, scale, gradients, gradientScale], i) => {
      this.paint(this.canvases[i][0], weights, scale / this.largest[i], colours);
      this.paint(this.canvases[i][1], gradients, 1, colours);
      const { name, units, inputs } = this.facts[i];
      this.say(this.canvases[i][0], `${name}: ${units} units, ${inputs} inputs; the strongest cell is ${said(scale)}`);
      this.say(this.canvases[i][1], `Gradient of ${name}; the strongest cell is ${said(gradientScale)}`);
    });
  }

  say(canvas, words) {
    canvas.setAttribute("aria-label", words);
    canvas.title = words;
  }

  paint(canvas, text, factor, colours) {
    const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height), bytes = atob(text);
    for (let k = 0; k < bytes.length; k += 1) {
      const byte = bytes.charCodeAt(k), x = ((byte - 128) / 127) * factor;
      const colour = byte ? mixed(colours.zero, x < 0 ? colours.cold : colours.warm, Math.min(1, Math.abs(x))) : [255, 92, 255];
      image.data.set([...colour, 255], 4 * k);
    }
    context.putImageData(image, 0, 0);
  }
}
