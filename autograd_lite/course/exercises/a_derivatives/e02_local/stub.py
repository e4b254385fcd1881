import math


def local(op, a, b):
    da, db = None, None
    if op == "+":
        da, db = None, None  # TODO: by how much does a + b change with a, with b?
    elif op == "-":
        da, db = None, None  # TODO
    elif op == "*":
        da, db = None, None  # TODO
    elif op == "/":
        da, db = None, None  # TODO
    elif op == "**":
        da, db = None, None  # TODO
    elif op == "exp":
        da, db = None, None  # TODO: math.exp
    elif op == "log":
        da, db = None, None  # TODO: math.log
    elif op == "tanh":
        da, db = None, None  # TODO: math.tanh
    elif op == "relu":
        da, db = None, None  # TODO
    return da, db
