"""A release that ends while it starts, having said something."""

from __future__ import annotations

print("reads its settings")
print("looks for its database")
raise RuntimeError("there is no database")
