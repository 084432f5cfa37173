"""The kinds of jobs, each with the function that does it."""

from collections.abc import Callable, Mapping

from api.jobs import balancing, importing, insights, planning, travelling
from api.jobs.desk import Desk, Made
from api.store.jobs import Kind

KINDS: Mapping[Kind, Callable[[Desk], Made]] = {
    Kind.PLAN: planning.plan,
    Kind.IMPORT: importing.bring_in,
    Kind.INSIGHT: insights.insight,
    Kind.TRAVEL: travelling.build,
    Kind.BALANCE: balancing.balance,
}
