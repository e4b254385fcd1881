"""Local derivatives: one operation, each of its inputs."""

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("local",)
AFTER = (1,)

OPERATIONS = {
    "+": "a + b", "-": "a − b", "*": "a · b", "/": "a / b", "**": "aᵇ", "exp": "eᵃ", "log": "ln a", "tanh": "tanh a",
}  # fmt: skip


def probes(rng):
    def point():
        return round(rng.uniform(1.2, 2.2), 2), round(rng.uniform(2.3, 3.4), 2)

    def ask(op, formula, a, b):
        parts = f"∂({formula})/∂a", f"∂({formula})/∂b"
        return Call("local", f"{formula} at a = {a}, b = {b}", parts=parts, op=op, a=a, b=b)

    for op, formula in OPERATIONS.items():
        yield ask(op, formula, *point())
    a, b = point()
    yield ask("tanh", "tanh a", -a / 2, b)
    yield ask("relu", "relu a", a, b)
    yield ask("relu", "relu a", -a, b)


LOCATES = {
    f"∂({formula})/∂{by}": f"It is the derivative of {formula} by {by}. Let {by} grow by 0.001: what does {formula} do?"
    for formula in (*OPERATIONS.values(), "relu a")
    for by in "ab"
}


def named(name, old, new, says, look=""):
    """One line of the table replaced."""
    return Mistake(name, edit(old, new), says, look)


PLUS, MINUS, TIMES, OVER = "da, db = 1.0, 1.0", "da, db = 1.0, -1.0", "da, db = b, a", "da, db = 1 / b, -a / b**2"
POWER, EXP, LOG = "da, db = b * a ** (b - 1), a**b * math.log(a)", "da, db = math.exp(a), 0.0", "da, db = 1 / a, 0.0"
TANH, RELU = "da, db = 1 - math.tanh(a) ** 2, 0.0", "da, db = (1.0 if a > 0 else 0.0), 0.0"
GROW = "Let a grow by 0.001: by how much does the result grow?"
WITH_B = "Let b grow by 0.001: does the result grow or fall, and by how much?"
SECOND = "exp(a) does not know b: by how much does it change with b?"

