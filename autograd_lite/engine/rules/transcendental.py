"""More functions of one entry, or of two that stand at the same place."""
