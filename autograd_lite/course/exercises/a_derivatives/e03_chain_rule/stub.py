def backprop_by_hand(c, k, w):
    # TODO: forwards, then backwards
    a = None
    J = None
    dJ_da = None
    da_dw = None
    dJ_dw = None
    return a, J, dJ_da, da_dw, dJ_dw


def neuron_by_hand(w, b, x, y):
    # TODO: p, z, e and J; then the slopes, from J back to w
    J = None
    dJ_de = None
    dJ_db = None
    dJ_dw = None
    return J, dJ_de, dJ_db, dJ_dw
