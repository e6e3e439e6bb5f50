"""The helpdesk's own rules, in its own words. Standard library only, and no clock.

cooperation   municipalities that share a unit; one of them is the host
agreement     what the host has promised, task by task, and within which time
version       the agreement as it read from one date on; a ticket keeps the one it was asked under
municipality  a member: the host or a partner
task          one line of the agreement
clause        where that line stands: its section and its number within the section
side          whose task it is: the host's, the partner's, somebody else's, or nobody's
asker         a person in a municipality who asks
host team     the people of the host's unit, who answer
contact       who has a ticket: the specialist of its task, or the municipality's main contact
deputy        who steps in when a contact is away; after the deputies comes the lead
own contact   the person in a partner municipality who has the partner's own tasks
ticket        a question that has been asked here, with its number and its history
event         one thing that happened to a ticket; the events in order are its log
referral      the answer that a task is the partner's own, or somebody else's
target        the promise in working time; when it has passed, that is a breach
pause         time that does not count for resolution: waiting for the asker or a third party
letter        a card on its way to a place
slot          a ticket's standing card in one place, and the thread below it
"""


class Refusal(Exception):
    """A foreseen "no". Its *key* names the text that explains it; *values* fill its gaps."""

    key = "refusal.unknown"

    def __init__(self, **values: str) -> None:
        super().__init__(self.key)
        self.values = values
