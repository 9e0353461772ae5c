"""The app on the real devices of its environment; told on stdin what to press and to wait for.

`press KEY` presses a key, `shows TEXT` waits for a text; each is answered with a line.
"""

import asyncio
import sys

from practice.base.paths import places
from practice.base.settings import change_setting, load_settings
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from tests.support.app_harness import AppHarness


async def follow() -> None:
    where = places()
    change_setting(where.settings_file, "model", "demo")
    services = Services(where, load_settings(where.settings_file))
    app = PracticeApp(services)
    answers = sys.__stdout__
    assert answers is not None
    async with app.run_test(size=(80, 24)) as pilot:
        harness = AppHarness(pilot, [])
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            what, _, rest = line.partition(" ")
            if what == "press":
                await harness.press(rest)
            else:
                await harness.shows(rest)
            answers.write(f"{line}\n")
            answers.flush()
    services.close()


if __name__ == "__main__":
    asyncio.run(follow())
