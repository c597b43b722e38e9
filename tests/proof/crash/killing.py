"""A handler in a process of its own, which really ends at a call: nothing is tidied up.

`python -m tests.proof.crash.killing` reads the scene and the call from its input.
"""

import json
import os
import subprocess
import sys
from datetime import datetime
from typing import Any, NoReturn

import pytest

from local.template import ROOT
from tests.http.wire import tapped
from tests.proof.crash.faults import Break, How
from tests.proof.crash.judging import WRITES, judged, undisturbed
from tests.proof.crash.stage import Scene, Stage, called, sending
from tests.stating import plainly
from training_credits import papers
from training_credits.edge import wiring

KILLED = 137
SECONDS = 110


def killed_for_real(stage: Stage, scene: Scene, how: How) -> list[str]:
    """What is wrong after a process ended at the scene's first write, or else its first call."""
    golden = undisturbed(stage, scene)
    writes = [number for number, call in enumerate(golden.calls) if call in WRITES]
    at = writes[0] if writes else 0
    played = stage.play(scene, Break(), lambda: _begun(scene, at, how))
    doubt = (golden.calls[at], how) in scene.doubts
    where = f"really {how.value} call {at + 1} ({golden.calls[at]})"
    return judged(scene, golden, played, where, lost_max=int(doubt))


def _begun(scene: Scene, at: int, how: How) -> None:
    """And ended there."""
    told = {
        "function": scene.function,
        "event": scene.event,
        "now": scene.at.isoformat(),
        "at": at,
        "how": how.name,
    }
    path = os.pathsep.join([str(ROOT / "layers" / "credits"), str(ROOT)])
    child = subprocess.run(
        [sys.executable, "-m", "tests.proof.crash.killing"],
        input=json.dumps(told),
        env=os.environ | {"PYTHONPATH": path},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert child.returncode == KILLED, (scene.name, child.returncode, child.stdout, child.stderr)


def die() -> NoReturn:
    """As if the power had gone."""
    os._exit(KILLED)


def main(told: dict[str, Any]) -> None:
    """Never comes back, if there is such a call."""
    now = datetime.fromisoformat(told["now"])
    broken = Break(told["at"], How[told["how"]], die)
    with pytest.MonkeyPatch.context() as patch, tapped() as wire:
        patch.setattr(wiring, "clock", lambda: now)
        patch.setattr(wiring, "sender", sending(lambda: broken))
        patch.setattr(papers, "statement", plainly)
        wire.fault = broken.hear
        sys.exit(f"came to its end: {called(_scene(told, now))}")


def _scene(told: dict[str, Any], now: datetime) -> Scene:
    return Scene(name="", function=told["function"], event=told["event"], before={}, at=now)


if __name__ == "__main__":
    main(json.load(sys.stdin))
