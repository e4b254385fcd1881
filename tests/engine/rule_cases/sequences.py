"""Rows: functions along an axis whose order matters."""
