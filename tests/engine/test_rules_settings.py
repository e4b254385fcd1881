"""Every setting of every function with a rule (``axis=``, ``keepdims=`` …) is tried by some row of the table."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

import autograd_lite as ag
from autograd_lite.engine.rules.creating import FROM_PLAIN_NUMBERS
from autograd_lite.engine.rules.guard import nothing_where_nothing, unless_nothing
from autograd_lite.engine.rules.table import COMPOSITES, METHODS, RULES, WITH_SETTINGS, full_name

from .rule_cases import CASES, DIFFERENTIABLE
from .rule_checks import operands_of, parts

Used = dict[Any, set[str]]


def optional(written: Callable[..., Any]) -> dict[str, Any]:
    """The parameters of a function that may be left out, with their defaults."""
    return {name: p.default for name, p in inspect.signature(written).parameters.items() if p.default is not p.empty}


LAYOUT = {"out", "like", "device", "subok", "copy", "casting", "order"}
"""Settings of functions that are written with others which say where and how a result lies, not what it is."""

UNTRIED: dict[Callable[..., Any], dict[str, str]] = {
    nothing_where_nothing: {"slope_of": "changes no number: it tells programs where they need no look"},
    unless_nothing: {"slope_of": "changes no number: it tells programs where they need no look"},
    **{f: dict.fromkeys(optional(COMPOSITES[f]), "what it makes depends on no Value") for f in FROM_PLAIN_NUMBERS},
}
"""Other settings without a row, each with the reason."""


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


def test_every_setting_is_used_by_a_row(settings_used: Used) -> None:
    untried = []

    def look(func: Callable[..., Any], names: Any, used: set[str]) -> None:
        untried.extend(f"{full_name(func)}({n}=)" for n in names if n not in used and n not in UNTRIED.get(func, ()))

    for func in DIFFERENTIABLE:
        look(func, set(RULES[func].keywords) - (LAYOUT - {"order"}), settings_used[func])
    for func, noting in [*COMPOSITES.items(), *((written, written) for written in METHODS.values())]:
        written = noting.__wrapped__  # type: ignore[attr-defined]
        look(func, optional(written).keys() - LAYOUT, settings_used[written])
    for func, (names, noting) in WITH_SETTINGS.items():
        look(func, set(names) - LAYOUT, settings_used[noting.__wrapped__])  # type: ignore[attr-defined]
    assert not untried, f"add a row to tests/engine/rule_cases that uses each of {untried}"


def test_what_is_excepted_exists() -> None:
    for func, reasons in UNTRIED.items():
        names = RULES[func].keywords if func in RULES else optional(COMPOSITES[func])
        assert set(reasons) <= set(names)
