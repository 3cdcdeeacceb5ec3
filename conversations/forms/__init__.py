"""Data only: the questionnaires as XLSForms in Markdown, their lists, and the people's texts."""
