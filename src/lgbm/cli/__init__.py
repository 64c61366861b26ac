"""`lgbm` at the command line."""

from lgbm.cli.main import main

__all__ = ["main"]
