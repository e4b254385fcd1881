"""What every test shares: hypothesis without chance, and a table of rules that is put back."""

import copy
import os
from collections.abc import Iterator

# The matrices are small, and the processes many: threads of BLAS would wait for each other. Before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MPLBACKEND", "agg")  # plots of the docs open no windows

import pytest
from hypothesis import HealthCheck, settings

import autograd_lite.engine.customizing  # noqa: F401  (has rules)
from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import COMPOSITES, METHODS, RULES, WITH_SETTINGS, Operation

settings.register_profile(
    "autograd_lite",
    derandomize=True,  # the same examples in every run
    deadline=None,  # a busy machine is no error
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
settings.load_profile("autograd_lite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite runs in a process for each core, four at most; a chosen part of it in one."""
    whole = config.args_source == config.ArgsSource.TESTPATHS and not config.option.keyword
    return min(os.cpu_count() or 1, 4) if whole else 0


@pytest.fixture
def own_rules() -> Iterator[None]:
    """Rules that the test registers or replaces are as before after it."""
    families.complete()  # or those that the test is the first to need would be taken away again
    tables = [RULES, COMPOSITES, METHODS, WITH_SETTINGS]
    before = [dict(table) for table in tables]
    rules = {func: copy.copy(op) for func, op in RULES.items()}
    yield
    for table, content in zip(tables, before, strict=True):
        table.clear()
        table.update(content)
    for func, op in rules.items():  # operators hold the same objects
        for slot in Operation.__slots__:
            setattr(RULES[func], slot, getattr(op, slot))
