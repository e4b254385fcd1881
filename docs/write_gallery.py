"""Write docs/gallery.md and its pictures: ``python docs/write_gallery.py``.

What is in the gallery stands here, once: its code, and what there is to see. The page and the pictures are made from it.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

FOLDER = Path(__file__).parent
PAGE, PICTURES = FOLDER / "gallery.md", FOLDER / "pictures"


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


EXHIBITS = (
    Exhibit(
        "neuron",
        "One neuron with cross-entropy",
        """
        """,
        """
        import numpy as np
        from autograd_lite import Value, draw

        x, y = Value(1.5, name="x"), Value(1.0, name="y")  # an example and its label
        w, b = Value(0.8, name="w"), Value(-0.4, name="b")
        z = w * x + b
        p = 1 / (1 + np.exp(-z))
        loss = -(y * np.log(p) + (1 - y) * np.log(1 - p))
        loss.backward()
        picture = draw({"loss": loss}, inputs=[x, y])
        """,
        dark=True,
    ),
    Exhibit(
        "lecture",
        "micrograd's lecture",
        """
        """,
        """
        from autograd_lite import Value, draw

        a, b, c, f = (Value(x, name=name) for x, name in ((2.0, "a"), (-3.0, "b"), (10.0, "c"), (-2.0, "f")))
        d = a * b + c
        d.name = "d"
        L = d * f
        L.name = "L"
        L.backward()
        picture = draw(L)
        """,
    ),
    Exhibit(
        "micrograd",
        "The expression of micrograd's README",
        """
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
        g.backward()
        picture = draw(g)
        """,
    ),
    Exhibit(
        "square",
        "`x * x`",
        """
        """,
        """
        from autograd_lite import Value, draw

        x = Value(3.0, name="x")
        y = x * x
        y.backward()
        picture = draw(y)
        """,
    ),
    Exhibit(
        "diamond",
        "A diamond",
        """
        """,
        """
        import numpy as np
        from autograd_lite import Value, draw

        x = Value(0.5, name="x")
        y = np.sin(x) * np.exp(x)
        y.backward()
        picture = draw(y)
        """,
    ),
    Exhibit(
        "network",
        "The lecture's network by layers",
        """
        """,
        """
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
        cost.backward()
        picture = draw(cost, inputs={"X": X, "y": y})
        """,
        dark=True,
    ),
    Exhibit(
        "second",
        "A derivative of a derivative",
        """
        """,
        """
        import autograd_lite as ag
        from autograd_lite import Value, draw

        x = Value(2.0, name="x")
        y = x**3
        (slope,) = ag.grad(lambda x: x**3)(x),
        slope.backward()
        picture = draw(slope)
        """,
    ),
    Exhibit(
        "nan",
        "Where the first nan comes from",
        """
        """,
        """
        import numpy as np
        from autograd_lite import Value, draw

        p, y = Value([0.9, 0.0, 0.4], name="p"), np.array([1.0, 0.0, 1.0])
        with np.errstate(all="ignore"):
            loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
            loss.backward()
        picture = draw(loss, inputs={"y": y})
        """,
    ),
    Exhibit(
        "thousands",
        "5,000 Values",
        """
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
        loss.backward()
        picture = draw(loss, inputs=[f"x{i}" for i in range(1, 9)])
        """,
    ),
    Exhibit(
        "ten-thousands",
        "50,000 Values",
        """
        """,
        """
        import random
        import numpy as np
        from autograd_lite import Value, draw

        rng = random.Random(0)
        u, w, b, v = (Value(x, name=name) for x, name in ((0.3, "u"), (0.9, "w"), (0.1, "b"), (1.2, "v")))
        h, loss = Value(0.0, name="h0"), Value(0.0, name="start")
        for _ in range(5_000):  # a recurrent network
            h = np.tanh(w * h + u * rng.uniform(-1, 1) + b)
            loss = loss + (v * h - rng.uniform(-1, 1)) ** 2
        loss.backward()
        picture = draw(loss)
        """,
    ),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of pictures")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--folder", type=Path, default=PICTURES)
    options = parser.parse_args()
    for exhibit in EXHIBITS:
        if options.only and exhibit.name not in options.only:
            continue
        picture = exhibit.picture()
        picture._engine = options.engine
        path = picture.save(options.folder / f"{exhibit.name}.png")
        print(f"{exhibit.name}: {path.stat().st_size / 1000:.0f} kB, {picture.scene.width} x {picture.scene.height}")
        print("   ", picture.view.title, *picture.view.folded, *picture.view.notes, sep="\n    ")


if __name__ == "__main__":
    main()
