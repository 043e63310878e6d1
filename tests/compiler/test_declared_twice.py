"""Is a name that two sections declare told about, whatever the two say of it?"""

from __future__ import annotations

import pytest

from tests.small import codes


@pytest.mark.parametrize("one", ["{start: 3}", "{is: 3}", "{start: lenin, words: [lenin, stalin]}"])
@pytest.mark.parametrize("other", ["{start: 3}", "{is: 3}", "{start: true}"])
def test_a_variable_and_a_score_of_one_name_are_an_error_and_never_a_crash(one: str, other: str) -> None:
    assert "N304" in codes(f"variables: {{a: {one}}}\nscores: {{a: {other}}}")
