"""Operations of one Value: minus, powers, exp, log, tanh, sigmoid, relu."""

from autograd_lite.course.authoring import Mistake, Script, Variant, edit

DEFINES = ("Value",)
AFTER = (2, 6)

WORDS = {
    "neg": "-x", "**": "x ** k", "exp": "x.exp()", "log": "x.log()", "tanh": "x.tanh()", "sigmoid": "x.sigmoid()",
    "relu": "x.relu()",
}  # fmt: skip


def probes(rng):
    def ask(op, z, y=None, **more):
        # y comes behind, so that out.grad is no 1; u has a share from elsewhere as well, and a parent behind it.
        y = y or round(float(rng.choice((-1, 1)) * rng.uniform(1.3, 2.9)), 2)
        given = {"x0": round(z - 0.5, 2), "y": y, **more}
        operation = WORDS[op].replace("x", "u", 1) if "exp" not in op else "u.exp()"
        setup = f"x = Value(x0)\nu = x + 0.5\na = {operation}\nif a is not None:\n    (u + a * y).backward()"
        numbers = ", ".join(f"{name[0]} = {value}" for name, value in given.items())
        says = f"out = u + y·({operation}), where u = x + 0.5, with {numbers}"
        parts = f"the data of {operation}", f"x.grad behind {operation}"
        return Script(setup, "a if a is None else (a.data, x.grad)", says, parts=parts, **given)

    yield ask("neg", rng.uniform(1.2, 2.8))
    yield ask("**", rng.uniform(1.2, 2.8), k=3)
    yield ask("**", rng.uniform(1.2, 2.8), k=-0.5)
    yield ask("**", -rng.uniform(1.2, 2.8), k=2)
    for op in ("exp", "log", "tanh", "sigmoid"):
        yield ask(op, rng.uniform(1.2, 1.9))
        yield ask(op, rng.uniform(0.2, 0.8) if op == "log" else -rng.uniform(0.3, 1.1))
    yield ask("relu", rng.uniform(1.2, 2.8), y=1.4)
    yield ask("relu", rng.uniform(1.2, 2.8), y=-1.7)
    yield ask("relu", -rng.uniform(1.2, 2.8), y=2.3)


LOCATES = {}
for word in WORDS.values():
    word = word if "exp" in word else word.replace("x", "u", 1)
    word = word.replace("x.exp", "u.exp")
    LOCATES[f"the data of {word}"] = f"The number that {word} gives is wrong: begin there"
    LOCATES[f"x.grad behind {word}"] = f"The number is right, so it is the step back through {word}"

GRAPH = Script(
    "x, y = Value(0.5), Value(-1.5)\na = x.tanh()\nb = y.sigmoid()\nc = a.exp()\nd = b + c\ne = d.log()\nf = y.relu()\n"
    "g = e.relu()\nh = f + g**3\nout = x - h * a\nout.backward()",
    "{'x': x, 'y': y, 'a': a, 'b': b, 'c': c, 'd': d, 'e': e, 'f': f, 'g': g, 'h': h, 'out': out}",
)

DATA = {
    "neg": "-self.data", "**": "self.data**k", "exp": "math.exp(self.data)", "log": "math.log(self.data)",
    "tanh": "math.tanh(self.data)", "sigmoid": "1 / (1 + math.exp(-self.data))", "relu": "max(self.data, 0.0)",
}  # fmt: skip
"""The data of each operation in the reference."""

SLOPES = {
    "neg": "-1.0", "**": "k * self.data ** (k - 1)", "exp": "out.data", "log": "1 / self.data",
    "tanh": "(1 - out.data**2)", "sigmoid": "out.data * (1 - out.data)", "relu": "(1.0 if self.data > 0 else 0.0)",
}  # fmt: skip


def step(op, slope=None, says=None):
    """The whole text of an operation in the reference, up to its share: with another slope, or another share."""
    return body(op, f"self.grad += {slope or SLOPES[op]} * out.grad" if says is None else says)


def body(op, share, parents="(self,)", data=None):
    made = f'out = Value({data or DATA[op]}, {parents}, "{op}")'
    return f"{made}\n\n        def _backward():\n            {share}\n"


def slope(op, name, to, says, look):
    return Mistake(f"{op}: {name}", edit(step(op), step(op, to)), f"for {WORDS[op]} {says}", look)


def value(op, name, to, says, look):
    change = edit(step(op), body(op, f"self.grad += {SLOPES[op]} * out.grad", data=to))
    return Mistake(f"{op}: {name}", change, f"for {WORDS[op]} {says}", look)


def all_steps(change):
    """The same change in all seven."""
    return edit(*(text for op in WORDS for text in (step(op), change(op))))


CHAIN = "If the end grows 10 times as fast as out, and out grows as x does: how fast does the end grow with x?"
SHARES = "x may be used elsewhere too: what becomes of that share?"
BACK = "How does backward() find x, and how does it find your step?"
IN_OR_OUT = "Which number does the formula mean, the one that goes in or the one that comes out?"

