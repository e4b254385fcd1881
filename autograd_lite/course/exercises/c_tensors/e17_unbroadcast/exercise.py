"""Un-broadcasting: the gradient of an array that NumPy repeated."""

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("unbroadcast",)
AFTER = (5, 6)

CASES = (
    ((2, 3), (3,)), ((7, 3), (3,)), ((7, 3), (7, 1)), ((7, 3), (1, 3)), ((7, 3), ()), ((7, 3), (7, 3)), ((3, 3), (3,)),
    ((3, 3), (3, 1)), ((3, 3), (1, 3)), ((7, 3), (1,)), ((5, 7, 3), (7, 1)), ((5, 7, 3), (3,)), ((5, 7, 3), (1, 1)),
    ((5, 7, 3), (5, 1, 1)), ((7, 1), (7, 1)),
)  # fmt: skip


def probes(rng):
    for large, small in CASES:
        G = rng.normal(size=large)
        sizes = dict(zip(("k", "m", "n")[-len(large) :], large, strict=True)) if large[0] > 2 and large[-1] > 1 else {}
        yield Call(
            "unbroadcast", G=G, shape=small, says=f"{small} was used as {large}", sizes=distinct(sizes),
            parts=("dJ/db",),
        )  # fmt: skip


def distinct(sizes):
    """The sizes, if each can be told from the others by its number."""
    return sizes if len(set(sizes.values())) == len(sizes) else {"m": sizes["m"]}


LEADING = "        G = G.sum(axis=0)\n"
STRETCHED = "            G = G.sum(axis=axis, keepdims=True)\n"
WHILE = "    while np.ndim(G) > len(shape):\n"
USES = "One value stands in several places: how do the gradients of its uses become one?"
ENDS = "Shapes are compared from the right: on which side of G's shape are the axes that were added?"
KEEPS = (
    "The result has the shape (7, 1), not (7,), if that was the shape before. Which argument of sum leaves the axis?"
)


def whole(body):
    """A file of its own."""
    return code(f"import numpy as np\n\n\ndef unbroadcast(G, shape):\n{body}")


LOCATES = {
    "dJ/db": "each entry of dJ/db is the sum of all entries of G where it was used. So every entry of G is in exactly "
    "one sum, and dJ/db adds up to what G adds up to",
}

