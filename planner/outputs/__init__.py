"""One module per form an itinerary is given out in."""
