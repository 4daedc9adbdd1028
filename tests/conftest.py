"""What every test needs: a data folder of its own, set before Django reads its settings; time."""

import os
import tempfile

from hypothesis import HealthCheck, settings

os.environ.setdefault("EARSHOT_DATA_DIR", tempfile.mkdtemp(prefix="earshot-tests-"))
# As worker.app sets it for its process. Set any later, Numba refuses to compile anything more.
os.environ.setdefault("NUMBA_NUM_THREADS", "1")

# On a busy machine the time an example takes says nothing.
settings.register_profile(
    "earshot", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("earshot")
