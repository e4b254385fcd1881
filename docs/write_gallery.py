"""Write docs/gallery.md and its pictures: ``python docs/write_gallery.py``.

What is in the gallery stands here, once: the code of each picture, and what there is to see. The page and the pictures
are made from it; what the page says from "How long it takes" on is kept.
"""

from __future__ import annotations

import argparse
import html
import io
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent
PAGE, PICTURES = FOLDER / "gallery.md", FOLDER / "pictures"
KEPT = "## How long it takes"

HEAD = """\
# Gallery

What `draw` makes of some graphs, each with the code that drew it; `picture.save("picture.png")` wrote the files. How to
read them: every card is a Value, with the operation that made it in its upper right corner. Every arrow is a use. The
pill on an arrow is what a gradient is multiplied by on its way back, from right to left (or upwards); the formula above
it says why. Where several gradients meet, the card shows their sum. In a notebook `draw(loss)` shows itself, and
`print(draw(loss))` says the same in words.

This page is written by `docs/write_gallery.py`.
"""

COLOURS = 256
"""Of a picture in the docs: it takes a quarter of the space, and flat colours stay what they are."""


@dataclass(frozen=True)
class Exhibit:
    """A picture of the gallery.

    Attributes
    ----------
    name : str
        Of its file.
    title : str
    words : str
        What there is to see.
    code : str
        It ends in a Drawing that is called ``picture``.
    dark : bool
        Whether there is a dark one too.
    """

    name: str
    title: str
    words: str
    code: str
    dark: bool = False

    @property
    def source(self) -> str:
        return dedent(self.code).strip() + "\n"

    def picture(self) -> Any:
        """What the code draws."""
        names: dict[str, Any] = {}
        exec(compile(self.source, f"<{self.name}>", "exec"), names)
        return names["picture"]

    def section(self, alt: str) -> str:
        """What the page says of it."""
        image = f"![{alt}](pictures/{self.name}.png)"
        if self.dark:  # shown by sites that know the reader's theme
            image = (
                f'<picture><source media="(prefers-color-scheme: dark)" srcset="pictures/{self.name}-dark.png">'
                f'<img src="pictures/{self.name}.png" alt="{html.escape(alt)}"></picture>'
            )
        words = " ".join(dedent(self.words).split())
        return f"## {self.title}\n\n{words}\n\n```python\n{self.source}```\n\n{image}\n"


NETWORK = """
        from autograd_lite import Input, Sequential, draw
        from autograd_lite.datasets import digits
        from autograd_lite.layers import Dense
        from autograd_lite.losses import BinaryCrossentropy

        X, y = digits(classes=(0, 1))
        X, y = X[:32], y[:32, None]
        units = (25, 15, 1)
        layers = [Dense(n, activation="sigmoid", name=f"layer{i}") for i, n in enumerate(units, start=1)]
        model = Sequential([Input(shape=X.shape[1:]), *layers], seed=0)
        cost = BinaryCrossentropy()(y, model(X))
        cost.name = "cost"
        cost.backward()"""

