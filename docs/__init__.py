"""For people: guides, reasons, pictures. Only the script that redraws the pictures is code."""
