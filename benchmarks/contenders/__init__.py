"""The contenders of networks.py. Each module has functions that take a Task and give a function that makes one step.

A step is forward, backward and update; it returns the cost before the update.
"""
