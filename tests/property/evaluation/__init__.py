"""Pages that detection is measured with: invented, in the manner of many kinds of sites."""
