"""An interview: what was answered so far, what is settled, and what is asked next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from lgbm.errors import ProfileError
from lgbm.interview.answers import Answer, Declined, read_answer, stated_with
from lgbm.interview.asks import with_persons
from lgbm.interview.choosing import Choosing, Chosen
from lgbm.interview.questions import Question, question
from lgbm.interview.subject import Seen, Subject, Target
from lgbm.messages import interview as say
from lgbm.model.concepts import Kind
from lgbm.model.facts import circumstance_of
from lgbm.model.truth import Truth
from lgbm.model.values import Value, plain
from lgbm.resolution import Resolution
from lgbm.resolve import resolved
from lgbm.rules import term as t

FORMAT = 1


@frozen(eq=False, slots=False)
class Interview:
    """A conversation with one citizen, up to now. It never changes: an answer gives another."""

    subject: Subject = field(repr=False)
    given: Mapping[str, Value] = field(repr=False)
    """What was known before the first question."""
    answers: tuple[Answer, ...] = ()
    """What was answered or declined, in order."""
    again: str = ""
    """What was taken back, and is asked first, if it still matters."""

    # -- what is known

    @cached_property
    def stated(self) -> Mapping[str, Value]:
        """All facts that were stated: those known before, and those answered."""
        return with_persons(self.subject, stated_with(self.given, self.answers))

    @cached_property
    def resolution(self) -> Resolution:
        """The answer on what is known so far. Whatever it says yes or no to, no further answer changes."""
        one = self.subject
        return resolved(one.book, self.stated, one.event, one.fingerprint, one.language)

    @cached_property
    def _truths(self) -> Mapping[Target, Truth]:
        decisions, book = self.resolution.decisions, self.subject.book
        found: dict[Target, Truth] = {}
        targets = [*(("service", name) for name in book.services), *(("need", name) for name in book.needs)]
        for place, target in enumerate(targets):
            if target in self.subject.targets:
                must, may = decisions.must[place], decisions.may[place]
                found[target] = Truth.TRUE if must else Truth.UNKNOWN if may else Truth.FALSE
        return found

    @property
    def settled(self) -> tuple[str, ...]:
        """The services that are settled, by id."""
        return tuple(
            name for (kind, name), one in self._truths.items() if kind == "service" and one is not Truth.UNKNOWN
        )

    @property
    def open(self) -> tuple[str, ...]:
        """The services that are not, by id. Once it is done, these stay open: for what was declined, or for rules
        that nobody wrote.
        """
        return tuple(name for (kind, name), one in self._truths.items() if kind == "service" and one is Truth.UNKNOWN)

    # -- what is asked

    @cached_property
    def _chosen(self) -> Chosen | None:
        return self.choosing.chosen(self.again)

    @cached_property
    def choosing(self) -> Choosing:
        """How the next question is chosen."""
        seen = Seen(self.resolution.before, self.resolution.facts)
        targets = self.subject.targets
        left: dict[Target, t.Term] = {
            target: targets[target] for target, one in self._truths.items() if one is Truth.UNKNOWN
        }
        return Choosing(self.subject, self.stated, seen, self.answers, left)

    @cached_property
    def question(self) -> Question | None:
        """What to ask next; nothing, when no answer can change anything any more."""
        chosen = self._chosen
        return None if chosen is None else question(self.subject, chosen.path, chosen.of, chosen.settles)

    @property
    def done(self) -> bool:
        """Whether no answer can change anything any more."""
        return self._chosen is None

    # -- answers

    def answer(self, value: Any) -> Interview:
        """The interview with *value* for an answer: a value as a profile gives it; of people, how many there are or a
        list of them; of benefits received, a list of services.

        Raises `ProfileError` where it cannot be, or contradicts what was said before.
        """
        chosen = self._asked()
        one = self.subject.about(chosen.path) if "(" not in chosen.path else None
        kind: Kind | None = one.kind if one is not None else None
        read = read_answer(self.subject.reader, chosen.path, kind, value, chosen.of, self.stated)
        found = self._with(Answer(chosen.path, read, None, chosen.of))
        # What contradicts is refused here, not when the next question is looked for.
        assert found.resolution
        return found

    def dont_know(self) -> Interview:
        """The interview when this is not known to who was asked. It is never asked again."""
        return self._declined("dont_know")

    def rather_not_say(self) -> Interview:
        """The interview when who was asked rather keeps this to herself. It is never asked again."""
        return self._declined("rather_not_say")

    def _declined(self, how: Declined) -> Interview:
        chosen = self._asked()
        return self._with(Answer(chosen.path, None, how, chosen.of))

    def _asked(self) -> Chosen:
        if self._chosen is None:
            raise ProfileError([say.nothing_asked()])
        return self._chosen

    def _with(self, answer: Answer) -> Interview:
        return evolve(self, answers=(*self.answers, answer), again="")

    def back(self) -> Interview:
        """The interview before the last answer."""
        if not self.answers:
            raise ProfileError([say.nothing_to_take_back()])
        return evolve(self, answers=self.answers[:-1])

    def without(self, asked: str) -> Interview:
        """The interview without what was answered about *asked*, nor what was asked only because of it.

        It is what is asked next, if it still matters.
        """
        if all(one.asked != asked for one in self.answers):
            raise ProfileError([say.not_answered(asked)])
        reads, base = self.subject.book.book.reads, circumstance_of(asked)

        def stays(one: Answer) -> bool:
            inside = one.asked.startswith((f"{asked}[", f"{asked}."))
            hangs = base != circumstance_of(one.asked) and base in reads.get(circumstance_of(one.asked), ())
            return one.asked != asked and not inside and not hangs

        return evolve(self, answers=tuple(one for one in self.answers if stays(one)), again=asked)

    # -- plain data

    def to_dict(self) -> dict[str, object]:
        """Its state as plain JSON data, from which `model.interview_from` goes on."""
        one = self.subject
        return {
            "format": FORMAT,
            "model": one.fingerprint(),
            "on": one.book.day.isoformat(),
            "event": one.event,
            "language": one.language,
            "services": None if one.services is None else list(one.services),
            "profile": {name: plain(value) for name, value in self.given.items()},
            "answers": [each.to_dict() for each in self.answers],
        }

    def __repr__(self) -> str:
        return f"<Interview: {len(self.answers)} answers, {len(self.settled)} services settled, {len(self.open)} open>"
