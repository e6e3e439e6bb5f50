"""`python -m bot.cli …` is `vertsdesk …`."""

from bot.cli import main

main()
