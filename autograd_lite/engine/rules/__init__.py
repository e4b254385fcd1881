"""The derivative rules, one file a family. Importing this package fills the table."""

from . import elementwise, indexing, linalg, neural, reductions, shapes  # noqa: F401  (each registers its rules)
