"""Four activations, backwards."""

import numpy as np

from autograd_lite.course.authoring import Call, Mistake, Script, Variant, code, edit

DEFINES = ("relu_backward", "leaky_backward", "tanh_backward", "sigmoid_backward")
AFTER = (7,)
FUNCTIONS = {"relu": "", "leaky": ", slope", "tanh": "", "sigmoid": ""}
SLOPE = 0.13


def stratified(rng, shape):
    """Numbers of both signs, near 0 and far from it, but no 0; and gradients of both signs beside each sign."""
    size = int(np.prod(shape))
    z, G = rng.uniform(0.2, 2.5, size=size), rng.uniform(0.4, 2.0, size=size)
    z[1::2] *= -1
    z[-1], z[-2] = -9.0, 0.01
    G[2::4] *= -1
    G[3::4] *= -1
    return z.reshape(shape), G.reshape(shape)


def probes(rng):
    cases = [(np.array([0.5, -1.0, 2.0]), np.array([3.0, -2.0, 0.7]))]
    cases += [stratified(rng, shape) for shape in ((7, 3), (3, 3))]
    for name, more in FUNCTIONS.items():
        for z, G in cases:
            shape = "×".join(map(str, z.shape)) if z.ndim > 1 else f"{z.size} numbers"
            extra = {"slope": SLOPE} if more else {}
            yield Call(f"{name}_backward", G=G, z=z, **extra, says=f"{name}, z is {shape}", parts=(f"dz of {name}",))
    for name, more in list(FUNCTIONS.items())[:2]:
        yield Script(
            f"dz = {name}_backward(G, z{more})",
            "dz if dz is None else dz[0] - min(max(dz[0], low), G[0])",
            says=f"{name} at z = 0: the slope of one of the two sides",
            parts=(f"dz of {name} at 0, away from both sides",),
            G=np.array([1.7]), z=np.array([0.0]), slope=SLOPE, low=1.7 * SLOPE if more else 0.0,
        )  # fmt: skip


RELU, LEAKY = "    mask = z > 0\n    return G * mask", "local = np.where(z > 0, 1.0, slope)"
TANH, SIGMOID = "G * (1 - t**2)", "G * (s * (1 - s))"
PICTURE = "Draw the function: how steep is it left of 0, and how steep right of 0?"
ABOVE = "The chain rule multiplies what comes from above by the local derivative"
INSIDE = "Which is squared, what goes into tanh or what comes out? Try z = 0 and a large z"
PRODUCT = "How steep is the sigmoid at z = 0, and how steep far from 0? Try your formula there"


def relu(text):
    """Another relu."""
    return edit(RELU, f"    return {text}")


def leaky(text):
    """Other slopes of leaky."""
    return edit(LEAKY, f"local = {text}")


def tanh(text):
    """Another tanh."""
    return edit(TANH, text)


def sigmoid(text):
    """Another sigmoid."""
    return edit(SIGMOID, text)


LOCATES = {
    "dz of relu": "relu_backward is the first of the four that is wrong. Its dz is either G or 0, entry by entry",
    "dz of leaky": "relu is right, so the fault is in leaky_backward. Its dz is either G or slope · G, entry by entry",
    "dz of tanh": "relu and leaky are right, so the fault is in tanh_backward. dz / G is between 0 and 1, and near 1 "
    "where z is near 0",
    "dz of sigmoid": "the other three are right, so the fault is in sigmoid_backward. dz / G is between 0 and ¼, and "
    "near ¼ where z is near 0",
}

