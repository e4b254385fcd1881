"""What the tests of layouts share: plans, and what can be said of where they were put."""

import random

import pytest

from autograd_lite.drawing.layout import ENGINES, Box, Edge, Frame, Plan, available

every_engine = pytest.mark.parametrize(
    "engine",
    [
        pytest.param(
            engine, marks=pytest.mark.skipif(engine not in available(), reason=f"{engine} is not installed"), id=engine
        )
        for engine in ENGINES
    ],
)
needs_pygraphviz = pytest.mark.skipif("pygraphviz" not in available(), reason="pygraphviz is not installed")
needs_dot = pytest.mark.skipif("dot" not in available(), reason="the program dot is not installed")

CARD = Box(150.0, 84.0)


def neuron(direction="LR"):
    """σ(w·x + b) in a frame, and its cost: w, x, m, b, z, p, y, L."""
    edges = (Edge(0, 2), Edge(1, 2), Edge(2, 4, True), Edge(3, 4), Edge(4, 5, True), Edge(5, 7, True), Edge(6, 7))
    return Plan((CARD,) * 8, edges, (Frame((0, 2, 3, 4, 5), 22.0, 150.0),), direction, 117.0)


def network(layers=4, direction="LR"):
    """A network by layers: an input, and in each frame W, b, W @ x, the sum, the activation."""
    boxes, edges, frames, last = [CARD], [], [], 0
    for _ in range(layers):
        W, b, product, total, out = range(len(boxes), len(boxes) + 5)
        boxes += [Box(150.0, 130.0), CARD, Box(170.0, 130.0), Box(150.0, 130.0), Box(150.0, 130.0)]
        edges += [Edge(last, product, True), Edge(W, product), Edge(product, total, True), Edge(b, total)]
        edges.append(Edge(total, out, True))
        frames.append(Frame((W, b, product, total, out)))
        last = out
    return Plan(tuple(boxes), tuple(edges), tuple(frames), direction)


def chain(length):
    return Plan((CARD,) * length, tuple(Edge(k, k + 1) for k in range(length - 1)))


def a_graph(seed, boxes=24, framed=True, direction=None):
    """Like a computation graph: leaves, and operations on one or two boxes before them, mostly just before."""
    rng = random.Random(seed)
    sizes = tuple(rng.choice([CARD, CARD, Box(60.0, 40.0), Box(170.5, 133.25)]) for _ in range(boxes))
    edges = []
    for head in range(1, boxes):
        if rng.random() < 0.75:
            for _ in range(rng.choice([1, 2, 2, 3])):
                edges.append(Edge(max(0, head - 1 - int(rng.expovariate(0.3))), head, rng.random() < 0.2))
    frames = []
    cuts = sorted(rng.sample(range(1, boxes), 4)) if boxes > 8 and framed else []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        members = tuple(box for box in range(start, end) if rng.random() < 0.85)
        if members:
            frames.append(Frame(members, 22.0, rng.choice([0.0, 200.0])))
    direction = direction or rng.choice(["LR", "TB", "RL", "BT"])
    return Plan(sizes, tuple(edges), tuple(frames), direction, rng.choice([40.0, 117.0]), rng.choice([12.0, 24.0]))


def huge(boxes=5000, seed=0):
    """More than any layout does in a second."""
    rng = random.Random(seed)
    edges = [Edge(rng.randrange(max(0, head - 300), head), head) for head in range(1, boxes) for _ in range(2)]
    return Plan((Box(60.0, 30.0),) * boxes, tuple(edges))


# ------------------------------------------------------------------ what can be said of places


def sides(box):
    return box.x, box.y, box.x + box.width, box.y + box.height


def overlap(one, two, by=0.5):
    a, b, c, d = sides(one)
    e, f, g, h = sides(two)
    return min(c, g) - max(a, e) > by and min(d, h) - max(b, f) > by


def inside(inner, outer, by=0.5):
    a, b, c, d = sides(inner)
    e, f, g, h = sides(outer)
    return a >= e - by and b >= f - by and c <= g + by and d <= h + by


def on_border(point, box, by=0.01):
    (x, y), (a, b, c, d) = point, sides(box)
    near = min(abs(x - a), abs(x - c), abs(y - b), abs(y - d)) <= by
    return near and a - by <= x <= c + by and b - by <= y <= d + by


def samples(curve, steps=12):
    """Points on a curve."""
    for start in range(0, len(curve) - 1, 3):
        a, b, c, d = curve[start : start + 4]
        for step in range(steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
            points = zip(a, b, c, d, strict=True)
            yield tuple(sum(w * p for w, p in zip(weights, point, strict=True)) for point in points)


def runs_through(points, box, by=1.0):
    """Whether one of the points, samples of a curve, lies within a box."""
    a, b, c, d = box.x + by, box.y + by, box.x + box.width - by, box.y + box.height - by
    return any(a < x < c and b < y < d for x, y in points)


def passes(plan, found):
    """How many arrows run through a box that is neither their tail nor their head."""
    return sum(
        runs_through(points, box)
        for edge, points in zip(plan.edges, (list(samples(curve)) for curve in found.edges), strict=True)
        for number, box in enumerate(found.boxes)
        if number not in (edge.tail, edge.head)
    )
