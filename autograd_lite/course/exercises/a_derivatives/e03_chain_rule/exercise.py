"""The chain rule by hand: two steps, then a neuron."""

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("backprop_by_hand", "neuron_by_hand")
AFTER = (2,)

STEPS, NEURON = ("a", "J", "∂J/∂a", "∂a/∂w", "∂J/∂w"), ("J of the neuron", "∂J/∂e", "∂J/∂b", "∂J/∂w of the neuron")


def probes(rng):
    def two_steps(c, k, w):
        return Call("backprop_by_hand", f"J = (c + k·w)² with c = {c}, k = {k}, w = {w}", parts=STEPS, c=c, k=k, w=w)

    def neuron(w, b, x, y):
        says = f"a neuron with w = {w}, b = {b}, x = {x}, y = {y}"
        return Call("neuron_by_hand", says, parts=NEURON, w=w, b=b, x=x, y=y)

    def number(low=0.3, high=2.8):
        return round(float(rng.choice((-1, 1)) * rng.uniform(low, high)), 2)

    yield two_steps(2.0, 3.0, 3.0)
    yield two_steps(number(), number(), number())
    yield neuron(2.0, 1.5, 3.0, 4.0)
    yield neuron(number(), number(), number(), number(3.0, 5.0))
    yield neuron(number(), number(), number(), 12.5)  # e is negative


LOCATES = {
    "a": "Everything after it builds on a, so begin there: a = c + k·w",
    "J": "a is right, so it is the step from a to J",
    "∂J/∂a": "a and J are right: it is the derivative of J = a² by a",
    "∂a/∂w": "∂J/∂a is right: it is the derivative of a = c + k·w by w",
    "∂J/∂w": "Both factors are right: it is how they are put together",
    "J of the neuron": "Begin there: J = ½ e² with e = w·x + b − y",
    "∂J/∂e": "J is right: it is the derivative of ½ e² by e",
    "∂J/∂b": "∂J/∂e is right: it is the way from e back to b",
    "∂J/∂w of the neuron": "∂J/∂e and ∂J/∂b are right: it is the last step, from p = w·x back to w",
}

CHAIN = "Two steps one behind the other: k times as fast, then 2a times as fast; how fast is that in all?"
OUTER = "Which number is squared in J = a²?"
INNER = "a = c + k·w: let w grow by 0.001; by how much does a grow?"
LAST = "p = w·x: let w grow by 0.001; by how much does p grow?"
HALF = "½ e²: what becomes of the ½ when it is differentiated?"

