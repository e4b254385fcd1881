"""One step back through + and through ×."""

from autograd_lite.course.authoring import Mistake, Script, Variant, edit

DEFINES = ("Value",)
AFTER = (2, 4)

PROGRAMS = (
    ("x · y", "out = x * y", "out"),
    ("x + y", "out = x + y", "out"),
    ("x · x", "out = x * x", "out"),
    ("x + x", "out = x + x", "out"),
    ("(x + y) · y", "a = x + y\nout = a * y", "out a"),
    ("y · (x + y)", "a = x + y\nout = y * a", "out a"),
    ("x · (x + y)", "a = x + y\nout = x * a", "out a"),
    ("(x · y) · y", "a = x * y\nout = a * y", "out a"),
    ("x · y + x", "a = x * y\nout = a + x", "out a"),
    ("x · y + ((x · y) · y) · x", "a = x * y\nb = a * y\nc = b * x\nout = a + c", "out c b a"),
    ("2 · x − y", "a = 2.0 * x\nb = y * -1.0\nout = a + b", "out b a"),
)
"""In words, as a program, and the Values to go back through, the last first."""


def probes(rng):
    def ask(words, program, order, x0, y0, end):
        setup = f"x, y = Value(x0), Value(y0)\n{program}\nout.grad = end\n"
        steps = "\n".join(f"{name}._backward()" for name in order.split())
        says = f"out = {words} with x = {x0}, y = {y0}, out.grad = {end}"
        parts = f"x.grad of {words}", f"y.grad of {words}"
        return Script(setup + steps, "(x.grad, y.grad)", says, parts=parts, x0=x0, y0=y0, end=end)

    yield ask(*PROGRAMS[0], 2.0, 3.0, 10.0)
    for program in PROGRAMS:
        x0, y0 = round(rng.uniform(1.2, 2.8), 2), round(-rng.uniform(3.2, 4.8), 2)
        yield ask(*program, x0, y0, round(rng.uniform(0.2, 0.8), 2))


LOCATES = {
    f"{name}.grad of {words}": says
    for name in "xy"
    for words, says in (
        ("x · y", "A single × is already wrong: look at _backward in __mul__"),
        ("x + y", "A single × is right and a single + is not: look at _backward in __add__"),
        ("x · x", "Each step by itself is right. What if both parents are the same Value?"),
        ("x + x", "Each step by itself is right. What if both parents are the same Value?"),
        ("(x + y) · y", "A single step is right, and two are not: look at what the second step makes of out.grad, and "
         "at a Value that is used twice"),
    )
}  # fmt: skip

GRAPH = Script(
    "x, y = Value(2.0), Value(3.0)\na = x * y\nb = a + x\nout = b * a\nout.grad = 1.0\n"
    "for value in (out, b, a):\n    value._backward()",
    "{'x': x, 'y': y, 'a': a, 'b': b, 'out': out}",
)

S_ADD, O_ADD = "self.grad += out.grad\n", "other.grad += out.grad\n"
S_MUL, O_MUL = "self.grad += other.data * out.grad", "other.grad += self.data * out.grad"
ADD = S_ADD + "            " + O_ADD
MUL = S_MUL + "\n            " + O_MUL

SHARES = "x · x: x is used twice. What becomes of the first share when the second one arrives?"
CHAIN = "If the end grows 10 times as fast as out, and out grows as x does: how fast does the end grow with x?"
OTHER = "x · y with y = 3: if x grows by 0.001, by how much does the product grow?"
BOTH = "Both parents have a share, self and other."


def set_to(*lines):
    """Overwritten: = in the place of +=."""
    return edit(*(text for line in lines for text in (line, line.replace("+=", "="))))


