"""PyTorch with its modules, losses and optimizers: eager, with fused optimizers, and compiled."""

import os
import shutil

import torch
from tasks import BETA_1, BETA_2, EPSILON, Unavailable

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))


def parts(task, **settings):
    """The network, the loss on logits, the optimizer, and the data."""
    X, y, weights = task.start()
    layers = []
    for W, b in zip(weights[::2], weights[1::2], strict=True):
        linear = torch.nn.Linear(*W.shape, dtype=getattr(torch, task.dtype))
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W.T.copy()))
            linear.bias.copy_(torch.from_numpy(b))
        layers += [linear, torch.nn.Sigmoid() if task.hidden == "sigmoid" else torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1])
    loss = torch.nn.BCEWithLogitsLoss() if task.classes == 2 else torch.nn.CrossEntropyLoss()
    if task.rule == "adam":
        settings |= {"betas": (BETA_1, BETA_2), "eps": EPSILON}
    make = torch.optim.SGD if task.rule == "sgd" else torch.optim.Adam
    optimizer = make(net.parameters(), lr=task.rate, **settings)
    return net, loss, optimizer, torch.from_numpy(X), torch.from_numpy(y)


def eager(task, **settings):
    """As the tutorials have it."""
    net, loss, optimizer, X, y = parts(task, **settings)

    def step():
        optimizer.zero_grad()
        cost = loss(net(X), y)
        cost.backward()
        optimizer.step()
        return cost.item()

    return step


def fused(task):
    """One kernel for the whole update."""
    return eager(task, fused=True)


def check_compiler():
    """torch.compile writes C++."""
    if not shutil.which(os.environ.get("CXX", "g++")):
        raise Unavailable("torch.compile needs a C++ compiler")


def compiled(task):
    """torch.compile of the cost, whose backward it compiles with it, and of the update."""
    check_compiler()
    net, loss, optimizer, X, y = parts(task)
    cost_of = torch.compile(lambda X, y: loss(net(X), y))
    update = torch.compile(optimizer.step)

    def step():
        optimizer.zero_grad()
        cost = cost_of(X, y)
        cost.backward()
        update()
        return cost.item()

    return step


def whole(task):
    """torch.compile of the whole step, written as a function of the weights and with Adam by hand, as one does for JAX.

    Modules and optimizers check much at each step, compiled or not; here they are gone.
    """
    check_compiler()
    net, loss, _, X, y = parts(task)
    weights = {name: w.detach() for name, w in net.named_parameters()}
    M, V = ({name: torch.zeros_like(w) for name, w in weights.items()} for _ in range(2))
    cost_of = torch.func.grad_and_value(lambda weights, X, y: loss(torch.func.functional_call(net, weights, (X,)), y))
    alpha, powers = torch.tensor(task.rate, dtype=X.dtype), [1.0, 1.0]

    @torch.compile(fullgraph=True)
    @torch.no_grad()
    def compiled_step(weights, M, V, alpha, X, y):
        gradients, cost = cost_of(weights, X, y)
        for name, w in weights.items():
            g, m, v = gradients[name], M[name], V[name]
            if task.rule == "adam":
                m.mul_(BETA_1).add_(g, alpha=1 - BETA_1)
                v.mul_(BETA_2).addcmul_(g, g, value=1 - BETA_2)
                g = m / (v.sqrt() + EPSILON)
            w.sub_(alpha * g)
        return cost

    def step():
        if task.rule == "adam":
            powers[:] = powers[0] * BETA_1, powers[1] * BETA_2
            alpha.fill_(task.rate * (1 - powers[1]) ** 0.5 / (1 - powers[0]))
        return compiled_step(weights, M, V, alpha, X, y).item()

    return step
