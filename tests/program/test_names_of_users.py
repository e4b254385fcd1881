"""Names of arguments, Values and functions: whatever they are, a program is Python, and means what was recorded."""

import keyword
import unicodedata

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite.program.writing.names import free_name

SAME = [
    "x",
    "𝑥",
    "ｘ",
    "ﬁ",
    "fi",
    "²",
    "2",
    "½",
    "①",
    "K",
    "\u212a",
    "x\u0307",
    "\u0307",
    "\u3164",
    "\u0bf0",
    "lambda",
    "ｌambda",
]
NAMES = st.one_of(st.sampled_from(SAME), st.text(st.characters(codec=None), max_size=12))


@settings(max_examples=200)
@given(st.lists(NAMES, max_size=8))
def test_names_are_python_and_no_two_are_one_to_python(wishes):
    taken = set()
    names = [free_name(wish, taken) for wish in wishes]
    for name in names:
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert name == unicodedata.normalize("NFKC", name)
    assert len(set(names)) == len(wishes)


def test_arguments_and_values_that_python_reads_as_one_name_are_kept_apart():
    def f(given):
        parts = [np.tanh(x * (i + 1)) for i, x in enumerate(given.values())]
        for part, name in zip(parts, SAME, strict=True):
            part.name = name
        return sum(np.sum(part * part) for part in parts)

    given = {name: np.full(2, 0.1 * i) for i, name in enumerate(SAME)}
    f.__name__ = "ﬁ"
    program = ag.record(f, given)
    assert program.name == "fi"
    expected = sum(2 * np.tanh(0.1 * i * (i + 1)) ** 2 for i in range(len(SAME)))
    np.testing.assert_allclose(program(given), expected)
