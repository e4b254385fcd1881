import math


def local(op, a, b):
    da, db = None, None
    if op == "+":
        da, db = 1.0, 1.0
    elif op == "-":
        da, db = 1.0, -1.0
    elif op == "*":
        da, db = b, a
    elif op == "/":
        da, db = 1 / b, -a / b**2
    elif op == "**":
        da, db = b * a ** (b - 1), a**b * math.log(a)
    elif op == "exp":
        da, db = math.exp(a), 0.0
    elif op == "log":
        da, db = 1 / a, 0.0
    elif op == "tanh":
        da, db = 1 - math.tanh(a) ** 2, 0.0
    elif op == "relu":
        da, db = (1.0 if a > 0 else 0.0), 0.0
    return da, db
