from __future__ import annotations

import os
import signal

import pytest

from local.runner.interrupts import Interrupts


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_breaks_off_what_is_done_and_is_only_counted_while_held(
    number: signal.Signals,
) -> None:
    inherited = signal.signal(
        number, signal.SIG_DFL
    )  # ignored, when the tests run in the background
    try:
        with Interrupts() as interrupts:
            with interrupts.held():
                os.kill(os.getpid(), number)
                os.kill(os.getpid(), number)
            assert interrupts.count == 2

            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), number)

        assert signal.getsignal(number) == signal.SIG_DFL
    finally:
        signal.signal(number, inherited)


def test_the_end_of_the_terminal_stays_ignored_when_it_was() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            os.kill(os.getpid(), signal.SIGHUP)
        assert interrupts.count == 0
    finally:
        signal.signal(signal.SIGHUP, before)
