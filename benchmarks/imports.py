"""What ``import autograd_lite`` adds to ``import numpy``. Run by run.py in a process of its own."""

import json
import time


def main():
    start = time.perf_counter()
    import numpy

    between = time.perf_counter()
    import autograd_lite

    end = time.perf_counter()
    assert numpy.__version__
    assert autograd_lite.__version__
    print(json.dumps({"numpy": between - start, "seconds": [end - between]}))


if __name__ == "__main__":
    main()
