"""Texts that have broken software before, after the Big List of Naughty Strings: its kinds, and
what property sites and stores add to them.
"""

RESERVED = (
    "undefined null NULL nil None true false True hasOwnProperty __proto__ constructor then"
    " NaN -Infinity"
)
NUMBERS = (
    "0 -1 1.00 $1.00 1/2 1E+02 1/0 0..0 --1 0x0 0xffffffffffffffff 9007199254740993 1,000.00"
    " 08 ٠١٢ 1e999"
)
SCRIPTS = """
<script>alert(1)</script>
<img src=x onerror=alert(1)>
"><svg/onload=alert(1)>
javascript:alert(1)
</textarea><script>alert(1)</script>
<a href="java\x0bscript:alert(1)">x</a>
--><!-- ---> <![CDATA[x]]> <?php x ?>
&lt;script&gt; &#60;script&#62; \\u003cscript
{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% x %}
"""
QUERIES = """
1;DROP TABLE leads
1' OR 1=1 -- 1
' UNION SELECT document FROM members --
" ; ATTACH DATABASE 'x' AS y; --
%_\\%
{"$gt": ""} {"$where": "sleep(9)"}
[$ne] $set a.b.$[] $$ROOT
' || this.password || '
"""
FILES_AND_SHELLS = """
../../../etc/passwd%00
$HOME `id` $(touch x) | ls ; ls
%s%d%n%x {0} {name!r} %(x)s
C:\\con\\nul \\\\host\\share
=1+1 @SUM(A1) +1 -1 =HYPERLINK("http://x.example","x") \tcmd
-rf --help
"""
WORDS = """
田中さんにあげて下さい
사회과학원 어학연구소
𠜎𠜱𠝹𠱓
क्षि ज्ञ श्र ₹८४ लाख
தமிழ் বাংলা ਪੰਜਾਬੀ اُردُو
ﷺ ﷽ الكل في المجمو عة
שָׁלוֹם עולם
ΑΒΓ ß ẞ İ ı ǅ ﬁ Å Å
Ḽơᶉëᶆ ȋṕšᶙṁ ɗơḽǭᵳ
Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮
˙ɐnbᴉlɐ ɐuƃɐɯ ǝɹolop
Ｔｈｅ ｑｕｉｃｋ ⒯⒣⒠ 𝕋𝕙𝕖 𝓽𝓱𝓮
👩🏽 👾 🙇 💁🏿‍♂️ 🏳️‍🌈 🇮🇳 🧑‍🤝‍🧑 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿
ヽ༼ຈل͜ຈ༽ﾉ (｡◕ ∀ ◕｡) ¯\\_(ツ)_/¯
½ ¼ ⅛ m² ₹ € ﷼ ₿ № ™ ※ ␀
"""
INVISIBLE = [
    "",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\0\0a\0",
    "\x01\x02\x1b[31m\x7f\x80\x9f",
    "\u00a0\u1680\u2000\u200a\u202f\u205f\u3000",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "\u2028\u2029\x85\x0b\x0c",
    "\ufffd\ufffe\uffff\U0001fffe\U0010ffff",
    "\U000e0001\U000e0041\U000e007f",
    "\ue000\uf8ff\U000f0000",
    "e\u0301\u0327 e\u0327\u0301 \u0301",
    "\u1100\u1161\u11a8 \uac01",
    "a" + "\u0300" * 300,
    "\\", "\\\\", "\\0", "\\u0000", "\\x00", "\\n", '"', "'", "`", "''", '""', "'\"'",
    "Power لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗",
    "x" * 70_000,
    "🏊" * 5_000,
]  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


NAUGHTY_STRINGS = [
    *RESERVED.split(" "),
    *NUMBERS.split(" "),
    *(line for kind in (SCRIPTS, QUERIES, FILES_AND_SHELLS, WORDS) for line in _lines(kind)),
    *(word for line in _lines(WORDS) for word in line.split(" ")),
    *INVISIBLE,
]
