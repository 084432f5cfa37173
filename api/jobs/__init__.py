"""Jobs: what takes time, done by workers beside the service.

``run`` is a worker: it claims jobs and works on them until it is told to stop. ``beside`` keeps
one in a process of its own, so that the web answers while a plan is being made. A kind of job is
a function in ``kinds``: it reads, computes outside of any transaction, and gives back what is to
be written in the one that finishes the job.
"""

from api.jobs.process import beside
from api.jobs.worker import Stop, run

__all__ = ["Stop", "beside", "run"]
