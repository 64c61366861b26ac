"""A taxonomy made executable: what `lgbm.load` gives."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, cast

from attrs import fields, frozen, has

from lgbm.errors import ProfileError
from lgbm.messages import profiles as say
from lgbm.model import concepts as c
from lgbm.model.profile import Profile, ProfileReader, profile_reader
from lgbm.model.taxonomy import SECTIONS, Taxonomy
from lgbm.model.values import written
from lgbm.resolution import Resolution
from lgbm.resolve import resolved
from lgbm.rules.rulebook import DatedRulebook, Rulebook

if TYPE_CHECKING:
    import networkx

    from lgbm.population.screening import Screening
    from lgbm.reading import Draft

_DATES_KEPT = 8


@frozen(eq=False, slots=False)
class Model:
    """A taxonomy with its rules checked, ready to be asked. It never changes; rules are compiled once for each date."""

    taxonomy: Taxonomy
    rulebook: Rulebook

    def resolve(
        self,
        profile: Mapping[str, Any] | Profile,
        *,
        event: str | None = None,
        on: date | str | None = None,
        language: str = "en",
    ) -> Resolution:
        """The answer for one citizen.

        *profile* maps circumstances to values: `bool`, `int`, `Decimal` (or a `float`, by the digits that it prints),
        `str`, `date` (or text like 2026-04-06), a list of options, a mapping for a person and a list of mappings for
        people. What is left out, or `None`, is not known. `receives` is a list of every service received, or a mapping
        of services to yes or no. *event* is the life event that has just happened, if one has. *on* is the date to
        resolve on; without it, today.

        Raises `ProfileError` with everything that is wrong.
        """
        day = _day(on)
        book, reader = self._on(day)
        return resolved(book, reader.read(profile), event, lambda: self.fingerprint, language)

    def profile(self, given: Mapping[str, Any], *, on: date | str | None = None) -> Profile:
        """*given*, read and checked, to be resolved more than once."""
        return Profile(self._on(_day(on))[1].read(given))

    def on(self, day: date | str | None = None) -> DatedRulebook:
        """The rules on a date (today, without one), ready to be asked about facts: what populations are screened by."""
        return self._on(_day(day))[0]

    def screen(
        self,
        table: Any,
        *,
        event: str | None = None,
        on: date | str | None = None,
        keep: Sequence[str] = (),
        wrong: Literal["refuse", "unknown"] = "refuse",
        progress: Callable[[int], None] | None = None,
    ) -> Screening:
        """The answers for all citizens of *table*, a row each, with the very same rules. Needs the extra `population`.

        *table* is anything that speaks Arrow (pyarrow, Polars, pandas, DuckDB), a path to a Parquet or CSV file, or
        record batches one by one. A column is called as its circumstance; null is not known. *event* has just happened
        to all of them. Columns in *keep* stand beside the answers. Cells and rows that cannot be right raise
        `ProfileError` when they are come to, all at once, or are taken as not known with `wrong="unknown"`. *progress*
        is called with the number of rows that are done.

        Raises `ProfileError` with every column that does not fit. Source: docs/reference/population-tables.md.
        """
        from lgbm.population.screening import screen

        return screen(self.on(on), table, event=event, keep=keep, wrong=wrong, progress=progress)

    def _on(self, day: date) -> tuple[DatedRulebook, ProfileReader]:
        found = self._dated.get(day)
        if found is None:
            reader = profile_reader(
                self.taxonomy.circumstances,
                frozenset(self.taxonomy.services),
                self.rulebook.passports,
                day,
                frozenset(self.taxonomy.segments),
            )
            found = self.rulebook.on(day), reader
            if len(self._dated) >= _DATES_KEPT:
                # Other threads may be doing the same: a list of the days does not change while we look at it.
                for oldest in list(self._dated)[:1]:
                    self._dated.pop(oldest, None)
            self._dated[day] = found
        return found

    @cached_property
    def _dated(self) -> dict[date, tuple[DatedRulebook, ProfileReader]]:
        return {}

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything in the taxonomy, wherever it is written and in whatever order."""
        import hashlib

        whole = {
            name: {one: _canonical(item) for one, item in items.items()} for name, items in self.taxonomy.sections()
        }
        about = [self.taxonomy.id, self.taxonomy.leap_day_birthday, sorted(self.taxonomy.jurisdiction)]
        return hashlib.sha256(_as_json([about, whole]).encode()).hexdigest()

    @cached_property
    def graph(self) -> networkx.MultiDiGraph[str]:
        """Every item and every typed relation as a NetworkX graph. It is built on first use."""
        from lgbm.graph import graph_of

        return graph_of(self.rulebook)

    @property
    def circumstances(self) -> Mapping[str, c.Circumstance]:
        """The circumstances, by id."""
        return self.taxonomy.circumstances

    @property
    def events(self) -> Mapping[str, c.Event]:
        """The life events, by id."""
        return self.taxonomy.events

    @property
    def needs(self) -> Mapping[str, c.Need]:
        """The needs, by id."""
        return self.taxonomy.needs

    @property
    def services(self) -> Mapping[str, c.Service]:
        """The services, by id."""
        return self.taxonomy.services

    def __getattr__(self, name: str) -> Mapping[str, c.Item]:
        # The other sections read alike: `model.outcomes`, `model.rates`.
        if name in SECTIONS:
            found: Mapping[str, c.Item] = getattr(self.taxonomy, name)
            return found
        raise AttributeError(f"a model has no `{name}`")

    def __repr__(self) -> str:
        return f"<Model {self.taxonomy.id}: {self.taxonomy.counted()}>"


