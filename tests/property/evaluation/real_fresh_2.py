"""In the form of real pages once more, of further sites. Written after `real_fresh` had been mended,
and first run then; the figures stand in docs/guide/facts.md."""

from tests.property.evaluation.page import EvaluationPage, Expected

PAGES = [
    EvaluationPage(
        "WordPress property theme: navigation, details list, calculator, similar listings",
        "https://demo.domovik.example.com/property/renovated-apartment/",
        """<!doctype html><html lang="en-US"><head><title>Renovated Apartment at Lakeview &#8211; Domovik</title><meta property="og:title" content="Renovated Apartment at Lakeview" /></head><body><main id="main-wrap"><section class="content-wrap property-wrap property-detail-v3 "><div class="property-navigation-wrap"><ul class="property-navigation list-unstyled"><li class="property-navigation-item"><a class="target" href="#property-description-wrap">Description</a></li><li class="property-navigation-item"><a class="target" href="#property-mortgage-calculator-wrap">Mortgage Calculator</a></li></ul></div><div class="page-title-wrap"><div class="page-title"><h1>Renovated Apartment at Lakeview</h1></div><address class="item-address"><i class="houzez-icon icon-pin mr-1"></i>4021 Example Ave, Chicago, IL 60613</address><ul class="item-price-wrap hide-on-list"><li class="item-price">$876,000</li><li class="item-sub-price">$4,380/sq ft</li></ul></div><div class="property-overview-wrap"><ul class="list-unstyled flex-fill"><li class="property-overview-item"><strong>Apartment</strong></li><li class="hz-meta-label">Property Type</li></ul><ul class="list-unstyled"><li class="property-overview-item"><i class="icon-hotel-double-bed-1"></i> <strong>4</strong></li><li class="hz-meta-label">Bedrooms</li></ul><ul class="list-unstyled"><li class="property-overview-item"><strong>2</strong></li><li class="hz-meta-label">Bathrooms</li></ul><ul class="list-unstyled"><li class="property-overview-item"><strong>1,350</strong></li><li class="hz-meta-label">sq ft</li></ul></div><div id="property-detail-wrap"><h2>Details</h2><ul class="list-2-cols"><li><strong>Property ID:</strong> <span>HZ-08</span></li><li><strong>Price:</strong> <span>$876,000</span></li><li><strong>Property Size:</strong> <span>1,350 sq ft</span></li><li><strong>Land Area:</strong> <span>2,100 sq ft</span></li><li><strong>Bedrooms:</strong> <span>4</span></li><li><strong>Garage Size:</strong> <span>200 sq ft</span></li><li><strong>Deposit:</strong> <span>20%</span></li><li><strong>Last remodel year:</strong> <span>2019</span></li></ul></div><div id="property-mortgage-calculator-wrap"><h2>Mortgage Calculator</h2><p>Monthly Mortgage Payment $3,942.72</p><p>Property Tax $950.00</p><p>HOA $250.00</p></div><div id="similar-listings-wrap"><h2>Similar Listings</h2><div class="item-listing-wrap"><a href="/property/a"><h2>Design Place Apartment</h2><span>$760,000</span></a></div></div></section></main></body></html>""",
        Expected(
            price=(876_000, 876_000, "USD", ""),
            bedrooms=(4, 4),
            size=(1350, "sq ft"),
            place=("Chicago",),
        ),
    ),
    EvaluationPage(
        "UK agency built to a brief: pills, qualifier, chips, stations, schools, related",
        "https://www.shorelinehomes.example.co.uk/properties/marlow-drive",
        """<html lang="en-GB"><head><title>Marlow Drive, Leigh-on-sea, SS9 | Shoreline Homes</title></head><body><header><a href="/">Shoreline</a><a href="/properties">Properties</a></header><div><span class="badge">For Sale</span><h1>Marlow Drive · Leigh-on-sea, SS9</h1><span>Detached bungalow</span><span class="pill">For Sale</span></div><p class="price">Offers In The Region Of £312,500</p><button>+12 photos</button><ul class="facts-strip"><li>Detached bungalow</li><li>2 beds</li><li>1 bath</li><li>Available</li><li>861 sq ft</li></ul><p>A charming bungalow a short walk from the broadway.</p><ul class="chips"><li>Large Garden</li><li>Garage</li><li>No Chain</li></ul><button>Book a Viewing</button><a href="tel:+441702000164">Contact Agent</a><h2>Train Stations</h2><ul><li>Leigh-on-Sea 0.9 miles</li></ul><h2>Education</h2><ul><li>Example Infant School 0.2 miles</li></ul><form><label>Time slot</label><select><option>9-12</option><option>12-15</option></select></form><h2>Property Details</h2><table><tr><td>Property ID</td><td>SH-2281</td></tr><tr><td>Price</td><td>£312,500</td></tr><tr><td>Bedrooms</td><td>2</td></tr><tr><td>Bathrooms</td><td>1</td></tr><tr><td>Property Type</td><td>Detached bungalow</td></tr><tr><td>Status</td><td>For Sale</td></tr></table><h2>EPC</h2><p>Coming Soon</p><h2>Related Properties</h2><div class="carousel"><a href="/properties/a"><h3>Elm Road · Leigh-on-sea</h3><p>£425,000</p><p>3 beds</p></a><a href="/properties/b"><h3>Cliff Road · Westcliff</h3><p>£1,100 PCM</p><p>1 bed</p></a></div></body></html>""",
        Expected(
            price=(312_500, 312_500, "GBP", ""),
            bedrooms=(2, 2),
            size=(861, "sq ft"),
            place=("Leigh-on-sea",),
        ),
    ),
    EvaluationPage(
        "Dubai brokerage's front page: projects with returns and handover, no price",
        "https://www.zafferestates.example.ae/",
        """<html lang="en"><head><title>Zaffer Estates | Off-plan Specialists in Dubai</title></head><body><nav><a href="#projects">Projects</a><a href="#team">Team</a></nav><section id="home"><h1>Homes before they are built</h1><p>At Zaffer Estates, off-plan isn't about waiting.</p></section><section id="projects" class="projects"><h1 class="section-title">Featured Projects</h1><div class="project-grid"><div class="project-card reveal-bottom" data-project="isla"><h3>ISLA MARE</h3><p><strong>Location:</strong> Dubai Islands</p><p>Exclusive waterfront living. Premium units still available.</p><ul class="key-features"><li>High ROI up to 8%</li><li>Handover: Q4 2027</li></ul><a href="#" class="inquire-btn">Inquire Now</a></div><div class="project-card reveal-bottom" data-project="bella"><h3>MAKO - Bella</h3><p><strong>Location:</strong> JVC, Dubai</p><p>Fully sold out luxury apartments with smart living features.</p><ul class="key-features"><li>ROI: 7%</li><li>Handover: Completed</li></ul><a href="#" class="inquire-btn">Inquire Now</a></div></div></section><section id="team"><h2>Our team</h2><p>12 years of experience</p></section></body></html>""",
        Expected(kind="other"),
    ),
    EvaluationPage(
        "Telangana portal's front page: a slide for each project, counts, budgets",
        "https://www.bhoomiportal.example.in/",
        """<html lang="en"><head><title>Bhoomi | Buy Property in Hyderabad</title></head><body><header><a href="/buy">Buy</a><a href="/rent">Rent</a></header><div class="hero"><div class="slide"><h2>A WIDER VIEW OF THE LAKE</h2><h3>Reedscape by Cobble</h3><p>3 &amp; 3.5 BHK | ₹1.6 Cr* Onwards | Kondapur, Hyderabad</p><p>1,880 - 2390 sq.ft. (174.6 - 222.0 sq.m.)</p><small>Rera No. - P02400005999</small></div><div class="slide"><h2>ROOMS CLOSE TO EVERYTHING</h2><h3>Skyline Residency</h3><p>2 &amp; 3 BHK | ₹1.1 Cr* Onwards | Madhapur, Hyderabad</p><p>1,180 - 1,760 sq.ft.</p><small>Rera No. - P01100007777</small></div></div><div class="search"><label>Budget</label><select><option>₹50L - ₹1 Cr</option></select></div><div class="stats"><p>10,000+ Properties Listed</p><p>100+ Cities Covered</p><p>4.8 User Rating</p></div><h2>Popular localities</h2><ul><li><a href="/kondapur">Kondapur</a></li><li><a href="/gachibowli">Gachibowli</a></li></ul></body></html>""",
        Expected(kind="index"),
    ),
    EvaluationPage(
        "Developer's fact page in sentences: areas from to, prices starting up to",
        "https://www.corvaneheights.example.in/project-details",
        """<html lang="en"><head><title>Corvane Heights Whitefield | Project Details</title></head><body><h1>Corvane Heights</h1><p>Our flagship project is 'Corvane Heights' located in Whitefield, Bengaluru.</p><h2>Apartment Types</h2><ul><li>2 BHK Super Built-up Area: 1,190 sq.ft to 1,430 sq.ft.</li><li>3 BHK Super Built-up Area: 1,640 sq.ft to 2,080 sq.ft.</li></ul><p>All apartments are vastu-compliant and boast three-sided open views.</p><h2>Pricing Guide</h2><ul><li>Luxury 2 BHK apartments: Starting from ₹82 Lakhs up to ₹1.06 Crore.</li><li>Ultra-premium 3 BHK apartments: Starting from ₹1.22 Crore up to ₹1.64 Crore.</li></ul><p>These prices are inclusive of car parking, clubhouse membership, and amenities share.</p><h2>Amenities List</h2><ul><li>Clubhouse: A grand 50,000 sq.ft clubhouse with lounge, dining, and squash courts.</li><li>Swimming Pool: Olympic-sized infinity pool.</li><li>Gym: Fully equipped gymnasium.</li></ul><h2>Payment</h2><ul><li>Booking: ₹5 Lakhs, refundable within 15 days.</li><li>EMI starts at ₹58,000 per month.</li></ul></body></html>""",
        Expected(
            bedrooms=(2, 3),
            parts={"2 BHK": 8_200_000, "3 BHK": 12_200_000},
            size_parts={"2 BHK": 1190, "3 BHK": 1640},
            place=("Whitefield",),
        ),
    ),
    EvaluationPage(
        "Pune tower as a list of bold labels, landmarks below",
        "https://www.teasleloft.example.in/",
        """<html lang="en"><head><title>TeasleLoft Residency by Ostrava Realty</title></head><body><h1>TeasleLoft Residency</h1><h2>Project Overview</h2><ul><li><strong>Project Name:</strong> TeasleLoft Residency</li><li><strong>Developer:</strong> Ostrava Realty Group</li><li><strong>Location:</strong> Baner, Pune, Maharashtra</li><li><strong>Property Type:</strong> Residential Apartments</li><li><strong>Project Status:</strong> Ready to Move</li><li><strong>Possession Date:</strong> March 2024</li><li><strong>Total Towers:</strong> 4</li><li><strong>Floors per Tower:</strong> G+12</li><li><strong>Total Units:</strong> 344</li><li><strong>RERA ID:</strong> P52100027999</li></ul><h2>Location Details</h2><ul><li><strong>Full Address:</strong> Survey No. 117/9, Baner Road, Baner, Pune – 411045</li><li><strong>Nearby Landmarks:</strong><ul><li>700m from High Street</li><li>2 km from Institute of Technology</li></ul></li></ul><h2>Configurations</h2><table><tr><th>Type</th><th>Carpet Area (sq.ft)</th><th>Price Range</th></tr><tr><td>1 BHK</td><td>442</td><td>₹52 – ₹57 Lakhs</td></tr><tr><td>2 BHK</td><td>688 – 731</td><td>₹79 – ₹88 Lakhs</td></tr><tr><td>3 BHK</td><td>1,012</td><td>₹1.21 – ₹1.30 Cr</td></tr></table><h2>Charges</h2><ul><li>Maintenance: ₹3.5 per sq.ft per month</li><li>Parking: ₹3 Lakhs</li></ul></body></html>""",
        Expected(
            bedrooms=(1, 3),
            parts={"1 BHK": 5_200_000, "2 BHK": 7_900_000, "3 BHK": 12_100_000},
            size_parts={"1 BHK": 442, "2 BHK": 688, "3 BHK": 1012},
            place=("Baner",),
            said={"rera": "P52100027999", "developer": "Ostrava Realty", "possession": "2024"},
        ),
    ),
    EvaluationPage(
        "Mumbai broker's project from a data file: price with a star, area unknown",
        "https://www.fennelacres.example.in/project/aster-claremont-mumbai",
        """<html lang="en"><head><title>Aster Claremont Goregaon East | FennelAcres</title></head><body><nav><ul><li><a href="/mumbai">Mumbai Projects</a></li><li><a href="/pune">Pune Projects</a></li></ul></nav><section class="project-banner"><h1>Aster Claremont</h1><h4>By Aster Corp</h4><p><i class="bi bi-geo-alt"></i> Western Express Highway, Goregaon East, Mumbai 400063</p><div class="price-tag">Rs. 2.04 Cr*</div></section><section class="specs"><div class="spec"><img src="/icons/type.svg"><h6>Type</h6><p>Residential</p></div><div class="spec"><h6>Flats</h6><p>2 BHK flats, 3 BHK flats</p></div><div class="spec"><h6>Possession</h6><p>December 2030</p></div><div class="spec"><h6>Area</h6><p>NA</p></div><div class="spec"><h6>RERA</h6><p>P51800056999</p></div></section><section class="related"><h3>Other projects in Mumbai</h3><div class="row"><div class="col"><a href="/project/b"><h5>Beryl Bay</h5><p>Rs. 3.4 Cr*</p></a></div><div class="col"><a href="/project/c"><h5>Coral Crown</h5><p>Rs. 98 Lac*</p></a></div></div></section><footer><p>FennelAcres, Andheri West, Mumbai 400053. MahaRERA agent A51800099999</p></footer></body></html>""",
        Expected(
            price=(20_400_000, 20_400_000, "INR", ""),
            bedrooms=(2, 3),
            place=("Goregaon",),
            said={"rera": "P51800056999", "possession": "December 2030"},
        ),
    ),
    EvaluationPage(
        "Bengaluru broker's project card on its own page: a range with one word for both",
        "https://www.tarnacres.example.in/upcoming/orwin-the-arbour",
        """<html lang="en"><head><title>Orwin The Arbour</title></head><body><div class="project-detail"><img alt="Orwin The Arbour"><h2>Orwin The Arbour</h2><p class="location">Sarjapur Road, Bangalore</p><p class="details">2, 3, 4 BHK Apartment</p><p class="price">₹1.09 - 2.64 Cr</p><p class="developer">Orwin Infra Projects Bangalore</p><button>Enquire</button></div><section><h3>Why invest in Sarjapur Road?</h3><p>Property prices rose 12% to ₹ 9,900 per sq ft in 2025.</p></section><section><h3>Upcoming Projects</h3><div class="cards"><div class="card"><h4>Prism Lakeside</h4><p>Whitefield, Bangalore</p><p>₹75 L - 1.5 Cr</p></div><div class="card"><h4>Sun Arcadia</h4><p>Hebbal, Bangalore</p><p>₹1.8 Cr</p></div></div></section></body></html>""",
        Expected(
            price=(10_900_000, 26_400_000, "INR", ""),
            bedrooms=(2, 4),
            place=("Sarjapur Road",),
        ),
    ),
    EvaluationPage(
        "Search page of a Gurugram broker: budgets, frequently asked questions, no result",
        "https://www.quillonrealty.example.in/search",
        """<html lang="en"><head><title>Search Verified Properties in Gurugram, Noida & Delhi | Quillon</title></head><body><h1>Search verified properties</h1><form><label>Mode</label><button>Buy</button><button>Rent</button><label>Budget</label><ul><li>Under ₹20K /mo</li><li>₹20K – 50K /mo</li><li>₹50 L – 1 Cr</li><li>₹2 Cr+</li></ul></form><p>0 properties found</p><h2>FAQs</h2><h3>Can I search by budget in thousands or lakhs?</h3><p>Yes. In Buy mode the budget filter shows ranges in lakhs and crores (for example Under ₹20K, ₹20K–50K, ₹50K–1L).</p><h3>Which cities can I search properties in?</h3><p>Gurugram, Noida, Greater Noida, South Delhi, Chandigarh.</p></body></html>""",
        Expected(kind="index"),
    ),
]
