"""The slope of a function, by a central difference."""

from autograd_lite.course.authoring import Mistake, Script, Variant, code, edit

DEFINES = ("derivative",)
AFTER = ()

CUBE = "def f(x):\n    return x**3"
EXP = "import math\n\n\ndef f(x):\n    return math.exp(x)"
HYPERBOLA = "def f(x):\n    return 1 / x"


def probes(rng):
    ask = "derivative(f, x, h)"
    yield Script(CUBE, ask, says="f(x) = x³ at x = 1.5, h = 0.1", x=1.5, h=0.1)
    for name, setup, low, high in (("x³", CUBE, -1.9, -0.8), ("eˣ", EXP, -0.9, 1.4), ("1/x", HYPERBOLA, 1.1, 2.6)):
        x, h = round(rng.uniform(low, high), 3), 0.05 if name == "eˣ" else 0.1
        yield Script(setup, ask, says=f"f(x) = {name} at x = {x}, h = {h}", x=x, h=h)


RUN = "How far is it from x − h to x + h?"
RISE = "rise = f at the right point − f at the left point: which are the two points?"
BRACKETS = "In Python a / b * c is (a / b) · c, and a − b / c is a − (b / c)."

MISTAKES = [
    Mistake("forward difference", edit("f(x - h)", "f(x)", "(2 * h)", "h"), "the line goes from x to x + h: x lies at "
            "its left end and not in its middle", RISE),
    Mistake("backward difference", edit("f(x + h)", "f(x)", "(2 * h)", "h"), "the line goes from x − h to x: x lies "
            "at its right end and not in its middle", RISE),
    Mistake("divided by h", edit("(2 * h)", "h"), "the rise over two steps is divided by one step h", RUN,
            is_factor=True),
    Mistake("times h", edit("(2 * h)", "2 * h"), "the rise is divided by 2 and then multiplied by h", BRACKETS,
            is_factor=True),
    Mistake("not divided", edit("rise / (2 * h)", "rise"), "the rise is not divided by the run", "slope = rise / run",
            is_factor=True),
    Mistake("divided by 2", edit("(2 * h)", "2"), "the rise is divided by 2 alone, and h is left out", RUN,
            is_factor=True),
    Mistake("divided by h²", edit("(2 * h)", "h**2"), "the rise is divided by h²", RUN, is_factor=True),
    Mistake("2 + h", edit("(2 * h)", "(2 + h)"), "the rise is divided by 2 + h", RUN, is_factor=True),
    Mistake("order", edit("f(x + h) - f(x - h)", "f(x - h) - f(x + h)"),
            "the two points have changed places: left minus right", RISE, is_factor=True),
    Mistake("half steps", edit("x + h", "x + h / 2", "x - h", "x - h / 2"), "the two points lie h/2 to the left and "
            "to the right, so the run is h and not 2h", RUN, is_factor=True),
    Mistake("half steps, run h", edit("x + h", "x + h / 2", "x - h", "x - h / 2", "(2 * h)", "h"), "the two points "
            "lie h/2 to the left and to the right: a good slope, but a step of h on each side was asked for",
            "Where are x − h and x + h?"),
    Mistake("double steps", edit("x + h", "x + 2 * h", "x - h", "x - 2 * h"), "the two points lie 2h to the left and "
            "to the right, so the run is 4h and not 2h", RUN, is_factor=True),
    Mistake("only to the right", edit("f(x - h)", "f(x)"), "the rise is that from x to x + h, one step, and the run "
            "is 2h", RISE, is_factor=True),
    Mistake("only to the left", edit("f(x + h)", "f(x)"), "the rise is that from x − h to x, one step, and the run is "
            "2h", RISE, is_factor=True),
    Mistake("forward over 2h", edit("f(x + h) - f(x - h)", "f(x + 2 * h) - f(x)"), "the line goes from x to x + 2h: x "
            "lies at its left end and not in its middle", RISE),
    Mistake("f(x) + h", edit("f(x + h)", "(f(x) + h)", "f(x - h)", "(f(x) - h)"), "h is added to f(x) and not to x: "
            "then f cancels, and the slope is 1 for every f", "What goes into f: x, or x + h?"),
    Mistake("f(x + h) alone", edit("f(x + h) - f(x - h)", "f(x + h)"), "nothing is subtracted from f(x + h)", RISE,
            is_factor=True),
    Mistake("added", edit("f(x + h) - f(x - h)", "f(x + h) + f(x - h)"),
            "the two values of f are added and not subtracted", RISE, is_factor=True),
    Mistake("precedence", code("def derivative(f, x, h):\n    return f(x + h) - f(x - h) / (2 * h)\n"), "only f(x − "
            "h) is divided by 2h: brackets around the difference are missing", BRACKETS),
    Mistake("the value", code("def derivative(f, x, h):\n    return f(x)\n"), "f(x) itself is returned: the height of "
            "the graph and not its slope", "slope = rise / run"),
    Mistake("a step of its own", edit("rise = f(x + h)", "h = 1e-5\n    rise = f(x + h)"), "the step is not the h "
            "that is given, but a very small one of its own", "Is h set again in your function?"),
    Mistake("second derivative", code("def derivative(f, x, h):\n    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2\n"),
            "the second difference is taken: how fast the slope changes, and not the slope", RISE),
    Mistake("floor", edit("rise / (2 * h)", "rise // (2 * h)"),
            "the division is //, which rounds down to a whole number", "/ or //?", is_factor=True),
    Mistake("absolute value", edit("f(x + h) - f(x - h)", "abs(f(x + h) - f(x - h))"), "the sign of the rise is "
            "dropped: a function that falls has a negative slope", "Which sign has the slope of 1/x?", is_factor=True),
    Mistake("relative rise", edit("(2 * h)", "(2 * h) / f(x)"), "the slope is divided by f(x): a relative rise and "
            "not the rise", "slope = rise / run", is_factor=True),
]  # fmt: skip

VARIANTS = [
    Variant("the mean of two slopes", code("""
def derivative(f, x, h):
    right = (f(x + h) - f(x)) / h
    left = (f(x) - f(x - h)) / h
    return (left + right) / 2
""")),
    Variant("with points", code("""
def derivative(f, x, h):
    a, b = x - h, x + h
    return 0.5 * (f(b) - f(a)) / h
""")),
]  # fmt: skip
