"""Markup as portals, developers and page builders really have it: classes in plenty, cards that lead
elsewhere, calculators, cookie walls, data about something else. Rules were written against these;
`sixth` was written in the same hour and kept for measuring.
"""

from tests.property.evaluation.page import EvaluationPage, Expected

_COOKIES = '<div id="onetrust-banner-sdk" role="region"><div class="ot-sdk-container"><p>We value your privacy. We and our 842 partners store information on a device.</p><button>Accept all</button></div></div>'
_EMI = '<section class="emiCalc_wrap"><h3>EMI Calculator</h3><div><span>Loan Amount</span><span>₹ 96 Lac</span></div><div><span>Tenure</span><span>20 Years</span></div><div><span>Your EMI</span><span>₹ 83,290</span></div></section>'

PAGES = [
    EvaluationPage(
        "Magicbricks-like detail",
        "https://www.mbricks.example.com/propertyDetails/3-BHK-1650-Sq-ft-Multistorey-Apartment-FOR-Sale-Whitefield-in-Bangalore&id=4d4231",
        """<html lang="en"><head><title>3 BHK 1650 Sq-ft Flat For Sale in Whitefield, Bangalore</title><meta name="description" content="3 BHK Multistorey Apartment for sale in Whitefield, Bangalore. View details."><script type="application/ld+json">{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"item":{"@id":"https://www.mbricks.example.com","name":"Home"}},{"@type":"ListItem","position":2,"item":{"@id":"/property-for-sale-in-bangalore","name":"Property for sale in Bangalore"}},{"@type":"ListItem","position":3,"item":{"@id":"/flats-whitefield","name":"Flats in Whitefield"}}]}</script></head><body>
<header class="mb-header"><a>Buy</a><a>Rent</a><a>Sell</a></header><div class="mb-ldp__dtls__title"><div class="mb-ldp__dtls__price"><span class="mb-ldp__dtls__price--rupee">₹</span>1.45 Cr <span class="mb-ldp__dtls__price--per">₹8,788/sqft</span></div><a class="mb-ldp__dtls__price--emi">EMI - ₹ 69k | <span>Need Home Loan? Check Eligibility</span></a><h1 class="mb-ldp__dtls__title--text"><span class="mb-ldp__dtls__title--text1">3 BHK 1650 Sq-ft Flat For Sale</span> <span class="mb-ldp__dtls__title--text2">Whitefield, Bangalore</span></h1></div>
<ul class="mb-ldp__dtls__body__summary"><li data-icon="beds">3 Beds</li><li data-icon="baths">3 Baths</li><li data-icon="balconies">2 Balconies</li><li data-icon="parking">1 Covered Parking</li></ul>
<ul class="mb-ldp__dtls__body__list"><li><div class="lbl">Super Built-Up Area</div><div class="val">1650 sqft <span>₹8,788/sqft</span></div></li><li><div class="lbl">Developer</div><div class="val">Kaveri Estates</div></li><li><div class="lbl">Project</div><div class="val">Kaveri Greens</div></li><li><div class="lbl">Floor</div><div class="val">7 (Out of 14 Floors)</div></li><li><div class="lbl">Transaction type</div><div class="val">Resale</div></li><li><div class="lbl">Status</div><div class="val">Ready to Move</div></li><li><div class="lbl">Facing</div><div class="val">East</div></li><li><div class="lbl">Furnished Status</div><div class="val">Semi-Furnished</div></li></ul>
<h3>More Details</h3><ul><li><div>Price Breakup</div><div>₹1.45 Cr | ₹ 7,97,500 Approx. Registration Charges | ₹ 3,500 Monthly</div></li><li><div>Booking Amount</div><div>₹ 1.0 Lac</div></li><li><div>Address</div><div>Whitefield, Bangalore - East, Karnataka</div></li></ul>"""
        + _EMI
        + """<div class="mb-similar"><h2>Similar Properties</h2><div class="card"><a href="/propertyDetails/2-BHK&id=1">2 BHK Flat ₹ 95 Lac 1200 sqft</a></div><div class="card"><a href="/propertyDetails/3-BHK&id=2">3 BHK Flat ₹ 1.6 Cr 1800 sqft</a></div></div></body></html>""",
        Expected(
            price=(14_500_000, 14_500_000, "INR", ""),
            bedrooms=(3, 3),
            size=(1650, "sq ft"),
            place=("Whitefield",),
        ),
    ),
    EvaluationPage(
        "99acres-like project page with a table of configurations",
        "https://www.nnacres.example.com/aranya-residences-tathawade-pune-npxid-r4011",
        """<html><head><title>Aranya Residences Tathawade, Pune | Price List, Brochure, Floor Plan, Reviews</title><meta property="og:title" content="Aranya Residences in Tathawade, Pune - 2, 3 BHK flats"></head><body><div class="breadCrumb">Home &gt; Projects in Pune &gt; Tathawade</div><h1 class="ProjectInfo__name">Aranya Residences</h1><div class="ProjectInfo__loc">Tathawade, Pune <span>RERA STATUS: Registered <b>P52100098765</b></span></div><div class="ProjectInfo__price"><span>₹ 78.5 Lac - 1.32 Cr</span><span>₹ 9,950/sq.ft</span></div>
<div class="config"><table class="xidTable"><tr><td>2 BHK Apartment</td><td>Carpet Area<br>742 - 801 sq.ft. (69 - 74 sq.m.)</td><td>₹ 78.5 - 84.9 Lac</td></tr><tr><td>3 BHK Apartment</td><td>Carpet Area<br>1,052 - 1,210 sq.ft.</td><td>₹ 1.11 - 1.32 Cr</td></tr></table></div>
<div class="facts"><div><span>Project Size</span><span>4 Buildings - 432 units</span></div><div><span>Project Area</span><span>5.2 Acres (78% open)</span></div><div><span>Possession Starts</span><span>Dec, 2028</span></div></div>
<h2>Price Trends in Tathawade</h2><div>Avg price ₹ 8,450/sq.ft. ▲ 6.2%</div><h2>Other projects in Tathawade</h2><div class="slick"><div class="tuple"><a href="/p/2">Vanya Heights</a><span>₹ 65 Lac onwards</span><span>1, 2 BHK</span></div><div class="tuple"><a href="/p/3">Palash Towers</a><span>₹ 1.5 Cr onwards</span><span>3 BHK</span></div></div></body></html>""",
        Expected(
            price=(7_850_000, 13_200_000, "INR", ""),
            bedrooms=(2, 3),
            parts={"2 BHK": 7_850_000, "3 BHK": 11_100_000},
            size_parts={"2 BHK": 742, "3 BHK": 1052},
            place=("Tathawade",),
        ),
    ),
    EvaluationPage(
        "Housing.com-like with state in a script and obfuscated classes",
        "https://housing.example.com/in/buy/resale/page/15988-2-bhk-apartment-in-thane-west-for-rs-11500000",
        """<html lang="en-IN"><head><title>2 BHK Apartment for Sale in Thane West, Thane - 752 Sq.Ft Carpet | 1.15 Cr</title></head><body><div id="app"><div class="css-1hidc9c"><h1 class="css-a1">2 BHK Flat</h1><div class="css-b2">for sale in <a>Sunrise Galaxy</a>, Manpada, Thane West, Thane</div></div><div class="css-d4"><span class="css-19rl1ms">₹1.15 Cr</span><span class="css-124qey8">EMI starts at ₹57.1 K</span></div><div class="css-e5"><div class="css-v"><div>₹15.29 K/sq.ft</div><div>Avg. Price</div></div><div class="css-v"><div>752 sq.ft (69.86 sq.m)</div><div>Carpet Area</div></div><div class="css-v"><div>Ready to Move</div><div>Possession status</div></div><div class="css-v"><div>2 Bathrooms</div><div>Bathrooms</div></div></div><section><h2>Around This Property</h2><ul><li>Manpada Bus Stop</li><li>Jupiter Hospital 2.1 km</li></ul></section><section><h2>Similar Properties in Thane West</h2><div><h3>2 BHK Flat</h3><div>₹98 L</div><div>680 sq.ft</div></div></section></div><script>window.__INITIAL_STATE__={"propertyDetails":{"id":"15988","price":11500000,"brokerage":{"price":115000}}}</script></body></html>""",
        Expected(
            price=(11_500_000, 11_500_000, "INR", ""),
            bedrooms=(2, 2),
            size=(752, "sq ft"),
            place=("Thane",),
        ),
    ),
    EvaluationPage(
        "NoBroker-like rent with deposit and maintenance",
        "https://www.nobrk.example.in/property/2-bhk-apartment-for-rent-in-koramangala-bangalore/8a9f83/detail",
        """<html><head><title>2 BHK Flat for Rent in Koramangala, Bangalore - Rs 42,000 | NB</title></head><body><div class="nb__header"><h1 class="heading-6">2 BHK Flat In Maple Court For Rent In Koramangala</h1><h5>80 Feet Road, near Sony Signal, Koramangala</h5></div><div class="nb__strip"><div><div class="font-semi-bold">₹42,000</div><div class="heading-7">+ ₹3,500 Maintenance</div></div><div><div class="font-semi-bold">₹2,50,000</div><div class="heading-7">Deposit</div></div><div><div class="font-semi-bold">1,150 sqft</div><div class="heading-7">Builtup</div></div></div><div class="nb__overview"><div><h5>2 Bedroom</h5><p>No. of Bedroom</p></div><div><h5>Apartment</h5><p>Property Type</p></div><div><h5>Bachelor/Family</h5><p>Preferred Tenant</p></div><div><h5>Immediately</h5><p>Possession</p></div></div><div class="nb__similar"><h3>Similar Properties</h3><article><a href="/property/x">1 BHK For Rent In Koramangala</a><b>₹28,000</b></article></div></body></html>""",
        Expected(
            price=(42_000, 42_000, "INR", ""),
            bedrooms=(2, 2),
            size=(1150, "sq ft"),
            place=("Koramangala",),
        ),
    ),
    EvaluationPage(
        "Developer microsite, hero with pills, lead forms, disclaimer",
        "https://lakeviewtowers.example.in/",
        """<html lang="en"><head><title>Lakeview Towers Powai | 2, 3 &amp; 4 Bed Residences | Official</title></head><body><div class="modal fade" id="enquireModal" tabindex="-1"><div class="modal-dialog"><h5>Get the best price</h5><p>Pre-launch offer: save ₹ 10 Lakh*</p><form><input name="name"><button>Submit</button></form></div></div><nav class="navbar"><a>Overview</a><a>Price</a></nav>
<section class="hero"><div class="left-box"><span class="pre">New Launch</span><h1 class="pro-title">Lakeview Towers</h1><p class="loc">At Adi Shankaracharya Marg, Powai, Mumbai</p><p>By Northline Realty</p><table class="hero-table"><tr><td>Land Parcel</td><td>: 6.5 Acres</td></tr><tr><td>Floors</td><td>: G+4P+42 Storeys</td></tr><tr><td>Possession</td><td>: Dec 2029 Onwards</td></tr></table><div class="offer"><p>Spot Booking Offers</p><p>Pay 10% now, nothing till possession</p></div><h3 class="typo">Premium 2, 3 &amp; 4 Bed Residences Starts from</h3><div class="price">₹ <span>2.39 Cr*</span> Onwards</div></div></section>
<section id="price"><h2>Area &amp; Pricing</h2><div class="row"><div class="col"><p class="t">2 BHK Prime</p><p>RERA Carpet Area</p><p>748 Sq.Ft.</p><p>₹ 2.39 Cr* Onwards</p><button>Price Breakup</button></div><div class="col"><p class="t">3 BHK Grand</p><p>RERA Carpet Area</p><p>1,064 Sq.Ft.</p><p>₹ 3.41 Cr* Onwards</p><button>Price Breakup</button></div><div class="col"><p class="t">4 BHK Royale</p><p>RERA Carpet Area</p><p>1,512 Sq.Ft.</p><p>Price on Request</p><button>Price Breakup</button></div></div></section>
<section><h2>Location Highlights</h2><ul><li>Airport Road Metro - 4.2 km</li><li>Clubhouse of 45,000 sq.ft.</li></ul></section><footer><p>MahaRERA No.: P51800012345. Agent RERA: A51900000001. Disclaimer: the content is for information purposes only. This is not the official website. Prices may change without notice.</p><p>Call +91 22 0000 0000</p></footer></body></html>""",
        Expected(
            price=(23_900_000, None, "INR", ""),
            bedrooms=(2, 4),
            size_parts={"2 BHK": 748, "3 BHK": 1064, "4 BHK": 1512},
            parts={"2 BHK": 23_900_000, "3 BHK": 34_100_000},
            place=("Powai",),
        ),
    ),
    EvaluationPage(
        "Elementor page with price list headings",
        "https://www.northgate-homes.example.com/northgate-sector-89-gurgaon/",
        """<html lang="en-US"><head><title>Northgate Sector 89 Gurgaon - Luxury 3/4 BHK Apartments</title><meta property="og:type" content="article"></head><body class="elementor-default"><div class="elementor elementor-120"><section class="elementor-section"><div class="elementor-widget-heading"><h1 class="elementor-heading-title">Northgate Sector 89, Gurugram</h1></div><div class="elementor-widget-text-editor"><p>Ultra luxury 3 &amp; 4 BHK apartments with study and servant room on Dwarka Expressway</p></div><div class="elementor-icon-list"><ul><li><span class="elementor-icon-list-text">Possession: June 2030</span></li><li><span class="elementor-icon-list-text">Size: 2,150 – 3,480 Sq. Ft.</span></li><li><span class="elementor-icon-list-text">Payment Plan: 25:25:25:25</span></li><li><span class="elementor-icon-list-text">EOI Amount: ₹ 10 Lakh</span></li></ul></div></section>
<section class="elementor-section"><h2 class="elementor-heading-title">Price List</h2><table class="elementor-table"><thead><tr><th>Type</th><th>Super Area</th><th>Price*</th></tr></thead><tbody><tr><td>3 BHK + S</td><td>2,150 Sq.Ft.</td><td>₹ 3.65 Cr*</td></tr><tr><td>4 BHK + S</td><td>3,480 Sq.Ft.</td><td>₹ 5.90 Cr*</td></tr></tbody></table></section>
<section><h2 class="elementor-heading-title">About the Developer</h2><p>The group has delivered 12 million sq ft and sold homes worth ₹ 2,400 crore last year.</p></section></div></body></html>""",
        Expected(
            bedrooms=(3, 4),
            parts={"3 BHK": 36_500_000, "4 BHK": 59_000_000},
            size_parts={"3 BHK": 2150, "4 BHK": 3480},
            place=("Sector 89",),
        ),
    ),
    EvaluationPage(
        "Plotted development in square yards without bedrooms",
        "https://meadowplots.example.in/",
        """<html><head><title>Meadow Plots Shadnagar | HMDA approved open plots</title></head><body><h1>Meadow Plots</h1><h4>Shadnagar, Hyderabad</h4><div class="pill"><b>Plot Sizes</b><span>167, 200, 267 &amp; 300 Sq. Yards</span></div><div class="pill"><b>Price</b><span>₹ 18,500 per Sq. Yard</span></div><div class="pill"><b>Starting at</b><span>₹ 30.9 Lakhs*</span></div><div class="pill"><b>Total Area</b><span>42 Acres</span></div><div class="pill"><b>TS RERA</b><span>P02400001234</span></div><p>Only 5 km from NH 44; 20 min to the airport. A clubhouse of 12,000 sq ft for 320 families.</p></body></html>""",
        Expected(price=(3_090_000, None, "INR", ""), place=("Shadnagar",)),
    ),
    EvaluationPage(
        "Hindi page of a local agent",
        "https://ghar.example.in/lucknow/gomti-nagar-3bhk",
        """<html lang="hi"><head><title>गोमती नगर, लखनऊ में 3 बीएचके फ्लैट बिकाऊ है</title></head><body><h1>गोमती नगर, लखनऊ में 3 बीएचके फ्लैट</h1><table><tr><td>कीमत</td><td>₹ 92 लाख</td></tr><tr><td>क्षेत्रफल</td><td>1,420 वर्ग फुट</td></tr><tr><td>बाथरूम</td><td>3</td></tr><tr><td>पता</td><td>विपुल खंड, गोमती नगर, लखनऊ</td></tr><tr><td>ईएमआई</td><td>₹ 74,000 प्रति माह</td></tr></table><p>फ्लैट पार्क के सामने है। बुकिंग राशि ₹ 2 लाख। अधिक जानकारी के लिए कॉल करें।</p></body></html>""",
        Expected(
            price=(9_200_000, 9_200_000, "INR", ""),
            bedrooms=(3, 3),
            size=(1420, "sq ft"),
            place=("गोमती नगर",),
        ),
    ),
    EvaluationPage(
        "Commercial office in a business park, no bedrooms",
        "https://www.sqyards.example.com/commercial/office-space-bkc-mumbai-51",
        """<html><head><title>Office Space for Sale in BKC, Mumbai - 1,840 Sq.Ft</title></head><body><h1>Office Space for Sale in Bandra Kurla Complex</h1><div class="addr">G Block, Bandra Kurla Complex, Mumbai 400051</div><strong class="prc">₹ 7.4 Cr</strong><small>₹ 40,217 per sq.ft</small><ul class="spec"><li><span>Carpet Area</span><strong>1,840 Sq.Ft</strong></li><li><span>Cabins</span><strong>4</strong></li><li><span>Seats</span><strong>32</strong></li><li><span>Washrooms</span><strong>2</strong></li><li><span>Floor</span><strong>9 of 14</strong></li><li><span>Currently leased at</span><strong>₹ 3.6 Lac/month</strong></li></ul></body></html>""",
        Expected(
            price=(74_000_000, 74_000_000, "INR", ""), size=(1840, "sq ft"), place=("Bandra Kurla",)
        ),
    ),
    EvaluationPage(
        "Propertyfinder-like, JSON-LD Residence beside product of a mortgage",
        "https://www.pffinder.example.ae/en/plp/buy/villa-for-sale-dubai-arabian-ranches-3-joy-10922",
        """<html lang="en"><head><title>Villa for sale in Joy: Single Row | Near Pool</title><script type="application/ld+json">[{"@context":"https://schema.org","@type":"RealEstateListing","url":"https://www.pffinder.example.ae/en/plp/buy/villa-for-sale-dubai-arabian-ranches-3-joy-10922","name":"Single Row | Near Pool","mainEntity":{"@type":["House","Product"],"name":"Villa","numberOfBedrooms":{"@type":"QuantitativeValue","value":4},"floorSize":{"@type":"QuantitativeValue","value":2850,"unitText":"sqft"},"address":{"@type":"PostalAddress","addressLocality":"Arabian Ranches 3","addressRegion":"Dubai","addressCountry":"AE"},"offers":[{"@type":"Offer","priceSpecification":{"@type":"PriceSpecification","price":4150000,"priceCurrency":"AED"}}]}},{"@type":"FinancialProduct","name":"Mortgage","offers":{"price":16400,"priceCurrency":"AED"}}]</script></head><body><div data-testid="property-price"><span>4,150,000</span> <span>AED</span></div><div>Monthly from 16,400 AED</div><h1>Single Row | Near Pool | Vacant On Transfer</h1><div>Joy, Arabian Ranches 3, Dubai</div><div data-testid="property-attributes"><p>4 Bedrooms</p><p>5 Bathrooms</p><p>2,850 sqft / 265 sqm</p></div><p>Plot 3,020 sqft. Service charge AED 4.2 / sqft.</p><div><h2>Transactions</h2><table><tr><th>Date</th><th>Price</th><th>Size</th></tr><tr><td>Mar 2026</td><td>3,900,000 AED</td><td>2,840 sqft</td></tr></table></div></body></html>""",
        Expected(
            price=(4_150_000, 4_150_000, "AED", ""),
            bedrooms=(4, 4),
            size=(2850, "sq ft"),
            place=("Arabian Ranches",),
        ),
    ),
    EvaluationPage(
        "Emaar-like launch page, starting price and payment plan",
        "https://properties.emaarlike.example.ae/en/properties/oasis-bay/",
        """<html lang="en"><head><title>Oasis Bay at Creek Waters - Apartments</title></head><body><section class="banner"><h1>Oasis Bay</h1><h2>Waterfront living at Creek Waters, Dubai Creek Harbour</h2></section><section class="key"><div class="item"><p class="k">Starting Price</p><p class="v">AED 1.79M</p></div><div class="item"><p class="k">Bedrooms</p><p class="v">1, 2 &amp; 3</p></div><div class="item"><p class="k">Payment Plan</p><p class="v">90/10</p></div><div class="item"><p class="k">Handover</p><p class="v">Q2 2029</p></div></section><section><h3>Payment Plan</h3><table><tr><td>Down Payment</td><td>10%</td></tr><tr><td>Minimum booking</td><td>AED 50,000</td></tr></table></section><section class="community"><h3>Other Properties in Dubai Creek Harbour</h3><div class="slide"><h4>Palace Cove</h4><p>Starting from AED 2.31M</p><p>1 to 4 Bedrooms</p></div></section></body></html>""",
        Expected(price=(1_790_000, None, "AED", ""), bedrooms=(1, 3), place=("Creek",)),
    ),
    EvaluationPage(
        "Rightmove-like with PAGE_MODEL, station distances and a reduced marker",
        "https://www.rmove.example.co.uk/properties/152002214",
        _COOKIES
        + """<html lang="en-GB"><head><title>4 bedroom detached house for sale in Orchard Close, Wells, Somerset, BA5</title><meta property="og:description" content="4 bedroom detached house for sale in Orchard Close, Wells, Somerset, BA5 for £525,000. Marketed by Allen &amp; Co, Wells"></head><body><header><nav>Buy Rent House Prices</nav></header><main><article><div class="_1gfnqJ3Vtd1z40MlC0MzXu"><span>£525,000</span></div><div class="_1q3dx8PQU8WWiT7uw7J9Ck"><div>Offers in Region of</div></div><div>Reduced on 12/11/2026</div><h1 class="_2uQQ3SV0eMHL1P6t5ZDo2q" itemprop="streetAddress">Orchard Close, Wells, Somerset, BA5</h1><article data-test="infoReel"><dl><div><dt>PROPERTY TYPE</dt><dd><span>Detached</span></dd></div><div><dt>BEDROOMS</dt><dd><span>4</span></dd></div><div><dt>BATHROOMS</dt><dd>2</dd></div><div><dt>SIZE</dt><dd><p>1,528 sq ft</p><p>142 sq m</p></dd></div><div><dt>TENURE</dt><dd>Freehold</dd></div></dl></article><h2>Key features</h2><ul><li>Double garage and garden of 0.2 acre</li></ul><h2>Stamp duty calculator</h2><p>£13,750</p><h2>Notes</h2><p>Monthly mortgage repayments £2,615</p><div>01749 000000</div></article></main><script>window.PAGE_MODEL = {"propertyData":{"id":"152002214","prices":{"primaryPrice":"£525,000","secondaryPrice":""},"address":{"displayAddress":"Orchard Close, Wells, Somerset, BA5"},"bedrooms":4}}</script></body></html>""",
        Expected(
            price=(525_000, 525_000, "GBP", ""),
            bedrooms=(4, 4),
            size=(1528, "sq ft"),
            place=("Wells",),
        ),
    ),
    EvaluationPage(
        "Shared ownership with a share and a full value",
        "https://www.shareho.example.co.uk/homes/2-bed-flat-leyton-e10",
        """<html lang="en-GB"><head><title>2 bed flat in Leyton, London E10 | Shared ownership</title></head><body><h1>2 bedroom apartment, The Foundry, Leyton E10</h1><dl><dt>Full market value</dt><dd>£460,000</dd><dt>Share available</dt><dd>25%</dd><dt>Share price</dt><dd>£115,000</dd><dt>Monthly rent on the rest</dt><dd>£790</dd><dt>Service charge</dt><dd>£184 pcm</dd><dt>Deposit from</dt><dd>£5,750</dd><dt>Floor area</dt><dd>71.2 sq m</dd></dl></body></html>""",
        Expected(bedrooms=(2, 2), size=(71.2, "sq m"), place=("Leyton",)),
    ),
    EvaluationPage(
        "Auction lot, guide price range",
        "https://www.auctionroom.example.co.uk/lot/details/88121",
        """<html lang="en-GB"><head><title>Lot 14 - 27 Alma Street, Burnley BB11 | Auction</title></head><body><div class="lot"><span>Lot 14</span><h1>27 Alma Street, Burnley, Lancashire, BB11 3AB</h1><p class="guide">*Guide Price £45,000 - £50,000 (plus fees)</p><p>Buyer's premium £1,200 inc VAT. Reservation fee £6,000.</p><p>A two bedroom mid terrace house in need of modernisation.</p><p>Auction ends 3rd December 2026 12:00</p><p>Ground Floor: Lounge 4.02m x 3.63m, Kitchen 3.95m x 2.5m</p></div></body></html>""",
        Expected(price=(45_000, 50_000, "GBP", ""), bedrooms=(2, 2), place=("Burnley",)),
    ),
    EvaluationPage(
        "UK letting agent's own site, per week and per month",
        "https://www.fairlets.example.co.uk/property/clapham-old-town-2-bed/",
        """<html lang="en-GB"><head><title>Clapham Old Town, SW4 - Fair Lets</title></head><body class="single-property"><div class="property-header"><h1 class="property_title">Old Town, Clapham, London SW4</h1><div class="price">£2,600 pcm <span class="lettings-fees">(£600 pw)</span></div></div><ul class="features"><li class="bedrooms"><span class="label">Bedrooms:</span> 2</li><li class="bathrooms"><span class="label">Bathrooms:</span> 1</li><li><span class="label">Reference:</span> CL2041</li><li><span class="label">Deposit:</span> £3,000</li><li><span class="label">Furnished:</span> Unfurnished</li><li><span class="label">Available:</span> 15th January 2027</li></ul><div class="summary">A bright two double bedroom flat of 712 sq ft (66 sq m) moments from the Common.</div></body></html>""",
        Expected(
            price=(2600, 2600, "GBP", "month"),
            bedrooms=(2, 2),
            size=(712, "sq ft"),
            place=("Clapham",),
        ),
    ),
    EvaluationPage(
        "New homes site, plots with their own prices",
        "https://www.newhomes.example.co.uk/kestrel-rise-didcot/",
        """<html lang="en-GB"><head><title>Kestrel Rise, Didcot | New 2, 3 and 4 bedroom homes</title></head><body><h1>Kestrel Rise</h1><p class="addr">Park Road, Didcot, Oxfordshire, OX11 7NX</p><p class="strap">2, 3 &amp; 4 bedroom homes from £335,000 to £565,000</p><h2>Available homes</h2><div class="plots"><div class="plot"><h3>Plot 12 - The Alder</h3><p>2 bedroom semi-detached home</p><p>£335,000</p><p>768 sq ft</p></div><div class="plot"><h3>Plot 31 - The Rowan</h3><p>3 bedroom detached home</p><p>£432,500</p><p>1,014 sq ft</p></div><div class="plot"><h3>Plot 40 - The Oak</h3><p>4 bedroom detached home</p><p>Reserved</p></div></div><h2>Offers</h2><p>We could pay your deposit, worth up to £28,250*</p></body></html>""",
        Expected(
            price=(335_000, 565_000, "GBP", ""),
            bedrooms=(2, 4),
            size_parts={"2 bedrooms": 768, "3 bedrooms": 1014},
            place=("Didcot",),
        ),
    ),
    EvaluationPage(
        "Redfin-like with sold nearby and estimates",
        "https://www.redfn.example.com/TX/Austin/1204-Elm-Grove-Ln-78704/home/3122",
        """<html lang="en"><head><title>1204 Elm Grove Ln, Austin, TX 78704 | MLS# 8812001</title><meta name="twitter:text:price" content="$865,000"></head><body><div class="bp-Homecard"><div class="home-main-stats-variant"><div class="stat-block price-section"><div class="statsValue price">$865,000</div><div class="statsLabel"><div>Est. <a>$5,748/mo</a></div></div></div><div class="stat-block beds-section"><div class="statsValue">3</div><div class="statsLabel">beds</div></div><div class="stat-block baths-section"><div class="statsValue">2.5</div><div class="statsLabel">baths</div></div><div class="stat-block sqft-section"><span class="statsValue">1,932</span><span class="statsLabel">sq ft</span></div></div><h1 class="full-address"><div class="street-address">1204 Elm Grove Ln,</div><div class="bp-cityStateZip">Austin, TX 78704</div></h1></div><div class="keyDetails"><div><span class="valueText">7,405 sq ft lot</span></div><div><span class="valueText">$448</span><span class="valueType"> price/sq ft</span></div><div><span>$85 HOA dues</span></div><div><span>2 garage spaces</span></div></div><div class="avm">Redfin Estimate for 1204 Elm Grove Ln: $871,204</div><section><h2>Nearby comparable homes</h2><div class="card"><a href="/TX/Austin/a">$905,000 4 beds 2,210 sq ft</a></div><div class="card"><a href="/TX/Austin/b">$799,000 3 beds 1,700 sq ft</a></div></section></body></html>""",
        Expected(
            price=(865_000, 865_000, "USD", ""),
            bedrooms=(3, 3),
            size=(1932, "sq ft"),
            place=("Austin",),
        ),
    ),
    EvaluationPage(
        "Realtor-like with meta commands in list, land lot in acres",
        "https://www.realtr.example.com/realestateandhomes-detail/77-Quarry-Rd_Woodstock_VT_05091_M4",
        """<html lang="en"><head><title>77 Quarry Rd, Woodstock, VT 05091</title></head><body><div data-testid="status-container">For sale</div><h2 data-testid="list-price" class="Price__Component">$1,195,000</h2><div>$8,012/mo <a>Get pre-approved</a></div><ul data-testid="property-meta"><li data-testid="property-meta-beds"><span data-testid="meta-value">4</span><span data-testid="meta-label">bed</span></li><li data-testid="property-meta-baths"><span data-testid="meta-value">3.5</span><span>bath</span></li><li data-testid="property-meta-sqft"><span data-testid="meta-value">3,418</span><span>sqft</span></li><li data-testid="property-meta-lot-size"><span data-testid="meta-value">12.4</span><span>acre lot</span></li></ul><h1 data-testid="address-line-ldp">77 Quarry Rd, Woodstock, VT 05091</h1><div><span>Property type</span><span>Single family</span></div><div><span>Price per sqft</span><span>$350</span></div><div><span>Year built</span><span>1994</span></div></body></html>""",
        Expected(
            price=(1_195_000, 1_195_000, "USD", ""),
            bedrooms=(4, 4),
            size=(3418, "sq ft"),
            place=("Woodstock",),
        ),
    ),
    EvaluationPage(
        "US apartment community with floor plans to rent",
        "https://www.maplecommons.example.com/floorplans",
        """<html lang="en"><head><title>Maple Commons Apartments in Raleigh, NC | Floor Plans</title><script type="application/ld+json">{"@context":"http://schema.org","@type":"ApartmentComplex","name":"Maple Commons","address":{"@type":"PostalAddress","streetAddress":"2100 Crest Dr","addressLocality":"Raleigh","addressRegion":"NC","postalCode":"27606"},"telephone":"(919) 555-0100","aggregateRating":{"@type":"AggregateRating","ratingValue":4.3,"reviewCount":212}}</script></head><body><h1>Studio, 1, 2 &amp; 3 Bedroom Apartments for Rent in Raleigh, NC</h1><div class="fp"><h3>The Birch</h3><p>Studio | 1 Bath | 520 Sq. Ft.</p><p>Starting at $1,245/mo</p></div><div class="fp"><h3>The Cedar</h3><p>1 Bed | 1 Bath | 745 Sq. Ft.</p><p>Starting at $1,410/mo</p></div><div class="fp"><h3>The Elm</h3><p>2 Bed | 2 Bath | 1,080 Sq. Ft.</p><p>Starting at $1,790/mo</p></div><div class="fp"><h3>The Fir</h3><p>3 Bed | 2 Bath | 1,320 Sq. Ft.</p><p>Call for details</p></div><p>Application fee $75. Pet deposit $300.</p></body></html>""",
        Expected(
            bedrooms=(0, 3),
            size_parts={"1 bedroom": 745, "2 bedrooms": 1080},
            parts={"Studio": 1245, "1 bedroom": 1410, "2 bedrooms": 1790},
            place=("Raleigh",),
        ),
    ),
    EvaluationPage(
        "Immoscout-like, facts in dl with classes, cost block",
        "https://www.is24like.example.de/expose/148002201",
        """<html lang="de"><head><title>Familienfreundliches Reihenhaus in ruhiger Lage</title></head><body><div class="is24-ex-spacelink"></div><h1 id="expose-title">Familienfreundliches Reihenhaus in ruhiger Lage</h1><div class="address-block"><span class="block">Lindenweg 8,</span> <span class="zip-region-and-country">64285 Darmstadt, Bessungen</span></div><div class="mainCriteriaContainer"><div class="is24qa-kaufpreis-main is24-value">498.000 €</div><div class="is24qa-kaufpreis-main-label">Kaufpreis</div><div class="is24qa-zi-main">5</div><div>Zimmer</div><div class="is24qa-flaeche-main">128 m²</div><div>Wohnfläche ca.</div><div>186 m²</div><div>Grundstück</div></div><dl class="grid"><dt>Schlafzimmer:</dt><dd>4</dd></dl><dl><dt>Badezimmer:</dt><dd>2</dd></dl><dl><dt>Baujahr:</dt><dd>1987</dd></dl><h4>Kosten</h4><dl><dt>Kaufpreis</dt><dd>498.000 €</dd><dt>Preis/m²</dt><dd>3.890,63 €/m²</dd><dt>Provision für Käufer</dt><dd>3,57 % (inkl. MwSt.)</dd><dt>Grunderwerbsteuer (6 %)</dt><dd>29.880 €</dd><dt>Gesamtkosten</dt><dd>553.128 €</dd><dt>Garage/Stellplatz-Kaufpreis</dt><dd>15.000 €</dd></dl><p>Monatliche Rate ab 2.011 €</p></body></html>""",
        Expected(
            price=(498_000, 498_000, "EUR", ""),
            bedrooms=(4, 4),
            size=(128, "sq m"),
            place=("Darmstadt",),
        ),
    ),
    EvaluationPage(
        "Kleinanzeigen-like warm rent only",
        "https://www.kleinanz.example.de/s-anzeige/helle-2-zimmer-wohnung/2788-203-9",
        """<html lang="de"><head><title>Helle 2-Zimmer-Wohnung mit EBK in Leipzig - Südvorstadt</title></head><body><article><h1 id="viewad-title">Helle 2-Zimmer-Wohnung mit EBK</h1><h2 id="viewad-price">745 €</h2><span id="viewad-locality" itemprop="locality">04275 Leipzig - Südvorstadt</span><ul><li class="addetailslist--detail">Wohnfläche<span class="addetailslist--detail--value">58 m²</span></li><li class="addetailslist--detail">Zimmer<span class="addetailslist--detail--value">2</span></li><li class="addetailslist--detail">Etage<span>3</span></li><li class="addetailslist--detail">Nebenkosten<span>165 €</span></li><li class="addetailslist--detail">Warmmiete<span>910 €</span></li><li class="addetailslist--detail">Kaution / Genoss.-Anteile<span>2.235 €</span></li></ul><p>Wohnung zu vermieten ab 01.02.2027.</p></article></body></html>""",
        Expected(
            price=(745, 745, "EUR", ""), bedrooms=(2, 2), size=(58, "sq m"), place=("Leipzig",)
        ),
    ),
    EvaluationPage(
        "Leboncoin-like ad with criteria",
        "https://www.lebcoin.example.fr/ad/ventes_immobilieres/2711",
        """<html lang="fr"><head><title>Maison 6 pièces 142 m² - Ventes immobilières</title></head><body><div data-qa-id="adview_title"><h1>Maison de ville 6 pièces 142 m²</h1></div><div data-qa-id="adview_price"><span>318 000 €</span></div><p>2 239 €/m²</p><p>Angers 49000</p><div data-qa-id="criteria_item"><p>Type de bien</p><p>Maison</p></div><div data-qa-id="criteria_item"><p>Surface habitable</p><p>142 m²</p></div><div data-qa-id="criteria_item"><p>Nombre de pièces</p><p>6</p></div><div data-qa-id="criteria_item"><p>Nombre de chambres</p><p>4</p></div><div data-qa-id="criteria_item"><p>Surface totale du terrain</p><p>310 m²</p></div><p>Honoraires charge vendeur. Taxe foncière 1 480 €.</p><div>Estimez vos mensualités : 1 622 € / mois sur 25 ans</div></body></html>""",
        Expected(
            price=(318_000, 318_000, "EUR", ""),
            bedrooms=(4, 4),
            size=(142, "sq m"),
            place=("Angers",),
        ),
    ),
    EvaluationPage(
        "French new-build programme, lots from",
        "https://www.promoteur.example.fr/programme/les-terrasses-du-lac-annecy",
        """<html lang="fr"><head><title>Les Terrasses du Lac à Annecy (74) - Appartements neufs</title></head><body><h1>Les Terrasses du Lac</h1><p class="ville">Annecy (74000)</p><p class="typo">Appartements neufs du T2 au T4</p><p class="prix">à partir de 289 000 €</p><p>Livraison : 4e trimestre 2028</p><table><thead><tr><th>Typologie</th><th>Surface</th><th>Prix TTC</th></tr></thead><tbody><tr><td>T2</td><td>42 m²</td><td>289 000 €</td></tr><tr><td>T3</td><td>64 m²</td><td>412 000 €</td></tr><tr><td>T4</td><td>86 m²</td><td>535 000 €</td></tr></tbody></table></body></html>""",
        Expected(
            price=(289_000, None, "EUR", ""),
            bedrooms=(2, 4),
            parts={"2 rooms": 289_000, "3 rooms": 412_000, "4 rooms": 535_000},
            size_parts={"2 rooms": 42, "3 rooms": 64, "4 rooms": 86},
            place=("Annecy",),
        ),
    ),
    EvaluationPage(
        "Idealista-like detail with a drop and community charge",
        "https://www.idealst.example.es/inmueble/10411/",
        """<html lang="es"><head><title>Piso en venta en calle de Alcalá, Goya, Madrid</title></head><body><main><div class="main-info__title"><h1><span class="main-info__title-main">Piso en venta en calle de Alcalá</span></h1><span class="main-info__title-minor">Goya, Madrid</span></div><div class="info-data"><span class="info-data-price"><span class="txt-bold">685.000</span> €</span> <span class="pricedown"><span class="pricedown_price">720.000 €</span><span>5%</span></span></div><div class="info-features"><span>112 m²</span> <span>3 hab.</span> <span>Planta 4ª exterior con ascensor</span></div><div class="details-property"><h2>Características básicas</h2><ul><li>112 m² construidos, 98 m² útiles</li><li>3 habitaciones</li><li>2 baños</li></ul></div><h2>Precio del inmueble</h2><p><span>Precio por m²:</span> <span>6.116 €/m²</span></p><p>Gastos de comunidad 160 €/mes</p><p>Hipoteca: Tu cuota mensual 2.214 €/mes</p></main></body></html>""",
        Expected(
            price=(685_000, 685_000, "EUR", ""),
            bedrooms=(3, 3),
            size=(112, "sq m"),
            place=("Madrid",),
        ),
    ),
    EvaluationPage(
        "Immobiliare-like rent",
        "https://www.immob.example.it/annunci/9822/",
        """<html lang="it"><head><title>Trilocale in affitto via Savona, Milano</title></head><body><h1>Trilocale via Savona 33, Tortona, Milano</h1><div class="re-overview__price"><span>€ 1.650/mese</span></div><ul><li>3 locali</li><li>88 m²</li><li>1 bagno</li><li>Piano 2</li></ul><dl><dt>Contratto</dt><dd>Affitto</dd><dt>Superficie</dt><dd>88 m²</dd><dt>Camere da letto</dt><dd>2</dd><dt>Spese condominio</dt><dd>€ 180/mese</dd><dt>Cauzione</dt><dd>€ 4.950</dd></dl></body></html>""",
        Expected(
            price=(1650, 1650, "EUR", "month"),
            bedrooms=(2, 2),
            size=(88, "sq m"),
            place=("Milano",),
        ),
    ),
    EvaluationPage(
        "Domain-like auction without a price",
        "https://www.domn.example.com.au/14-banksia-street-coorparoo-qld-4151-2019",
        """<html lang="en-AU"><head><title>14 Banksia Street, Coorparoo QLD 4151 - House For Sale</title></head><body><div data-testid="listing-details__summary-title"><span>Auction Sat 12 Dec, 11:00am</span></div><h1>14 Banksia Street, Coorparoo QLD 4151</h1><div data-testid="property-features"><span><span>4</span> <span>Beds</span></span><span><span>2</span> <span>Baths</span></span><span><span>2</span> <span>Parking</span></span><span>607m²</span></div><div><h3>Suburb profile</h3><p>Median price 4 bedroom house $1,420,000</p></div><div><h3>Home loan repayments</h3><p>$6,112 per month</p></div></body></html>""",
        Expected(bedrooms=(4, 4), size=(607, "sq m"), place=("Coorparoo",)),
    ),
    EvaluationPage(
        "PropertyGuru-like Singapore condo",
        "https://www.pguru.example.com.sg/listing/for-sale-the-lumen-25112",
        """<html lang="en-SG"><head><title>The Lumen, 12 Shenton Way, 2 Bedrooms, 764 sqft, Apartments for Sale</title></head><body><h1>The Lumen</h1><p class="full-address">12 Shenton Way, 079117, Anson / Tanjong Pagar (D02)</p><h2 class="amount">S$ 1,880,000</h2><p>S$ 2,460.73 psf · Negotiable · est. mortgage S$ 6,512 /mo</p><div class="amenities"><div>2 Beds</div><div>2 Baths</div><div>764 sqft</div></div><table><tr><td>Tenure</td><td>99-year Leasehold</td></tr><tr><td>TOP</td><td>Mar 2024</td></tr><tr><td>PSF</td><td>S$ 2,460.73 psf (floor)</td></tr></table></body></html>""",
        Expected(
            price=(1_880_000, 1_880_000, "SGD", ""),
            bedrooms=(2, 2),
            size=(764, "sq ft"),
            place=("Shenton Way",),
        ),
    ),
    EvaluationPage(
        "Houzez-like WordPress detail with agents and featured widget",
        "https://www.costadeals.example.com/property/sea-view-penthouse-estepona/",
        """<html lang="en-GB"><head><title>Sea View Penthouse Estepona - Costa Deals</title><meta property="og:type" content="article"></head><body class="property-template-default single single-property"><div class="page-title-wrap"><ol class="breadcrumb"><li>Home</li><li>Penthouse</li><li>Sea View Penthouse</li></ol><div class="page-title"><h1>Sea View Penthouse with Solarium</h1></div><address class="item-address"><i class="houzez-icon icon-pin mr-1"></i>Avenida del Carmen, Estepona, Málaga</address><ul class="item-price-wrap hide-on-list"><li class="item-price">€895,000</li><li class="item-sub-price">€5,265/m²</li></ul></div><div id="property-overview-wrap"><ul class="list-unstyled flex-fill"><li class="property-overview-item"><strong>Penthouse</strong></li><li class="hz-meta-label">Property Type</li></ul><ul><li><i class="houzez-icon icon-hotel-double-bed-1"></i><strong>3</strong></li><li class="hz-meta-label h-beds">Bedrooms</li></ul><ul><li><strong>2</strong></li><li class="hz-meta-label">Bathrooms</li></ul><ul><li><strong>170</strong></li><li class="hz-meta-label">m²</li></ul></div><div class="detail-wrap"><ul class="list-2-cols"><li><strong>Property ID:</strong> <span>CD-1187</span></li><li><strong>Price:</strong> <span>€895,000</span></li><li><strong>Property Size:</strong> <span>170 m²</span></li><li><strong>Year Built:</strong> <span>2019</span></li></ul></div><div class="mortgage-calculator-wrap"><ul><li>Down Payment <span>€179,000</span></li><li>Principal &amp; Interest <span>€3,780</span></li></ul></div><aside class="sidebar"><div class="widget widget_houzez_featured_property"><h3>Featured</h3><div><span class="item-price">€1,250,000</span><h3><a href="/property/villa-a/">Villa A</a></h3></div></div></aside></body></html>""",
        Expected(
            price=(895_000, 895_000, "EUR", ""),
            bedrooms=(3, 3),
            size=(170, "sq m"),
            place=("Estepona",),
        ),
    ),
    EvaluationPage(
        "Wix page with everything in rich-text spans",
        "https://www.oldmillloft.example.com/",
        """<html lang="en"><head><title>The Old Mill Loft | For Sale by Owner | Hudson NY</title></head><body><div id="SITE_CONTAINER"><div class="wixui-rich-text" data-testid="richTextElement"><h2 class="font_2 wixui-rich-text__text"><span>The Old Mill Loft</span></h2></div><div class="wixui-rich-text"><p class="font_8"><span class="color_15">318 Warren Street, Hudson, NY 12534</span></p></div><div class="wixui-rich-text"><p class="font_7"><span>Offered at $1,150,000</span></p></div><div class="wixui-rich-text"><p class="font_8"><span>2 bedrooms&nbsp; | &nbsp;2.5 baths&nbsp; | &nbsp;2,350 sq ft</span></p></div><div class="wixui-rich-text"><p>Taxes are $11,200 a year. HOA $420/month.</p></div><div><p>Renovated in 2021 at a cost of $400,000 by the present owners.</p></div></div></body></html>""",
        Expected(
            price=(1_150_000, 1_150_000, "USD", ""),
            bedrooms=(2, 2),
            size=(2350, "sq ft"),
            place=("Hudson",),
        ),
    ),
    EvaluationPage(
        "Next.js page whose HTML is a shell",
        "https://www.quickhomes.example.in/listing/lst-55121",
        """<html lang="en"><head><title>Quick Homes</title><meta property="og:title" content="3 BHK Villa in Sarjapur Road"><meta property="og:description" content="Gated community villa"></head><body><div id="__next"><div class="skeleton"></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"listing":{"id":"lst-55121","title":"3 BHK Villa in Sarjapur Road","propertyType":"VILLA","bedrooms":3,"bathrooms":4,"price":{"amount":28500000,"currency":"INR"},"builtUpArea":{"value":2710,"unit":"sqft"},"address":{"locality":"Sarjapur Road","city":"Bengaluru"}},"similarListings":[{"id":"lst-2","price":{"amount":9900000,"currency":"INR"},"bedrooms":2,"address":{"locality":"HSR","city":"Bengaluru"}}]}}}</script></body></html>""",
        Expected(
            price=(28_500_000, 28_500_000, "INR", ""),
            bedrooms=(3, 3),
            size=(2710, "sq ft"),
            place=("Sarjapur",),
        ),
    ),
    EvaluationPage(
        "Product JSON-LD for the brochure, rating for the builder",
        "https://skylinegreens.example.in/",
        """<html><head><title>Skyline Greens, Kharadi</title><script type="application/ld+json">{"@context":"https://schema.org/","@type":"Product","name":"Skyline Greens","brand":{"@type":"Brand","name":"Skyline"},"aggregateRating":{"@type":"AggregateRating","ratingValue":"4.8","ratingCount":"1287"},"offers":{"@type":"AggregateOffer","priceCurrency":"INR","lowPrice":"8900000","highPrice":"14500000","offerCount":"40"}}</script><script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"What is the booking amount?","acceptedAnswer":{"@type":"Answer","text":"You can book with Rs 1,00,000."}}]}</script></head><body><h1>Skyline Greens</h1><p>Kharadi Annexe, Pune</p><p>2 &amp; 3 BHK homes</p><p>Starting ₹ 89 Lacs* All incl.</p><ul><li>MahaRERA P52100077777</li></ul><h3>2 BHK - 745 sq ft</h3><h3>3 BHK - 1,020 sq ft</h3></body></html>""",
        Expected(
            price=(8_900_000, 14_500_000, "INR", ""),
            bedrooms=(2, 3),
            size_parts={"2 BHK": 745, "3 BHK": 1020},
            place=("Kharadi",),
        ),
    ),
    EvaluationPage(
        "Fact sheet with a label, a value and a line of detail",
        "https://riverbend.example.in/fact-sheet",
        """<html><head><title>Riverbend Punawale - fact sheet</title></head><body><h1>Riverbend at Punawale, Pune</h1><div class="grid"><div class="card"><span class="label">Configurations &amp; Sizes</span><span class="value">2 &amp; 3 BHK Residences</span><span class="detail">2 BHK: ~757 Sq.Ft • 3 BHK: ~1,053 Sq.Ft</span></div><div class="card"><span class="label">Starting Price Range</span><span class="value">₹72.99 Lakhs* onwards</span><span class="detail">2 BHK from ₹72.99L* • 3 BHK from ₹1.05Cr*</span></div><div class="card"><span class="label">MahaRERA</span><span class="value">PM1261012502656</span></div><div class="card"><span class="label">Land Parcel</span><span class="value">12.6 Acres Riverside</span></div></div></body></html>""",
        Expected(
            price=(7_299_000, None, "INR", ""),
            bedrooms=(2, 3),
            parts={"2 BHK": 7_299_000, "3 BHK": 10_500_000},
            size_parts={"2 BHK": 757, "3 BHK": 1053},
            place=("Punawale",),
        ),
    ),
    EvaluationPage(
        "Amounts for visitors of five countries",
        "https://palacio.example.in/nri",
        """<html><head><title>Palacio Bavdhan for NRIs</title></head><body><h1>Palacio, Bavdhan, Pune</h1><div class="regions"><button>India ₹97 Lakhs* onwards</button><button>UAE AED 412,000* onwards</button><button>USA $112,000* onwards</button><button>UK £88,000* onwards</button></div><p>2 &amp; 3 BHK. 2 BHK carpet 740 sq.ft.</p><p>Price: ₹ 97 Lakhs* onwards</p></body></html>""",
        Expected(
            price=(9_700_000, None, "INR", ""),
            bedrooms=(2, 3),
            place=("Bavdhan",),
            size=(740, "sq ft"),
        ),
    ),
    EvaluationPage(
        "Price and area in a sentence only",
        "https://landbase.example.in/micasa-sector-68-in-gurgaon",
        """<html lang="en"><head><title>Casa Verde Sector 68</title></head><body><header><h1>Casa Verde</h1><p class="lead">Sector 68, Gurugram, Haryana 122101, India</p></header><div><h2>Casa Verde – Luxury Apartments in Sector 68 Gurgaon</h2><p><strong>Casa Verde</strong>, located in Sector 68, is a residential development spread over 10.5 acres. This project offers premium <strong>2 BHK and 3 BHK apartments in Gurgaon</strong> in seven towers.</p><p>These apartments range in price from <strong>56.22 lac to 1.29 crore</strong>, for buyers looking for comfort. Sizes run from 1,245 sq ft to 1,998 sq ft.</p></div><h2>Location Advantages</h2><ul><li>• 500 Meters from SPR Gurgaon: conveniently situated</li><li>• 2 Minutes’ Drive from Sohna Road</li></ul><ul><li>Project HARERA No: 99 of 2017</li></ul></body></html>""",
        Expected(
            price=(5_622_000, 12_900_000, "INR", ""),
            bedrooms=(2, 3),
            size=(1245, "sq ft"),
            place=("Sector 68",),
        ),
    ),
    EvaluationPage(
        "Cloudflare check",
        "https://www.portal.example.com/listing/77",
        """<html lang="en-US"><head><title>Just a moment...</title></head><body class="no-js"><div class="main-wrapper" role="main"><div class="main-content"><h1 class="zone-name-title h1">www.portal.example.com</h1><p id="cf-please-wait">Verifying you are human. This may take a few seconds.</p><noscript>Enable JavaScript and cookies to continue</noscript></div></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>""",
        Expected(kind="blocked"),
    ),
    EvaluationPage(
        "DataDome wall in French with a phone",
        "https://www.annonces.example.fr/annonces/achat/2001.htm",
        """<html lang="fr"><head><title>annonces.example.fr</title></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={'rt':'c','cid':'AHrlq','host':'geo.captcha-delivery.com'}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>""",
        Expected(kind="blocked"),
    ),
    EvaluationPage(
        "Search results with a heading of their own",
        "https://www.portal.example.in/flats-for-sale-in-baner-pune",
        """<html><head><title>Flats for Sale in Baner, Pune - 1,204 Flats</title></head><body><h1>Flats for Sale in Baner, Pune</h1><div>Showing 1 - 3 of 1204</div><div class="srpTuple"><a href="/d/1"><h2>2 BHK Flat in Baner</h2></a><span>₹ 92 Lac</span><span>1,050 sqft</span></div><div class="srpTuple"><a href="/d/2"><h2>3 BHK Flat in Baner</h2></a><span>₹ 1.4 Cr</span><span>1,480 sqft</span></div><div class="srpTuple"><a href="/d/3"><h2>1 BHK Flat in Baner</h2></a><span>₹ 58 Lac</span><span>610 sqft</span></div></body></html>""",
        Expected(kind="index"),
    ),
]
