"""A Value records what it was computed from."""

from autograd_lite.course.authoring import QUESTION, Mistake, Script, Variant, edit

DEFINES = ("Value",)
AFTER = (3,)

HELPERS = '''
def called(parent, known):
    """What a parent is: the name of a Value that the check has made, or what else stands there."""
    names = [name for name, value in known.items() if value is parent]
    return names[0] if names else "another Value" if isinstance(parent, Value) else f"a {type(parent).__name__}"


def parents(value, **known):
    if not isinstance(value.parents, (tuple, list, set, frozenset)):
        return called(value.parents, known) + " alone"
    names = [called(parent, known) for parent in value.parents]
    is_set = isinstance(value.parents, (set, frozenset))
    return "{" + ", ".join(sorted(names)) + "}" if is_set else "(" + ", ".join(names) + ")"


def op(value):
    return value.op if type(value.op) is str else f"a {type(value.op).__name__}"


def ways(value, leaf, depth=8):
    """How many ways lead back from a Value to another."""
    if value is leaf or not depth:
        return int(value is leaf)
    return sum(ways(parent, leaf, depth - 1) for parent in getattr(value, "parents", ()))


def checked(value):
    if not isinstance(value, Value):
        raise TypeError(f"the result is a {type(value).__name__}, and no Value")
    return value
'''

LOOK = f"{HELPERS}\n\n{QUESTION}\nx, y = Value(x0), Value(y0)"

RECORD, WAYS = ("data", "parents", "op"), ("data", "ways back to x", "ways back to y")


def of(parts, program):
    """The parts of an answer, with the program that they belong to."""
    name = program.rpartition("out = ")[2]
    return tuple(f"{part} of {name}" for part in parts)


def records(program, given):
    says = f"{program} with x = {given['x0']}, y = {given['y0']}"
    returns = "out if out is None else (checked(out).data, parents(out, x=x, y=y, a=a), op(out))"
    lines = program if "out =" in program else f"out = {program}"
    return Script(f"{LOOK}\na = None\n{lines}", returns, says.replace("\n", "; "), parts=of(RECORD, program), **given)


def leads_back(program, given):
    says = f"{program} with x = {given['x0']}, y = {given['y0']}"
    returns = "out if out is None else (checked(out).data, ways(out, x), ways(out, y))"
    return Script(f"{LOOK}\nout = {program}", returns, says, parts=of(WAYS, program), **given)


PROGRAMS = (
    "x + 2.0", "x * 2.5", "2.5 * x", "1.5 + x", "sum([x, y])", "2.0 * x + y", "x - y", "y - x", "x - 1.0", "1.0 - x",
    "x / y", "y / x", "x / 2.0", "2.0 / x", "-x",
)  # fmt: skip


def probes(rng):
    def given():
        return {"x0": round(rng.uniform(1.2, 2.9), 2), "y0": round(rng.uniform(3.2, 4.9), 2)}

    yield records("x + y", {"x0": 2.0, "y0": 3.0})
    yield records("x * y", {"x0": 2.0, "y0": 3.0})
    yield records("a = y * x\nout = a + x", given())
    yield records("a = y + x\nout = a * x", given())
    yield records("x * x", given())
    for program in PROGRAMS:
        yield leads_back(program, given())
    every = "for out in (x + y, x * y, x - y, x / y, -x, 1.0 + x, 2.0 * x, 1.0 - x, 2.0 / x):\n    pass"
    yield Script(f"{LOOK}\n{every}", "(x.data, y.data, len(x.parents), len(y.parents))", "x and y stay as they are",
                 parts=("x.data", "y.data", "x's parents", "y's parents"), **given())  # fmt: skip


RECORDS = ("x + y", "x * y", "a = y * x\nout = a + x", "a = y + x\nout = a * x", "x * x")
PARENTS = (
    "data is right. Is it a new Value, and are its parents a tuple of the very Values that it was made from, in order?"
)
LEADS = "data is right, but the parents do not lead back to {} as they should: what was this Value made from?"
LOCATES = {
    **{f"data of {program}": f"It is the number that {program} gives: try it with 2 and 3" for program in PROGRAMS},
    **dict.fromkeys((name for program in RECORDS for name in of(RECORD, program)[1:2]), PARENTS),
    **{name: LEADS.format(leaf) for program in PROGRAMS
       for leaf, name in zip("xy", of(WAYS, program)[1:], strict=True)},
}  # fmt: skip

