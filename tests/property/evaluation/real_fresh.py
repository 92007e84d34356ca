"""In the form of real pages of sites that neither `real_dev` nor `real_held_back` has. Written after
both had been mended, and first run then; the figures stand in docs/guide/facts.md."""

from tests.property.evaluation.page import EvaluationPage, Expected

PAGES = [
    EvaluationPage(
        "Canadian pre-construction site: microdata whose price says from",
        "https://www.thebluepin.example.ca/new-condos/harbour-lane-towns",
        """<!DOCTYPE html><html lang="en"><head><title>Harbour Lane Towns | New Townhomes in Oakville | The Blue Pin</title></head><body><div id="project-profile" data-profile-info='{ "precon_id": "991", "property_price": "729900" }' class=""><span itemscope="" itemtype="http://schema.org/SingleFamilyResidence"><span itemprop="address" itemscope="" itemtype="http://schema.org/PostalAddress"><meta itemprop="streetAddress" content="2200 Example Line" /><meta itemprop="addressLocality" content="Oakville" /><meta itemprop="addressRegion" content="Ontario" /></span></span><div itemtype="http://schema.org/Product" itemscope=""><meta itemprop="name" content="Harbour Lane Towns" /><div itemprop="offers" itemscope="" itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="CAD" /><meta itemprop="price" content="From $729,900" /></div></div><section class="title"><h1>Harbour Lane Towns</h1><p class="sub">2200 Example Line, Oakville, Ontario</p><ul class="stats"><li>From $729,900</li><li>3 - 4 Beds</li><li>1,480 - 2,115 sqft</li><li>Occupancy: Spring 2027</li></ul></section><section><div class="content floating-cta"><div class="h2 attached-cta-question">Get the latest floor plans and unit pricing.</div><a href="#" class="button red">SEND ME PLANS AND PRICING</a></div></section><section id="floor-plans"><h2>Floor Plans</h2><table><thead><tr><th>Plan</th><th>Beds</th><th>Baths</th><th>Size</th><th>Price</th></tr></thead><tbody><tr><td>Anchor</td><td>3</td><td>2.5</td><td>1,480 sqft</td><td>$729,900</td></tr><tr><td>Beacon</td><td>4</td><td>3.5</td><td>2,115 sqft</td><td>$954,900</td></tr></tbody></table></section><section><div id="similar-properties" class="columns packed"><a href="/new-condos/a">Lake Lofts From $489,900</a></div></section><div class="mortgages"><h2>Mortgage Calculator</h2><p>$3,412 / month</p></div><div class="disclaimer">* This website is not intended to solicit buyers.</div></div></body></html>""",
        Expected(
            price=(729_900, None, "CAD", ""),
            bedrooms=(3, 4),
            size=(1480, "sq ft"),
            place=("Oakville",),
        ),
    ),
    EvaluationPage(
        "Indian rental from an admin's template: strong labels, dates of all sorts, two areas",
        "https://www.leasedesk.example.in/property/skyline-heights-1204",
        """<html lang="en"><head><title>Skyline Heights 1204 - LeaseDesk</title></head><body><section class="page-title"><h1>Skyline Heights, Flat 1204</h1><p><i class="fa fa-map-marker"></i> Hiranandani Estate, Thane West</p></section><div class="row"><div class="col-md-8"><h4 class="price">Rs. 48,000 <small>/ month</small></h4><div class="col-md-6 mb-3"><h5 class="text-success font-bold mb-4"><u>Property Details</u></h5><p class="mb-3"><strong>Configuration:</strong> 2 BHK</p><p class="mb-3"><strong>Furnishing:</strong> Semi Furnished</p><p class="mb-3"><strong>Security Deposit:</strong> Rs. 2,00,000</p><p class="mb-3"><strong>Lock in:</strong> 11 months</p></div><div class="col-md-6 mb-3"><h5><u>Parking Details</u></h5><p class="mb-3"><strong>Covered Parking:</strong> 1</p><p><strong>Open Parking:</strong> 0</p></div><div class="col-md-6 mb-3"><h5 class="text-success"><u>Floor Details</u></h5><p class="mb-3"><strong>Carpet Area:</strong> 712 Sq.ft</p><p class="mb-3"><strong>Super Built-up Area:</strong> 1025 Sq.ft</p></div><div class="row"><div class="col-lg-6"><strong class="mb-3">Fire Safety Dates</strong><br><br><p class="mb-2">Start : 2026-01-01</p><p class="mb-2">End : 2026-12-31</p></div></div></div><div class="col-md-4"><h5>Contact owner</h5><p>Call 98000 00277</p></div></div></body></html>""",
        Expected(
            price=(48_000, 48_000, "INR", "month"),
            bedrooms=(2, 2),
            size=(712, "sq ft"),
            place=("Thane",),
        ),
    ),
    EvaluationPage(
        "Pakistani portal: currency drawn by a style, text copied from another house",
        "https://www.gharlelo.example.pk/property/5-marla-house-7781",
        """<html lang="en"><head><title>GharLeLo</title></head><body><main class="flex flex-col items-center"><section class="details mt-[32px] grid w-full"><div class="details"><h1 class="text-[22px] font-medium text-accentRed">5 Marla House For Sale</h1><p class="mt-[10px] flex items-center"><img src="/icons/location-filled.png" alt="Location icon"/>Gulrez Housing, Rawalpindi</p></div><h2 class="text-right before:content-['PKR']">1.65 Crore</h2><div class="actions"><a href=""><span class="hidden lg:inline">Call</span></a><a href="/booking"><span class="hidden lg:inline">Booking</span></a></div></section><section><h2>About this property</h2><p>Posted on June 24, 2026</p><div class="features flex"><div class="feature grid"><img src="/icons/bedroom-dark-icon.png" alt="Bathroom Icon"/><p>3 Bedrooms</p></div><div class="feature grid"><img src="/icons/bath.png" alt="Bath Icon"/><p>4 Bathrooms</p></div><div class="feature grid"><p>1 Garage</p></div></div></section><section><h2>14 Marla House For Sale in G-13/3, Islamabad</h2><p>A grand 14 marla house for sale in G-13/3, Islamabad. It comprises of 6 bedrooms, 7 washrooms, spacious TV lounge, drawing &amp; dining room, servant quarter.</p></section><section><h2>Features</h2><ul><li>Gas</li><li>Water</li><li>Near park</li></ul></section></main></body></html>""",
        Expected(
            price=(16_500_000, 16_500_000, "PKR", ""),
            bedrooms=(3, 3),
            place=("Rawalpindi",),
        ),
    ),
    EvaluationPage(
        "Indian portal's project: range over its label, fourteen plans on request",
        "https://www.acrespot.example.in/vela-woods-kondapur-hyderabad-npxid-r402",
        """<html lang="en"><head><title>Vela Woods Kondapur Hyderabad | Price List, Floor Plan | AcreSpot</title></head><body><div class="topnav"><a href="/buy">Buy</a><a href="/rent">Rent</a><a href="/new">New Projects</a></div><div class="container-fluid"><p class="m-2">Home › Projects in Hyderabad › Kondapur › Vela Woods</p><div class="container-fluid d-flex mt-4"><div class="card-text mx-3 mt-2"><h5 class="fw-bold">Vela Woods <span></span></h5><span class="text-secondary">Kondapur, Hyderabad</span></div></div><div class="mt-3"><button>RERA</button><button>No Brokerge</button><button>3D FLOOR PLANS Available</button><button>+40 Top Facilities</button></div><div class="mt-3" id="construction"><div class="card border-0 p-4"><p class="fs-6">CONSTRUCTION STATUS</p><div class="d-flex"><div><h5>Ready To Move</h5><p class="fw-lighter">Since Jan, 2024</p></div></div></div></div><div class="mt-5"><div class="mt-2"><h5 class="fw-bold">₹ 7.2 - 8.15 Cr <span class="text-primary fs-6 ">+ Charges</span></h5><p class="text-secondary">PRICE RANGE</p></div><div><p>4 BHK Villa</p><div class="card w-50 shadow border-0"><div class="p-2"><span class=" m-2"><span>4 BHK</span> <span class="text-secondary">Villa</span></span></div><div class="card-text p-2"><p class="m-2 ">Built-up Area</p><p class="m-2">4110 - 4390 sq.ft.<span class="text-secondary">(381.83 - 407.84 sq.m.)</span></p><p class="m-2">₹ 7.2 - 8.15 Cr <span class="text-primary">+ Charges</span></p></div></div></div><div class="mt-5"><h5>Floor Plans &amp; Pricing</h5><button>4 BHK Villa</button></div></div><div id="slider" class="mt-3"><p class="text-secondary">14 Floor Plans Available</p><div class="hello"><div class="card m-1 p-2"><div class="txt mx-auto"><p class="text-center">4110 sq.ft. <span class="text-secondary">(381.83 sq.m.)</span><br/><span>Built-up Area | 4 BHK</span> </p></div><div class="card-body"><div class="card-text"><h5>Price on request</h5></div></div></div><div class="card m-1 p-2"><div class="txt mx-auto"><p class="text-center">4238 sq.ft. <span class="text-secondary">(393.72 sq.m.)</span><br/><span>Built-up Area | 4 BHK</span> </p></div><div class="card-body"><div class="card-text"><h5>Price on request</h5></div></div></div><div class="card m-1 p-2"><div class="txt mx-auto"><p class="text-center">4390 sq.ft. <span class="text-secondary">(407.84 sq.m.)</span><br/><span>Built-up Area | 4 BHK</span> </p></div><div class="card-body"><div class="card-text"><h5>Price on request</h5></div></div></div></div></div><div class="mt-4"><h5>Price Trends</h5><p>Avg. price in Kondapur ₹ 8,950/sq.ft</p></div></div></body></html>""",
        Expected(
            price=(72_000_000, 81_500_000, "INR", ""),
            bedrooms=(4, 4),
            size=(4110, "sq ft"),
            place=("Kondapur",),
            said={"amenities": None, "possession": "eady"},
        ),
    ),
    EvaluationPage(
        "Developer's microsite without a price: registrations by phase, a long sentence of place",
        "https://www.luminaria-gurgaon.example.com/",
        """<html lang="en"><head><title>Luminaria | Meridian Lifespaces</title><meta name="description" content="Luminaria by Meridian Lifespaces: 3 and 4 BHK residences at Golf Course Extension Road, Gurugram."></head><body><header><a href="#overview">Overview</a><a href="#residences">Residences</a></header><section class="hero"><h1>LUMINARIA</h1><h3>3 &amp; 4 BHK Residences</h3><p>Ready to move in</p></section><section id="residences"><h2>Residences</h2><div class="unit"><h4>3 BHK + S</h4><p>Super area: 3,105 sq. ft.</p></div><div class="unit"><h4>4 BHK + S</h4><p>Super area: 3,810 sq. ft.</p></div></section><section class="disclaimer"><p>The amenities on offer include a fully functional clubhouse, landscaped gardens and more. An IGBC pre-certified Platinum-rated project, Luminaria features wraparound balconies, corner homes, and a private lift lobby. Come, experience a prestigious life at Sector 57, Golf Course Extension Road, Gurugram, India.</p><p class="disclaimer_text">HRERA Registration no. <strong>Phase 1 – 51 of 2018, Phase 2 – 49 of 2018 and Phase 3-21 of 2023</strong> available on</p><p class="disclaimer_text"><a href="https://haryanarera.gov.in">https://haryanarera.gov.in</a></p></section><footer><p>Corporate office: Meridian House, Worli, Mumbai 400018</p></footer></body></html>""",
        Expected(
            bedrooms=(3, 4),
            size_parts={"3 BHK": 3105, "4 BHK": 3810},
            place=("Golf Course Extension", "Sector 57"),
        ),
    ),
    EvaluationPage(
        "Dubai broker's page from a data file: cards of facts, instalments, distances",
        "https://www.dunesandkeys.example.com/properties/apartments/amber/opal",
        """<html lang="en"><head><title>Amber Opal Apartments for Sale in JVC | Amber Developments</title><meta name="description" content="Amber Opal offers 1, 2 & 3 bedroom apartments in Jumeirah Village Circle (JVC). Starting from AED 1.092M with handover Q4 2027."><meta name="keywords" content="Amber Opal, apartments for sale in JVC"></head><body><header><a href="/">Dunes &amp; Keys</a><a href="/properties">Properties</a></header><section class="hero"><h1>Amber Opal</h1><p>Amber Developments</p></section><section class="facts"><div><span>Starting price</span><strong>AED 1,092,000</strong></div><div><span>Handover</span><strong>Q4 2027</strong></div><div><span>Payment plan</span><strong>50% / 50%</strong></div><div><span>Units</span><strong>1, 2 &amp; 3 Bedroom Apartments</strong></div><div><span>Location</span><strong>Jumeirah Village Circle (JVC)</strong></div><div><span>Status</span><strong>Off-plan</strong></div></section><section><h2>AMBER OPAL — MODERN LIVING IN JVC</h2><p>Amber Opal is a contemporary residential development located in the heart of Jumeirah Village Circle, designed for comfortable urban living.</p></section><section><h2>Payment plan</h2><div><b>10%</b><span>Down payment, AED 109,200</span></div><div><b>40%</b><span>During construction</span></div><div><b>50%</b><span>On handover</span></div></section><section><h2>Nearby</h2><ul><li>Circle Mall - 5 min</li><li>Dubai Marina - 15 min</li></ul></section><section><h2>Golden Visa</h2><p>Buy for AED 2,000,000 or more and get a 10-year visa.</p></section><footer><p>Office 1802, Example Bay Tower, Business Bay, Dubai</p></footer></body></html>""",
        Expected(
            price=(1_092_000, None, "AED", ""),
            bedrooms=(1, 3),
            place=("Jumeirah Village Circle",),
            said={"possession": "Q4 2027"},
        ),
    ),
    EvaluationPage(
        "Indian portal's results: a table of flats in every card",
        "https://www.flatcompare.example.in/pune/new-projects",
        """<html><head><title>New Projects in Pune</title></head><body><div class="list">"""
        + "".join(
            f"""<div class="item col-xs-12 list-group-item"><div class="thumbnail"><div class="prop-content"><div class="caption"><a href="/property/{slug}"><h3 class="group inner list-group-item-heading">{name}</h3></a><p class="group inner">by {builder}</p><p>{place}</p></div><div class="prop-details"><p>&#8377; {rate}<br><span>Avg Price/sq.ft</span></p><p>Dec, 2027<br><span>Possession</span></p></div></div><div class="prop-book"><table class="table table-striped"><thead><tr><th>Unit</th><th>Size</th><th>Carpet Area</th><th>Builder Prize</th></tr></thead><tbody><tr><td>2 BHK</td><td>{size} Sq.ft</td><td>{size - 300} Sq.ft</td><td>{low} L - {low + 8} L</td></tr></tbody></table><div class="price-details"><h4>&#8377; {low} L - {low + 8} L <button>GET CALL BACK</button></h4></div></div></div></div>"""
            for slug, name, builder, place, rate, size, low in (
                ("kesar-greens", "Kesar Greens", "Kesar Group", "Wakad", "7,100", 1010, 68),
                ("nila-court", "Nila Court", "Nila Realty", "Baner", "8,900", 1090, 91),
                ("oak-park", "Oak Park", "Oak Homes", "Hinjewadi", "6,400", 980, 59),
            )
        )
        + """</div></body></html>""",
        Expected(kind="index"),
    ),
    EvaluationPage(
        "Nigerian letting: the year's rent large, the month's beside it",
        "https://www.naijahomes.example.ng/property/3-bed-lekki-2210",
        """<html lang="en"><head><title>3 Bedroom Apartment for Rent in Lekki Phase 1 | NaijaHomes</title></head><body><main><h1>3 Bedroom Serviced Apartment</h1><p>Admiralty Way, Lekki Phase 1, Lagos</p><div class="flex"><div><p>Rent per annum</p><h3 class="text-3xl font-bold text-green-700">₦6,600,000</h3><p class="text-sm"><span>₦550,000 / month</span><span>·</span><span>₦6,600,000 / year</span></p></div><button>Contact Owner</button></div><div class="grid grid-cols-2"><div class="text-center"><p class="text-gray-500">Bedrooms</p><p class="font-semibold">3</p></div><div class="text-center"><p class="text-gray-500">Bathrooms</p><p class="font-semibold">4</p></div><div class="text-center"><p class="text-gray-500">Furnished</p><p class="font-semibold">No</p></div></div><section><h2>Fees</h2><p>Caution fee ₦500,000</p><p>Agency fee ₦660,000</p><p>Service charge ₦1,200,000 per annum</p></section></main></body></html>""",
        Expected(
            price=(6_600_000, 6_600_000, "NGN", "year"),
            bedrooms=(3, 3),
            place=("Lekki",),
        ),
    ),
    EvaluationPage(
        "Cypriot agency: five and one bedrooms, covered area, plot, deeds, VAT",
        "https://www.zyprimo.example.com/property/detached-house-parekklisia-1881",
        """<html lang="en"><head><title>Spacious 5+1 Bedroom Detached House For Sale In Parekklisia, Limassol With Title Deeds</title></head><body><nav><a href="/buy">Buy</a></nav><h1>Spacious 5+1 Bedroom Detached House For Sale In Parekklisia, Limassol With Title Deeds</h1><div class="price">€1,180,000 <span>No VAT</span></div><ul class="specs"><li><span>Covered area</span><span>342 m²</span></li><li><span>Plot</span><span>780 m²</span></li><li><span>Uncovered veranda</span><span>46 m²</span></li><li><span>Bedrooms</span><span>5</span></li><li><span>Bathrooms</span><span>4</span></li><li><span>Year built</span><span>2011</span></li><li><span>Energy class</span><span>B</span></li></ul><p>Detached house with a maid's room, swimming pool and mature garden, 2 km from the sea.</p><section><h3>Transfer fees</h3><p>Approx. €23,400</p></section><section><h3>You may also like</h3><div><a href="/property/1"><h4>4 Bedroom Villa In Germasogeia</h4><p>€2,450,000</p></a></div></section></body></html>""",
        Expected(
            price=(1_180_000, 1_180_000, "EUR", ""),
            bedrooms=(5, 5),
            size=(342, "sq m"),
            place=("Parekklisia",),
        ),
    ),
    EvaluationPage(
        "UK portal drawn on the server: address as heading, share line in its data, state in a script",
        "https://www.movewell.example.co.uk/properties/171844000",
        """<!doctype html><html lang="en-GB"><head><title>4 bedroom detached house for sale in Alder Road, Headley, OX3 | MoveWell</title><meta property="og:title" content="Check out this 4 bedroom detached house for sale on MoveWell"/><meta property="og:description" content="4 bedroom detached house for sale in Alder Road, Headley, OX3 for £672,500. Marketed by Muster &amp; Sons, Headley"/><script>window.PAGE_MODEL = {"propertyData":{"id":"171844000","prices":{"primaryPrice":"£672,500"},"bedrooms":4,"bathrooms":2,"address":{"displayAddress":"Alder Road, Headley, OX3"},"nearestStations":[{"name":"Headley","distance":1.2}]}}</script></head><body><header><nav><a href="/buy">Buy</a><a href="/rent">Rent</a></nav></header><main><div><h1 itemprop="streetAddress">Alder Road, Headley, OX3</h1></div><div><span>£672,500</span><div>Guide Price</div></div><a href="/mortgage">Monthly mortgage payments</a><p>Added on 11/10/2026</p><dl><div><dt>PROPERTY TYPE</dt><dd>Detached</dd></div><div><dt>BEDROOMS</dt><dd>×4</dd></div><div><dt>BATHROOMS</dt><dd>×2</dd></div><div><dt>SIZE</dt><dd>Ask agent</dd></div><div><dt>TENURE</dt><dd>Freehold</dd></div></dl><h2>Key features</h2><ul><li>Detached family home</li><li>Four bedrooms, two with en suite</li><li>19ft kitchen/breakfast room</li></ul><h2>Description</h2><p>A well presented four bedroom detached house. The annexe has its own bedroom and shower room.</p><p>COUNCIL TAX Band: F</p><h2>Stamp duty calculator</h2><p>You'll pay £23,625</p><h2>Nearest stations</h2><p>Headley Station 1.2 miles</p><h2>Property sale history</h2><table><tr><th>Year sold</th><th>Sold price</th></tr><tr><td>2016</td><td>£415,000</td></tr><tr><td>2004</td><td>£270,000</td></tr></table><aside><h3>About the agent</h3><p>Muster &amp; Sons, 4 High Street, Headley, OX3 0XX</p><p>Call agent: 01865 000119</p></aside></main></body></html>""",
        Expected(
            price=(672_500, 672_500, "GBP", ""),
            bedrooms=(4, 4),
            place=("Alder Road", "Headley"),
        ),
    ),
    EvaluationPage(
        "Lahore portal: details as a list, price in crore, area in marla",
        "https://www.makaanpk.example.pk/Property/lahore_dha_phase_5_7_marla-5511-1.html",
        """<html lang="en"><head><title>7 Marla House For Sale In DHA Phase 5 Lahore - MakaanPK</title></head><body><div aria-label="Property header"><h1>7 Marla House For Sale In DHA Phase 5 Lahore</h1><div aria-label="Property location">DHA Phase 5, DHA Defence, Lahore, Punjab</div></div><div class="price-box"><span>PKR</span><span>3.4 Crore</span></div><div class="badges"><span>3 Beds</span><span>4 Baths</span><span>7 Marla</span></div><h3>Details</h3><ul><li><span>Type</span><span>House</span></li><li><span>Price</span><span>PKR 3.4 Crore</span></li><li><span>Location</span><span>DHA Phase 5, DHA Defence, Lahore, Punjab</span></li><li><span>Bath(s)</span><span>4</span></li><li><span>Area</span><span>7 Marla</span></li><li><span>Purpose</span><span>For Sale</span></li><li><span>Bedroom(s)</span><span>3</span></li><li><span>Added</span><span>2 days ago</span></li></ul><h3>Home Finance Calculator</h3><p>PKR 1.9 Lakh per month</p><h3>Area Trends</h3><p>Average 7 marla house PKR 3.1 Crore</p><h3>Similar Properties</h3><div><a href="/Property/x"><h4>10 Marla House, DHA Phase 6</h4><p>PKR 5.6 Crore</p></a></div></body></html>""",
        Expected(
            price=(34_000_000, 34_000_000, "PKR", ""),
            bedrooms=(3, 3),
            place=("DHA Phase 5",),
        ),
    ),
    EvaluationPage(
        "College project of a UK agency: results whose cards have no links",
        "https://www.camlets.example.co.uk/search.php",
        """<html><head><title>Search results</title></head><body><main><section class="mainBody"><h2>Search Results</h2><section class="searchResults">"""
        + "".join(
            f"""<div class="resHouse"><picture><img title="Click for House Details"></picture><div class="resStreetName"><div><p class="hRentSale">House for {kind}</p></div><div><p class="hPrice">Price: £ {price}k</p></div><div><p class="hStreet">{street}</p></div><div><p class="hDetails">{beds} bedroom {sort} house for sale</p></div><div class="alignBtn"><button>Edit House</button></div></div></div>"""
            for kind, price, street, beds, sort in (
                ("Sale", 400, "35 Willow Way, Camford, CB1 5XX", 4, "detached"),
                ("Sale", 325, "9 Mill Lane, Camford, CB2 1XX", 3, "terraced"),
                ("Sale", 275, "12 Oak Street, Camford, CB4 3XX", 2, "terraced"),
                ("Sale", 510, "1 Abbey Road, Camford, CB5 8XX", 4, "detached"),
            )
        )
        + """</section></section></main></body></html>""",
        Expected(kind="index"),
    ),
    EvaluationPage(
        "Bungalow plots in a township: story page, sizes of plots, one badge",
        "https://www.forestcounty.example.in/stories/na-bungalow-plots-mulshi",
        """<html amp lang="en"><head><title>NA Bungalow Plots at Fern Meadows Mulshi | Forest County</title><meta name="description" content="Explore premium NA bungalow plots at Fern Meadows, Forest County Mulshi Pune. 1800-3600 sq ft plots from ₹98 L* with clear RERA title."></head><body><amp-story><amp-story-page id="cover"><span class="tag">FLAGSHIP NA PLOTS</span><h1>NA Bungalow Plots at Fern Meadows Mulshi</h1><h2>Build Your Dream Villa in a 160-Acre Forest</h2><p>Collector-sanctioned NA bungalow plots inside a nature township. Complete architectural freedom.</p><span class="price_badge">₹98 L* Onwards</span></amp-story-page><amp-story-page id="sizes"><h2>Plot Sizes</h2><p>1,800 to 3,600 sq ft plots, club of 25,000 sq ft</p></amp-story-page><amp-story-page id="rera"><h2>RERA Registered</h2><p>MahaRERA: P52100054999</p><a href="/fern-meadows/">Explore Fern Meadows Plots</a></amp-story-page></amp-story></body></html>""",
        Expected(
            price=(9_800_000, None, "INR", ""),
            place=("Mulshi",),
            said={"rera": "P52100054999"},
        ),
    ),
]
