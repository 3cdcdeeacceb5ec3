"""What stations put on walls and hand out: posters, cards and slips as PDF, with QR codes."""
