"""What stands around a property on real pages and is none of its own: each is put into every page.

A page reads the same with any of them, or detection has taken something for its own.
"""

import re
from collections.abc import Callable
from functools import partial

_CARDS = "".join(
    f'<div class="item"><a href="/other/{place}"><h3>{beds} BHK in Area {place}</h3>'
    f'<div class="p">₹ {60 + place} Lakh</div><div>{700 + place * 10} sq ft</div></a></div>'
    for place, beds in enumerate((1, 2, 3, 2, 4, 3))
)
_LISTED = ",".join(
    f'{{"@type":"ListItem","item":{{"@type":"Apartment","name":"Other {place}","url":"/o/{place}",'
    f'"numberOfBedrooms":7,"offers":{{"price":{7_000_000 + place},"priceCurrency":"INR"}}}}}}'
    for place in range(4)
)

BEFORE = {
    "a menu with budgets": '<div class="nav-wrapper"><ul class="menu"><li><a href="/buy">Buy</a><ul><li><a href="/2-bhk-flats">2 BHK Flats</a></li><li><a href="/under-50-lakh">Under ₹ 50 Lakh</a></li><li><a href="/50-lakh-1-cr">₹ 50 Lakh - ₹ 1 Cr</a></li></ul></li><li><a href="/rent">Rent</a></li></ul></div>',
    "an offer over the page": '<div class="announce">Festive offer: flats from ₹ 39 Lakh | Call 080 0000 0000</div>',
    "a window with an offer": '<div class="modal fade" id="m"><div class="modal-body"><h4>Unlock best price</h4><p>2 BHK from ₹ 33 Lakh only</p></div></div>',
    "a way back": '<div class="crumbs"><a href="/">Home</a> / <a href="/x">Flats in Delhi</a> / <span>This</span></div>',
}  # fmt: skip
BEHIND = {
    "cards of other homes": f'<section class="more"><div class="owl-carousel">{_CARDS}</div></section>',
    "cards without links": f'<div class="owl">{_CARDS.replace("<a href=", "<div data-href=").replace("</a>", "</div>")}</div>',
    "a footer of searches": '<footer><h4>Popular Searches</h4><ul><li><a href="/s/1">2 BHK flats for sale in Baner</a></li><li><a href="/s/2">Villas in Mumbai starting ₹ 2 Cr</a></li></ul><p>Unit 5, Business Bay, Dubai</p><p>© 2026</p></footer>',
    "a loan calculator": '<div class="loan"><h3>Home Loan Calculator</h3><p>Loan amount ₹ 50,00,000</p><p>Monthly EMI ₹ 43,391</p><p>Total interest ₹ 54 Lakh</p></div>',
    "a form of wishes": '<form><label>Budget</label><p>₹ 50 Lakh</p><label><input type="checkbox"> 2 BHK</label><label><input type="checkbox"> 3 BHK</label></form>',
    "praise": '<div><h2>What our customers say</h2><p>We bought a 5 BHK villa for ₹ 9 crore and love it.</p></div>',
    "what was sold nearby": '<div><h3>Recently sold nearby</h3><table><tr><th>Address</th><th>Price</th><th>Beds</th></tr><tr><td>12 Oak St</td><td>£310,000</td><td>5</td></tr><tr><td>14 Oak St</td><td>£355,000</td><td>6</td></tr></table></div>',
    "an agent": '<div class="agent-card"><h4>Listed by</h4><p>Prime Realty</p><p>128 properties for sale from ₹ 40 Lakh</p><p>Office 12, MG Road, Nagpur 440001</p></div>',
    "what others cost": '<div><h2>About the locality</h2><p>The average price is ₹ 9,500 per sq ft. A 2 BHK here rents for ₹ 28,000 a month. Prices rose from ₹ 62 lakh in 2020.</p></div>',
    "questions": '<div class="faq"><h2>FAQs</h2><h3>What is the EMI?</h3><p>The EMI is ₹ 45,000 for 20 years.</p><h3>How big is the clubhouse?</h3><p>The clubhouse is 22,000 sq ft.</p></div>',
    "a comparison": '<div><h2>Compare with nearby projects</h2><table><tr><th>Project</th><th>Price</th><th>Configuration</th></tr><tr><td>Sea Pearl</td><td>₹ 1.9 Cr</td><td>2 BHK</td></tr><tr><td>Sky Garden</td><td>₹ 5 Cr</td><td>4 BHK</td></tr></table></div>',
    "a talk": '<div class="chatbox"><p>Hi! Are you looking for a 2 BHK or a 3 BHK?</p><button>Below ₹ 50 Lakh</button><button>₹ 50 Lakh - 1 Cr</button></div>',
    "how it is paid": '<div><h2>Payment Plan</h2><table><tr><td>On booking</td><td>₹ 10 Lakh</td></tr><tr><td>Within 60 days</td><td>₹ 25 Lakh</td></tr></table></div>',
    "what is shared": '<div class="stats"><div><h3>18,000 sq ft</h3><p>Clubhouse</p></div><div><h3>2.5 acres</h3><p>Central park</p></div><div><h3>40,000 sq ft</h3><p>High-street retail</p></div></div>',
    "what is near": '<div><h2>Location advantages</h2><ul><li>Metro - 1.2 km</li><li>City Hospital, Ring Road, Nagpur</li></ul></div>',
    "a neighbour's word": '<div><p>"Moved here in 2019, paid 62 lakh for our 2 BHK. Great place!" - resident</p></div>',
    "small print": '<p>All prices exclude stamp duty of 6% and registration of ₹ 30,000. 1 sq m = 10.764 sq ft.</p>',
    "searches": '<div><h4>People also search for</h4><p>1 BHK flats, 2 BHK flats, 3 BHK flats under 1 Cr, villas in Nagpur</p></div>',
    "tags": '<div><p>Tags: 1 BHK, 2 BHK, 3 BHK, Nagpur, luxury flats</p></div>',
    "the developer's others": '<div><h2>Our other projects</h2><div><h4>Sea Pearl</h4><p>2 &amp; 3 BHK</p><p>₹ 1.9 Cr onwards</p></div><div><h4>Sky Garden</h4><p>4 BHK</p><p>₹ 5 Cr onwards</p></div></div>',
}  # fmt: skip
IN_HEAD = {
    "an agent's data": '<script type="application/ld+json">{"@type":"RealEstateAgent","name":"Prime","address":{"@type":"PostalAddress","streetAddress":"12 MG Road","addressLocality":"Nagpur"},"priceRange":"₹₹"}</script>',
    "a list of others in the data": f'<script type="application/ld+json">{{"@type":"ItemList","itemListElement":[{_LISTED}]}}</script>',
}  # fmt: skip


NOISES: dict[str, Callable[[str], str]] = {}


def _put(before: str, behind: str, in_head: str, page: str) -> str:
    page = page.replace("</head>", f"{in_head}</head>", 1)
    start = re.search(r"<body[^>]*>", page, re.IGNORECASE)
    begin = start.end() if start else 0
    end = page.lower().rfind("</body>")
    end = len(page) if end < 0 else end
    return page[:begin] + before + page[begin:end] + behind + page[end:]


NOISES |= {name: partial(_put, part, "", "") for name, part in BEFORE.items()}
NOISES |= {name: partial(_put, "", part, "") for name, part in BEHIND.items()}
NOISES |= {name: partial(_put, "", "", part) for name, part in IN_HEAD.items()}
