"""Invented people: a synthetic population of the United Kingdom, from published totals and stated assumptions."""

from lgbm.population.residents.making import batches, synthetic

__all__ = ["batches", "synthetic"]