MISTAKES = [
    Mistake("relu: z for its slope", relu("G * np.maximum(z, 0)"), "G is multiplied by relu(z) itself and not by its "
            "slope", PICTURE, is_factor=True),
    Mistake("relu: times z", relu("G * z"), "G is multiplied by z, everywhere", PICTURE),
    Mistake("relu: mask from G", relu("np.maximum(G, 0)"), "relu is applied to G: the sign of G decides, and not that "
            "of z", "What is positive or negative where relu is flat: z, or G?", is_factor=True),
    Mistake("relu: both signs", relu("np.maximum(G, 0) * (z > 0)"), "a gradient passes relu only where z and G are "
            "both positive", "Can a gradient that passes be negative?"),
    Mistake("relu: mask inverted", relu("G * (z < 0)"), "the gradient passes relu where z is negative, and is stopped "
            "where it is positive", PICTURE, is_factor=True),
    Mistake("relu: no mask", relu("G * 1.0"), "the gradient passes relu everywhere", PICTURE, is_factor=True),
    Mistake("relu: sign of z", relu("G * np.sign(z)"), "the slope of relu is −1 for negative z: that is the slope of "
            "|z|", PICTURE),
    Mistake("relu: G missing", relu("1.0 * (z > 0)"), "relu's slope is returned alone: G is left out", ABOVE, is_factor=
            True),
    Mistake("relu: G added", relu("G + (z > 0)"), "relu's slope is added to G and not multiplied", ABOVE),
    Mistake("relu: 1 or more", relu("G * (z > 1)"), "the gradient passes relu only where z is larger than 1", PICTURE),
    Mistake("relu: forwards", relu("np.maximum(z, 0)"), "relu(z) is returned, as on the way forwards", ABOVE),
    Mistake("relu: flipped", relu("-G * (z > 0)"), "the sign of relu's gradient is turned", PICTURE),
    Mistake("leaky: slope on the other side", leaky("np.where(z > 0, slope, 1.0)"), "leaky has its small slope on the "
            "positive side", PICTURE, is_factor=True),
    Mistake("leaky: slope 0", leaky("np.where(z > 0, 1.0, 0.0)"), "leaky has the slope 0 on the negative side, as relu "
            "has", "Does the leaky unit still learn where z is negative?", is_factor=True),
    Mistake("leaky: slope negative", leaky("np.where(z > 0, 1.0, -slope)"), "leaky has the slope −slope on the "
            "negative side", PICTURE),
    Mistake("leaky: slope everywhere", leaky("slope"), "leaky's small slope is taken on both sides", PICTURE),
    Mistake("leaky: 1 everywhere", leaky("1.0"), "leaky has the slope 1 on both sides", PICTURE),
    Mistake("leaky: slope times z", leaky("np.where(z > 0, 1.0, slope * z)"), "leaky's slope on the negative side is "
            "slope · z: that is its value", PICTURE, is_factor=True),
    Mistake("leaky: value for its slope", leaky("np.where(z > 0, z, slope * z)"), "G is multiplied by leaky(z) itself "
            "and not by its slope", PICTURE),
    Mistake("leaky: sign of G", edit(LEAKY, LEAKY.replace("z > 0", "G > 0")), "the sign of G decides on which side of "
            "leaky one is, and not that of z", PICTURE, is_factor=True),
    Mistake("leaky: relu and slope", leaky("(z > 0) + slope"), "the slope of leaky is 1 + slope on the positive side",
            PICTURE),
    Mistake("leaky: 1 - slope", leaky("np.where(z > 0, 1.0, 1 - slope)"), "leaky has the slope 1 − slope on the "
            "negative side", PICTURE),
    Mistake("leaky: 1 / slope", leaky("np.where(z > 0, 1.0, 1 / slope)"), "leaky has the slope 1 / slope on the "
            "negative side", PICTURE),
    Mistake("leaky: G missing", edit("return G * local", "return local"), "leaky's slope is returned alone: G is left "
            "out", ABOVE, is_factor=True),
    Mistake("leaky: G added", edit("return G * local", "return G + local"), "leaky's slope is added to G and not "
            "multiplied", ABOVE),
    Mistake("leaky: a fixed slope", leaky("np.where(z > 0, 1.0, 0.01)"), "leaky's slope is 0.01, whatever slope is "
            "given", "What is slope in the check?"),
    Mistake("tanh: 1 - t", tanh("G * (1 - t)"), "t is not squared in tanh's slope, 1 − t", INSIDE, is_factor=True),
    Mistake("tanh: 1 - z²", tanh("G * (1 - z**2)"), "the slope of tanh is made from z and not from t, 1 − z²", INSIDE,
            is_factor=True),
    Mistake("tanh: t²", tanh("G * t**2"), "the 1 in tanh's slope is missing: t²", INSIDE, is_factor=True),
    Mistake("tanh: 1 + t²", tanh("G * (1 + t**2)"), "t² is added to 1 in tanh's slope: that is the slope of tan",
            INSIDE),
    Mistake("tanh: t (1 - t)", tanh("G * t * (1 - t)"), "tanh has the slope of the sigmoid, t (1 − t)", INSIDE),
    Mistake("tanh: itself", tanh("G * t"), "G is multiplied by tanh(z) itself and not by its slope", INSIDE),
    Mistake("tanh: (1 - t)²", tanh("G * (1 - t) ** 2"), "the difference is squared in tanh's slope, (1 − t)²", INSIDE),
    Mistake("tanh: 2 t", tanh("G * (1 - 2 * t)"), "tanh's slope is 1 − 2t", INSIDE),
    Mistake("tanh: twice", edit("t = np.tanh(z)", "t = np.tanh(np.tanh(z))"), "tanh is taken twice before its slope: "
            "is z taken for what comes out?", INSIDE),
    Mistake("tanh: G missing", tanh("1 - t**2"), "tanh's slope is returned alone: G is left out", ABOVE, is_factor=
            True),
    Mistake("tanh: G added", tanh("G + (1 - t**2)"), "tanh's slope is added to G and not multiplied", ABOVE),
    Mistake("tanh: brackets", tanh("G * 1 - t**2"), "there are no brackets around tanh's slope: only the 1 is "
            "multiplied by G", "Python multiplies before it subtracts", is_factor=True),
    Mistake("tanh: of G", edit("t = np.tanh(z)", "t = np.tanh(G)"), "tanh is taken of G and not of z", INSIDE),
    Mistake("sigmoid: z (1 - z)", sigmoid("G * (z * (1 - z))"), "the slope of the sigmoid is made from z and not from "
            "s, z (1 − z)", PRODUCT, is_factor=True),
    Mistake("sigmoid: itself", sigmoid("G * s"), "G is multiplied by σ(z) itself and not by its slope", PRODUCT,
            is_factor=True),
    Mistake("sigmoid: 1 - s", sigmoid("G * (1 - s)"), "the factor s is missing in the sigmoid's slope", PRODUCT,
            is_factor=True),
    Mistake("sigmoid: s (1 + s)", sigmoid("G * (s * (1 + s))"), "the sigmoid's slope is s (1 + s)", PRODUCT),
    Mistake("sigmoid: 1 - s²", sigmoid("G * (1 - s**2)"), "the sigmoid has the slope of tanh, 1 − s²", PRODUCT),
    Mistake("sigmoid: s²", sigmoid("G * s**2"), "the sigmoid's slope is s²: e⁻ᶻ is missing in e⁻ᶻ / (1 + e⁻ᶻ)²",
            PRODUCT),
    Mistake("sigmoid: squared", sigmoid("G * (s * (1 - s)) ** 2"), "the sigmoid's slope is squared", PRODUCT),
    Mistake("sigmoid: twice", edit("    return G * (s * (1 - s))", "    s = 1 / (1 + np.exp(-s))\n    return G * (s * "
            "(1 - s))"), "the sigmoid is taken twice before its slope: is z taken for what comes out?", PRODUCT,
            is_factor=True),
    Mistake("sigmoid: falling", sigmoid("G * (s * (s - 1))"), "the sigmoid's slope has the wrong sign, s (s − 1)",
            PRODUCT),
    Mistake("sigmoid: G missing", sigmoid("s * (1 - s)"), "the sigmoid's slope is returned alone: G is left out", ABOVE,
            is_factor=True),
    Mistake("sigmoid: G added", sigmoid("G + s * (1 - s)"), "the sigmoid's slope is added to G and not multiplied",
            ABOVE),
    Mistake("sigmoid: brackets", sigmoid("G * s * 1 - s"), "there are no brackets around 1 − s: s is subtracted at the "
            "end", "Python multiplies before it subtracts"),
    Mistake("sigmoid: of G", edit("np.exp(-z)", "np.exp(-G)"), "the sigmoid is taken of G and not of z", PRODUCT),
    Mistake("all: G missing", edit("G * (s", "(s", "G * (1", "(1", "G * local", "local", "G * mask", "1.0 * mask"),
            "the slopes are returned alone: G is left out in all four", ABOVE),
    Mistake("all: G added", edit("G * (s", "G + (s", "G * (1", "G + (1", "G * local", "G + local", "G * mask",
            "G + mask"), "the slopes are added to G in all four, and not multiplied", ABOVE),
    Mistake("smooth ones: made from z", edit("t = np.tanh(z)", "t = z", "s = 1 / (1 + np.exp(-z))", "s = z"),
            "z is taken for what comes out of the activation: 1 − z² for tanh, z (1 − z) for the sigmoid", INSIDE),
]  # fmt: skip