MISTAKES = [
    Mistake("added", edit("dJ_da * da_dw", "dJ_da + da_dw"), "the two local derivatives are added and not multiplied",
            CHAIN, is_factor=True),
    Mistake("inner factor dropped", edit("dJ_da * da_dw", "dJ_da"),
            "∂J/∂w is ∂J/∂a alone: the step from w to a is left out", CHAIN, is_factor=True),
    Mistake("outer factor dropped", edit("dJ_da * da_dw", "da_dw"),
            "∂J/∂w is ∂a/∂w alone: the step from a to J is left out", CHAIN, is_factor=True),
    Mistake("divided", edit("dJ_da * da_dw", "dJ_da / da_dw"),
            "the two local derivatives are divided and not multiplied", CHAIN),
    Mistake("times w once more", edit("dJ_da * da_dw", "dJ_da * da_dw * w"), "∂J/∂w has a factor w too much", CHAIN),
    Mistake("J times", edit("dJ_da * da_dw", "J * da_dw"), "J itself is multiplied by ∂a/∂w, and not its derivative",
            CHAIN),
    Mistake("a times", edit("dJ_da * da_dw", "a * da_dw"), "a itself is multiplied by ∂a/∂w, and not ∂J/∂a", CHAIN),
    Mistake("taken at w", edit("dJ_da = 2 * a", "dJ_da = 2 * w"),
            "the derivative of the square is taken at w and not at a", OUTER, is_factor=True),
    Mistake("the 2 forgotten", edit("dJ_da = 2 * a", "dJ_da = a"), "the 2 of (a²)′ is forgotten", "(a²)′ by a",
            is_factor=True),
    Mistake("exponent not lowered", edit("dJ_da = 2 * a", "dJ_da = 2 * a**2"),
            "the exponent of a² is not lowered by 1, so that ∂J/∂a is 2J", "(a²)′ by a", is_factor=True),
    Mistake("a lost", edit("dJ_da = 2 * a", "dJ_da = 2"), "the derivative of a² is 2: the a is lost", "(a²)′ by a"),
    Mistake("inner in the outer", edit("dJ_da = 2 * a", "dJ_da = 2 * a * k"), "∂J/∂a has the factor k already, which "
            "comes only with the next step", "J = a² does not know k"),
    Mistake("k·w", edit("da_dw = k", "da_dw = k * w"), "∂a/∂w is k·w: the w is not differentiated", INNER,
            is_factor=True),
    Mistake("c + k", edit("da_dw = k", "da_dw = c + k"), "∂a/∂w is c + k: the constant c is not dropped", INNER,
            is_factor=True),
    Mistake("w", edit("da_dw = k", "da_dw = w"), "∂a/∂w is w: that is how a changes with k", INNER),
    Mistake("1", edit("da_dw = k", "da_dw = 1"), "∂a/∂w is 1, as for a sum without the k", INNER, is_factor=True),
    Mistake("c", edit("da_dw = k", "da_dw = c"), "∂a/∂w is c: the constant is kept, and the factor of w dropped",
            INNER),
    Mistake("a itself", edit("da_dw = k", "da_dw = c + k * w"), "∂a/∂w is a itself, and not how it changes", INNER),
    Mistake("brackets", edit("a = c + k * w", "a = (c + k) * w"), "c and k are added first, and then multiplied by w",
            "a = c + k·w: which is done first?", is_factor=True),
    Mistake("c forgotten", edit("a = c + k * w", "a = k * w"), "c is forgotten in a", "a = c + k·w", is_factor=True),
    Mistake("k and c exchanged", edit("a = c + k * w", "a = k + c * w"), "c and k have changed places in a",
            "a = c + k·w"),
    Mistake("J doubled", edit("J = a**2\n", "J = 2 * a\n"), "J is 2a: a is doubled and not squared", "J = a²",
            is_factor=True),
    Mistake("J halved", edit("J = a**2\n", "J = a**2 / 2\n"), "J has a ½ that belongs only to the neuron", "J = a²"),
    Mistake("neuron: J without ½", edit("J = e**2 / 2", "J = e**2"), "the ½ of J is forgotten in the neuron",
            "J = ½ e²", is_factor=True),
    Mistake("neuron: J not squared", edit("J = e**2 / 2", "J = e / 2"), "e is not squared in the neuron's J",
            "J = ½ e²"),
    Mistake("neuron: 2 too much", edit("dJ_de = e", "dJ_de = 2 * e"),
            "∂J/∂e is 2e: the ½ is forgotten on the way back", HALF, is_factor=True),
    Mistake("neuron: ½ too much", edit("dJ_de = e", "dJ_de = e / 2"), "∂J/∂e is ½ e: the 2 of (e²)′ is forgotten", HALF,
            is_factor=True),
    Mistake("neuron: J for its slope", edit("dJ_de = e", "dJ_de = e**2 / 2"),
            "∂J/∂e is J itself, and not how it changes", HALF),
    Mistake("neuron: sign of e", edit("e = z - y", "e = y - z"), "the error is taken the other way round, y − z, or "
            "∂J/∂e has its sign turned", "e = z − y, and ½ e²: which sign has its slope by e?", is_factor=True),
    Mistake("neuron: y + z", edit("e = z - y", "e = z + y"), "y is added and not subtracted", "e = z − y"),
    Mistake("neuron: b forgotten", edit("z = p + b", "z = p"), "b is forgotten in z", "z = p + b", is_factor=True),
    Mistake("neuron: b subtracted", edit("z = p + b", "z = p - b"), "b is subtracted and not added", "z = p + b"),
    Mistake("neuron: x + w", edit("p = w * x", "p = w + x"), "w and x are added and not multiplied", "p = w·x"),
    Mistake("neuron: x missing", edit("dJ_dp * x", "dJ_dp"), "the x is missing in the neuron's ∂J/∂w", LAST,
            is_factor=True),
    Mistake("neuron: × swapped", edit("dJ_dp * x", "dJ_dp * w"), "the neuron's ∂J/∂w has the factor w: each factor of "
            "a product gets the other one", LAST, is_factor=True),
    Mistake("neuron: w x", edit("dJ_dp * x", "dJ_dp * p"), "the neuron's ∂J/∂w has the factor w·x: the w is not "
            "differentiated", LAST),
    Mistake("neuron: x added", edit("dJ_dp * x", "dJ_dp + x"), "x is added in the neuron's ∂J/∂w and not multiplied",
            LAST),
    Mistake("neuron: outer dropped", edit("dJ_dp * x", "x"), "the neuron's ∂J/∂w is x alone: what came back from J is "
            "left out", LAST),
    Mistake("neuron: db times b", edit("dJ_db = dJ_dz", "dJ_db = dJ_dz * b"), "∂J/∂b has a factor b: but z = p + b "
            "changes by 1 when b does", "Let b grow by 0.001: by how much does z grow?", is_factor=True),
    Mistake("neuron: db times x", edit("dJ_db = dJ_dz", "dJ_db = dJ_dz * x"),
            "∂J/∂b has a factor x, which belongs to w alone", "Let b grow by 0.001: by how much does z grow?"),
    Mistake("neuron: db is 1", edit("dJ_db = dJ_dz", "dJ_db = 1"), "∂J/∂b is 1: what came back from J is left out",
            "Let b grow by 0.001: by how much does J grow?", is_factor=True),
    Mistake("neuron: db is b", edit("dJ_db = dJ_dz", "dJ_db = b"), "∂J/∂b is b itself",
            "Let b grow by 0.001: by how much does J grow?"),
]  # fmt: skip

VARIANTS = [
    Variant("in one formula", code("""
def backprop_by_hand(c, k, w):
    a = k * w + c
    return [a, a * a, 2 * a, k, 2 * k * (c + k * w)]


def neuron_by_hand(w, b, x, y):
    e = w * x + b - y
    return 0.5 * e**2, e, e, e * x
""")),
    Variant("with the letters of a graph", edit("dJ_da", "upstream", "da_dw", "local")),
]  # fmt: skip
