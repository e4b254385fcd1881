"""Functions along an axis whose order matters: running sums, differences, convolutions."""
