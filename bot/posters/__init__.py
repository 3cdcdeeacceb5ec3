"""What stations put on walls and hand out: posters, cards and slips as PDF, each with a QR code."""
