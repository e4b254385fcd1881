"""More functions that move entries without changing them: roll, flip, tile, pad, diagonals, triangles."""
