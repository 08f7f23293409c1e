"""The reference pages say what the program does."""

import json
import subprocess
import sys

import pytest

from docs.generate import HERE, PAGES


@pytest.fixture(scope="module")
def pages():
    """Made in a fresh process: click keeps the help option of whichever context asked first."""
    program = (
        "import json; from docs.generate import PAGES; print(json.dumps({n: page() for n, page in PAGES.items()}))"
    )
    return json.loads(subprocess.check_output([sys.executable, "-c", program], cwd=HERE.parent, text=True))


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_current(name, pages):
    assert (HERE / name).read_text(encoding="utf-8") == pages[name], "run 'make docs' and commit what it writes"