EXHIBITS = (
    Exhibit(
        "lecture",
        "The expression of micrograd's lecture",
        """
        Seven Values. A sum hands its gradient on as it is (`× 1`), a product multiplies it by the other factor: read
        the pills from `L` to `a` and multiply them, `(−2) · 1 · (−3) = 6`, and you have back-propagated.
        """,
        """
        from autograd_lite import Value, draw

        a, b, c, f = (Value(x, name=name) for x, name in ((2.0, "a"), (-3.0, "b"), (10.0, "c"), (-2.0, "f")))
        e = a * b
        d = e + c
        L = d * f
        e.name, d.name, L.name = "e", "d", "L"
        L.backward()
        picture = draw(L)
        """,
    ),
    Exhibit(
        "square",
        "`x * x`",
        """
        One Value that is used twice: two arrows, and two gradients that meet, `3 + 3 = 6`.
        """,
        """
        from autograd_lite import Value, draw

        x = Value(3.0, name="x")
        y = x * x
        y.name = "y"
        y.backward()
        picture = draw(y)
        """,
    ),
    Exhibit(
        "diamond",
        "A diamond",
        """
        Two ways from `x` to `y`. Along each the slopes are multiplied, `0.8776 · 1.6487 = 1.4469`; where the ways meet,
        they are added. That is the chain rule.
        """,
        """
        import numpy as np
        from autograd_lite import Value, draw

        x = Value(0.5, name="x")
        y = np.sin(x) * np.exp(x)
        y.name = "y"
        y.backward()
        picture = draw(y)
        """,
    ),
    Exhibit(
        "neuron",
        "One neuron with cross-entropy",
        """
        A picture that would be much wider than a page leads downwards. The label is 1, so the right branch counts
        nothing: its gradients are multiplied by `1 − y = 0`, and `0.0000` is a gradient that was computed.
        """,
        """
        import numpy as np
        from autograd_lite import Value, draw, sigmoid

        x, y = Value(1.5, name="x"), Value(1.0, name="y")  # an example and its label
        w, b = Value(0.8, name="w"), Value(-0.4, name="b")
        z = w * x + b
        p = sigmoid(z)
        loss = -(y * np.log(p) + (1 - y) * np.log(1 - p))
        z.name, p.name, loss.name = "z", "p", "loss"
        loss.backward()
        picture = draw(loss, inputs=[x, y])
        """,
        dark=True,
    ),
    Exhibit(
        "micrograd",
        "The expression of micrograd's README",
        """
        Longer than one likes to follow with a pencil: `a` and `b` are used five times each, and their gradients are
        sums of five.
        """,
        """
        from autograd_lite import Value, draw, relu

        a, b = Value(-4.0, name="a"), Value(2.0, name="b")
        c = a + b
        d = a * b + b**3
        c = c + c + 1
        c = c + 1 + c - a
        d = d + d * 2 + relu(b + a)
        d = d + 3 * d + relu(b - a)
        e = c - d
        f = e**2
        g = f / 2
        g = g + 10 / f
        c.name, d.name, e.name, f.name, g.name = "c", "d", "e", "f", "g"
        g.backward()
        picture = draw(g)
        """,
    ),
    Exhibit(
        "layers",
        "The lecture's network by layers",
        """
        A card for each layer, with its weights and their gradient as small pictures: blue is below 0, brown above.
        """,
        NETWORK
        + """
        picture = draw(cost, inputs={"X": X, "y": y}, detail="layer")
        """,
        dark=True,
    ),
    Exhibit(
        "network",
        "… and all of it",
        """
        The same without `detail="layer"`: a frame for each layer. Of arrays the pills show the rule, where `G` is the
        gradient that comes back: that of the weights is `Xᵀ · G`.
        """,
        NETWORK
        + """
        picture = draw(cost, inputs={"X": X, "y": y})
        """,
    ),
    Exhibit(
        "training",
        "A training step",
        """
        A program is drawn by its operations, without numbers: forward, backward and update. The cost leads nowhere: a
        gradient is computed from what the forward pass has left behind, not from the cost.
        """,
        """
        from autograd_lite import Input, Sequential, draw
        from autograd_lite.layers import Dense

        model = Sequential([Input(shape=(2,)), Dense(3, activation="tanh"), Dense(1, activation="tanh")])
        model.compile(loss="mse", optimizer="sgd")
        picture = draw(model.train_program(batch_size=8))
        """,
    ),
    Exhibit(
        "second",
        "The derivative of a derivative",
        """
        A slope is a Value too: the frame holds what computed it, `1 − y²`. So it can be differentiated in turn, and the
        gradient of `x` is the second derivative of tanh. (`v1` is `x` as the function sees it.)
        """,
        """
        import numpy as np
        import autograd_lite as ag
        from autograd_lite import Value, draw


        def f(x):
            y = np.tanh(x)
            y.name = "y"
            return y


        x = Value(0.5, name="x")
        slope = ag.grad(f)(x)
        slope.name = "slope"
        slope.backward()
        picture = draw(slope)
        """,
    ),
    Exhibit(
        "nan",
        "Where the first nan comes from",
        """
        A prediction of exactly 0: its logarithm is −inf, 0 · (−inf) is nan, and so are the mean and the loss. All
        that it reaches is marked, and below the picture stands where it began.
        """,
        """
        import numpy as np
        from autograd_lite import Value, draw

        p, y = Value([0.9, 0.0, 0.4], name="p"), np.array([1.0, 0.0, 1.0])
        with np.errstate(all="ignore"):
            loss = -np.mean(y * np.log(p))
            loss.name = "loss"
            loss.backward()
        picture = draw(loss, inputs={"y": y})
        """,
    ),
    Exhibit(
        "thousands",
        "5,000 Values",
        """
        A network of single numbers. Neurons of one layer are alike, so they are one card: `× 36`. `36 vanishing` counts
        gradients that are less than a ten-millionth of the largest one: one neuron is far out, where tanh is flat.
        """,
        """
        import random
        import numpy as np
        from autograd_lite import Value, draw

        rng = random.Random(0)


        def neuron(inputs):
            weights = [Value(rng.uniform(-1, 1)) for _ in inputs]
            return np.tanh(sum((w * x for w, x in zip(weights, inputs)), Value(0.1)))


        x = [Value(rng.uniform(-1, 1), name=f"x{i}") for i in range(1, 9)]
        for units in (36, 36, 1):
            x = [neuron(x) for _ in range(units)]
        loss = (x[0] - 1.0) ** 2
        loss.name = "loss"
        loss.backward()
        picture = draw(loss, inputs=[f"x{i}" for i in range(1, 9)])
        """,
    ),
    Exhibit(
        "ten-thousands",
        "50,000 Values",
        """
        The network of micrograd's demo, 2-16-16-1, and the cost of 80 examples: the weights are used by all of them.
        """,
        """
        import random
        import numpy as np
        from autograd_lite import Value, draw

        rng = random.Random(0)
        sizes = (2, 16, 16, 1)
        layers = [
            [([Value(rng.uniform(-1, 1)) for _ in range(inputs)], Value(0.1)) for _ in range(units)]
            for inputs, units in zip(sizes, sizes[1:])
        ]
        cost = Value(0.0, name="start")
        for _ in range(80):
            x = [rng.uniform(-1, 1), rng.uniform(-1, 1)]
            y = 1.0 if x[0] * x[1] > 0 else -1.0
            for layer in layers:
                x = [np.tanh(sum((w * a for w, a in zip(weights, x)), b)) for weights, b in layer]
            cost = cost + (x[0] - y) ** 2
        cost.name = "cost"
        cost.backward()
        picture = draw(cost)
        """,
    ),
)