COMMON = (
    ("out.grad forgotten", "the share is the local derivative alone: it is not multiplied by out.grad", CHAIN,
     lambda op: step(op, says=f"self.grad += {SLOPES[op]}")),
    ("out.grad added", "out.grad is added to the local derivative and not multiplied", CHAIN,
     lambda op: step(op, says=f"self.grad += {SLOPES[op]} + out.grad")),
    ("overwrites", "the slope of x is set (=), and the share is not added to it (+=)", SHARES,
     lambda op: step(op, says=f"self.grad = {SLOPES[op]} * out.grad")),
    ("nothing arrives", "no share arrives at x: the parents are not given to the new Value, or _backward is not stored "
     "in it", BACK, lambda op: body(op, f"self.grad += {SLOPES[op]} * out.grad", "()")),
    ("out.grad alone", "out.grad is handed on as it is, without the local derivative", CHAIN,
     lambda op: step(op, says="self.grad += out.grad")),
)  # fmt: skip
"""What can go wrong in every operation: the name, what is said, where to look, and how it is made."""

MISTAKES = [
    *(Mistake(f"all: {name}", all_steps(change), f"in all operations {says}", look)
      for name, says, look, change in COMMON),
    *(Mistake(f"{op}: {name}", edit(step(op), change(op)), f"for {WORDS[op]} {says}", look)
      for op in WORDS for name, says, look, change in COMMON if (op, name) != ("relu", "nothing arrives")),

    slope("neg", "with x", "self.data", "the local derivative is x itself",
            "−x: let x grow by 0.001. By how much does it fall?"),
    slope("neg", "with −x", "out.data", "the local derivative is the result, −x",
            "−x: let x grow by 0.001. By how much does it fall?"),
    value("neg", "data unchanged", "self.data", "the data keeps its sign", "What is −x, if x is 2?"),

    slope("**", "exponent not lowered", "k * self.data**k", "the exponent is not lowered by 1", "(x³)′ = 3 x²"),
    slope("**", "factor missing", "self.data ** (k - 1)", "the factor k is missing", "(x³)′ = 3 x²"),
    slope("**", "as an exponential", "out.data * math.log(abs(self.data))", "the rule is that of an exponential, xᵏ · "
            "ln x: it is x that moves, and k stays", "(x³)′ = 3 x²"),
    slope("**", "k x", "k * self.data", "the local derivative is k · x, which is right for squares alone",
            "(x³)′ = 3 x²"),
    slope("**", "of the result", "k * out.data ** (k - 1)", "the derivative is taken at the result and not at x",
            IN_OR_OUT),
    slope("**", "exponent and factor lowered", "(k - 1) * self.data ** (k - 1)",
            "the factor is lowered by 1 as well as the exponent", "(x³)′ = 3 x²"),
    slope("**", "exponent raised", "self.data ** (k + 1) / (k + 1)", "the power is integrated and not differentiated",
            "(x³)′ = 3 x²"),
    value("**", "product", "self.data * k", "the data is x times k", "2 ** 3 is 8."),

    slope("exp", "with x", "self.data", "the local derivative is x", IN_OR_OUT),
    slope("exp", "power rule", "self.data * math.exp(self.data - 1)", "the power rule is used; but here it is the "
            "exponent that moves", "Which function is its own derivative?"),
    slope("exp", "of the result", "math.exp(out.data)", "exp is taken twice: the derivative is taken at the result "
            "and not at x", IN_OR_OUT),
    slope("exp", "factor x", "self.data * out.data", "there is a factor x too much",
            "Which function is its own derivative?"),

    slope("log", "1 / ln x", "1 / out.data", "out.grad is divided by ln x and not by x", IN_OR_OUT),
    slope("log", "times x", "self.data", "out.grad is multiplied by x and not divided",
            "Does ln x grow faster and faster, or slower and slower?"),
    slope("log", "ln x", "out.data", "the local derivative is ln x itself", IN_OR_OUT),
    slope("log", "sign", "-1 / self.data", "the sign of the local derivative is −", "Does ln x grow or fall?"),
    slope("log", "square", "1 / self.data**2", "out.grad is divided by x² and not by x", "(ln x)′ at x = 2"),
    value("log", "base 10", "math.log10(self.data)", "the data is the logarithm to base 10",
            "ln is the one to base e."),
    value("log", "base 2", "math.log2(self.data)", "the data is the logarithm to base 2", "ln is the one to base e."),

    slope("tanh", "of the input", "(1 - self.data**2)", "the rule 1 − t² is used with x in the place of t = tanh x",
            IN_OR_OUT),
    slope("tanh", "twice", "(1 - math.tanh(out.data) ** 2)", "tanh is taken twice: out.data is tanh x already",
            IN_OR_OUT),
    slope("tanh", "not squared", "(1 - out.data)", "the t in 1 − t² is not squared",
            "How steep is tanh far to the left?"),
    slope("tanh", "as a sigmoid", "out.data * (1 - out.data)", "the rule of the sigmoid, t (1 − t), is used",
            "How steep is tanh at 0?"),
    slope("tanh", "sign", "(1 + out.data**2)", "the sign in 1 − t² is +", "How steep is tanh far to the right?"),
    slope("tanh", "1 missing", "-(out.data**2)", "the 1 in 1 − t² is missing", "How steep is tanh at 0?"),
    slope("tanh", "itself", "out.data", "the local derivative is tanh x itself", "How steep is tanh at 0?"),

    slope("sigmoid", "of the input", "self.data * (1 - self.data)",
            "the rule s (1 − s) is used with x in the place of s = σ(x)", IN_OR_OUT),
    slope("sigmoid", "twice", "(lambda s: s * (1 - s))(1 / (1 + math.exp(-out.data)))",
            "σ is taken twice: out.data is σ(x) already", IN_OR_OUT),
    slope("sigmoid", "sign", "out.data * (1 + out.data)", "the sign in s (1 − s) is +",
            "How steep is the sigmoid far to the right?"),
    slope("sigmoid", "itself", "out.data", "the local derivative is σ(x) itself",
            "How steep is the sigmoid far to the right?"),
    slope("sigmoid", "1 − s", "(1 - out.data)", "the factor s is missing in s (1 − s)",
            "How steep is the sigmoid far to the left?"),
    slope("sigmoid", "squared", "(out.data * (1 - out.data)) ** 2", "s (1 − s) is squared",
            "How steep is the sigmoid at 0? Is it 1/4 or 1/16?"),
    slope("sigmoid", "as tanh", "(1 - out.data**2)", "the rule of tanh, 1 − s², is used",
            "How steep is the sigmoid far to the left?"),
    slope("sigmoid", "turned", "out.data * (out.data - 1)", "the sign is turned: s (s − 1)",
            "Does the sigmoid grow or fall?"),
    slope("sigmoid", "s − s", "(out.data - out.data * out.data * out.data)",
            "an s is too much in the second factor: s (1 − s²)", "How steep is the sigmoid at 0?"),
    value("sigmoid", "sign of the exponent", "1 / (1 + math.exp(self.data))", "the exponent in 1 / (1 + e⁻ˣ) has lost "
            "its minus: the data is 1 − σ(x)", "Is σ(x) near 1 for large x, or near 0?"),
    value("sigmoid", "brackets", "1 / 1 + math.exp(-self.data)", "brackets are missing: 1 / 1 + e⁻ˣ is 1 + e⁻ˣ",
            "In Python a / b + c is (a / b) + c."),

    slope("relu", "its value", "max(self.data, 0.0)", "the local derivative is the result, max(x, 0), and not 1",
            "How steep is relu on the right?"),
    slope("relu", "turned", "(0.0 if self.data > 0 else 1.0)", "the two cases have changed places",
            "How steep is relu on the right?"),
    slope("relu", "as a sign", "(1.0 if self.data > 0 else -1.0)",
            "the local derivative is −1 on the left: that is |x|", "How steep is relu on the left?"),
    slope("relu", "nothing arrives", "0.0", "no share arrives at x, not for a positive x either: the slope is always "
            "0, or the parents are not given to the new Value, or _backward is not stored in it",
            "How steep is relu on the right?"),
    slope("relu", "mask of out.grad", "(1.0 if out.grad > 0 else 0.0)", "it is out.grad that is asked whether it is "
            "positive, and not x", IN_OR_OUT),
    value("relu", "data unchanged", "self.data", "the data stays negative where x is", "relu(−2) is 0."),
    value("relu", "absolute value", "abs(self.data)", "the data is |x|", "relu(−2) is 0."),
    value("relu", "minimum", "min(self.data, 0.0)", "the data is the smaller one of x and 0", "relu(2) is 2."),
]  # fmt: skip

VARIANTS = [
    Variant("with the number that goes in", edit(
        step("exp"), step("exp", "math.exp(self.data)"), step("tanh"), step("tanh", "1 / math.cosh(self.data) ** 2"),
        step("sigmoid"), step("sigmoid", "math.exp(-self.data) / (1 + math.exp(-self.data)) ** 2"),
        step("relu"), step("relu", "float(out.data > 0)"), step("neg"), step("neg", "-1"),
    )),
    Variant("made of the others", edit(
        step("neg"), "return self * -1.0\n\n        def _backward():\n            pass\n",
        step("sigmoid"), "return (1.0 + (-self).exp()) ** -1.0\n\n        def _backward():\n            pass\n",
        step("tanh"), "return (2.0 * self).sigmoid() * 2.0 - 1.0\n\n        def _backward():\n            pass\n",
    )),
]  # fmt: skip
