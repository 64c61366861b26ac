"""What is to be seen in a picture of one life event, of one service, or of the whole model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lgbm.graph.chain import FOLLOWS, Part, after, all_after, before, part_of_event, part_of_service
from lgbm.graph.making import Graph, edges_of
from lgbm.graph.picture import DIRECTLY, Picture
from lgbm.graph.sketch import NOUNS, Group, Sketch, counted
from lgbm.model import concepts as c
from lgbm.model.concepts import in_language
from lgbm.model.values import written

MOST = 10
"""Boxes in a column, where nothing else is said: what fits a laptop."""

_CAPTIONS: Mapping[str, str] = {
    "circumstance": "changed by the event",
    "need": "implied by circumstances",
    "service": "meet needs",
    "outcome": "contributed to",
    "indicator": "measure outcomes",
}


def picture_of_event(graph: Graph, event: str, language: str = "en", most: int | None = MOST) -> Picture:
    """What one life event can touch."""
    part, draw = part_of_event(graph, event), _Drawn(graph, language)
    start = f"event:{event}"
    draw.put(part)
    changes: tuple[c.Change, ...] = graph.nodes[start]["item"].changes
    for change in changes:
        draw.sketch.noted(f"circumstance:{change.circumstance}", draw.becomes(change))
    straight = [one for one in part.services if one in after(graph, start, "leads to", "changes")]
    for one in straight:
        draw.sketch.arrow(start, one, "leads to", direct=True)
    draw.fold(part, most, straight)
    about = (
        f"It changes {NOUNS['circumstance'](len(part.circumstances))}, which can imply "
        f"{NOUNS['need'](len(part.needs))}. It leads to {NOUNS['service'](len(straight))} directly; "
        f"{len(part.services) - len(straight)} more meet these needs."
    )
    title = f"{draw.label(start)}: what it can touch"
    return draw.picture(title, about, _CAPTIONS)


def picture_of_service(graph: Graph, service: str, language: str = "en", most: int | None = MOST) -> Picture:
    """What decides one service, and what it is for."""
    part, draw = part_of_service(graph, service), _Drawn(graph, language)
    start = f"service:{service}"
    draw.put(part)
    deciding = before(graph, start, "decides eligibility for")
    for one in part.circumstances:
        if one in deciding:
            draw.sketch.arrow(one, start, "decides eligibility for", direct=True)
    for event in before(graph, start, "leads to", "changes"):
        draw.sketch.arrow(event, start, "leads to", direct=True)
    draw.fold(part, most, [start])
    asked = [draw.label(one) for one in before(graph, start, "passports")]
    opens = [draw.label(one) for one in after(graph, start, "passports")]
    about = f"Its eligibility asks about {NOUNS['circumstance'](sum(one in part.circumstances for one in deciding))}"
    about += f", and about {_listed(asked)}." if asked else "."
    about += f" Whether somebody gets it counts for {_listed(opens)}." if opens else ""
    captions = {
        **_CAPTIONS, "event": "change these, or lead to it", "circumstance": "imply the need, or decide",
        "service": "eligibility, and what it meets",
    }  # fmt: skip
    title = f"{draw.label(start)}: what decides it, and what it is for"
    return draw.picture(title, about, captions, "decides who is eligible, or leads to it directly")


def picture_of_whole(graph: Graph, called: str, language: str = "en", most: int | None = MOST) -> Picture:
    """The whole model, *called* so, and folded: circumstances by the file that they are written in, needs by the
    broadest, services by who provides them.
    """
    draw = _Drawn(graph, language)
    kinds = {kind: tuple(one for one in graph if graph.nodes[one]["kind"] == kind) for kind in NOUNS}
    linked = {one for edge in edges_of(graph) for one in edge[:2] if edge[2] in ("changes", "implies")}
    shown = tuple(one for one in kinds["circumstance"] if one in linked)
    ends = (kinds[one] for one in ("need", "service", "outcome", "indicator"))
    draw.put(Part(kinds["event"], shown, (), *ends))
    if most is not None:
        sketch = draw.sketch
        for kind, group in (
            ("circumstance", draw.by_file), ("need", draw.by_broadest), ("service", draw.by_provider),
            ("outcome", draw.by_broadest),
        ):  # fmt: skip
            if sketch.count(kind) > most:
                sketch.group(kind, group)
                sketch.fold(kind, most + 2)
        draw.fold_indicators(most)
        # The names of life events are short, and they are what a reader looks for.
        sketch.fold("event", 3 * most)
    counts = ", ".join(noun(len(kinds[kind])) for kind, noun in NOUNS.items())
    about = (
        f"{counts}. Circumstances are shown that an event changes or that imply a need; "
        "what an event leads to directly is left out."
    )
    captions = {**_CAPTIONS, "circumstance": "by the file they are in", "service": "by who provides them"}
    return draw.picture(f"{called}: the whole model", about, captions)


class _Drawn:
    """A sketch of a part of the chain, with what its items are called."""

    def __init__(self, graph: Graph, language: str) -> None:
        self.graph, self.language, self.sketch = graph, language, Sketch()

    def item(self, name: str) -> c.Item:
        """The item of a node."""
        item: c.Item = self.graph.nodes[name]["item"]
        return item

    def label(self, name: str) -> str:
        """What a node is called."""
        return self.item(name).named(self.language)

    def put(self, part: Part) -> None:
        """Every item of the part, and what they have to do with each other."""
        columns = (part.events, part.circumstances, part.needs, part.services, part.outcomes, part.indicators)
        for kind, names in zip(NOUNS, columns, strict=True):
            for one in names:
                self.sketch.box(one, kind, self.label(one))
        for event in part.events:
            for one in (
                all_after(self.graph, after(self.graph, event, "changes"), *FOLLOWS)
                if part.between
                else (after(self.graph, event, "changes"))
            ):
                self.sketch.arrow(event, one, "changes")
        for one in part.circumstances:
            for then in all_after(self.graph, [one], *FOLLOWS) if len(part.events) <= 1 else [one]:
                for need in after(self.graph, then, "implies"):
                    self.sketch.arrow(one, need, "can imply")
        for one in part.services:
            for need in after(self.graph, one, "meets"):
                self.sketch.arrow(need, one, "is met by")
            for outcome in after(self.graph, one, "contributes to"):
                self.sketch.arrow(one, outcome, "contributes to")
        for one in part.outcomes:
            for indicator in after(self.graph, one, "measured by"):
                self.sketch.arrow(one, indicator, "is measured by")

    def fold(self, part: Part, most: int | None, kept: Iterable[str]) -> None:
        """Until no column has many more than *most* boxes: services other than *kept* by the need that they meet."""
        if most is None:
            return
        sketch, kept = self.sketch, tuple(kept)
        sketch.fold("event", most)
        sketch.fold("circumstance", most)
        if sketch.count("need") > most:
            sketch.group("need", self.by_broadest)
            sketch.fold("need", most)
        if sketch.count("service") > most:
            sketch.group("service", self.by_need(part.needs), counted, set(part.services) - set(kept))
            # What the event leads to stands by itself, as long as it leaves some room for the needs.
            sketch.fold("service", max(most, len(kept) + 3), kept=kept)
            sketch.fold("service", most + 6)
        if sketch.count("outcome") > most:
            sketch.group("outcome", self.by_broadest)
            sketch.fold("outcome", most)
        self.fold_indicators(most)

    def fold_indicators(self, most: int) -> None:
        """By the outcome that they measure."""

        def by_outcome(name: str) -> tuple[str, str] | None:
            outcome = next((one for one in before(self.graph, name, "measured by")), None)
            shown = self.sketch.inside.get(outcome, outcome) if outcome else None
            box = self.sketch.boxes.get(shown) if shown else None
            return (f"indicators of {box.id}", f"of: {box.label}") if box else None

        if self.sketch.count("indicator") > most:
            self.sketch.group("indicator", by_outcome, counted)
            self.sketch.fold("indicator", most)

    def by_broadest(self, name: str) -> tuple[str, str] | None:
        """The broadest item that this one belongs to."""
        wide = [one for one in all_after(self.graph, [name], "broader") if not after(self.graph, one, "broader")]
        return (f"all of {wide[0]}", self.label(wide[0])) if wide else None

    def by_provider(self, name: str) -> tuple[str, str] | None:
        """Who provides a service: the first that is named."""
        who = next(iter(after(self.graph, name, "provided by")), None)
        return (f"by {who}", self.label(who)) if who else ("by nobody", "No provider is named")

    def by_file(self, name: str) -> tuple[str, str] | None:
        """The file that a circumstance is written in, by the words of its name that are its own."""
        stem = self.item(name).span.source.name.rpartition("/")[2].rpartition(".")[0]
        words = stem.removeprefix("circumstances").strip("-_ ").replace("-", " ").replace("_", " ")
        return f"file {words}", (words or "general").capitalize()

    def by_need(self, needs: Iterable[str]) -> Group:
        """The box of the first of *needs* that a service meets."""
        order = list(needs)

        def found(name: str) -> tuple[str, str] | None:
            met = [need for need in after(self.graph, name, "meets") if need in order]
            shown = next((self.sketch.inside.get(one, one) for one in sorted(met, key=order.index)), None)
            box = self.sketch.boxes.get(shown) if shown else None
            return (f"for {box.id}", f"for: {box.label}") if box else None

        return found

    def becomes(self, change: c.Change) -> str:
        """What an event makes of a circumstance, in a few words."""
        about = self.graph.nodes.get(f"circumstance:{change.circumstance}", {}).get("item")
        match change.effect:
            case c.SetTo(value):
                options: Mapping[str, c.Labels] = about.options if about is not None else {}
                if isinstance(value, bool):
                    return f"becomes {'yes' if value else 'no'}"
                label = in_language(options[str(value)], self.language) if str(value) in options else None
                sign = "£" if about is not None and about.kind is c.Kind.MONEY else ""
                return f"becomes {label or f'{sign}{written(value)}'}"
            case c.Compute():
                return "worked out anew"
            case c.AddPerson():
                return "one more"
            case c.RemoveWhere():
                return "some leave"
            case c.Forget():
                return "to be asked anew"

    def picture(self, title: str, about: str, captions: Mapping[str, str], broken: str = DIRECTLY) -> Picture:
        """The picture."""
        sketch = self.sketch
        boxes, arrows = tuple(sketch.boxes.values()), tuple(sketch.arrows.values())
        return Picture(title, about, boxes, arrows, captions=captions, broken=broken)


def _listed(labels: Iterable[str]) -> str:
    found = list(labels)
    shown = found[:3]
    rest = len(found) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)
