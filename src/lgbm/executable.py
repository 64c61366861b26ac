"""A taxonomy made executable: what `lgbm.load` gives."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

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
from lgbm.shown import Shelf

if TYPE_CHECKING:
    import networkx

    from lgbm.graph.explore import Explorer
    from lgbm.graph.picture import Picture
    from lgbm.interview import Interview, Weights
    from lgbm.population.screening import Screening
    from lgbm.reading import Draft

_DATES_KEPT = 8
T = TypeVar("T", bound=c.Item)


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
        processes: int | None = 1,
    ) -> Screening:
        """The answers for all citizens of *table*, a row each, with the very same rules. Needs the extra `population`.

        *table* is anything that speaks Arrow (pyarrow, Polars, pandas, DuckDB), a path to a Parquet or CSV file, or
        record batches one by one. A column is called as its circumstance; null is not known. *event* has just happened
        to all of them. Columns in *keep* stand beside the answers. Cells and rows that cannot be right raise
        `ProfileError` when they are come to, all at once, or are taken as not known with `wrong="unknown"`. *progress*
        is called with the number of rows that are done. *processes* share the work of counting and writing; with
        `None`, as many as there are cores, where the table is long enough for that to pay.

        Raises `ProfileError` with every column that does not fit. Source: docs/reference/population-tables.md.
        """
        from lgbm.population.screening import screen

        return screen(self.on(on), table, event=event, keep=keep, wrong=wrong, progress=progress, processes=processes)

    def interview(
        self,
        profile: Mapping[str, Any] | Profile | None = None,
        *,
        event: str | None = None,
        on: date | str | None = None,
        services: Sequence[str] | None = None,
        weights: Weights | None = None,
        language: str = "en",
    ) -> Interview:
        """A conversation with one citizen that asks only what can still matter, what settles most first.

        *profile* is what is known already. *services* are those to settle; without them, all services and all needs.
        *weights* say how likely answers are; without them, that is guessed. Raises `ProfileError` as `resolve` does.
        """
        from lgbm.interview import begun

        weights = self._guesses if weights is None else weights
        book, reader = self._on(_day(on))
        nothing: Mapping[str, Any] = {}
        return begun(
            book, reader, lambda: self.fingerprint, nothing if profile is None else profile,
            event=event, services=services, weights=weights, language=language,
        )  # fmt: skip

    def interview_from(self, state: Mapping[str, Any], *, weights: Weights | None = None) -> Interview:
        """The interview that was put aside as plain data by its `to_dict()`, gone on with.

        Raises `ProfileError` where it is no such data, or where the model has changed since.
        """
        from lgbm.interview import resumed

        return resumed(partial(self.interview, weights=weights), state)

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
    def _guesses(self) -> Weights:
        from lgbm.interview import Weights

        return Weights()

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

    @cached_property
    def explore(self) -> Explorer:
        """Questions about the model as a whole: ways, dependents, passports, loose ends."""
        from lgbm.graph.explore import Explorer

        return Explorer(self.graph, self.rulebook)

    def draw(
        self,
        *,
        event: str | None = None,
        service: str | None = None,
        resolution: Resolution | None = None,
        language: str = "en",
        most: int | None = 10,
    ) -> Picture:
        """A picture of the chain for one life event, one service or one answer; without these, of the whole model.

        A notebook shows it, `picture.svg` and `picture.save(path)` give it, and `picture.text` has the same in words.
        Columns are folded to about *most* boxes; with nothing for it, to none. Raises `ProfileError`.
        """
        from lgbm.graph.draw import draw

        return draw(
            self.graph, self.taxonomy, event=event, service=service, resolution=resolution, language=language, most=most
        )

    @property
    def circumstances(self) -> Mapping[str, c.Circumstance]:
        """The circumstances, by id."""
        return self._section("circumstances", self.taxonomy.circumstances)

    @property
    def events(self) -> Mapping[str, c.Event]:
        """The life events, by id."""
        return self._section("events", self.taxonomy.events)

    @property
    def needs(self) -> Mapping[str, c.Need]:
        """The needs, by id."""
        return self._section("needs", self.taxonomy.needs)

    @property
    def services(self) -> Mapping[str, c.Service]:
        """The services, by id."""
        return self._section("services", self.taxonomy.services)

    def __getattr__(self, name: str) -> Mapping[str, c.Item]:
        # The other sections read alike: `model.outcomes`, `model.rates`.
        if name in SECTIONS:
            found: Mapping[str, c.Item] = getattr(self.taxonomy, name)
            return self._section(name, found)
        raise AttributeError(f"a model has no `{name}`")

    def _section(self, name: str, items: Mapping[str, T]) -> Mapping[str, T]:
        found: Mapping[str, T] | None = self._sections.get(name)
        if found is None:
            from lgbm.cards import Section

            found = self._sections[name] = Section(name, items)
        return found

    @cached_property
    def _sections(self) -> dict[str, Any]:
        return {}

    def __attrs_post_init__(self) -> None:
        shelf = Shelf(self._card)
        fields_of_people = (one.fields for one in self.taxonomy.circumstances.values())
        for items in chain((items for _, items in self.taxonomy.sections()), fields_of_people):
            for item in items.values():
                # Nothing that an item says changes by this: it learns only who draws it.
                object.__setattr__(item, "shelf", shelf)

    def _card(self, item: c.Item) -> str:
        from lgbm.cards import card

        return card(item, self.on())

    def _repr_html_(self) -> str:
        from lgbm.cards import whole

        return whole(self.taxonomy, date.today())

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
