"""Plots that people expect, by matplotlib: ``pip install "autograd_lite[pictures]"``.

Each draws into axes (or a figure) that it is given, or into a new figure of pyplot, which a notebook shows and
``plt.show()`` shows elsewhere. It returns the Axes: change what you like, ``ax.figure.savefig("plot.png")``. None calls
``show``, none changes matplotlib's settings.
"""

from .boundary import decision_boundary
from .confusion import confusion_counts, confusion_matrix
from .curves import training_curves
from .images import misclassified, weights

__all__ = [
    "confusion_counts",
    "confusion_matrix",
    "decision_boundary",
    "misclassified",
    "training_curves",
    "weights",
]
