"""Terms made ready for columns: equal ones become one, and negations stand where they cost nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import Factory, define

from lgbm.rules import term as t

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
Question = tuple[t.Term, str, t.Term]


@define(eq=False)
class Program:
    """The terms that are going to be asked, each once; and what is asked of each list."""

    uses: dict[int, int] = Factory(dict[int, int])
    """How often the column of each term is asked for, as far as one can tell."""
    ways: dict[int, Any] = Factory(dict[int, Any])
    """How each term is reckoned of citizens, once it has been."""
    ways_of_items: dict[int, Any] = Factory(dict[int, Any])
    """The same of the items of lists."""
    _asked: set[int] = Factory(set[int])
    _terms: dict[t.Term, t.Term] = Factory(dict[t.Term, t.Term])
    _prepared: dict[tuple[t.Term, bool], t.Term] = Factory(dict[tuple[t.Term, bool], t.Term])
    _read: dict[int, frozenset[str]] = Factory(dict[int, frozenset[str]])
    _lists: dict[int, bool] = Factory(dict[int, bool])
    _outside: dict[tuple[int, str], bool] = Factory(dict[tuple[int, str], bool])
    _questions: dict[int, Question | None] = Factory(dict[int, Question | None])
    _planned: dict[int, dict[Question, Question]] = Factory(dict[int, dict[Question, Question]])

    def prepared(self, term: t.Term, no: bool = False) -> t.Term:
        """*term* (or, for *no*, its opposite), as it is going to be asked of columns. What it means does not change."""
        found = self._ready(term, no)
        if id(found) not in self._asked:
            self._asked.add(id(found))
            self.uses[id(found)] += 1
        return found

    def _ready(self, term: t.Term, no: bool = False) -> t.Term:
        key = term, no
        found = self._prepared.get(key)
        if found is None:
            found = self._prepared[key] = self._once(self._turned(term, no))
            self._plan(found)
        return found

    def _turned(self, term: t.Term, no: bool) -> t.Term:
        match term:
            case t.Stated(part):
                return self._ready(part, no)
            case t.Not(part):
                return self._ready(part, not no)
            case t.And(parts) | t.Or(parts):
                inner = tuple(self._ready(part, no) for part in parts)
                return t.And(inner) if isinstance(term, t.And) is not no else t.Or(inner)
            case t.Compare(operator, left, right) if no:
                return t.Compare(_OPPOSITE[operator], self._ready(left), self._ready(right))  # type: ignore[arg-type]
            case _ if no:
                return t.Not(self._ready(term))
            case _:
                return t.mapped(term, self._ready)

    def _once(self, term: t.Term) -> t.Term:
        found = self._terms.setdefault(term, term)
        if found is term and id(term) not in self.uses:
            self.uses[id(term)] = 0
            for part in t.parts_of(term):
                self.uses[id(part)] += 1
        return found

    def reads(self, term: t.Term) -> frozenset[str]:
        """The names of the locals that *term* reads from around it."""
        found = self._read.get(id(term))
        if found is None:
            if isinstance(term, t.Local):
                found = frozenset((term.name,))
            else:
                name, read = getattr(term, "local", None), set[str]()
                for part in t.parts_of(term):
                    inner = self.reads(part)
                    read |= inner - {name} if name is not None and part is not term.items else inner  # type: ignore[union-attr]
                found = frozenset(read)
            self._read[id(term)] = found
        return found

    def is_from_outside(self, term: t.Term, name: str) -> bool:
        """Whether *term* is the same for all items of a list, each called *name*: it is worked out once for them."""
        found = self._outside.get((id(term), name))
        if found is None:
            found = self._outside[id(term), name] = not (
                isinstance(term, t.Const) or name in self.reads(term) or self.asks_of_lists(term)
            )
        return found

    def asks_of_lists(self, term: t.Term) -> bool:
        """Whether it asks of the items of a list: how many are looked at together depends on where it does."""
        found = self._lists.get(id(term))
        if found is None:
            found = isinstance(term, t.Some | t.Every | t.Filter | t.Each | t.Count | t.Sum) or any(
                self.asks_of_lists(part) for part in t.parts_of(term)
            )
            self._lists[id(term)] = found
        return found

    def question(self, term: t.OverList) -> Question | None:
        """Of which list, by which name, *term* counts the items of which what is true; nothing where it counts none."""
        if id(term) not in self._questions:
            match term:
                case t.Some(items, name, holds) | t.Count(t.Filter(items, name, holds)):
                    found: Question | None = items, name, holds
                case t.Every(items, name, holds):
                    found = items, name, self.prepared(holds, True)
                case _:
                    found = None
            self._questions[id(term)] = found
        return self._questions[id(term)]

    def planned(self, asked: Question) -> Sequence[Question]:
        """Everything that is going to be asked of that list."""
        return tuple(self._planned.get(id(asked[0]), {asked: asked}))

    def _plan(self, term: t.Term) -> None:
        if isinstance(term, t.Some | t.Every | t.Count) and not self.reads(term):
            asked = self.question(term)
            if asked is not None:
                self._planned.setdefault(id(asked[0]), {})[asked] = asked
