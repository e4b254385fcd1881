"""Twelve trainings to diagnose and to repair; the check trains them again."""

import re
from pathlib import Path

import numpy as np

from autograd_lite.course.authoring import AnswerFailed, Finding, Mistake, Script, Variant, edit
from autograd_lite.datasets import digits, train_test_split

COUNT = 12
DEFINES = ("causes", *(f"run_{k}" for k in range(1, COUNT + 1)))
AFTER = (27,)
SECONDS = 20
SEEDS = 1
EPOCHS = 60
"""As many as a repair with a learning rate of 0.1 needs."""

CAUSES = {
    "run 1": "learning rate too small", "run 2": "every output against every label", "run 3": "weights begin at zero",
    "run 4": "healthy", "run 5": "labels by chance", "run 6": "learning rate too large", "run 7": "X shuffled without "
    "y",
    "run 8": "dead units", "run 9": "gradients never zeroed", "run 10": "weights begin too large",
    "run 11": "no hidden activation", "run 12": "gradient ascent",
}  # fmt: skip

SIGNS = {
    "learning rate too small": "the loss would hardly move, and step / gradient would be tiny",
    "learning rate too large": "step / gradient would be far above 1 from the first epoch on, and the loss would jump",
    "every output against every label": "the best that the network could do is to say the same for all images: the "
    "loss would "
                                        "stay at 0.69 or above, and std of f would shrink to 0",
    "X shuffled without y": "the labels would be others in each epoch: nothing could be learnt, not even by heart",
    "labels by chance": "the labels would stay the same in all epochs: the loss would creep below 0.69 as they are "
    "learnt by heart, "
                        "std of f would grow, and new images would be right by chance alone",
    "weights begin at zero": "all units of a layer would stay equal: W₁ would have the rank 1",
    "weights begin too large": "nearly all units would be idle in the first epoch already, at a usual learning rate",
    "dead units": "all hidden units would be idle, and every image would get one and the same output",
    "gradients never zeroed": "step / gradient would grow from epoch to epoch",
    "no hidden activation": "the bend would be 0: three linear layers are one",
    "gradient ascent": "the loss would rise from the beginning, with steps of a usual length",
    "healthy": "the loss would fall to almost 0 and stay there, W₁ would have the rank 25, few units would be idle, "
    "the steps would "
               "keep their length, and there would be a bend",
    "overfitting": "the training images would be right and clearly fewer of the new ones",
    "too few units": "the loss would fall and then stay well above 0, with everything else in order",
}  # fmt: skip


def probes(rng):
    yield Script("", "'begun' if any(causes.values()) else 'not begun'", says="causes are named", parts=("causes",))


LOCATES = {"causes": "The names come first: write for at least one run a word of CAUSES into the dict causes."}


def source_of(name):
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def run_in(source, k):
    """The function run_k in a source."""
    return re.search(rf"^def run_{k}\(.*?^    return log\.all\(\)\n", source, re.MULTILINE | re.DOTALL)[0]


BROKEN, REPAIRED = source_of("stub.py"), source_of("reference.py")
ILL = [k for k in range(1, COUNT + 1) if CAUSES[f"run {k}"] != "healthy"]

CONFUSED = {
    1: "weights begin at zero", 2: "X shuffled without y", 3: "healthy", 4: "overfitting", 5: "overfitting",
        6: "gradient ascent",
    7: "labels by chance", 8: "learning rate too small", 9: "learning rate too large", 10: "dead units", 11: "too few "
        "units",
    12: "gradients never zeroed",
}  # fmt: skip
"""What each run is most easily taken for; that of others is said in the same way, without a name."""

MISTAKES = [
    *(Mistake(f"run {k}: not repaired", edit(run_in(REPAIRED, k), run_in(BROKEN, k)), "the wrong line is still there, "
        "or another one "
              "was changed", f"Compare run_{k} line by line with a run that works.") for k in ILL),
    *(Mistake(f"run {k}: {cause}", edit(f'"run {k}": "{CAUSES[f"run {k}"]}"', f'"run {k}": "{cause}"'), f"{cause!r} "
        f"is taken for what "
              f"run {k} shows: then {SIGNS[cause]}", f"Which numbers of run {k} do not fit to that?")
      for k, cause in CONFUSED.items()),
    Mistake("run 4: made ill", edit(run_in(REPAIRED, 4), run_in(REPAIRED, 4).replace("net.step(1.0)",
            "net.step(-1.0)")), "a line was changed that was right", "Put run_4 back as it was."),
]  # fmt: skip

VARIANTS = [
    Variant("other repairs", edit(
        run_in(REPAIRED, 1), run_in(REPAIRED, 1).replace("net.step(1.0)", "net.step(0.5)"),
        run_in(REPAIRED, 2), run_in(REPAIRED, 2).replace("y.reshape(-1, 1)", "y[:, None]"),
        run_in(REPAIRED, 9), run_in(REPAIRED, 9).replace("            net.zero_grad()\n", "").replace("            "
            "log.batch(f, yb)\n",
                                                         "            log.batch(f, yb)\n            net.zero_grad()\n"),
        run_in(REPAIRED, 12), run_in(REPAIRED, 12).replace("f - yb", "-(yb - f)"),
    )),
]  # fmt: skip