GRAPH = Script("x, y = Value(2.0), Value(3.0)\na = x * y\nb = a + x\nc = 1.0 - b\nout = c * c",
               "{'x': x, 'y': y, 'a': a, 'b': b, 'c': c, 'out': out}")  # fmt: skip

WHO = "x * y: from which Values was the product computed?"
LEFT = "Which of the two stands on the left, self or other?"
NEW = "What does x + y give: a number, x itself, or a new Value?"
ADD = 'return Value(self.data + other.data, (self, other), "+")'
MUL = 'return Value(self.data * other.data, (self, other), "*")'
SUB = 'return Value(self.data - other.data, (self, other), "-")'
DIV = 'return Value(self.data / other.data, (self, other), "/")'
NEG, BOTH, ONE = 'return Value(-self.data, (self,), "neg")', "data, (self, other), ", "data, (self,), "


def missing(method):
    return edit(f"def {method}(", f"def {method.strip('_')}(")


MISTAKES = [
    Mistake("no parents", edit(BOTH, "data, (), ", ONE, "data, (), "), "no parents are stored, or __init__ does not "
            "keep those that it is given: from the result no way leads back", WHO),
    Mistake("numbers as parents", edit(BOTH, "data, (self.data, other.data), ", ONE, "data, (self.data,), "), "the "
            "parents are numbers, .data, and not the Values themselves: from a number no way leads further back", WHO),
    Mistake("copies as parents",
            edit(BOTH, "data, (Value(self.data), Value(other.data)), ", ONE, "data, (Value(self.data),), "), "the "
            "parents are new Values with the same numbers, and not x and y themselves", WHO),
    Mistake("parents in a set", edit("self.parents = parents", "self.parents = set(parents)"), "the parents are in a "
            "set: it keeps no order, and in x * x it has x only once", "How many parents has x * x?"),
    Mistake("parents turned", edit(BOTH, "data, (other, self), "),
            "the two parents have changed places: other comes first", LEFT),
    Mistake("only self as a parent", edit(BOTH, ONE), "only self is a parent, and other is forgotten", WHO),
    Mistake("only other as a parent", edit(BOTH, "data, (other,), "), "only other is a parent, and self is forgotten",
            WHO),
    Mistake("parents without a tuple", edit(BOTH, "data, self, ", ONE, "data, self, "),
            "the parents are one Value and no tuple", "(a, b) is a tuple."),
    Mistake("no op", edit(', "+")', ")", ', "*")', ")"), "no op is given to the new Value", 'Value(data, parents, op)'),
    Mistake("op of * copied", edit('"*"', '"+"'), "the product is recorded as a sum: its op is \"+\"",
            "What is * called?"),
    Mistake("parents and op exchanged", edit('(self, other), "+"', '"+", (self, other)', '(self, other), "*"',
            '"*", (self, other)'), "parents and op have changed places when the Value is made",
            "Value(data, parents, op)"),
    Mistake("* adds", edit("self.data * other.data", "self.data + other.data"),
            "* adds the numbers: the line was copied from +", "x * y"),
    Mistake("numbers returned", edit(ADD, "return self.data + other.data", MUL, "return self.data * other.data", SUB,
            "return self.data - other.data", DIV, "return self.data / other.data", NEG, "return -self.data"), "the "
            "operations give plain numbers and no Values: the memory ends there", NEW),
    Mistake("self changed", edit(ADD, "self.data += other.data\n        return self",
            MUL, "self.data *= other.data\n        return self"), "x itself is changed and "
            "given back: no new Value is made", NEW),
    Mistake("self changed on the way", edit(
            ADD, 'self.data += other.data\n        return Value(self.data, (self, other), "+")',
            MUL, 'self.data *= other.data\n        return Value(self.data, (self, other), "*")'), "x.data itself is "
            "changed (+= or *=) before the new Value is made", "What is x after z = x + y?"),
    Mistake("numbers not wrapped", edit("        other = as_value(other)\n", ""),
            "a number beside a Value is asked for its .data: x + 2",
            "What is other in x + 2, and what makes a Value of it?"),
    Mistake("Values wrapped again", edit("        other = as_value(other)\n", "        other = Value(other)\n"), "a "
            "Value is wrapped into another Value, whose data then is no number",
            "What does as_value do that Value(…) does not?"),
    Mistake("no __radd__", missing("__radd__"), "there is no __radd__: sum([x, y]) begins with 0 + x, and 0 cannot "
            "add a Value", "Which method is asked for 0 + x?"),
    Mistake("no __rmul__", missing("__rmul__"), "there is no __rmul__: 2 cannot multiply a Value",
            "Which method is asked for 2 * x?"),
    Mistake("no __rsub__", missing("__rsub__"), "there is no __rsub__: a Value cannot be subtracted from 1",
            "Which method is asked for 1 - x?"),
    Mistake("no __rtruediv__", missing("__rtruediv__"), "there is no __rtruediv__: 2 cannot be divided by a Value",
            "Which method is asked for 2 / x?"),
    Mistake("1 - x as x - 1", edit("as_value(other) - self", "self - other"), "1 - x is computed as x - 1", LEFT),
    Mistake("1 - x as x + 1", edit("as_value(other) - self", "as_value(other) + self"), "1 - x is computed as 1 + x",
            LEFT),
    Mistake("2 / x as x / 2", edit("as_value(other) / self", "self / other"), "2 / x is computed as x / 2", LEFT),
    Mistake("2 / x as 2 x", edit("as_value(other) / self", "as_value(other) * self"), "2 / x is computed as 2 · x",
            LEFT),
    Mistake("2 * x as 2 + x", edit("as_value(other) * self", "as_value(other) + self"),
            "2 * x is computed as 2 + x: the line was copied", "2 * x"),
    Mistake("0 + x as x", edit("as_value(other) + self", "self"), "__radd__ gives x back, whatever is added to it",
            "1 + x is not x"),
    Mistake("- turned", edit("self.data - other.data", "other.data - self.data"), "x - y is computed as y - x", LEFT),
    Mistake("- adds", edit("self.data - other.data", "self.data + other.data"), "x - y is computed as x + y", "x - y"),
    Mistake("/ turned", edit("self.data / other.data", "other.data / self.data"), "x / y is computed as y / x", LEFT),
    Mistake("/ rounded", edit("self.data / other.data", "self.data // other.data"),
            "the division is //, which rounds down to a whole number", "/ or //?"),
    Mistake("- forgets y", edit(SUB, "return self + (-other.data)"), "in x - y only the number -y.data is added: the "
            "Value y is forgotten", "x - y: how many ways lead back to y?"),
    Mistake("/ forgets y", edit(DIV, "return self * (1 / other.data)"), "in x / y only the number 1 / y.data is used: "
            "the Value y is forgotten", "x / y: how many ways lead back to y?"),
    Mistake("minus forgets x", edit(NEG, "return Value(-self.data)"), "-x is a new Value that has forgotten x",
            "-x: how many ways lead back to x?"),
    Mistake("minus changes nothing", edit(NEG, "return self"), "-x gives x back with its sign unchanged", "-x"),
    Mistake("minus changes x", edit(NEG, "self.data = -self.data\n        return self"),
            "-x changes the number in x itself, and no new Value is made", "What is x after z = -x?"),
    Mistake("parents only for + and *", edit(SUB, "return Value(self.data - other.data)", DIV,
            "return Value(self.data / other.data)", NEG, "return Value(-self.data)"), "only + and * store parents: "
            "from x - y, x / y and -x no way leads back", WHO),
]  # fmt: skip

VARIANTS = [
    Variant("few of them made of the others", edit(
        SUB, "return self + -other", NEG, "return self * -1", "return as_value(other) + self", "return self + other",
        "return as_value(other) * self", "return self * other", "return as_value(other) - self", "return -self + other",
    )),
    Variant("a list of parents", edit(BOTH, "data, [self, other], ")),
    Variant("wrapped in another way",
            edit("other = as_value(other)", "other = other if isinstance(other, Value) else Value(other)")),
]  # fmt: skip
