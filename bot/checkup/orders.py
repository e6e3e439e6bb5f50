"""Is there somebody in every municipality who can approve what is ordered there?"""

from collections.abc import Iterator, Mapping, Sequence

from bot.checkup.findings import Finding, ok, warning
from bot.checkup.roles import IMPORT
from bot.domain.agreement import Agreement
from bot.domain.order_forms import OrderForm
from bot.domain.orders import approvers
from bot.domain.people import Language, Person


def check_approvers(
    agreement: Agreement, forms: Mapping[str, OrderForm], people: Sequence[Person]
) -> Iterator[Finding]:
    """Yield the municipalities in which an order would wait for nobody."""
    every = True
    for member in agreement.municipalities.values():
        bare = [form for form in forms.values() if not approvers(form, member.id, people)]
        if bare:
            every = False
            names = ", ".join(f"«{form.words[Language.EN]}»" for form in bare)
            roles = " and ".join(dict.fromkeys(form.approver for form in bare))
            yield warning(
                "orders",
                f"{member.name}: nobody can approve {names}",
                f"Give {roles} to somebody in {member.name}, with {IMPORT}",
            )
    if forms and every:
        yield ok("orders", "somebody in every municipality can approve what is ordered")
