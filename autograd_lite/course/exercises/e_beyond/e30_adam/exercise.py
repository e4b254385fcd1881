"""Adam: a step for each parameter, with what was remembered from the steps before."""

import numpy as np

from autograd_lite.course.authoring import Mistake, Script, Variant, edit

DEFINES = ("Adam",)
AFTER = (14, 26)
ALPHA, BETA1, BETA2, EPSILON = 0.3, 0.9, 0.999, 1e-3
"""ε is large on purpose: where it stands can be seen. With β₂ = 0.99 the missing corrections would cancel at first."""

STEPS = """
for grads in earlier:
    Adam(alpha, beta1, beta2, epsilon).step(params, grads)
optimizer = Adam(alpha, beta1, beta2, epsilon)
changes = []
for grads in all_grads:
    new = optimizer.step(params, grads)
    if new is None:
        changes.append(None)
        continue
    if not isinstance(new, dict):
        raise TypeError(f"step returns a {type(new).__name__}; it should return a dict, from names to arrays")
    changes.append({name: new[name] - params[name] for name in new if name in params})
    params = new
"""


def steps(says, params, *all_grads, earlier=()):
    """A probe: how far every parameter moves in each step."""
    T = len(all_grads)
    return Script(
        STEPS, "changes", says=says, parts=tuple(f"step {t + 1} of {T}, change of" for t in range(T)),
        params=params, all_grads=list(all_grads), earlier=list(earlier),
        alpha=ALPHA, beta1=BETA1, beta2=BETA2, epsilon=EPSILON,
    )  # fmt: skip


def probes(rng):
    def number(name, value):
        return {name: np.array([value])}

    yield steps("one number, one step", number("w", 1.0), number("w", 0.5))
    yield steps("one number, two steps", number("u", 1.0), number("u", 0.5), number("u", -0.01))
    yield steps("a second Adam", number("c", 1.0), number("c", 0.5), earlier=[number("c", 3.0)])
    scales = np.array([0.01, 1.0, 100.0])

    def grads(signs, *names):
        return {name: signs * scales * rng.uniform(0.5, 1.5, size=3) for name in names}

    turning = np.array([[1.0, -1, 1], [-1, -1, 1], [1, 1, -1], [-1, 1, 1]])
    yield steps("gradients of 0.01, 1 and 100, one step", {"W": rng.normal(size=3)}, grads(turning[0], "W"))
    for says, signs, names in (
        ("4 steps, gradients of changing signs", turning, ("W1", "b1")),
        ("4 steps, positive gradients", np.abs(turning), ("W2", "b2")),
    ):
        params = {name: rng.normal(size=3) for name in names}
        yield steps(says, params, *(grads(row, *names) for row in signs))
    shapes = {"W3": (5, 3), "b3": (3,)}
    yield steps(
        "4 steps, W is 5×3 and b has 3 numbers", {name: rng.normal(size=shape) for name, shape in shapes.items()},
        *({name: rng.normal(size=shape) for name, shape in shapes.items()} for _ in range(4)),
    )  # fmt: skip


COUNT = "        self.t += 1\n"
M = "m = self.beta1 * self.m.get(name, 0.0) + (1 - self.beta1) * g"
V = "v = self.beta2 * self.v.get(name, 0.0) + (1 - self.beta2) * g**2"
KEEP_M, KEEP_V = "self.m[name] = m", "self.v[name] = v"
M_HAT, V_HAT = "m_hat = m / (1 - self.beta1**self.t)", "v_hat = v / (1 - self.beta2**self.t)"
NEW = "new[name] = w - self.alpha * m_hat / (np.sqrt(v_hat) + self.epsilon)"

FIRST = "By hand: by how much does w move at the first step, if g = 0.5?"
SECOND = "The first step is right. What is different at the second: m, v, or t?"
MEAN = "If g is always 1, where do m and v go in the long run?"
LAST = "Look again at w − α m̂ / (√v̂ + ε)"
STATE = "What does your object hold between two calls, and for which of the parameters?"


def new(text):
    """Another last line."""
    return edit(NEW, f"new[name] = {text}")


SECOND_OBJECT = (
    "the step of the first object is right, and that of a second object is not: is something there that belongs to "
    "the class or the file, and not to the object?"
)
LOCATES = {
    "step 1 of 1, change of w": "a first step is wrong already, before anything can be remembered. By hand it is −α g "
    "/ (|g| + ε)",
    "step 1 of 2, change of u": SECOND_OBJECT,
    "step 2 of 2, change of u": "the first step is right and the second is not: look at what depends on the one before",
    "step 1 of 1, change of c": SECOND_OBJECT,
    "step 1 of 1, change of W": "one number is right, so the fault is in how the entries of an array are kept apart",
    "step 1 of 4, change of b1": "the first parameter is right and the second is not: something of the first is still "
    "there when it is the second's turn",
}