# ------------------------------------------------------------------------------- the judge


def judge(ask, rng):
    X, y = digits(classes=(0, 1))
    X, X_test, y, y_test = train_test_split(X, y.astype(float), test_size=72, seed=0)
    causes = ask(Script("", "dict(causes)"))
    named = {name: causes.get(name) == cause for name, cause in CAUSES.items()}
    seed, seen = int(rng.integers(1_000_000)), {}
    for k in range(1, COUNT + 1):
        run = f"run_{k}(X, y, np.random.default_rng(seed), {EPOCHS})"
        try:
            log = ask(Script("import numpy as np", run, X=X, y=y, seed=seed))
            seen[f"run {k}"] = still_wrong(log, X_test, y_test)
        except AnswerFailed as problem:
            seen[f"run {k}"] = f"it stops: {problem}"
    evidence = (
        f"causes named rightly:  {listed(named)}",
        f"healthy now:  {listed({name: not problem for name, problem in seen.items()})}",
    )
    for name, cause in CAUSES.items():
        yield cause_of(name, causes.get(name), cause, seen[name], evidence)
        yield repair_of(name, cause, named[name], seen[name], evidence)


def listed(right):
    return ", ".join(name.removeprefix("run ") for name, good in right.items() if good) or "none"


def cause_of(name, given, right, problem, evidence):
    check = f"{name}: its cause"
    if given == right:
        return Finding(True, check)
    if given is None:
        says = f"{name.capitalize()} has no cause yet{'' if problem else ', though it is healthy now'}."
        return Finding(False, check, says, "Which column of the table is unusual?", evidence=evidence)
    if given not in SIGNS:
        says = f"{given!r} is not in the list CAUSES."
        return Finding(False, check, says, "Copy a word of the list.", evidence=evidence)
    repaired = "" if problem or right == "healthy" else f" The code of {name} is repaired: what did you change in it?"
    says = f"The cause of {name} is not {given!r}.{repaired}"
    look = f"With it, {SIGNS[given]}. Is that what {name} shows?"
    return Finding(False, check, says, look, f"{name}: {given}", evidence)


def repair_of(name, cause, is_named, problem, evidence):
    check = f"{name}: {'left healthy' if cause == 'healthy' else 'repaired'}"
    if not problem:
        return Finding(True, check)
    if cause == "healthy":
        return Finding(False, check, f"{name.capitalize()} was healthy, and now {problem}.", "Put it back as it was.",
                       f"{name}: made ill", evidence)  # fmt: skip
    named = f"The cause of {name} is named rightly, but it is not repaired"
    first = named if is_named else f"{name.capitalize()} is not repaired"
    look = f"Which line of {name.replace(' ', '_')} does that?"
    return Finding(False, check, f"{first}: {problem}.", look, f"{name}: not repaired" if is_named else "", evidence)


def still_wrong(log, X_test, y_test):
    """What is wrong with a training; empty if it is healthy."""
    if not isinstance(log, dict) or not {"loss", "idle", "steps", "W", "b", "hidden"} <= set(log):
        return "it does not return log.all()"
    loss, idle, steps = (np.asarray(log[name], float) for name in ("loss", "idle", "steps"))
    if not (np.all(np.isfinite(loss)) and all(np.all(np.isfinite(p)) for p in (*log["W"], *log["b"]))):
        return "its numbers are not finite in the end"
    if loss[-1] > 0.1:
        return f"its loss is {loss[-1]:.3g} after {len(loss)} epochs"
    right = float(np.mean((logits(log, X_test) >= 0) == y_test))
    if right < 0.97:
        return f"it decides {right:.0%} of the new images rightly"
    if (rank := int(np.linalg.matrix_rank(log["W"][0]))) < 25:
        return f"the rank of W₁ is {rank}"
    if idle[0] > 0.8:
        return f"{idle[0]:.0%} of the hidden units are idle in the first epoch"
    if np.max(steps) > 3 * np.min(steps):
        return f"step / gradient goes from {steps[0]:.3g} to {steps[-1]:.3g}"
    return "the bend is 0" if bend(log, X_test) < 0.01 else ""


def logits(log, X):
    A = X
    for W, b in zip(log["W"][:-1], log["b"][:-1], strict=True):
        Z = A @ W + b
        A = {"sigmoid": 0.5 * (1 + np.tanh(0.5 * Z)), "relu": np.maximum(Z, 0), "none": Z}[log["hidden"]]
    return (A @ log["W"][-1] + log["b"][-1])[:, 0]


def bend(log, X):
    """How far the logit is from linear: at the middle of two images, beside the mean of both."""
    first, second = logits(log, X[::2]), logits(log, X[1::2])
    middle = logits(log, (X[::2] + X[1::2]) / 2)
    return float(np.max(np.abs(middle - (first + second) / 2)) / np.std(np.concatenate([first, second])))
