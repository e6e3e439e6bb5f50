"""Make a drawing part of a page: no header, no styles of its own, and words for who cannot see it.

What a drawing says in ``style`` becomes attributes: a page that forbids styles written into it
would leave them out.
"""

import re
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
DROPPED = {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}
REFERENCE = re.compile(r"url\(#([^)]+)\)")
TYPEFACE = "'DejaVu Sans', Verdana, sans-serif"  # as wide as what the places were measured with


def inline(drawn: bytes, title: str, description: str, name: str) -> str:
    """Return the SVG file *drawn* as an element with *title* and *description*.

    *name* begins every id in it, so that several drawings can stand on one page.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawn)  # noqa: S314 it is our own drawing
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in DROPPED]:
            parent.remove(child)
    for element in root.iter():
        _unstyle(element)
        _rename(element, name)
    _say(root, title, description, name)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    return ET.tostring(root, encoding="unicode")


def _unstyle(element: ET.Element) -> None:
    for said in element.attrib.pop("style", "").split(";"):
        key, _, value = said.strip().partition(": ")
        if key:
            element.set(key, TYPEFACE if key == "font-family" else value)


def _rename(element: ET.Element, name: str) -> None:
    for key, value in list(element.attrib.items()):
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key in {LINK, "href"} and value.startswith("#"):
            del element.attrib[key]
            element.set("href", f"#{name}-{value[1:]}")
        elif "url(#" in value:
            element.set(key, REFERENCE.sub(rf"url(#{name}-\1)", value))


def _say(root: ET.Element, title: str, description: str, name: str) -> None:
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        said = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        said.text = words
        root.insert(place, said)
    root.set("role", "img")
    root.set("class", "chart")
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
