"""`python -m picket`."""

import sys

from picket.cli import main

sys.exit(main())
