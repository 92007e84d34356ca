"""The project's own yardstick: ours beside the least that does the same, in one run."""
