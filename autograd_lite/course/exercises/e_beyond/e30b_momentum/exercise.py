"""Gradient descent with a velocity."""

import numpy as np

from autograd_lite.course.authoring import Mistake, Script, Variant, edit

DEFINES = ("Momentum",)
AFTER = (14, 26)
ALPHA, BETA = 0.3, 0.8

STEPS = """
for grads in earlier:
    Momentum(alpha, beta).step(params, grads)
optimizer = Momentum(alpha, beta)
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
        params=params, all_grads=list(all_grads), earlier=list(earlier), alpha=ALPHA, beta=BETA,
    )  # fmt: skip


def probes(rng):
    def number(name, value):
        return {name: np.array([value])}

    yield steps("one number, one step", number("w", 1.0), number("w", 0.5))
    yield steps("one number, three steps", number("u", 1.0), *(number("u", g) for g in (0.5, 0.5, -2.0)))
    yield steps("a second Momentum", number("c", 1.0), number("c", 0.5), earlier=[number("c", 3.0)])

    def arrays(**shapes):
        return {name: rng.normal(size=shape) for name, shape in shapes.items()}

    yield steps("4 steps, W and b with 3 numbers", arrays(W1=3, b1=3), *(arrays(W1=3, b1=3) for _ in range(4)))
    shapes = {"W2": (5, 3), "b2": (3,)}
    yield steps("4 steps, W is 5×3 and b has 3 numbers", arrays(**shapes), *(arrays(**shapes) for _ in range(4)))


U, KEEP, NEW = "u = self.beta * before - self.alpha * g", "self.velocity[name] = u", "new[name] = w + u"
SECOND = "With g = 1, α = 0.3, β = 0.8: what is u at the first step, and what at the second?"
STATE = "What does your object hold between two calls, and for which of the parameters?"
MOVES = "By how much does w move in one step?"


def u(text):
    """Another velocity."""
    return edit(U, f"u = {text}")


def new(text):
    """Another new value."""
    return edit(NEW, f"new[name] = {text}")


SECOND_OBJECT = (
    "the step of the first object is right, and that of a second object is not: is something there that belongs to "
    "the class or the file, and not to the object?"
)
LOCATES = {
    "step 1 of 1, change of w": "a first step is wrong already, before anything can be remembered. By hand it is −α g",
    "step 1 of 3, change of u": SECOND_OBJECT,
    "step 2 of 3, change of u": "the first step is right and the second is not: look at what depends on the one "
    "before, the velocity",
    "step 3 of 3, change of u": "two steps are right and the third is not: is it the velocity that is kept, or "
    "something that was the same so far?",
    "step 1 of 1, change of c": SECOND_OBJECT,
    "step 1 of 4, change of b1": "the first parameter is right and the second is not: something of the first is still "
    "there when it is the second's turn",
}

MISTAKES = [
    Mistake("running mean", u("self.beta * before - (1 - self.beta) * self.alpha * g"), "u is a running mean: the "
            "gradient goes into it with the factor 1 − β", SECOND, is_factor=True),
    Mistake("running mean, corrected", edit(U, "u = self.beta * before - (1 - self.beta) * self.alpha * g", NEW,
            "self.t = getattr(self, 't', {})\n            self.t[name] = self.t.get(name, 0) + 1\n            "
            "new[name] = w + u / (1 - self.beta ** self.t[name])"), "u is a running mean, corrected for having begun "
            "at 0, as m̂ is in Adam", SECOND),
    Mistake("velocity forgotten", u("-self.alpha * g"), "nothing is left of the old velocity: it begins anew at each "
            "step, or is never kept, or β is missing in u. That is gradient descent without momentum", STATE),
    Mistake("never slower", u("before - self.alpha * g"), "the old velocity is kept in full, without β", SECOND,
            is_factor=True),
    Mistake("beta on the gradient", u("before - self.beta * self.alpha * g"), "β multiplies the gradient, and the old "
            "velocity is kept in full", SECOND),
    Mistake("beta on both", u("self.beta * (before - self.alpha * g)"), "β multiplies the gradient as well as the old "
            "velocity, or w moves by β u and not by u", SECOND, is_factor=True),
    Mistake("1 - beta on the velocity", u("(1 - self.beta) * before - self.alpha * g"), "1 − β of the velocity is left "
            "and not β", SECOND, is_factor=True),
    Mistake("weights exchanged", u("(1 - self.beta) * before - self.beta * self.alpha * g"), "the old velocity is "
            "multiplied by 1 − β and the gradient by β", SECOND),
    Mistake("uphill", u("self.beta * before + self.alpha * g"), "α g is added to the velocity, and the velocity to w: "
            "J is climbed", "Which sign has u at the first step, if g is positive?", is_factor=True),
    Mistake("velocity turns", u("-self.beta * before - self.alpha * g"), "the old velocity is subtracted: it turns "
            "round at each step", SECOND, is_factor=True),
    Mistake("Nesterov", new("w + self.beta * u - self.alpha * g"), "w moves by β u − α g with the new u: that is "
            "Nesterov's momentum, which looks one step ahead", MOVES),
    Mistake("old velocity", new("w + before"), "w moves by the velocity from before this step: it is a step late",
            MOVES),
    Mistake("velocity and gradient", new("w + u - self.alpha * g"), "w moves by u, and by −α g once more", MOVES),
    Mistake("alpha missing", u("self.beta * before - g"), "α is left out", MOVES, is_factor=True),
    Mistake("alpha twice", new("w + self.alpha * u"), "α multiplies the gradient in u, and then u once more", MOVES,
            is_factor=True),
    Mistake("alpha on both", u("self.alpha * (self.beta * before - g)"), "α multiplies the old velocity as well as the "
            "gradient, each time once more", SECOND),
    Mistake("beta squared", u("self.beta**2 * before - self.alpha * g"), "the velocity fades by β²", SECOND, is_factor=
            True),
    Mistake("root of beta", u("self.beta**0.5 * before - self.alpha * g"), "the velocity fades by √β", SECOND),
    Mistake("fades with the steps", edit(U, "self.t = getattr(self, 't', {})\n            self.t[name] = "
            "self.t.get(name, -1) + 1\n            u = self.beta ** self.t[name] * before - self.alpha * g"),
            "β is raised to the power of the step: the velocity fades faster each time", SECOND),
    Mistake("shared by all", edit("self.velocity.get(name", "self.velocity.get(0", "self.velocity[name]",
            "self.velocity[0]"), "all parameters share one velocity: each goes on with that of the one before it",
            STATE),
    Mistake("velocity of the class", edit("        self.velocity = {}\n", "", "class Momentum:\n", "class Momentum:\n  "
            "  velocity = {}\n\n"), "the velocities belong to the class, or stand outside it: a second Momentum goes "
            "on with those of the first one", STATE),
    Mistake("only the last gradient kept", edit(KEEP, "self.velocity[name] = -self.alpha * g"), "only the last −α g is "
            "kept, and not u: what came before is forgotten after two steps", STATE, is_factor=True),
    Mistake("gradient kept", edit(KEEP, "self.velocity[name] = g"), "the gradient is kept in the place of the velocity",
            STATE),
    Mistake("parameters kept", edit(KEEP, "self.velocity[name] = w"), "the old parameters are kept in the place of the "
            "velocity", STATE),
    Mistake("first velocity kept", edit(KEEP, "self.velocity.setdefault(name, u)"), "the velocity of the first step is "
            "kept for ever", STATE),
    Mistake("begins with the gradient", edit("self.velocity.get(name, 0.0)", "self.velocity.get(name, -self.alpha * "
            "g)"), "the velocity begins at −α g and not at 0", SECOND),
    Mistake("begins with g", edit("self.velocity.get(name, 0.0)", "self.velocity.get(name, g)"), "the velocity begins "
            "at g and not at 0", SECOND),
    Mistake("only the step", new("u"), "w itself is left out of its new value: what is returned is the velocity", MOVES,
            is_factor=True),
    Mistake("sign of the gradient", edit("self.alpha * g", "self.alpha * (g / abs(g))"), "only the sign of the "
            "gradient counts", SECOND, is_factor=True),
    Mistake("averaged gradient", edit("self.alpha * g", "self.alpha * g.mean()"), "the gradient is averaged over the "
            "entries of a parameter", "Has every entry a gradient of its own?"),
    Mistake("first parameter only", edit("        return new", "            if len(new) < len(params):\n               "
            " new = params | new\n                break\n        return new"), "only the first parameter moves",
            "Is the return inside the loop?"),
]  # fmt: skip

VARIANTS = [
    Variant("minus at the end", edit(U, "u = self.beta * before + self.alpha * g", NEW, "new[name] = w - u")),
    Variant("alpha at the end", edit(U, "u = self.beta * before + g", NEW, "new[name] = w - self.alpha * u")),
    Variant("all gradients kept", edit(U, "u = 0.0 * g\n            self.history = getattr(self, 'history', {})\n"
            "            self.history.setdefault(name, []).append(g)\n            for old in self.history[name]:\n"
            "                u = self.beta * u - self.alpha * old")),
]  # fmt: skip
