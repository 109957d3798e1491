"""Asking a server elsewhere for a file, for commands that build: within one time budget, whole or not at all.

Begin with receive.py; patience.py asks a busy server again, public.py says which may be asked.
"""
