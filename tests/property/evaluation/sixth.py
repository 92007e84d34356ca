"""Held back: written beside `fifth`, in the same manner, and first run when the rules were done.

The figures of the first run stand in docs/guide/facts.md; what went wrong in it was mended after.
"""

from tests.property.evaluation.page import EvaluationPage, Expected

PAGES = [
    EvaluationPage(
        "Magicbricks-like project, prices by type in cards with links to floor plans",
        "https://www.mbricks.example.com/indus-heights-wakad-pune-pdpid-4d42353",
        """<html lang="en"><head><title>Indus Heights Wakad Pune | Indus Heights Price, Floor Plan &amp; Reviews</title></head><body><div class="proj-banner"><h1 class="mghome__prjname">Indus Heights</h1><div class="mghome__prjblk__locn">Wakad, Pune</div><div class="proj-price">₹ 62 Lac to ₹ 1.08 Cr <span>onwards ₹ 8,610 / sqft</span></div><div class="proj-poss">Possession by Mar 2029</div><a>Calculate EMI ₹ 38,000/month</a></div><div class="units-tab"><div class="unit"><div class="unit__bhk">1 BHK Flat</div><div class="unit__area"><span>Carpet area</span> 431 sqft</div><div class="unit__price">₹ 62 Lac</div><a href="/indus-heights-wakad-pune-pdpid-4d42353/floor-plan">View plan</a></div><div class="unit"><div class="unit__bhk">2 BHK Flat</div><div class="unit__area"><span>Carpet area</span> 688 sqft</div><div class="unit__price">₹ 84.5 Lac</div><a href="/indus-heights-wakad-pune-pdpid-4d42353/floor-plan">View plan</a></div><div class="unit"><div class="unit__bhk">3 BHK Flat</div><div class="unit__area"><span>Carpet area</span> 903 sqft</div><div class="unit__price">₹ 1.08 Cr</div><a href="/indus-heights-wakad-pune-pdpid-4d42353/floor-plan">View plan</a></div></div><h2>About Builder</h2><div><span>Total Projects</span> 14 <span>Experience</span> 22 Years</div><h2>Properties in Indus Heights</h2><div class="rs"><a href="/pd/1">2 BHK resale ₹ 79 Lac 690 sqft</a></div><div class="rs"><a href="/pd/2">1 BHK resale ₹ 58 Lac 430 sqft</a></div></body></html>""",
        Expected(
            price=(6_200_000, 10_800_000, "INR", ""),
            bedrooms=(1, 3),
            parts={"1 BHK": 6_200_000, "2 BHK": 8_450_000, "3 BHK": 10_800_000},
            size_parts={"1 BHK": 431, "2 BHK": 688, "3 BHK": 903},
            place=("Wakad",),
        ),
    ),
    EvaluationPage(
        "99acres-like resale with area kinds in one cell",
        "https://www.nnacres.example.com/2-bhk-bedroom-apartment-flat-for-sale-in-dwarka-delhi-1305-sq-ft-r2-spid-D771",
        """<html><head><title>2 BHK / Bedroom Apartment for sale in Sector 10 Dwarka, Delhi - 1305 Sq.ft</title></head><body><div class="component__pdPropHeading"><span class="component__pdPropValue">₹ 1.65 Crore</span> <span>@ 12,643 per sq.ft.</span> <span class="emi">Estimated EMI ₹1,31,000</span></div><h1>2 Bedroom 2 Baths <span>Residential Apartment for Sale</span> <span>in Sun City CGHS, Sector 10 Dwarka, Delhi</span></h1><table class="factTable"><tr><td><div class="factLabel">Area</div><div>Super Built up area <span>1305</span> (121.24 sq.m.)<br>Built Up area: 1200 sq.ft. (111.48 sq.m.)<br>Carpet area: 980 sq.ft. (91.05 sq.m.)</div></td><td><div class="factLabel">Configuration</div><div>2 Bedrooms , 2 Bathrooms, 3 Balconies</div></td></tr><tr><td><div class="factLabel">Price</div><div>₹ 1.65 Crore+ Govt Charges &amp; Tax @ 12,643 per sq.ft. (Negotiable) View Price Details</div></td><td><div class="factLabel">Address</div><div>Sun City CGHS, Sector 10 Dwarka, Delhi</div></td></tr><tr><td><div class="factLabel">Floor Number</div><div>4th of 9 Floors</div></td><td><div class="factLabel">Property Age</div><div>10+ Year Old</div></td></tr></table></body></html>""",
        Expected(
            price=(16_500_000, 16_500_000, "INR", ""),
            bedrooms=(2, 2),
            size=(980, "sq ft"),
            place=("Dwarka",),
        ),
    ),
    EvaluationPage(
        "SquareYards-like with AED conversion switch and insights",
        "https://www.sqyards.example.com/gurgaon-residential-property/emerald-court/41211/project",
        """<html><head><title>Emerald Court Sector 65 Gurgaon Price, Floor Plan | SY</title></head><body><div class="npTopHead"><h1>Emerald Court</h1><span class="location">Sector 65, Golf Course Extension Road, Gurgaon</span><div class="npPriceBox"><strong>₹ 3.1 Cr - 5.4 Cr</strong> <em>₹ 17,500 - 18,900/Sq. Ft.</em></div></div><ul class="npFactList"><li><span>Unit Configuration</span><strong>3, 4 BHK</strong></li><li><span>Size (Saleable)</span><strong>1770 - 2860 Sq. Ft.</strong></li><li><span>Project Status</span><strong>Under Construction</strong></li><li><span>Possession</span><strong>Dec 2027</strong></li><li><span>Total Number of Units</span><strong>522</strong></li><li><span>Project Size</span><strong>9.2 Acres</strong></li></ul><section><h2>Price Insights</h2><p>Current price ₹ 18,100 / Sq. Ft. Rental ₹ 85,000 per month</p></section><section><h2>Similar Projects in Gurgaon</h2><div class="npSim"><h3>Ruby Court</h3><p>₹ 2.2 Cr - 3 Cr</p><p>2, 3 BHK</p></div></section></body></html>""",
        Expected(
            price=(31_000_000, 54_000_000, "INR", ""),
            bedrooms=(3, 4),
            size=(1770, "sq ft"),
            place=("Sector 65",),
        ),
    ),
    EvaluationPage(
        "Developer site in capitals with split numbers",
        "https://www.prestigelike.example.in/residential-projects/bangalore/lake-ridge",
        """<html lang="en"><head><title>Lake Ridge | Apartments in Uttarahalli</title></head><body><div class="inner-banner"><h1>LAKE RIDGE</h1><p>UTTARAHALLI, BANGALORE</p></div><div class="quick"><div class="box"><h6>DEVELOPMENT TYPE</h6><p>Residential Apartments</p></div><div class="box"><h6>DEVELOPMENT SIZE</h6><p>15 Acres</p></div><div class="box"><h6>NO. OF UNITS</h6><p>1,116</p></div><div class="box"><h6>UNIT TYPES</h6><p>1, 2, 3 BED</p></div><div class="box"><h6>PRICE</h6><p>₹ 58.9 LAKHS - 1.42 CR</p></div><div class="box"><h6>UNIT SIZES</h6><p>612 - 1,611 SFT</p></div><div class="box"><h6>RERA</h6><p>PRM/KA/RERA/1251/310/PR/171014/000431</p></div><div class="box"><h6>STATUS</h6><p>Ongoing, completion July 2027</p></div></div><p>Corporate office: 19 Brunton Road, Bengaluru 560025</p></body></html>""",
        Expected(
            price=(5_890_000, 14_200_000, "INR", ""),
            bedrooms=(1, 3),
            size=(612, "sq ft"),
            place=("UTTARAHALLI", "Uttarahalli"),
        ),
    ),
    EvaluationPage(
        "Agent landing page, price table with all inclusive and registration columns",
        "https://godrejlike-hillside.example.com/",
        """<html lang="en"><head><title>Hillside Mahalunge | 1, 2, 3 BHK | Pune</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Organization","name":"Hillside","aggregateRating":{"@type":"AggregateRating","ratingValue":"4.9","reviewCount":"2310"}}</script></head><body><div class="pop" style="display: none;"><h4>Last few units at ₹ 49 Lacs!</h4></div><section id="home"><h1>Hillside, Mahalunge</h1><span>Off Mumbai-Pune Highway, Pune</span><div class="badge">Price starts ₹ 55 Lacs* (All Incl)</div><ul><li>Land Area : 45 Acre</li><li>Possession : Dec 2028</li><li>Structure : 12 Towers, 31 Storeys</li></ul></section><section id="pricing"><table class="table table-striped"><thead><tr><th>TYPE</th><th>CARPET (SQ.FT)</th><th>AGREEMENT VALUE</th><th>STAMP DUTY + REGN</th><th></th></tr></thead><tbody><tr><td>1 BHK</td><td>417</td><td>₹ 55 Lacs*</td><td>₹ 4.15 Lacs</td><td><button>Cost Sheet</button></td></tr><tr><td>2 BHK</td><td>640</td><td>₹ 78 Lacs*</td><td>₹ 5.76 Lacs</td><td><button>Cost Sheet</button></td></tr><tr><td>3 BHK</td><td>SOLD OUT</td><td>SOLD OUT</td><td></td><td></td></tr></tbody></table></section></body></html>""",
        Expected(
            price=(5_500_000, None, "INR", ""),
            bedrooms=(1, 3),
            parts={"1 BHK": 5_500_000, "2 BHK": 7_800_000},
            size_parts={"1 BHK": 417, "2 BHK": 640},
            place=("Mahalunge", "Pune"),
        ),
    ),
    EvaluationPage(
        "Price on request everywhere, EOI and club fee in money",
        "https://thealtair.example.in/",
        """<html><head><title>The Altair | Ultra Luxury 4 &amp; 5 BHK, Worli</title></head><body><h1>The Altair</h1><p>Annie Besant Road, Worli, Mumbai 400018</p><div><span>Price</span><span>On Request</span></div><div><span>EOI</span><span>₹ 25 Lakh (fully refundable)</span></div><div><span>Residences</span><span>4 &amp; 5 BHK sky mansions</span></div><div><span>Carpet</span><span>3,100 – 4,850 sq ft</span></div><p>Club membership: ₹ 15 lakh. Floor rise ₹ 250 per sq ft per floor. A ₹ 1,200 crore project by the bay.</p></body></html>""",
        Expected(bedrooms=(4, 5), size=(3100, "sq ft"), place=("Worli",)),
    ),
    EvaluationPage(
        "Villa plots in square feet with dimensions and price for each",
        "https://sunvalley-plots.example.in/",
        """<html lang="en"><head><title>Sun Valley Villa Plots, Devanahalli</title></head><body><h1>Sun Valley Villa Plots</h1><p class="sub">Near Kempegowda International Airport, Devanahalli, Bangalore</p><table><tr><th>Dimension</th><th>Plot Area</th><th>Price</th></tr><tr><td>30 x 40</td><td>1,200 Sq.ft</td><td>₹ 72 Lakhs</td></tr><tr><td>30 x 50</td><td>1,500 Sq.ft</td><td>₹ 90 Lakhs</td></tr><tr><td>40 x 60</td><td>2,400 Sq.ft</td><td>₹ 1.44 Cr</td></tr></table><p>RERA: PRM/KA/RERA/1250/303/PR/240621/006990. Clubhouse 18,000 sq ft.</p></body></html>""",
        Expected(
            parts={"30 x 40": 7_200_000, "30 x 50": 9_000_000, "40 x 60": 14_400_000},
            place=("Devanahalli",),
        ),
    ),
    EvaluationPage(
        "Hinglish builder page with price in words",
        "https://shreeghar.example.in/",
        """<html lang="hi-IN"><head><title>Shree Ghar Indore - 2/3 BHK Flats</title></head><body><h1>Shree Ghar, Super Corridor, Indore</h1><p>2 aur 3 BHK flats sirf Rs. 34.90 Lakh se shuru</p><p>EMI sirf Rs. 24,999 se</p><p>बुकिंग सिर्फ ₹ 51,000 में</p><ul><li>2 BHK - 850 sqft</li><li>3 BHK - 1150 sqft</li></ul><p>RERA No. P-IND-23-4110</p></body></html>""",
        Expected(
            price=(3_490_000, None, "INR", ""),
            bedrooms=(2, 3),
            size_parts={"2 BHK": 850, "3 BHK": 1150},
            place=("Indore",),
        ),
    ),
    EvaluationPage(
        "PG and co-living rent by bed",
        "https://www.stayclose.example.in/pg/hsr-layout-bangalore-12",
        """<html><head><title>StayClose HSR Layout - Co-living PG, Bangalore</title></head><body><h1>StayClose Fern, HSR Layout Sector 2, Bangalore</h1><div><span>Private room</span><span>₹ 21,500/month</span></div><div><span>Double sharing</span><span>₹ 13,000/month</span></div><p>Security deposit one month. Food ₹ 3,500 per month.</p></body></html>""",
        Expected(kind="other"),
    ),
    EvaluationPage(
        "Bayut-like rent by year with a furnished tag and cheques",
        "https://www.bayt.example.ae/property/details-9912001.html",
        """<html lang="en"><head><title>Bright 1BR | High Floor | Marina View</title></head><body><div aria-label="Property header"><div><span aria-label="Currency">AED</span> <span aria-label="Price">115,000</span> <span aria-label="Frequency">Yearly</span></div><div aria-label="Property location">Marina Gate 2, Dubai Marina, Dubai</div><div><span aria-label="Beds"><span>1 Bed</span></span><span aria-label="Baths"><span>2 Baths</span></span><span aria-label="Area"><span>821 sqft</span></span></div></div><h1>Bright 1BR | High Floor | Marina View</h1><ul><li><span>Type</span><span aria-label="Type">Apartment</span></li><li><span>Purpose</span><span>For Rent</span></li><li><span>Reference no.</span><span>Bayt - MG-2211</span></li><li><span>Furnishing</span><span>Furnished</span></li></ul><div>Payable in 4 cheques. Agency fee AED 5,750. Deposit AED 5,750.</div><div><h2>Trends</h2><p>Average rent in Dubai Marina AED 121,000</p></div></body></html>""",
        Expected(
            price=(115_000, 115_000, "AED", "year"),
            bedrooms=(1, 1),
            size=(821, "sq ft"),
            place=("Dubai Marina",),
        ),
    ),
    EvaluationPage(
        "Damac-like launch, M for million, 1% plan, brochure form",
        "https://www.dmc.example.com/en/projects/azure-cove/",
        """<html lang="en"><head><title>Azure Cove at Sun City | Villas and Townhouses in Dubailand</title></head><body><header><img alt="logo"></header><h1>AZURE COVE</h1><h2>4 &amp; 5 bedroom townhouses in Dubailand</h2><div class="strip"><div>Prices from</div><div>AED 2.25 Million*</div><div>1% monthly payment plan</div><div>Completion</div><div>Dec 2027</div></div><table><tr><td>4 BR Townhouse</td><td>2,297 sq.ft.</td><td>AED 2.25M</td></tr><tr><td>5 BR Townhouse</td><td>3,101 sq.ft.</td><td>AED 3.02M</td></tr></table><p>Reserve with AED 40,000. A lagoon of 42 million sq ft.</p></body></html>""",
        Expected(
            price=(2_250_000, None, "AED", ""),
            bedrooms=(4, 5),
            parts={"4 bedrooms": 2_250_000, "5 bedrooms": 3_020_000},
            size_parts={"4 bedrooms": 2297, "5 bedrooms": 3101},
            place=("Dubailand", "Sun City"),
        ),
    ),
    EvaluationPage(
        "Qatar and Saudi style: QAR a month, square metres",
        "https://www.dohahomes.example.qa/listing/pearl-2br",
        """<html lang="en"><head><title>2 Bedroom Apartment for Rent in The Pearl | Doha Homes</title></head><body><h1>Semi Furnished 2 Bedroom Apartment in Porto Arabia</h1><p>The Pearl Island, Doha</p><h3>QAR 12,500 / Month</h3><table><tr><td>Bedroom</td><td>2</td></tr><tr><td>Bathroom</td><td>3</td></tr><tr><td>Area</td><td>134 SQM</td></tr><tr><td>Security deposit</td><td>QAR 12,500</td></tr></table></body></html>""",
        Expected(
            price=(12_500, 12_500, "QAR", "month"),
            bedrooms=(2, 2),
            size=(134, "sq m"),
            place=("The Pearl",),
        ),
    ),
    EvaluationPage(
        "Zoopla-like with market stats, JSON-LD Residence without price",
        "https://www.zpl.example.co.uk/for-sale/details/68110022/",
        """<html lang="en-GB"><head><title>3 bed terraced house for sale in Milton Road, Cowley, Oxford OX4 - ZP</title><script type="application/ld+json">{"@context":"http://schema.org","@graph":[{"@type":"Residence","name":"3 bed terraced house for sale","address":{"@type":"PostalAddress","addressLocality":"Oxford","postalCode":"OX4","streetAddress":"Milton Road, Cowley, Oxford OX4","addressCountry":"GB"},"photo":[]},{"@type":"BreadcrumbList","itemListElement":[]}]}</script></head><body><section aria-labelledby="listing-summary"><div><p data-testid="price" class="_194zg6t3 r4q9to1">£425,000</p><button>Get a mortgage in principle</button></div><h1 id="listing-summary-title" class="_1olqsf99">3 bed terraced house for sale<address class="_1olqsf9a">Milton Road, Cowley, Oxford OX4</address></h1><ul><li><p>3 beds</p></li><li><p>1 bath</p></li><li><p>2 receptions</p></li><li><p>EPC rating: D</p></li><li><p>958 sq. ft</p></li></ul><p>Tenure: Freehold</p><p>Council tax band: C</p></section><section><h2>Estimated running costs</h2><p>£1,980 /mo</p><p>Mortgage £1,650</p></section><section><h2>Property value estimate</h2><p>£410,000 - £453,000</p></section><section><h2>Sold prices nearby</h2><table><tr><td>12 Milton Road</td><td>£398,000</td></tr></table></section></body></html>""",
        Expected(
            price=(425_000, 425_000, "GBP", ""),
            bedrooms=(3, 3),
            size=(958, "sq ft"),
            place=("Cowley",),
        ),
    ),
    EvaluationPage(
        "Independent agent site, price qualifier behind, sold STC banner",
        "https://www.hartley-agents.example.co.uk/properties/the-old-forge-ludlow/",
        """<html lang="en-GB"><head><title>The Old Forge, Ludlow - Hartley &amp; Sons Estate Agents</title></head><body><div class="ribbon">Sold STC</div><h1>The Old Forge, Corve Street, Ludlow, Shropshire, SY8 1DB</h1><div class="price"><span class="amount">£695,000</span> <span class="qualifier">Guide Price</span></div><div class="icons"><span class="icon-bed"></span>5 <span class="icon-bath"></span>3 <span class="icon-sofa"></span>2</div><div class="desc"><p>A handsome five bedroom period house with an annexe (1 bedroom) and about 2,640 sq. ft. of accommodation, gardens and a paddock, in all about 1.3 acres.</p><p>The annexe was let at £750 pcm until 2025.</p></div><footer>Head office: 4 High Street, Shrewsbury SY1 1AA. Fees from £180.</footer></body></html>""",
        Expected(
            price=(695_000, 695_000, "GBP", ""),
            bedrooms=(5, 5),
            size=(2640, "sq ft"),
            place=("Ludlow",),
        ),
    ),
    EvaluationPage(
        "Student room by the week in the UK",
        "https://www.studenthalls.example.co.uk/city/leeds/vantage-house",
        """<html lang="en-GB"><head><title>Vantage House Student Accommodation Leeds</title></head><body><h1>Vantage House</h1><p>Burley Road, Leeds, LS3 1JT</p><h2>Rooms to rent</h2><div><h3>Classic Ensuite</h3><p>From £149 per week</p></div><div><h3>Studio</h3><p>From £215 per week</p></div><p>£250 deposit. Win £500 of vouchers!</p></body></html>""",
        Expected(price=(149, None, "GBP", "week"), place=("Leeds",)),
    ),
    EvaluationPage(
        "Scottish home, offers over, home report value",
        "https://www.sespc.example.co.uk/property/1442201",
        """<html lang="en-GB"><head><title>3/2 18 Leith Walk, Edinburgh, EH6 5DT</title></head><body><h1>3/2 18 Leith Walk, Edinburgh, EH6 5DT</h1><h2>Offers Over £285,000</h2><p>Home Report valuation £295,000</p><ul><li>2 Bedrooms</li><li>1 Public room</li><li>1 Bathroom</li><li>EPC C</li></ul><p>Total floor area 74 m²</p></body></html>""",
        Expected(
            price=(285_000, None, "GBP", ""),
            bedrooms=(2, 2),
            size=(74, "sq m"),
            place=("Edinburgh",),
        ),
    ),
    EvaluationPage(
        "Irish Daft-like",
        "https://www.dft.example.ie/for-sale/semi-detached-house-12-ashfield-lawns-swords-co-dublin/5711",
        """<html lang="en-IE"><head><title>12 Ashfield Lawns, Swords, Co. Dublin is for sale on DFT</title></head><body><h2 data-testid="price">€475,000</h2><h1 data-testid="address">12 Ashfield Lawns, Swords, Co. Dublin, K67 X2P4</h1><p data-testid="beds">3 Bed</p><p data-testid="baths">2 Bath</p><p data-testid="floor-area">104 m²</p><p data-testid="property-type">Semi-D</p><div>Estimated mortgage €2,084 per month</div><p>BER C1. Stamp duty: €4,750</p></body></html>""",
        Expected(
            price=(475_000, 475_000, "EUR", ""),
            bedrooms=(3, 3),
            size=(104, "sq m"),
            place=("Swords",),
        ),
    ),
    EvaluationPage(
        "Zillow-like with new layout and condo fee",
        "https://www.zlw.example.com/homedetails/920-Ponce-de-Leon-Ave-APT-611-Atlanta-GA-30306/35881_zpid/",
        """<html lang="en"><head><title>920 Ponce De Leon Ave APT 611, Atlanta, GA 30306 | MLS #7710021</title><meta property="zillow_fb:beds" content="2"><meta property="product:price:amount" content="389000.00"><meta property="product:price:currency" content="USD"><script type="application/ld+json">{"@context":"http://schema.org/","@type":"Event","name":"Open House","offers":{"@type":"Offer","price":"0","priceCurrency":"USD"}}</script></head><body><div data-testid="home-info"><div><span data-testid="price">$389,000</span></div><div class="styles__AddressWrapper"><h1>920 Ponce De Leon Ave APT 611, <br>Atlanta, GA 30306</h1></div><div data-testid="bed-bath-sqft-facts"><div data-testid="bed-bath-sqft-fact-container"><span class="StyledValueText">2</span><span class="StyledLabel">beds</span></div><div data-testid="bed-bath-sqft-fact-container"><span>2</span><span>baths</span></div><div data-testid="bed-bath-sqft-fact-container"><span>1,214</span><span>sqft</span></div></div><div>Est.: <span>$2,811/mo</span></div></div><div data-testid="facts"><span>Condominium</span><span>Built in 2006</span><span>-- sqft lot</span><span>$384,900 Zestimate®</span><span>$320/sqft</span><span>$512/mo HOA</span></div></body></html>""",
        Expected(
            price=(389_000, 389_000, "USD", ""),
            bedrooms=(2, 2),
            size=(1214, "sq ft"),
            place=("Atlanta",),
        ),
    ),
    EvaluationPage(
        "US new construction community with quick move-in homes",
        "https://www.lnar.example.com/new-homes/texas/san-antonio/wildhorse-ranch",
        """<html lang="en"><head><title>Wildhorse Ranch New Home Community - San Antonio, TX</title></head><body><h1>Wildhorse Ranch</h1><p>New homes in San Antonio, TX 78253</p><div class="facts"><div><span>From</span><span>$274,999</span></div><div><span>Beds</span><span>3 - 5</span></div><div><span>Baths</span><span>2 - 3.5</span></div><div><span>Sq ft</span><span>1,411 - 2,867</span></div></div><div>HOA $420 annually. Tax rate 2.1%</div><h2>Quick move-in homes</h2><div class="home"><a href="/new-homes/texas/san-antonio/wildhorse-ranch/lot-11">11422 Bronco Bend</a><span>$301,249</span><span>4 bd</span><span>1,902 ft²</span></div><div class="home"><a href="/new-homes/texas/san-antonio/wildhorse-ranch/lot-12">11426 Bronco Bend</a><span>$289,999</span><span>3 bd</span><span>1,611 ft²</span></div></body></html>""",
        Expected(
            price=(274_999, None, "USD", ""),
            bedrooms=(3, 5),
            size=(1411, "sq ft"),
            place=("San Antonio",),
        ),
    ),
    EvaluationPage(
        "US rental house on an agent's WordPress site (WP Residence)",
        "https://www.lakerentals.example.com/properties/cozy-lake-house/",
        """<html lang="en-US"><head><title>Cozy Lake House - Lake Rentals</title></head><body class="single-estate_property"><div class="notice_area"><h1 class="entry-title entry-prop">Cozy Lake House</h1><span class="price_area">$2,450 <span class="price_label">/ month</span></span><div class="property_categs"><i class="fas fa-map-marker-alt"></i> 77 Shore Drive, <a>Madison</a>, <a>Lakeview</a></div></div><div class="single-overview-section"><ul class="overview_element"><li>Updated On:</li><li>November 2, 2026</li></ul><ul class="overview_element"><li><svg></svg></li><li>3 Bedrooms</li></ul><ul class="overview_element"><li></li><li>2 Bathrooms</li></ul><ul class="overview_element"><li></li><li>1,640.00 ft<sup>2</sup></li></ul></div><div class="listing_detail"><strong>Property Id:</strong> 18790</div><div class="listing_detail"><strong>Price:</strong> $2,450 / month</div><div class="listing_detail"><strong>Property Lot Size:</strong> 7,200.00 ft<sup>2</sup></div><div class="listing_detail"><strong>Deposit:</strong> $2,450</div><h3>Similar Listings</h3><div class="listing_wrapper"><a href="/properties/x/">Cabin</a> $1,900 / month</div></body></html>""",
        Expected(
            price=(2450, 2450, "USD", "month"),
            bedrooms=(3, 3),
            size=(1640, "sq ft"),
            place=("Madison",),
        ),
    ),
    EvaluationPage(
        "Immowelt-like purchase, new layout, price first, Stellplatz extra",
        "https://www.iwlt.example.de/expose/2c4xy5d",
        """<html lang="de"><head><title>Wohnung zum Kauf, 4 Zimmer, 102 m², Regensburg</title></head><body><main><div class="css-top"><div>459.000 €</div><div>4.500 €/m²</div></div><div class="css-hard"><span>4 Zimmer</span> • <span>102 m²</span> • <span>2. Geschoss</span></div><h1>Moderne Wohnung mit Südbalkon in zentraler Lage</h1><div>Ostengasse, Innenstadt, Regensburg (93047)</div><section><h2>Preise &amp; Kosten</h2><div><span>Kaufpreis</span><span>459.000 €</span></div><div><span>Tiefgaragenstellplatz</span><span>28.000 €</span></div><div><span>Hausgeld</span><span>387 €</span></div><div><span>Provision</span><span>provisionsfrei</span></div><div><span>Monatl. Rate</span><span>1.640 €</span></div></section><section><h2>Weitere Angebote des Anbieters</h2><div><h3>3-Zimmer-Wohnung</h3><p>389.000 €</p><p>84 m²</p></div></section></main></body></html>""",
        Expected(
            price=(459_000, 459_000, "EUR", ""),
            bedrooms=(4, 4),
            size=(102, "sq m"),
            place=("Regensburg",),
        ),
    ),
    EvaluationPage(
        "German developer project, prices from, rooms span",
        "https://www.stadtgarten.example.de/",
        """<html lang="de"><head><title>Stadtgarten Fürth | Neubau-Eigentumswohnungen</title></head><body><h1>Stadtgarten Fürth</h1><h2>2- bis 4-Zimmer-Eigentumswohnungen</h2><p>Wohnflächen von 48 m² bis 118 m²</p><p>Kaufpreise ab 298.000 €</p><p>Fertigstellung: Ende 2027</p><p>Adresse: Ludwigstraße 40, 90763 Fürth</p><table><tr><th>WE</th><th>Zimmer</th><th>Wohnfläche</th><th>Kaufpreis</th><th>Status</th></tr><tr><td>1.01</td><td>2</td><td>48,20 m²</td><td>298.000 €</td><td>frei</td></tr><tr><td>1.02</td><td>3</td><td>79,90 m²</td><td>469.000 €</td><td>reserviert</td></tr><tr><td>2.04</td><td>4</td><td>118,00 m²</td><td>698.000 €</td><td>verkauft</td></tr></table></body></html>""",
        Expected(
            price=(298_000, None, "EUR", ""), bedrooms=(2, 4), size=(48, "sq m"), place=("Fürth",)
        ),
    ),
    EvaluationPage(
        "Swiss homegate-like rent in francs with half rooms",
        "https://www.homeg.example.ch/mieten/4000112233",
        """<html lang="de-CH"><head><title>3.5 Zimmer Wohnung mieten in Winterthur</title></head><body><h1>Helle Wohnung am Park</h1><address>Zürcherstrasse 21, 8400 Winterthur</address><dl><dt>Miete:</dt><dd>CHF 2'150.–</dd><dt>Nettomiete:</dt><dd>CHF 1'890.–</dd><dt>Nebenkosten:</dt><dd>CHF 260.–</dd><dt>Anzahl Zimmer:</dt><dd>3.5</dd><dt>Wohnfläche:</dt><dd>86 m²</dd></dl></body></html>""",
        Expected(bedrooms=(3.5, 3.5), size=(86, "sq m"), place=("Winterthur",)),
    ),
    EvaluationPage(
        "SeLoger-like rent charges included",
        "https://www.slger.example.fr/annonces/locations/appartement/toulouse-31/2204.htm",
        """<html lang="fr"><head><title>Location appartement 3 pièces 65 m² Toulouse (31000)</title></head><body><h1>Appartement à louer 3 pièces 65 m²</h1><p>Saint-Cyprien, Toulouse (31300)</p><div><span>1 080 €</span>/mois <span>charges comprises</span></div><ul><li>2 chambres</li><li>1 salle de bain</li><li>Étage 3/5</li></ul><p>Dont 110 € de charges. Dépôt de garantie 970 €. Honoraires locataire 845 €.</p></body></html>""",
        Expected(
            price=(1080, 1080, "EUR", "month"),
            bedrooms=(2, 2),
            size=(65, "sq m"),
            place=("Toulouse",),
        ),
    ),
    EvaluationPage(
        "Fotocasa-like with JSON-LD in Spanish",
        "https://www.fotocas.example.es/es/comprar/vivienda/valencia-capital/ascensor/182211/d",
        """<html lang="es"><head><title>Piso en venta en Calle Sueca, Ruzafa, Valencia</title><script type="application/ld+json">{"@context":"https://schema.org","@type":["Product","SingleFamilyResidence"],"name":"Piso en Calle Sueca","offers":{"@type":"Offer","price":"342000","priceCurrency":"EUR"},"address":{"@type":"PostalAddress","streetAddress":"Calle Sueca","addressLocality":"Valencia","addressRegion":"Valencia","addressCountry":"ES"},"numberOfRooms":3,"floorSize":{"@type":"QuantitativeValue","value":104,"unitCode":"MTK"}}</script></head><body><span class="re-DetailHeader-price">342.000 €</span><h1>Piso en venta en Calle Sueca</h1><p>Ruzafa, Valencia</p><ul><li><span>3 habs</span></li><li><span>2 baños</span></li><li><span>104 m²</span></li><li><span>2ª planta</span></li></ul><p>Ha bajado 18.000 €</p><p>Calcula tu hipoteca: 1.105 €/mes</p></body></html>""",
        Expected(
            price=(342_000, 342_000, "EUR", ""),
            bedrooms=(3, 3),
            size=(104, "sq m"),
            place=("Valencia",),
        ),
    ),
    EvaluationPage(
        "Portuguese Idealista-like T2",
        "https://www.idealst.example.pt/imovel/33120/",
        """<html lang="pt"><head><title>Apartamento T2 à venda na Rua da Boavista, Cedofeita, Porto</title></head><body><h1>Apartamento T2 à venda na Rua da Boavista</h1><span>Cedofeita, Porto</span><div>298.000 €</div><ul><li>T2</li><li>91 m² área bruta</li><li>2 quartos</li><li>2 casas de banho</li></ul><p>Prestação mensal 1.020 €</p></body></html>""",
        Expected(
            price=(298_000, 298_000, "EUR", ""),
            bedrooms=(2, 2),
            size=(91, "sq m"),
            place=("Porto",),
        ),
    ),
    EvaluationPage(
        "Funda-like in Dutch, kosten koper",
        "https://www.fnda.example.nl/detail/koop/utrecht/huis-nachtegaalstraat-12/431122/",
        """<html lang="nl"><head><title>Huis te koop: Nachtegaalstraat 12 3581 AB Utrecht</title></head><body><h1>Nachtegaalstraat 12 <span>3581 AB Utrecht</span></h1><div>€ 725.000 k.k.</div><ul><li>138 m² wonen</li><li>4 slaapkamers</li><li>Energielabel B</li></ul><dl><dt>Vraagprijs</dt><dd>€ 725.000 kosten koper</dd><dt>Vraagprijs per m²</dt><dd>€ 5.254</dd><dt>Woonoppervlakte</dt><dd>138 m²</dd><dt>Perceel</dt><dd>160 m²</dd><dt>Aantal kamers</dt><dd>6 kamers (4 slaapkamers)</dd></dl></body></html>""",
        Expected(
            price=(725_000, 725_000, "EUR", ""),
            bedrooms=(4, 4),
            size=(138, "sq m"),
            place=("Utrecht",),
        ),
    ),
    EvaluationPage(
        "Realestate-au-like price guide with inspection times",
        "https://www.realest.example.com.au/property-unit-vic-richmond-1449",
        """<html lang="en-AU"><head><title>5/21 Lennox Street, Richmond, Vic 3121 - Unit for Sale</title></head><body><h1>5/21 Lennox Street, Richmond, Vic 3121</h1><div aria-label="2 bedrooms">2</div><div aria-label="1 bathroom">1</div><div aria-label="1 car space">1</div><p class="property-price">$640,000 - $690,000</p><p>Statement of Information: median $705,000</p><ul><li>Inspection Sat 5 Dec 10:30am</li></ul><p>This two bedroom apartment offers 68 sqm of living. Strata $890 per quarter. Council rates $310 pq.</p></body></html>""",
        Expected(
            price=(640_000, 690_000, "AUD", ""),
            bedrooms=(2, 2),
            size=(68, "sq m"),
            place=("Richmond",),
        ),
    ),
    EvaluationPage(
        "Canadian condo assignment, meta only in og",
        "https://www.condolist.example.ca/vancouver/1701-1188-howe-st",
        """<html lang="en-CA"><head><title>1701 1188 Howe Street, Vancouver | Condo List</title><meta property="og:title" content="1701 1188 Howe Street, Vancouver - 1 bed 1 bath condo for $598,800"></head><body><h1>1701 1188 Howe Street</h1><h2>Downtown VW, Vancouver, BC V6Z 2S8</h2><div class="price">$598,800</div><div class="row"><div>1 Bed</div><div>1 Bath</div><div>531 ft²</div></div><table><tr><td>Maint. Fee</td><td>$378</td></tr><tr><td>Gross Taxes</td><td>$1,602</td></tr><tr><td>$/ft²</td><td>$1,128</td></tr></table></body></html>""",
        Expected(
            price=(598_800, 598_800, "CAD", ""),
            bedrooms=(1, 1),
            size=(531, "sq ft"),
            place=("Vancouver",),
        ),
    ),
    EvaluationPage(
        "Houzez in India, price with second price and floor plans accordion",
        "https://www.goavillas.example.in/property/villa-assagao-4bhk/",
        """<html lang="en-US"><head><title>4BHK Pool Villa in Assagao – Goa Villas</title></head><body class="single-property"><h1>4BHK Pool Villa in Assagao</h1><address class="item-address">Assagao, Bardez, North Goa</address><ul class="item-price-wrap"><li class="item-price"><span class="price-prefix">Start from</span> ₹7.25 Crore</li><li class="item-sub-price">₹21,641/sq ft</li></ul><div class="detail-wrap"><ul><li><strong>Property Size:</strong> <span>3350 sq ft</span></li><li><strong>Land Area:</strong> <span>520 m²</span></li><li><strong>Bedrooms:</strong> <span>4</span></li><li><strong>Bathrooms:</strong> <span>5</span></li><li><strong>Garage Size:</strong> <span>200 sq ft</span></li></ul></div><div class="floor-plans-wrap"><div class="accordion-header"><div>Ground Floor</div><div>Size: <strong>1267 sq ft</strong></div><div>Price: <strong>₹ 1,650</strong></div></div></div><div class="schedule">Tour fee ₹ 0</div></body></html>""",
        Expected(
            price=(72_500_000, None, "INR", ""),
            bedrooms=(4, 4),
            size=(3350, "sq ft"),
            place=("Assagao",),
        ),
    ),
    EvaluationPage(
        "React flight data with shell and meta description only",
        "https://www.nestfind.example.co.uk/property/nf-88120",
        """<html lang="en-GB"><head><title>2 bedroom flat for sale in Hove, BN3 | NestFind</title><meta name="description" content="2 bedroom flat for sale in Church Road, Hove BN3 for £365,000. 71 sq m with a balcony."></head><body><div id="root"><div class="spin"></div></div><script>self.__next_f.push([1,"5:[\\"$\\",\\"div\\",null,{\\"listing\\":{\\"id\\":\\"nf-88120\\",\\"price\\":365000,\\"currency\\":\\"GBP\\",\\"bedrooms\\":2,\\"propertyType\\":\\"flat\\",\\"address\\":\\"Church Road, Hove BN3\\"}}]\\n"])</script></body></html>""",
        Expected(
            price=(365_000, 365_000, "GBP", ""), bedrooms=(2, 2), size=(71, "sq m"), place=("Hove",)
        ),
    ),
    EvaluationPage(
        "Microdata on an old site, with another offer for parking",
        "https://www.oldsite.example.com/condo-12",
        """<html lang="en"><head><title>Condo 12, Harbor Place, Portland ME</title></head><body><div itemscope itemtype="http://schema.org/Apartment"><h1 itemprop="name">Condo 12, Harbor Place</h1><div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress"><span itemprop="streetAddress">40 Wharf Street</span>, <span itemprop="addressLocality">Portland</span>, <span itemprop="addressRegion">ME</span></div><span itemprop="numberOfRooms">2 bedrooms</span><div itemprop="floorSize" itemscope itemtype="http://schema.org/QuantitativeValue"><span itemprop="value">1,105</span> <meta itemprop="unitCode" content="FTK">sq ft</div><div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="USD"><span itemprop="price" content="549000">$549,000</span></div></div><div itemscope itemtype="http://schema.org/Product"><span itemprop="name">Parking space</span><div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><span itemprop="price" content="35000">$35,000</span><meta itemprop="priceCurrency" content="USD"></div></div></body></html>""",
        Expected(
            price=(549_000, 549_000, "USD", ""),
            bedrooms=(2, 2),
            size=(1105, "sq ft"),
            place=("Portland",),
        ),
    ),
    EvaluationPage(
        "Affordable housing scheme, draw and a fixed price",
        "https://sarkari-awas.example.in/scheme/gda-2026",
        """<html><head><title>Awas Yojna Kaushambi 2 BHK flats - Apply online</title></head><body><h1>GDA Awas Yojna, Kaushambi, Ghaziabad</h1><table><tr><td>Flat type</td><td>2 BHK</td></tr><tr><td>Carpet area</td><td>55.74 sq.m (600 sq.ft)</td></tr><tr><td>Unit cost</td><td>Rs. 38,50,000/-</td></tr><tr><td>Application amount</td><td>Rs. 1,92,500/-</td></tr><tr><td>Processing fee</td><td>Rs. 1,180/-</td></tr><tr><td>Last date</td><td>31.12.2026</td></tr></table></body></html>""",
        Expected(
            price=(3_850_000, 3_850_000, "INR", ""),
            bedrooms=(2, 2),
            size=(55.74, "sq m"),
            place=("Ghaziabad",),
        ),
    ),
    EvaluationPage(
        "Farm land in acres with price per acre",
        "https://www.khetbazaar.example.in/land/20-guntha-mulshi",
        """<html><head><title>2.5 Acre Agricultural Land for Sale in Mulshi, Pune</title></head><body><h1>2.5 Acre Agricultural Land for Sale in Mulshi, Pune</h1><p>Price: ₹ 45 Lakh per acre</p><p>Total price ₹ 1.125 Cr (negotiable)</p><p>Road touch 30 ft. Clear 7/12. Water from the canal.</p></body></html>""",
        Expected(price=(11_250_000, 11_250_000, "INR", ""), place=("Mulshi",)),
    ),
    EvaluationPage(
        "Akamai denial",
        "https://www.portal.example.in/p/1",
        """<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "http&#58;&#47;&#47;www&#46;portal&#46;example&#46;in&#47;p&#47;1" on this server.<P>Reference&#32;&#35;18&#46;4f6c1002&#46;1764</BODY></HTML>""",
        Expected(kind="blocked"),
    ),
    EvaluationPage(
        "Human check with property title kept",
        "https://www.zlw.example.com/homedetails/12-Main-St/99_zpid/",
        """<html><head><title>12 Main St, Springfield, IL 62701 | 3 bed $250,000</title></head><body><div class="px-captcha-container"><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><p>Reference ID 7781-22</p></div></body></html>""",
        Expected(kind="blocked"),
    ),
    EvaluationPage(
        "Agent's office list page",
        "https://www.hartley-agents.example.co.uk/properties-for-sale/",
        """<html lang="en-GB"><head><title>Properties for sale - Hartley &amp; Sons</title></head><body><h1>Properties for sale</h1><select><option>Sort by price</option></select><ul class="grid"><li class="property"><a href="/properties/a/"><h3>Corve Street, Ludlow</h3><span>£695,000</span><span>5 bedrooms</span></a></li><li class="property"><a href="/properties/b/"><h3>Mill Lane, Ludlow</h3><span>£310,000</span><span>3 bedrooms</span></a></li><li class="property"><a href="/properties/c/"><h3>Broad Street, Ludlow</h3><span>£450,000</span><span>4 bedrooms</span></a></li></ul></body></html>""",
        Expected(kind="index"),
    ),
]
