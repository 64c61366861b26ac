"""What is to be seen in a picture of one person's answer: what lit up, what is not known, what is ruled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from lgbm.decision import Decision, Status
from lgbm.graph.chain import FOLLOWS, after, all_before
from lgbm.graph.making import Graph
from lgbm.graph.picture import Picture
from lgbm.graph.sketch import NOUNS, Sketch, counted
from lgbm.model.values import Value
from lgbm.outline import Mark
from lgbm.resolution import Resolution
from lgbm.rules.naming import Names
from lgbm.telling import ImpliedNeed

_MARKS: Mapping[Status, Mark] = {Status.ELIGIBLE: "yes", Status.UNDETERMINED: "ask", Status.INELIGIBLE: "no"}
_SAYS: Mapping[Mark, str] = {"yes": "yes", "change": "changed just now", "ask": "not known yet", "no": "ruled out"}
_CAPTIONS: Mapping[str, str] = {
    "event": "has just happened",
    "circumstance": "what counted, and what is to be asked",
    "need": "implied by circumstances",
    "service": "for these needs, or led to",
    "outcome": "contributed to",
    "indicator": "measure outcomes",
}


def picture_of_answer(graph: Graph, answer: Resolution, most: int | None) -> Picture:
    """One person's answer, along the chain."""
    return _Answer(graph, answer, most).picture()


