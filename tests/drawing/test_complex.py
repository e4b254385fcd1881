"""Pictures of complex numbers, and of operations that came with them."""

import numpy as np

from autograd_lite import Value, checkpoint
from autograd_lite.drawing import draw
from autograd_lite.drawing.reading import view_of


def sentences(v):
    return {card.name: card.sentence for card in view_of(v).cards}


def test_complex_numbers_are_written_with_both_parts():
    z = Value(1 - 2j, name="z")
    loss = np.real(z * 1j)
    loss.name = "loss"
    loss.backward()
    found = sentences(loss)
    assert found["z"] == "z: variable, value 1.0000-2.0000j, gradient 0.0000+1.0000j"
    assert "1j: constant" in found.values()
    small = sentences(Value(np.array([1j, 2.5]), name="small") * 1)
    assert small["small"].startswith("small: variable, shape (2,) complex128, value [0.0000+1.0000j, 2.5000+0.0000j]")


def test_of_large_complex_arrays_the_modulus_is_shown():
    z = Value((3 + 4j) * np.arange(6.0), name="z")
    np.sum(np.abs(z)).backward()
    assert "|mean ± std| 12.5000 ± 8.5391, |min … max| 0.0000 … 25.0000, |gradient| 0.8333" in sentences(z * 1)["z"]


def test_complex_numbers_that_are_not_finite_are_found():
    with np.errstate(all="ignore"):
        bad = np.log(Value(np.array([0, 1j, 2, 3, 4])))
    assert "value 1 inf of 5, |the finite| 0.6931 … 1.5708, gradient ·, INF STARTS HERE" in sentences(bad)["v2"]
    assert sentences(Value(complex(np.nan, 1), name="z") * 1)["z"].endswith("NAN STARTS HERE")


def test_indices_that_were_computed_stand_in_brackets():
    x = Value(np.arange(6.0).reshape(2, 3), name="x")
    place = np.argmax(x[0])
    place.name = "place"
    assert view_of(x[1, place]).cards[-1].formula == "x[1, place]"


def test_a_checkpointed_function_and_functions_among_settings_are_shown_by_their_kind():
    x = Value(np.arange(3.0), name="x")
    assert view_of(checkpoint(np.sin)(x)).cards[-1].formula == "checkpoint(x)"
    assert "fft(x" in str(draw(np.abs(np.fft.fft(x))))
