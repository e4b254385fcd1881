"""The order in which the steps back are taken."""

from autograd_lite.course.authoring import Mistake, Remark, Script, Variant, edit

DEFINES = ("Value",)
AFTER = (5,)

PROGRAMS = (
    ("out = x·y", "out = x * y"),
    ("out = (x + y)·y", "out = (x + y) * y"),
    ("a = x + y, b = a·x, c = a + b, out = c·b", "a = x + y\nb = a * x\nc = a + b\nout = c * b"),
    ("a = x·y, b = a·y, c = b·x, out = a + c", "a = x * y\nb = a * y\nc = b * x\nout = a + c"),
    ("a = x·y, b = a·y, c = b·x, out = c + a", "a = x * y\nb = a * y\nc = b * x\nout = c + a"),
    ("out = 2·x − x·x + y", "out = 2.0 * x - x * x + y"),
    ("a = x + y, b = y + x, out = a·b, where a and b have the same number,", "a = x + y\nb = y + x\nout = a * b"),
)
"""In words, and as programs: one alone lets a wrong order through."""

TWO = "first = x * y\nfirst.backward()\nsecond = x + y * y\nsecond.backward()"


def probes(rng):
    def ask(words, program, returns="(y.grad, x.grad)", parts=("∂out/∂y", "∂out/∂x"), given=()):
        x0, y0 = given or (round(rng.uniform(1.2, 2.8), 2), round(rng.uniform(3.2, 4.8), 2))
        setup = f"x, y = Value(x0), Value(y0)\n{program}"
        return Script(setup, returns, f"{words} with x = {x0}, y = {y0}", parts=parts, x0=x0, y0=y0)

    end = "\nout.backward()"
    yield ask(PROGRAMS[0][0], PROGRAMS[0][1] + end, given=(2.0, 3.0))
    for words, program in PROGRAMS:
        yield ask(words, program + end)
    yield ask("out = x, a leaf that is the end itself,", "x.backward()", "x.grad", ("∂out/∂x",))
    yield ask("two graphs with the same leaves, x·y and x + y·y: the slopes add up,", TWO, parts=("y.grad", "x.grad"))
    yield ask("a = x·y, b = a + y, out = b·a: the slopes in between", "a = x * y\nb = a + y\nout = b * a" + end,
              "(out.grad, b.grad, a.grad)", ("∂out/∂out", "∂out/∂b", "∂out/∂a"))  # fmt: skip


REMARKS = [
    Remark(Script("x = Value(1.5)\nout = x\nfor _ in range(5000):\n    out = out + 0.001\nout.backward()", "x.grad"),
            "On a chain of 5,000 operations your backward() breaks off: calls inside each other go about a thousand "
            "deep, and then Python raises a RecursionError. Make it iterative: a loop, and a list of what is still to "
            "be visited. For small graphs it is right."),
    Remark(Script("x = Value(2.0)\na = x * x\nb = a * x\nout = a + b\nout.backward()\nout.backward()", "x.grad"),
            "Called twice on the same graph, your backward() does not give x exactly twice its slope. Do Values in "
            "between, those that have parents, begin with grad = 0 every time? What is left in them from the first "
            "call is handed on once more."),
]  # fmt: skip

GRAPH = Script(
    "x, y = Value(2.0), Value(3.0)\na = x * y\nb = a * y\nc = b * x\nout = a + c\nout.backward()",
    "{'x': x, 'y': y, 'a': a, 'b': b, 'c': c, 'out': out}",
)

FIND = """        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, parents_are_in = waiting.pop()
            if parents_are_in:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                waiting.append((value, True))
                waiting += [(parent, False) for parent in value.parents]
"""
"""In the reference: Values in an order in which each stands behind its parents."""

LOOP = "        for value in order:\n"
ZERO = LOOP + "            if value.parents:\n                value.grad = 0.0\n"
SEED = "        self.grad = 1.0\n"
STEPS = "        for value in reversed(order):\n            value._backward()\n"


def visiting(before="pass", after="pass", seen="value in seen", mark="seen.add(value)", parents="value.parents"):
    """A function that visits Values and calls itself: what it does before it goes on to the parents, and after."""
    return f"""        order, seen = [], set()

        def visit(value):
            if {seen}:
                return
            {mark}
            {before}
            for parent in {parents}:
                visit(parent)
            {after}

        visit(self)
"""


def queued(test):
    """Level by level, from the end on."""
    return f"""        order, seen, queue = [], set(), [self]
        while queue:
            value = queue.pop(0)
            if {test}:
                seen.add(value)
                order.append(value)
                queue += value.parents
        order.reverse()
"""


APPEND, TURN = "order.append(value)", "        order.reverse()\n"
LISTED = visiting(after=APPEND, seen="any(value is other for other in seen)", mark="seen.append(value)")
CALLING = visiting(APPEND, seen="False", mark="pass") + TURN
BY_NUMBER = visiting(after=APPEND, seen="value.data in seen", mark="seen.add(value.data)")

WAIT = "a = x·y is used by b and by out: which steps must have been taken before a's own?"
ONCE = "How often is a's step taken, when a is used twice?"
END = "What is ∂out/∂out?"
BETWEEN = "Which Values have parents, and which have none?"
FAR = "How far does the graph go?"
WAYS = "Which ways lead back from x·y + y·x?"

