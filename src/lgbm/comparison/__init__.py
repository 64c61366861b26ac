"""Two answers side by side: what is gained, what is lost, what is now to be asked, and the clause that makes it so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from attrs import field, frozen

from lgbm.comparison.told import as_line
from lgbm.comparison.turns import AmountTurn, Differing, Kind, Sides, Turn, amounts, facts, needs, services
from lgbm.decision import Decision
from lgbm.errors import ProfileError
from lgbm.kept import kept
from lgbm.messages import profiles as say
from lgbm.model.values import plain
from lgbm.outline import Line, as_html, as_text
from lgbm.resolution import Resolution
from lgbm.telling import Change

__all__ = ["AmountTurn", "Comparison", "Differing", "Kind", "Turn", "compare"]


@frozen(eq=False, slots=False, repr=False)
class Comparison:
    """What comes out otherwise after than before: of two people, of two events, of a life with an event and without."""

    before: Resolution
    after: Resolution
    across: frozenset[Differing] = field(factory=frozenset[Differing])

    @kept
    def _sides(self) -> Sides:
        return Sides(self.before, self.after)

    @kept
    def facts(self) -> tuple[Change, ...]:
        """The facts that differ: first those that were stated or that an event brought, then those that follow."""
        return tuple(facts(self._sides))

    @kept
    def services(self) -> tuple[Turn, ...]:
        """The services that are answered otherwise: those that are relevant on either side first, then by name."""
        return tuple(services(self._sides))

    @property
    def gained(self) -> tuple[Turn, ...]:
        """The services that were a no and are a yes."""
        return tuple(one for one in self.services if one.kind == "gained")

    @property
    def lost(self) -> tuple[Turn, ...]:
        """The services that were a yes and are a no."""
        return tuple(one for one in self.services if one.kind == "lost")

    @property
    def settled(self) -> tuple[Turn, ...]:
        """The services that were not known, and are a yes or a no."""
        return tuple(one for one in self.services if one.kind == "settled")

    @property
    def unsettled(self) -> tuple[Turn, ...]:
        """The services that were a yes or a no, and are not known: more has to be asked."""
        return tuple(one for one in self.services if one.kind == "unsettled")

    @kept
    def needs(self) -> tuple[Turn, ...]:
        """The needs that come, go, are settled, or are not known any more."""
        return tuple(needs(self._sides))

    @kept
    def amounts(self) -> tuple[AmountTurn, ...]:
        """What is paid on one side and not on the other, or not as much: of services that are a yes there."""
        return tuple(amounts(self._sides))

    @kept
    def _missing(self) -> tuple[dict[str, None], dict[str, None]]:
        return _asked(self.before), _asked(self.after)

    @property
    def asked(self) -> tuple[str, ...]:
        """The facts that relevant services want for after, and did not before."""
        before, after = self._missing
        return tuple(name for name in after if name not in before)

    @property
    def not_asked(self) -> tuple[str, ...]:
        """The facts that relevant services wanted for before, and do not after."""
        before, after = self._missing
        return tuple(name for name in before if name not in after)

    @kept
    def line(self) -> Line:
        """The whole as an outline."""
        return as_line(self)

    def __repr__(self) -> str:
        counted = ", ".join(
            f"{len(found)} {name}"
            for name, found in (
                ("gained", self.gained),
                ("lost", self.lost),
                ("settled", self.settled),
                ("unsettled", self.unsettled),
            )
        )
        return f"<Comparison {self.before.taxonomy.id}: {counted}>"

    def __str__(self) -> str:
        return as_text(self.line)

    def _repr_html_(self) -> str:
        return as_html(self.line)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON data. All of its lists are empty where nothing comes out otherwise."""
        return {
            "before": _about(self.before),
            "after": _about(self.after),
            "facts": [
                {
                    "circumstance": one.circumstance,
                    "before": plain(one.before),
                    "after": plain(one.after),
                    "follows": one.follows,
                }
                for one in self.facts
            ],
            "services": [one.to_dict() for one in self.services],
            "needs": [one.to_dict() for one in self.needs],
            "amounts": [one.to_dict() for one in self.amounts],
            "asked": list(self.asked),
            "not_asked": list(self.not_asked),
        }


def compare(before: Resolution, after: Resolution, *, across: Collection[Differing] = ()) -> Comparison:
    """What comes out otherwise in *after* than in *before*.

    Both are of the same model, of the same date and in the same language, so that what differs comes from the person
    or the event. `across=["date"]` compares two dates, and `across=["model"]` two versions of the rules.

    Raises `ProfileError` where the two cannot be compared.
    """
    problems = [
        *(
            [say.different_models(before.taxonomy.id, after.taxonomy.id)]
            if _models_differ(before, after, across)
            else []
        ),
        *([say.different_dates(before.on, after.on)] if before.on != after.on and "date" not in across else []),
        *([say.different_languages(before.language, after.language)] if before.language != after.language else []),
    ]
    if problems:
        raise ProfileError(problems)
    return Comparison(before, after, frozenset(across))


def _models_differ(before: Resolution, after: Resolution, across: Collection[Differing]) -> bool:
    if "model" in across or before.book.book is after.book.book:
        return False
    return before.model_fingerprint() != after.model_fingerprint()


def _asked(answer: Resolution) -> dict[str, None]:
    """What is missing for the services that the needs or the event lead to, in the order in which to ask."""
    return dict.fromkeys(name for one in _relevant(answer) for name in one.missing)


def _relevant(answer: Resolution) -> Iterator[Decision]:
    for one in answer.undetermined:
        if one.relevance and one.relevance[0].kind != "possible need":
            yield one


def _about(answer: Resolution) -> Mapping[str, object]:
    return {
        "taxonomy": answer.taxonomy.id,
        "event": answer.event,
        "on": answer.on.isoformat(),
        "fingerprint": answer.fingerprint,
    }
