"""What a notebook shows of a taxonomy: a card for each kind of item, what a reader wants first at its top."""

from lgbm.cards.item import card
from lgbm.cards.section import Section
from lgbm.cards.whole import whole

__all__ = ["Section", "card", "whole"]