VARIANTS = [
    Variant("the other side at 0", edit("z > 0", "z >= 0")),
    Variant("other formulas", edit(TANH, "G / np.cosh(z) ** 2", SIGMOID, "G * np.exp(-z) / (1 + np.exp(-z)) ** 2")),
    Variant("indexing", code('''
import numpy as np


def relu_backward(G, z):
    dz = G.copy()
    dz[z <= 0] = 0
    return dz


def leaky_backward(G, z, slope):
    dz = np.array(G, copy=True)
    dz[z < 0] *= slope
    return dz


def tanh_backward(G, z):
    up, down = np.exp(z), np.exp(-z)
    t = (up - down) / (up + down)
    return (1 - t * t) * G


def sigmoid_backward(G, z):
    s = 0.5 * (1 + np.tanh(z / 2))
    return s * G - s * s * G
''')),
    Variant("entry by entry", code('''
import math

import numpy as np


def each(G, z, slope_of):
    return np.array([g * slope_of(a) for g, a in zip(G.ravel(), z.ravel())]).reshape(z.shape)


def relu_backward(G, z):
    return each(G, z, lambda a: 1.0 if a > 0 else 0.0)


def leaky_backward(G, z, slope):
    return each(G, z, lambda a: 1.0 if a > 0 else slope)


def tanh_backward(G, z):
    return each(G, z, lambda a: 1 - math.tanh(a) ** 2)


def sigmoid_backward(G, z):
    return each(G, z, lambda a: math.exp(-a) / (1 + math.exp(-a)) ** 2)
''')),
]  # fmt: skip
