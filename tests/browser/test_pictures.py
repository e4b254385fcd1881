"""Pictures of graphs as pages in a browser."""

import autograd_lite as ag


def test_a_saved_page_shows_its_picture_and_asks_for_nothing(visit, tmp_path):
    w, x = ag.Value(0.5, name="w"), ag.Value(3.0, name="x")
    loss = (w * x - 1) ** 2
    loss.backward()
    page = visit(ag.draw(loss, engine="built-in").save(tmp_path / "graph.html")).page
    assert page.locator("svg .card").count() == 7
    assert page.locator("svg [data-item=n0] text[data-part=name]").text_content() == "w"
