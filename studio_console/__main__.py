"""``python -m studio_console``."""

import sys

from studio_console.cli import main

sys.exit(main())