def load(*paths: str | os.PathLike[str]) -> Model:
    """The model that *paths* hold: a folder, a file, several (a later one lies over an earlier one), or `"uk"`.

    Raises `SourceError` with everything that is wrong in them.
    """
    # Whoever reads no file needs no YAML: `import lgbm` stays light.
    from lgbm.reading import draft_of

    return _executable(draft_of(*paths))


def loads(text: str, name: str = "taxonomy.yaml") -> Model:
    """The model that one YAML text holds; *name* is what its places are called by."""
    from lgbm.reading import draft_of_text

    return _executable(draft_of_text(text, name))


def _executable(draft: Draft) -> Model:
    # What reads rules is loaded with what reads files: a name in `lgbm` costs neither.
    from lgbm.rules.build import rulebook

    taxonomy = draft.taxonomy if draft.taxonomy is not None else draft.whole()
    return Model(taxonomy, rulebook(taxonomy, draft.complaints, draft.unread))


def _day(on: date | str | None) -> date:
    if on is None:
        return date.today()
    try:
        day = date.fromisoformat(on) if isinstance(on, str) else on
    except ValueError:
        day = on  # type: ignore[assignment]
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ProfileError([say.no_date(on)])
    return day


def _as_json(value: object) -> str:
    import json

    return json.dumps(value, sort_keys=True)


def _canonical(value: object) -> object:
    """*value* as plain data that does not depend on where or in what order it was written."""
    match value:
        case c.Group(parts=parts):
            inner = sorted(_as_json(_canonical(one)) for one in parts)
            return [value.kind, inner, _canonical(value.because), list(value.source)]
        case Mapping():
            return {str(name): _canonical(one) for name, one in cast("Mapping[object, object]", value).items()}
        case str() | None:
            return value
        case tuple():
            return [_canonical(one) for one in cast("tuple[object, ...]", value)]
        case _ if has(kind := type(value)):
            names = [one.name for one in fields(kind) if one.eq]
            found = {name: _canonical(getattr(value, name)) for name in names}
            match value:
                case c.Table(inputs=inputs):
                    # A rule gives them in this order.
                    found["inputs"] = [[name, _canonical(one)] for name, one in inputs.items()]
                case c.Event(changes=changes):
                    found["changes"] = sorted((_canonical(one) for one in changes), key=_as_json)
                case _:
                    pass
            return [kind.__name__, found]
        case _:
            return written(value)
