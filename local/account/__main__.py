"""The account as a background process: `python -m local.account --state DIR --account-id ID --images JSON`.

It writes DIR/account.json when it answers. SIGTERM ends every task and then the process itself, and so does
the disappearance of DIR or of that file: an account that nobody can find any more must not stay.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
import uuid
from pathlib import Path
from typing import Final

from local.account import record
from local.account.identity import started
from local.account.leftovers import FOLDER, Journal
from local.account.rds.place import place
from local.account.record import Running
from local.account.server import Account

LOOK_SECONDS: Final = 2.0
log = logging.getLogger("local.account")


def main() -> int:
    """Run the account until it is told to end."""
    arguments = _arguments()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    log.setLevel(logging.INFO)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    journal = Journal(arguments.state / FOLDER)
    if found := journal.sweep():
        log.info("ended %d processes that an earlier account left behind", found)
    images = {pattern: Path(folder) for pattern, folder in arguments.images.items()}
    databases = place(arguments.state)
    account = Account(arguments.account_id, images, journal=journal, databases=databases).start()
    try:
        running = Running(
            pid=os.getpid(),
            process_mark=started(os.getpid()) or "",
            endpoint=account.endpoint,
            balancer=account.balancer,
            outside=account.outside,
            boot_id=uuid.uuid4().hex,
            account_id=arguments.account_id,
            images=arguments.images,
            source_digest=record.source_digest(),
        )
        record.write(arguments.state, running)
        log.info("account %s answers at %s", running.account_id, running.endpoint)
        while not ended.wait(LOOK_SECONDS):
            if record.read(arguments.state) != running:
                log.info("%s is not ours any more: ending", arguments.state / record.FILE)
                break
    finally:
        account.stop()
    if record.read(arguments.state) == running:
        record.remove(arguments.state)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.account", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder of account.json")
    parser.add_argument("--account-id", required=True, help="twelve digits")
    parser.add_argument(
        "--images", type=json.loads, required=True, help='JSON: {"regular expression": "folder"}'
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
