"""In the form of real pages, as `real_dev`, of other sites for the most part. First run after the
rules had been mended with `real_dev`; the figures of that run stand in docs/guide/facts.md."""

from tests.property.evaluation.page import EvaluationPage, Expected

PAGES = [
    EvaluationPage(
        "Broker's launch page: foreign title, call for price, a clubhouse in lac sq ft",
        "https://www.northgate-realty.example.com/meru-the-canopy-sector-61.php",
        """<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>Element One</title></head><body><nav class="navbar navbar-expand-lg"><a class="navbar-brand fw-bold" href="#"><img alt="Logo"> Northgate Associate</a><ul class="navbar-nav ms-auto"><li class="nav-item"><a class="nav-link" href="#overview">Overview</a></li><li class="nav-item"><a class="nav-link" href="#floorplan">Floor Plan</a></li></ul></nav>
<section id="overview" class="bg-light"><div class="container"><div class="row"><div class="col-md-6"><h2>About Meru THE Canopy</h2><p>Get ready to witness the launch of the most luxurious Project – <strong>MERU THE CANOPY</strong>, in Golf Course Extension Road, Sector 61, Gurgaon. This residential Project is developed by one of India’s biggest developers – Meru Group. It offers you 4 BHK ultra luxury apartments with lavish amenities. This luxury project is spread over 26* acres of land bank, 85% open and green space.</p><p><strong>Meru The Canopy</strong> is a new masterpiece. It offers an apartment with two open sides and wide balconies.</p><button class="btn btn-warning">Get Details →</button></div></div></div></section>
<section id="Features"><div class="container"><h2>Project Features</h2><ul style="list-style: none;"><li>🏢 <strong>Flexible Payment Plans (Possession till 2028)</strong></li><li>🌳 <strong>85% Open Space</strong></li><li>🌍 <strong>Golf Course Extension Road, Project Location</strong></li><li>🏰 <strong>1.15 Lac sq. ft – Clubhouse</strong></li><li>🏡 <strong>4BHK – Ultra Luxury Residences</strong></li><li>🏢 <strong>26* Acres Project, with 39 Story Five Towers</strong></li><li>🚠 <strong>12 Lifts per Tower</strong></li></ul></div></section>
<div class="modal fade" id="contactModal"><div class="modal-dialog"><h4>Contact Us</h4><form><input placeholder="👤 Your Name*"></form></div></div>
<section id="floorplan"><div class="container"><h2>Sizes &amp; Floor Plan</h2><table><thead><tr><th>Type</th><th>Carpet Area</th><th>PRICE</th></tr></thead><tbody><tr><td> 4 BHK + Utility</td><td>3812 SQ. FT</td><td>Call For Price</td></tr></tbody></table><button>Download Floor Plan</button></div></section>
<section id="amenities"><h2>Amenities</h2><div class="amenity-card highlighted"><p>Equipped Gym</p></div><div class="amenity-card"><p>Swimming Pool</p></div></section>
<section id="highlights"><h2>HIGHLIGHTS</h2><ul><li>🏢 <strong>Spread over 24 acres of land</strong></li><li>🏙️ <strong>5 High-rise Towers with (Ground + 39 Floors)</strong></li><li>🏢 <strong>Only 2 Apartments Per Floor</strong></li><li>📏 <strong>Floor to Ceiling Heights is 3.4 Mtrs.</strong></li></ul></section>
<section id="location"><h2>Location Advantages</h2><ul><li>🏢 <strong>200 metres from Tower Gurgaon</strong></li><li>🏨 <strong>500 metres from Grand Hotel</strong></li><li>🚉 <strong>4.6 km from Sector 55-56 Metro Station</strong></li></ul></section></body></html>""",
        Expected(
            bedrooms=(4, 4),
            size=(3812, "sq ft"),
            place=("Sector 61",),
            said={"possession": "2028"},
        ),
    ),
    EvaluationPage(
        "Floor plans drawn on the server: list data whose prices lost their lakh",
        "https://www.kestrelvistas.example.com/project/floorplans",
        """<!DOCTYPE html><html lang="en"><head><title>Floor Plans & Prices | Kestrel Vistas Sus, West Pune</title><script id="itemlist-schema" type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","name":"Kestrel Vistas — Luxury Residence Configurations & Floor Plans","numberOfItems":4,"itemListElement":[{"@type":"ListItem","position":1,"item":{"@type":"Product","name":"2 BHK Elite Deck Residence — Kestrel Vistas Sus","description":"Thoughtfully designed 2 BHK layout.","sku":"KV-2BHK-1","brand":{"@type":"Brand","name":"Kestrel Corp"},"aggregateRating":{"@type":"AggregateRating","ratingValue":"4.9","ratingCount":"310"},"offers":{"@type":"Offer","price":"88","priceCurrency":"INR","availability":"https://schema.org/InStock","url":"https://www.kestrelvistas.example.com/project/floorplans"}}},{"@type":"ListItem","position":2,"item":{"@type":"Product","name":"2 BHK Regal Deck — Kestrel Vistas Sus","offers":{"@type":"Offer","price":"104","priceCurrency":"INR"}}},{"@type":"ListItem","position":3,"item":{"@type":"Product","name":"3 BHK Signature Deck Residence — Kestrel Vistas Sus","offers":{"@type":"Offer","price":"153","priceCurrency":"INR"}}},{"@type":"ListItem","position":4,"item":{"@type":"Product","name":"4 BHK Duplex Sky Villa — Kestrel Vistas Sus","offers":{"@type":"Offer","price":"179","priceCurrency":"INR"}}}]}</script><script type="application/ld+json">{"@context":"https://schema.org","@type":"HowTo","name":"How to Buy a Luxury Flat in Pune at Kestrel Vistas Sus","step":[{"@type":"HowToStep","position":2,"name":"Choose Your Configuration","text":"Select from 2 BHK (from ₹88L*), 3 BHK (from ₹1.53 Cr*) or 4 BHK Duplex (from ₹1.79 Cr*)."},{"@type":"HowToStep","position":3,"name":"Verify MahaRERA Registration","text":"Confirm MahaRERA registration number PR1260002501999."}]}</script><script type="application/ld+json">{"@context":"https://schema.org","@type":"Event","name":"Kestrel Vistas Sus — Exclusive Site Visit","startDate":"2026-09-01T10:00:00+05:30","endDate":"2026-12-31T18:00:00+05:30","location":{"@type":"Place","name":"Kestrel Vistas Sus Sales Gallery","address":{"@type":"PostalAddress","streetAddress":"Sus Road","addressLocality":"Pune","addressRegion":"Maharashtra","postalCode":"411021","addressCountry":"IN"}},"offers":{"@type":"Offer","price":"0","priceCurrency":"INR"}}</script></head><body><div class="min-h-screen"><section class="pt-36 pb-20 text-center"><span class="uppercase">Architectural Schematics</span><h1 class="text-4xl">Exclusive Floor Plans</h1><p class="max-w-3xl">Explore authentic, RERA-approved 2, 3, 4 BHK duplex configurations at Kestrel Vistas Sus, Pune. Click any layout to examine high-resolution blueprints.</p><div class="flex flex-wrap"><button>All Configurations (4)</button><button>2 BHK Residences (2)</button><button>3 BHK Residences (1)</button><button>4 BHK &amp; Duplex (1)</button></div><div class="container mx-auto"><nav><a href="/">Home</a> / <span>Luxury Floor Plans</span></nav><div class="grid grid-cols-1">
<div class="bg-white rounded-2xl"><div class="h-72"><img alt="2 BHK Elite Deck Residence floor plan"><div class="absolute"><span>Enlarge Blueprint</span></div><div class="absolute bottom-3">652.40 sq.ft. Carpet</div></div><div class="p-6"><h3>2 BHK Elite Deck Residence</h3><p class="font-bold">₹88 Lakh* onwards</p><p class="text-gray-600">Thoughtfully designed 2 BHK layout maximizing living space with private deck.</p><div><span></span>Private scenic deck</div><button>View Blueprint</button><button>Price Breakup</button></div></div>
<div class="bg-white rounded-2xl"><div class="h-72"><div class="absolute bottom-3">741.00 sq.ft. Carpet</div></div><div class="p-6"><h3>2 BHK Regal Deck</h3><p class="font-bold">₹1.04 Cr* onwards</p><p>Premium 2 BHK deck home.</p><button>View Blueprint</button><button>Price Breakup</button></div></div>
<div class="bg-white rounded-2xl"><div class="h-72"><div class="absolute bottom-3">1,086.20 sq.ft. Carpet</div></div><div class="p-6"><h3>3 BHK Signature Deck Residence</h3><p class="font-bold">₹1.53 Cr* onwards</p><p>Signature 3-bedroom residence with 3 dedicated washrooms.</p><button>View Blueprint</button><button>Price Breakup</button></div></div>
<div class="bg-white rounded-2xl"><div class="h-72"><div class="absolute bottom-3">1,322.00 sq.ft. Carpet</div></div><div class="p-6"><h3>4 BHK Duplex Sky Villa</h3><p class="font-bold">₹1.79 Cr* onwards</p><p>Double-height ceiling duplex.</p><button>View Blueprint</button><button>Price Breakup</button></div></div></div></div></section><section><h2>EMI Calculator</h2><label>Loan Amount</label><output>₹ 1,00,00,000</output><p>Monthly EMI ₹ 86,782</p></section></div></body></html>""",
        Expected(
            bedrooms=(2, 4),
            parts={"2 BHK": 8_800_000, "3 BHK": 15_300_000, "4 BHK": 17_900_000},
            size_parts={"3 BHK": 1086.2, "4 BHK": 1322},
            place=("Sus", "Pune"),
        ),
    ),
    EvaluationPage(
        "Landing page all in main headings: price on request, others of the brand below",
        "https://www.marigold146.example.com/",
        """<html lang="en"><head><title>Marigold Properties</title></head><body><div id="root"><main><nav class="navbar fixed-top"><a class="navbar-brand" href="/">MARIGOLD PROPERTIES</a><ul class="navbar-nav"><li class="nav-item"><a href="#overview" class="btn-link">Overview</a></li><li class="nav-item"><a class="btn-link" href="#price">Price</a></li></ul></nav><section class="hero-section"><div class="branding-modal"><h1 class="branding-title-location">MARIGOLD 146 | NOIDA SEC-146</h1><h1 class="branding-title-specs"><span class="highlight">3/4 BHK</span> Ultra Luxury Apartments</h1><h1 class="branding-title-price">Price: On Request</h1><button class="floor-plan-item-btn">Enquire Now</button></div></section>
<section><div class="container"><h1 class="text-center section-header">Hot Project</h1><hr class="hr blue-hr"/><div class="row"><div class="col-lg-4"><div class="property-item"><div class="property-item-body"><div class="pt-3"><h1 class="property-name">MARIGOLD TROPIC ISLE</h1><h2 class="property-type">3 &amp; 4 BHK ULTRA LUXURY APARTMENTS</h2></div><hr/><div class="py-3"><h1 class="property-price">₹ 3.05 CR* ONWARDS</h1><h2 class="property-location">SECTOR 146, NOIDA</h2></div><button>Interested</button><a href="/project/Isle">View More</a></div></div></div><div class="col-lg-4"><div class="property-item"><div class="property-item-body"><div class="pt-3"><h1 class="property-name">MARIGOLD WOODS</h1><h2 class="property-type">2 &amp; 3 BHK APARTMENTS</h2></div><hr/><div class="py-3"><h1 class="property-price">₹ 1.65 CR* ONWARDS</h1><h2 class="property-location">SECTOR 43, NOIDA</h2></div><button>Interested</button><a href="/project/Woods">View More</a></div></div></div><div class="col-lg-4"><div class="property-item"><div class="property-item-body"><h1 class="property-name">MARIGOLD RESERVE</h1><h2 class="property-type">VILLA PLOTS</h2><h1 class="property-price">₹ 1.10 CR* ONWARDS</h1><h2 class="property-location">PANVEL</h2><button>Interested</button><a href="/project/Reserve">View More</a></div></div></div></div></div></section>
<section id="plans"><h1 class="section-header">Floor Plans</h1><div class="floor-plan-item"><h2>3 BHK</h2><p>2040 Sq.ft</p><button>Enquire</button></div><div class="floor-plan-item"><h2>4 BHK</h2><p>2780 Sq.ft</p><button>Enquire</button></div></section></main></div></body></html>""",
        Expected(
            bedrooms=(3, 4),
            size_parts={"3 BHK": 2040, "4 BHK": 2780},
            place=("146", "Noida", "NOIDA"),
        ),
    ),
    EvaluationPage(
        "Builder's page with a type sold out and a broken head of table",
        "https://casaluna.example.com/first-city",
        """<html><head><title>React App</title></head><body><div id="root"><div class="salient-features"><h2>Features</h2><h3>Casaluna First City</h3><ul><li>Starting from 37 lakhs</li><li>Premium 1, 2, 3 &amp; 4 BHK apartments</li><li>Located in Sholinganallur, Chennai</li></ul></div><form><label>Name:</label><input></form><h1>CONFIGURATION</h1><div class="configuration-box"><p>Market Price : ₹6500 / Sqft</p></div><div class="configuration-box"><p>Offer Price : ₹3699 / Sqft</p></div><h3>Elite Apartment</h3><table class="configuration-table"><thead><tr><th>BHK</th><th>UNIT TYPE</th><th>BUILT-UP AREA</th><th>PRICE PER SQ. FT.</th><th>PRICE RANGE</th></tr></thead><tbody><tr><td>1 BHK</td><td>Compact</td><td>672 Sqft - 829 Sqft	</td><td>Rs.3699/ Sqft	</td><td>Sold out
          </td></tr><tr><td>2 BHK</td><td>Regular</td><td>1001 Sqft - 1127 Sqft	</td><td>Rs 3699 / Sqft	</td><td>Rs.37 Lakhs onwards
              </td></tr><tr><td>3 BHK</td><td>Regular</td><td>1246 Sqft - 1518 Sqft	</td><td>Rs 3799 / Sqft	</td><td>Rs.47 Lakhs onwards</td></tr></tbody></table><h4>*Price mention is basic cost and Other Charges add this at last in table</h4><div class="section"><h3>Ultra Luxurious Apartment</h3><table class="configuration-table"><thread><tr><th>BHK</th><th>UNIT TYPE</th><th>BUILD-UP AREA</th><th>PRICE PER SQ. FT</th><th>PRICE RANGE</th></tr><tr><td>4 BHK</td><td>Floor villa</td><td>3561 Sqft - 3574 Sqft</td><td>Rs 3799 / Sqft</td><td>Rs.1.35 Cr onwards
          </td></tr></thread></table><h4>*Price mention is basic cost</h4></div><div class="project-overview"><h1>Experience awe in an amazing community!</h1><p>Casaluna First City is spread over 34 acres.</p><p>Rera No: TN/35/BUILDING/0288/2022</p></div><h1>KNOW YOUR COMMUNITY</h1></div></body></html>""",
        Expected(
            price=(3_700_000, None, "INR", ""),
            bedrooms=(2, 4),
            parts={"2 BHK": 3_700_000, "3 BHK": 4_700_000, "4 BHK": 13_500_000},
            size_parts={"2 BHK": 1001, "3 BHK": 1246, "4 BHK": 3561},
            place=("Sholinganallur",),
            said={"rera": "TN/35/BUILDING/0288/2022"},
        ),
    ),
    EvaluationPage(
        "Dubai template half filled in: seven bedrooms of an apartment of one to three",
        "https://www.houseseek.example.ae/property-details.php",
        """<html lang="en"><head><title>Dubai Off-Plan Properties for Sale | High ROI Deals</title><meta name="description" content="Explore top off-plan projects in Dubai. Access early-stage deals, flexible payment plans."><meta name="keywords" content="off plan 1 bhk apartment dubai, off plan 2 bhk apartment dubai, off plan developments under 1m dubai"><meta property="og:title" content="houseseek | Explore Properties, Real Estate Listings & Investment Opportunities"></head><body><div class="page-header-section"><div class="page-header-heading"><h2>Property Details</h2><p class="lead">Discover handpicked off-plan projects across Dubai.</p></div><ul class="breadcrumb"><li><a href="index.php">Home</a></li><li><span>Property Details</span></li></ul></div><section class="residential-services-section"><h2 class="residential-title heading-title"><span>An iconic residential presence</span></h2><p>We provide accurate valuations for apartments, villas, and townhouses.</p></section><section class="property-gallery-section"><h2 class="heading-title">The <span>Loom | Al Waha | Jumeirah Village Circle,</span> Dubai</h2><div class="property-descriptiondetails"><h4>About this Development</h4><p>Developed by Al Waha, The Loom is a charming new residential development nestled in the vibrant community of Jumeirah Village Circle (JVC), Dubai.</p><p>Offering a collection of impeccably designed 1, 2 and 3.5 bedroom apartments, The Loom is perfect for young professionals, couples, and families.</p></div></section><section class="amenities-section"><h2 class="section-title"><span>Amenities &amp; Features</span></h2><div class="listing-details"><h4 class="sub-title">Listing Details</h4><div class="row g-4"><div class="col-6"><div class="detail-item"><p class="label">Property ID</p><p class="value">7QF15R</p></div></div><div class="col-6"><div class="detail-item"><p class="label">MLS#</p><p class="value">LM-S-50420</p></div></div><div class="col-6"><div class="detail-item"><p class="label">Price</p><p class="value">$128,450,300</p></div></div><div class="col-6"><div class="detail-item"><p class="label">Property Type</p><p class="value">Apartments</p></div></div><div class="col-6"><div class="detail-item"><p class="label">Marketed By</p><p class="value">Example International Realty</p></div></div></div></div><div class="interior-details mt-4"><h4 class="sub-title">Interior</h4><div class="detail-item"><p class="label">Full Bathrooms</p><p class="value">9</p></div><div class="detail-item"><p class="label">Bedrooms</p><p class="value">7</p></div></div></section><section class="floorplans-section"><h2><span>Floor Plans</span></h2><div class="floorplan-tabs"><div class="floorplan-tab active"><h4>Studio Apartment</h4><p>44.1 to 46.2 sqm</p></div><div class="floorplan-tab"><h4>1 Bedroom Apartment</h4><p>71.3 to 74.0 sqm</p></div><div class="floorplan-tab"><h4>2 Bedroom Apartment</h4><p>107.8 to 110.5 sqm</p></div></div></section><footer><p>Office 901, Example Tower, Business Bay, Dubai. +971 4 000 0199</p></footer></body></html>""",
        Expected(
            price=(128_450_300, 128_450_300, "USD", ""),
            bedrooms=None,
            size_parts={"1 bedroom": 71.3, "2 bedrooms": 107.8},
            place=("Jumeirah Village Circle", "Dubai"),
            said={"amenities": None},
        ),
    ),
    EvaluationPage(
        "French agency in a glass box: price without a label, the price for the metre below",
        "https://www.cote-dargent-immo.example.fr/biens/villa-pins",
        """<!DOCTYPE html><html lang="fr"><head><title>Villa sous les pins — Côte d'Argent Immobilier</title></head><body><header><nav><a href="/">Accueil</a><a href="/#biens">Nos biens</a><a href="tel:+33500000112">05 00 00 01 12</a></nav></header><main class="bg-night text-ivory"><section class="grain relative flex"><div class="container-x"><a href="/#biens">← Tous les biens</a><div class="grid"><div><p class="eyebrow"><span></span>Maison · Lacanau · réf. CA-218</p><h1 class="font-display">Villa sous les pins</h1><p class="mt-5">À dix minutes de l'océan à vélo.</p></div><div class="glass rounded-2xl p-6"><p class="font-display text-[2.6rem]">685 000 €</p><p class="mt-1 text-xs">soit 4 724 € / m² · honoraires charge vendeur</p><dl class="mt-5 grid grid-cols-3"><div><dt>Surface</dt><dd>145 m²</dd></div><div><dt>Chambres</dt><dd>4</dd></div><div><dt>Terrain</dt><dd>1 150 m²</dd></div></dl><div><a href="#visite">Demander une visite</a><a href="tel:+33500000112">Appeler l'agence</a></div></div></div></div></section><section><p>12 photos · cliquez pour agrandir</p></section><section class="py-20"><p class="eyebrow">Le bien</p><h2>Vie de plain-pied.</h2><p>Séjour de 48 m² ouvert sur la terrasse, suite parentale, trois chambres et un bureau.</p><div class="grid"><div><p class="uppercase">Séjour</p><p class="font-display">48 m²</p></div><div><p class="uppercase">Suite</p><p class="font-display">19 m²</p></div></div><div class="flex"><span>Piscine 8 x 4</span><span>Garage double</span></div><div class="panel"><p class="eyebrow">Votre agence</p><h3>Lacanau<span>Médoc Atlantique</span></h3><span>4,9/5</span><span>· 212 avis</span></div><div class="panel"><p class="eyebrow">Vous avez un bien similaire ?</p><p>Sachez ce qu'il vaut aujourd'hui.</p></div></section><section id="visite"><h2>Organisons votre visite.</h2><form><input name="nom"></form></section><section class="border-t"><h2>Vous aimerez aussi</h2><ul class="grid"><li><a href="/biens/a"><span>412 000 €</span><p>Bordeaux</p><h3>Échoppe rénovée</h3><p>98 m² · 3 chambres</p></a></li><li><a href="/biens/b"><span>1 190 000 €</span><p>Arcachon</p><h3>Arcachonnaise</h3><p>180 m² · 5 chambres</p></a></li></ul></section></main></body></html>""",
        Expected(
            price=(685_000, 685_000, "EUR", ""),
            bedrooms=(4, 4),
            size=(145, "sq m"),
            place=("Lacanau",),
        ),
    ),
    EvaluationPage(
        "Indian portal theme: boxes with small headings, the rupee as an icon, room lists",
        "https://www.gharfinder.example.in/property/saras-elegance/",
        """<html lang="en-US"><head><title>Saras Elegance | GharFinder</title></head><body><div class="developer-menu top-dev-menu"><ul><li><a href="#details" class="active"><span>DETAILS</span></a></li><li><a href="#flats"><span>CATAGORY</span></a></li><li><a href="#line_chart"><span>MARKET</span></a></li></ul></div><div class="col-md-9"><div class="property-detail developer-details"><div class="row" id="details"><div class="tamp_title"><div class="row"><div class="col-md-4"><h2 class="pro_tl">Saras Elegance</h2></div><div class="col-md-4 text-center"><div class="address_tag">Shela, Ahmedabad</div></div><div class="col-md-4 top_tena_price"></div></div></div><div class="about_cont"><div class="section-title"><h2><span>About Saras Elegance</span></h2></div><p>Saras Elegance is a beyond lifestyle apartment scheme.</p></div><div class="row as_flats"><div class="project-spec-details"><div class="col-md-2 about_box_tl"><h6>ADDRESS</h6><div class="abtn_icon"></div><p>Nr. Club O7 Road, Shela, Ahmedabad</p></div><div class="col-md-2 about_box_tl"><h6>CONFIGURATIONS</h6><div class="abtn_icon"></div><p>2 &amp; 3 BHK</p></div><div class="col-md-2 about_box_tl"><h6>STARTING PRICE</h6><div class="abtn_icon"></div><p><i class="icon-rupee"></i> 58 Lacs</p></div><div class="col-md-2 about_box_tl"><h6>BUILTUP AREA</h6><div class="abtn_icon"></div><p>1260 - 1815 Sq Ft</p></div><div class="col-md-2 about_box_tl"><h6>BLOCKS</h6><div class="abtn_icon"></div><p>7</p></div><div class="col-md-2 about_box_tl"><h6>POSSESSION</h6><div class="abtn_icon"></div><p itemprop="releaseDate">June 2027</p></div></div></div></div>
<div class="row as_flats about_cont" id="flats"><div class="section-title"><h2><span>Configuration Available Saras Elegance</span></h2></div><div class="col-md-12 text-center mr_50"><h3>2 BedRoom Apartment</h3><p class="cate_cont room-bto">It is indeed a place to taste luxury everywhere.</p><div class="price_right"><i class="fa fa-inr fa-1x"></i> 58 Lacs</div><ul class="room_details"><li class="">Leaving room</li><li class="fade-text">Servant room</li><li class="">Kitchen</li><li class="">Balconies</li></ul></div><div class="col-md-12 text-center mr_50"><h3>3 BedRoom Apartment</h3><p class="cate_cont room-bto">It is indeed a place to feel luxury.</p><div class="price_right"><i class="fa fa-inr fa-1x"></i> 83 Lacs</div><ul class="room_details"><li class="">Leaving room</li><li class="">Servant room</li></ul></div></div><div id="line_chart"><h2>Market</h2><p>Average rate in Shela ₹ 4,650 per sq ft</p></div></div></div></body></html>""",
        Expected(
            price=(5_800_000, None, "INR", ""),
            bedrooms=(2, 3),
            size=(1260, "sq ft"),
            place=("Shela",),
            said={"possession": "June 2027"},
        ),
    ),
    EvaluationPage(
        "Hyderabad portal: base and all-inclusive prices, the panel that repeats them",
        "https://www.infrahub.example.in/projects/vaarahi-pinnacle",
        """<html lang="en"><head><title>Vaarahi Pinnacle, Tellapur | InfraHub</title></head><body><div class="bg-offwhite pb-16"><nav class="mb-4"><a href="/">Home</a><span>›</span><a href="/projects">Projects</a><span>›</span><span>Apartments</span><span>›</span><span>Vaarahi Pinnacle</span></nav><div class="pdp-grid"><div class="min-w-0"><div class="pdp-gallery-main"><span>🏢 Apartment Project</span><span class="infra-proj-badge">Under construction</span><span class="infra-proj-badge b-teal">RERA Verified</span><span class="infra-proj-badge">Zero Brokerage</span></div><div class="mb-3.5"><div class="flex"><div class="min-w-0"><span class="infra-proj-badge">Apartment Project</span><span class="infra-proj-badge">RERA ✓</span><h1>Vaarahi Pinnacle</h1><div class="mt-1.5">Tellapur, Hyderabad</div><p>By <strong>Vaarahi Constructions</strong> · RERA: P01100008123 · Ref: IH-APT-119</p></div><div class="shrink-0 text-right"><div class="uppercase">Starting from</div><div class="text-[28px]">₹82 L</div><div class="text-xs">₹6,300 / sq ft</div></div></div><div class="pdp-key-stats mt-4"><div><div class="proj-stat-label">Configs</div><div class="proj-stat-val ">2 &amp; 3 BHK</div></div><div><div class="proj-stat-label">Total units</div><div class="proj-stat-val ">386</div></div><div><div class="proj-stat-label">Possession</div><div class="proj-stat-val text-hz-amber">Dec 2027</div></div><div><div class="proj-stat-label">Towers / Floors</div><div class="proj-stat-val ">4 towers · G+19</div></div></div></div>
<div class="mb-3.5"><div class="divider"><span>i</span><span>About this project</span></div><p>Gated community on 5.2 acres with a 30,000 sq ft clubhouse.</p></div><div class="mb-3.5"><div class="divider"><span>⌂</span><span>Configurations &amp; pricing</span></div><div class="pdp-config-table-wrap"><table><thead><tr><th>Type</th><th>Carpet area</th><th>Base price</th><th>All-inclusive</th><th>Availability</th></tr></thead><tbody><tr><td><span class="infra-proj-chip">2 BHK</span></td><td>935 sq ft</td><td>₹82 L</td><td>₹94 L</td><td>41 left</td></tr><tr><td><span class="infra-proj-chip">3 BHK</span></td><td>1,290 sq ft</td><td>₹1.14 Cr</td><td>₹1.29 Cr</td><td>18 left</td></tr></tbody></table></div></div><div class="mb-3.5"><div class="divider"><span>📅</span><span>Construction progress</span><span>46% complete</span></div><div class="ms-row">Structure · Mar 2026</div><div class="ms-row">Handover · Dec 2027</div></div><div><div class="divider"><span>FAQs</span></div><button>Is a home loan available?</button><p>Yes, up to 85% from 6 banks.</p></div></div>
<div class="pdp-sticky-panel"><div class="rounded-xl"><div class="uppercase">Starting from</div><div class="text-[28px]">₹82 L</div><div>₹6,300 / sq ft · 2 &amp; 3 BHK</div><div>Possession: Dec 2027 · 59 units remaining</div><button>Enquire &amp; book site visit</button></div><div class="rounded-xl"><div>Trust &amp; verifications</div><div><span>✓</span><span>RERA registered</span><span>P01100008123</span></div><div><span>✓</span><span>6 banks approved</span></div></div><a href="https://wa.me/919800000770">Chat on WhatsApp</a></div></div></div></body></html>""",
        Expected(
            price=(8_200_000, None, "INR", ""),
            bedrooms=(2, 3),
            size_parts={"2 BHK": 935, "3 BHK": 1290},
            place=("Tellapur",),
            said={
                "rera": "P01100008123",
                "possession": "December 2027",
                "developer": "Vaarahi Constructions",
            },
        ),
    ),
    EvaluationPage(
        "UK listing rewritten by a data site: key-value table, price against local average",
        "https://listings.example.co.uk/listings/bb17c2a",
        """<html lang="en"><head><title>3 bedroom semi-detached house for sale (CH7 4XX)</title></head><body><h1>3 bedroom semi-detached house for sale (CH7 4XX)</h1><h2>Property Details</h2><table><thead><tr><th>Key</th><th>Value</th></tr></thead><tbody><tr><td>Address</td><td>Mill Bank Close, Buckley, CH7, CH7 4XX</td></tr><tr><td>Price</td><td>£242,500</td></tr><tr><td>Bedrooms</td><td>3</td></tr><tr><td>Bathrooms</td><td>2</td></tr><tr><td>Council tax</td><td>C</td></tr></tbody></table><h2>Description</h2><p>Offered to the market with no onward chain, this well presented three bedroom house provides spacious and practical accommodation throughout.</p><p>Externally, the property benefits from a good size side garden, along with a driveway.</p><h2>Floorplans</h2><p>All</p><h2>Price vs local average</h2><p><em>Outcode + property type (HousePrices, last 2 years).</em></p><ul><li><strong>Local average:</strong> £208,410 (61 Semi-detached sales)</li><li><strong>This listing:</strong> 16% above average</li></ul><h2>Sold nearby</h2><table><thead><tr><th>Date</th><th>Address</th><th>Price</th></tr></thead><tbody><tr><td>2025-11-02</td><td>4 Mill Bank Close</td><td>£231,000</td></tr><tr><td>2025-08-19</td><td>11 Mill Bank Close</td><td>£219,950</td></tr></tbody></table><h2>Rental estimate</h2><p>£1,050 pcm, gross yield 5.2%</p></body></html>""",
        Expected(
            price=(242_500, 242_500, "GBP", ""),
            bedrooms=(3, 3),
            place=("Mill Bank Close", "Buckley"),
        ),
    ),
    EvaluationPage(
        "Chennai builder: rooms in the data are words, no price anywhere",
        "https://www.pavithra-homes.example.com/project/temple-greens",
        """<!DOCTYPE html><html lang="en"><head><title>Temple Greens | Premium 3 BHK Villa in Padur | Pavithra Construction</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Home","item":"https://www.pavithra-homes.example.com"},{"@type":"ListItem","position":2,"name":"Works","item":"https://www.pavithra-homes.example.com/projects"},{"@type":"ListItem","position":3,"name":"Temple Greens"}]}</script><script type="application/ld+json">{"@context":"https://schema.org","@type":"RealEstateListing","name":"Temple Greens | Premium 3 BHK Villa in Padur","description":"Explore Temple Greens, a premium 3 BHK villa project located in Padur by Pavithra Construction.","url":"https://www.pavithra-homes.example.com/project/temple-greens","image":"https://www.pavithra-homes.example.com/img/tg.jpg","about":{"@type":"SingleFamilyResidence","name":"Temple Greens","address":{"@type":"PostalAddress","addressLocality":"Padur","addressRegion":"Chennai, Tamil Nadu","addressCountry":"IN"},"numberOfRooms":"3 BHK"}}</script></head><body><header><a href="/">Pavithra</a><nav><a href="/projects">Works</a><a href="/contact">Contact</a></nav></header><div class="min-h-screen pt-[160px]"><nav><a href="/">Home</a> / <a href="/projects">Works</a> / <span>Temple Greens</span></nav><h1>Temple Greens</h1><p>Padur, OMR</p><div class="grid"><div><span>Status</span><span>Completed</span></div><div><span>Type</span><span>3 BHK Villa</span></div><div><span>Built-up area</span><span>1,850 sq.ft</span></div><div><span>Units</span><span>12</span></div></div><p>Twelve villas around a tank, finished in 2024.</p><h2>More of our work</h2><div class="grid"><a href="/project/a"><h3>Lotus Row</h3><p>4 BHK Villa · Kelambakkam</p></a><a href="/project/b"><h3>Palm Row</h3><p>2 BHK Apartment · Navalur</p></a></div></div><footer><p>No. 8, Example Street, Adyar, Chennai 600020 · +91 44 0000 0188</p></footer></body></html>""",
        Expected(
            bedrooms=(3, 3),
            size=(1850, "sq ft"),
            place=("Padur",),
        ),
    ),
    EvaluationPage(
        "Plots before launch: sizes in feet, price large, a RERA number of a new kind",
        "https://www.silverleafplots.example.in/",
        """<html lang="en"><head><title>Silverleaf Plots Sarjapur - Pre Launch</title></head><body><header><a href="#home">Silverleaf</a><a href="tel:+918000000233">080 0000 0233</a></header><section id="home"><div class="grid"><div class="rounded-md"><h1 class="text-3xl">Silverleaf Meadows</h1><p>Sarjapur - Attibele Road, Bangalore</p><div class="rounded-b-md"><p class="font-bold text-primary">Pre Launching Residential Plots</p><p class="text-sm">Avail Special Launch offers Limited Units Only</p></div></div><div class="mt-6 text-center"><p class="font-semibold">30X40, 30X50, 40X60 Plots</p><p class="text-4xl font-bold">₹ 1.12 Cr* Onwards</p><button>Enquire Now</button><p class="text-xs">Rera: PR/120326/009144</p></div></div></section><section><h2>Project Overview</h2><ul><li>Land Area: 31 Acres</li><li>Total Plots: 420</li><li>Clubhouse: 22,000 sq.ft</li><li>Possession: Dec 2028</li></ul></section><section><h2>Price</h2><table><thead><tr><th>Dimension</th><th>Plot Area</th><th>Price</th></tr></thead><tbody><tr><td>30X40</td><td>1200 Sq.ft</td><td>₹ 1.12 Cr*</td></tr><tr><td>30X50</td><td>1500 Sq.ft</td><td>₹ 1.40 Cr*</td></tr><tr><td>40X60</td><td>2400 Sq.ft</td><td>On Request</td></tr></tbody></table></section><footer><p>Agent RERA: PRM/KA/RERA/1251/446/AG/230101/003500</p></footer></body></html>""",
        Expected(
            price=(11_200_000, None, "INR", ""),
            place=("Sarjapur",),
            said={"rera": "PR/120326/009144", "possession": "December 2028"},
        ),
    ),
    EvaluationPage(
        "Plotted layout in one line with dots: a rate for the yard and no price",
        "https://www.hariomvatika.example.in/projects/shanti-vatika",
        """<!DOCTYPE html><html lang="en"><head><title>Shanti Vatika - The Private Retreat</title></head><body><header><nav><a href="/">Home</a><a href="/projects">Projects</a></nav></header><main class="max-w-4xl mx-auto"><div class="mb-8"><img alt="Shanti Vatika - The Private Retreat"></div><h1 class="text-3xl">Shanti Vatika - The Private Retreat</h1><p class="text-sm">100–250 sq.yd • Ownership: Freehold • Price: ₹15900 Per sq/yard onwards • Status: Ready-to-develop</p><div class="prose"><p>Shanti Vatika is a calm, family-friendly residential layout on Mathura Road, Vrindavan, designed for buyers who want everyday convenience without the city rush.</p><h2>Highlights</h2><ul><li>30 ft and 40 ft motorable roads</li><li>Temple, park and 5,000 sq ft community hall</li></ul><h2>Nearby</h2><ul><li>Railway station - 4 km</li></ul></div><a href="https://wa.me/919800000888">WhatsApp</a></main></body></html>""",
        Expected(place=("Vrindavan", "Mathura"), said={"price_per_area": "15,900"}),
    ),
    EvaluationPage(
        "Nothing but data: a letting whose price has no currency",
        "https://www.lettings.example.co.uk/to-rent/details/7",
        """<html><head><script type="application/ld+json">
{
  "@context": "https://schema.org",
  "@type": "Residence",
  "address": {
    "streetAddress": "14 Example Street",
    "postalCode": "L1 9ZZ"
  },
  "numberOfRooms": 2,
  "offers": {
    "price": 1150
  },
  "url": "https://www.lettings.example.co.uk/to-rent/details/7"
}
</script></head><body></body></html>""",
        Expected(bedrooms=(2, 2), place=("Example Street",)),
    ),
    EvaluationPage(
        "Luxury broker's list of projects, each a link",
        "https://www.residencesluxe.example.in/projects",
        """<html><head><title>Projects in Gurgaon | Residences Luxe</title></head><body><section class="project-list"><div class="container-fluid"><div class="inner-project-list"><div class="project-list-item"><a href="/amaltas/" class="project-link"><div class="proj_list"><h2>Meru The Amaltas</h2><p>Sector 42, Golf Links, Gurgaon</p><h4>7100 - 15500 Sq. Ft.<br> Price by Invitation</h4></div></a></div><div class="project-list-item"><a href="/peak/" class="project-link"><div class="proj_list"><h2>Meru The Peak</h2><p>Sector 54, Gurgaon</p><h4>2690 Sq. Ft.* Onwards<br> 3 &amp; 4 BHK @ 9.20 Cr*</h4></div></a></div><div class="project-list-item"><a href="/magnus/" class="project-link"><div class="proj_list"><h2>Meru Magnus</h2><p>Sector 42, Golf Course Road, Gurgaon</p><h4>6200 Sq. Ft.* Onwards<br> Price by Invitation</h4></div></a></div></div></div></section></body></html>""",
        Expected(kind="index"),
    ),
    EvaluationPage(
        "Pune tower sold in its own word for bedrooms, figures in questions",
        "https://www.pebblepark.example.com/",
        """<html lang="en"><head><title>Pebble Park Bavdhan | 2 & 3 RLK Homes</title><meta name="description" content="2 and 3 RLK homes from 782 to 1,236 sq.ft carpet at Pebble Park, Bavdhan, Pune."></head><body><header><a href="#home">Pebble Park</a></header><section id="home"><h1>Pebble Park</h1><p>Bavdhan, Pune West</p><p>2 &amp; 3 RLK Homes · 782 - 1,236 sq.ft carpet</p><p>Starting ₹ 94 L* (All Inclusive)</p><button>Book a site visit</button></section><section><h2>Layouts</h2><div><h3>Optima 2 RLK</h3><p>782 sq.ft carpet</p></div><div><h3>Ultima 2 RLK</h3><p>861 sq.ft carpet</p></div><div><h3>Grande 3 RLK</h3><p>1,236 sq.ft carpet</p></div></section><section class="faq"><h2>FAQs</h2><h3>What is the RERA registration number for Pebble Park?</h3><p>Pebble Park is registered under MahaRERA No. PR1261012600999.</p><h3>What configurations are available at Pebble Park?</h3><p>Pebble Park offers 2 and 3 RLK homes ranging from 782 to 1,236 sq.ft carpet area.</p></section><footer><p>MahaRERA No. <span>PR1261012600999</span></p><p>This page is operated by Muster Realty, an authorised channel partner (A51900000199). +91 98000 00919</p></footer></body></html>""",
        Expected(
            price=(9_400_000, None, "INR", ""),
            bedrooms=(2, 3),
            size=(782, "sq ft"),
            place=("Bavdhan",),
            said={"rera": "PR1261012600999"},
        ),
    ),
    EvaluationPage(
        "UK auction house: sold, told only in the data's description",
        "https://www.severnauctions.example.co.uk/property-details/33061999/st-marks-road",
        """<html lang="en-GB"><head><title>St. Marks Road, Easton, Bristol | Severn Auctions</title><script type="application/ld+json">{"@context":"https://schema.org/","@type":"Residence","description":"FOR SALE BY AUCTION - This property is due to feature in our online auction on 25 April 2026 at 6.00pm. SUMMARY - SOLD FOR £327,000."}</script></head><body><header><a href="/">Severn Auctions</a><a href="/results">Results</a></header><div class="card"><div class="card-title"><h1>St. Marks Road, Easton,<br>Bristol, BS5 6XX</h1><h2 class="black">Sold at Auction for £327,000</h2></div><ul><li>Guide Price £260,000</li><li>April 2026 Auction</li><li>Well-presented mid-terraced period house</li><li>Two double bedrooms</li></ul></div><section><h3>Buyer's Premium</h3><p>£1,500 inc. VAT payable on exchange</p></section></body></html>""",
        Expected(bedrooms=(2, 2), place=("Easton", "Bristol")),
    ),
    EvaluationPage(
        "French chain of agencies: rooms of which bedrooms, options and charges about",
        "https://www.selogis.example.fr/annonces/achat/appartement/paris-15eme/188.htm",
        """<html lang="fr"><head><title>Vente appartement 3 pièces 63 m² Paris 15ème - 362 000 €</title></head><body><main><section class="summary"><h1>Appartement 3 pièces à vendre</h1><p>Paris 15ème (75015)</p><p class="price">362 000 € <span>5 746 €/m²</span></p><ul class="tags"><li>63 m²</li><li>3 pièces dont 2 chambres</li><li>Étage 5/7</li></ul></section><section><h2>Description</h2><p>Bel appartement lumineux au calme sur cour. Comprend un séjour de 25m², une cuisine séparée, 2 chambres. Parking en option (28 000 €). Cave. Terrasse de 10m².</p></section><section><h2>Le bien en détail</h2><ul><li>1 salle de bains</li><li>Ascenseur</li><li>Année de construction : 1975</li><li>Taxe foncière : 870 €</li><li>Charges mensuelles : 185 €</li></ul></section><section><h2>Prix de l'immobilier à Paris 15ème</h2><p>Prix moyen 9 240 €/m²</p></section><button>Contacter l'agence</button></main></body></html>""",
        Expected(
            price=(362_000, 362_000, "EUR", ""),
            bedrooms=(2, 2),
            size=(63, "sq m"),
            place=("Paris",),
        ),
    ),
]
