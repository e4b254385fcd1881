"""Chunks compute what the interpreter computes, bit for bit."""

import math
import traceback

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite.engine.rules.table import RULES
from autograd_lite.program.listing import Instruction, Listing, Variable, interpreted
from autograd_lite.program.passes import simplified
from autograd_lite.program.recording.recorder import recording_of
from autograd_lite.program.scalars.chunks import WIDTH, chunks_of

from .number_graphs import chain, network_listing, random_listing


def listing_of(f, *examples):
    return recording_of(f, examples, {}).listing


def in_fresh_namespace(chunks, inputs):
    namespace = {}
    exec(chunks.source, namespace)
    found = namespace[chunks.function](*inputs)
    return list(found) if isinstance(found, tuple) else [found]


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), operations=st.integers(1, 100), size=st.sampled_from([1, 2, 7, 50, 10_000]))
def test_chunks_of_any_size_compute_what_the_interpreter_computes_to_the_last_bit(seed, operations, size):
    listing, x = random_listing(seed, 4, operations)
    for each in (listing, simplified(listing)):
        wanted, _ = interpreted(each, x)
        assert chunks_of(each, size=size)(x) == wanted


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), size=st.sampled_from([5, 10_000]))
def test_the_source_runs_by_itself(seed, size):
    listing, x = random_listing(seed)
    chunks = chunks_of(simplified(listing), "step", size)
    assert in_fresh_namespace(chunks, x) == chunks(x)
    assert in_fresh_namespace(chunks_of(listing, "step", size), x) == chunks(x)


def test_a_network_in_chunks_has_the_interpreters_gradients():
    listing, weights = network_listing()
    wanted, _ = interpreted(simplified(listing), weights)
    chunks = chunks_of(simplified(listing), size=500)
    assert chunks(weights) == wanted
    assert str(chunks).count("def program_part_") > 5


def test_lines_fit_on_a_page():
    listing, _ = network_listing()
    names = max(len(i.out.name) for i in listing.instructions)
    for size in (300, 10**6):
        assert max(map(len, chunks_of(simplified(listing), size=size).source.splitlines())) <= 2 * WIDTH + names


def test_names_of_the_user_stay_and_never_clash():
    names = ["x", "t1", "np", "math", "program", "class", "2nd layer", "x", "", "abs"]
    inputs = tuple(Variable(None, np.dtype(float), name) for name in names)
    out = Variable(None, np.dtype(float), "program_part_1")
    made = [Variable(None, np.dtype(float)) for _ in range(3)]
    instructions = (
        Instruction(RULES[np.add], (inputs[0], inputs[7]), made[0]),
        Instruction(RULES[np.tanh], (made[0],), made[1]),
        Instruction(RULES[np.maximum], (made[1], made[0]), made[2]),
        Instruction(RULES[np.abs], (made[2],), out),
    )
    listing = Listing(inputs, instructions, (out, *made, *inputs))
    x = np.linspace(-1, 1, len(inputs)).tolist()
    for size in (1, 100):
        chunks = chunks_of(listing, size=size)
        assert in_fresh_namespace(chunks, x) == chunks(x) == interpreted(listing, x)[0]
    assert "x_2" in chunks.source


def test_an_operand_that_is_written_twice_is_computed_once():
    listing = listing_of(lambda x: ag.relu(np.exp(x) * np.exp(2 * x) - 1), 1.0)
    source = chunks_of(listing).source
    assert source.count("math.exp") == 2
    assert chunks_of(listing)([0.5]) == interpreted(listing, [0.5])[0]


def test_outputs_may_be_inputs_constants_and_the_same_twice():
    x, y = Variable(None, np.dtype(float), "x"), Variable(None, np.dtype(float), "y")
    z = Variable(None, np.dtype(float))
    constants = tuple(map(Variable.constant, (3.0, -0.5, math.inf, True)))
    listing = Listing((x, y), (Instruction(RULES[np.multiply], (x, y), z),), (z, y, *constants, z, x))
    chunks = chunks_of(listing)
    assert (
        in_fresh_namespace(chunks, [2.0, 5.0])
        == chunks([2.0, 5.0])
        == [10.0, 5.0, 3.0, -0.5, math.inf, True, 10.0, 2.0]
    )


def test_a_listing_without_instructions_gives_back_what_it_is_given():
    x = Variable(None, np.dtype(float), "x")
    assert chunks_of(Listing((x,), (), (x,)))([4.0]) == [4.0]
    assert chunks_of(Listing((x,), (), (x, x)))([4.0]) == [4.0, 4.0]
    assert chunks_of(Listing((), (), (Variable.constant(1.0),)))([]) == [1.0]
    assert chunks_of(Listing((x,), (), ()))([4.0]) == []


@pytest.mark.parametrize("function", [np.tanh, np.negative])
def test_a_chain_of_100_000_needs_no_recursion(function):
    listing = chain(function, 100_000)
    assert chunks_of(listing)([0.5]) == interpreted(listing, [0.5])[0]


def test_poles_raise_and_say_where():
    listing = listing_of(lambda x: np.log(x) + np.log(x + 1), 1.0)
    for size in (1, 100):
        chunks = chunks_of(listing, size=size)
        with pytest.raises(ValueError, match="math domain error") as error:
            chunks([0.0])
        frame = traceback.extract_tb(error.value.__traceback__)[-1]
        assert frame.filename == chunks.filename
        assert "math.log" in frame.line
        assert chunks.made_on(frame.lineno).op.func in (np.log, np.add)
        assert chunks.made_on(0) is None


def test_truth_is_counted_by_numpys_rules():
    def f(x, y):
        a, b = x > 0, y > 0
        return a + b, a * b, a | b, ~a, np.logical_not(b), a ^ b, x + a, np.where(a, x, y), np.where(a, b, a), a * x

    for inputs in ([1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -2.0]):
        listing = listing_of(f, *inputs)
        found, (wanted, _) = chunks_of(listing)(inputs), interpreted(listing, inputs)
        assert found == wanted
        assert list(map(type, found)) == list(map(type, wanted))


def test_a_function_of_the_user_comes_with_its_source(own_rules):
    @ag.primitive
    def cube(x, scale=1.0):
        return scale * x * x * x

    ag.rule(cube, lambda g, ans, x, scale=1.0: g * 3 * scale * x**2)
    listing = listing_of(ag.value_and_grad(lambda x: cube(x + 1, scale=2.0)), 1.0)
    chunks = chunks_of(listing)
    assert "def cube(x, scale=1.0):" in chunks.source
    assert in_fresh_namespace(chunks, [2.0]) == chunks([2.0]) == [54.0, 54.0]
