"""Every setting of every function with a rule (``axis=``, ``keepdims=`` …) is tried by some row of the table."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

import autograd_lite as ag
from autograd_lite.engine.rules.guard import nothing_where_nothing, unless_nothing
from autograd_lite.engine.rules.table import COMPOSITES, METHODS, RULES, WITH_SETTINGS, full_name

from .rule_cases import CASES, DIFFERENTIABLE
from .rule_checks import operands_of, parts

Used = dict[Any, set[str]]

UNTRIED: dict[Callable[..., Any], dict[str, str]] = {
    nothing_where_nothing: {"slope_of": "changes no number: it tells programs where they need no look"},
    unless_nothing: {"slope_of": "changes no number: it tells programs where they need no look"},
}
"""Settings without a row, each with the reason."""


def optional(written: Callable[..., Any]) -> dict[str, Any]:
    """The parameters of a function that may be left out, with their defaults."""
    return {name: p.default for name, p in inspect.signature(written).parameters.items() if p.default is not p.empty}


def watched(written: Callable[..., Any], used: set[str]) -> Callable[..., Any]:
    """The same function, which notes the settings that it's given."""
    signature, defaults = inspect.signature(written), optional(written)

    @wraps(written)
    def noting(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs).arguments
        used.update(name for name in given if name in defaults and given[name] is not defaults[name])
        used.update(
            name for p in signature.parameters.values() if p.kind is p.VAR_KEYWORD for name in given.get(p.name, ())
        )
        return written(*args, **kwargs)

    return noting


@pytest.fixture
def settings_used(own_rules: None) -> Used:
    """Every setting that some row uses: of functions with rules, and of those that are written with others."""
    used: Used = defaultdict(set)
    for func, written in COMPOSITES.items():
        COMPOSITES[func] = watched(written, used[written])
    for func, (names, written) in WITH_SETTINGS.items():
        WITH_SETTINGS[func] = (names, watched(written, used[written]))
    for name, written in METHODS.items():
        METHODS[name] = watched(written, used[written])
    for case in CASES:
        for part in parts(case.call(*map(ag.Value, operands_of(case, seed=0)))):
            for v in ag.reachable(part) if isinstance(part, ag.Value) else ():
                if v.op:
                    used[v.op.func].update(name for name, given in v.op.settings.items() if given is not None)
    return used


def missing(names: Any, used: set[str], func: Callable[..., Any]) -> list[str]:
    return [f"{full_name(func)}({name}=)" for name in names if name not in used and name not in UNTRIED.get(func, ())]


def test_every_setting_is_used_by_a_row(settings_used: Used) -> None:
    untried = [one for f in DIFFERENTIABLE for one in missing(RULES[f].keywords, settings_used[f], f)]
    for func, noting in COMPOSITES.items():
        written = noting.__wrapped__  # type: ignore[attr-defined]
        names = [name for name in optional(written) if name != "out"]
        untried += missing(names, settings_used[written], func)
    for func, (names, noting) in WITH_SETTINGS.items():
        untried += missing(names, settings_used[noting.__wrapped__], func)  # type: ignore[attr-defined]
    for name, noting in METHODS.items():
        written = noting.__wrapped__  # type: ignore[attr-defined]
        names = [name for name in optional(written) if name != "out"]
        untried += [f"ufunc.{name}({n}=)" for n in names if n not in settings_used[written]]
    assert not untried, f"add a row to tests/engine/rule_cases that uses each of {untried}"


def test_what_is_excepted_exists() -> None:
    for func, reasons in UNTRIED.items():
        names = RULES[func].keywords if func in RULES else optional(COMPOSITES[func])
        assert set(reasons) <= set(names)
