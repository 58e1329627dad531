"""Running over a whole file: rows in chunks, heard on this machine or on many, told in order."""

from antiphon.engines.listening.running._cluster import Cluster, ExtraMissing
from antiphon.engines.listening.running._here import Here
from antiphon.engines.listening.running._processes import Processes
from antiphon.engines.listening.running._runner import Runner, WorkersLost

__all__ = ["Cluster", "ExtraMissing", "Here", "Processes", "Runner", "WorkersLost"]
