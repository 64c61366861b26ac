"""Numbers: exact, with 34 digits, and undefined where there is no such number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Context, Decimal, DecimalException

from lgbm.model.facts import INFINITY
from lgbm.model.values import DIGITS, EXACT, Number, number_from, tidy

LARGEST = 10**15
"""Of whole numbers that are places, lengths or durations; below it, sums of integers need no rounding."""

_WIDE = Context(prec=12_400, Emin=-20_000, Emax=20_000)
"""Wide enough for a sum of any numbers to be exact."""


class UndefinedError(Exception):
    """There is no such value; the message says why."""


def exactly(compute: Callable[..., Decimal], *numbers: Number) -> Number:
    """What *compute* gives for *numbers*, to 34 digits."""
    try:
        found = compute(*map(Decimal, numbers))
        return tidy(found) if found.is_finite() else found
    except DecimalException:
        raise UndefinedError("a number beyond what can be reckoned with") from None


def add(left: Number, right: Number) -> Number:
    """The sum, to 34 digits."""
    if type(left) is int and type(right) is int and -LARGEST < left + right < LARGEST:
        return left + right
    return exactly(EXACT.add, left, right)


def subtract(left: Number, right: Number) -> Number:
    """The difference, to 34 digits."""
    if type(left) is int and type(right) is int and -LARGEST < left - right < LARGEST:
        return left - right
    return exactly(EXACT.subtract, left, right)


def multiply(left: Number, right: Number) -> Number:
    """The product, to 34 digits."""
    return exactly(EXACT.multiply, left, right)


def divide(left: Number, right: Number) -> Number:
    """The quotient, to 34 digits; undefined for a division by zero."""
    if right == 0:
        raise UndefinedError("a division by zero")
    return exactly(EXACT.divide, left, right)


def power(base: Number, exponent: Number) -> Number:
    """*base* to the power of *exponent*."""
    if base == 0 and exponent < 0:
        raise UndefinedError("a division by zero")
    if not -10_000 <= exponent <= 10_000:
        raise UndefinedError("a power beyond 10000")
    # Of zero too, as IEEE 754 has it.
    return 1 if exponent == 0 else exactly(EXACT.power, base, exponent)


def whole(number: Number, what: str) -> int:
    """*number* as an `int`; undefined where it is not whole. *what* names it in the reason."""
    if number != int(number) or not -LARGEST <= number <= LARGEST:
        raise UndefinedError(f"{what} that is not a whole number")
    return int(number)


def rounded(mode: str) -> Callable[..., Number]:
    """A function that rounds to so many decimal places, in that mode of `decimal`."""

    def run(number: Number, scale: Number = 0) -> Number:
        # A scale is cut to a whole number, as the standard's own suite does.
        places = int(scale)
        if not -6111 <= places <= 6176:
            raise UndefinedError("a scale beyond 6176 decimal places")
        value = Decimal(number)
        if places >= DIGITS or -places > value.adjusted() + DIGITS:
            return number if places >= DIGITS else 0
        try:
            return tidy(value.quantize(Decimal((0, (1,), -places)), rounding=mode, context=EXACT))
        except DecimalException:
            return number

    return run


def square_root(number: Number) -> Number:
    """The square root; undefined below zero."""
    if number < 0:
        raise UndefinedError("the square root of a negative number")
    return exactly(EXACT.sqrt, number)


def exponential(number: Number) -> Number:
    """e to the power of *number*."""
    if not -10_000 <= number <= 10_000:
        raise UndefinedError("a power beyond 10000")
    return exactly(EXACT.exp, number)


def logarithm(number: Number) -> Number:
    """The natural logarithm; undefined at zero and below."""
    if number <= 0:
        raise UndefinedError("the logarithm of a number that is not above zero")
    return exactly(EXACT.ln, number)


def modulo(dividend: Number, divisor: Number) -> Number:
    """What is left of *dividend*; it has the sign of *divisor*."""
    if divisor == 0:
        raise UndefinedError("a division by zero")
    quotient = EXACT.divide(Decimal(dividend), Decimal(divisor)).to_integral_value(ROUND_FLOOR)
    return subtract(dividend, multiply(divisor, tidy(quotient)))


def number_of_text(text: str, grouping: str = "", decimal: str = ".") -> Number:
    """The number that *text* writes with these separators."""
    if grouping not in ("", " ", ",", ".") or decimal not in (".", ",") or grouping == decimal:
        raise UndefinedError("separators that a number cannot have")
    plain = text.replace(grouping, "") if grouping else text
    found = None if decimal != "." and "." in plain else number_from(plain.replace(decimal, "."))
    if found is None:
        raise UndefinedError("a text that is not a number")
    return found


def total(items: Sequence[Number]) -> Number:
    """The exact sum, rounded once, so that the order never matters."""
    if all(type(item) is int for item in items):
        return exactly(EXACT.plus, sum(items))
    found = Decimal(0)
    for item in items:
        found = _WIDE.add(found, Decimal(item))
    return exactly(EXACT.plus, found)


def ends_compared(operator: str, ends: tuple[Number, Number], others: tuple[Number, Number]) -> bool | None:
    """Whether numbers within these bounds compare so, if that is the same for all of them."""
    (low, high), (least, most) = ends, others
    below, not_above, above, not_below = high < least, high <= least, low > most, low >= most
    always = {"<": below, "<=": not_above, ">": above, ">=": not_below, "!=": below or above, "=": False}
    never = {"<": not_below, "<=": above, ">": not_above, ">=": below, "!=": False, "=": below or above}
    return True if always[operator] else False if never[operator] else None


def ends_of(function: str, *bounds: tuple[Number, Number]) -> tuple[Number, Number]:
    """Between which numbers a sum or a difference of numbers lies, each within its bounds."""
    if function == "-":
        (low, high), (least, most) = bounds
        return subtract(low, most), subtract(high, least)
    return _end([low for low, _ in bounds], -INFINITY), _end([high for _, high in bounds], INFINITY)


def _end(numbers: Sequence[Number], worst: Number) -> Number:
    if worst in numbers:
        return worst
    try:
        return total(numbers)
    except UndefinedError:
        return worst


def product(items: Sequence[Number]) -> Number:
    """The product of *items*."""
    found: Number = 1
    for item in items:
        found = multiply(found, item)
    return found


def mean(items: Sequence[Number]) -> Number:
    """The mean of *items*."""
    return divide(total(items), len(items))


def median(items: Sequence[Number]) -> Number:
    """The middle one of *items*, or the mean of the two in the middle."""
    ordered, middle = sorted(items), len(items) // 2
    return ordered[middle] if len(items) % 2 else mean(ordered[middle - 1 : middle + 1])


def mode(items: Sequence[Number]) -> tuple[Number, ...]:
    """The most frequent of *items*, the least first."""
    most = max((items.count(item) for item in items), default=0)
    return tuple(sorted({item for item in items if items.count(item) == most}))


def standard_deviation(items: Sequence[Number]) -> Number:
    """The standard deviation of a sample."""
    if len(items) < 2:
        raise UndefinedError("the standard deviation of fewer than two numbers")
    middle = mean(items)
    squares = total([multiply(subtract(item, middle), subtract(item, middle)) for item in items])
    return square_root(divide(squares, len(items) - 1))
