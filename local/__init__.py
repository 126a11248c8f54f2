"""The AWS account on this machine, and all programs that belong to it."""

import gc

# Each of them imports much that stays, and by default the collector walks through all of it again and again: a fifth of
# the time in which a program starts, a third of the time of a preview.
gc.set_threshold(50_000, 20, 100)
