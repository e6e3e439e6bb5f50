"""What Hypothesis draws from: 50 years of moments, and more of those where clocks go wrong."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tests.domain.oracle import MINUTE, SECOND, at

SPECIAL = [
    at("2026-03-28 12:00"),  # clocks go forward the night after
    at("2026-10-24 12:00"),  # clocks go back the night after
    at("2026-03-31 12:00"),  # Easter begins
    at("2026-05-14 12:00"),  # summer hours, Ascension Day and 17 May together
    at("2026-09-14 15:00"),  # summer hours end
    at("2026-12-24 12:00"),  # two half days and the holidays between them
    at("2028-02-28 12:00"),  # a leap day
]
ANY_TIME = st.integers(0, 50 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 2, 1, tzinfo=UTC) + minutes * MINUTE
)
NEAR_SPECIAL = st.builds(
    lambda moment, minutes: moment + minutes * MINUTE,
    st.sampled_from(SPECIAL),
    st.integers(-3000, 3000),
)
MOMENTS = st.one_of(ANY_TIME, NEAR_SPECIAL)
TO_THE_SECOND = st.builds(
    lambda moment, seconds: moment + seconds * SECOND, MOMENTS, st.integers(0, 59)
)
SPANS = st.integers(0, 14 * 24 * 60).map(lambda minutes: minutes * MINUTE)
WORK = st.integers(1, 40 * 60).map(lambda minutes: minutes * MINUTE)
A_WHILE = st.integers(1, 2 * 60 * 60).map(lambda seconds: timedelta(seconds=seconds))
DAYS = st.integers(1, 15)
