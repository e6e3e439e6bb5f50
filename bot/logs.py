"""The log: one JSON object a line, on standard error. It names events, never what people wrote."""

import logging
import sys

import structlog


def log_plainly(level: str) -> None:
    """Let every part of the program, the libraries included, write the same kind of lines.

    :raises KeyError: *level* is not the name of a level, such as ``INFO``
    """
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    drawn = structlog.processors.JSONRenderer(ensure_ascii=False)
    lowest = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, drawn],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=drawn, foreign_pre_chain=shared)
    )
    logging.basicConfig(handlers=[handler], level=max(lowest, logging.WARNING), force=True)
