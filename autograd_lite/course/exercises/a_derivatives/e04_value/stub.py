def as_value(x):
    """A Value stays one; a number becomes one."""
    return x if isinstance(x, Value) else Value(x)


class Value:
    """A number that remembers how it was computed."""

    def __init__(self, data, parents=(), op=""):
        self.data = data
        self.parents = parents
        self.op = op

    def __repr__(self):
        return f"Value({self.data:g})"

    def __add__(self, other):  # self + other
        # TODO: a new Value
        return None

    def __mul__(self, other):  # self * other
        # TODO
        return None

    def __sub__(self, other):  # self - other
        # TODO
        return None

    def __truediv__(self, other):  # self / other
        # TODO
        return None

    def __neg__(self):  # -self
        # TODO
        return None

    def __radd__(self, other):  # other + self, with a number on the left
        # TODO
        return None

    def __rmul__(self, other):  # other * self
        # TODO
        return None

    def __rsub__(self, other):  # other - self
        # TODO
        return None

    def __rtruediv__(self, other):  # other / self
        # TODO
        return None
