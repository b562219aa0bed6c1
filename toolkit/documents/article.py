"""The article of a saved web page as Markdown: its title and running text without menus, advertisements and comments.

Trafilatura finds it (the extra `[web]`). What comes out is a new text, not the page with changes in it.
"""

from __future__ import annotations

from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Document
from toolkit.errors import BadInput, BadOption


def read_article(text: str) -> Document:
    """The article, as a Markdown document. Raises BadOption without the extra, BadInput where there is no article."""
    try:
        from trafilatura import extract
    except ImportError:
        raise BadOption(
            "reading an article out of a page needs the extra [web]", remedy="pip install 'dragoman[web]'"
        ) from None
    found = extract(text, output_format="markdown", include_comments=False, include_formatting=True, include_links=True)
    if not found:
        raise BadInput("no article was found in the page", remedy="use --format html for all of its text")
    return read_markdown(found + "\n")
