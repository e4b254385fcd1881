"""Programs: a recorded computation as NumPy source, which is what runs."""

from .compiling import compile
from .costs import Cost
from .listing import Listing, interpreted
from .passes import PASSES, simplified
from .program import Program, record
from .training import Step, TrainingProgram, step_of
from .update import InPlace, Update, update_of

__all__ = [
    "PASSES",
    "Cost",
    "InPlace",
    "Listing",
    "Program",
    "Step",
    "TrainingProgram",
    "Update",
    "compile",
    "interpreted",
    "record",
    "simplified",
    "step_of",
    "update_of",
]
