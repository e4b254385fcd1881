"""More products of vectors and matrices."""
