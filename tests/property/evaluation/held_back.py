"""Pages that no rule was written against."""

from tests.property.evaluation.page import EvaluationPage, Expected

PAGES = [
    EvaluationPage(
        "Builder site with tabs and configurations in list items",
        "https://www.orchidheights.example/",
        """<!DOCTYPE html><html lang="en"><head><title>Orchid Heights | Luxury Apartments | Sector 102 Gurgaon</title><meta name="keywords" content="flats"></head><body>
<div class="top-bar"><a href="tel:+911240000000">Call now</a></div>
<div class="banner-content"><h1>ORCHID HEIGHTS</h1><h3>Sector 102, Dwarka Expressway, Gurugram</h3><ul class="banner-list"><li>Land Parcel : 12 Acres</li><li>Floors : G+32</li><li>Possession : Dec, 2029</li></ul>
<div class="price-box">3 &amp; 4 BHK Premium Residences Starting @ <span>₹ 3.25 Cr*</span> Onwards</div></div>
<div class="offer">Spot Booking Offers: Pay just 10%, save up to ₹ 15 Lakh</div>
<div id="price"><h2>Area &amp; Pricing</h2><table class="table table-striped"><thead><tr><th>Type</th><th>Carpet Area</th><th>Price</th><th></th></tr></thead><tbody>
<tr><td>3 BHK</td><td>2150 Sq. Ft.</td><td>₹ 3.25 Cr* Onwards</td><td><button>Price Breakup</button></td></tr>
<tr><td>3 BHK + Study</td><td>2450 Sq. Ft.</td><td>₹ 3.70 Cr* Onwards</td><td><button>Price Breakup</button></td></tr>
<tr><td>4 BHK</td><td>2900 Sq. Ft.</td><td>On Request</td><td><button>Price Breakup</button></td></tr></tbody></table></div>
<footer><p>RERA No. : GGM/712/444/2023/56</p><p>Disclaimer: this is not the official website.</p></footer></body></html>""",
        Expected(price=(32_500_000, None, "INR", ""), bedrooms=(3, 4), place=("Sector 102",), size_parts={"4 BHK": 2900}),
    ),
    EvaluationPage(
        "Portal project page: price range, specification grid, other projects by the builder",
        "https://www.estates.example/pune/project/verde-park-9912",
        """<html lang="en"><head><title>Verde Park in Kharadi, Pune | Price, Floor Plans</title>
<script type="application/ld+json">{"@context":"http://schema.org","@type":"ApartmentComplex","name":"Verde Park","address":{"@type":"PostalAddress","streetAddress":"EON Road","addressLocality":"Kharadi","addressRegion":"Pune"},"telephone":"+91-20-00000000"}</script></head><body>
<h1>Verde Park</h1><div class="by">By <a href="/builder/verde">Verde Group</a></div><div class="loc">Kharadi, Pune</div>
<div class="range">₹ 72.5 L - 1.35 Cr</div><div class="sub">1, 2, 3 BHK Apartments</div>
<div class="grid"><div><span>Sizes</span><span>480 - 1120 sq.ft. (Carpet Area)</span></div><div><span>Possession Starts</span><span>Mar, 2028</span></div><div><span>Avg. Price</span><span>₹ 12.4 K/sq.ft</span></div><div><span>Project Size</span><span>6 Buildings - 640 units</span></div><div><span>RERA ID</span><span>P52100067890</span></div></div>
<h2>More projects by Verde Group</h2><div class="cards"><a class="pc" href="/pune/project/verde-hill-1">Verde Hill <b>₹ 55 L - 80 L</b></a><a class="pc" href="/pune/project/verde-bay-2">Verde Bay <b>₹ 1.6 Cr - 2.1 Cr</b></a></div></body></html>""",
        Expected(price=(7_250_000, 13_500_000, "INR", ""), bedrooms=(1, 3), size=(480, "sq ft"), place=("Kharadi",)),
    ),
    EvaluationPage(
        "UK estate agent, ranges in headings, floorplan dimensions",
        "https://www.agents.example.co.uk/property/the-old-rectory",
        """<html lang="en-gb"><head><title>The Old Rectory, Church Lane, Burford, OX18 - Agents</title></head><body><main>
<div class="hero-text"><h1>Church Lane, Burford, Oxfordshire</h1><h2>5 bedroom detached house for sale</h2><p class="property-price">Offers in excess of £1,350,000</p></div>
<ul class="icons"><li><i></i>5 bedrooms</li><li><i></i>3 bathrooms</li><li><i></i>3 receptions</li></ul>
<p>An elegant period home of about 3,480 sq ft in gardens of 1.2 acres.</p><p>Kitchen 24'6" x 18' (7.47m x 5.49m)</p><p>Stamp duty: £81,250</p><p>EPC rating E. Council Tax band H £4,720 pa.</p></main></body></html>""",
        Expected(price=(1_350_000, None, "GBP", ""), bedrooms=(5, 5), size=(3480, "sq ft"), place=("Church Lane", "Burford")),
    ),
    EvaluationPage(
        "US broker with JSON-LD SingleFamilyResidence and separate Product",
        "https://www.broker.example.com/CA/Pasadena/88-Arroyo-Blvd-91105/home/7",
        """<html lang="en"><head><title>88 Arroyo Blvd, Pasadena, CA 91105 | Broker</title>
<script type="application/ld+json">[{"@context":"http://schema.org","@type":["Product","RealEstateListing"],"name":"88 Arroyo Blvd, Pasadena, CA 91105","url":"https://www.broker.example.com/CA/Pasadena/88-Arroyo-Blvd-91105/home/7","offers":{"@type":"Offer","price":1795000,"priceCurrency":"USD"},"mainEntity":{"@type":"SingleFamilyResidence","numberOfRooms":4,"numberOfBedrooms":4,"numberOfBathroomsTotal":3,"floorSize":{"@type":"QuantitativeValue","value":2510,"unitCode":"FTK"},"address":{"@type":"PostalAddress","streetAddress":"88 Arroyo Blvd","addressLocality":"Pasadena","addressRegion":"CA","postalCode":"91105"}}}]</script>
<script type="application/ld+json">{"@type":"Event","name":"Open House","offers":{"@type":"Offer","price":"0","priceCurrency":"USD"}}</script></head><body>
<div class="stats"><div class="statsValue">$1,795,000</div><div>Est. $11,340/mo</div><div class="statsValue">4</div><div>Beds</div><div class="statsValue">3</div><div>Baths</div><div class="statsValue">2,510</div><div>Sq Ft</div></div>
<h1>88 Arroyo Blvd, Pasadena, CA 91105</h1><div>$715 per Sq Ft</div><h3>Sale and tax history</h3><p>Sold in 2009 for $890,000</p><h3>Nearby similar homes</h3><div><a href="/home/8">$1,650,000 3 beds</a></div></body></html>""",
        Expected(price=(1_795_000, 1_795_000, "USD", ""), bedrooms=(4, 4), size=(2510, "sq ft"), place=("88 Arroyo",)),
    ),
    EvaluationPage(
        "Off-plan in Dubai, launch price and payment plan",
        "https://offplan.example.ae/projects/creek-crest",
        """<html lang="en"><head><title>Creek Crest by Meridian at Dubai Creek Harbour</title></head><body><h1>Creek Crest</h1><p class="location">Dubai Creek Harbour, Dubai</p>
<div class="facts"><div><p>Starting Price</p><h4>AED 1.69M</h4></div><div><p>Bedrooms</p><h4>1, 2 &amp; 3</h4></div><div><p>Handover</p><h4>Q2 2029</h4></div><div><p>Payment Plan</p><h4>80/20</h4></div><div><p>Area from</p><h4>702 sq. ft.</h4></div><div><p>Down payment</p><h4>AED 169,000</h4></div></div>
<p>Roughly USD 460,000 for overseas buyers.</p></body></html>""",
        Expected(price=(1_690_000, None, "AED", ""), bedrooms=(1, 3), size=(702, "sq ft"), place=("Creek Harbour",)),
    ),
    EvaluationPage(
        "German new build, table of flats",
        "https://bautraeger.example.de/parkquartier",
        """<html lang="de-DE"><head><title>Parkquartier Nord - Eigentumswohnungen in Hannover</title></head><body><h1>Parkquartier Nord</h1><p>Lister Meile 40, 30161 Hannover</p><p>2- bis 4-Zimmer-Eigentumswohnungen ab 289.000 €</p>
<ul><li>Wohnfläche: 52 - 118 m²</li><li>Fertigstellung: Q3 2027</li><li>Stellplatz: 24.000 €</li></ul><p>Provisionsfrei für Käufer</p></body></html>""",
        Expected(price=(289_000, None, "EUR", ""), bedrooms=(2, 4), size=(52, "sq m"), place=("Hannover",)),
    ),
    EvaluationPage(
        "German rental with all costs",
        "https://miete.example.de/wohnung/4711",
        """<html lang="de"><head><title>2 Zimmer Wohnung zur Miete in Köln-Ehrenfeld</title></head><body><h1>Gemütliche Altbauwohnung</h1><p>50823 Köln - Ehrenfeld</p><dl><dt>Kaltmiete</dt><dd>890 €</dd><dt>Nebenkosten</dt><dd>180 €</dd><dt>Warmmiete</dt><dd>1.070 €</dd><dt>Kaution</dt><dd>2.670 €</dd><dt>Zimmer</dt><dd>2</dd><dt>Wohnfläche</dt><dd>58 m²</dd></dl></body></html>""",
        Expected(price=(890, 890, "EUR", ""), bedrooms=(2, 2), size=(58, "sq m"), place=("Köln",)),
    ),
    EvaluationPage(
        "French new-build programme",
        "https://neuf.example.fr/programme/les-tilleuls",
        """<html lang="fr"><head><title>Les Tilleuls, appartements neufs à Nantes</title></head><body><h1>Les Tilleuls</h1><h2>44000 Nantes</h2><p>Appartements du 2 au 4 pièces</p><p>À partir de 219 000 €</p><p>Livraison : 4ème trimestre 2027</p><p>Surface : de 42 m² à 96 m²</p><p>Frais de notaire réduits</p></body></html>""",
        Expected(price=(219_000, None, "EUR", ""), bedrooms=(2, 4), size=(42, "sq m"), place=("Nantes",)),
    ),
    EvaluationPage(
        "Next.js page whose text is in spans without blocks",
        "https://next.example.in/listing/a1",
        """<html><head><title>Lodha-like 2BHK Andheri West | Next Homes</title></head><body><div id="__next"><main><div><div><span>₹1.95 Crore</span><span>·</span><span>₹26,000/sqft</span></div><h1>2 BHK Apartment in Andheri West, Mumbai</h1><div><span>2 Beds</span><span>2 Baths</span><span>750 sqft carpet</span></div></div><div>Token amount: ₹1 lakh</div></main></div><script id="__NEXT_DATA__" type="application/json">{"props":{"price":19500000}}</script></body></html>""",
        Expected(price=(19_500_000, 19_500_000, "INR", ""), bedrooms=(2, 2), size=(750, "sq ft"), place=("Andheri",)),
    ),
    EvaluationPage(
        "Theme with icons, price after the title and other estates in the sidebar",
        "https://theme.example.com/properties/modern-loft",
        """<html lang="en"><head><title>Modern Loft – Real Homes</title></head><body><div class="rh_page__head"><div class="rh_page__property_title"><h1 class="rh_page__title">Modern Loft Near Riverwalk</h1><p class="rh_page__property_address">410 S Wells St, Chicago, IL 60607, USA</p></div><div class="rh_page__property_price"><p class="status">For Sale</p><p class="price">$625,000 <span class="postfix">Negotiable</span></p></div></div>
<div class="rh_property__meta_wrap"><div class="rh_property__meta"><h4>Bedrooms</h4><div><svg></svg><span class="figure">2</span></div></div><div class="rh_property__meta"><h4>Bathrooms</h4><div><span class="figure">2</span></div></div><div class="rh_property__meta"><h4>Area</h4><div><span class="figure">1,380</span><span class="label">sq ft</span></div></div></div>
<aside class="rh_sidebar"><section class="widget"><h3>Featured Properties</h3><article><h4><a href="/properties/a">Villa A</a></h4><p>$1,200,000</p></article><article><h4><a href="/properties/b">Villa B</a></h4><p>$870,000</p></article></section></aside></body></html>""",
        Expected(price=(625_000, 625_000, "USD", ""), bedrooms=(2, 2), size=(1380, "sq ft"), place=("410 S Wells", "Chicago")),
    ),
    EvaluationPage(
        "Hindi page",
        "https://ghar.example.in/",
        """<html lang="hi"><head><title>सूर्य विहार, लखनऊ में 2 और 3 बीएचके</title></head><body><h1>सूर्य विहार</h1><p class="address">शहीद पथ, लखनऊ 226002</p><p>2 बीएचके फ्लैट, कीमत ₹ 45 लाख से शुरू</p><p>कारपेट एरिया: 620 वर्ग फुट</p><p>UPRERAPRJ998877</p></body></html>""",
        Expected(price=(4_500_000, None, "INR", ""), bedrooms=(2, 3), size=(620, "sq ft"), place=("लखनऊ",)),
    ),
    EvaluationPage(
        "Villa with plot and built-up area, price as whole rupees",
        "https://villa.example.in/whitefield",
        """<html lang="en"><head><title>Independent villa for sale</title></head><body><h1>4 BHK Villa for Sale</h1><div>Adarsh-like Vista, Whitefield, Bangalore</div><table><tr><td>Price</td><td>Rs. 4,25,00,000/-</td></tr><tr><td>Plot Area</td><td>2400 sq.ft</td></tr><tr><td>Built Up Area</td><td>3600 sq.ft</td></tr><tr><td>Facing</td><td>East</td></tr><tr><td>Registration charges</td><td>Rs. 28,00,000</td></tr></table></body></html>""",
        Expected(price=(42_500_000, 42_500_000, "INR", ""), bedrooms=(4, 4), size=(3600, "sq ft"), place=("Whitefield",)),
    ),
    EvaluationPage(
        "RDFa",
        "https://rdfa.example.com/home",
        """<html lang="en" prefix="og: http://ogp.me/ns#"><head><title>Cape house</title></head><body vocab="http://schema.org/" typeof="House"><h1 property="name">Cape house</h1><span property="numberOfBedrooms">3</span> bedrooms<div property="address" typeof="PostalAddress"><span property="streetAddress">7 Harbor Rd</span> <span property="addressLocality">Chatham</span> <span property="addressRegion">MA</span></div><div property="offers" typeof="Offer"><span property="price" content="1150000">$1.15M</span><meta property="priceCurrency" content="USD"></div><div property="floorSize" typeof="QuantitativeValue"><span property="value">1900</span><meta property="unitCode" content="FTK"> sq ft</div></body></html>""",
        Expected(price=(1_150_000, 1_150_000, "USD", ""), bedrooms=(3, 3), size=(1900, "sq ft"), place=("7 Harbor Rd",)),
    ),
    EvaluationPage(
        "Aggregate offer with HTML entities and a raw line break",
        "https://agg.example.in/p",
        """<html><head><title>Sunrise Enclave, Kompally</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Sunrise Enclave","description":"Homes &amp; villas
in Kompally","offers":{"@type":"AggregateOffer","lowPrice":"6800000","highPrice":"9400000","priceCurrency":"INR","offerCount":"40",},}</script></head><body><h1>Sunrise Enclave</h1><p>Kompally, Hyderabad, Telangana</p><p>2 and 3 BHK apartments</p><p>68 Lakhs - 94 Lakhs</p><p>Sizes: 1,090 to 1,560 sft</p></body></html>""",
        Expected(price=(6_800_000, 9_400_000, "INR", ""), bedrooms=(2, 3), size=(1090, "sq ft"), place=("Kompally",)),
    ),
    EvaluationPage(
        "Singapore condo",
        "https://condo.example.sg/listing/1",
        """<html lang="en-SG"><head><title>The Palms, 3 Bedroom Condo for Sale</title></head><body><h1>The Palms</h1><p>22 Tanjong Rhu Road, Singapore 436882</p><h2>S$ 2,480,000</h2><span>3 Beds</span> <span>2 Baths</span> <span>1,184 sqft</span> <span>S$ 2,094.59 psf</span><p>Est. repayment S$ 8,731 /mo</p></body></html>""",
        Expected(price=(2_480_000, 2_480_000, "SGD", ""), bedrooms=(3, 3), size=(1184, "sq ft"), place=("Tanjong Rhu",)),
    ),
    EvaluationPage(
        "Pakistan: marla and crore",
        "https://ghar.example.pk/dha/10-marla",
        """<html lang="en"><head><title>10 Marla House in DHA Phase 6, Lahore</title></head><body><h1>10 Marla House For Sale in DHA Phase 6</h1><p class="location">DHA Phase 6, Lahore, Punjab</p><ul><li><span>Type</span><span>House</span></li><li><span>Price</span><span>PKR 4.75 Crore</span></li><li><span>Area</span><span>10 Marla</span></li><li><span>Bath(s)</span><span>5</span></li><li><span>Bedroom(s)</span><span>5</span></li></ul></body></html>""",
        Expected(price=(47_500_000, 47_500_000, "PKR", ""), bedrooms=(5, 5), place=("DHA Phase 6",)),
    ),
    EvaluationPage(
        "UAE rental per year",
        "https://rent.example.ae/studio",
        """<html lang="en"><head><title>Studio for rent in JVC, Dubai</title></head><body><h1>Furnished Studio for Rent</h1><p>Jumeirah Village Circle (JVC), Dubai</p><div class="price">AED 62,000 <span>/year</span></div><p>Studio</p><p>430 sqft</p><p>Security deposit AED 3,100</p></body></html>""",
        Expected(price=(62_000, 62_000, "AED", "year"), bedrooms=(0, 0), size=(430, "sq ft"), place=("JVC",)),
    ),
    EvaluationPage(
        "Structured price that contradicts the page",
        "https://stale.example.in/flat",
        """<html><head><title>2 BHK flat in Mulund</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Apartment","name":"Flat in Mulund","numberOfBedrooms":2,"offers":{"@type":"Offer","price":"14500000","priceCurrency":"INR"}}</script></head><body><h1>2 BHK flat in Mulund West, Mumbai</h1><p>Price: ₹ 1.62 Cr</p><p>690 sq ft carpet</p></body></html>""",
        Expected(bedrooms=(2, 2), size=(690, "sq ft"), place=("Mulund",)),
    ),
    EvaluationPage("Incapsula", "https://x.example/", """<html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=5"></script></head><body><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9">Request unsuccessful. Incapsula incident ID: 877</iframe></body></html>""", Expected(kind="blocked")),
    EvaluationPage("Press and hold", "https://y.example/", """<html lang="en"><head><title>Access to this page has been denied</title></head><body><div class="px-captcha-error-container"><h2>Press &amp; Hold to confirm you are a human (and not a bot).</h2></div></body></html>""", Expected(kind="blocked")),
    EvaluationPage("Forbidden", "https://z.example/", """<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>""", Expected(kind="error")),
    EvaluationPage("Listing gone", "https://portal.example.co.uk/p/9", """<html lang="en"><head><title>3 bedroom house for sale in Leeds</title></head><body><h1>3 bedroom house for sale</h1><p>This property has been removed by the agent.</p><h2>Similar properties</h2><p>£240,000 3 bed terraced house, Leeds</p></body></html>""", Expected(kind="error")),
    EvaluationPage("Agency home page", "https://agency.example.com/", """<html lang="en"><head><title>Sunbelt Realty - homes in Phoenix</title></head><body><h1>Find your dream home</h1><form><input name="q"></form><h2>Featured Listings</h2><div class="grid">""" + "".join(f"""<div class="listing"><a href="/listing/{n}"><h3>{n} Cactus Rd</h3></a><p>${300 + n * 10},000</p><p>{n % 3 + 2} beds 2 baths 1,{n}00 sqft</p></div>""" for n in range(1, 9)) + """</div><p>Call (602) 555-0100</p></body></html>""", Expected(kind="index")),
    EvaluationPage("Search results without links in cards", "https://find.example.in/s?q=thane", """<html><head><title>Property in Thane - Buy Flats</title></head><body><h1>Properties for sale in Thane</h1><div>Showing 1 - 5 of 1,204</div>""" + "".join(f"""<div class="r" onclick="go({n})"><p>{n % 3 + 1} BHK, Project {n}</p><p>₹ {80 + 7 * n} Lakh</p><p>{600 + 30 * n} sqft</p></div>""" for n in range(5)) + """</body></html>""", Expected(kind="index")),
    EvaluationPage("Used car", "https://cars.example.in/c", """<html><head><title>Used hatchback 2021 in Pune</title></head><body><h1>Hatchback VXI 2021</h1><p>₹ 6.2 Lakh</p><p>EMI from ₹ 12,400</p><p>32,000 km</p><p>Baner, Pune</p></body></html>""", Expected(kind="other")),
    EvaluationPage("News of a deal", "https://news.example/deal", """<html><head><title>Star buys Worli apartment for ₹ 120 crore</title><meta property="og:type" content="article"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Star buys"}</script></head><body><h1>Star buys Worli apartment for ₹ 120 crore</h1><p>The 5 BHK flat of 8,000 sq ft was registered on 3 March 2026.</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Contact page of a builder", "https://builder.example/contact", """<html><head><title>Contact us - Banyan Row Developers</title></head><body><h1>Contact us</h1><p>2nd floor, Trade Centre, Pune 411001</p><p>Call 020 0000 0000</p></body></html>""", Expected(kind="other")),
]  # fmt: skip
