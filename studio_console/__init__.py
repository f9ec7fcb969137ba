"""Studio Console: runs a hall's broadcast studio from the day's rundown."""

__version__ = "0.1.0"
