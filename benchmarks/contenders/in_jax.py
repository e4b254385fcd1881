"""JAX: the whole step under ``jit``, one at a call, or a hundred in a ``lax.scan``."""

import os

if os.environ.get("OMP_NUM_THREADS") == "1":
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import jax
import jax.numpy as jnp
from tasks import BETA_1, BETA_2, EPSILON

jax.config.update("jax_platforms", "cpu")
CHUNK = 100


def cost_of(task):
    """The cost of weights on data, from the logits."""
    hidden = jax.nn.sigmoid if task.hidden == "sigmoid" else jax.nn.relu

    def cost(weights, X, y):
        A = X
        for W, b in zip(weights[:-2:2], weights[1:-2:2], strict=True):
            A = hidden(A @ W + b)
        z = A @ weights[-2] + weights[-1]
        if task.classes == 2:
            return jnp.mean(jax.nn.softplus(z) - y * z)
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1))

    return cost


def step_of(task):
    """(state, X, y) -> (state, cost), a pure function; the state is the weights, both means and t."""
    value_and_grad, rate = jax.value_and_grad(cost_of(task)), task.rate

    def step(state, X, y):
        weights, m, v, t = state
        cost, g = value_and_grad(weights, X, y)
        if task.rule == "sgd":
            return (jax.tree.map(lambda w, g: w - rate * g, weights, g), m, v, t), cost
        t += 1
        m = jax.tree.map(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, m, g)
        v = jax.tree.map(lambda v, g: BETA_2 * v + (1 - BETA_2) * g * g, v, g)
        alpha = rate * jnp.sqrt(1 - BETA_2**t) / (1 - BETA_1**t)
        weights = jax.tree.map(lambda w, m, v: w - alpha * m / (jnp.sqrt(v) + EPSILON), weights, m, v)
        return (weights, m, v, t), cost

    return step


def begun(task):
    """The first state and the data, as JAX' arrays."""
    jax.config.update("jax_enable_x64", task.dtype == "float64")
    X, y, weights = task.start()
    weights = list(map(jnp.asarray, weights))
    zeros = [jnp.zeros_like(w) for w in weights], [jnp.zeros_like(w) for w in weights]
    return (weights, *zeros, jnp.zeros((), task.dtype)), jnp.asarray(X), jnp.asarray(y)


def jitted(task):
    """One step at a call; the old weights' memory is given away for the new ones."""
    state, X, y = begun(task)
    step = jax.jit(step_of(task), donate_argnums=0)

    def run():
        nonlocal state
        state, cost = step(state, X, y)
        return float(cost)

    return run


def scanned(task):
    """Many steps at a call: Python is out of the loop, as it can only be where the data are known before."""
    state, X, y = begun(task)
    step = step_of(task)
    many = jax.jit(lambda state, X, y: jax.lax.scan(lambda s, _: step(s, X, y), state, length=CHUNK))

    def run():
        nonlocal state
        state, costs = many(state, X, y)
        return jax.device_get(costs)

    return run
