"""The house stays as docs/architecture.md draws it."""

import ast
import re
from pathlib import Path

import pytest

import autograd_lite
from autograd_lite.engine.rules.families import OF_SCIPY

PACKAGE = Path(autograd_lite.__file__).parent
PAGE = Path(__file__).parents[1] / "docs" / "architecture.md"


def levels(block: str) -> dict[str, int]:
    """Each room's height: 0 is the ground floor."""
    text = re.search(rf"```{block}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert text is not None
    lines = text[1].strip().splitlines()
    return {room: height for height, line in enumerate(reversed(lines)) for room in line.split()}


def imported_modules(path: Path) -> list[str]:
    """Every module of the package that a file imports, also inside functions, as a dotted name."""
    here = ["autograd_lite", *path.relative_to(PACKAGE).with_suffix("").parts]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = ".".join([*here[: -node.level], *([node.module] if node.module else [])])
            found += [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


def rooms() -> list[tuple[str, Path]]:
    files = sorted(PACKAGE.rglob("*.py"))
    return [(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path) for path in files]


@pytest.mark.parametrize(("room", "path"), [(r, p) for r, p in rooms() if not r.startswith("__")], ids=str)
def test_no_import_points_upwards(room, path):
    height = levels("levels")
    assert room in height, f"{room} has no line in docs/architecture.md"
    for name in imported_modules(path):
        parts = name.split(".")
        if parts[0] != "autograd_lite" or len(parts) < 2 or parts[1] == room:
            continue
        assert parts[1] in height, f"{path.name} imports {name} from the package's front door"
        assert height[parts[1]] < height[room], f"{path.name} imports {name}, which is not below {room}"


def files_in(room: str) -> list[Path]:
    return [path for path in sorted((PACKAGE / room).glob("*.py")) if path.stem != "__init__"]


@pytest.mark.parametrize("path", files_in("engine"), ids=lambda p: p.stem)
def test_inside_the_engine_imports_point_downwards(path):
    height = levels("levels engine")
    for name in imported_modules(path):
        parts = name.split(".")
        if parts[0] == "autograd_lite":
            assert parts[1] == "engine", f"{path.name} imports {name}"
            assert height[parts[2]] < height[path.stem], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "program").rglob("*.py")), ids=lambda p: p.stem)
def test_inside_the_program_imports_point_downwards(path):
    height = levels("levels program")
    here = path.relative_to(PACKAGE / "program").parts[0].removesuffix(".py")
    if here == "__init__":
        return
    assert here in height, f"{here} has no line in docs/architecture.md"
    for name in imported_modules(path):
        parts = name.split(".")
        if parts[:2] == ["autograd_lite", "program"] and parts[2] != here:
            assert height[parts[2]] < height[here], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "drawing" / "layout").rglob("*.py")), ids=lambda p: p.stem)
def test_inside_the_layout_imports_point_downwards(path):
    height = levels("levels drawing/layout")
    here = path.relative_to(PACKAGE / "drawing" / "layout").parts[0].removesuffix(".py")
    for name in imported_modules(path):
        parts = name.split(".")
        if parts[0] == "autograd_lite":
            assert parts[1:3] == ["drawing", "layout"], f"{path.name} imports {name}"
            if here != "__init__" and parts[3] != here:
                assert height[parts[3]] < height[here], f"{path.name} imports {name}"


@pytest.mark.parametrize(
    "path",
    [path for room in ("drawing", "stepping", "watching", "course") for path in files_in(room)],
    ids=lambda p: f"{p.parent.name}-{p.stem}",
)
def test_inside_a_room_imports_point_downwards(path):
    room = path.parent.name
    height = levels(f"levels {room}")
    for name in imported_modules(path) if path.stem != "__init__" else ():
        parts = name.split(".")
        if parts[:2] == ["autograd_lite", room]:
            assert height[parts[2]] < height[path.stem], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", files_in("watching"), ids=lambda p: p.stem)
def test_who_watches_knows_no_models(path):
    for name in imported_modules(path):
        assert name.split(".")[1:2] not in (["models"], ["trainer"]), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", files_in("engine/rules"), ids=lambda p: p.stem)
def test_rules_import_what_stands_below_them_and_nothing_else_of_the_package(path):
    height, outside = levels("levels engine/rules"), levels("levels engine")
    assert path.stem in height, f"{path.stem} has no line in docs/architecture.md"
    for name in imported_modules(path):
        parts = name.split(".")
        if parts[0] != "autograd_lite":
            continue
        assert parts[1] == "engine", f"{path.name} imports {name}"
        if parts[2] == "rules":
            assert height[parts[3]] < height[path.stem], f"{path.name} imports {name}"
        else:
            assert outside[parts[2]] < outside["rules"], f"{path.name} imports {name}"


@pytest.mark.parametrize("room", ["engine", "datasets"])
def test_the_ground_floor_imports_numpy_and_the_standard_library_only(room):
    import sys

    for path in (PACKAGE / room).rglob("*.py"):
        for name in imported_modules(path):
            top = name.split(".")[0]
            allowed = {"autograd_lite", "numpy", "__future__"} | sys.stdlib_module_names
            if path.stem in OF_SCIPY:  # imported only where a program has imported SciPy itself
                allowed |= {"scipy"}
            assert top in allowed, f"{path}: {name}"


def test_files_and_functions_fit_in_the_head():
    tables = PACKAGE / "course" / "exercises"  # a line a wrong answer
    for path in (path for path in PACKAGE.rglob("*.py") if tables not in path.parents):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, f"{path} has {len(text.splitlines())} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if ast.get_docstring(node) and isinstance(node.body[0], ast.Expr):
                    lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
                assert lines <= 45, f"{path}: {node.name} has {lines} lines"


def test_every_public_name_has_a_docstring_with_an_example_or_is_a_module():
    import inspect

    for name in autograd_lite.__all__:
        thing = getattr(autograd_lite, name)
        if (
            inspect.ismodule(thing)
            or name.startswith("__")
            or (isinstance(thing, type) and issubclass(thing, Exception))
        ):
            continue
        assert ">>>" in (inspect.getdoc(thing) or ""), name
