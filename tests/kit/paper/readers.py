"""PDFs read by others: pypdf for structure, pdftotext for the words a reader hears, zxing for QR codes."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from shutil import which
from typing import TYPE_CHECKING, Any

import pypdf
import zxingcpp
from pdfua import Severity, validate

from tests.kit.missing import lacking

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class ReadPdf:
    """A PDF as pypdf reads it."""

    reader: pypdf.PdfReader

    @classmethod
    def of(cls, pdf: bytes) -> ReadPdf:
        """Open a PDF."""
        return cls(pypdf.PdfReader(io.BytesIO(pdf)))

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.reader.pages)

    @property
    def text(self) -> str:
        """All its text, spaces and lines as one space."""
        return squeezed("\n".join(page.extract_text() for page in self.reader.pages))

    @property
    def root(self) -> Any:
        """The catalogue of the document."""
        return self.reader.trailer["/Root"]

    @property
    def title(self) -> str:
        """The title it shows instead of its file's name."""
        assert self.root["/ViewerPreferences"]["/DisplayDocTitle"]
        return str(self.reader.metadata.title) if self.reader.metadata else ""

    @property
    def language(self) -> str:
        """The language of the document."""
        return str(self.root["/Lang"])

    @property
    def claims_ua(self) -> bool:
        """Whether it says of itself that it is PDF/UA-1."""
        told = self.root["/Metadata"].get_data().decode()
        return "pdfuaid:part" in told and bool(self.root["/MarkInfo"]["/Marked"])

    def tags(self) -> list[str]:
        """The kinds of its tags, in the order in which they are read."""
        return [str(node.get("/S", "")).lstrip("/") for node in self._nodes()]

    def alternatives(self) -> list[str]:
        """What is said of its pictures."""
        return [str(node["/Alt"]) for node in self._nodes() if "/Alt" in node]

    def fonts(self) -> set[str]:
        """The fonts, all of them within the file."""
        found = set()
        for page in self.reader.pages:
            resources: Any = page["/Resources"]
            for font in resources.get("/Font", {}).values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                described = inner["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(described), described["/FontName"]
                found.add(str(described["/FontName"]).split("+")[-1])
        return found

    def _nodes(self) -> list[Any]:
        return list(_below(self.root["/StructTreeRoot"]["/K"]))


def _below(node: Any) -> Any:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from _below(one)
    elif isinstance(node, dict) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _below(node["/K"])


def squeezed(text: str) -> str:
    """The text with every stretch of space as one, and without the marks where a long word may break."""
    return " ".join(text.replace("\u200b", "").split())


def spoken(pdf: bytes) -> str:
    """The text in reading order, by pdftotext."""
    if which("pdftotext") is None:
        lacking("pdftotext is not there: apt install poppler-utils")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def faults_of_access(pdf: bytes, folder: Path) -> list[str]:
    """What the checker of PDF/UA finds; it checks a part of the standard, and says so."""
    file = folder / "checked.pdf"
    file.write_bytes(pdf)
    report = validate(str(file))
    return [f"{one.rule_id}: {one.message}" for one in report.findings if one.severity is not Severity.INFO]


def codes_on(pdf: bytes, page: int, folder: Path) -> list[str]:
    """What the QR codes of a page say, read from a picture of it."""
    from PIL import Image  # noqa: PLC0415 - only where a picture is looked at

    if which("pdftoppm") is None:
        lacking("pdftoppm is not there: apt install poppler-utils")
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    where = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", "100", "-png", *where, file, folder / "page"], check=True)
    with Image.open(folder / "page.png") as picture:
        return [code.text for code in zxingcpp.read_barcodes(picture)]
