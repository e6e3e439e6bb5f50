"""How a file says who looks into whose figures; and what each of its tables has in common."""

from pydantic import BaseModel, ConfigDict

from bot.agreements.values import WhoText
from bot.domain.sharing import Sharing, SharingRule


class Table(BaseModel):
    """Any table of the file. A key that is not foreseen is a mistake, and not passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class SharingTable(Table):
    host: Sharing = Sharing.ALL
    members: Sharing = Sharing.OWN_AND_TOTALS
    readers: tuple[WhoText, ...] = ()

    def rule(self) -> SharingRule:
        return SharingRule(host=self.host, members=self.members, readers=self.readers)
