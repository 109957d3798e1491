"""The files that participants and guides take with them, one module for each form.

Begin with forms.py (which files there are, and what each is for); what all of them say is made in the room
`content`.
"""
