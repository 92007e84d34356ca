"""Held back: written after the rules for `seventh`, and first run then.

The figures of the first run stand in docs/guide/facts.md; what went wrong in it was mended after.
"""

from tests.property.evaluation.page import EvaluationPage, Expected

_POPUP = '<div class="mfp-hide white-popup" id="popup-form"><h3>Schedule a site visit</h3><p>Get exclusive deals up to ₹ 5 Lakh off</p><form><input><button>Send</button></form></div>'
_SIM = "".join(f'<div class="swiper-slide"><div class="prop-card"><a href="/property/{n}"><img src="/u/{n}.webp"></a><div class="prop-card__body"><h4>{b} BHK in {p}</h4><span class="amt">₹ {a}</span><span>{s} sq.ft</span></div></div></div>' for n, b, p, a, s in ((1, 2, "Hadapsar", "74 Lac", 910), (2, 3, "Undri", "88 Lac", 1180), (3, 3, "NIBM", "1.35 Cr", 1520), (4, 4, "Koregaon Park", "3.9 Cr", 2900), (5, 2, "Kondhwa", "69 Lac", 870), (6, 1, "Wagholi", "41 Lac", 520), (7, 2, "Pisoli", "55 Lac", 780)))  # fmt: skip

PAGES = [
    EvaluationPage(
        "Indian broker site, resale flat, swiper of seven others, sticky bar",
        "https://www.puneproperties.example.in/property/3-bhk-flat-in-magarpatta-city-2214",
        """<html lang="en"><head><title>3 BHK Flat in Magarpatta City | Pune Properties</title></head><body><div class="sticky-bar"><span>3 BHK Flat in Magarpatta City</span><span>₹ 1.62 Cr</span><a href="tel:+912000000000">Call</a></div><section class="detail"><div class="d-flex justify-content-between"><div><h1>3 BHK Flat in Magarpatta City</h1><p><i class="fa fa-map-marker"></i> Roystonea, Magarpatta City, Hadapsar, Pune</p></div><div class="text-right"><h2>₹ 1.62 Cr</h2><small>₹ 11,571/sq.ft</small></div></div><div class="row specs"><div class="col-3"><i class="fa fa-bed"></i><p>3 Bedrooms</p></div><div class="col-3"><i class="fa fa-bath"></i><p>3 Bathrooms</p></div><div class="col-3"><i class="fa fa-expand"></i><p>1400 sq.ft Built Up</p></div><div class="col-3"><p>Furnished</p></div></div></section>"""
        + _POPUP
        + """<section><h3>You may also like</h3><div class="swiper"><div class="swiper-wrapper">"""
        + _SIM
        + """</div></div></section></body></html>""",
        Expected(
            price=(16_200_000, 16_200_000, "INR", ""),
            bedrooms=(3, 3),
            size=(1400, "sq ft"),
            place=("Magarpatta",),
        ),
    ),
    EvaluationPage(
        "Same broker without a heading over the others",
        "https://www.puneproperties.example.in/property/villa-in-bhugaon-88",
        """<html lang="en"><head><title>4 BHK Villa in Bhugaon, Pune | Pune Properties</title></head><body><section class="detail"><h1>4 BHK Villa in Bhugaon</h1><p>Near Manas Lake, Bhugaon, Pune 412115</p><div class="price-tag">₹ 3.25 Cr</div><ul class="amenity-icons"><li>4 Beds</li><li>5 Baths</li><li>3,100 sq.ft</li><li>Plot 2,500 sq.ft</li></ul></section><div class="swiper-wrapper">"""
        + _SIM
        + """</div></body></html>""",
        Expected(
            price=(32_500_000, 32_500_000, "INR", ""),
            bedrooms=(4, 4),
            size=(3100, "sq ft"),
            place=("Bhugaon",),
        ),
    ),
    EvaluationPage(
        "Project microsite with Bootstrap cards for price and a marquee",
        "https://www.sobha-like-neopolis.example.com/",
        """<html lang="en"><head><title>Neopolis Panathur Road Bangalore | Price | Brochure</title><meta name="description" content="Neopolis offers 1, 3 & 4 BHK luxury apartments at Panathur Road, off ORR, Bangalore. Starting 1.45 Cr*"></head><body><marquee>Limited period offer: pay 10:90 | Save up to ₹ 8 Lacs</marquee><div class="carousel"><h1>NEOPOLIS</h1><h3>Panathur Road, Off ORR, Bangalore</h3><h4>1, 3 &amp; 4 BHK Homes from ₹ 1.45 Cr* onwards</h4></div><section id="pricing"><h2>Price Details</h2><div class="card"><div class="card-header">1 BHK</div><div class="card-body"><p>Size: 660 - 680 sq.ft.</p><h5>₹ 1.45 Cr* Onwards</h5><a href="#enq">Price Breakup</a></div></div><div class="card"><div class="card-header">3 BHK</div><div class="card-body"><p>Size: 1610 - 2200 sq.ft.</p><h5>₹ 2.80 Cr* Onwards</h5><a href="#enq">Price Breakup</a></div></div><div class="card"><div class="card-header">4 BHK</div><div class="card-body"><p>Size: 2350 - 2480 sq.ft.</p><h5>₹ 4.15 Cr* Onwards</h5><a href="#enq">Price Breakup</a></div></div></section><h2>FAQs</h2><details><summary>What is the price of 3 BHK?</summary><p>The 3 BHK starts at ₹ 2.80 Cr.</p></details></body></html>""",
        Expected(
            price=(14_500_000, None, "INR", ""),
            bedrooms=(1, 4),
            parts={"1 BHK": 14_500_000, "3 BHK": 28_000_000, "4 BHK": 41_500_000},
            size_parts={"1 BHK": 660, "3 BHK": 1610, "4 BHK": 2350},
            place=("Panathur",),
        ),
    ),
    EvaluationPage(
        "Project page with highlights as sentences",
        "https://www.mahindralike.example.in/zen",
        """<html><head><title>Zen at Hosur Road - 3 &amp; 4 BHK</title></head><body><h1>Zen</h1><p>Net zero waste + energy homes off Hosur Road near Singasandra, Bengaluru</p><ul><li>Spread over 4.25 acres with just 200 residences</li><li>3 and 3.5 BHK homes from 1,498 to 2,115 sq. ft. saleable area</li><li>Prices start at ₹ 2.1 crore (all inclusive)</li><li>Possession by December 2029</li><li>RERA PRM/KA/RERA/1251/310/PR/070524/006861</li></ul><p>5-minute drive to Central Silk Board. Rental demand of ₹ 60,000 per month in the area.</p></body></html>""",
        Expected(
            price=(21_000_000, None, "INR", ""),
            bedrooms=(3, 4),
            size=(1498, "sq ft"),
            place=("Hosur Road",),
        ),
    ),
    EvaluationPage(
        "Gulf agency detail in Houzez with AED and sqft in Arabic numerals of none",
        "https://www.haus.example.ae/property/upgraded-4br-springs-15/",
        """<html lang="en-US"><head><title>Upgraded 4BR Villa in Springs 15 - Haus</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"BlogPosting","headline":"Upgraded 4BR Villa in Springs 15"},{"@type":"WebPage","@id":"https://www.haus.example.ae/property/upgraded-4br-springs-15/"}]}</script></head><body class="single-property"><h1>Upgraded 4BR Villa in Springs 15</h1><address class="item-address">The Springs 15, The Springs, Dubai</address><ul class="item-price-wrap"><li class="item-price">AED5,200,000</li></ul><div class="block-wrap"><ul><li><strong>Property Size:</strong> <span>2,450 Sq Ft</span></li><li><strong>Plot Size:</strong> <span>3,800 Sq Ft</span></li><li><strong>Bedrooms:</strong> <span>4 + Maid</span></li><li><strong>Bathrooms:</strong> <span>4</span></li><li><strong>Permit:</strong> <span>7110042201</span></li></ul></div><div class="block-wrap"><h2>Mortgage Calculator</h2><p>AED 1,040,000 down payment</p></div></body></html>""",
        Expected(
            price=(5_200_000, 5_200_000, "AED", ""),
            bedrooms=(4, 4),
            size=(2450, "sq ft"),
            place=("Springs",),
        ),
    ),
    EvaluationPage(
        "Off-plan broker page: starting from, ROI and a table of units",
        "https://www.offplan.example.com/projects/verdana-dubai-investment-park",
        """<html lang="en"><head><title>Verdana by Reef at Dubai Investments Park | Off-plan</title></head><body><div class="hero"><p>Reef Developments presents</p><h1>Verdana at Dubai Investments Park (DIP)</h1><ul><li><strong>Starting price</strong> AED 599,900</li><li><strong>Payment plan</strong> 50/50</li><li><strong>Unit types</strong> Studio, 1 &amp; 2 BR</li><li><strong>Completion</strong> Q4 2027</li><li><strong>ROI</strong> 8.5%</li></ul></div><h2>Floor plans</h2><table><thead><tr><th>Unit</th><th>Size</th><th>Price from</th></tr></thead><tbody><tr><td>Studio</td><td>388 Sq Ft</td><td>AED 599,900</td></tr><tr><td>1 Bedroom</td><td>702 Sq Ft</td><td>AED 899,000</td></tr><tr><td>2 Bedroom</td><td>1,105 Sq Ft</td><td>AED 1,349,000</td></tr></tbody></table></body></html>""",
        Expected(
            price=(599_900, None, "AED", ""),
            bedrooms=(0, 2),
            parts={"Studio": 599_900, "1 bedroom": 899_000, "2 bedrooms": 1_349_000},
            size_parts={"Studio": 388, "1 bedroom": 702, "2 bedrooms": 1105},
            place=("Dubai Investments Park",),
        ),
    ),
    EvaluationPage(
        "UK portal rental with a fee table and a map, number before the icon",
        "https://www.ontm.example.co.uk/details/16022112/",
        """<html lang="en"><head><title>1 bedroom flat to rent in Castle Street, Reading, RG1 | OTM</title></head><body><header><a>OTM</a></header><div><h1>1 bedroom flat to rent</h1><div>Castle Street, Reading, RG1</div><div>£1,295 pcm <span>(£299 pw)</span></div><div>Added &gt; 14 days</div><div class="stats"><div>1 <svg class="icon-bed"></svg></div><div>1 <svg class="icon-bathroom"></svg></div><div>Flat</div></div><h2>Letting details</h2><ul><li>Let available date: Now</li><li>Deposit: £1,494</li><li>Min. Tenancy: 12 months</li><li>Council Tax: Band B</li></ul><p>Approx. 495 sq ft (46 sq m).</p></div></body></html>""",
        Expected(
            price=(1295, 1295, "GBP", "month"),
            bedrooms=(1, 1),
            size=(495, "sq ft"),
            place=("Reading",),
        ),
    ),
    EvaluationPage(
        "UK estate agent, prose floor area and asking price in the heading",
        "https://www.whitfields.example.co.uk/buy/property/church-lane-harrogate",
        """<html lang="en-GB"><head><title>Church Lane, Harrogate | 3 bedroom cottage for sale | Whitfields</title></head><body><div class="wp-block-group"><h1>£550,000 - Church Lane, Harrogate</h1><h2>3 bedroom cottage for sale</h2><p><strong>Tenure</strong> Freehold &nbsp; <strong>EPC</strong> D &nbsp; <strong>Council tax</strong> E (£2,715)</p><p>A charming stone cottage in the conservation area, extending to 1,205 sq ft. Sitting room 5.1m x 4.2m. Bedroom one 4.2m x 3.9m.</p></div><section class="properties-related"><h3>Other properties</h3><a href="/buy/property/a">£425,000 - Skipton Road, 2 bedroom</a></section></body></html>""",
        Expected(
            price=(550_000, 550_000, "GBP", ""),
            bedrooms=(3, 3),
            size=(1205, "sq ft"),
            place=("Harrogate",),
        ),
    ),
    EvaluationPage(
        "Foxtons-like with price per month toggle and long nav",
        "https://www.fxtn.example.co.uk/properties-for-sale/sw11/chpk4410",
        """<html lang="en-GB"><head><title>2 bedroom flat for sale in Prince of Wales Drive, Battersea, SW11</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"2 bedroom flat for sale in Prince of Wales Drive, Battersea, SW11","image":"x.jpg","offers":{"@type":"Offer","price":"775000","priceCurrency":"GBP","availability":"https://schema.org/InStock"}}</script></head><body><div class="menu-panel"><a>Sell</a><a>Let</a></div><h1>2 bedroom flat for sale<br>Prince of Wales Drive, Battersea, SW11</h1><div class="property_price">Asking price <strong>£775,000</strong></div><span>Leasehold (112 years)</span><ul><li>2 Bedrooms</li><li>2 Bathrooms</li><li>Sq ft: 884</li></ul><p>Service charge £5,200 per annum. Ground rent £350 pa.</p><h3>Stamp duty</h3><p>£26,250</p></body></html>""",
        Expected(
            price=(775_000, 775_000, "GBP", ""),
            bedrooms=(2, 2),
            size=(884, "sq ft"),
            place=("Battersea",),
        ),
    ),
    EvaluationPage(
        "Developer of new homes in the UK, single plot page",
        "https://www.barrattlike.example.co.uk/new-homes/dev-002211/plot-88/",
        """<html lang="en-GB"><head><title>Plot 88 The Hesketh | 4 bedroom detached home at Kings Meadow, Derby</title></head><body><h1>Plot 88 - The Hesketh</h1><p>Kings Meadow, Radbourne Lane, Derby, DE22 4LW</p><p class="price">£389,995</p><p>4 bedroom detached home</p><p>Total area 1,172 sq ft / 109 sq m</p><div class="offer"><strong>Deposit boost worth £19,500</strong></div><p>Annual service charge £148</p><h2>Room dimensions</h2><table><tr><td>Kitchen/Dining</td><td>5.45 x 3.9 m</td></tr><tr><td>Bedroom 1</td><td>3.98 x 3.17 m</td></tr></table></body></html>""",
        Expected(
            price=(389_995, 389_995, "GBP", ""),
            bedrooms=(4, 4),
            size=(1172, "sq ft"),
            place=("Derby",),
        ),
    ),
    EvaluationPage(
        "US agent IDX page",
        "https://www.janehomes.example.com/idx/details/listing/d003/2081122/1810-Birch-Hollow-Ct",
        """<html lang="en"><head><title>1810 Birch Hollow Ct, Reston, VA 20190 (MLS # VAFX2081122)</title></head><body><div class="IDX-detailsContainer"><div id="IDX-detailsAddress"><span class="IDX-detailsAddressNumber">1810 </span><span>Birch Hollow Ct</span> <span>Reston</span>, <span>VA</span> <span>20190</span></div><div class="IDX-field-price"><span class="IDX-label">Price</span><span class="IDX-text">$729,900</span></div><div class="IDX-field"><span class="IDX-label">Bedrooms</span><span class="IDX-text">4</span></div><div class="IDX-field"><span class="IDX-label">Total Baths</span><span class="IDX-text">3</span></div><div class="IDX-field"><span class="IDX-label">SqFt</span><span class="IDX-text">2,388</span></div><div class="IDX-field"><span class="IDX-label">Acres</span><span class="IDX-text">0.09</span></div><div class="IDX-field"><span class="IDX-label">Tax Amount</span><span class="IDX-text">$8,114</span></div></div><div>Listing courtesy of another broker. © 2026 MLS.</div></body></html>""",
        Expected(
            price=(729_900, 729_900, "USD", ""),
            bedrooms=(4, 4),
            size=(2388, "sq ft"),
            place=("Reston",),
        ),
    ),
    EvaluationPage(
        "Compass-like header of values over labels",
        "https://www.cmps.example.com/listing/401-east-74th-street-unit-5f-manhattan-ny-10021/1188",
        """<html lang="en"><head><title>401 East 74th Street, Unit 5F, Manhattan, NY 10021 | Cmps</title></head><body><div class="summary"><h1><p>401 East 74th Street, Unit 5F</p><p>Manhattan, NY 10021</p></h1><div class="status">Active</div><div class="cols"><div><div>$925,000</div><div>Price</div></div><div><div>1</div><div>Bed</div></div><div><div>1</div><div>Bath</div></div><div><div>760</div><div>Sq. Ft.</div></div><div><div>$1,217 / Sq. Ft.</div></div></div></div><table><tr><th>Common Charges</th><td>$1,040</td></tr><tr><th>Taxes</th><td>$812</td></tr></table><div>Monthly payment $6,411</div></body></html>""",
        Expected(
            price=(925_000, 925_000, "USD", ""),
            bedrooms=(1, 1),
            size=(760, "sq ft"),
            place=("Manhattan",),
        ),
    ),
    EvaluationPage(
        "US condo tower sales site, residences from",
        "https://www.theharborline.example.com/",
        """<html lang="en"><head><title>The Harborline | Boston Seaport Condominiums</title></head><body><section><h1>The Harborline</h1><p>One- to three-bedroom residences in Boston's Seaport</p><p>Priced from $1.15M</p></section><section><h2>Availability</h2><table><tr><th>Residence</th><th>Bed/Bath</th><th>Sq Ft</th><th>Price</th></tr><tr><td>7C</td><td>1 / 1.5</td><td>811</td><td>$1,150,000</td></tr><tr><td>12A</td><td>2 / 2.5</td><td>1,322</td><td>$2,075,000</td></tr></table></section><footer>Sales gallery: 60 Pier Street, Boston, MA 02210</footer></body></html>""",
        Expected(
            price=(1_150_000, None, "USD", ""),
            bedrooms=(1, 3),
            parts={"7C": 1_150_000, "12A": 2_075_000},
            size_parts={"7C": 811, "12A": 1322},
            place=("Boston",),
        ),
    ),
    EvaluationPage(
        "German agency with data in two columns and a Courtage",
        "https://www.makler.example.de/immobilien/doppelhaushaelfte-erding",
        """<html lang="de"><head><title>Neuwertige Doppelhaushälfte in Erding | Makler Huber</title></head><body><h1>Neuwertige Doppelhaushälfte mit Garten</h1><div class="ort">85435 Erding</div><div class="objektdaten"><div class="zeile"><span class="bez">Kaufpreis:</span><span class="wert">879.000,00 EUR</span></div><div class="zeile"><span class="bez">Wohnfläche (ca.):</span><span class="wert">142,00 m²</span></div><div class="zeile"><span class="bez">Grundstücksgröße (ca.):</span><span class="wert">285 m²</span></div><div class="zeile"><span class="bez">Zimmer:</span><span class="wert">5</span></div><div class="zeile"><span class="bez">Schlafzimmer:</span><span class="wert">3</span></div><div class="zeile"><span class="bez">Käuferprovision:</span><span class="wert">2,38 % inkl. MwSt.</span></div><div class="zeile"><span class="bez">Stellplatz:</span><span class="wert">1 Garage, 20.000 EUR</span></div></div></body></html>""",
        Expected(
            price=(879_000, 879_000, "EUR", ""),
            bedrooms=(3, 3),
            size=(142, "sq m"),
            place=("Erding",),
        ),
    ),
    EvaluationPage(
        "French agency site, price with fees explained",
        "https://www.agence-du-port.example.fr/vente/maison-la-rochelle-ref-812",
        """<html lang="fr"><head><title>Vente maison La Rochelle 5 pièces 118 m² - Agence du Port</title></head><body><nav>Acheter Louer Estimer</nav><h1>Maison 5 pièces - La Rochelle</h1><p class="prix">498 000 € <sup>FAI</sup></p><p>Honoraires : 4,5 % TTC à la charge de l'acquéreur inclus. Prix hors honoraires : 476 555 €</p><table class="infos"><tr><th>Surface</th><td>118 m²</td></tr><tr><th>Terrain</th><td>240 m²</td></tr><tr><th>Chambres</th><td>4</td></tr><tr><th>Code postal</th><td>17000</td></tr></table><p>Montant estimé des dépenses annuelles d'énergie : entre 1 310 € et 1 820 €</p></body></html>""",
        Expected(
            price=(498_000, 498_000, "EUR", ""),
            bedrooms=(4, 4),
            size=(118, "sq m"),
            place=("La Rochelle",),
        ),
    ),
    EvaluationPage(
        "Spanish new development with phases",
        "https://www.promocion.example.es/obra-nueva/residencial-mirador-malaga",
        """<html lang="es"><head><title>Residencial Mirador | Obra nueva en Málaga Este</title></head><body><h1>Residencial Mirador</h1><p>El Limonar, Málaga</p><p>Viviendas de 2, 3 y 4 dormitorios desde 415.000 € + IVA</p><ul><li>Entrega prevista: junio 2028</li><li>Superficies desde 84 m²</li></ul><p>Reserva tu vivienda por 6.000 €</p></body></html>""",
        Expected(
            price=(415_000, None, "EUR", ""), bedrooms=(2, 4), size=(84, "sq m"), place=("Málaga",)
        ),
    ),
    EvaluationPage(
        "Italian agency sale",
        "https://www.casaclick.example.it/vendita/trilocale-bologna-774",
        """<html lang="it"><head><title>Trilocale in vendita a Bologna, zona San Donato</title></head><body><h1>Trilocale in vendita</h1><p>Via San Donato 77, Bologna (BO)</p><div class="prezzo">€ 239.000</div><ul><li>Superficie: 85 mq</li><li>Locali: 3</li><li>Camere: 2</li><li>Bagni: 1</li><li>Spese condominiali: € 90 mensili</li><li>Classe energetica: D</li></ul></body></html>""",
        Expected(
            price=(239_000, 239_000, "EUR", ""),
            bedrooms=(2, 2),
            size=(85, "sq m"),
            place=("Bologna",),
        ),
    ),
    EvaluationPage(
        "Tailwind SPA with hidden mobile copy and dl grid",
        "https://www.estatio.example.in/listings/skyline-2bhk-gota",
        """<html lang="en"><head><title>2 BHK Apartment in Gota, Ahmedabad - Estatio</title></head><body><div class="md:hidden hidden">₹ 49 Lakh</div><main class="max-w-7xl mx-auto"><h1 class="text-2xl font-bold">2 BHK Apartment</h1><p class="text-gray-500">Skyline Residency, Gota, Ahmedabad, Gujarat</p><p class="text-3xl">₹52,00,000</p><p class="line-through text-sm">₹55,00,000</p><dl class="grid grid-cols-2"><div><dt>Carpet</dt><dd>640 sq.ft.</dd></div><div><dt>Super built-up</dt><dd>1,035 sq.ft.</dd></div><div><dt>Beds</dt><dd>2</dd></div><div><dt>Status</dt><dd>Ready to move</dd></div></dl></main><div class="fixed bottom-0">Chat with us</div></body></html>""",
        Expected(
            price=(5_200_000, 5_200_000, "INR", ""),
            bedrooms=(2, 2),
            size=(640, "sq ft"),
            place=("Gota",),
        ),
    ),
    EvaluationPage(
        "JSON-LD Apartment with offers in a graph and a nested seller",
        "https://www.hostport.example.in/p/2-bhk-sector-150-noida-p771",
        """<html><head><title>2 BHK in Sector 150, Noida</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","@id":"#org","name":"HostPort","telephone":"+91 120 000 0000","address":{"@type":"PostalAddress","addressLocality":"Gurugram"}},{"@type":"RealEstateListing","@id":"#listing","name":"2 BHK in Sector 150, Noida","mainEntity":{"@id":"#apt"},"offers":{"@id":"#offer"}},{"@type":"Apartment","@id":"#apt","numberOfBedrooms":2,"floorSize":{"@type":"QuantitativeValue","value":"1085","unitText":"SQFT"},"address":{"@type":"PostalAddress","streetAddress":"Sector 150","addressLocality":"Noida","addressRegion":"UP"}},{"@type":"Offer","@id":"#offer","price":"9800000","priceCurrency":"INR","seller":{"@id":"#org"}}]}</script></head><body><div id="root"></div></body></html>""",
        Expected(
            price=(9_800_000, 9_800_000, "INR", ""),
            bedrooms=(2, 2),
            size=(1085, "sq ft"),
            place=("Sector 150",),
        ),
    ),
    EvaluationPage(
        "LocalBusiness with a price range, page without figures",
        "https://www.greenfieldbuilders.example.in/",
        """<html><head><title>Greenfield Builders, Nagpur</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"LocalBusiness","name":"Greenfield Builders","priceRange":"₹40L - ₹90L","telephone":"+917120000000"}</script></head><body><h1>Building trust in Nagpur since 1996</h1><p>We have delivered 14 residential projects. Our ongoing projects are listed on the projects page.</p></body></html>""",
        Expected(kind="other"),
    ),
    EvaluationPage(
        "Rent a warehouse in square metres in the Gulf",
        "https://www.whouse.example.sa/listing/jeddah-warehouse-41",
        """<html lang="en"><head><title>Warehouse for Rent in Al Khumra, Jeddah</title></head><body><h1>Warehouse for Rent in Al Khumra, Jeddah</h1><p>Area 2,400 sqm, ceiling height 11 m</p><p>SAR 480,000 / year (200 SAR per sqm)</p></body></html>""",
        Expected(price=(480_000, 480_000, "SAR", "year"), size=(2400, "sq m"), place=("Jeddah",)),
    ),
    EvaluationPage(
        "Indian project page with sq.m. and sq.ft. in RERA table",
        "https://www.rerasite.example.in/shivneri-heights-badlapur",
        """<html><head><title>Shivneri Heights, Badlapur East</title></head><body><h1>Shivneri Heights, Badlapur East</h1><table border="1"><tr><th>Flat Type</th><th>RERA Carpet (sq.m.)</th><th>RERA Carpet (sq.ft.)</th><th>Package Price</th></tr><tr><td>1 RK</td><td>24.10</td><td>259</td><td>18.50 Lacs</td></tr><tr><td>1 BHK</td><td>37.25</td><td>401</td><td>28.90 Lacs</td></tr><tr><td>2 BHK</td><td>54.60</td><td>588</td><td>41.75 Lacs</td></tr></table><p>Package includes stamp duty, registration and GST.</p></body></html>""",
        Expected(
            bedrooms=(0, 2),
            parts={"1 RK": 1_850_000, "1 BHK": 2_890_000, "2 BHK": 4_175_000},
            size_parts={"1 RK": 24.1, "1 BHK": 37.25, "2 BHK": 54.6},
            place=("Badlapur",),
        ),
    ),
    EvaluationPage(
        "Price hidden behind a button, EMI shown",
        "https://www.portal2.example.in/project/kalpavruksha-bhandup",
        """<html><head><title>Kalpavruksha Bhandup West - 1, 2 BHK</title></head><body><h1>Kalpavruksha</h1><p>LBS Marg, Bhandup West, Mumbai</p><div><button>Get price</button></div><p>EMI from ₹ 48,500</p><p>1, 2 BHK flats | 410 - 695 sq.ft. carpet</p><p>Possession Mar 2028</p></body></html>""",
        Expected(bedrooms=(1, 2), size=(410, "sq ft"), place=("Bhandup",)),
    ),
    EvaluationPage(
        "Blog guide on buying",
        "https://www.blog.example.in/guide-to-buying-a-3-bhk-in-bangalore",
        """<html><head><title>Guide to buying a 3 BHK in Bangalore (2026)</title></head><body><article><h1>Guide to buying a 3 BHK in Bangalore</h1><p>Published on Nov 2, 2026 · 7 min read · Written by Editorial Team</p><p>A 3 BHK in Whitefield costs ₹ 1.4 crore on average, and 1,500 sq ft is usual. In Sarjapur prices start at ₹ 1.1 crore.</p><h2>Leave a comment</h2></article></body></html>""",
        Expected(kind="other"),
    ),
    EvaluationPage(
        "Search results without links in cards, in German",
        "https://www.is24like.example.de/Suche/de/sachsen/leipzig/wohnung-kaufen",
        """<html lang="de"><head><title>Wohnung kaufen in Leipzig - 812 Angebote</title></head><body><h1>Wohnung kaufen in Leipzig</h1><div>812 Treffer</div><ul><li><h2>Altbau in Plagwitz</h2><span>289.000 €</span><span>84 m²</span><span>3 Zi.</span></li><li><h2>Neubau Gohlis</h2><span>389.000 €</span><span>92 m²</span><span>3 Zi.</span></li><li><h2>Loft</h2><span>459.000 €</span><span>120 m²</span><span>4 Zi.</span></li><li><h2>City</h2><span>199.000 €</span><span>48 m²</span><span>2 Zi.</span></li></ul></body></html>""",
        Expected(kind="index"),
    ),
    EvaluationPage(
        "Press-and-hold wall in another language",
        "https://www.fotocas.example.es/d/1",
        """<html><head><title>SENTIMOS LA INTERRUPCIÓN</title></head><body><h1>SENTIMOS LA INTERRUPCIÓN</h1><p>Mientras navegabas, algo nos ha hecho pensar que puedes ser un robot.</p><script src="https://geo.captcha-delivery.com/captcha.js"></script></body></html>""",
        Expected(kind="blocked"),
    ),
]
