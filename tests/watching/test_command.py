"""``autograd-lite watch-training``: every training of a script has a page, and the script is as it was."""

import webbrowser

import pytest

import autograd_lite as ag
from autograd_lite import cli

from .trainings import record_of

TWO_TRAININGS = """\
import sys
import autograd_lite as ag
from autograd_lite.layers import Dense

def main(epochs):
    X, y = ag.datasets.moons(40)
    for name in ("first", "second"):
        model = ag.Sequential([Dense(1, activation="sigmoid")], name=name, seed=0)
        model.compile(loss="binary_crossentropy", optimizer="adam")
        history = model.fit(X, y, 32, epochs, 0, *([[]] if name == "first" else []))
    print("loss", history.history["loss"][-1])

if __name__ == "__main__":
    main(int(sys.argv[1]))
"""


@pytest.fixture
def script(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "train.py"
    path.write_text(TWO_TRAININGS, encoding="utf-8")
    return path


def test_each_training_of_a_script_has_a_page_and_is_told_of(script, capsys):
    fit = ag.Sequential.fit
    assert cli.main(["watch-training", "train.py", "--every", "1", "--", "3"]) == 0
    said = capsys.readouterr()
    assert "training.html shows the training of first, 2 → 1, BinaryCrossentropy, Adam, 40 examples" in said.err
    assert "training-2.html shows the training of second" in said.err
    assert "2 trainings watched" in said.err
    for page in ("training.html", "training-2.html"):
        assert [moment["e"] for moment in record_of(script.parent / page)["moments"]] == [0, 1, 2, 3]
    assert ag.Sequential.fit is fit
    assert "fit" not in vars(ag.Sequential)
    namespace = {"__name__": "again"}
    exec(compile(TWO_TRAININGS, "again", "exec"), namespace)
    namespace["main"](3)
    assert capsys.readouterr().out == said.out  # the same numbers as without


def test_the_page_is_where_it_is_wanted_and_opens(script, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    (script.parent / "pages").mkdir()
    assert cli.main(["watch-training", "--out", "pages/t.html", "train.py", "--open", "--", "1"]) == 0
    assert opened == [(script.parent / "pages" / "t.html").as_uri()]
    assert sorted(p.name for p in (script.parent / "pages").iterdir()) == ["t-2.html", "t.html"]


def test_a_script_without_a_training_is_said_to_be_one(script, capsys):
    script.write_text("print('nothing')", encoding="utf-8")
    assert cli.main(["watch-training", "train.py"]) == 1
    said = capsys.readouterr()
    assert said.out == "nothing\n"
    assert "ended without a training" in said.err
    assert "autograd-lite explain train.py" in said.err
    assert not (script.parent / "training.html").exists()


@pytest.mark.parametrize(("end", "status"), [("sys.exit(3)", 3), ("1 / 0", 1), ("sys.exit()", None)])
def test_a_script_keeps_its_exit_status_and_its_pages(script, capsys, end, status):
    script.write_text(f"{TWO_TRAININGS}    {end}\n", encoding="utf-8")
    if status is None:
        assert cli.main(["watch-training", "train.py", "--", "1"]) == 0
    else:
        with pytest.raises(SystemExit) as stopped:
            cli.main(["watch-training", "train.py", "--", "1"])
        assert stopped.value.code == status
    assert record_of(script.parent / "training.html")["done"] == 1
    assert "2 trainings watched" in capsys.readouterr().err
    assert "fit" not in vars(ag.Sequential)


def test_a_fit_that_is_called_wrongly_says_so_itself(script, capsys):
    script.write_text(
        TWO_TRAININGS.replace("model.fit(X, y, ", "model.fit(X, y, wrong=1, batch_size="), encoding="utf-8"
    )
    with pytest.raises(SystemExit):
        cli.main(["watch-training", "train.py", "--", "1"])
    assert "Error" in capsys.readouterr().err


def test_there_must_be_a_script(tmp_path, capsys):
    assert cli.main(["watch-training", str(tmp_path / "no.py")]) == 2
    assert cli.main(["watch-training", str(tmp_path)]) == 2
    assert "There is no script" in capsys.readouterr().err
