"""What every test needs: a data folder of its own, set before Django reads its settings."""

import os
import tempfile

os.environ.setdefault("EARSHOT_DATA_DIR", tempfile.mkdtemp(prefix="earshot-tests-"))
