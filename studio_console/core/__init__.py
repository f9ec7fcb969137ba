"""The show as data and pure functions: no Qt, no I/O, no clock, no threads."""
