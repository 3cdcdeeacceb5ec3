"""The questionnaire, its lists and its texts."""
