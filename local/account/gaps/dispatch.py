"""What moto works out anew for every request and is the same for all: a quarter of an account's time.

It looks on the disk twice for which services there are, and walks through every member of the class that answers.
"""

from __future__ import annotations

import functools

from moto import backends
from moto.core import responses, utils

SERVICES = tuple(backends.list_of_moto_modules())

backends.list_of_moto_modules = lambda: SERVICES
# What gaps add to a class is there before its first request.
vars(responses)["method_names_from_class"] = functools.cache(utils.method_names_from_class)
