"""A small course of an instructor's own, for tests of what is around exercises: three exercises in two parts."""

from pathlib import Path

HINTS = "## A question\n\nWhich sum?\n\n## A formula\n\nΣ x²\n\n## Almost the code\n\nA line with np.sum.\n"

SQUARES = {
    "text.md": "# The sum of squares\n\nWrite `squares(x)`: Σ xᵢ² for an array of shape (n,), and\nno `\\else`.\n",
    "stub.py": "import numpy as np\n\n\ndef squares(x):\n    # TODO: the sum\n    return None\n",
    "reference.py": "import numpy as np\n\n\ndef squares(x):\n    return np.sum(x**2)\n",
    "hints.md": HINTS,
    "exercise.py": """
from autograd_lite.course.authoring import Call, Mistake, edit

DEFINES = ("squares",)
SECONDS = 1


def probes(rng):
    for n in (2, 7):
        yield Call("squares", says=f"x has {n} numbers", sizes={"n": n}, x=rng.normal(size=n))


MISTAKES = [Mistake("mean", edit("np.sum", "np.mean"), "the sum is divided by n = {n}", "What is a mean?")]
""",
}

VALUE = """
class Value:
    def __init__(self, data, parents=(), op=""):
        self.data, self.grad, self.parents, self.op = data, 0.0, parents, op
        self._backward = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")

        def backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")
        # TODO: the step back

        def backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = backward
        return out
"""

GRAPH = {
    "text.md": "# The step back\n\nFill in the step back through a product.\n",
    "stub.py": VALUE.replace("other.data * out.grad", "0.0").replace("self.data * out.grad", "0.0"),
    "reference.py": VALUE.replace("        # TODO: the step back\n", ""),
    "hints.md": HINTS,
    "exercise.py": '''
from autograd_lite.course.authoring import Mistake, Script, edit

DEFINES = ("Value",)
AFTER = (1,)
RUN = """x, y = Value(x0), Value(y0)
a = x + y
b = a * y
b.grad = 1.0
b._backward()
a._backward()"""
GRAPH = Script(RUN, "{'x': x, 'y': y, 'a': a, 'b': b}", says="(x + y) y", x0=2.0, y0=3.0)


def probes(rng):
    yield Script(RUN, "(x.grad, y.grad)", "(x + y) y", x0=2.0, y0=3.0, parts=("∂b/∂x", "∂b/∂y"))


MISTAKES = [
    Mistake("overwrites", edit("other.grad += self", "other.grad = self", "other.grad += out", "other.grad = out"),
            "a gradient takes the place of the one before"),
]
''',
}

CUBE = {
    "text.md": "# A cube\n\nWrite `cube(x)`.\n",
    "stub.py": "def cube(x):\n    return None  # TODO\n",
    "reference.py": "def cube(x):\n    return x**3\n",
    "hints.md": HINTS,
    "exercise.py": """
from autograd_lite.course.authoring import Call

DEFINES = ("cube",)


def probes(rng):
    yield Call("cube", x=float(rng.normal()))
""",
}

EXERCISES = {"a_first_steps/e01_squares": SQUARES, "a_first_steps/e02_back": GRAPH, "b_more/e03_cube": CUBE}


def own_exercises(folder: Path) -> Path:
    """The folder of the exercises, written."""
    for name, files in EXERCISES.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            (folder / name / file).write_text(text, encoding="utf-8")
    return folder


def answer(workspace: Path, name: str, source: str | None = None) -> Path:
    """Write an answer into a workspace, the reference if none is given; the file."""
    file = workspace / f"{name}.py"
    file.write_text(EXERCISES[name]["reference.py"] if source is None else source, encoding="utf-8")
    return file


FIRST, SECOND, THIRD = EXERCISES