MISTAKES = [
    Mistake("nothing corrected", edit(M_HAT, "m_hat = m", V_HAT, "v_hat = v"), "neither m nor v is corrected for "
            "having begun at 0: the first step is then (1 − β₁) / √(1 − β₂) = 3.16 times too long (a little less, with "
            "ε)", FIRST),
    Mistake("only m corrected", edit(V_HAT, "v_hat = v"), "v is not corrected for having begun at 0: the first step is "
            "then up to 1 / √(1 − β₂) = 31.6 times too long", FIRST, is_factor=True),
    Mistake("only v corrected", edit(M_HAT, "m_hat = m"), "m is not corrected for having begun at 0: the first step is "
            "then 1 − β₁ = 0.1 of what it should be", FIRST, is_factor=True),
    Mistake("t starts at 0", edit(COUNT, "", "        return new", "        self.t += 1\n        return new"),
            "t is still 0 at the first step: 1 − β⁰ = 0 is divided by", "What is t at the first step?"),
    Mistake("t one too large", edit("self.t = 0", "self.t = 1"), "t is 2 already at the first step", "What is t at the "
            "first step?", is_factor=True),
    Mistake("always t = 1", edit("self.beta1**self.t", "self.beta1", "self.beta2**self.t", "self.beta2"),
            "it is divided by 1 − β at every step, and not by 1 − βᵗ: either the power is missing, or t never grows",
            SECOND),
    Mistake("m: always t = 1", edit("self.beta1**self.t", "self.beta1"), "m is divided by 1 − β₁ at every step, and "
            "not by 1 − β₁ᵗ", SECOND, is_factor=True),
    Mistake("v: always t = 1", edit("self.beta2**self.t", "self.beta2"), "v is divided by 1 − β₂ at every step, and "
            "not by 1 − β₂ᵗ", SECOND, is_factor=True),
    Mistake("t times", edit("self.beta1**self.t", "self.beta1 * self.t", "self.beta2**self.t", "self.beta2 * self.t"),
            "β is multiplied by t in the corrections, and not raised to the power t", SECOND),
    Mistake("t for each name", edit(COUNT, "", "            g = grads[name]\n", "            self.t += 1\n"
            "            g = grads[name]\n"), "t grows once for each parameter, and not once for each step",
            "With two parameters, what is t for the second one at the first step?", is_factor=True),
    Mistake("corrections kept", edit(KEEP_M, "self.m[name] = m / (1 - self.beta1**self.t)", KEEP_V, "self.v[name] = v "
            "/ (1 - self.beta2**self.t)"), "the corrected m̂ and v̂ are kept as m and v for the next step", SECOND),
    Mistake("corrected m kept", edit(KEEP_M, "self.m[name] = m / (1 - self.beta1**self.t)"), "the corrected m̂ is kept "
            "as m for the next step", SECOND, is_factor=True),
    Mistake("corrected v kept", edit(KEEP_V, "self.v[name] = v / (1 - self.beta2**self.t)"), "the corrected v̂ is kept "
            "as v for the next step", SECOND, is_factor=True),
    Mistake("betas exchanged", edit("self.beta1 = beta1", "self.beta1 = beta2", "self.beta2 = beta2", "self.beta2 = "
            "beta1"), "β₁ and β₂ have changed places", "Which of the two means is the longer one, that of g or that of "
            "g²?"),
    Mistake("one beta, the first", edit("self.beta2 = beta2", "self.beta2 = beta1"), "β₁ is used for v as well",
            "Which β belongs to v?"),
    Mistake("one beta, the second", edit("self.beta1 = beta1", "self.beta1 = beta2"), "β₂ is used for m as well",
            "Which β belongs to m?"),
    Mistake("betas exchanged in the corrections", edit("self.beta1**", "self.beta3**", "self.beta2**", "self.beta1**",
            "self.beta3**", "self.beta2**"), "β₁ and β₂ have changed places in the corrections alone",
            "Which β belongs to m̂?"),
    Mistake("m: weights exchanged", edit(M, "m = (1 - self.beta1) * self.m.get(name, 0.0) + self.beta1 * g"),
            "β₁ and 1 − β₁ have changed places in m: little is remembered", MEAN, is_factor=True),
    Mistake("v: weights exchanged", edit(V, "v = (1 - self.beta2) * self.v.get(name, 0.0) + self.beta2 * g**2"),
            "β₂ and 1 − β₂ have changed places in v: little is remembered", MEAN, is_factor=True),
    Mistake("m: full gradient", edit(M, "m = self.beta1 * self.m.get(name, 0.0) + g"), "the gradient is added to m in "
            "full, without 1 − β₁: m is a sum and not a mean", MEAN, is_factor=True),
    Mistake("v: full gradient", edit(V, "v = self.beta2 * self.v.get(name, 0.0) + g**2"), "g² is added to v in full, "
            "without 1 − β₂: v is a sum and not a mean", MEAN, is_factor=True),
    Mistake("m and v: full gradient", edit(M, "m = self.beta1 * self.m.get(name, 0.0) + g", V, "v = self.beta2 * "
            "self.v.get(name, 0.0) + g**2"), "the gradient and its square are added in full, without 1 − β", MEAN),
    Mistake("v never fades", edit(V, "v = self.v.get(name, 0.0) + (1 - self.beta2) * g**2"), "the old v is kept in "
            "full, without β₂", MEAN),
    Mistake("m never fades", edit(M, "m = self.m.get(name, 0.0) + (1 - self.beta1) * g"), "the old m is kept in full, "
            "without β₁", MEAN),
    Mistake("v from g", edit("* g**2", "* g"), "g is not squared in v: √ of a negative number is nan", "Of what is v "
            "the mean?", is_factor=True),
    Mistake("v from |g|", edit("* g**2", "* np.abs(g)"), "v is the mean of |g| and not of g²", "Of what is v the "
            "mean?"),
    Mistake("v from m", edit("* g**2", "* m**2"), "v is the mean of m² and not of g²", "Of what is v the mean?"),
    Mistake("v averaged over the entries", edit("* g**2", "* np.mean(g**2)"), "g² is averaged over the entries of a "
            "parameter, so that all of them have one v", "Has every entry a v of its own?"),
    Mistake("v added up over the entries", edit("* g**2", "* np.sum(g**2)"), "g² is added up over the entries of a "
            "parameter, so that all of them have one v", "Has every entry a v of its own?"),
    Mistake("root missing", new("w - self.alpha * m_hat / (v_hat + self.epsilon)"), "the root of v̂ is missing: the "
            "step is small where the gradient is large", LAST, is_factor=True),
    Mistake("epsilon in the root", new("w - self.alpha * m_hat / np.sqrt(v_hat + self.epsilon)"), "ε is inside the "
            "root, √(v̂ + ε)", LAST, is_factor=True),
    Mistake("epsilon in the root, squared", new("w - self.alpha * m_hat / np.sqrt(v_hat + self.epsilon**2)"),
            "ε² is inside the root, √(v̂ + ε²)", LAST),
    Mistake("epsilon missing", new("w - self.alpha * m_hat / np.sqrt(v_hat)"), "ε is left out, or is a fixed 1e-8 "
            "whatever epsilon is given", LAST, is_factor=True),
    Mistake("epsilon added after", new("w - self.alpha * m_hat / np.sqrt(v_hat) + self.epsilon"), "the brackets around "
            "√v̂ + ε are missing, so that ε is added to w", LAST, is_factor=True),
    Mistake("epsilon subtracted", new("w - self.alpha * m_hat / (np.sqrt(v_hat) - self.epsilon)"), "ε is subtracted",
            LAST),
    Mistake("epsilon before the correction", new("w - self.alpha * np.sqrt(1 - self.beta2**self.t) * m_hat / "
            "(np.sqrt(v) + self.epsilon)"), "ε is added to √v before v is corrected: a shorter form that some "
            "libraries use, where ε means something else", LAST),
    Mistake("uphill", new("w + self.alpha * m_hat / (np.sqrt(v_hat) + self.epsilon)"), "the step is added and not "
            "subtracted: J is climbed", LAST, is_factor=True),
    Mistake("g for m", edit(M_HAT, "m_hat = g"), "the step uses the gradient itself and not its running mean m̂ (that "
            "is RMSProp, with a correction)", LAST, is_factor=True),
    Mistake("no v", new("w - self.alpha * m_hat"), "the step is α m̂: v is not used (that is momentum, with a "
            "correction)", LAST),
    Mistake("no m and no correction", edit(M_HAT, "m_hat = g", V_HAT, "v_hat = v"), "the step uses g, and a v that is "
            "not corrected: that is RMSProp", LAST),
    Mistake("plain descent", new("w - self.alpha * g"), "the step is α g: that of gradient descent", LAST),
    Mistake("alpha missing", new("w - m_hat / (np.sqrt(v_hat) + self.epsilon)"), "α is left out", LAST, is_factor=True),
    Mistake("alpha falls", new("w - self.alpha / np.sqrt(self.t) * m_hat / (np.sqrt(v_hat) + self.epsilon)"),
            "α is divided by √t", LAST),
    Mistake("only the step", new("-self.alpha * m_hat / (np.sqrt(v_hat) + self.epsilon)"), "w itself is left out of "
            "its new value: what is returned is the step alone", LAST),
    Mistake("nothing remembered", edit("self.t += 1\n", "self.t += 1\n        self.m, self.v, self.t = {}, {}, 1\n"),
            "m, v and t begin anew at each step, or the first two are never kept and t stays 1: every step is α g / "
            "(|g| + ε)", STATE),
    Mistake("m and v not kept", edit(f"            {KEEP_M}\n            {KEEP_V}\n", ""), "m and v are not kept for "
            "the next step, and t grows", STATE),
    Mistake("m not kept", edit(f"            {KEEP_M}\n", ""), "m is not kept for the next step", STATE, is_factor=
            True),
    Mistake("v not kept", edit(f"            {KEEP_V}\n", ""), "v is not kept for the next step", STATE, is_factor=
            True),
    Mistake("old m", edit(M_HAT, "m_hat = old / (1 - self.beta1**self.t)", M,
            f"old = self.m.get(name, 0.0) * g**0\n            {M}"), "the step uses m as it was before this gradient",
            FIRST),
    Mistake("shared by all", edit("self.m.get(name", "self.m.get(0", "self.v.get(name", "self.v.get(0", "self.m[name]",
            "self.m[0]", "self.v[name]", "self.v[0]"), "all parameters share one m and one v: each goes on with those "
            "of the one before it", STATE),
    Mistake("state of the class", edit("        self.m = {}\n        self.v = {}\n        self.t = 0\n", "",
            "class Adam:\n", "class Adam:\n    m, v, t = {}, {}, 0\n\n"), "m and v belong to the class: a second Adam "
            "goes on with those of the first one", STATE),
    Mistake("m shared", edit("self.m.get(name", "self.m.get(0", "self.m[name]", "self.m[0]"), "all parameters share "
            "one m", STATE),
    Mistake("v shared", edit("self.v.get(name", "self.v.get(0", "self.v[name]", "self.v[0]"), "all parameters share "
            "one v", STATE),
    Mistake("largest v", edit(V, f"{V}\n            v = np.maximum(v, self.v.get(name, 0.0))"), "v never becomes "
            "smaller: the larger of the old and the new one is kept (as in AMSGrad)", SECOND),
    Mistake("begins with the gradient", edit("self.m.get(name, 0.0)", "self.m.get(name, g)", "self.v.get(name, 0.0)",
            "self.v.get(name, g**2)"), "m and v begin with the first g and g² in the place of 0", FIRST),
    Mistake("begins with 1", edit("self.v.get(name, 0.0)", "self.v.get(name, 1.0)"), "v begins at 1 and not at 0",
            FIRST),
    Mistake("correction multiplied", edit("m / (1", "m * (1", "v / (1", "v * (1"), "m and v are multiplied by 1 − βᵗ "
            "and not divided", FIRST),
    Mistake("root of m as well", new("w - self.alpha * np.sqrt(m_hat) / (np.sqrt(v_hat) + self.epsilon)"),
            "the root of m̂ is taken as well", LAST),
    Mistake("sign", new("w - self.alpha * np.sign(m_hat)"), "the step is α in the direction of m̂'s sign, without v",
            LAST),
    Mistake("first parameter only", edit("        return new", "            if len(new) < len(params):\n               "
            " new = params | new\n                break\n        return new"), "only the first parameter moves",
            "Is the return inside the loop?"),
]  # fmt: skip