MISTAKES = [
    named("+ gives the inputs", PLUS, "da, db = a, b", "for + the inputs themselves are returned", GROW),
    named("+ gives the other inputs", PLUS, "da, db = b, a",
            "for + the other input is returned: that is the rule of ×", GROW),
    named("+ gives zeros", PLUS, "da, db = 0.0, 0.0", "for + both derivatives are 0, as if a and b were constants",
            GROW),
    named("+ gives the sum", PLUS, "da, db = a + b, a + b",
            "for + the result itself is returned, and not how it changes", GROW),
    named("− second sign", MINUS, "da, db = 1.0, 1.0", "for − the second derivative is +1, as for +", WITH_B),
    named("− both signs", MINUS, "da, db = -1.0, -1.0", "for − both derivatives are −1", GROW),
    named("− swapped", MINUS, "da, db = -1.0, 1.0", "for − the two derivatives have changed places", GROW),
    named("× swapped", TIMES, "da, db = a, b", "for × each input gets itself, and not the other one",
            "a · b with b = 3: how much does a 1 more in a add?"),
    named("× gives ones", TIMES, "da, db = 1.0, 1.0", "for × both derivatives are 1: that is the rule of +", GROW),
    named("× gives the product", TIMES, "da, db = a * b, a * b", "for × the result itself is returned, and not how it "
          "changes", GROW),
    named("× gives the sum", TIMES, "da, db = a + b, a + b", "for × both derivatives are a + b, all in one; each "
            "input has one of its own", GROW),
    named("/ sign", OVER, "da, db = 1 / b, a / b**2", "for / the sign of the second derivative is +", WITH_B),
    named("/ square missing", OVER, "da, db = 1 / b, -a / b",
            "for / the second derivative is divided by b and not by b²",
            "1/b is b⁻¹: what is the derivative of that?"),
    named("/ a missing", OVER, "da, db = 1 / b, -1 / b**2", "for / the a is missing in the second derivative",
          "a/b is a times 1/b: what becomes of the a?"),
    named("/ sign and square", OVER, "da, db = 1 / b, a / b", "for / the second derivative is the result itself, a/b",
            WITH_B),
    named("/ as a product", OVER, "da, db = b, a", "for / the rule of × is used", GROW),
    named("/ second as 1 / a", OVER, "da, db = 1 / b, 1 / a", "for / the second derivative is 1/a", WITH_B),
    named("/ swapped", OVER, "da, db = -a / b**2, 1 / b", "for / the two derivatives have changed places", GROW),
    named("/ first is b", OVER, "da, db = b, -a / b**2", "for / the first derivative is b and not 1/b", GROW),
    named("** exponent not lowered", POWER, "da, db = b * a**b, a**b * math.log(a)", "for aᵇ the exponent is not "
            "lowered by 1 in the first derivative", "(a³)′ = 3 a²"),
    named("** factor missing", POWER, "da, db = a ** (b - 1), a**b * math.log(a)",
            "for aᵇ the factor b is missing in the first derivative", "(a³)′ = 3 a²"),
    named("** as an exponential", POWER, "da, db = a**b * math.log(a), a**b * math.log(a)", "for aᵇ the first "
            "derivative is that by b: the a was held fast, and b was moved", GROW),
    named("** as a power", POWER, "da, db = b * a ** (b - 1), b * a ** (b - 1)", "for aᵇ the second derivative is "
            "that by a: the power rule, where the exponent is what moves", "(2ᵇ)′ is not b · 2ᵇ⁻¹"),
    named("** logarithm missing", POWER, "da, db = b * a ** (b - 1), a**b",
            "for aᵇ the factor ln a is missing in the second derivative", "aᵇ = e^(b · ln a): use the chain rule"),
    named("** logarithm of b", POWER, "da, db = b * a ** (b - 1), a**b * math.log(b)",
            "for aᵇ the logarithm in the second derivative is that of b", "aᵇ = e^(b · ln a): use the chain rule"),
    named("** swapped", POWER, "da, db = a**b * math.log(a), b * a ** (b - 1)",
            "for aᵇ the two derivatives have changed places", GROW),
    named("** constant exponent", POWER, "da, db = b * a ** (b - 1), 0.0", "for aᵇ the exponent is taken as a "
            "constant: its derivative is 0", WITH_B),
    named("exp by the power rule", EXP, "da, db = a * math.exp(a - 1), 0.0", "for eᵃ the power rule is used; but here "
            "it is the exponent that moves", "Which function is its own derivative?"),
    named("exp gives a", EXP, "da, db = a, 0.0", "for eᵃ the exponent a is returned",
            "Which function is its own derivative?"),
    named("exp times a", EXP, "da, db = a * math.exp(a), 0.0", "for eᵃ the derivative has a factor a too much",
          "The chain rule would give a′ = 1."),
    named("exp by b", EXP, "da, db = math.exp(a), math.exp(a)", "for eᵃ the second derivative is that by a once more",
            SECOND),
    named("log of the inverse", LOG, "da, db = 1 / math.log(a), 0.0", "for ln a the derivative is 1 divided by ln a",
            GROW),
    named("log gives the logarithm", LOG, "da, db = math.log(a), 0.0", "for ln a the logarithm itself is returned, "
            "and not how it changes", GROW),
    named("log to base 10", LOG, "da, db = 1 / (a * math.log(10)), 0.0", "for ln a the logarithm to base 10 is taken",
            "ln is the one to base e"),
    named("log as −1/a²", LOG, "da, db = -1 / a**2, 0.0", "for ln a the second derivative is returned: that of 1/a",
            GROW),
    named("log of b", LOG, "da, db = 1 / b, 0.0", "for ln a the derivative is 1/b", "ln a does not know b"),
    named("tanh not squared", TANH, "da, db = 1 - math.tanh(a), 0.0", "for tanh the t in 1 − t² is not squared", "How "
            "steep is tanh at 0, and far to the right and to the left?"),
    named("tanh of the input", TANH, "da, db = 1 - a**2, 0.0", "for tanh the rule 1 − t² is used with the input a in "
            "the place of t = tanh a", "Which t stands in 1 − t²?"),
    named("tanh as a sigmoid", TANH, "da, db = math.tanh(a) * (1 - math.tanh(a)), 0.0",
            "for tanh the rule of the sigmoid, t (1 − t), is used", "How steep is tanh at 0?"),
    named("tanh gives tanh", TANH, "da, db = math.tanh(a), 0.0",
            "for tanh its value is returned, and not how it changes", GROW),
    named("tanh plus", TANH, "da, db = 1 + math.tanh(a) ** 2, 0.0", "for tanh the sign in 1 − t² is +",
            "How steep is tanh far to the right?"),
    named("tanh without 1", TANH, "da, db = -(math.tanh(a) ** 2), 0.0", "for tanh the 1 in 1 − t² is missing",
            "How steep is tanh at 0?"),
    named("relu gives its value", RELU, "da, db = max(a, 0.0), 0.0", "for relu its value max(a, 0) is returned, and "
            "not how it changes", "How steep is relu on the right, how steep on the left?"),
    named("relu always 1", RELU, "da, db = 1.0, 0.0", "for relu the derivative is 1 for a negative a as well",
            "How steep is relu on the left?"),
    named("relu always 0", RELU, "da, db = 0.0, 0.0", "for relu the derivative is 0 for a positive a as well",
            "How steep is relu on the right?"),
    named("relu turned", RELU, "da, db = (0.0 if a > 0 else 1.0), 0.0", "for relu the two cases have changed places",
            "How steep is relu on the right?"),
    named("relu as a sign", RELU, "da, db = (1.0 if a > 0 else -1.0), 0.0",
            "for relu the derivative is −1 on the left: that is |a|", "How steep is relu on the left?"),
    Mistake("1 for b", edit(EXP, "da, db = math.exp(a), 1.0", LOG, "da, db = 1 / a, 1.0", TANH,
            TANH.replace(", 0.0", ", 1.0"),
            RELU, RELU.replace(", 0.0", ", 1.0")), "for exp, log, tanh and relu the second derivative is 1, though b "
            "does not occur in them", SECOND),
]  # fmt: skip

VARIANTS = [
    Variant("a table", code("""
import numpy as np


def local(op, a, b):
    rules = {
        "+": (1, 1),
        "-": (1, -1),
        "*": (b, a),
        "/": (b**-1, -(a * b**-2)),
        "**": (b * a**b / a, np.log(a) * a**b) if a > 0 else None,
        "exp": (np.exp(a), 0),
        "log": (1 / a, 0),
        "tanh": (1 / np.cosh(a) ** 2, 0),
        "relu": (float(a > 0), 0),
    }
    return rules[op]
""")),
    Variant("with NumPy", edit("math.", "np.", "import math", "import numpy as np", "return da, db",
            "return float(da), float(db)")),
]  # fmt: skip
