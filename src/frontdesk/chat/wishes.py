"""What a buyer is looking for, by rules, from what they wrote. Pure.

English, Hinglish and Hindi. A rule that is not sure says nothing: sales would rather ask than be
told wrong.
"""

import re

from frontdesk.chat.moments import fold
from frontdesk.chat.retrieval.language import normalise

_W, _E = r"(?<![\w\u0900-\u097f])", r"(?![\w\u0900-\u097f])"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_W}(?:{pattern}){_E}")


_BHK = re.compile(
    r"(?<![\d.])(\d(?:\.5)?)(?:\s*(?:/|,|or|and|ya|aur|या|और|-|to)\s*(\d(?:\.5)?))? bhk"
)
_HOMES = {
    "villa": "villas?|विला|bungalows?",
    "plot": "plots?|प्लॉट",
    "penthouse": "penthouses?",
    "studio": "studios?|studio apartments?",
    "duplex": "duplex(?:es)?",
    "row house": "row ?houses?",
    "shop": "shops?|dukaan|दुकान",
    "office": "office spaces?",
}
_HOME = {name: _words(pattern) for name, pattern in _HOMES.items()}
_WANT = _words(
    r"want|need|looking (?:for|at)|interested in|prefer|searching(?: for)?|chahiye|chaiye|chahie|"
    r"lena hai|leni hai|dhoond\w*|dekh rah[aei]|चाहिए|लेना है|ढूंढ\S*|ढूँढ\S*"
)
_NOT = r"(?:not(?: (?:a|an|interested in))?|don'?t (?:want|need)(?: a)?|no)\s+$"
_NOT_AFTER = re.compile(r"^\s*(?:nahi|nahin|नहीं|mat)")

_SCALE = r"lakhs?|lacs?|l|crores?|cr|million|mn|m|k|thousand|hazaar|लाख|करोड़|हज़ार"
_MONEY = (
    r"(?P<{0}>(?:₹|rs\.?|inr|aed|dhs?|£|\$|€|usd|gbp)?\s?\d[\d,]*(?:\.\d+)?"
    r"(?:\s?(?:" + _SCALE + r")(?![\w\u0900-\u097f]))?)"
)
_RANGE = re.compile(_MONEY.format("low") + r"\s*(?:-|–|to|se|and|से)\s*" + _MONEY.format("high"))
_AMOUNT = re.compile(r"(?<![\w.,])" + _MONEY.format("amount"))
_SCALED = re.compile(
    rf"(?:₹|rs|inr|aed|dhs?|£|\$|€|usd|gbp)|\d\s?(?:{_SCALE})(?![\w\u0900-\u097f])|\d[\d,]{{5,}}"
)
_BUDGET = _words(
    r"budget|under|below|within|up ?to|less than|max(?:imum)?|around|about|approx\w*|afford|spend|"
    r"tak|ke andar|andar|ke neeche|se kam|ke aas ?paas|lagbhag|बजट|तक|के अंदर|से कम|लगभग|के आसपास"
)
_UP_TO = _words(
    r"under|below|within|up ?to|less than|max(?:imum)?|tak|ke andar|andar|ke neeche|se kam|तक|"
    r"के अंदर|से कम"
)
_AROUND = _words(r"around|about|approx\w*|ke aas ?paas|lagbhag|लगभग|के आसपास")
_OTHER_MONEY = _words(
    r"loan|emi|rent|rental|booking|token|down ?payment|maintenance|salary|discount|लोन|ईएमआई|किराया"
)

_BUYING = _words(
    r"buy|buying|purchase|purchasing|book|booking|move|moving|shift|shifting|need|want|looking|"
    r"planning|plan|decide|finalis\w*|finaliz\w*|invest|lena|leni|kharid\w*|chahiye|shift hona|"
    r"खरीद\S*|लेना|चाहिए|शिफ्ट"
)
_WITHIN = re.compile(
    rf"{_W}(?:(?:within|in)(?: the)?(?: next)?|next)\s+(\d+|a|one|two|three|six|few|couple of)"
    rf"(?:\s*(?:-|to)\s*(\d+))?\s+(weeks?|months?|years?){_E}"
)
_WITHIN_HINDI = re.compile(
    rf"{_W}(\d+|ek|do|teen|che|chhe|एक|दो|तीन|छह)\s*(mahine|mahino|saal|hafte|महीने|महीनों|साल|हफ्ते)\s*"
    rf"(?:mein|me|ke andar|tak|में|के अंदर|तक){_E}"
)
_NUMBERS = {"a": "1", "one": "1", "two": "2", "three": "3", "six": "6", "ek": "1", "do": "2",
            "teen": "3", "che": "6", "chhe": "6", "एक": "1", "दो": "2", "तीन": "3",
            "छह": "6"}  # fmt: skip
_SPELLED = re.compile(rf"{_W}({'|'.join(_NUMBERS)})\s+({_SCALE}){_E}")
_UNITS = {"mahine": "months", "mahino": "months", "महीने": "months", "महीनों": "months",
          "saal": "years", "साल": "years", "hafte": "weeks", "हफ्ते": "weeks"}  # fmt: skip
