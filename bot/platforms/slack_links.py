"""Links that open a message in Slack, for whoever may read it there."""


def link_to(site: str | None, channel: str, ts: str, thread: str | None = None) -> str | None:
    """Return the link to the message *ts*; None while we do not know the workspace's *site*."""
    if site is None:
        return None
    message = f"{site.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    return message if thread in {None, ts} else f"{message}?thread_ts={thread}&cid={channel}"
