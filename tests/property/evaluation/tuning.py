"""The pages that the rules were written against."""

from tests.property.evaluation.page import EvaluationPage, Expected

NOTHING = {"price": None, "bedrooms": None, "size": None}

PAGES = [
    EvaluationPage(
        "Indian developer microsite, cards for each type",
        "https://palmgrove.example/",
        """<!doctype html><html lang="en-IN"><head><title>Palm Grove Baner | 2, 3 & 4 BHK Homes in Pune</title>
<meta name="description" content="2, 3 and 4 BHK homes in Baner from ₹84 Lakh onwards. MahaRERA P52100012345.">
<meta property="og:title" content="Palm Grove, Baner"></head><body>
<header><nav><a href="#p">Price</a><a href="tel:+912000000000">020 0000 0000</a></nav></header>
<section class="hero"><h1>Palm Grove</h1><p class="sub">Grove Lane, off Balewadi High Street, Baner, Pune 411045</p>
<p>2, 3 &amp; 4 BHK starting from <b>₹ 84 Lakh*</b> onwards</p><a href="#enquire">Enquire now</a></section>
<section id="p"><h2>Pricing</h2>
<div class="card"><h3>2 BHK</h3><p>742 sq ft carpet</p><p class="price">₹ 84 Lakh onwards</p><a href="#enquire">Get price sheet</a></div>
<div class="card"><h3>3 BHK</h3><p>1,046 sq ft carpet</p><p class="price">₹ 1.18 Cr onwards</p><a href="#enquire">Get price sheet</a></div>
<div class="card"><h3>4 BHK</h3><p>1,488 sq ft carpet</p><p class="price">₹ 1.72 Cr onwards</p><a href="#enquire">Get price sheet</a></div></section>
<section><h2>Payment plan</h2><p>Book with just ₹ 2 Lakh. 10:80:10.</p></section>
<section><h2>Amenities</h2><ul><li>Swimming pool</li><li>Clubhouse of 18,000 sq ft</li><li>Gym</li><li>Squash court</li></ul></section>
<section><h2>EMI calculator</h2><p>Loan amount ₹ 50 Lakh</p><p>EMI ₹ 43,391</p></section>
<footer><p>MahaRERA: P52100012345</p><p>Possession December 2027</p></footer></body></html>""",
        Expected(price=(8_400_000, None, "INR", ""), bedrooms=(2, 4), place=("Baner",), parts={"2 BHK": 8_400_000, "3 BHK": 11_800_000, "4 BHK": 17_200_000}, size_parts={"2 BHK": 742, "3 BHK": 1046}),
    ),
    EvaluationPage(
        "Indian portal, one flat, facts in a list, similar ones below",
        "https://portal.example/property/2-bhk-flat-wakad-8123",
        """<html lang="en"><head><title>2 BHK Flat for Sale in Wakad, Pune - 1050 Sq.ft</title></head><body>
<div class="breadcrumb"><a href="/">Home</a> <a href="/pune">Pune</a></div>
<h1>2 BHK Flat For Sale in Wakad, Pune</h1>
<div class="priceBox"><span class="price">₹ 78 Lac</span> <span class="rate">₹ 7,429 per sq ft</span> <span class="emi">EMI - ₹ 59k</span></div>
<ul class="summary"><li><label>Bedrooms</label><span>2 Beds</span></li><li><label>Bathrooms</label><span>2</span></li>
<li><label>Super Built-up Area</label><span>1050 sqft</span></li><li><label>Carpet Area</label><span>780 sqft</span></li><li><label>Status</label><span>Ready to Move</span></li>
<li><label>Furnishing</label><span>Semi-Furnished</span></li><li><label>Booking Amount</label><span>₹ 1,00,000</span></li><li><label>Maintenance</label><span>₹ 3,500 / month</span></li></ul>
<h2>About property</h2><p>Bright flat in a gated society close to the metro.</p>
<h2>Address</h2><p class="address">Datta Mandir Road, Wakad, Pune, Maharashtra 411057</p>
<h2>Similar properties</h2><div class="list">
<div class="c"><a href="/property/3-bhk-1">3 BHK Flat in Wakad</a><b>₹ 1.05 Cr</b><i>1350 sqft</i></div>
<div class="c"><a href="/property/3-bhk-2">3 BHK Flat in Hinjewadi</a><b>₹ 98 Lac</b><i>1290 sqft</i></div>
<div class="c"><a href="/property/2-bhk-3">2 BHK Flat in Baner</a><b>₹ 92 Lac</b><i>990 sqft</i></div></div>
</body></html>""",
        Expected(price=(7_800_000, 7_800_000, "INR", ""), bedrooms=(2, 2), size=(1050, "sq ft"), place=("Wakad",)),
    ),
    EvaluationPage(
        "UK portal",
        "https://homes.example.co.uk/properties/150001",
        """<html lang="en-GB"><head><title>3 bedroom semi-detached house for sale in Oakfield Road, Bristol, BS8</title>
<meta property="og:title" content="3 bedroom semi-detached house for sale in Oakfield Road, Bristol, BS8 for £450,000"></head><body>
<h1 itemprop="streetAddress">Oakfield Road, Bristol, BS8 2AZ</h1>
<div><span>£450,000</span><span>Guide Price</span></div><p>Added on 12/11/2026</p>
<dl><dt>PROPERTY TYPE</dt><dd>Semi-Detached</dd><dt>BEDROOMS</dt><dd>3</dd><dt>BATHROOMS</dt><dd>2</dd><dt>SIZE</dt><dd>1,120 sq ft<br>104 sq m</dd><dt>TENURE</dt><dd>Freehold</dd></dl>
<h2>Key features</h2><ul><li>South-facing garden</li><li>Close to Clifton Down station</li></ul>
<h2>Description</h2><p>Living room 4.2m x 3.6m (13'9 x 11'10). Bedroom 1 3.9m x 3.4m.</p>
<p>Council tax band D. Ground rent £250 per year.</p>
<h2>Mortgages</h2><p>Monthly repayments £2,104</p><p>Deposit £45,000</p>
<h2>Nearby stations</h2><p>Clifton Down 0.3 miles</p></body></html>""",
        Expected(price=(450_000, 450_000, "GBP", ""), bedrooms=(3, 3), size=(1120, "sq ft"), place=("Oakfield Road", "Bristol")),
    ),
    EvaluationPage(
        "US portal, hashed classes, estimate and history beside the price",
        "https://homes.example.com/homedetails/214-Maple-St-Dunmore-PA-18512/44_zpid/",
        """<html lang="en"><head><title>214 Maple St, Dunmore, PA 18512 | MLS #23-100</title></head><body><div id="__next">
<div class="sc-a1"><span data-testid="price"><span>$389,900</span></span><div class="sc-b2"><span class="x"><span>3</span> <span>bds</span></span><span class="x"><span>2</span> <span>ba</span></span><span class="x"><span>1,642</span> <span>sqft</span></span></div>
<h1>214 Maple St, Dunmore, PA 18512</h1><p>Est. payment: $2,541/mo</p></div>
<h2>Zestimate</h2><p>$401,200</p><h2>Facts &amp; features</h2><h3>Bedrooms &amp; bathrooms</h3><ul><li>Bedrooms: 3</li><li>Bathrooms: 2</li></ul>
<h3>Lot</h3><ul><li>Size: 0.18 Acres</li></ul>
<h2>Price history</h2><table><tr><th>Date</th><th>Event</th><th>Price</th></tr><tr><td>5/2/2014</td><td>Sold</td><td>$212,000</td></tr></table>
<h2>Similar homes</h2><ul><li><a href="/homedetails/9/">9 Elm Ave</a> $365,000 4 bds 2 ba</li><li><a href="/homedetails/10/">10 Elm Ave</a> $415,000 3 bds</li></ul></div></body></html>""",
        Expected(price=(389_900, 389_900, "USD", ""), bedrooms=(3, 3), size=(1642, "sq ft"), place=("214 Maple St", "Dunmore")),
    ),
    EvaluationPage(
        "WordPress theme, overview before labels",
        "https://agency.example.com/property/luxury-villa-coral-gables/",
        """<html lang="en-US"><head><title>Luxury Villa - Agency</title><meta property="og:type" content="article"></head><body>
<div class="page-title-wrap"><h1>Luxury Villa</h1><ul class="item-price-wrap"><li class="item-price">$2,450,000</li><li class="item-sub-price">$720/sq ft</li></ul>
<address class="item-address"><i class="icon"></i>118 Palermo Avenue, Coral Gables, FL 33134</address></div>
<div class="property-overview-data"><ul><li class="property-overview-item"><strong>4</strong></li><li class="h-beds">Bedrooms</li></ul><ul><li><strong>3</strong></li><li>Bathrooms</li></ul><ul><li><strong>3,402</strong></li><li>Sq Ft</li></ul></div>
<div id="property-detail-wrap"><ul class="list-2-cols"><li><strong>Property ID:</strong> <span>HZ27</span></li><li><strong>Price:</strong> <span>$2,450,000</span></li><li><strong>Property Size:</strong> <span>3,402 Sq Ft</span></li><li><strong>Land Area:</strong> <span>9,500 Sq Ft</span></li><li><strong>Bedrooms:</strong> <span>4</span></li><li><strong>Garage:</strong> <span>2</span></li></ul></div>
<div class="mortgage-calculator"><label>Total Amount</label><span>$2,450,000</span><label>Down Payment</label><span>$367,500</span><span>$11,200 Monthly</span></div>
<section id="similar-listings-wrap"><h2>Similar Listings</h2><div class="item"><a href="/property/other-1/">Other</a><span class="item-price">$990,000</span></div><div class="item"><a href="/property/other-2/">Other two</a><span class="item-price">$1,190,000</span></div></section>
</body></html>""",
        Expected(price=(2_450_000, 2_450_000, "USD", ""), bedrooms=(4, 4), size=(3402, "sq ft"), place=("Palermo", "Coral Gables")),
    ),
    EvaluationPage(
        "UAE portal with JSON-LD",
        "https://homes.example.ae/buy/dubai/marina/apt-9",
        """<html lang="en"><head><title>Apartment in Marina Gate, Dubai Marina</title><script type="application/ld+json">
{"@context":"https://schema.org","@type":"RealEstateListing","name":"Marina view","mainEntity":{"@type":"Apartment","numberOfBedrooms":{"@type":"QuantitativeValue","value":2},"floorSize":{"@type":"QuantitativeValue","value":"1,213","unitText":"sqft"},"address":{"@type":"PostalAddress","addressLocality":"Dubai Marina","addressRegion":"Dubai","addressCountry":"AE"}},"offers":[{"@type":"Offer","priceSpecification":{"@type":"UnitPriceSpecification","price":2350000,"priceCurrency":"AED"}}],}
</script></head><body><h1>2BR | Marina View | Vacant</h1><div aria-label="Price">AED 2,350,000</div><ul><li>2 Beds</li><li>3 Baths</li><li>1,213 sqft</li></ul>
<p>Permit Number: 7123456789</p><p>Service charge AED 16 per sq ft</p><p>Estimated monthly payment AED 9,871</p></body></html>""",
        Expected(price=(2_350_000, 2_350_000, "AED", ""), bedrooms=(2, 2), size=(1213, "sq ft"), place=("Dubai Marina",)),
    ),
    EvaluationPage(
        "German portal",
        "https://immo.example.de/expose/1",
        """<html lang="de"><head><title>Helle 3-Zimmer-Wohnung mit Balkon in Leipzig</title></head><body><h1>Helle 3-Zimmer-Wohnung mit Balkon</h1>
<div class="address-block">Karl-Heine-Straße 12, 04229 Leipzig, Plagwitz</div>
<div><div><dd>349.000 €</dd><dt>Kaufpreis</dt></div></div>
<dl><dt>Kaufpreis</dt><dd>349.000 €</dd><dt>Zimmer</dt><dd>3</dd><dt>Wohnfläche ca.</dt><dd>84,5 m²</dd><dt>Bezugsfrei ab</dt><dd>01.03.2027</dd><dt>Hausgeld</dt><dd>310 €</dd><dt>Provision</dt><dd>3,57 %</dd><dt>Preis/m²</dt><dd>4.130,18 €/m²</dd></dl>
<h2>Kosten</h2><p>Grunderwerbsteuer 19.195 €</p><p>Monatliche Rate 1.480 €</p></body></html>""",
        Expected(price=(349_000, 349_000, "EUR", ""), bedrooms=(3, 3), size=(84.5, "sq m"), place=("Leipzig",)),
    ),
    EvaluationPage(
        "French agency",
        "https://agence.example.fr/vente/maison-lyon-12",
        """<html lang="fr"><head><title>Maison 5 pièces 132 m² à vendre Lyon</title></head><body><h1>Maison 5 pièces de 132 m²</h1><p class="ville">Lyon 3ème (69003)</p><p class="prix">695 000 €</p><p>Honoraires inclus, soit 5 265 €/m²</p>
<ul><li>5 pièces</li><li>4 chambres</li><li>Surface habitable : 132 m²</li><li>Terrain : 420 m²</li></ul><p>Taxe foncière : 1 850 €</p></body></html>""",
        Expected(price=(695_000, 695_000, "EUR", ""), bedrooms=(4, 4), size=(132, "sq m"), place=("Lyon",)),
    ),
    EvaluationPage(
        "Spanish listing",
        "https://pisos.example.es/piso/77",
        """<html lang="es"><head><title>Piso en venta en calle Alcalá, Madrid</title></head><body><h1>Piso en venta en calle de Alcalá, Salamanca, Madrid</h1>
<span class="info-data-price"><span>485.000</span> €</span> <del>510.000 €</del><p>5.388 €/m²</p><div class="info-features"><span>90 m² construidos</span> <span>3 hab.</span></div>
<h2>Características</h2><ul><li>3 habitaciones</li><li>2 baños</li><li>Superficie: 90 m²</li></ul></body></html>""",
        Expected(price=(485_000, 485_000, "EUR", ""), bedrooms=(3, 3), size=(90, "sq m"), place=("Alcal", "Salamanca")),
    ),
    EvaluationPage(
        "Only meta tags: an application drawn in the browser",
        "https://app.example.in/p/greenwood",
        """<html><head><title>Greenwood Residences, Whitefield, Bengaluru</title><meta property="og:title" content="3 BHK apartments at Greenwood Residences, Whitefield, Bengaluru">
<meta property="og:description" content="3 BHK, 1,540 sq ft apartments from Rs. 1.35 Cr onwards in Whitefield, Bengaluru."></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>""",
        Expected(price=(13_500_000, None, "INR", ""), bedrooms=(3, 3), size=(1540, "sq ft"), place=("Whitefield",)),
    ),
    EvaluationPage(
        "Table of types",
        "https://brand.example/lake-terrace",
        """<html lang="en"><head><title>Lake Terrace by Saltwind Homes, Hebbal</title></head><body><h1>Lake Terrace</h1><h2>Hebbal, Bengaluru</h2>
<table class="price-list"><thead><tr><th>Type</th><th>Carpet Area</th><th>Price</th><th>EMI from</th></tr></thead>
<tr><td>2 BHK</td><td>810 sq.ft.</td><td>₹ 1.05 Cr*</td><td>₹ 78,000</td></tr><tr><td>3 BHK</td><td>1,180 sq.ft.</td><td>₹ 1.52 Cr*</td><td>₹ 1.1 Lakh</td></tr></table>
<p>RERA: PRM/KA/RERA/1251/446/PR/210805/004252</p><p>Possession: June 2028</p></body></html>""",
        Expected(bedrooms=(2, 3), place=("Hebbal",), parts={"2 BHK": 10_500_000, "3 BHK": 15_200_000}, size_parts={"2 BHK": 810}),
    ),
    EvaluationPage(
        "Price on request",
        "https://skyvilla.example/",
        """<html><head><title>Sky Villa, Worli: 4 BHK sea-facing residences</title></head><body><h1>Sky Villa</h1><p>Annie Besant Road, Worli, Mumbai 400018</p><p>4 BHK residences of 3,200 sq ft carpet</p><p>Price: on request</p><p>Book a private viewing. Gold card worth ₹ 5 Lakh for early guests.</p><p>MahaRERA P51900099999</p></body></html>""",
        Expected(bedrooms=(4, 4), size=(3200, "sq ft"), place=("Worli",)),
    ),
    EvaluationPage(
        "Crossed-out price, booking amount",
        "https://nest.example/nest",
        """<html><head><title>Urban Nest 1 BHK in Thane</title></head><body><h1>Urban Nest, 1 BHK homes</h1><p>Ghodbunder Road, Thane, Maharashtra</p><div><s>₹ 62 Lakh</s> <span class="old-price">₹ 60 Lakh</span> <strong>₹ 55.5 Lakh</strong></div><p>Book now with ₹ 51,000 only. Save ₹ 6.5 Lakh. Carpet area 430 sq ft</p><p>Rera no. P51700012121</p></body></html>""",
        Expected(price=(5_550_000, 5_550_000, "INR", ""), bedrooms=(1, 1), size=(430, "sq ft"), place=("Thane",)),
    ),
    EvaluationPage(
        "UK rental",
        "https://lets.example.co.uk/to-rent/flat-5",
        """<html lang="en-GB"><head><title>2 bed flat to rent in Camden, London NW1</title></head><body><h1>2 bed flat to rent</h1><p>Camden High Street, London NW1</p><p>£2,150 pcm</p><p>£496 pw</p><p>Deposit £2,480</p><p>Available from 1 January 2027</p><p>700 sq. ft.</p></body></html>""",
        Expected(price=(2150, 2150, "GBP", "month"), bedrooms=(2, 2), size=(700, "sq ft"), place=("Camden",)),
    ),
    EvaluationPage(
        "Graph from a plugin, with the agent's own address",
        "https://agency.example.com.au/listing/12-wattle-st",
        """<html lang="en-AU"><head><title>12 Wattle Street, Bondi NSW 2026 - Agency</title><script type="application/ld+json">
/* seo */ {"@context":"https://schema.org","@graph":[{"@type":"WebPage","@id":"#w","name":"12 Wattle Street"},{"@type":"RealEstateAgent","name":"Agency","telephone":"+61 2 5550 0000","address":{"@type":"PostalAddress","streetAddress":"1 Office Rd","addressLocality":"Sydney"}},
{"@type":["House","Product"],"name":"12 Wattle Street","numberOfBedrooms":4,"numberOfBathroomsTotal":2,"floorSize":{"@type":"QuantitativeValue","value":210,"unitCode":"MTK"},"address":{"@type":"PostalAddress","streetAddress":"12 Wattle Street","addressLocality":"Bondi","addressRegion":"NSW","postalCode":"2026"},"offers":{"@type":"Offer","price":"3200000","priceCurrency":"AUD"}}]}
</script></head><body><h1>12 Wattle Street, Bondi</h1><p>$3,200,000</p></body></html>""",
        Expected(price=(3_200_000, 3_200_000, "AUD", ""), bedrooms=(4, 4), size=(210, "sq m"), place=("12 Wattle Street", "Bondi")),
    ),
    EvaluationPage(
        "Microdata",
        "https://micro.example.in/flat",
        """<html><head><title>Flat in Kondapur</title></head><body><div itemscope itemtype="http://schema.org/Apartment"><h1 itemprop="name">Hill View flat</h1><meta itemprop="numberOfBedrooms" content="3"><div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress"><span itemprop="streetAddress">Botanical Garden Road</span>, <span itemprop="addressLocality">Kondapur</span></div><div itemprop="floorSize" itemscope itemtype="http://schema.org/QuantitativeValue"><span itemprop="value">1650</span> <meta itemprop="unitCode" content="FTK">sq ft</div><div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><span itemprop="priceCurrency" content="INR">₹</span><span itemprop="price" content="12500000">1.25 Cr</span></div></div></body></html>""",
        Expected(price=(12_500_000, 12_500_000, "INR", ""), bedrooms=(3, 3), size=(1650, "sq ft"), place=("Kondapur",)),
    ),
    EvaluationPage(
        "Plots in square yards, rate only",
        "https://greenacres.example/",
        """<html><head><title>Green Acres: villa plots at Shadnagar</title></head><body><h1>Green Acres</h1><p>Villa plots at Shadnagar, Hyderabad</p><ul><li>Plot size: 200 - 500 sq yds</li><li>Rate: ₹ 18,500 per sq yd</li><li>Total land: 42 acres</li><li>TS RERA: P02400004567</li></ul></body></html>""",
        Expected(place=("Shadnagar",)),
    ),
    EvaluationPage("Bot wall", "https://homes.example.com/d/1", """<html lang="en-US"><head><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></head><body><h1>homes.example.com</h1><h2>Verifying you are human. This may take a few seconds.</h2><p>homes.example.com needs to review the security of your connection before proceeding.</p><p>Ray ID: 8a1</p></body></html>""", Expected(kind="blocked")),
    EvaluationPage("Not found with offers below", "https://homes.example.com/d/2", """<html><head><title>Page not found | Homes</title></head><body><h1>404 - Page not found</h1><p>Try one of these:</p><ul><li><a href="/d/9">3 BHK in Baner</a> ₹ 98 Lakh</li><li><a href="/d/8">2 BHK in Wakad</a> ₹ 78 Lakh</li></ul></body></html>""", Expected(kind="error")),
    EvaluationPage("List of results", "https://portal.example/flats-in-wakad", """<html><head><title>Flats for Sale in Wakad, Pune - 412 Properties</title></head><body><h1>Flats for sale in Wakad, Pune</h1><p>412 results</p><p>Sort by: relevance</p>""" + "".join(f"""<article class="card"><h2><a href="/property/{n}">{n % 3 + 1} BHK flat in Wakad</a></h2><p>₹ {60 + n} Lakh</p><p>{700 + 10 * n} sq ft</p></article>""" for n in range(12)) + """</body></html>""", Expected(kind="index")),
    EvaluationPage("Blog article about prices", "https://portal.example/blog/pune-prices", """<html><head><title>Why flat prices in Pune rose in 2026</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"BlogPosting","headline":"Why"}</script></head><body><h1>Why flat prices in Pune rose in 2026</h1><p>By Staff Writer. 5 min read. Published on 3 May 2026</p><p>A 2 BHK in Baner of 900 sq ft now costs ₹ 95 Lakh, up from ₹ 80 Lakh.</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Sofa shop", "https://shop.example/sofa", """<html><head><title>Three seater sofa bed | Shop</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Sofa bed","offers":{"@type":"Offer","price":"899.00","priceCurrency":"GBP"}}</script></head><body><h1>Three seater sofa bed</h1><p>£899</p><p>Size: 2.1 m x 0.9 m</p><p>In stock. Delivery by December 2026</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Hotel", "https://stay.example/", """<html><head><title>Sea Suites, Goa</title><script type="application/ld+json">{"@type":"Hotel","name":"Sea Suites","priceRange":"₹₹₹"}</script></head><body><h1>Sea Suites</h1><p>From ₹ 8,500 per night. 2 bedroom suites of 900 sq ft.</p><p>Check-in 2 pm</p></body></html>""", Expected(kind="other")),
]  # fmt: skip
