"""Households, and the people in them: ages, couples, children, and with whom everybody lives."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
from attrs import frozen

from lgbm.population.residents import shares as s
from lgbm.population.residents.drawing import Flags, Real, Whole, born, days, normal, pick, pick_by, some

HOUSEHOLDS = 8192
"""How many households a block has. It belongs to what a seed means: other blocks would be other people."""
COUPLE, ALONE, SHARED, CARE_HOME = range(4)
MOST_CHILDREN = 5
_SLOTS = 7
"""The head of a household, a partner (or somebody with whom the home is shared), and children (or the same)."""


@frozen(eq=False)
class Households:
    """Households side by side, with a place for each of the people who may live there.

    *age* is in years and parts of years. *adult* says which places are taken by somebody of 16 and over, *child* of
    which of the five children live there. *of_mother* says that a lone parent is a woman.
    """

    kind: Whole
    region: Whole
    area: Whole
    nation: Whole
    band: Whole
    age: Real
    adult: Flags
    child_age: Real
    child: Flags
    female: Flags
    children_elsewhere: Flags
    fortune: Real
    """A normal number: how well off a household is. It is what work, health, home and savings have in common."""


@cache
def _chances(nation: str | None) -> tuple[Real, Whole, Whole, Whole]:
    """Every region, kind of household and age band, with the share of households that have them."""
    people = s.adults()
    if nation is not None:
        lives_there = np.array([one == nation for one, _ in s.REGIONS.values()])
        people = people * lives_there[:, None]
    each = np.stack([s.IN_COUPLE / 2, s.ON_OWN, s.WITH_OTHERS / s.SHARING, s.IN_CARE_HOME])
    found = people[:, None, :] * each[None, :, :]
    region, kind, band = np.indices(found.shape)
    return found.ravel(), region.ravel(), kind.ravel(), band.ravel()


@cache
def area_names() -> tuple[tuple[str, ...], Whole, Whole]:
    """Every invented area, and for each region the place of its first and how many it has."""
    people = s.adults().sum(axis=1)
    many = np.maximum(1, np.rint(people / s.PEOPLE_OF_AN_AREA)).astype(np.int64)
    names = tuple(f"{one}-{place}" for one, count in zip(s.REGIONS, many, strict=True) for place in range(1, count + 1))
    return names, np.concatenate(([0], np.cumsum(many)[:-1])), many


def drawn(chance: np.random.Generator, nation: str | None) -> Households:
    """A block of households."""
    count = HOUSEHOLDS
    weights, regions, kinds, bands = _chances(nation)
    place = pick(chance.random(count), weights)
    region, kind, band = regions[place], kinds[place], bands[place]
    _, first, many = area_names()
    within = (chance.random(count) * many[region]).astype(np.int64)
    # One area is better off than the next, by up to half of what households differ by.
    middle = np.maximum(many[region] - 1, 1) / 2
    offset = np.where(many[region] > 1, (within - middle) / middle, 0.0) * 0.6
    fortune = normal(chance.random(count)) * np.sqrt(1 - 0.12) + offset
    age, adult, female = _adults(chance, kind, band)
    child_age, child, elsewhere = _children(chance, kind, age[:, 0], female)
    nation_of = np.array([s.NATIONS.index(one) for one, _ in s.REGIONS.values()])
    grown = child & (child_age >= 16)
    # The children take their places behind the two who may be their parents.
    age[:, 2:] = np.where(grown, child_age, age[:, 2:])
    adult[:, 2:] |= grown
    female = np.concatenate((female, chance.random((count, _SLOTS - 2)) < 0.5), axis=1)
    return Households(
        kind,
        region,
        first[region] + within,
        nation_of[region],
        band,
        age,
        adult,
        child_age,
        child,
        female,
        elsewhere,
        fortune,
    )


def _age_in(band: Whole, uniform: Real) -> Real:
    """An age within a band; of those over 80, fewer and fewer."""
    first, last = s.FIRST_AGES[band], s.FIRST_AGES[band + 1]
    oldest = 80 - 6.5 * np.log(1 - uniform * 0.96)
    return np.where(band == len(s.FIRST_AGES) - 2, oldest, first + uniform * (last - first))


def _adults(chance: np.random.Generator, kind: Whole, band: Whole) -> tuple[Real, Flags, Flags]:
    """Heads, partners and those who share: their ages, whether they are there, and the sex of the first two."""
    count = len(kind)
    age = np.zeros((count, _SLOTS))
    age[:, 0] = _age_in(band, chance.random(count))
    gap = 2.0 + 4.2 * normal(chance.random(count))
    couple, shared = kind == COUPLE, kind == SHARED
    woman = chance.random(count) < np.where(couple, 0.5, 0.50 + 0.025 * np.maximum(band - 4, 0) * 2)
    # Men are older by two years: as often as not the head of a household is the woman.
    age[:, 1] = np.where(couple, np.clip(age[:, 0] + np.where(woman, gap, -gap), 16.0, 101.0), 0.0)
    for place in range(1, 5):
        near = np.clip(age[:, 0] + 4.0 * normal(chance.random(count)), 16.0, 101.0)
        age[:, place] = np.where(shared, near, age[:, place])
    adult = np.zeros((count, _SLOTS), np.bool_)
    adult[:, 0] = True
    adult[:, 1] = couple | shared
    more = chance.random(count)
    for place, least in ((2, 0.45), (3, 0.72), (4, 0.83)):
        adult[:, place] = shared & (more >= least)
    same_sex = chance.random(count) < 0.015
    partner = np.where(same_sex, woman, ~woman)
    return age, adult, np.stack([woman, partner], axis=1)


def _children(chance: np.random.Generator, kind: Whole, head: Real, female: Flags) -> tuple[Real, Flags, Flags]:
    """The children of couples and of people on their own: ages, who lives there, and whether some live elsewhere."""
    count = len(kind)
    many = pick_by(chance.random(count), np.where(kind == COUPLE, 0, 1), s.EVER_BORN)
    first = np.clip(s.FIRST_BIRTH + s.FIRST_BIRTH_SPREAD * normal(chance.random(count)), 16.5, 44.0)
    # The age of the mother counts; of a man on his own, his own age less two years.
    mother = np.where(female[:, 0], head, head - 2.0)
    births = np.empty((count, MOST_CHILDREN))
    births[:, 0] = first
    for place in range(1, MOST_CHILDREN):
        births[:, place] = births[:, place - 1] + 1.6 - 1.7 * np.log(1 - chance.random(count) * 0.98)
    age = mother[:, None] - births
    own = (np.arange(MOST_CHILDREN)[None, :] < many[:, None]) & (age > 0) & (births < 46.0)
    family = (kind == COUPLE) | (kind == ALONE)
    keeps = chance.random(count) < np.where(
        kind == COUPLE, 1.0, np.where(female[:, 0], s.CHILDREN_OF_LONE_WOMEN_AT_HOME, s.LONE_FATHERS)
    )
    step = np.searchsorted(s.AT_HOME_FROM, age.ravel(), side="right").reshape(age.shape) - 1
    stays = (age < 16) | (chance.random(age.shape) < s.AT_HOME[np.maximum(step, 0)])
    here = own & stays & (family & keeps)[:, None]
    elsewhere = some(own & (age < 18)) & family & ~keeps
    return age, here, elsewhere


@frozen(eq=False)
class People:
    """The adults of a block, household by household, and the children under 20 who live with them.

    *home* is the household of each row, *partner* the row of her partner (or -1), *unit* the first row of a person or
    couple. A child is named by its household and its place there.
    """

    homes: Households
    home: Whole
    place: Whole
    age: Whole
    birth: Whole
    female: Flags
    partner: Whole
    unit: Whole
    parent: Flags
    grown_child: Flags
    adults_at_home: Whole
    child_birth: Whole
    child_years: Whole


def people(chance: np.random.Generator, homes: Households, on: date) -> People:
    """The people of *homes*, as rows."""
    home, place = np.nonzero(homes.adult)
    count = len(home)
    kind = homes.kind[home]
    years = np.clip(homes.age[home, place], 16, 100).astype(np.int64)
    # Three birthdays for which the law names the pension day itself fall a day later here.
    birth = born(years, chance.random(count), on)
    birth += np.isin(birth, [days(date(1960, 7, 31)), days(date(1960, 12, 31)), days(date(1961, 1, 31))])
    rows = np.arange(count)
    couple = kind == COUPLE
    partner = np.where(couple & (place == 0), rows + 1, np.where(couple & (place == 1), rows - 1, -1))
    grown = (place >= 2) & np.isin(kind, (COUPLE, ALONE))
    child_years = np.maximum(homes.child_age, 0).astype(np.int64)
    child_birth = born(child_years, chance.random(child_years.shape), on)
    # A child who has grown up is one person, as a row and as somebody's child.
    child_birth[home[grown], place[grown] - 2] = birth[grown]
    child_years[home[grown], place[grown] - 2] = years[grown]
    of_age = np.bincount(home, weights=years >= 18, minlength=len(homes.kind)).astype(np.int64)
    return People(
        homes,
        home,
        place,
        years,
        birth,
        homes.female[home, place],
        partner,
        np.where(couple & (place == 1), rows - 1, rows),
        ~grown & some(homes.child)[home] & (place <= 1),
        grown,
        np.where(kind == CARE_HOME, 1, np.maximum(of_age[home], 1)),
        child_birth,
        child_years,
    )
