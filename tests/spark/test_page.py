"""The page about Spark shows what happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.test_docs import ROOT, Page, blocks

HOW_TO = ROOT / "docs" / "how-to" / "screen-on-spark.md"


def test_every_block_of_the_page_does_what_the_page_says(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader with a cluster can type in whatever it shows, and sees what it shows."""
    monkeypatch.chdir(tmp_path)
    page = Page(HOW_TO)
    page.names["spark"] = spark

    found = list(blocks(HOW_TO.read_text(encoding="utf-8")))
    for block in found:
        page.run(evolve(block, language="python") if block.language == "pyspark" else block)

    assert len([one for one in found if one.language == "pyspark"]) == 5