MISTAKES = [
    Mistake("overwrites", set_to(S_ADD, O_ADD, S_MUL, O_MUL), "each step sets a slope (=) and does not add its share "
            "to it (+=)", SHARES),
    Mistake("+ overwrites", set_to(S_ADD, O_ADD), "the step through + sets the slopes (=) and does not add to them "
            "(+=)", SHARES, is_factor=True),
    Mistake("× overwrites", set_to(S_MUL, O_MUL), "the step through × sets the slopes (=) and does not add to them "
            "(+=)", SHARES, is_factor=True),
    Mistake("other is overwritten", set_to(O_ADD, O_MUL), "the slope of other is set (=), and only that of self is "
            "added to (+=)", SHARES),
    Mistake("self is overwritten", set_to(S_ADD, S_MUL), "the slope of self is set (=), and only that of other is "
            "added to (+=)", SHARES),
    Mistake("out.grad ignored",
            edit(S_ADD, "self.grad += 1.0\n", O_ADD, "other.grad += 1.0\n", S_MUL, "self.grad += other.data", O_MUL,
                 "other.grad += self.data"), "out.grad is left out in both steps: they hand on the local derivatives "
            "alone, as if out were the end", CHAIN),
    Mistake("out.grad ignored in +", edit(S_ADD, "self.grad += 1.0\n", O_ADD, "other.grad += 1.0\n"), "out.grad is "
            "left out in the step through +: 1 is handed on, as if out were the end", CHAIN, is_factor=True),
    Mistake("out.grad ignored in ×", edit(S_MUL, "self.grad += other.data", O_MUL, "other.grad += self.data"),
            "out.grad is left out in the step through ×: the local derivative alone is handed on, as if out were the "
            "end", CHAIN, is_factor=True),
    Mistake("out.grad added in ×",
            edit(S_MUL, "self.grad += other.data + out.grad", O_MUL, "other.grad += self.data + out.grad"), "out.grad "
            "is added to the local derivative in the step through ×, and not multiplied", CHAIN, is_factor=True),
    Mistake("1 added in +", edit(S_ADD, "self.grad += 1.0 + out.grad\n", O_ADD, "other.grad += 1.0 + out.grad\n"), "1 "
            "is added to out.grad in the step through +, and not multiplied", CHAIN, is_factor=True),
    Mistake("× swapped",
            edit(S_MUL, "self.grad += self.data * out.grad", O_MUL, "other.grad += other.data * out.grad"), "in the "
            "step through × each parent gets its own data as a factor", OTHER, is_factor=True),
    Mistake("× with out.data",
            edit(S_MUL, "self.grad += out.data * out.grad", O_MUL, "other.grad += out.data * out.grad"), "in the step "
            "through × the factor is the product itself, out.data", OTHER, is_factor=True),
    Mistake("× with the other's grad",
            edit(S_MUL, "self.grad += other.grad * out.grad", O_MUL, "other.grad += self.grad * out.grad"), "in the "
            "step through × the factor is the other parent's grad and not its data", OTHER, is_factor=True),
    Mistake("× as +", edit(S_MUL, "self.grad += out.grad", O_MUL, "other.grad += out.grad"), "in the step through × "
            "out.grad is handed on as it is: that is the rule of +", OTHER, is_factor=True),
    Mistake("+ as ×",
            edit(S_ADD, "self.grad += other.data * out.grad\n", O_ADD, "other.grad += self.data * out.grad\n"), "in "
            "the step through + out.grad is multiplied by the other parent's data: that is the rule of ×",
            "x + y: if x grows by 0.001, by how much does the sum grow?"),
    Mistake("+ with its own data",
            edit(S_ADD, "self.grad += self.data * out.grad\n", O_ADD, "other.grad += other.data * out.grad\n"), "in "
            "the step through + out.grad is multiplied by each parent's own data",
            "x + y: if x grows by 0.001, by how much does the sum grow?", is_factor=True),
    Mistake("+ halves", edit(S_ADD, "self.grad += out.grad / 2\n", O_ADD, "other.grad += out.grad / 2\n"),
            "in the step through + each parent gets one half of out.grad",
            "x + y: if x grows by 0.001, by how much does the sum grow?", is_factor=True),
    Mistake("+ with out.data", edit(S_ADD, "self.grad += out.data\n", O_ADD, "other.grad += out.data\n"), "in the "
            "step through + the number out.data is handed on, and not the slope out.grad", CHAIN, is_factor=True),
    Mistake("only self", edit(O_ADD, "pass\n", O_MUL, "pass"), "only self gets its share, in both steps", BOTH),
    Mistake("only other", edit(S_ADD, "pass\n", S_MUL, "pass"), "only other gets its share, in both steps", BOTH),
    Mistake("+ only self", edit(O_ADD, "pass\n"), "in the step through + only self gets its share", BOTH,
            is_factor=True),
    Mistake("× only self", edit(O_MUL, "pass"), "in the step through × only self gets its share", BOTH, is_factor=True),
    Mistake("+ only other", edit(S_ADD, "pass\n"), "in the step through + only other gets its share", BOTH,
            is_factor=True),
    Mistake("× only other", edit(S_MUL, "pass"), "in the step through × only other gets its share", BOTH,
            is_factor=True),
    Mistake("+ does nothing", edit(ADD, "pass\n"), "the step through + does nothing: no share arrives at the parents",
            BOTH, is_factor=True),
    Mistake("× does nothing", edit(MUL, "pass"), "the step through × does nothing: no share arrives at the parents",
            BOTH, is_factor=True),
    Mistake("twice",
            edit(S_ADD, "self.grad += self.grad + out.grad\n", O_ADD, "other.grad += other.grad + out.grad\n", S_MUL,
                 "self.grad += self.grad + other.data * out.grad", O_MUL,
                 "other.grad += other.grad + self.data * out.grad"), "what is there already is added a second time: "
            "+= adds to it, and it stands on the right as well", "g += s is g = g + s."),
    Mistake("× self's share for both", edit(O_MUL, "other.grad += other.data * out.grad"), "in the step through × "
            "both parents get the factor other.data", OTHER, is_factor=True),
    Mistake("× other's share for both", edit(S_MUL, "self.grad += self.data * out.grad"),
            "in the step through × both parents get the factor self.data", OTHER, is_factor=True),
    Mistake("+ sign", edit(O_ADD, "other.grad -= out.grad\n"), "in the step through + the share of other has a minus: "
            "that is the rule of −", "x + y", is_factor=True),
    Mistake("× times out.grad twice",
            edit(S_MUL, "self.grad += other.data * out.grad * out.grad", O_MUL,
                 "other.grad += self.data * out.grad * out.grad"),
            "in the step through × out.grad is multiplied in twice", CHAIN, is_factor=True),
    Mistake("called at once", edit("        out._backward = _backward\n", "        out._backward = _backward()\n"),
            "_backward is called where it is to be stored: _backward() gives None, and nobody can call that later",
            "out._backward = …: the function itself, or what it returns?"),
    Mistake("nothing arrives", edit("        out._backward = _backward\n", ""), "no share arrives at the parents: it "
            "stays in a name inside _backward, or is added to out.grad, or _backward is not stored in out", "Whose "
            "grad is to change, and how does the check find your function?"),
]  # fmt: skip

VARIANTS = [
    Variant("the other order", edit(
        S_ADD, "other.grad = other.grad + out.grad\n", O_ADD, "self.grad = self.grad + out.grad\n",
        S_MUL, "other.grad = other.grad + out.grad * self.data", O_MUL, "self.grad = out.grad * other.data + self.grad",
    )),
    Variant("a loop over the parents",
            edit(
        ADD, "for parent in out.parents:\n                parent.grad += 1.0 * out.grad\n",
    )),
    Variant("numbers kept", edit(
        'out = Value(self.data * other.data, (self, other), "*")',
        'a, b = self.data, other.data\n        out = Value(a * b, (self, other), "*")',
        S_MUL, "self.grad += b * out.grad", O_MUL, "other.grad += a * out.grad",
    )),
]  # fmt: skip
