"""What to write instead in a file beside the agreement: its order forms, its yearly wheel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from bot.agreements.advice import advise_on_key
from bot.agreements.complaints import PLAIN, Misfit
from bot.agreements.lines import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to write in one kind of file, as the end of a sentence that begins with «Write»."""

    top: type[BaseModel]
    tables: Mapping[str, type[BaseModel]]  # by the key that each stands under
    fields: Mapping[str, str]  # by name, in whatever table
    otherwise: str  # the field whose advice is given where none is named

    def at(self, where: Where) -> str:
        """Return what to write at *where*: what is said of the innermost field that is known."""
        names = [part for part in where if isinstance(part, str) and part in self.fields]
        return self.fields[names[-1] if names else self.otherwise]

    def misfits_in(self, errors: ValidationError) -> Iterator[Misfit]:
        """Yield what pydantic found, in the words of this project."""
        for error in errors.errors():
            where, said = error["loc"], error["msg"].removeprefix("Value error, ")
            if where[-1:] == ("[key]",):  # a name that is not fit to be one
                yield Misfit(where[:-1], "is not fit to be a name", self.at(("id",)))
            elif error["type"] == "extra_forbidden":
                advice = advise_on_key(where, self.top, self.tables)
                yield Misfit(where, "is not a key that belongs here", advice)
            else:
                plain = PLAIN.get(error["type"], said[0].lower() + said[1:])
                yield Misfit(where, plain, self.at(where))
