def derivative(f, x, h):
    rise = f(x + h) - f(x - h)
    return rise / (2 * h)
