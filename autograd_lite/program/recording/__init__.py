"""Recording: a function is run once, and what it computed becomes a listing."""
