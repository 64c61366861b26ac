"""People described by policy people, with the answers that the law gives them: `lgbm test`.

>>> from lgbm import personas
>>> list(personas.run("no-such-file.yaml"))[0].as_expected
False
"""

from __future__ import annotations

from lgbm.personas.compare import Surprise
from lgbm.personas.fields import schema
from lgbm.personas.run import FileReport, run

__all__ = ["FileReport", "Surprise", "run", "schema"]
