"""Write the printed program of the lecture's network into docs/program.md: ``python docs/write_program.py``."""

import re
from pathlib import Path

PAGE = Path(__file__).parent / "program.md"
BLOCK = re.compile(r"```program\n.*?```", re.DOTALL)


def printed_program() -> str:
    """What the page's first example prints."""
    from autograd_lite import Input, Sequential
    from autograd_lite.layers import Dense
    from autograd_lite.losses import BinaryCrossentropy
    from autograd_lite.optimizers import SGD

    units = (25, 15, 1)
    layers = [Dense(n, activation="sigmoid", name=f"layer{i}") for i, n in enumerate(units, start=1)]
    model = Sequential([Input(shape=(400,)), *layers])
    model.compile(loss=BinaryCrossentropy(), optimizer=SGD(learning_rate=0.1))
    return str(model.train_program(batch_size=32))


def page_with(program: str) -> str:
    """The page as it should be."""
    return BLOCK.sub(lambda _: f"```program\n{program}```", PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page_with(printed_program()), encoding="utf-8")
