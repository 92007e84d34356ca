"""Held-back pages of a second hand, written before its owner had read the rules or the other pages.

Forty pages in the manner of portals, agencies' themes and page builders; eight of them have nothing.
"""

from tests.property.evaluation.page import EvaluationPage, Expected

_COOKIES = """<div id="onetrust-banner-sdk" role="dialog" aria-label="Cookie banner"><p>We and our 842 partners store cookies. You can save 20% with fewer ads.</p><button>Accept all</button></div>"""

PAGES = [
    EvaluationPage(
        "Elementor microsite: headings and icon boxes, prices in a table widget",
        "https://skyline-residences.example/",
        """<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>Skyline Residences Thane West &#8211; Official Site</title><meta name="generator" content="Elementor 3.21.5"></head><body class="elementor-page">
<div class="elementor-widget-container"><h2 class="elementor-heading-title">Skyline Residences</h2></div><div class="elementor-widget-text-editor"><p>Kolshet Road, Thane West</p></div>
<div class="elementor-widget-heading"><h3>1, 2 &amp; 3 BHK Premium Residences</h3></div><div class="elementor-widget-heading"><h2>Starting at ₹ 69.99 Lacs* All Inc.</h2></div>
<ul class="elementor-icon-list-items"><li><span class="elementor-icon-list-text">Land Parcel : 11 Acres</span></li><li><span class="elementor-icon-list-text">Floors : G+3P+38</span></li><li><span class="elementor-icon-list-text">Possession : Dec 2028</span></li><li><span>Pay 10% now, no EMI till possession</span></li><li><span>Spot booking discount up to ₹ 5 Lacs</span></li></ul>
<div class="elementor-widget-eael-data-table"><table><thead><tr><th>Type</th><th>Carpet Area</th><th>Price</th></tr></thead><tbody><tr><td>1 BHK</td><td>418 Sq.Ft.</td><td>₹ 69.99 Lacs* Onwards</td></tr><tr><td>2 BHK</td><td>634 Sq.Ft.</td><td>₹ 1.06 Cr* Onwards</td></tr><tr><td>3 BHK</td><td>902 Sq.Ft.</td><td><a>Click for price</a></td></tr></tbody></table></div>
<form class="elementor-form"><input placeholder="Name"><select name="budget"><option>50 - 75 Lacs</option><option>1 Cr+</option></select></form>
<footer>MahaRERA No: P51700099999. Site launched on 12 January 2025. © 2025 Skyline</footer></body></html>""",
        Expected(price=(6_999_000, None, "INR", ""), bedrooms=(1, 3), place=("Thane",), parts={"1 BHK": 6_999_000, "2 BHK": 10_600_000}, size_parts={"1 BHK": 418, "2 BHK": 634}),
    ),
    EvaluationPage(
        "WPBakery developer page, counters and spans without labels close by",
        "https://www.verdantgroup.example/projects/verdant-greens/",
        """<html lang="en"><head><title>Verdant Greens - 2.5 and 3.5 BHK in Sector 108, Gurgaon</title><meta name="description" content="Luxury apartments on Dwarka Expressway"></head><body class="wpb-js-composer"><div class="vc_row"><div class="vc_column-inner"><div class="wpb_text_column"><div class="wpb_wrapper"><h1><span style="color:#fff">VERDANT GREENS</span></h1><p><strong>Sector 108, Dwarka Expressway, Gurugram</strong></p></div></div></div></div>
<div class="vc_row"><div class="stats_block"><h3 class="stats_number" data-value="96">96</h3><p>units</p></div><div class="stats_block"><h3>2.5 &amp; 3.5 BHK</h3><p>Typology</p></div><div class="stats_block"><h3>1,850 – 2,640 sq. ft.</h3><p>Saleable area</p></div><div class="stats_block"><h3>₹ 2.35 Cr – ₹ 3.40 Cr</h3><p>Price</p></div></div>
<div class="wpb_text_column"><p>Project registered with HARERA vide RC/REP/HARERA/GGM/000/2024. Our company has delivered 14 million sq ft since 1996 and turned over ₹ 900 Cr last year.</p></div></body></html>""",
        Expected(price=(23_500_000, 34_000_000, "INR", ""), bedrooms=(2.5, 3.5), size=(1850, "sq ft"), place=("Gurugram", "Sector 108")),
    ),
    EvaluationPage(
        "Indian portal project page with a sold out configuration and ratings",
        "https://www.portalbricks.example/hyderabad/lakeview-heights-kondapur-771",
        """<html><head><title>Lakeview Heights Kondapur Hyderabad | Price List, Reviews, Brochure</title></head><body><ol itemscope itemtype="https://schema.org/BreadcrumbList"><li itemprop="itemListElement"><a href="/hyderabad"><span itemprop="name">Property in Hyderabad</span></a></li><li><a href="/hyderabad/gachibowli"><span itemprop="name">Gachibowli</span></a></li></ol>
<h1>Lakeview Heights <small>by Meridian Homes</small></h1><div class="loc">Kondapur, Hyderabad</div><div class="rating">4.2 ★ (118 reviews)</div><div class="price-wrap"><span>₹ 92.4 L - 1.78 Cr</span> <a>Get EMI starting ₹ 46.8 K</a></div><div class="avg">Avg. Price: ₹ 8.4 K/sq.ft</div>
<div class="overview"><div><div class="v">2, 3 BHK Apartments</div><div class="k">Configurations</div></div><div><div class="v">Jun, 2027</div><div class="k">Possession Starts</div></div><div><div class="v">1100 sq.ft. - 2120 sq.ft.</div><div class="k">Sizes (Built-up Area)</div></div></div>
<section><h2>Floor plans</h2><div class="tab">2 BHK 1100 sq.ft. ₹ 92.4 L</div><div class="tab">3 BHK 2120 sq.ft. ₹ 1.78 Cr</div><div class="tab">4 BHK 2900 sq.ft. Sold Out</div></section>
<section><h2>Reviews</h2><p>“I bought a 3 BHK in 2022 for 95 lakh, now worth 1.4 crore.” – Owner</p></section><section><h2>Projects nearby in Gachibowli</h2><div class="card"><a href="/p/1">Orchid Towers</a><p>₹ 1.2 Cr - 2.4 Cr</p><p>3, 4 BHK</p></div><div class="card"><a href="/p/2">Sun City</a><p>₹ 60 L</p></div></section></body></html>""",
        Expected(price=(9_240_000, 17_800_000, "INR", ""), bedrooms=(2, 3), size=(1100, "sq ft"), place=("Kondapur",)),
    ),
    EvaluationPage(
        "Resale flat where bathrooms and floor stand before bedrooms",
        "https://www.nestfind.example/property/for-sale/IDN2231",
        """<html lang="en"><head><title>Flat for sale in HSR Layout, Bengaluru</title></head><body><h1>Apartment For Sale in Sobha-like Daffodil, HSR Layout Sector 2</h1><p>27th Main, HSR Layout Sector 2, Bengaluru 560102</p>
<div class="figures"><div><b>₹2,15,00,000</b><span>Price</span></div><div><b>₹1.23 Lacs/Month</b><span>Estimated EMI</span></div><div><b>1,640 sqft</b><span>Builtup</span></div><div><b>₹13,109</b><span>per sqft</span></div></div>
<table><tr><td>3</td><td>Bathroom</td></tr><tr><td>7/14</td><td>Floor</td></tr><tr><td>3 BHK</td><td>No. of Bedroom</td></tr><tr><td>Ready to move</td><td>Possession</td></tr><tr><td>8-10 years</td><td>Age</td></tr></table><p>Posted on: Oct 12, 2026. Deposit of ₹ 1,00,000 blocks this home.</p></body></html>""",
        Expected(price=(21_500_000, 21_500_000, "INR", ""), bedrooms=(3, 3), size=(1640, "sq ft"), place=("HSR Layout",)),
    ),
    EvaluationPage(
        "Villa plots: plot areas in sq yd, price per sq yd only, no bedrooms",
        "https://aranya-plots.example/",
        """<html><head><title>Aranya Open Plots, Shadnagar | HMDA approved</title></head><body><h1>Aranya – HMDA Approved Villa Plots</h1><p>Shadnagar, Hyderabad</p><p>Plot sizes: 150 to 400 Sq.Yds</p><p>₹ 18,999 per Sq.Yd</p><p>Booking amount just ₹ 51,000</p><ul><li>60 ft &amp; 40 ft roads</li><li>32 acres</li><li>2 BHK clubhouse guest suites</li></ul></body></html>""",
        Expected(place=("Shadnagar",)),
    ),
    EvaluationPage(
        "Hindi project page",
        "https://shanti-kunj.example/hi",
        """<html lang="hi"><head><title>शांति कुंज - लखनऊ में 2 और 3 बीएचके फ्लैट</title></head><body><h1>शांति कुंज</h1><p class="pata">सुशांत गोल्फ सिटी, लखनऊ, उत्तर प्रदेश</p><div>2 और 3 बीएचके फ्लैट</div><div>कीमत: ₹ 48 लाख से शुरू</div><div>कार्पेट एरिया: 720 वर्ग फुट</div><div>कब्ज़ा: मार्च 2027</div><div>बुकिंग राशि: ₹ 1 लाख</div><div>संपर्क: 0522 000 0000</div></body></html>""",
        Expected(price=(4_800_000, None, "INR", ""), bedrooms=(2, 3), size=(720, "sq ft"), place=("लखनऊ", "सुशांत")),
    ),
    EvaluationPage(
        "Indian rent with deposit",
        "https://rentals.example.in/p/88",
        """<html><head><title>2 BHK Independent House for Rent in Velachery, Chennai</title></head><body><h1>2 BHK Independent House For Rent in Velachery</h1><h5>Near Phoenix Mall, Velachery, Chennai</h5><div class="row"><div><h4>₹ 22,500</h4><small>Rent + Maintenance ₹1,500</small></div><div><h4>₹ 1,50,000</h4><small>Deposit</small></div><div><h4>950 sq.ft</h4><small>Builtup</small></div></div><ul><li>Bathroom: 2</li><li>Available from: 01 Dec 2026</li></ul></body></html>""",
        Expected(price=(22_500, 22_500, "INR", ""), bedrooms=(2, 2), size=(950, "sq ft"), place=("Velachery",)),
    ),
    EvaluationPage(
        "Rightmove-like with offers in excess of, tenure, station distances",
        "https://www.moveright.example.co.uk/properties/14500021",
        _COOKIES + """<html lang="en-GB"><head><title>3 bedroom semi-detached house for sale in Beech Road, Headington, Oxford, OX3</title></head><body><header><a>Sign in</a></header><main><h1>Beech Road, Headington, Oxford, OX3</h1><div><span>Offers in Excess of</span><span>£575,000</span></div><a href="/mortgage">Monthly mortgage payments £2,950</a><div>Added on 03/11/2026</div>
<dl><div><dt>PROPERTY TYPE</dt><dd>Semi-Detached</dd></div><div><dt>BEDROOMS</dt><dd>3</dd></div><div><dt>BATHROOMS</dt><dd>1</dd></div><div><dt>SIZE</dt><dd>1,012 sq ft</dd><dd>94 sq m</dd></div><div><dt>TENURE</dt><dd>Freehold</dd></div></dl><h2>Key features</h2><ul><li>Potential for a fourth bedroom (STPP)</li></ul><h2>Description</h2><p>Sold in 2009 for £249,950. Council Tax band D. Ground rent: none.</p><h2>Nearest stations</h2><p>Oxford 2.9 miles</p></main></body></html>""",
        Expected(price=(575_000, None, "GBP", ""), bedrooms=(3, 3), size=(1012, "sq ft"), place=("Headington",)),
    ),
    EvaluationPage(
        "Zoopla-like rent pcm and pw",
        "https://www.zhomes.example.co.uk/to-rent/details/6612",
        """<html lang="en-GB"><head><title>2 bed flat to rent in Castle Street, Edinburgh EH2</title></head><body><main><p data-testid="price">£1,750 pcm</p><p>(£404 pw)</p><h1><p>2 bed flat to rent</p><address>Castle Street, New Town, Edinburgh EH2</address></h1><ul><li>2 beds</li><li>1 bath</li><li>1 reception</li><li>807 sq. ft</li></ul><p>Deposit £2,000. Available 15 January 2027. Letting fees may apply. Council tax £219 per month</p><section><h2>Price history</h2><p>Let, June 2023 £1,450 pcm</p></section><section><h2>More like this</h2><article><a href="/to-rent/details/1">1 bed flat</a><p>£1,200 pcm</p></article></section></main></body></html>""",
        Expected(price=(1750, 1750, "GBP", "month"), bedrooms=(2, 2), size=(807, "sq ft"), place=("Edinburgh",)),
    ),
    EvaluationPage(
        "OnTheMarket-like leasehold flat with service charge and a reduced price",
        "https://www.marketon.example.co.uk/details/15551/",
        """<html lang="en"><head><title>2 bedroom apartment for sale in Deansgate, Manchester, M3</title><meta property="og:title" content="2 bedroom apartment for sale in Deansgate, Manchester, M3"></head><body><h1>2 bedroom apartment for sale</h1><div>Deansgate, Manchester, M3</div><div>Guide price <span>£315,000</span> <s>£330,000</s> <em>Reduced on 02/10/2026</em></div><p>Service charge: £2,840 per year. Ground rent: £250 pa. Lease: 125 years from 2017</p><ul><li>Two double bedrooms</li><li>Allocated parking (£25,000 by separate negotiation)</li><li>EWS1 in place</li><li>732 sq ft / 68 sq m</li></ul><div>Stamp duty £5,750 — calculate</div><div>Call 0161 496 0000</div></body></html>""",
        Expected(price=(315_000, 315_000, "GBP", ""), bedrooms=(2, 2), size=(732, "sq ft"), place=("Manchester",)),
    ),
    EvaluationPage(
        "UK country house, price on application",
        "https://estates.example.co.uk/hall",
        """<html lang="en-GB"><head><title>Withy Hall, Bath, Somerset | Country House</title></head><body><h1>Withy Hall, near Bath, Somerset</h1><p class="price">Price on application</p><p>A Grade II* listed house with 7 bedrooms, 5 bathrooms and 8,450 sq ft of accommodation in about 23 acres. Cottages let at £2,400 pcm.</p><p>Fees: £360 inc. VAT for tenancy set-up</p></body></html>""",
        Expected(bedrooms=(7, 7), size=(8450, "sq ft"), place=("Bath",)),
    ),
    EvaluationPage(
        "Zillow-like with Zestimate, tax history and spans",
        "https://www.zhouse.example.com/homedetails/418-Maple-Ave-Columbus-OH-43215/338_zpid/",
        """<html lang="en"><head><title>418 Maple Ave, Columbus, OH 43215 | MLS #2240001</title></head><body><div class="ds-home-details"><span data-testid="price"><span>$489,900</span></span><div data-testid="bed-bath-sqft"><div><span>4</span><span>beds</span></div><div><span>2.5</span><span>baths</span></div><div><span>2,204</span><span>sqft</span></div></div><h1>418 Maple Ave, Columbus, OH 43215</h1><span>Est. payment: $3,117/mo</span><div><span>Zestimate®: $497,200</span> <span>Rent Zestimate®: $2,899</span></div></div>
<ul><li>Built in 1998</li><li>0.31 Acres Lot</li><li>$222 price/sqft</li><li>$45/mo HOA</li></ul><h2>Price history</h2><table><tr><th>Date</th><th>Event</th><th>Price</th></tr><tr><td>10/30/2026</td><td>Price change</td><td>$489,900 (-2%)</td></tr><tr><td>6/1/2015</td><td>Sold</td><td>$251,000</td></tr></table><h2>Nearby homes</h2><ul><li><a href="/homedetails/1">420 Maple Ave</a> $450,000 3 bds 1,800 sqft</li></ul></body></html>""",
        Expected(price=(489_900, 489_900, "USD", ""), bedrooms=(4, 4), size=(2204, "sq ft"), place=("Columbus",)),
    ),
    EvaluationPage(
        "Redfin-like, JSON-LD with two types in a list and an offer",
        "https://www.rfin.example.com/WA/Tacoma/2201-N-30th-St-98403/home/99",
        """<html><head><title>2201 N 30th St, Tacoma, WA 98403 | 3 Beds/1.75 Baths</title><script type="application/ld+json">[{"@context":"http://schema.org","@type":["Product","RealEstateListing"],"name":"2201 N 30th St, Tacoma, WA 98403","url":"https://www.rfin.example.com/WA/Tacoma/2201-N-30th-St-98403/home/99","offers":{"@type":"Offer","price":625000,"priceCurrency":"USD"},"mainEntity":{"@type":"SingleFamilyResidence","address":{"@type":"PostalAddress","streetAddress":"2201 N 30th St","addressLocality":"Tacoma","addressRegion":"WA","postalCode":"98403"},"numberOfBedrooms":3,"floorSize":{"@type":"QuantitativeValue","value":1870,"unitCode":"FTK"}}}]</script></head><body><div class="stat"><div class="statsValue">$625,000</div><span>Est. $4,102/mo</span></div><div class="stat"><div>3</div><div>Beds</div></div><div class="stat"><div>1.75</div><div>Baths</div></div><div class="stat"><div>1,870</div><div>Sq Ft</div></div><p>Redfin Estimate $633,412. Last sold Aug 2019 for $455K</p></body></html>""",
        Expected(price=(625_000, 625_000, "USD", ""), bedrooms=(3, 3), size=(1870, "sq ft"), place=("Tacoma",)),
    ),
    EvaluationPage(
        "Realtor-like Canadian page, dollars are Canadian",
        "https://www.ca-homes.example.ca/real-estate/12/55-lakeshore-toronto",
        """<html lang="en-CA"><head><title>#1204 - 55 Lakeshore Blvd E, Toronto (Waterfront), Ontario M5E 0A1</title></head><body><h1>#1204 -55 LAKESHORE BLVD E, Toronto (Waterfront), Ontario M5E0A1</h1><div id="listingPrice">$749,000</div><div>MLS® Number: C0000001</div><div><span>1 + 1</span> Bedrooms</div><div>2 Bathrooms</div><div>650 sqft</div><h3>Building</h3><p>Maintenance Fees $612.45 Monthly</p><p>Annual Property Taxes $3,120</p></body></html>""",
        Expected(price=(749_000, 749_000, "CAD", ""), bedrooms=(1, 1), size=(650, "sq ft"), place=("Toronto",)),
    ),
    EvaluationPage(
        "Property Finder-like studio",
        "https://www.pfind.example.ae/en/plp/buy/apartment-dubai-jvc-1299",
        """<html lang="en"><head><title>Studio apartment for sale in Bloom-like Towers, JVC: Vacant | Dubai</title></head><body><div data-testid="price">780,000 AED</div><h1>Vacant | Fully furnished | Pool view</h1><div>Bloom Heights, Jumeirah Village Circle, Dubai</div><ul><li>Property type: Apartment</li><li>Property size: 462 sqft / 43 sqm</li><li>Bedrooms: studio</li><li>Bathrooms: 1</li><li>Available from: 11 Feb 2027</li></ul><h2>Mortgage</h2><p>3,204 AED per month, 5 years fixed at 3.99%, down payment 156,000 AED</p><h2>Service charges 16 AED / sqft</h2><h2>Recommended properties</h2><a href="/en/plp/2"><p>1,150,000 AED</p><p>1 bed</p></a></body></html>""",
        Expected(price=(780_000, 780_000, "AED", ""), bedrooms=(0, 0), size=(462, "sq ft"), place=("Jumeirah Village Circle",)),
    ),
    EvaluationPage(
        "Bayut-like page from window state, little else",
        "https://www.byt.example.com/property/details-778.html",
        """<html lang="en"><head><title>3BR villa</title></head><body><div id="app"></div><script>window.state = {"property":{"data":{"externalID":"778","title":"Upgraded 3BR villa near the park","purpose":"for-sale","price":3850000,"currency":"AED","rooms":3,"baths":4,"area":222.97,"location":[{"name":"UAE"},{"name":"Dubai"},{"name":"The Springs"}]}},"similar":{"hits":[{"price":1,"currency":"AED"}]}};window.__ENV__={"x":1}</script></body></html>""",
        Expected(price=(3_850_000, 3_850_000, "AED", ""), bedrooms=(3, 3), place=("Springs",)),
    ),
    EvaluationPage(
        "Arabic portal",
        "https://aqar.example.sa/ad/5512",
        """<html lang="ar" dir="rtl"><head><title>شقة للبيع في حي النرجس، الرياض</title></head><body><h1>شقة للبيع في حي النرجس، الرياض</h1><div class="price">السعر: 890,000 ريال</div><table><tr><td>المساحة</td><td>142 م²</td></tr><tr><td>غرف النوم</td><td>3</td></tr><tr><td>دورات المياه</td><td>3</td></tr><tr><td>عمر العقار</td><td>جديد</td></tr></table><p>العنوان: حي النرجس، الرياض، المملكة العربية السعودية</p></body></html>""",
        Expected(price=(890_000, 890_000, "SAR", ""), bedrooms=(3, 3), size=(142, "sq m"), place=("الرياض",)),
    ),
    EvaluationPage(
        "Arabic off-plan project in the Emirates with payment plan",
        "https://marsa.example.ae/ar",
        """<html lang="ar" dir="rtl"><head><title>مرسى ريزيدنس | شقق في دبي مارينا</title></head><body><h1>مرسى ريزيدنس</h1><p>دبي مارينا، دبي</p><h2>الأسعار تبدأ من 1,450,000 درهم</h2><p>شقق من غرفة نوم إلى 3 غرف نوم</p><p>خطة السداد 60/40</p><p>التسليم: الربع الرابع 2027</p></body></html>""",
        Expected(price=(1_450_000, None, "AED", ""), bedrooms=(1, 3), place=("دبي",)),
    ),
    EvaluationPage(
        "ImmoScout-like purchase with commission and a house charge",
        "https://www.immosuche.example.de/expose/155001",
        """<html lang="de"><head><title>Helle 3-Zimmer-Wohnung mit Balkon in Leipzig-Gohlis</title></head><body><h1>Helle 3-Zimmer-Wohnung mit Balkon</h1><address>Georg-Schumann-Straße 12, 04155 Leipzig, Gohlis-Süd</address><div class="criteria"><div>289.000 €<span>Kaufpreis</span></div><div>3<span>Zi.</span></div><div>84,5 m²<span>Wohnfläche</span></div></div><dl><dt>Schlafzimmer</dt><dd>2</dd><dt>Badezimmer</dt><dd>1</dd><dt>Hausgeld</dt><dd>310 €</dd><dt>Preis/m²</dt><dd>3.420 €/m²</dd><dt>Provision</dt><dd>3,57 %</dd><dt>Bezugsfrei ab</dt><dd>01.03.2027</dd></dl><h2>Finanzierungsrechner</h2><p>Monatliche Rate 1.204 €</p></body></html>""",
        Expected(price=(289_000, 289_000, "EUR", ""), bedrooms=(2, 2), size=(84.5, "sq m"), place=("Leipzig",)),
    ),
    EvaluationPage(
        "Immowelt-like rent: cold, costs, warm",
        "https://www.iwelt.example.de/expose/2abc",
        """<html lang="de"><head><title>Wohnung zur Miete in Köln Ehrenfeld</title></head><body><h1>2 Zimmer, Wohnküche, Altbau</h1><p>50823 Köln (Ehrenfeld)</p><div>990 € Kaltmiete zzgl. Nebenkosten</div><table><tr><td>Kaltmiete</td><td>990 €</td></tr><tr><td>Nebenkosten</td><td>210 €</td></tr><tr><td>Warmmiete</td><td>1.200 €</td></tr><tr><td>Kaution</td><td>2.970 €</td></tr></table><p>Wohnfläche ca. 62 m²</p><p>Zimmer 2</p></body></html>""",
        Expected(price=(990, 990, "EUR", ""), bedrooms=(2, 2), size=(62, "sq m"), place=("Köln",)),
    ),
    EvaluationPage(
        "SeLoger-like sale, pièces and chambres",
        "https://www.loger.example.fr/annonces/achat/appartement/lyon-3eme-69/2001.htm",
        """<html lang="fr"><head><title>Vente appartement 4 pièces 86 m² Lyon 3ème (69003)</title></head><body><h1>Appartement à vendre 4 pièces 3 chambres 86,2 m²</h1><div>Montchat, Lyon 3ème (69003)</div><div>379 000 € <small>4 397 €/m²</small></div><a>Mensualité estimée 1 902 €/mois</a><p>Honoraires à la charge du vendeur. Charges de copropriété : 1 560 €/an. DPE : C. Prix hors honoraires 365 000 €.</p><ul><li>2 salles de bains</li><li>Terrasse 12 m²</li></ul></body></html>""",
        Expected(price=(379_000, 379_000, "EUR", ""), bedrooms=(3, 3), size=(86.2, "sq m"), place=("Lyon",)),
    ),
    EvaluationPage(
        "LeBonCoin-like __NEXT_DATA__ with attributes, title alone is visible",
        "https://www.boncoin.example.fr/ad/ventes_immobilieres/2880",
        """<html lang="fr"><head><title>Maison 5 pièces 112 m² - Ventes immobilières</title></head><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"ad":{"list_id":2880,"category_name":"Ventes immobilières","subject":"Maison 5 pièces 112 m²","price":{"amount":264000,"currency":"EUR"},"rooms":5,"bedrooms":4,"livingArea":{"value":112,"unit":"m²"},"address":{"street":"","city":"Angers","postalCode":"49000"}},"similarAds":[{"price":{"amount":199000,"currency":"EUR"},"rooms":3}]}}}</script></body></html>""",
        Expected(price=(264_000, 264_000, "EUR", ""), bedrooms=(4, 4), size=(112, "sq m"), place=("Angers",)),
    ),
    EvaluationPage(
        "Idealista-like with a price drop",
        "https://www.idlista.example.com/inmueble/1088/",
        """<html lang="es"><head><title>Piso en venta en calle de Alcalá, Goya, Madrid</title></head><body><h1>Piso en venta en calle de Alcalá</h1><span>Goya, Madrid</span><div class="info-data"><span class="info-data-price"><span>685.000</span> €</span><span class="pricedown"><span class="pricedown_price">720.000 €</span> 5%</span></div><div class="info-features"><span>118 m²</span><span>3 hab.</span><span>Planta 4ª exterior con ascensor</span></div><h2>Características básicas</h2><ul><li>118 m² construidos, 104 m² útiles</li><li>3 habitaciones</li><li>2 baños</li></ul><p>Precio del inmueble 685.000 €. Precio por m² 5.805 €/m²</p><h2>Simulador de hipoteca</h2><p>Cuota 2.411 € al mes</p></body></html>""",
        Expected(price=(685_000, 685_000, "EUR", ""), bedrooms=(3, 3), size=(118, "sq m"), place=("Madrid",)),
    ),
    EvaluationPage(
        "Daft-like",
        "https://www.dft.example.ie/for-sale/semi-detached-house-ranelagh/5501",
        """<html lang="en-IE"><head><title>12 Oakley Park, Ranelagh, Dublin 6 is for sale</title></head><body><h1>12 Oakley Park, Ranelagh, Dublin 6, D06 X000</h1><div data-testid="price"><p>AMV: €895,000</p></div><div><p>4 Bed</p><p>3 Bath</p><p>139 m²</p><p>Semi-D</p></div><p>BER C2. Sale agreed nearby at €910,000. Entered 4 November 2026. 1,224 views</p><p>Monthly repayment €3,455 with a 10% deposit of €89,500</p></body></html>""",
        Expected(price=(895_000, 895_000, "EUR", ""), bedrooms=(4, 4), size=(139, "sq m"), place=("Dublin",)),
    ),
    EvaluationPage(
        "Domain-like price guide range in Australia",
        "https://www.dmain.example.com.au/7-wattle-street-coburg-vic-3058-2019",
        """<html lang="en-AU"><head><title>7 Wattle Street, Coburg VIC 3058 - House For Sale</title></head><body><div data-testid="listing-details__summary-title">$1,150,000 - $1,250,000</div><h1>7 Wattle Street, Coburg VIC 3058</h1><div><span>3 <span>Beds</span></span><span>2 <span>Baths</span></span><span>1 <span>Parking</span></span><span>421m²</span></div><p>Land area 421m². Auction Saturday 12 December at 11:00am. Contact Agent. Median price for 3 bedroom houses in Coburg $1,210,000</p></body></html>""",
        Expected(price=(1_150_000, 1_250_000, "AUD", ""), bedrooms=(3, 3), place=("Coburg",)),
    ),
    EvaluationPage(
        "Australian unit to rent weekly",
        "https://www.rea.example.com.au/property-apartment-qld-west+end-44",
        """<html lang="en"><head><title>4/18 Vulture Street, West End, Qld 4101 - Apartment for Rent</title></head><body><h1>4/18 Vulture Street, West End, Qld 4101</h1><p class="property-price">$680 per week</p><p>Bond $2,720</p><ul><li aria-label="2 bedrooms">2 bedrooms</li><li>1 bathroom</li></ul><p>Available 3 Dec 2026</p></body></html>""",
        Expected(price=(680, 680, "AUD", "week"), bedrooms=(2, 2), place=("West End",)),
    ),
    EvaluationPage(
        "PropertyGuru-like Singapore condo",
        "https://www.pguru.example.com.sg/listing/for-sale-the-hillside-250",
        """<html lang="en"><head><title>The Hillside, 18 Hillview Rise, 3 Bedrooms, 1,163 sqft, Condominiums for sale</title></head><body><h1>The Hillside</h1><p>18 Hillview Rise, District 23, Singapore 667979</p><div><h2>S$ 2,180,000</h2><span>Negotiable</span> <span>S$ 1,874.46 psf</span></div><div>3 Beds 2 Baths 1,163 sqft</div><p>Est. Mortgage S$ 7,312 / mo</p><table><tr><td>TOP year</td><td>2018</td></tr><tr><td>Tenure</td><td>99-year Leasehold</td></tr><tr><td>Maintenance fee</td><td>S$ 420 /mo</td></tr></table></body></html>""",
        Expected(price=(2_180_000, 2_180_000, "SGD", ""), bedrooms=(3, 3), size=(1163, "sq ft"), place=("Hillview", "Singapore")),
    ),
    EvaluationPage(
        "Malaysian listing with RM and bumi discount",
        "https://www.myprop.example.my/property-listing/mont-kiara-11",
        """<html lang="en"><head><title>Residensi Teratai, Mont Kiara, Kuala Lumpur Serviced Residence for Sale</title></head><body><h1>Residensi Teratai, Mont Kiara</h1><p>Jalan Kiara 3, Mont Kiara, 50480 Kuala Lumpur</p><p><b>RM 1,280,000</b> RM 853.33 psf</p><p>Beds: 3 + 1 | Baths: 3 | Built-up: 1,500 sq. ft.</p><p>Bumi discount 5%. Maintenance RM 0.42 psf. Booking RM 10,000.</p></body></html>""",
        Expected(price=(1_280_000, 1_280_000, "MYR", ""), bedrooms=(3, 3), size=(1500, "sq ft"), place=("Mont Kiara",)),
    ),
    EvaluationPage(
        "Houzez theme",
        "https://houses.example.com/property/modern-loft/",
        """<html lang="en-US"><head><title>Modern Loft in Wicker Park - Houses</title></head><body class="single-property houzez-theme"><div class="page-title"><h1>Modern Loft in Wicker Park</h1></div><ul class="item-price-wrap hide-on-list"><li class="item-price">$539,000</li><li class="item-sub-price">$385/sq ft</li></ul><address class="item-address">1500 N Milwaukee Ave, Chicago, IL 60622, USA</address><div class="property-overview-data"><ul><li><strong>Condo</strong></li><li>Property Type</li></ul><ul><li><i class="houzez-icon icon-hotel-double-bed-1"></i><strong>2</strong></li><li>Bedrooms</li></ul><ul><li><strong>2</strong></li><li>Bathrooms</li></ul><ul><li><strong>1400</strong></li><li>sq ft</li></ul><ul><li><strong>2006</strong></li><li>Year Built</li></ul></div><div class="property-mortgage-calculator-wrap"><h2>Mortgage Calculator</h2><span>$2,512</span> Monthly</div><div class="property-detail-wrap"><ul class="list-2-cols"><li><strong>Property ID:</strong> <span>HZ27</span></li><li><strong>Price:</strong> <span>$539,000</span></li><li><strong>Property Size:</strong> <span>1400 sq ft</span></li></ul></div></body></html>""",
        Expected(price=(539_000, 539_000, "USD", ""), bedrooms=(2, 2), size=(1400, "sq ft"), place=("Chicago",)),
    ),
    EvaluationPage(
        "RealHomes theme in South Africa",
        "https://agency.example.co.za/property/villa/",
        """<html lang="en-ZA"><head><title>Family Villa, Constantia, Cape Town</title></head><body><h1 class="rh_page__title">Family Villa</h1><p class="rh_page__property_address">14 Spaanschemat River Road, Constantia, Cape Town</p><div class="rh_page__property_price"><p class="status">For Sale</p><p class="price"><ins class="property-current-price">R12,500,000</ins><del class="property-old-price">R13,900,000</del></p></div><div class="rh_property__meta_wrap"><div class="rh_property__meta"><span class="rh_meta_titles">Bedrooms</span><div><span class="figure">5</span></div></div><div class="rh_property__meta"><span class="rh_meta_titles">Bathrooms</span><div><span class="figure">4.5</span></div></div><div class="rh_property__meta"><span class="rh_meta_titles">Area</span><div><span class="figure">480</span> <span class="label">sqm</span></div></div><div class="rh_property__meta"><span>Lot Size</span><div><span>1400</span> <span>sqm</span></div></div></div></body></html>""",
        Expected(price=(12_500_000, 12_500_000, "ZAR", ""), bedrooms=(5, 5), size=(480, "sq m"), place=("Cape Town",)),
    ),
    EvaluationPage(
        "Squarespace single property site",
        "https://www.12birchlane.example.com/",
        """<html lang="en-US"><head><title>12 Birch Lane</title><meta property="og:site_name" content="12 Birch Lane"><meta property="og:description" content="Offered at $1.295M | 4 BD | 3.5 BA | 3,150 SF"></head><body><div class="sqs-block-content"><h1 style="white-space:pre-wrap;">12 Birch Lane</h1><h3>Montclair, New Jersey 07042</h3></div><div class="sqs-block-content"><p>4 Bed &nbsp;|&nbsp; 3.5 Bath &nbsp;|&nbsp; 3,150 SF &nbsp;|&nbsp; Offered at $1.295M</p><p>Open house Sunday Nov 29, 1-4 PM</p></div></body></html>""",
        Expected(price=(1_295_000, 1_295_000, "USD", ""), bedrooms=(4, 4), size=(3150, "sq ft"), place=("Montclair",)),
    ),
    EvaluationPage(
        "Next.js project page with __NEXT_DATA__ and a heading alone",
        "https://www.launchpad.example.in/project/amber-court",
        """<html lang="en-IN"><head><title>Amber Court</title></head><body><div id="__next"><main><h1>Amber Court, Whitefield</h1><div class="skeleton"></div></main></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"project":{"name":"Amber Court","locality":"Whitefield","city":"Bengaluru","minPrice":11200000,"maxPrice":19800000,"currency":"INR","bedrooms":[2,3],"reraId":"PRM/KA/RERA/1251/446/PR/000001","address":{"streetAddress":"Hope Farm Junction","addressLocality":"Whitefield","addressRegion":"Karnataka"}},"recommended":{"projects":[{"name":"Else","minPrice":100,"maxPrice":200,"currency":"INR"}]}}},"page":"/project/[slug]","buildId":"x"}</script></body></html>""",
        Expected(price=(11_200_000, 19_800_000, "INR", ""), bedrooms=(2, 3), place=("Whitefield",)),
    ),
    EvaluationPage("Cloudflare challenge", "https://www.zhomes.example.co.uk/for-sale/1", """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body><div class="main-wrapper"><noscript><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></noscript></div><script>window._cf_chl_opt={cvId:'3',cType:'managed'}</script></body></html>""", Expected(kind="blocked")),
    EvaluationPage("404 that suggests homes", "https://www.portalbricks.example/gone", """<html><head><title>Page not found | Portalbricks</title></head><body><h1>Oops! This property is no longer available</h1><p>Error 404</p><h2>You may like</h2><a href="/1">3 BHK in Baner ₹ 95 L 1,200 sq.ft</a></body></html>""", Expected(kind="error")),
    EvaluationPage("Blog post about prices", "https://blog.example.in/baner-prices", """<html lang="en"><head><title>Property prices in Baner rise 9%: what a 2 BHK costs now</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"BlogPosting","headline":"Property prices in Baner","datePublished":"2026-10-01"}</script></head><body><article><h1>Property prices in Baner rise 9%: what a 2 BHK costs now</h1><p>Written by Asha M. on October 1, 2026</p><p>Price: A 2 BHK of 900 sq ft now costs about ₹ 95 lakh, while 3 BHK homes start from ₹ 1.3 crore.</p></article></body></html>""", Expected(kind="other")),
    EvaluationPage("Category page, hits as rows", "https://www.pfind.example.ae/en/buy/dubai/villas-for-sale.html", """<html><head><title>Villas for sale in Dubai - 4,210 Houses for sale</title></head><body><h1>Villas for sale in Dubai</h1><span>4,210 properties</span>""" + "".join(f"""<article><a href="/en/plp/{n}">Villa {n}</a><p>{n},500,000 AED</p><p>{n} beds</p><p>{n},100 sqft</p></article>""" for n in range(2, 8)) + "</body></html>", Expected(kind="index")),
    EvaluationPage("Mortgage bank", "https://bank.example.in/home-loan", """<html><head><title>Home Loan EMI Calculator | Harbour Bank</title></head><body><h1>Home Loan EMI Calculator</h1><p>Buy your dream 2 or 3 BHK. Loans up to ₹ 5 Crore from 8.40% p.a.</p><p>Property price ₹ 80 Lakh</p><p>Loan amount ₹ 64 Lakh</p><p>Tenure 20 years</p><p>Branch: Fort, Mumbai</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Login page of a broker CRM", "https://crm.example/login", """<html><head><title>Sign in - PropDesk CRM</title></head><body><h1>Sign in to PropDesk</h1><form><input type="email"><input type="password"><button>Sign in</button></form><p>Manage listings, apartments and villas. Plans from ₹ 999 per month.</p></body></html>""", Expected(kind="error")),
    EvaluationPage("Parking domain", "https://skyline-heights.example/", """<html><head><title>skyline-heights.example is for sale</title></head><body><h1>skyline-heights.example</h1><p>This domain is for sale. Buy now for $2,495</p><ul><li><a href="#">3 bedroom apartments</a></li><li><a href="#">Houses for sale</a></li></ul></body></html>""", Expected(kind="error")),
    EvaluationPage("News about a deal", "https://news.example.com/actor-buys-flat", """<html lang="en"><head><title>Actor buys sea-facing flat in Bandra for ₹ 38 crore</title><meta property="og:type" content="article"></head><body><article><h1>Actor buys sea-facing flat in Bandra for ₹ 38 crore</h1><time datetime="2026-11-20">Nov 20, 2026, 10:12 IST</time><p>The 4 BHK measures 4,100 sq ft carpet area, documents show. The stamp duty was ₹ 2.28 crore.</p></article></body></html>""", Expected(kind="other")),
]  # fmt: skip
