"""Memory, in megabytes: what this process needs and needed at most."""

import resource
import sys
from pathlib import Path

MEGABYTE = 2**20
STATUS = Path("/proc/self/status")


def resident_peak(pid=None):
    """The most memory that this process has had so far, or on Linux another one.

    Linux' own count is asked where there is one: that of getrusage starts at the size of the parent
    process. (Elsewhere it is in kB, on macOS in bytes.)
    """
    if STATUS.exists():
        return status("VmHWM", pid)
    if pid is not None:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MEGABYTE


def resident():
    """The memory that it has now, where the system says so; else its peak."""
    return status("VmRSS") if STATUS.exists() else resident_peak()


def status(field, pid=None):
    """A line of Linux' table, which is in kB."""
    table = STATUS if pid is None else Path(f"/proc/{pid}/status")
    line = next(line for line in table.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024 / MEGABYTE
