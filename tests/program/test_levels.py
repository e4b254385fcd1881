"""Levels compute what the interpreter computes, many numbers at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite.engine.rules.table import RULES
from autograd_lite.program.listing import Instruction, Listing, Variable, interpreted
from autograd_lite.program.passes import simplified
from autograd_lite.program.recording.recorder import recording_of
from autograd_lite.program.scalars.chunks import Chunks
from autograd_lite.program.scalars.forms import fastest
from autograd_lite.program.scalars.level_graph import graph_of, of_numbers
from autograd_lite.program.scalars.level_patterns import View, grids, matrix_view, vector_view
from autograd_lite.program.scalars.level_steps import plan_of
from autograd_lite.program.scalars.levels import Levels, levels_of

from .number_graphs import chain, network_listing, random_listing


def listing_of(f, *examples):
    return recording_of(f, examples, {}).listing


def check(listing, inputs):
    """Levels, after having compared them with the interpreter."""
    levels = levels_of(listing)
    wanted, _ = interpreted(listing, inputs)
    np.testing.assert_allclose(levels(inputs), np.array(wanted, float), rtol=1e-12, atol=1e-13)
    return levels


def in_fresh_namespace(levels, inputs):
    namespace = {}
    exec(levels.source, namespace)
    return namespace[levels.function](inputs)


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), operations=st.integers(1, 120))
def test_levels_compute_what_the_interpreter_computes(seed, operations):
    listing, x = random_listing(seed, 4, operations)
    check(listing, x)
    levels = check(simplified(listing), x)
    other = [-0.3, 0.7, 1.1, -1.3, *x[4:]]
    wanted, _ = interpreted(simplified(listing), other)
    np.testing.assert_allclose(levels(np.array(other)), np.array(wanted, float), rtol=1e-12, atol=1e-13)


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_the_whole_source_runs_by_itself(seed):
    listing, x = random_listing(seed)
    levels = levels_of(simplified(listing))
    assert np.array_equal(in_fresh_namespace(levels, x), levels(x))


def test_the_products_of_a_network_written_in_numbers_are_matrix_products():
    listing, weights = network_listing((2, 12, 12, 1), points=30)
    levels = check(simplified(listing), weights)
    text = str(levels)
    assert text.count("np.matmul") >= 8  # 3 forward, 2 to the units, 3 to the weights
    assert levels.calls < 60 < len(simplified(listing).instructions) / 200
    assert np.array_equal(in_fresh_namespace(levels, weights), levels(weights))


def test_a_text_for_the_reader_is_short_and_has_a_line_a_step():
    listing, _ = network_listing()
    levels = levels_of(simplified(listing))
    assert str(levels).endswith(levels.source[levels.source.index("def program(inputs):") :])
    assert len(str(levels)) < len(levels.source)
    assert str(levels).count("# depth") == levels.calls


def test_many_terms_of_different_numbers_are_one_call():
    listing = listing_of(lambda *x: [sum(x[k:], np.tanh(x[k])) for k in range(20)], *np.linspace(-1, 1, 25).tolist())
    assert check(listing, np.linspace(-1, 2, 25).tolist()).calls <= 3


def test_dot_products_of_different_lengths_are_one_call():
    def f(*x):
        return [sum(x[i] * x[(3 * i + k) % 25] for i in range(k)) for k in range(2, 20)]

    levels = check(listing_of(f, *np.linspace(-1, 1, 25).tolist()), np.linspace(-1, 2, 25).tolist())
    assert "np.add.reduceat" in str(levels)
    assert levels.calls <= 3


def test_a_chain_of_additions_is_one_sum():
    one = Variable.constant(1.0)
    levels = levels_of(chain(np.add, 100_000, one))
    assert levels([0.5]) == pytest.approx([100_000.5])
    assert levels.calls == 1


def test_a_chain_of_ten_thousand_levels_needs_no_recursion():
    levels = levels_of(chain(np.tanh, 10_000))
    assert levels([0.5]) == pytest.approx(interpreted(chain(np.tanh, 10_000), [0.5])[0], rel=1e-12)
    assert in_fresh_namespace(levels, [0.5]) == levels([0.5])


def test_outputs_may_be_inputs_constants_and_the_same_twice():
    x, y = Variable(None, np.dtype(float), "x"), Variable(None, np.dtype(float), "y")
    z = Variable(None, np.dtype(float))
    listing = Listing((x, y), (Instruction(RULES[np.multiply], (x, y), z),), (z, y, Variable.constant(3.0), z, x, x))
    assert levels_of(listing)([2.0, 5.0]).tolist() == [10.0, 5.0, 3.0, 10.0, 2.0, 2.0]


def test_a_listing_without_instructions_gives_back_what_it_is_given():
    x = Variable(None, np.dtype(float), "x")
    assert levels_of(Listing((x,), (), (x, x)))([4.0]).tolist() == [4.0, 4.0]
    assert levels_of(Listing((), (), (Variable.constant(-0.0),)))([]).tolist() == [0.0]
    assert levels_of(Listing((x,), (), ()))([4.0]).tolist() == []


def test_zero_keeps_its_sign_as_a_constant():
    with np.errstate(divide="ignore"):
        listing = listing_of(lambda x: (x / 0.0, x / -0.0, x + 0.0), 1.0)
        assert levels_of(listing)([1.0]).tolist() == [np.inf, -np.inf, 1.0]


def test_poles_give_what_numpy_gives():
    def f(x, y):
        return np.log(x), 1 / x, np.exp(y), np.sqrt(-y), x / x, x**-1, (-y) ** 0.5, np.where(x > 0, np.log(x), 0)

    listing, inputs = listing_of(f, 1.0, -1.0), [0.0, 1e4]
    with np.errstate(all="ignore"):
        wanted, _ = interpreted(listing, inputs)
        assert np.array_equal(levels_of(listing)(inputs), wanted, equal_nan=True)


def test_truth_is_counted_by_numpys_rules():
    def f(x, y):
        a, b = x > 0, y > 0
        return a + b, a * b, a | b, ~a, np.logical_not(b), a ^ b, x + a, np.where(a, x, y), np.where(a, b, a), a * x

    for inputs in ([1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -2.0]):
        check(listing_of(f, *inputs), inputs)


def test_a_function_that_only_takes_single_numbers_is_called_for_each(own_rules):
    @ag.primitive
    def steps(x, size=1.0):
        total = 0.0
        while total < x:  # a vector would raise
            total += size
        return total

    ag.rule(steps, lambda g, ans, x, size=1.0: g)
    listing = listing_of(lambda x, y: (steps(x) + steps(y), steps(x * y, size=0.5)), 1.0, 2.0)
    levels = check(listing, [2.5, 3.5])
    assert np.array_equal(in_fresh_namespace(levels, [2.5, 3.5]), [7.0, 9.0])


def test_results_are_new_arrays():
    levels = levels_of(listing_of(lambda x, y: (x + y, x * y), 1.0, 2.0))
    first = levels([1.0, 2.0])
    second = levels(np.array([3.0, 4.0]))
    assert first.tolist() == [3.0, 2.0]
    assert second.tolist() == [7.0, 12.0]


def test_arrays_are_refused():
    listing = listing_of(lambda x: np.sum(x * x), np.ones(3))
    assert not of_numbers(listing)
    with pytest.raises(ValueError, match="plain numbers"):
        levels_of(listing)


def test_every_result_has_a_place_of_its_own():
    listing, _ = random_listing(5, 4, 200)
    plan = plan_of(graph_of(simplified(listing)))
    places = np.concatenate([np.arange(s.out.start, s.out.start + s.count) for s in plan.steps])
    assert np.array_equal(np.unique(places), np.sort(places))
    assert plan.size == places.max() + 1


@given(
    start=st.integers(0, 50), rows=st.integers(1, 6), columns=st.integers(1, 6), down=st.integers(-7, 7),
    across=st.integers(-7, 7),
)  # fmt: skip
def test_a_view_reads_the_places_that_it_was_made_of(start, rows, columns, down, across):
    start += 80
    places = start + down * np.arange(rows)[:, None] + across * np.arange(columns)
    v = np.arange(200.0)
    view = matrix_view(places)
    assert view is not None
    assert np.array_equal(view.of(v), v[places])

    def grid(start, shape, steps):
        return View(start, shape, steps).of(v)

    assert np.array_equal(eval(view.source, {"v": v, "grid": grid}), v[places])
    vector = vector_view(places[0])
    assert vector is not None
    assert np.array_equal(np.broadcast_to(vector.of(v), columns), v[places[0]])
    assert np.array_equal(eval(vector.source, {"v": v, "grid": grid}), vector.of(v))


def test_places_without_a_pattern_are_no_view():
    assert vector_view(np.array([1, 2, 4])) is None
    assert matrix_view(np.array([[1, 2], [3, 5]])) is None


def test_a_grid_is_every_row_by_every_column_once():
    rows, columns = np.array([[1, 2], [3, 4], [5, 6]]), np.array([[10, 20], [30, 40]])
    left, right = np.repeat(rows, 2, axis=0), np.tile(columns, (3, 1))
    shuffled = np.random.default_rng(0).permutation(6)
    assert [sorted(g.tolist()) for g in grids(left[shuffled], right[shuffled], 1)] == [[0, 1, 2, 3, 4, 5]]
    assert grids(left[:5], right[:5], 1) == []  # a corner is missing
    assert grids(left, right, 13) == []  # too small to be worth it
    twice = np.array([0, 1, 2, 3, 4, 4])
    assert grids(left[twice], right[twice], 1) == []


def test_wide_graphs_run_by_levels_and_narrow_or_small_ones_in_chunks():
    network, weights = network_listing()
    network = simplified(network)
    assert isinstance(fastest(network), Levels)
    assert isinstance(fastest(network, exact=True), Chunks)
    assert isinstance(fastest(chain(np.tanh, 2000)), Chunks)
    assert isinstance(fastest(chain(np.tanh, 3)), Chunks)
    np.testing.assert_allclose(fastest(network)(weights), fastest(network, exact=True)(weights), rtol=1e-12, atol=1e-15)
    with pytest.raises(ValueError, match="there are arrays"):
        fastest(listing_of(lambda x: np.sum(x * x), np.ones(3)))
