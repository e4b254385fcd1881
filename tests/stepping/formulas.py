"""A little MathML for lessons that are made by hand."""

import html


def element(tag, text):
    return f"<{tag}>{html.escape(text)}</{tag}>"


def name(text):
    return element("mi", text)


def number(text):
    return element("mn", text)


def words(text):
    return element("mtext", text)


def sign(text):
    return element("mo", text)


def row(*parts, kind=""):
    return f'<mrow class="{kind}">{"".join(parts)}</mrow>' if kind else f"<mrow>{''.join(parts)}</mrow>"


def named(inner, kind, below):
    """A factor with a line and words below it."""
    return f'<munder>{row(inner, kind=kind)}<mtext class="under">{html.escape(below)}</mtext></munder>'


def partial(of, by):
    return f"<mfrac>{row(sign('∂'), name(of))}{row(sign('∂'), name(by))}</mfrac>"


def derivation(*lines):
    """Equations under each other, each as its left side and the rest."""
    rows = "".join(f"<mtr><mtd>{left}</mtd><mtd>{row(*right)}</mtd></mtr>" for left, *right in lines)
    return f'<math display="block"><mtable class="derivation" displaystyle="true">{rows}</mtable></math>'
