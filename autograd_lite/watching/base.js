// Small helpers: elements, numbers as text. Texts of users are set as text only, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
const html = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

function said(x) {
  if (x === null || x === undefined) return "not finite";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text = size >= 1e-3 && size < 1e5 ? String(Number(x.toPrecision(4))) : x.toExponential(2);
  return text.replace("-", "−");
}

function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

function styleOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function epochWords(epoch, planned) {
  if (epoch === 0) return "before training";
  if (epoch % 1) return `stopped within epoch ${Math.ceil(epoch)} of ${planned}`;
  return `after epoch ${epoch} of ${planned}`;
}
