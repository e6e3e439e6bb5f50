"""The conversations. One file each; this table is everything the bot can do."""

from bot.table import Table
from handlers import afterwards, answer, asker, choose, home, mark, progress, reassign, said, sla
from handlers import spor, take, why

TABLE = Table(
    said=said.said,
    marked=mark.mark,
    reacted=afterwards.react,
    edited=afterwards.edit,
    deleted=afterwards.delete,
    opened=home.home,
    commanded={
        "spor": spor.spor,
        "sla": sla.show_statistics,
    },
    pressed={
        "ask.form": spor.open_form,
        "asker.choose": choose.choose,
        "asker.need_help": choose.need_help,
        "asker.wrong_task": choose.open_wrong_task,
        "asker.urgent": asker.urgent,
        "asker.not_urgent": asker.not_urgent,
        "asker.withdraw": asker.withdraw,
        "asker.reopen": asker.reopen,
        "ticket.take": take.take,
        "ticket.answer": answer.open_answer,
        "ticket.ask_back": answer.open_ask_back,
        "ticket.resolve": answer.resolve,
        "ticket.third_party": progress.open_third_party,
        "ticket.go_on": progress.go_on,
        "ticket.reopen": progress.reopen,
        "ticket.hand_over": reassign.open_hand_over,
        "ticket.change_task": reassign.open_change_task,
        "ticket.why": why.why,
    },
    submitted={
        "ask.send": spor.send_form,
        "asker.wrong_task.send": choose.send_wrong_task,
        "ticket.answer.send": answer.send_answer,
        "ticket.ask_back.send": answer.send_ask_back,
        "ticket.resolve.send": answer.send_resolve,
        "ticket.third_party.send": progress.send_third_party,
        "ticket.hand_over.send": reassign.send_hand_over,
        "ticket.change_task.send": reassign.send_change_task,
    },
)
