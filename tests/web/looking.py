"""What a look at an open page finds, by asking the browser."""

from typing import Final

from playwright.async_api import Page

# Every visible piece of text with the contrast of its computed colours (WCAG 2.2, 1.4.3).
POOR_CONTRASTS: Final = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const paper = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
      if (a !== 0) throw new Error("half transparent paper");
    }
    return [255, 255, 255];
  };
  const poor = [];
  let seen = 0;
  const check = (element, colour, text) => {
    seen += 1;
    const found = ratio(parse(colour), paper(element));
    if (found < 4.5) poor.push(`${text}: ${found.toFixed(2)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text && element.checkVisibility()) check(element, getComputedStyle(element).color, text);
  }
  for (const field of document.querySelectorAll("input[placeholder]")) {
    check(field, getComputedStyle(field, "::placeholder").color, field.placeholder);
  }
  return { seen, poor };
}"""

SMALL_TARGETS: Final = """() => [...document.querySelectorAll("a, button, summary, input")]
  .filter((element) => element.type !== "hidden" && element.checkVisibility())
  .filter((element) => !element.classList.contains("skip"))
  .map((element) => [element.textContent || element.id, element.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([name, box]) => `${name.trim()}: ${box.width} x ${box.height}`)"""

SMALL_TEXTS: Final = """() => [...document.querySelectorAll("body *")]
  .filter((element) => element.checkVisibility() && element.innerText)
  .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 18)
  .map((element) => element.innerText)"""

OVERFLOW: Final = "() => document.documentElement.scrollWidth - window.innerWidth"

FOCUS: Final = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const isRinged = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {
    name: (at.textContent || at.id).trim(),
    tag: at.tagName,
    ringed: isRinged,
    inside: box.top >= 0 && box.bottom <= window.innerHeight,
  };
}"""


async def assert_fits_and_reads_well(page: Page) -> None:
    """Check width, sizes and contrast of what is on show now, once all of it is there."""
    await page.wait_for_load_state()
    assert await page.evaluate(OVERFLOW) <= 0
    assert await page.evaluate(SMALL_TARGETS) == []
    assert await page.evaluate(SMALL_TEXTS) == []
    contrasts = await page.evaluate(POOR_CONTRASTS)
    assert contrasts["poor"] == []
    assert contrasts["seen"] >= 4
