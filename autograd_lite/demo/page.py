"""The page that shows the results: a table, and for each training its cost curve and its graph."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence

from .trainings import Training

TITLE = "From logistic regression to a trained network"

STYLE = """
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem;
         color: #1d2330; background: #fff; }
  p { max-width: 46rem; } a { color: #1559c4; }
  h2 { margin-top: 3rem; border-bottom: 2px solid #1d2330; }
  .wide { overflow-x: auto; } table { border-collapse: collapse; }
  th, td { padding: .3rem .7rem; text-align: right; } th { white-space: nowrap; }
  th:first-child, th:nth-child(3), td:nth-child(3) { text-align: left; }
  thead { border-bottom: 2px solid #1d2330; }
  .training { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }
  .training > * { flex: 1 1 26rem; min-width: 0; }
  pre { font-size: .75rem; background: #f4f6f9; padding: .8rem; border-radius: 8px; overflow-x: auto; }
  img { max-width: 100%; height: auto; } .graph { border: 1px solid #ccd3de; border-radius: 8px; }
  .gradient { color: #b4410e; }
  :root { color-scheme: light dark; } /* the graphs follow the reader's theme, and so does the page */
  @media (prefers-color-scheme: dark) {
    body { color: #e8ebf2; background: #12151c; } a { color: #8ab4ff; }
    h2, thead { border-color: #e8ebf2; } pre { background: #1b2029; } .graph { border-color: #3a4252; }
    .gradient { color: #ff9e64; }
    img:not(.graph) { border-radius: 8px; background: #fff; }
  }
"""


def page(trainings: Sequence[Training], made: Collection[str]) -> str:
    """The page as HTML.

    Parameters
    ----------
    trainings : sequence of Training
    made : collection of str
        The names of the pictures that were made in this run; only these are shown.
    """
    rows = "".join(map(row, trainings))
    sections = "\n".join(section(t, made) for t in trainings)
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{TITLE}</title>
<style>{STYLE}</style>
<h1>{TITLE}</h1>
<p>Real handwritten digits, 8×8 pixels: (a), (b) and (c) learn to tell zeros from ones, (d) all ten. One digit in
five was held out: the model is not trained on it, and afterwards we count how many of these it gets right. They were
written by the same people as the others; digits of new writers would be harder.</p>
<div class="wide"><table><thead><tr><th>model<th>weights<th>optimizer<th>first cost<th>last cost
<th>training<th>held out</thead>{rows}</table></div>
<p>Optimizer: how many examples it sees for each step. Last two columns: the part of the digits that is recognized.
All numbers, the cost of each epoch too, are in
<a href="results.json">results.json</a>.</p>
{sections}</html>
"""


def row(t: Training) -> str:
    """One line of the table."""
    return (
        f"<tr><th scope='row'>{html.escape(t.title)}<td>{t.weights:,}<td>{html.escape(t.optimizer)}"
        f"<td>{t.costs[0]:.4g}<td>{t.costs[-1]:.4g}<td>{t.train_accuracy:.1%}<td>{t.test_accuracy:.1%}</tr>\n"
    )


def section(t: Training, made: Collection[str]) -> str:
    """One training: its code, and its pictures as far as they were made."""
    parts = [f"<pre>{html.escape(t.code.rstrip())}</pre>"]
    if t.curve_file in made:
        parts.append(
            f"<img src='{t.curve_file}' alt='Cost curve: from {t.costs[0]:.4g} to {t.costs[-1]:.4g}'>"
            f"<p>The cost J, epoch by epoch: from {t.costs[0]:.4g} to {t.costs[-1]:.4g}. The scale is logarithmic.</p>"
        )
    graph = ""
    if t.graph_file in made:
        parts.append(
            f"<p>The graph: the loss of the first training example, after training, and how it is computed, from the "
            f"top down; c1 holds the example's 64 pixels. "
            f"Numbers in the colour of this text are values; numbers in <b class='gradient'>orange</b> are gradients, "
            f"which back-propagation finds from the bottom up. {html.escape(t.graph)}</p>"
            f"<p><a href='{t.graph_file}'>Open the graph alone</a> to enlarge it.</p>"
        )
        if t.steps_file in made:
            parts.append(
                f"<p><a href='{t.steps_file}'><b>Play back-propagation</b></a> through it: forward, back, and one step "
                f"of gradient descent, with the numbers in the formulas.</p>"
            )
        graph = (
            f"<a href='{t.graph_file}'><img class='graph' src='{t.graph_file}' "
            f"alt='Computation graph of the loss of one example, with gradients'></a>"
        )
    told = "\n".join(parts)
    return f"<h2>{html.escape(t.title)}</h2>\n<div class='training'><div>{told}</div>\n{graph}</div>"
