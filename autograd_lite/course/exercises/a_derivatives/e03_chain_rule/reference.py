def backprop_by_hand(c, k, w):
    a = c + k * w
    J = a**2

    dJ_da = 2 * a
    da_dw = k
    dJ_dw = dJ_da * da_dw
    return a, J, dJ_da, da_dw, dJ_dw


def neuron_by_hand(w, b, x, y):
    p = w * x
    z = p + b
    e = z - y
    J = e**2 / 2

    dJ_de = e
    dJ_dz = dJ_de
    dJ_db = dJ_dz
    dJ_dp = dJ_dz
    dJ_dw = dJ_dp * x
    return J, dJ_de, dJ_db, dJ_dw
