"""Languages in words and buttons: each catalogue names its own language."""

from bot.messages import Button
from bot.render.page import Page
from conversations.buttons import encode
from conversations.lobby.languages import language_press


def language_buttons(page: Page, *, others_only: bool = True) -> list[Button]:
    """Return a button for each language, by default for those that are not spoken now."""
    return [
        Button(texts("language.button"), encode(language_press(code)))
        for code, texts in page.texts.all.items()
        if not (others_only and code == page.texts.language)
    ]


def language_offered(page: Page) -> None:
    """Ask for the language in all of them: whoever asks may not read the present one."""
    page.lines.append("\n".join(texts("language.ask") for texts in page.texts.all.values()))
    page.close([language_buttons(page, others_only=False)], input_hint="none")
