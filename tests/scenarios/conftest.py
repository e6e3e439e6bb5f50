"""Where a story often begins: a question has been asked, and everybody has read that."""

import pytest

from tests.helpdesk import VAT, Helpdesk


@pytest.fixture
def asked(helpdesk: Helpdesk) -> Helpdesk:
    """Ola in Herøy has asked about VAT, on Monday at nine; Herøy's main contact is Kari."""
    helpdesk.opens()
    helpdesk.asks("Ola", VAT)
    helpdesk.forgets()
    return helpdesk
