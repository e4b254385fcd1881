"""Every Python block of the README and of docs/ runs, block after block, as a reader would run it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda p: p.name)
def test_the_pages_code_runs(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), names)


def test_the_readmes_numbers_are_those_that_its_code_prints(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    block = blocks(ROOT / "README.md", "python")[0]
    exec(block, {})
    printed = [float(x) for x in re.findall(r"-?\d+\.\d+", capsys.readouterr().out)]
    promised = [float(x) for x in re.findall(r"-?\d+\.\d+", block.rpartition("#")[2])]
    assert len(promised) == 3
    assert printed == pytest.approx(promised, abs=1e-4)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_pages_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_readme_and_the_checks_run_one_and_the_same_test_command():
    readme, ci = (ROOT / "README.md").read_text(), (ROOT / ".ci" / "run").read_text()
    assert 'pip install -e ".[pictures,test]" && pytest' in readme
    assert 'pip install --quiet -e ".[pictures,test]"\npytest\n' in ci


def test_the_changelog_knows_this_version():
    from autograd_lite import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
