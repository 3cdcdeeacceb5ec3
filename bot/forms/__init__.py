"""Forms at the edge: XLSForm files compiled by pyxform, and the engine driven over JSON lines."""
