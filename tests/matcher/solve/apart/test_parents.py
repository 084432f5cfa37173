"""Parents of all kinds: the child ends with each of them."""

import signal
from pathlib import Path

from matcher.solve import apart
from tests.matcher.solve.apart.flows import ROOT, alone


def test_the_child_ends_with_its_parent() -> None:
    """At its exit, with nothing said and no warning."""
    done = alone("print(flow())", ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[2]\n", "")


def test_the_child_leaves_when_its_parent_is_killed() -> None:
    """Nobody is left to end it: it sees that nobody asks any more."""
    done = alone("flow(); os.kill(os.getpid(), signal.SIGKILL)", ROOT)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")


def test_a_parent_leaves_while_a_flow_is_under_way() -> None:
    """A daemon thread waits for a child that does nothing: neither keeps the parent."""
    code = """
flow()
child = apart._children[os.getpid()]
child._process.runs.send_signal(signal.SIGSTOP)
threading.Thread(target=flow, daemon=True).start()
while not child._turn.locked():
    time.sleep(0.001)
"""
    done = alone(code, ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_forked_process_has_a_child_of_its_own() -> None:
    """Both go on, and neither ends the child of the other."""
    code = """
import warnings
warnings.simplefilter("ignore")  # where there are other threads, forking is unwise
flow()
mine = apart._children[os.getpid()]._process.runs
forked = os.fork()
if forked == 0:
    print(flow(), apart._children[os.getpid()]._process.runs.pid != mine.pid, flush=True)
    sys.exit()
os.waitpid(forked, 0)
print(flow(), apart._children[os.getpid()]._process.runs.pid == mine.pid, mine.poll())
"""
    done = alone(code, ROOT)
    assert (done.returncode, done.stdout) == (0, "[2] True\n[2] True None\n")


def test_the_child_is_of_the_same_engine_as_its_parent(tmp_path: Path) -> None:
    """Wherever the parent found it, and even if it is not to be found there any more."""
    package = tmp_path / "matcher" / "solve"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        folder.joinpath("__init__.py").touch()
    source = Path(apart.__file__).read_text(encoding="utf-8")
    package.joinpath("apart.py").write_text(source, encoding="utf-8")
    code = """
del sys.path[0]
apart.SERVE = "import sys; from matcher.solve import apart; " \
    "print(apart.__file__, file=sys.stderr); apart.serve()"
print(flow())
"""
    done = alone(code, tmp_path)
    assert done.stdout == "[2]\n"
    assert done.stderr.strip() == str(package / "apart.py")
