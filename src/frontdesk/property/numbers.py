"""Numbers as pages of all countries write them. Pure."""

import re

Figure = int | float
MOST = 1e15

# Groups of three or two by comma, point, apostrophe or thin space, or plain digits; a fraction.
NUMBER = r"\d{1,3}(?:[,.'’ \u00a0\u2009\u202f]\d{2,3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SPACES = re.compile(r"['’ \u00a0\u2009\u202f]")


def read_number(
    text: str, decimal_comma: bool = False, *, has_multiplier: bool = False
) -> Figure | None:
    """`1,12,00,000`, `1.250.000,50`, `450 000`, `1,5`: the value, or None where it is no number.

    One separator with three digits behind it parts thousands, unless a word multiplies the number
    (`1.125 crore`) or a point is no thousands' separator in the page's language.
    """
    digits = _SPACES.sub("", text)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        separator, tail = digits[last], digits[last + 1 :]
        other = "," if separator == "." else "."
        is_decimal = _is_decimal(digits, separator, other, tail, decimal_comma, has_multiplier)
        head = digits[:last] if is_decimal else digits
        digits = re.sub(r"[.,]", "", head) + (f".{tail}" if is_decimal else "")
    try:
        return as_figure(float(digits))
    except ValueError:
        return None


def as_figure(value: Figure) -> Figure | None:
    """Whole where it is; None where it is too large for anything that is counted or paid."""
    if not -MOST < value < MOST:
        return None
    return int(value) if value == int(value) else value


def _is_decimal(
    digits: str, separator: str, other: str, tail: str, decimal_comma: bool, has_multiplier: bool
) -> bool:
    if digits.count(separator) > 1:
        return False
    if len(tail) != 3:
        return True
    if other in digits or len(digits.split(separator)[0]) > 3:
        return True
    if digits.startswith("0"):
        return True
    if has_multiplier:
        return separator == "." or decimal_comma
    return separator == "." and not decimal_comma
