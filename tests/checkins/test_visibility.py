"""Who sees what: the promise of every prompt, cell by cell and for any mix of roles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.visibility import Audience, Grant, Part, Viewer, grant, may_read

audiences = st.builds(
    Audience, same_person=st.booleans(), same_team=st.booleans(), leads=st.booleans(), admin=st.booleans()
)


@pytest.mark.parametrize(
    ("part", "row"),
    [
        (Part.WORK, "yes yes yes yes sums"),
        (Part.NOTE, "yes no yes no no"),
        (Part.RATING, "yes groups groups groups groups"),
        (Part.SILENCE, "yes no no no no"),
    ],
)
def test_the_table(part: Part, row: str) -> None:
    assert [grant(part, viewer) for viewer in Viewer] == [Grant(cell) for cell in row.split()]


@given(audiences)
def test_silence_and_ratings_are_read_by_nobody_else(audience: Audience) -> None:
    for part in (Part.SILENCE, Part.RATING):
        assert may_read(part, audience) == audience.same_person


@given(audiences)
def test_a_note_is_for_the_writer_and_the_leads(audience: Audience) -> None:
    assert may_read(Part.NOTE, audience) == (audience.same_person or audience.leads)
