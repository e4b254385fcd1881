"""With PEERS_REQUIRED=1, as in the checks of every change, a comparison that does not run is a failure."""

import importlib.util
import os
from collections.abc import Generator

import pytest

PEERS = ("torch", "keras", "jax", "micrograd", "autograd", "mygrad", "scipy")
os.environ.setdefault("JAX_ENABLE_X64", "1")  # read when JAX is imported, by whichever test comes first
REQUIRED = os.environ.get("PEERS_REQUIRED") == "1"


def pytest_collect_file(file_path: object) -> None:
    """Before the first file: a file that asks for its peer at its head would be skipped whole."""
    missing = [peer for peer in PEERS if importlib.util.find_spec(peer) is None]
    if REQUIRED and missing:
        raise pytest.UsageError(f"PEERS_REQUIRED=1, and not installed: {', '.join(missing)}. pip install --group peers")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure."""
    report = yield
    if REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"PEERS_REQUIRED=1, and this was skipped: {call.excinfo and call.excinfo.value}"
    return report
