"""Where the cards of a picture lie: Graphviz, or a layout of our own, behind one question."""
