"""Order forms as they stand in the agreement's folder, read once into the domain's own."""

from bot.orders.reader import ORDERS, Forms, parse_orders, read_orders

__all__ = ["ORDERS", "Forms", "parse_orders", "read_orders"]