class _Answer:
    def __init__(self, graph: Graph, answer: Resolution, most: int | None) -> None:
        self.graph, self.answer, self.most = graph, answer, most
        self.sketch = Sketch()
        self.names = Names(answer.book, answer.language)
        ranks = ("event", "need")
        self.shown = [one for one in answer.services if one.relevance and one.relevance[0].kind in ranks]
        self.possible = {one.id: one for one in answer.possible_needs}

    def picture(self) -> Picture:
        """The picture."""
        answer = self.answer
        self._event()
        self._needs()
        self._services()
        self._circumstances()
        self._ends()
        self._fold()
        event = answer.taxonomy.events[answer.event].named(answer.language) if answer.event else "as things are"
        counts = {status: sum(one.status is status for one in self.shown) for status in Status}
        about = (
            f"{NOUNS['need'](len(answer.needs))} implied, and {NOUNS['service'](len(self.shown))} to meet them or led "
            f"to: {counts[Status.ELIGIBLE]} eligible, {counts[Status.UNDETERMINED]} not known yet, "
            f"{counts[Status.INELIGIBLE]} ruled out. On {answer.on}."
        )
        besides = len(answer.eligible) - counts[Status.ELIGIBLE]
        if besides:
            more = "1 more service that is" if besides == 1 else f"{besides} more services that are"
            about += f" Not drawn: {more} a yes, should the need be there."
        boxes, arrows = tuple(self.sketch.boxes.values()), tuple(self.sketch.arrows.values())
        return Picture(
            f"One person’s answer: {event}",
            about,
            boxes,
            arrows,
            _SAYS,
            _CAPTIONS,
            "directly, or decides who is eligible",
        )

    def _label(self, name: str) -> str:
        label: str = self.graph.nodes[name]["item"].named(self.answer.language)
        return label

    def _event(self) -> None:
        if self.answer.event is not None:
            name = f"event:{self.answer.event}"
            self.sketch.box(name, "event", self._label(name), mark="change")

    def _needs(self) -> None:
        for one in self.answer.needs:
            self.sketch.box(f"need:{one.id}", "need", one.label, mark="yes")
        for one in sorted(self.possible.values(), key=lambda one: len(one.missing)):
            self.sketch.box(f"need:{one.id}", "need", one.label, self._asks(one.missing), "ask")
        known = {one.id for one in self.answer.needs} | self.possible.keys()
        for name, need in sorted(self.answer.taxonomy.needs.items()):
            if name in self.answer.book.needs and name not in known:
                self.sketch.box(f"need:{name}", "need", need.named(self.answer.language), mark="no")

    def _services(self) -> None:
        start = f"event:{self.answer.event}"
        for one in self.shown:
            name = f"service:{one.id}"
            self.sketch.box(name, "service", one.label, self._service_note(one), _MARKS[one.status])
            for why in one.relevance:
                if why.kind == "event":
                    self.sketch.arrow(start, name, "leads to", direct=True)
                elif why.kind == "need":
                    self.sketch.arrow(f"need:{why.id}", name, "is met by")

    def _service_note(self, one: Decision) -> str:
        if one.status is not Status.UNDETERMINED:
            return ""
        return self._asks(one.missing) if one.missing else "no rules decide it here"

    def _asks(self, missing: Iterable[str]) -> str:
        called = [self.names.called(name) for name in missing]
        return f"depends on {len(called)} facts" if len(called) > 1 else f"ask for: {called[0]}" if called else ""

    def _circumstances(self) -> None:
        """What the event changed, the known facts that imply a need, and the facts that are to be asked for."""
        changed = {one.circumstance: one for one in self.answer.changes if not one.follows}
        for name, change in changed.items():
            self._fact(name, f"{self._value(change.before, name)} → {self._value(change.after, name)}", "change")
            self.sketch.arrow(f"event:{self.answer.event}", f"circumstance:{name}", "changes")
        for need in self.answer.needs:
            self._behind(need)
        for one in self.shown:
            for name in one.missing if one.status is Status.UNDETERMINED else ():
                self._fact(name, "", "ask")
                self.sketch.arrow(f"circumstance:{name}", f"service:{one.id}", "is to be asked for", direct=True)
        for need in self.possible.values():
            for name in need.missing:
                self._fact(name, "", "ask")
                self.sketch.arrow(f"circumstance:{name}", f"need:{need.id}", "can imply")

    def _value(self, value: Value | None, name: str) -> str:
        return "not known" if value is None else self.names.value(value, name)

    def _behind(self, need: ImpliedNeed) -> None:
        """The known facts that the rule of an implied need reads; those that an event changed may be behind them."""
        target = f"need:{need.id}"
        read = [one for one in self.graph.predecessors(target) if one.startswith("circumstance:")]
        changed = [one.id for one in self.sketch.boxes.values() if one.mark == "change" and one.kind == "circumstance"]
        for one in read:
            origins = [name for name in all_before(self.graph, [one], *FOLLOWS) if name in changed]
            for origin in origins:
                self.sketch.arrow(origin, target, "implies")
            name = one.partition(":")[2]
            value = self.answer.facts.known.get(name)
            if value is not None and one not in changed and not origins:
                self._fact(name, self.names.value(value, name), "")
                self.sketch.arrow(one, target, "implies")

    def _fact(self, name: str, note: str, mark: Mark) -> None:
        self.sketch.box(f"circumstance:{name}", "circumstance", _capital(self.names.called(name)), note, mark)

    def _ends(self) -> None:
        for one in self.shown:
            if one.status is not Status.ELIGIBLE:
                continue
            for outcome in after(self.graph, f"service:{one.id}", "contributes to"):
                self.sketch.box(outcome, "outcome", self._label(outcome), mark="yes")
                self.sketch.arrow(f"service:{one.id}", outcome, "contributes to")
                for indicator in after(self.graph, outcome, "measured by"):
                    self.sketch.box(indicator, "indicator", self._label(indicator))
                    self.sketch.arrow(outcome, indicator, "is measured by")

    def _fold(self) -> None:
        """What is ruled out and what is not known is folded first: what lit up is what a reader looks for."""
        if self.most is None:
            return
        words: Mapping[Mark, str] = {"no": "ruled out", "ask": "not known yet"}
        for kind, few in (("circumstance", 3), ("need", 2), ("service", 3)):
            for mark in ("no", "ask"):
                if self.sketch.count(kind) > self.most:
                    self._fold_marked(kind, mark, few if mark == "ask" else 0, words[mark])
            # What has one mark never goes into a box with what has another.
            boxes = [one for one in self.sketch.boxes.values() if one.kind == kind]
            marks = Counter(one.mark for one in boxes)
            often = max(marks, key=lambda mark: marks[mark], default="")
            self.sketch.fold(kind, self.most + 2, kept=[one.id for one in boxes if one.mark != often])
        self.sketch.fold("outcome", self.most)
        self.sketch.fold("indicator", self.most)

    def _fold_marked(self, kind: str, mark: Mark, few: int, words: str) -> None:
        """All boxes with a mark into one, but for a few: those that the most depends on."""
        near = self.sketch.near()
        mine = [one for one in self.sketch.boxes.values() if one.kind == kind and one.mark == mark]
        mine.sort(key=lambda one: -near.get(one.id, 0))
        if len(mine) - few > 1:
            self.sketch.into(f"{mark} {kind}", kind, words, mine[few:], counted)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
