"""What every test shares: hypothesis without chance, and a table of rules that is put back."""

import copy
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import COMPOSITES, RULES, Operation

settings.register_profile(
    "autograd_lite",
    derandomize=True,  # the same examples in every run
    deadline=None,  # a busy machine is no error
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
settings.load_profile("autograd_lite")


@pytest.fixture
def own_rules() -> Iterator[None]:
    """Rules that the test registers or replaces are as before after it."""
    import autograd_lite.engine.customizing
    import autograd_lite.engine.variables  # noqa: F401  (what is imported later would be forgotten after the test)

    families.complete()
    rules, composites = {func: copy.copy(op) for func, op in RULES.items()}, dict(COMPOSITES)
    operations = dict(RULES)
    yield
    RULES.clear()
    RULES.update(operations)
    for func, before in rules.items():  # operators hold the same objects
        for slot in Operation.__slots__:
            setattr(RULES[func], slot, getattr(before, slot))
    COMPOSITES.clear()
    COMPOSITES.update(composites)