VARIANTS = [
    Variant("moments as zeros", edit("self.m.get(name, 0.0)", "self.m.setdefault(name, np.zeros_like(w))",
            "self.v.get(name, 0.0)", "self.v.setdefault(name, np.zeros(w.shape))")),
    Variant("running means as steps", edit(M, "m = self.m.get(name, 0.0)\n            m = m + (1 - self.beta1) * (g - "
            "m)", V, "v = self.v.get(name, 0.0)\n            v = v + (1 - self.beta2) * (g * g - v)")),
    Variant("one correction of alpha", edit(NEW, "factor = np.sqrt(1 - self.beta2**self.t) / (1 - "
            "self.beta1**self.t)\n            new[name] = w - self.alpha * factor * m / (np.sqrt(v) + self.epsilon * "
            "np.sqrt(1 - self.beta2**self.t))")),
    Variant("entry by entry", edit(NEW, "new[name] = np.array([a - self.alpha * b / (c**0.5 + self.epsilon) for a, b, "
            "c in zip(w.ravel(), m_hat.ravel(), v_hat.ravel())]).reshape(w.shape)")),
    Variant("powers by multiplying", edit("self.t = 0", "self.t = 0\n        self.power1 = self.power2 = 1.0",
            COUNT, f"{COUNT}        self.power1 *= self.beta1\n        self.power2 *= self.beta2\n",
            "self.beta1**self.t", "self.power1", "self.beta2**self.t", "self.power2")),
]  # fmt: skip
