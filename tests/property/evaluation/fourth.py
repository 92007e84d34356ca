"""Held-back pages in further shapes, by the hand of `third`, who had then read the rules."""

from tests.property.evaluation.page import EvaluationPage, Expected

PAGES = [
    EvaluationPage(
        "WP Residence theme in Spain, English, euro behind",
        "https://costa-agency.example.es/properties/casa-azul/",
        """<html lang="en-GB"><head><title>Casa Azul, Nerja - Costa Agency</title><meta property="og:type" content="article"></head><body class="estate_property-template-default single"><div class="entry-prop"><h1 class="entry-title">Casa Azul</h1><div class="property_categs">Calle Pintada, Nerja, Málaga</div><div class="price_area">1.195.000 € <span class="second_price_area">ref. CA-220</span></div></div><div class="wpestate_property_details"><div class="listing_detail"><strong>Property Id :</strong> 18223</div><div class="listing_detail"><strong>Price:</strong> 1.195.000 €</div><div class="listing_detail"><strong>Property Size:</strong> 240 m<sup>2</sup></div><div class="listing_detail"><strong>Property Lot Size:</strong> 910 m<sup>2</sup></div><div class="listing_detail"><strong>Bedrooms:</strong> 4</div><div class="listing_detail"><strong>Bathrooms:</strong> 3</div></div><div class="property_reviews">5 stars from 3 guests</div></body></html>""",
        Expected(price=(1_195_000, 1_195_000, "EUR", ""), bedrooms=(4, 4), size=(240, "sq m"), place=("Nerja",)),
    ),
    EvaluationPage(
        "Wix landing page, rich text spans only",
        "https://www.greenacres-villas.example/",
        """<html lang="en"><head><title>Green Acres | Devanahalli</title><meta name="generator" content="Wix.com Website Builder"></head><body><div id="SITE_CONTAINER"><div data-testid="richTextElement"><h1 class="font_0"><span><span>Green Acres</span></span></h1></div><div data-testid="richTextElement"><p class="font_8"><span>Luxury 4 BHK villas by the golf course</span></p></div><div data-testid="richTextElement"><p class="font_8"><span>Devanahalli, North Bengaluru</span></p></div><div data-testid="richTextElement"><h5><span>₹4.25 Cr onwards</span></h5></div><div data-testid="richTextElement"><p><span>3,850 - 4,400 sq. ft.</span></p></div><div><p>62 villas | 9.5 acres | 22,000 sq ft clubhouse</p></div><div><p>RERA: PRM/KA/RERA/1250/303/PR/240000/000000</p></div></div></body></html>""",
        Expected(price=(42_500_000, None, "INR", ""), bedrooms=(4, 4), size=(3850, "sq ft"), place=("Devanahalli",)),
    ),
    EvaluationPage(
        "Webflow new-development page in Toronto, from the mid",
        "https://www.theparker.example.ca/",
        """<html lang="en"><head><title>The Parker Condos | Yonge & Eglinton, Toronto</title></head><body><div class="w-layout-grid hero"><h1>The Parker Condos</h1><div class="text-block">Yonge &amp; Eglinton, Toronto</div><div class="text-block-2">Studio, 1, 2 &amp; 3 bedroom suites from $699,900</div><a class="button w-button">Register</a></div><div class="facts"><div class="w-col"><h4>37</h4><div>storeys</div></div><div class="w-col"><h4>Q3 2028</h4><div>occupancy</div></div><div class="w-col"><h4>5%</h4><div>deposit on signing</div></div></div><p>Parking $75,000. Maintenance fees $0.68 per sq ft.</p></body></html>""",
        Expected(price=(699_900, None, "CAD", ""), bedrooms=(0, 3), place=("Toronto",)),
    ),
    EvaluationPage(
        "Shopify-like product JSON-LD for a tiny house plot",
        "https://lots.example.com/products/lot-14",
        """<html lang="en"><head><title>Lot 14, Pine Ridge Estates - 2.3 acres</title><script type="application/ld+json">{"@context":"http://schema.org/","@type":"Product","name":"Lot 14, Pine Ridge Estates - 2.3 acres","offers":[{"@type":"Offer","availability":"http://schema.org/InStock","price":48900.0,"priceCurrency":"USD","url":"/products/lot-14?variant=1"}]}</script></head><body><h1>Lot 14, Pine Ridge Estates</h1><span class="price-item--regular">$48,900.00</span> <s class="price-item--sale">$55,000.00</s><p>Pagosa Springs, CO 81147</p><p>Lot size: 2.3 acres. Owner financing: $399/month, $999 down.</p></body></html>""",
        Expected(price=(48_900, 48_900, "USD", ""), place=("Pagosa Springs",)),
    ),
    EvaluationPage(
        "AMP portal page",
        "https://amp.bricks.example.in/p/33",
        """<html amp lang="en"><head><title>3 BHK Builder Floor for Sale in Greater Kailash 1, Delhi</title><style amp-boilerplate>body{}</style></head><body><amp-sidebar id="s"><ul><li>2 BHK in Noida ₹ 60 L</li></ul></amp-sidebar><h1>3 BHK Builder Floor in Greater Kailash 1, New Delhi</h1><amp-carousel><amp-img src="x"></amp-img></amp-carousel><div class="pr">₹ 5.4 Cr</div><div>₹ 24,545/sq.ft.</div><ul><li><span>Plot area</span><b>250 sq.yd.</b></li><li><span>Built up area</span><b>2200 sq.ft.</b></li><li><span>Bedrooms</span><b>3</b></li><li><span>Bathrooms</span><b>4</b></li></ul><amp-list><h2>People also viewed</h2><p>4 BHK ₹ 7 Cr</p></amp-list></body></html>""",
        Expected(price=(54_000_000, 54_000_000, "INR", ""), bedrooms=(3, 3), size=(2200, "sq ft"), place=("Greater Kailash",)),
    ),
    EvaluationPage(
        "Only Open Graph, application draws the rest",
        "https://og.example.co.uk/p/9",
        """<html lang="en-GB"><head><title>Home</title><meta property="og:title" content="3 bedroom terraced house for sale in Totterdown, Bristol - £465,000"><meta property="og:description" content="A bright 3 bedroom terraced house of 1,050 sq ft with views, close to Temple Meads."><meta property="og:type" content="website"></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>""",
        Expected(price=(465_000, 465_000, "GBP", ""), bedrooms=(3, 3), size=(1050, "sq ft"), place=("Bristol",)),
    ),
    EvaluationPage(
        "Nuxt 3 data table",
        "https://nuxt.example.ae/listing/9001",
        """<html lang="en"><head><title>Listing</title></head><body><div id="__nuxt"></div><script type="application/json" id="__NUXT_DATA__">[["ShallowReactive",1],{"data":2,"state":20},["ShallowReactive",3],{"listing":4},{"id":5,"title":6,"price":7,"currency":8,"bedrooms":9,"bathrooms":10,"sizeSqft":11,"propertyType":12,"address":13},9001,"Two bedrooms by the park",2150000,"AED",2,3,1310,"apartment",{"community":14,"city":15},"Dubai Hills Estate","Dubai",0,0,0,0,{}]</script></body></html>""",
        Expected(price=(2_150_000, 2_150_000, "AED", ""), bedrooms=(2, 2), size=(1310, "sq ft"), place=("Dubai Hills",)),
    ),
    EvaluationPage(
        "Angular TransferState with escaped quotes and a list of others",
        "https://ng.example.ie/property/551",
        """<html lang="en-IE"><head><title>Property 551</title></head><body><app-root></app-root><script id="ng-state" type="application/json">{&q;G.1&q;:{&q;body&q;:{&q;property&q;:{&q;id&q;:551,&q;askingPrice&q;:&q;€420,000&q;,&q;beds&q;:3,&q;floorArea&q;:{&q;value&q;:98,&q;unit&q;:&q;sqm&q;},&q;displayAddress&q;:&q;8 Quay Street, Galway&q;}}},&q;G.2&q;:{&q;body&q;:{&q;items&q;:[{&q;askingPrice&q;:&q;€300,000&q;,&q;beds&q;:2,&q;displayAddress&q;:&q;1 Shop Street, Galway&q;},{&q;askingPrice&q;:&q;€310,000&q;,&q;beds&q;:2,&q;displayAddress&q;:&q;2 Shop Street, Galway&q;}]}}}</script></body></html>""",
        Expected(price=(420_000, 420_000, "EUR", ""), bedrooms=(3, 3), size=(98, "sq m"), place=("Galway",)),
    ),
    EvaluationPage(
        "Fotocasa-like, price without own label, garage optional",
        "https://www.fcasa.example.es/es/comprar/vivienda/valencia/ruzafa/188/d",
        """<html lang="es-ES"><head><title>Piso en venta en Ruzafa, Valencia: 312.000 €</title></head><body><div class="re-DetailHeader"><div class="re-DetailHeader-priceContainer"><span class="re-DetailHeader-price">312.000 €</span><span class="re-DetailHeader-reducedPrice">Ha bajado 8.000 €</span></div><h1>Piso en venta en Ruzafa</h1><p class="re-DetailHeader-municipalityTitle">Ruzafa, Valencia Capital</p><ul><li><span>3</span> habs.</li><li><span>1</span> baño</li><li><span>96</span> m²</li><li>2ª Planta</li></ul></div><section><h2>Calcula tu hipoteca</h2><p>1.021 € / mes</p></section><p>Plaza de garaje opcional por 22.000 €. Gastos de comunidad 60 €/mes.</p></body></html>""",
        Expected(price=(312_000, 312_000, "EUR", ""), bedrooms=(3, 3), size=(96, "sq m"), place=("Valencia",)),
    ),
    EvaluationPage(
        "Italian portal",
        "https://www.casait.example.it/annunci/777/",
        """<html lang="it"><head><title>Trilocale in vendita in via Savona, Milano</title></head><body><h1>Trilocale in vendita in via Savona 22</h1><p>Solari, Milano</p><div class="in-price">€ 498.000</div><dl><dt>Locali</dt><dd>3</dd><dt>Superficie</dt><dd>92 m²</dd><dt>Bagni</dt><dd>1</dd><dt>Piano</dt><dd>4</dd><dt>Spese condominio</dt><dd>€ 160/mese</dd><dt>Prezzo al m²</dt><dd>5.413 €/m²</dd></dl></body></html>""",
        Expected(price=(498_000, 498_000, "EUR", ""), bedrooms=(3, 3), size=(92, "sq m"), place=("Milano",)),
    ),
    EvaluationPage(
        "New Zealand, by negotiation with a valuation",
        "https://www.tme.example.nz/a/property/residential/sale/auckland/listing/41",
        """<html lang="en-NZ"><head><title>14 Kowhai Street, Sandringham, Auckland</title></head><body><h1>14 Kowhai Street, Sandringham, Auckland City, Auckland</h1><p>Price by negotiation</p><ul><li>3 Beds</li><li>1 Bath</li><li>Floor area 104 m²</li><li>Land area 506 m²</li></ul><p>Capital value $1,375,000. Estimate $1.2M - $1.35M. Rateable value (RV) $1,375,000</p></body></html>""",
        Expected(bedrooms=(3, 3), size=(104, "sq m"), place=("Sandringham",)),
    ),
    EvaluationPage(
        "Pakistani plot house with crore and lakh together",
        "https://www.zmeen.example.pk/Property/dha-8822.html",
        """<html lang="en"><head><title>1 Kanal House For Sale in DHA Phase 6, Lahore</title></head><body><h1>1 Kanal Brand New House For Sale</h1><p>DHA Phase 6, Lahore, Punjab</p><ul aria-label="Property details"><li><span>Type</span><span>House</span></li><li><span>Price</span><span>PKR 8.75 Crore</span></li><li><span>Location</span><span>DHA Phase 6, Lahore</span></li><li><span>Bath(s)</span><span>6</span></li><li><span>Area</span><span>1 Kanal</span></li><li><span>Bedroom(s)</span><span>5</span></li></ul><p>Index price PKR 8.2 Crore. Monthly instalment PKR 9 Lakh.</p></body></html>""",
        Expected(price=(87_500_000, 87_500_000, "PKR", ""), bedrooms=(5, 5), place=("Lahore",)),
    ),
    EvaluationPage(
        "Price in words with lakh and thousand, owner's advert",
        "https://ads.example.in/item/iid-1",
        """<html lang="en-IN"><head><title>2bhk flat for sale in Nagpur - For Sale: Houses &amp; Apartments</title></head><body><section><span data-aut-id="itemPrice">₹ 36,50,000</span><h1 data-aut-id="itemTitle">2bhk flat for sale near metro</h1><span>Manish Nagar, Nagpur, Maharashtra</span></section><div><span>Type</span><span>Flats / Apartments</span></div><div><span>Bedrooms</span><span>2</span></div><div><span>Super Builtup area sqft</span><span>1010</span></div><div><span>Carpet Area sqft</span><span>760</span></div><div><span>Maintenance (Monthly)</span><span>1200</span></div><div><span>Total Floors</span><span>4</span></div><p>Posted 12 NOV. Ad id 1700000000</p></body></html>""",
        Expected(price=(3_650_000, 3_650_000, "INR", ""), bedrooms=(2, 2), size=(1010, "sq ft"), place=("Nagpur",)),
    ),
    EvaluationPage(
        "Hindi resale listing",
        "https://ghar.example.in/hi/3bhk",
        """<html lang="hi"><head><title>इंदौर में 3 बीएचके मकान बिकाऊ</title></head><body><h1>3 बीएचके मकान बिकाऊ है</h1><p>विजय नगर, इंदौर, मध्य प्रदेश</p><table><tr><td>कीमत</td><td>₹ 85 लाख</td></tr><tr><td>क्षेत्रफल</td><td>1,450 वर्ग फुट</td></tr><tr><td>बाथरूम</td><td>3</td></tr><tr><td>ईएमआई</td><td>₹ 62,000 प्रति माह</td></tr></table></body></html>""",
        Expected(price=(8_500_000, 8_500_000, "INR", ""), bedrooms=(3, 3), size=(1450, "sq ft"), place=("इंदौर",)),
    ),
    EvaluationPage(
        "Arabic villa in Egypt with instalments",
        "https://aqarat.example.eg/listing/71",
        """<html lang="ar" dir="rtl"><head><title>فيلا للبيع في التجمع الخامس</title></head><body><h1>فيلا للبيع في التجمع الخامس، القاهرة</h1><ul><li><span>السعر</span><span>14,500,000 جنيه</span></li><li><span>المساحة</span><span>320 متر مربع</span></li><li><span>غرف النوم</span><span>4</span></li><li><span>الحمامات</span><span>4</span></li></ul><p>مقدم 1,450,000 جنيه والباقي على 8 سنوات</p><p>التجمع الخامس، القاهرة الجديدة</p></body></html>""",
        Expected(price=(14_500_000, 14_500_000, "EGP", ""), bedrooms=(4, 4), size=(320, "sq m"), place=("القاهرة",)),
    ),
    EvaluationPage(
        "US new-build community with plans and incentives",
        "https://www.builderhomes.example.com/tx/leander/oak-creek",
        """<html lang="en-US"><head><title>Oak Creek | New Homes in Leander, TX</title></head><body><h1>Oak Creek</h1><p>1201 Oak Creek Blvd, Leander, TX 78641</p><p>Homes from $384,990</p><p>3 - 5 Bed | 2 - 4 Bath | 1,604 - 3,012 Sq. Ft.</p><p>Up to $20,000 in closing costs. 4.99% rate (5.6% APR)</p><h2>Floor plans</h2><div class="plan"><h3>The Ash</h3><p>From $384,990</p><p>3 bd · 2 ba · 1,604 sq ft</p></div><div class="plan"><h3>The Elm</h3><p>From $459,990</p><p>5 bd · 4 ba · 3,012 sq ft</p></div></body></html>""",
        Expected(price=(384_990, None, "USD", ""), bedrooms=(3, 5), size=(1604, "sq ft"), place=("Leander",)),
    ),
    EvaluationPage("Booking-like holiday flat", "https://stay.example.com/hotel/pt/flat.html", """<html lang="en"><head><title>Alfama Charm Apartment, Lisbon (updated prices 2026)</title></head><body><h1>Alfama Charm Apartment</h1><p>Rua dos Remédios 12, 1100 Lisbon, Portugal</p><p>2 bedrooms · 65 m² · 4 guests</p><p>€ 142 per night</p><p>3 nights, 2 adults: € 426</p><p>Check-in from 15:00. Check-out until 11:00. Review score 9.1</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Agent's profile", "https://agents.example.com/jane", """<html lang="en"><head><title>Jane Example, Realtor in Austin, TX</title></head><body><h1>Jane Example</h1><p>Realtor, Austin, TX</p><p>48 sales last 12 months. Price range $220K - $2.1M. Average price $640K</p><p>Reviews: “Helped us buy a 3 bedroom house.”</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Renovation cost guide", "https://reno.example.co.uk/cost", """<html lang="en-GB"><head><title>How much does a loft conversion cost? 2026 prices</title></head><body><h1>How much does a loft conversion cost?</h1><p>Published by Sam, 9 min read</p><p>A loft conversion for a 3 bedroom house costs £55,000 on average, or £1,500 per sq m. A 30 sq m loft adds a bedroom.</p></body></html>""", Expected(kind="other")),
    EvaluationPage("Search results whose state has many homes", "https://nuxt.example.ae/search", """<html lang="en"><head><title>Apartments for rent in Dubai Marina</title></head><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"listings":[{"id":1,"price":90000,"currency":"AED","bedrooms":1,"city":"Dubai","propertyType":"apartment"},{"id":2,"price":120000,"currency":"AED","bedrooms":2,"city":"Dubai","propertyType":"apartment"}]}}}</script></body></html>""", Expected(kind="other")),
]  # fmt: skip