MISTAKES = [
    Mistake("mean", edit(".sum(", ".mean("), "the gradients of the uses are averaged and not added up", USES),
    Mistake("mean over new axes", edit(LEADING, LEADING.replace("sum", "mean")), "the average is taken over the axes "
            "that were put in front, where the gradients of the uses add up", USES, is_factor=True),
    Mistake("mean over stretched axes", edit(STRETCHED, STRETCHED.replace("sum", "mean")), "the average is taken over "
            "the axes that were stretched, where the gradients of the uses add up", USES, is_factor=True),
    Mistake("cut to size", whole("    return np.resize(G, shape)\n"), "the first numbers of G are taken, as many as "
            "fit into the shape, and the others are left out", USES),
    Mistake("first use only", edit(LEADING, "        G = G[0]\n", STRETCHED, "            G = G.take([0], "
            "axis=axis)\n"), "only the first of the uses counts", USES),
    Mistake("last use only", edit(LEADING, "        G = G[-1]\n", STRETCHED, "            G = G.take([-1], "
            "axis=axis)\n"), "only the last of the uses counts: each one overwrites what was there before, as = does "
            "in the place of +=", USES),
    Mistake("largest use", edit(".sum(", ".max("), "the largest of the gradients is taken and not their sum", USES),
    Mistake("trailing axes", edit(LEADING, "        G = G.sum(axis=-1)\n"), "the axes at the end are summed, and the "
            "new ones at the front are left", ENDS, is_factor=True),
    Mistake("new axes left", edit(WHILE + LEADING, ""), "the axes that were put in front are not summed over: only "
            "those of size 1 are", "For the shape (3,) and a G of shape (7, 3): which axis does b not have?"),
    Mistake("only one new axis", edit("    while", "    if"), "only one of the new axes is summed over, however many "
            "there are", "A number, shape (), used as (7, 3): how many axes are new?", is_factor=True),
    Mistake("stretched axes left", edit("        if n == 1:\n" + STRETCHED, "        pass\n"), "axes of size 1 are "
            "left as they were stretched: only the new ones in front are summed over (or G's sizes are asked whether "
            "they are 1, and not those of the shape)", "Which axis of (7, 1) was repeated to give (7, 3)?"),
    Mistake("only the first stretched axis", edit(STRETCHED, STRETCHED + "            break\n"), "only the first axis "
            "of size 1 is summed over, and the loop ends there", "How many axes of (5, 1, 1) were stretched?", is_factor
            =True),
    Mistake("only the last axis stretched", edit("        if n == 1:", "        if n == 1 and axis == len(shape) - 1:"),
            "an axis of size 1 is summed over only where it is the last", "Can a row, (1, 3), be stretched as well?",
            is_factor=True),
    Mistake("only the first axis stretched", edit("        if n == 1:", "        if n == 1 and axis == 0:"),
            "an axis of size 1 is summed over only where it is the first", "Can a column, (7, 1), be stretched as "
            "well?", is_factor=True),
    Mistake("keepdims missing", edit("    for axis, n in enumerate(shape):\n        if n == 1:\n" + STRETCHED,
            "    G = G.sum(axis=tuple(k for k, n in enumerate(shape) if n == 1))\n"), "the axes of size 1 are summed "
            "over and vanish: keepdims is missing", KEEPS),
    Mistake("axes vanish in the loop", edit(", keepdims=True", ""), "an axis vanishes each time that is summed over, "
            "so that the numbers of those behind it move while the loop still counts as before", KEEPS),
    Mistake("new axes kept", whole("    for axis in range(G.ndim - len(shape)):\n        G = G.sum(axis=axis, "
            "keepdims=True)\n    for axis, n in enumerate(shape):\n        if n == 1:\n            axis += G.ndim - "
            "len(shape)\n            G = G.sum(axis=axis, keepdims=True)\n    return G\n"), "the new axes are summed "
            "over but stay, with size 1", "How many axes has (3,), and how many has (1, 3)?"),
    Mistake("counted from the left", whole("    for axis, n in enumerate(shape):\n        if n == 1:\n            G = "
            "G.sum(axis=axis, keepdims=True)\n    while np.ndim(G) > len(shape):\n        G = G.sum(axis=0)\n    "
            "return G\n"), "the axes of size 1 are summed over while the new ones still stand in front, so that axis 0 "
            "of the shape is not axis 0 of G", ENDS),
    Mistake("everything summed", whole("    return G.sum()\n"), "everything in G is added up to one number",
            "Which entries of G belong to the first entry of b, and which to the second?"),
    Mistake("everything summed and spread", whole("    return np.full(shape, G.sum())\n"), "all of G is added up, and "
            "the sum is put everywhere", "Which entries of G belong to the first entry of b, and which to the second?"),
    Mistake("always axis 0", whole("    return G.sum(axis=0)\n"), "axis 0 is summed over once, whatever the shape is",
            "What was repeated when (7, 1) was used as (7, 3)?"),
    Mistake("axis 0 kept", whole("    return G.sum(axis=0, keepdims=len(shape) == G.ndim)\n"), "axis 0 is summed over "
            "once, whatever the shape is, and kept where the shape has as many axes as G", "What was repeated when (7, "
            "1) was used as (7, 3)?"),
    Mistake("spread again", edit("    return G", "    return np.zeros(large) + G", "    while", "    large = G.shape\n "
            "   while"), "the sums are right, but are spread over the large shape again", "Which shape has the "
            "gradient of b, if b has the shape (3,)?"),
    Mistake("uses counted", edit("    while", "    G = np.ones(G.shape)\n    while"), "the uses are counted, with ones "
            "in the place of G", "What reaches each use from above?", is_factor=True),
    Mistake("wrong sign", edit("    return G", "    return -G"), "a sign is turned", USES, is_factor=True),
    Mistake("not taken back", whole("    return G\n"), "G is returned as it came", "Which shape must the answer have?"),
    Mistake("reshaped", whole("    return G.reshape(shape)\n"), "G is reshaped, and nothing is added up", USES),
]  # fmt: skip

VARIANTS = [
    Variant("all axes in one sum", whole(
        "    new = G.ndim - len(shape)\n"
        "    axes = (*range(new), *(new + k for k, n in enumerate(shape) if n == 1))\n"
        "    return G.sum(axis=axes).reshape(shape)\n")),
    Variant("where the sizes differ", edit("if n == 1:", "if G.shape[axis] != n:")),
    Variant("a loop over all entries", whole(
        "    total = np.zeros(shape)\n"
        "    for place in np.ndindex(G.shape):\n"
        "        tail = place[G.ndim - len(shape):]\n"
        "        total[tuple(0 if n == 1 else i for i, n in zip(tail, shape))] += G[place]\n"
        "    return total\n")),
    Variant("backwards", edit("    while np.ndim(G) > len(shape):\n        G = G.sum(axis=0)\n",
            "    for _ in range(G.ndim - len(shape)):\n        G = np.add.reduce(G[::-1], axis=0)\n")),
]  # fmt: skip
