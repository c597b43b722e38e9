"""The year as it is told: what happens when, in the words that are printed."""

from demo.scenes import Company, Scene
from demo.story import acme, bluebird, cobalt

COMPANIES: tuple[Company, ...] = (acme.ACME, bluebird.BLUEBIRD, cobalt.COBALT)
SCENES: tuple[Scene, ...] = (*acme.SCENES, *bluebird.SCENES, *cobalt.SCENES)
BY_KEY = {scene.key: scene for scene in SCENES}