def page(alts: dict[str, str]) -> str:
    """The page, with the first line of each picture in words as its text for those who cannot see it."""
    kept = PAGE.read_text(encoding="utf-8").partition(KEPT)[2] if PAGE.exists() else "\n"
    return "\n".join([HEAD, *(exhibit.section(alts[exhibit.name]) for exhibit in EXHIBITS), KEPT]) + kept


def light(png: bytes) -> bytes:
    """The same picture in fewer colours: those that it has most of, the others the nearest of them."""
    from PIL import Image

    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    numbers, index, counts = np.unique(pixels @ [1 << 16, 1 << 8, 1], return_inverse=True, return_counts=True)
    colours = numbers[:, None] >> np.array([16, 8, 0]) & 255
    kept = np.argsort(-counts)[:COLOURS]
    squares = ((colours[:, None, :] - colours[None, kept]) ** 2).sum(axis=2)
    image = Image.fromarray(np.argmin(squares, axis=1).astype(np.uint8)[index.reshape(pixels.shape[:2])], "P")
    image.putpalette(colours[kept].ravel().tolist())
    found = io.BytesIO()
    image.save(found, "png", compress_level=9)
    return found.getvalue()


def write(exhibit: Exhibit, folder: Path, engine: str) -> str:
    """Write the pictures of an exhibit; its first line in words."""
    from autograd_lite.drawing.drawing import Drawing
    from autograd_lite.drawing.raster import raster

    drawing = exhibit.picture()
    scene = Drawing(drawing.view, engine=engine).scene
    for theme in ("light", "dark") if exhibit.dark else ("light",):
        path = folder / f"{exhibit.name}{'-dark' * (theme == 'dark')}.png"
        path.write_bytes(light(raster(scene, "png", theme)))
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB, {scene.width} x {scene.height}")
    return str(drawing.describe().splitlines()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="write these pictures alone, and no page")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--folder", type=Path, default=PICTURES)
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    chosen = [exhibit for exhibit in EXHIBITS if not options.only or exhibit.name in options.only]
    alts = {exhibit.name: write(exhibit, options.folder, options.engine) for exhibit in chosen}
    if options.folder == PICTURES and not options.only:
        PAGE.write_text(page(alts), encoding="utf-8")


if __name__ == "__main__":
    main()
