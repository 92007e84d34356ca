"""A second set, made after the first was mended; no rule was written against these either."""

from tests.property.evaluation.page import EvaluationPage, Expected

_NOISE = """<script>window.dataLayer=[{"price":"9999999","currency":"INR"}]</script><style>.a{}</style><div id="cookie-banner" class="cookie">We use cookies worth ₹ 5 Lakh</div>"""

PAGES = [
    EvaluationPage(
        "Indian portal flat with a fact grid of icon tiles and a nearby locality section",
        "https://www.acres.example.com/3-bhk-apartment-in-sector-75-noida-spid-K7",
        f"""<html lang="en"><head><title>3 BHK Flat / Apartment for sale in Sector 75 Noida | 1625 sq.ft.</title></head><body>{_NOISE}
<div class="pd__contentWrap"><div class="tupleTop"><span id="pdPrice2"><span>₹</span>1.45 Crore</span><span class="pd__sqft">@ 8,923 per sq.ft.</span><a>Estimated EMI ₹ 91,482</a></div>
<h1>3 Bedrooms 3 Baths</h1><h2>Residential Apartment for Sale</h2><h3>in Maple Square, Sector 75, Noida</h3></div>
<table id="factTable"><tr><td><i></i><div>Area</div><div>Super Built up area 1625 sq.ft.<br>(150.97 sq.m.)<br>Carpet area: 1120 sq.ft.</div></td><td><div>Configuration</div><div>3 Bedrooms, 3 Bathrooms, 2 Balconies</div></td></tr><tr><td><div>Price</div><div>₹ 1.45 Crore+ Govt Charges &amp; Tax</div></td><td><div>Address</div><div>12th Floor, Maple Square, Sector 75, Noida, Uttar Pradesh</div></td></tr></table>
<div class="locality"><h2>Property rates in Sector 75</h2><p>Avg. price ₹ 9,150/sqft</p></div>
<h2>Popular localities nearby</h2><p>Sector 76: 2 BHK from ₹ 78 Lac</p></body></html>""",
        Expected(price=(14_500_000, 14_500_000, "INR", ""), bedrooms=(3, 3), size=(1625, "sq ft"), place=("Sector 75", "Noida")),
    ),
    EvaluationPage(
        "Housing-like project page with tabs for each type and unit rows",
        "https://www.houses.example.com/in/buy/projects/page/9-azure",
        f"""<html lang="en"><head><title>Azure Park by Meridian in Wakad, Pune - Price, Reviews</title></head><body>{_NOISE}<div class="css-1x"><h1 class="css-2">Azure Park</h1><div class="css-3">By <a href="/d/meridian">Meridian Spaces</a></div><div class="css-4">Near Phoenix Mall, Wakad, Pune West</div>
<div class="css-5">₹ 68.5 L - 1.24 Cr | ₹ 9.2 K/sq.ft</div><div>EMI starts at ₹ 34.01 K</div>
<section><h2>Azure Park Floor Plans and Units</h2><div role="tab">2 BHK Apartment</div><div role="tab">3 BHK Apartment</div><div class="row"><div>702 sq.ft</div><div>Carpet Area</div><div>₹ 68.5 L</div><div>Basic Price</div></div><div class="row"><div>1,180 sq.ft</div><div>Carpet Area</div><div>₹ 1.24 Cr</div><div>Basic Price</div></div></section>
<section><h3>Key details</h3><div><span>Possession Starts</span><span>Dec, 2028</span></div><div><span>Launch Date</span><span>Jan, 2025</span></div><div><span>Configurations</span><span>2, 3 BHK Apartments</span></div><div><span>Sizes</span><span>702 - 1180 sq.ft (Carpet Area)</span></div><div><span>Rera Id</span><span>P52100055555</span></div></section></div></body></html>""",
        Expected(price=(6_850_000, 12_400_000, "INR", ""), bedrooms=(2, 3), size=(702, "sq ft"), place=("Wakad",)),
    ),
    EvaluationPage(
        "Zoopla-like flat with a share price and lease charges",
        "https://www.zed.example.co.uk/for-sale/details/6512/",
        f"""<html lang="en-GB"><head><title>2 bed flat for sale in Deansgate, Manchester M3</title><meta property="og:description" content="2 bed flat for sale in Deansgate, Manchester M3, selling for £285,000"></head><body>{_NOISE}<main><p data-testid="price">£285,000</p><h1><p>2 bed flat for sale</p><address>Deansgate, Manchester M3</address></h1><p>2 beds</p><p>1 bath</p><p>678 sq. ft</p><p>Leasehold: 120 years. Service charge: £1,980 per year. Ground rent: £250.</p><p>£420 / sq. ft</p>
<h2>Market stats</h2><p>Last sold £241,000, March 2019</p><p>Estimated value £278,000 - £301,000</p></main></body></html>""",
        Expected(price=(285_000, 285_000, "GBP", ""), bedrooms=(2, 2), size=(678, "sq ft"), place=("Deansgate", "Manchester")),
    ),
    EvaluationPage(
        "Redfin-like with price in split spans and tax table",
        "https://www.red.example.com/WA/Seattle/1201-Pine-St-98101/home/1",
        f"""<html lang="en"><head><title>1201 Pine St, Seattle, WA 98101 | MLS# 22</title><meta name="twitter:data1" content="$749,950"></head><body>{_NOISE}<div class="HomeInfo"><h1 class="full-address"><div class="street-address">1201 Pine St,</div><div class="bp-cityStateZip">Seattle, WA 98101</div></h1><div data-rf-test-id="abp-price"><div class="statsValue"><span>$749,950</span></div><span class="statsLabel">Est. $4,902/mo</span></div><div data-rf-test-id="abp-beds"><div class="statsValue">2</div><div class="statsLabel">Beds</div></div><div><div class="statsValue">1.75</div><div class="statsLabel">Baths</div></div><div data-rf-test-id="abp-sqFt"><span class="statsValue">1,043</span><div class="statsLabel">Sq Ft</div></div></div>
<ul><li>HOA Dues $612/month</li><li>Built in 2007</li><li>$719 Redfin price per sq ft</li></ul><h3>Public tax records</h3><table><tr><td>Land</td><td>$205,000</td></tr><tr><td>Taxable value</td><td>$701,000</td></tr></table></body></html>""",
        Expected(price=(749_950, 749_950, "USD", ""), bedrooms=(2, 2), size=(1043, "sq ft"), place=("1201 Pine", "Seattle")),
    ),
    EvaluationPage(
        "Bayut-like with labels in lists and mortgage numbers",
        "https://www.bay.example.ae/property/details-1.html",
        f"""<html lang="en"><head><title>Luxury Villa | Private Pool | Vacant</title></head><body>{_NOISE}<div aria-label="Property overview"><span aria-label="Currency">AED</span><span aria-label="Price">8,950,000</span></div><div aria-label="Property header">Frond M, Palm Jumeirah, Dubai</div><span aria-label="Beds">5 Beds</span><span aria-label="Baths">6 Baths</span><span aria-label="Area">7,000 sqft</span><h1>Luxury Villa | Private Pool | Vacant</h1>
<ul aria-label="Property details"><li><span>Type</span><span>Villa</span></li><li><span>Purpose</span><span>For Sale</span></li><li><span>Reference no.</span><span>Bayut - 123</span></li><li><span>Completion</span><span>Ready</span></li></ul><h2>Mortgage</h2><p>Monthly Payment AED 37,233</p><p>Total loan amount AED 7,160,000</p></body></html>""",
        Expected(price=(8_950_000, 8_950_000, "AED", ""), bedrooms=(5, 5), size=(7000, "sq ft"), place=("Palm Jumeirah",)),
    ),
    EvaluationPage(
        "ImmoScout-like house",
        "https://www.scout.example.de/expose/77",
        f"""<html lang="de"><head><title>Freistehendes Einfamilienhaus mit Garten</title></head><body>{_NOISE}<h1 id="expose-title">Freistehendes Einfamilienhaus mit Garten</h1><div class="main-criteria"><div><div class="is24-value">689.000 €</div><div class="is24-label">Kaufpreis</div></div><div><div class="is24-value">5,5</div><div class="is24-label">Zi.</div></div><div><div class="is24-value">148 m²</div><div class="is24-label">Wohnfläche</div></div><div><div class="is24-value">612 m²</div><div class="is24-label">Grundstück</div></div></div><div class="address-block"><span>Am Waldrand 4,</span> <span class="zip-region-and-country">82031 Grünwald, München (Kreis)</span></div><dl><dt>Haustyp</dt><dd>Einfamilienhaus</dd><dt>Schlafzimmer</dt><dd>4</dd><dt>Bezugsfrei ab</dt><dd>sofort</dd><dt>Provision für Käufer</dt><dd>3,57 % inkl. MwSt.</dd></dl></body></html>""",
        Expected(price=(689_000, 689_000, "EUR", ""), bedrooms=(4, 4), size=(148, "sq m"), place=("Grünwald",)),
    ),
    EvaluationPage(
        "Idealista-like with a price drop",
        "https://www.ideal.example.com/inmueble/9/",
        f"""<html lang="es"><head><title>Piso en venta en Gràcia, Barcelona</title></head><body>{_NOISE}<h1><span class="main-info__title-main">Piso en venta en calle Verdi</span></h1><span class="main-info__title-minor">Gràcia, Barcelona</span><div class="info-data"><span class="info-data-price"><span class="txt-bold">395.000</span> €</span><span class="pricedown"><span class="pricedown_price">415.000 €</span><span>5%</span></span></div><div class="info-features"><span>78 m²</span><span>2 hab.</span><span>Planta 3ª exterior con ascensor</span></div><div class="details-property"><h2>Características básicas</h2><ul><li>78 m² construidos, 70 m² útiles</li><li>2 habitaciones</li><li>1 baño</li></ul></div><p>Precio por m²: 5.064 €/m²</p></body></html>""",
        Expected(price=(395_000, 395_000, "EUR", ""), bedrooms=(2, 2), size=(78, "sq m"), place=("Barcelona", "Verdi")),
    ),
    EvaluationPage(
        "SeLoger-like rental with charges",
        "https://www.loger.example.fr/annonces/location/1",
        f"""<html lang="fr"><head><title>Location appartement 3 pièces Bordeaux</title></head><body>{_NOISE}<h1>Location Appartement 3 pièces 65 m²</h1><p>Chartrons, Bordeaux (33000)</p><div>1 180 € /mois charges comprises</div><ul><li>3 pièces</li><li>2 chambres</li><li>65 m²</li></ul><p>Dépôt de garantie : 1 100 €</p><p>Honoraires TTC : 780 €</p></body></html>""",
        Expected(price=(1180, 1180, "EUR", "month"), bedrooms=(2, 2), size=(65, "sq m"), place=("Bordeaux",)),
    ),
    EvaluationPage(
        "Australian listing with a price guide",
        "https://www.dom.example.com.au/14-banksia-ave-newtown-nsw-2042",
        f"""<html lang="en"><head><title>14 Banksia Avenue, Newtown NSW 2042 - House For Sale</title></head><body>{_NOISE}<div data-testid="listing-details__summary-title"><span>Guide $2,100,000 - $2,250,000</span></div><h1>14 Banksia Avenue, Newtown NSW 2042</h1><span>3 Beds</span><span>2 Baths</span><span>1 Parking</span><span>202m²</span><h3>Auction Saturday 12 Dec</h3><h2>Suburb profile</h2><p>Median price $1,820,000</p></body></html>""",
        Expected(price=(2_100_000, 2_250_000, "AUD", ""), bedrooms=(3, 3), size=(202, "sq m"), place=("Newtown",)),
    ),
    EvaluationPage(
        "Canadian listing in two units",
        "https://www.real.example.ca/on/toronto/5",
        f"""<html lang="en-CA"><head><title>For sale: 88 Queen Street E, Toronto</title></head><body>{_NOISE}<div id="listingPriceValue">$899,000</div><h1><span>88 Queen Street E #1204</span><br>Toronto, Ontario M5C 1S1</h1><div>2 + 1 Bedrooms</div><div>2 Bathrooms</div><div><span>Square Footage</span><span>850 sqft</span></div><div><span>Maintenance Fees</span><span>$742.11 Monthly</span></div><div><span>Annual Property Taxes</span><span>$3,980.00</span></div></body></html>""",
        Expected(price=(899_000, 899_000, "CAD", ""), bedrooms=(2, 2), size=(850, "sq ft"), place=("Toronto",)),
    ),
    EvaluationPage(
        "Landing page for ads: form first, price in a ribbon, RERA in the foot",
        "https://skyline-thane.example/lp1/",
        f"""<html><head><title>Skyline One Thane West | Pre-Launch</title></head><body>{_NOISE}<form class="lead"><h3>Pre-register &amp; save ₹ 4 Lakhs</h3><input><button>Book site visit</button></form><div class="ribbon">1 &amp; 2 BHK @ ₹ 74.99 Lacs* All Incl.</div><h1>Skyline One</h1><p>Kolshet Road, Thane West</p><ul class="usp"><li>25+ Amenities</li><li>5 Acre Township</li><li>2 mins from Metro</li></ul><h2>Price</h2><table><tr><th>Unit Type</th><th>RERA Carpet (Sq.Ft)</th><th>All Inclusive Price</th></tr><tr><td>1 BHK Optima</td><td>415</td><td>₹ 74.99 Lacs*</td></tr><tr><td>2 BHK Prime</td><td>645</td><td>₹ 1.15 Cr*</td></tr></table><p class="foot">MahaRERA Registration No.: P51700098765 available at maharera.mahaonline.gov.in</p></body></html>""",
        Expected(price=(7_499_000, 7_499_000, "INR", ""), bedrooms=(1, 2), place=("Thane",), parts={"1 BHK": 7_499_000, "2 BHK": 11_500_000}, size_parts={"1 BHK": 415, "2 BHK": 645}),
    ),
    EvaluationPage(
        "Houzez-like rental with postfix and prefix",
        "https://rentals.example.com/property/loft/",
        f"""<html lang="en-US"><head><title>Industrial Loft - Rentals</title></head><body>{_NOISE}<h1>Industrial Loft</h1><span class="label-status">For Rent</span><address>77 Water Street, Brooklyn, NY 11201</address><ul class="item-price-wrap"><li class="item-price"><span class="price-prefix">Start from</span> $4,250/mo</li></ul><ul><li>2 Bedrooms</li><li>1 Bathroom</li><li>1,100 Sq Ft</li></ul></body></html>""",
        Expected(price=(4250, None, "USD", "month"), bedrooms=(2, 2), size=(1100, "sq ft"), place=("Water Street", "Brooklyn")),
    ),
    EvaluationPage(
        "JSON-LD only, with an Offer for each floor plan",
        "https://apts.example.com/the-arbor/",
        """<html lang="en"><head><title>The Arbor Apartments in Austin, TX</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"ApartmentComplex","name":"The Arbor","address":{"@type":"PostalAddress","streetAddress":"500 Oak Ln","addressLocality":"Austin","addressRegion":"TX","postalCode":"78701"},"containsPlace":[{"@type":"Apartment","name":"A1","numberOfBedrooms":1,"floorSize":{"@type":"QuantitativeValue","value":690,"unitCode":"FTK"}},{"@type":"Apartment","name":"B1","numberOfBedrooms":2,"floorSize":{"@type":"QuantitativeValue","value":1010,"unitCode":"FTK"}}]}</script></head><body><h1>The Arbor</h1><p>1 and 2 bedroom apartments for rent</p><p>$1,495 - $2,380 per month</p></body></html>""",
        Expected(price=(1495, 2380, "USD", "month"), bedrooms=(1, 2), place=("500 Oak",), size_parts={"1 bedroom": 690, "2 bedrooms": 1010}),
    ),
    EvaluationPage(
        "Kerala villa with cents",
        "https://kochi.example/villa",
        f"""<html><head><title>4 BHK villa in 8 cents, Kakkanad</title></head><body>{_NOISE}<h1>4 BHK Villa for sale in Kakkanad, Kochi</h1><ul><li>Land: 8 cents</li><li>House: 2850 sq ft</li><li>Price: 1.65 Crore (negotiable)</li><li>Bathrooms: 5</li><li>Water: well</li></ul><p>Call 0484 000 0000</p></body></html>""",
        Expected(price=(16_500_000, 16_500_000, "INR", ""), bedrooms=(4, 4), size=(2850, "sq ft"), place=("Kakkanad",)),
    ),
    EvaluationPage(
        "Plain old page in font tags and tables for layout",
        "https://old.example.in/flat.htm",
        """<html><head><title>Flat sale</title></head><body bgcolor=white><table width=100%><tr><td><table><tr><td><font size=5><b>2 BHK Flat for sale at Mylapore, Chennai</b></font></td></tr><tr><td><font>Super area 980 sqft. Price Rs.1,35,00,000/- slightly negotiable</font></td></tr><tr><td>Contact owner: 044-00000000</td></tr></table></td></tr></table></body></html>""",
        Expected(price=(13_500_000, 13_500_000, "INR", ""), bedrooms=(2, 2), size=(980, "sq ft"), place=("Mylapore",)),
    ),
    EvaluationPage(
        "Next.js with empty body but data in meta and JSON-LD Product",
        "https://spa.example.ae/p/1",
        """<html lang="en"><head><title>2 Bedroom Apartment for Sale in Downtown Dubai | SPA</title><meta name="description" content="2 Bedroom Apartment for sale in Downtown Dubai, 1,398 sqft, AED 3,400,000."><script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"2 Bedroom Apartment in Downtown Dubai","offers":{"@type":"Offer","price":3400000,"priceCurrency":"AED"}}</script></head><body><div id="__next"></div></body></html>""",
        Expected(price=(3_400_000, 3_400_000, "AED", ""), bedrooms=(2, 2), size=(1398, "sq ft"), place=("Downtown Dubai",)),
    ),
    EvaluationPage(
        "Office to let is no home but a property",
        "https://office.example.in/bkc",
        f"""<html><head><title>Furnished office space for rent in BKC, Mumbai</title></head><body>{_NOISE}<h1>Furnished office space for rent</h1><p>Bandra Kurla Complex, Mumbai 400051</p><p>Rent: ₹ 4.5 Lakh per month</p><p>Carpet area: 2,200 sq ft</p><p>Security deposit: ₹ 27 Lakh</p></body></html>""",
        Expected(price=(450_000, 450_000, "INR", "month"), size=(2200, "sq ft"), place=("Bandra",)),
    ),
    EvaluationPage("DataDome", "https://dd.example/", """<html lang="en"><head><title>dd.example</title></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>""", Expected(kind="blocked")),
    EvaluationPage("Akamai", "https://ak.example/", """<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "http://ak.example/flat" on this server.<P>Reference #18.2f</BODY></HTML>""", Expected(kind="blocked")),
    EvaluationPage("Maintenance", "https://m.example/", """<html><head><title>We'll be back soon</title></head><body><h1>We&rsquo;ll be back soon!</h1><p>Sorry for the inconvenience. Our 2 and 3 BHK homes will be here again shortly.</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Builder's list of projects", "https://builder.example/projects", """<html><head><title>Our Projects | Banyan Row</title></head><body><h1>Ongoing Projects</h1>""" + "".join(f"""<div class="proj"><img src="x.jpg"><h3>Banyan {n}</h3><p>2 &amp; 3 BHK</p><p>₹ {70 + 9 * n} Lakh onwards</p><a href="/projects/banyan-{n}">Know more</a></div>""" for n in range(6)) + """</body></html>""", Expected(kind="index")),
    EvaluationPage("Map search page", "https://z.example.com/denver-co/houses/", """<html lang="en"><head><title>Denver CO Single Family Homes For Sale - 1,312 Homes</title></head><body><h1>Denver CO Real Estate &amp; Homes For Sale</h1><span class="result-count">1,312 results</span><ul>""" + "".join(f"""<li><article><a href="/homedetails/{n}"><address>{n} Elm St, Denver, CO</address></a><span>${400 + n * 7},000</span><ul><li>3 bds</li><li>2 ba</li><li>1,{n}20 sqft</li></ul></article></li>""" for n in range(1, 9)) + """</ul></body></html>""", Expected(kind="index")),
    EvaluationPage("Mattress shop", "https://shop.example.in/m", """<html><head><title>King size bed, teak | Furniture</title></head><body><h1>King size bed</h1><p>₹ 54,999</p><p>Size 6 x 6.5 ft</p><p>Delivery in Pune, Mumbai</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Job ad at a developer", "https://jobs.example/1", """<html><head><title>Sales Manager, Real Estate - Pune</title></head><body><h1>Sales Manager, Real Estate</h1><p>Salary ₹ 9 Lakh - 12 Lakh per annum</p><p>Sell 2 and 3 BHK apartments in Baner</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Guide for home buyers", "https://portal.example/guide", """<html><head><title>How to calculate carpet area</title><meta property="og:type" content="article"></head><body><h1>How to calculate carpet area</h1><p>By the Editorial team, 12 May 2026, 6 min read</p><p>If a 2 BHK has a built-up area of 1,000 sq ft, its carpet area is about 700 sq ft. At ₹ 9,000 per sq ft it costs ₹ 63 Lakh.</p></body></html>""", Expected(kind="other")),
]  # fmt: skip
