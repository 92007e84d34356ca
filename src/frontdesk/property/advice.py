"""What to tell the people of a page that lacks something."""

NAMES = {
    "price": "price",
    "rent": "rent",
    "price_per_area": "rate for an area",
    "configuration": "bedrooms",
    "size": "area",
    "plot_size": "plot",
    "land_area": "land",
    "location": "place",
    "possession": "possession",
    "rera": "RERA registration",
    "amenities": "amenities",
    "developer": "developer",
    "contact": "phone",
}
ADVICE = {
    "price": 'Write the price with its currency near the heading ("Price: ₹84 lakh onwards"), and as'
    ' JSON-LD: "offers": {"@type": "Offer", "price": 8400000, "priceCurrency": "INR"}.',
    "configuration": 'Name the homes in the heading ("2, 3 & 4 BHK") or in a table with a row for'
    ' each; as JSON-LD: "numberOfBedrooms": 3.',
    "size": 'Give the area with its unit and kind ("Carpet area: 742 sq ft"); as JSON-LD:'
    ' "floorSize": {"@type": "QuantitativeValue", "value": 742, "unitCode": "FTK"} (MTK for'
    " square metres).",
    "location": 'Put the address in one line below the heading ("Grove Lane, Baner, Pune 411045");'
    ' as JSON-LD: "address": {"@type": "PostalAddress", "streetAddress": …,'
    ' "addressLocality": …}.',
    "possession": 'Write "Possession: December 2027", or "Status: ready to move in".',
    "rera": 'Write the number as the authority gave it out, after the word RERA ("MahaRERA:'
    ' P52100012345"). Advertising without it is an offence in India.',
    "amenities": 'List them under a heading "Amenities"; as JSON-LD: "amenityFeature".',
    "developer": 'Write "Developer: …" or "By …".',
    "contact": 'Link the sales number: <a href="tel:+912000000000">.',
}
