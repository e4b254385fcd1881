"""Back-propagation as a page that plays, step by step: ``steps(loss)``."""
