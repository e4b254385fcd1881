// The graph of the cost: its places stay, the numbers and heat cells on its cards change.
const LEAST_SCALE = 0.6; // smaller nobody can read it: then it scrolls

class Graph {
  constructor(host, shades) {
    this.host = host;
    this.shades = shades;
    this.cards = [];
    const picture = host.querySelector("svg");
    picture.style.minWidth = `${Math.round(picture.viewBox.baseVal.width * LEAST_SCALE)}px`;
  }

  parts(i) {
    if (!this.cards[i]) {
      const card = this.host.querySelector(`[data-item=n${i}]`);
      const all = (selector) => [...card.querySelectorAll(selector)];
      this.cards[i] = {
        card,
        title: card.querySelector("title") || card.insertBefore(svg("title"), card.firstChild),
        texts: ["value", "gradient"].map((part) => all(`text[data-part=${part}]`)),
        heats: ["value", "gradient"].map((part) => all(`rect[data-part=heat-${part}]`)),
        border: card.querySelector("[data-part=border]"),
      };
      all("text[data-part^=heat-]").forEach((mark) => mark.remove());
    }
    return this.cards[i];
  }

  show(moment, names) {
    const wrong = [];
    (moment.c || []).forEach((found, i) => {
      if (!found) return;
      const [values, gradients, heat, gradientHeat, words = []] = found;
      const parts = this.parts(i);
      setTexts(parts.texts[0], values);
      setTexts(parts.texts[1], gradients);
      this.paint(parts.heats[0], heat);
      this.paint(parts.heats[1], gradientHeat);
      parts.card.classList.toggle("alarmed", words.length > 0);
      if (words.length) wrong.push(`${names[i]}: ${words.join(", ")}`);
      parts.title.textContent = `${names[i]}: ${[...values, ...words].join(", ")}${gradients.length ? `; gradient ${gradients.join(", ")}` : ""}`;
    });
    return wrong;
  }

  paint(cells, letters) {
    for (let k = 0; k < cells.length; k += 1) {
      const letter = letters[k] || "i";
      if (cells[k].dataset.shade === letter) continue;
      cells[k].dataset.shade = letter;
      const bad = letter === "x";
      cells[k].setAttribute("fill", bad ? "#000000" : this.shades[letter.charCodeAt(0) - 97]);
      cells[k].style.stroke = bad ? "#ff5cff" : "";
      cells[k].style.strokeWidth = bad ? "2" : "";
    }
  }
}

const NOT_FINITE = /(nan|inf) of [\d,]+$/;

function setTexts(elements, texts) {
  elements.forEach((element, k) => {
    const text = texts[k] || "";
    if (element.textContent !== text) {
      element.textContent = text;
      element.removeAttribute("textLength");
    }
    const label = element.previousElementSibling;
    if (label?.dataset.part !== "label") return;
    label.dataset.usual ??= label.textContent;
    label.textContent = NOT_FINITE.test(text) ? "not finite" : label.dataset.usual;
  });
}
