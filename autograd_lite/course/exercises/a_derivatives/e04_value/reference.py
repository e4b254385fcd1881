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
        other = as_value(other)
        return Value(self.data + other.data, (self, other), "+")

    def __mul__(self, other):  # self * other
        other = as_value(other)
        return Value(self.data * other.data, (self, other), "*")

    def __sub__(self, other):  # self - other
        other = as_value(other)
        return Value(self.data - other.data, (self, other), "-")

    def __truediv__(self, other):  # self / other
        other = as_value(other)
        return Value(self.data / other.data, (self, other), "/")

    def __neg__(self):  # -self
        return Value(-self.data, (self,), "neg")

    def __radd__(self, other):  # other + self, with a number on the left
        return as_value(other) + self

    def __rmul__(self, other):  # other * self
        return as_value(other) * self

    def __rsub__(self, other):  # other - self
        return as_value(other) - self

    def __rtruediv__(self, other):  # other / self
        return as_value(other) / self
