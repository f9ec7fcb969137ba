"""What the console must reach, measured: ``python -m tests.bench [NAME …]``, or ``make bench ONLY=NAME``."""
