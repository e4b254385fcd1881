"""A script that is run for a page meets what it would meet under ``python script.py``."""

import subprocess
import sys

import pytest

from autograd_lite.scripts import run_script

LOOKS_AROUND = """\
'''Its docstring.'''
import sys, os, pickle
import helper
class Kept: pass
here = sys.modules["__main__"].__dict__ is globals()
found = [__name__, __doc__, os.path.isabs(__file__), sys.argv, helper.x, os.path.samefile(sys.path[0], "scripts")]
again = type(pickle.loads(pickle.dumps(Kept()))) is Kept
if __name__ == "__main__": print(found, here, again)
"""

ERRORS = [
    "def f():\n    return 1 / 0\nprint('before')\nf()\n",
    "x = 1\nx = = 2\n",
    "try:\n    {}['k']\nexcept KeyError:\n    raise RuntimeError('two of them')\n",
    "import broken\n",
    "raise SystemExit('a message')\n",
    "import sys\nsys.exit(3)\n",
    "import sys\nsys.exit()\n",
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "helper.py").write_text("x = 5\n", encoding="utf-8")
    (tmp_path / "scripts" / "broken.py").write_text("def g(:\n    pass\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "helper", raising=False)
    return tmp_path / "scripts"


def run_by_python(script):
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def run_by_us(script, capsys):
    with pytest.raises(SystemExit) as stopped:
        run_script(script)
    said, status = capsys.readouterr(), stopped.value.code
    if isinstance(status, str):  # Python shows it, and takes 1
        return 1, said.out, f"{said.err}{status}\n"
    return status or 0, said.out, said.err


def test_a_script_finds_what_python_would_give_it(folder, capsys):
    (folder / "looks.py").write_text(LOOKS_AROUND, encoding="utf-8")
    before = list(sys.argv), list(sys.path), sys.modules["__main__"]
    names = run_script("scripts/looks.py", ["--depth", "3"])
    assert names["found"] == ["__main__", "Its docstring.", True, ["scripts/looks.py", "--depth", "3"], 5, True]
    assert names["here"]
    assert names["again"]
    assert "True True" in capsys.readouterr().out
    assert (sys.argv, sys.path, sys.modules["__main__"]) == before


@pytest.mark.parametrize("source", ERRORS, ids=["error", "syntax", "chained", "import", "message", "status", "exit"])
def test_an_error_is_shown_as_python_shows_it_and_exits_are_kept(source, folder, capsys):
    (folder / "fails.py").write_text(source, encoding="utf-8")
    assert run_by_us("scripts/fails.py", capsys) == run_by_python("scripts/fails.py")


def test_what_is_no_script_is_said_to_be_none(folder):
    (folder / "lesson.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"no script 'scripts/nothing.py'.*There is broken.py, helper.py"):
        run_script("scripts/nothing.py")
    with pytest.raises(IsADirectoryError, match="a folder"):
        run_script("scripts")
    with pytest.raises(ValueError, match="nbconvert"):
        run_script("scripts/lesson.ipynb")


def test_everything_is_as_before_when_a_script_has_failed(folder, capsys):
    (folder / "fails.py").write_text("import sys; sys.argv[0] = 'x'; sys.path.clear(); 1 / 0", encoding="utf-8")
    before = list(sys.argv), list(sys.path)
    with pytest.raises(SystemExit) as stopped:
        run_script(folder / "fails.py")
    assert stopped.value.code == 1
    assert (sys.argv, sys.path) == before
    assert "ZeroDivisionError" in capsys.readouterr().err
