"""A file that is called .xml: XLIFF, a feed, or any other elements around text."""

from __future__ import annotations

from toolkit.documents.feeds import read_feed
from toolkit.documents.model import Document
from toolkit.documents.options import DEFAULT, ReadOptions
from toolkit.documents.xliff import read_xliff
from toolkit.documents.xml import read_xml
from toolkit.documents.xml_tree import read_tree


def read_xml_file(text: str, options: ReadOptions = DEFAULT) -> Document:
    """The file by its root element. Raises BadInput for what is no XML."""
    root = read_tree(text).local
    if root == "xliff":
        return read_xliff(text, options)
    return read_feed(text) if root in ("RDF", "feed", "rss") else read_xml(text)
