// How large the gradient of each weight is at this moment: bars on a log scale, vanishing and exploding ones marked.
class Sizes {
  constructor(body, names, limits) {
    this.limits = limits;
    this.rows = names.map((name) => {
      const bar = html("span", { class: "bar" }), size = html("td", { class: "number" }), ratio = html("td", { class: "number" }), word = html("span", { class: "word" });
      body.append(html("tr", {}, html("td", { class: "name", text: name, title: name }), size, html("td", { class: "bars" }, bar, word), ratio));
      return { bar, size, ratio, word };
    });
  }

  // The smallest and the largest gradient of the whole record, so that bars can be compared between moments.
  measure(moments) {
    const all = moments.flatMap((m) => m.g).filter((x) => x > 0);
    this.low = all.length ? Math.max(Math.min(...all), Math.max(...all) * 1e-8) : 1e-3;
    this.high = all.length ? Math.max(...all) : 1;
    if (this.high < this.low * 10) this.low = this.high / 10;
  }

  show(moment) {
    const largest = Math.max(...moment.g.map((x) => x || 0));
    const span = Math.log(this.high / this.low);
    this.rows.forEach((row, i) => {
      const size = moment.g[i], weight = moment.w[i];
      row.size.textContent = said(size);
      row.bar.hidden = !(size > 0);
      row.bar.style.width = `${size > 0 ? Math.max(2, 6 + (94 * Math.log(size / this.low)) / span) : 0}%`;
      row.ratio.textContent = weight > 0 && size !== null ? said(Number((size / weight).toPrecision(2))) : "–";
      row.word.textContent = verdict(size, largest, this.limits);
    });
  }
}

function verdict(size, largest, [vanishing, exploding]) {
  if (size === null) return "not finite";
  if (size > exploding) return "exploding";
  if (size === 0) return largest > 0 ? "none at all" : "";
  return size < vanishing * largest ? "vanishing" : "";
}
