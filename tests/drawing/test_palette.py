"""Colours: every text can be read on its ground, in the light and in the dark."""

import re

import pytest

from autograd_lite.drawing.palette import COLOURS, DARK, LIGHT, ROLES, ROWS, colour, heat_name, variables


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a, b):
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_text_can_be_read_on_its_ground(theme):
    tints = {"card", *(tint for _, tint in ROLES.values())}
    pairs = [(text, tint) for text in {"ink", "muted", *ROWS.values()} for tint in tints]
    pairs += [("slope", "card"), ("nan-mark", "nan")]
    pairs += [(text, ground) for text in ("ink", "muted") for ground in ("paper", "frame", "card")]
    pairs += [("gradient", "frame"), ("ink", "paper")]
    for text, ground in pairs:
        assert contrast(colour(text, theme), colour(ground, theme)) >= 4.5, (text, ground)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_lines_and_borders_can_be_seen(theme):
    for name in ("line", "alarm", "slope", "gradient", *(stroke for stroke, _ in ROLES.values())):
        for ground in ("paper", "frame"):
            assert contrast(colour(name, theme), colour(ground, theme)) >= 3, (name, ground)


def test_every_colour_is_a_plain_one():
    for pair in COLOURS.values():
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in pair)
    assert {heat_name(step / 10) for step in range(-10, 11)} <= set(COLOURS)


def test_variables_hold_what_a_theme_changes():
    assert "--ink:#1d2330" in variables(LIGHT)
    assert "--ink:#e8ebf2" in variables(DARK)
    assert "heat" not in variables(LIGHT)
