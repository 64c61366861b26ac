"""How many examples a law is tried on: `LGBM_EXAMPLES=10000 pytest tests/laws tests/agreement`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=_UNHURRIED, print_blob=True)
_MANY = int(os.environ.get("LGBM_EXAMPLES", "10000"))
settings.register_profile("long", settings.get_profile("quick"), max_examples=_MANY)
settings.load_profile("long" if "LGBM_EXAMPLES" in os.environ else "quick")
