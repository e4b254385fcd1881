"""What every test shares: hypothesis without chance, and a table of rules that is put back."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from autograd_lite.engine.rules.table import COMPOSITES, RULES

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
    """Rules that the test registers are gone after it."""
    rules, composites = dict(RULES), dict(COMPOSITES)
    yield
    for table, before in ((RULES, rules), (COMPOSITES, composites)):
        table.clear()
        table.update(before)