MISTAKES = [
    Mistake("no seed", edit(SEED, ""), "the grad of out itself stays 0, so that 0 is handed on everywhere", END),
    Mistake("seeded with data", edit(SEED, "        self.grad = self.data\n"), "the grad of out begins as its number, "
            "out.data", END, is_factor=True),
    Mistake("seed −1", edit(SEED, "        self.grad = -1.0\n"), "the grad of out begins as −1", END, is_factor=True),
    Mistake("out's own step left out", edit("reversed(order)", "reversed(order[:-1])"), "the step of out itself is "
            "not taken, so that nothing is handed on from there", "out.backward(): whose step is the first one?",
            is_factor=True),
    Mistake("not reversed", edit("reversed(order)", "order"), "the steps are taken from the leaves to the end, or "
            "that of out alone: when a step is taken, its Value has no grad yet",
            "In which direction do the slopes go?", is_factor=True),
    Mistake("out first, the others not reversed", edit("reversed(order)", "[self, *order[:-1]]"), "out takes its step "
            "first, and then the others do from the leaves on: their steps come too early", WAIT),
    Mistake("each before its parents, depth first", edit(FIND, visiting(APPEND) + TURN), "the steps are taken in the "
            "order in which the Values are first met, down one branch to its leaves and then down the next: a Value "
            "that is used on two branches takes its step too early", WAIT, is_factor=True),
    Mistake("level by level", edit(FIND, queued("value not in seen")), "the steps are taken level by level, by the "
            "shortest way from out: a Value that is used close to out and far from it takes its step too early", WAIT,
            is_factor=True),
    Mistake("each as often as it is met", edit(FIND, visiting(after=APPEND, seen="False", mark="pass")), "it is not "
            "remembered which Values have been visited: one that is used twice is in the list twice, and takes its "
            "step twice", ONCE, is_factor=True),
    Mistake("each calls its parents", edit(FIND, CALLING), "each Value takes its step and then lets its parents do "
            "the same: one that is used twice takes its step twice, and hands on its first share again", ONCE,
            is_factor=True),
    Mistake("level by level, as often as met", edit(FIND, queued("True")), "the steps are taken level by level, and by "
            "a Value that is used twice they are taken twice", ONCE),
    Mistake("each a new end",
            edit(FIND, CALLING, "value._backward()", "value.grad = 1.0\n            value._backward()"), "each Value "
            "calls backward() of its parents, and that sets their grad to 1: only out is an end", END),
    Mistake("all are ends", edit(ZERO, LOOP + "            value.grad = 1.0\n"), "every Value begins with grad 1, and "
            "not out alone", END),
    Mistake("all in between are ends", edit("value.grad = 0.0", "value.grad = 1.0"), "every Value that has parents "
            "begins with grad 1, and not out alone", END),
    Mistake("leaves set to 0", edit("            if value.parents:\n                value", "            value"), "the "
            "leaves are set to 0: what they have from another graph is lost", BETWEEN, is_factor=True),
    Mistake("set to 0 afterwards", edit(ZERO, "", STEPS, STEPS + ZERO), "the grads in between are set to 0 when all is "
            "done: their slopes are lost", "When are they set to 0: before the steps or after them?"),
    Mistake("set to 0 after the seed", edit(SEED, "", ZERO, SEED + ZERO), "the grad of out is set to 1 first, and then "
            "to 0 with all others that have parents", "out has parents too."),
    Mistake("one number, one Value", edit(FIND, BY_NUMBER), "the Values are remembered by their numbers: of two that "
            "have the same number only one takes its step", "What is in your set: Values, or their numbers?",
            is_factor=True),
    Mistake("only the first parent", edit(FIND, visiting(after=APPEND, parents="value.parents[:1]")), "only the first "
            "parent of each Value is followed: the steps behind the second one are never taken", WAYS),
    Mistake("only the last parent", edit(FIND, visiting(after=APPEND, parents="value.parents[-1:]")), "only the last "
            "parent of each Value is followed: the steps behind the first one are never taken", WAYS),
    Mistake("two levels", edit(FIND, "        order = [*self.parents[::-1], self]\n"), "the steps of out and of its "
            "parents are taken, and none behind them", FAR),
    Mistake("out's step twice", edit(STEPS, STEPS + "        self._backward()\n"), "the step of out is taken twice",
            ONCE),
]  # fmt: skip

COUNTING = """        uses, found = {}, [self]
        while found:
            for parent in found.pop().parents:
                uses[parent] = uses.get(parent, 0) + 1
                if uses[parent] == 1:
                    found.append(parent)
        order, ready = [], [self]
        while ready:
            order.append(ready.pop())
            for parent in order[-1].parents:
                uses[parent] -= 1
                if not uses[parent]:
                    ready.append(parent)
        order.reverse()
"""

VARIANTS = [
    Variant("calls inside each other", edit(FIND, visiting(after=APPEND))),
    Variant("a list of what was visited", edit(FIND, LISTED.replace("seen = [], set()", "seen = [], []"))),
    Variant("in between not set to 0", edit(FIND, visiting(after=APPEND), ZERO, "")),
    Variant("counting uses", edit(FIND, COUNTING)),
]  # fmt: skip