_SOON = {
    "immediately": _words(
        r"immediate(?:ly)?|right away|asap|as soon as possible|urgent(?:ly)?|turant|jaldi|तुरंत|जल्दी"
    ),
    "this year": _words(r"this year|is saal|इस साल"),
    "next year": _words(r"next year|agle saal|अगले साल"),
    "just looking": _words(
        r"just (?:looking|browsing|exploring|checking)|no hurry|not in a hurry|abhi sirf dekh\w*"
    ),
}  # fmt: skip

_PURPOSES = {
    "to invest": _words(
        r"(?:for|as|an?) (?:an )?investments?(?: purpose\w*)?|investment purpose\w*|"
        r"(?:want|looking|planning|wish|like) to invest|invest karna(?: hai| chaht\w+)?|"
        r"investment ke liye|nivesh ke liye|rent it out|to rent out|buy[ -]to[ -]let|"
        r"for rental(?: income)?|निवेश के लिए|निवेश करना|किराए पर देने"
    ),
    "to live in": _words(
        r"self[ -]use|own use|end[ -]use|personal use|to live(?: in)?|for living|"
        r"for (?:my|our|the) (?:family|parents|mother|father|self|kids|son|daughter)|"
        r"for myself|for ourselves|khud rehne|rehne ke liye|family ke liye|"
        r"parents ke liye|apne liye|रहने के लिए|परिवार के लिए|अपने लिए"
    ),
}
_GOOD = _words(r"good|better|worth|smart|safe|sahi|accha|अच्छा|सही")


def read_configuration(texts: list[str]) -> str | None:
    """`3 BHK`, `2 BHK or 3 BHK`: what was asked for outright, else the last that were named."""
    named: list[str] = []
    for text in texts:
        found, refused = _configurations(normalise(text))
        if found and _WANT.search(fold(text)):
            named = found
        else:
            named = [*(name for name in named if name not in found), *found]
        named = [name for name in named if name not in refused]
    return " or ".join(named[-3:]) or None


def _configurations(text: str) -> tuple[list[str], list[str]]:
    """Those that a text names, and those it says no to."""
    home = next((name for name, pattern in _HOME.items() if pattern.search(text)), "")
    found: list[str] = []
    refused: list[str] = []
    for match in _BHK.finditer(text):
        is_refused = re.search(_NOT, text[: match.start()]) or _NOT_AFTER.match(text[match.end() :])
        kept = refused if is_refused else found
        suffix = f" {home}" if home in {"villa", "penthouse", "duplex", "row house"} else ""
        for number in match.groups():
            if number:
                kept.append(f"{number} BHK{suffix}")
    if not found and not refused and home and _WANT.search(text):
        found.append(home)
    return found, refused


def read_budget(text: str) -> str | None:
    """`up to 1.2 crore`, `80 to 90 lakh`: an amount with a word that makes it a budget."""
    text = _SPELLED.sub(lambda m: f"{_NUMBERS[m[1]]} {m[2]}", fold(text))
    if not _BUDGET.search(text) or _OTHER_MONEY.search(text):
        return None
    between = _RANGE.search(text)
    if between and _SCALED.search(between["high"]):
        return f"{_tidy(between['low'])} to {_tidy(between['high'])}"
    for match in _AMOUNT.finditer(text):
        if _SCALED.search(match["amount"]):
            amount = _tidy(match["amount"])
            if _UP_TO.search(text):
                return f"up to {amount}"
            return f"around {amount}" if _AROUND.search(text) else amount
    return None


def _tidy(amount: str) -> str:
    amount = " ".join(amount.split()).strip(" ,.")
    amount = re.sub(r"^(?:rs\.?|inr)\s*", "₹", amount)
    amount = re.sub(r"^(aed|usd|gbp)\s*", lambda m: m[1].upper() + " ", amount)
    amount = re.sub(r"(?<=\d)\s*(?:lakhs?|lacs?|l|लाख)$", " lakh", amount)
    return re.sub(r"(?<=\d)\s*(?:crores?|cr|करोड़)$", " crore", amount)


def read_timeline(text: str) -> str | None:
    """`within 6 months`, `immediately`: said with a word of buying, or by itself."""
    text = fold(text)
    if "?" in text or not (_BUYING.search(text) or len(text.split()) <= 5):
        return None
    if match := _WITHIN.search(text):
        number = _NUMBERS.get(match[1], match[1])
        until = f" to {match[2]}" if match[2] else ""
        unit = match[3] if number != "1" or until else match[3].rstrip("s")
        return f"within {number}{until} {unit}"
    if match := _WITHIN_HINDI.search(text):
        number = _NUMBERS.get(match[1], match[1])
        unit = _UNITS[match[2]]
        return f"within {number} {unit if number != '1' else unit.rstrip('s')}"
    return next((name for name, pattern in _SOON.items() if pattern.search(text)), None)


def read_purpose(text: str) -> str | None:
    """`to live in` or `to invest`; asking whether it is a good investment is neither."""
    text = fold(text)
    if "?" in text and _GOOD.search(text):
        return None
    return next((name for name, pattern in _PURPOSES.items() if pattern.search(text)), None)
